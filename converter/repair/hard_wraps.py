r"""Hard-wrapped lines (硬换行): line ends that a page's width made, not the author.

Whether a text is wrapped is decided from the whole of it: many of its lines are as wide as each other, and most of
these end in the middle of a sentence. Lines of verse are as wide as each other too, but end with a mark; paragraphs
end with one as well, and differ in width. In a wrapped text a line runs on into the next if the next one's first word
would not have fitted on it. Indents, numbers, blank lines, short lines, rows of tables and code stay where they are.

In any other text, a single sentence is broken where the marks beside the line end say so, or where the two characters
beside it make a word that the text has elsewhere. The pieces are joined without a space between Chinese characters,
with one between Latin words.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from converter.errors import Message
from converter.records import NamedTuple
from converter.regex import compiled
from converter.repair.finding import Finding
from converter.repair.lines import CLOSING, begins_anew, ends_sentence, is_chinese, joint, lines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from converter.repair.lines import Line

CODE = "ZH313"
NAME = Message("hard-wrapped lines", "硬换行")

_WRAPPED = (
    "为了深入了解山区农村小学的办学条件，县教育局组织了三个\n调研组，用两个月的时间走访了全县四十二所学校，召开座谈\n"
    "会六十余场，听取了校长、教师、家长和学生的意见，掌握了\n大量的第一手材料。\n"
)
_UNWRAPPED = (
    "为了深入了解山区农村小学的办学条件，县教育局组织了三个调研组，用两个月的时间走访了全县四十二所学校，召开座谈"
    "会六十余场，听取了校长、教师、家长和学生的意见，掌握了大量的第一手材料。\n"
)
_INDENTED, _UNWRAPPED_INDENTED = ("　　" + _WRAPPED) * 4, ("　　" + _UNWRAPPED) * 4
_UNCOUNTED = (
    "2025年全县生产总值增长5.2%，一般公共预算收入增长13.3%，粮食总产量达到871.6万斤，实现总产、单产、播种面积三增长，"
    "新改建农村公路3500公里、改造危桥180座，完成1000户农房改造。\n"
)
_COUNTED = "\n".join(_UNCOUNTED[:-1][at : at + 24] for at in range(0, len(_UNCOUNTED) - 1, 24)) + "\n"
_PROSE = "会议认为，今年以来全县上下同心协力，各项工作取得了新的进展，群众的获得感明显增强。\n"
_HARD = (
    "工作的难点在山区，难点在基层。\n"
    "要抓好春耕生产和森林防火，落实好各项补贴政策。要管好用好专项资金和周转资金，帮助群众解决好生产和生活中的重点、"
)
_VERSE = "东风吹绿满江南，细雨如丝过小庵，山寺钟声何处是，\n白云深处有人家，竹外桃花三两枝，春江水暖鸭先知。\n"

# Damaged → repaired.
CASES = (
    (_WRAPPED * 2, _UNWRAPPED * 2),
    ("　　" + _WRAPPED + "　　" + _WRAPPED, "　　" + _UNWRAPPED + "　　" + _UNWRAPPED),
    (_WRAPPED + "\n" + _WRAPPED, _UNWRAPPED + "\n" + _UNWRAPPED),
    (_WRAPPED + "一、基本情况\n" + _WRAPPED, _UNWRAPPED + "一、基本情况\n" + _UNWRAPPED),
    # A blank line below every line; lines of as many characters, some of them half as wide.
    (_INDENTED.replace("\n", "\n\n"), _UNWRAPPED_INDENTED.replace("\n", "\n\n")),
    (_COUNTED * 2, _UNCOUNTED * 2),
    # A single sentence.
    (_PROSE * 2 + _HARD + "难\n点问题。\n", _PROSE * 2 + _HARD + "难点问题。\n"),
    (
        _PROSE * 4 + "要抓好春耕生产和森林防火，落实好各项补贴政策，管好用好专项资金、\n周转资金，办好群众的事。\n",
        _PROSE * 4 + "要抓好春耕生产和森林防火，落实好各项补贴政策，管好用好专项资金、周转资金，办好群众的事。\n",
    ),
    (_PROSE.replace("\n", "\n\n") * 8, _PROSE.replace("\n", "\n\n") * 8),
    # Verse, a list, a signature, names, and paragraphs without a final mark stay.
    (_VERSE * 6, _VERSE * 6),
    (_PROSE * 4 + "县教育局\n二〇一二年三月五日\n", _PROSE * 4 + "县教育局\n二〇一二年三月五日\n"),
    (f"{_PROSE * 4}今后的工作要更加扎实，更加深入\n{_PROSE}", f"{_PROSE * 4}今后的工作要更加扎实，更加深入\n{_PROSE}"),
    ("李明  王芳  张伟  刘洋  陈静  杨帆  赵磊\n" * 12, "李明  王芳  张伟  刘洋  陈静  杨帆  赵磊\n" * 12),
    ("县农业局、\n县林业局、\n县水利局、\n县财政局：\n", "县农业局、\n县林业局、\n县水利局、\n县财政局：\n"),
)

# Columns: a Chinese character takes two. Verse and name lists are narrower than a page.
_NARROWEST = 40
_LONGER_THAN_HEADINGS = 60
_FEWEST_FULL, _SHARE = 4, 9
"""At least so many lines of a wrapped text are full, and one in so many."""
_MOST_BROKEN = 20
_ROUNDS = 4
_OPEN, _CLOSED = frozenset("，,、"), frozenset("，,、。；;）)》”’」』")
"""What a line that runs on ends with, and what the rest of a sentence begins with."""
_WORD = compiled(r"[A-Za-z0-9][A-Za-z0-9.%@:/_-]*")
# Columns set apart by white space, dot leaders, rows of a Markdown table.
_TABLE = compiled(r"\S(?: {3,}|\t|\u3000{2,})\S|[.．…·]{5}|\|.*\|")

_JOINED = Message("hard-wrapped line joined to the next", "硬换行已连接")
_BROKEN = Message("broken sentence joined", "断开的句子已连接")


def find(text: str) -> Iterator[Finding]:
    """Every line end that is not the author's."""
    lines = lines_of(text)
    if len(lines) < 2:
        return
    if wrap := _wrap_of(lines):
        indented, doubled = _is_indented(lines), _is_doubled(text, lines)
        for before, behind in pairwise(lines):
            if _is_wrapped(before, behind, wrap, indented=indented) and _may_join(text, before, behind, doubled + 1):
                yield _join(before, behind, _JOINED, 0.95)
    else:
        for before, behind in _broken(text, lines):
            yield _join(before, behind, _BROKEN, 0.92)


def _is_doubled(text: str, lines: Sequence[Line]) -> bool:
    """Whether every line of a text has a blank one below it, or nearly every one."""
    single = sum(all(text.count(end, a.end, b.start) < 2 for end in "\n\r") for a, b in pairwise(lines))
    return single * 10 < len(lines)


def _may_join(text: str, before: Line, behind: Line, most: int = 1) -> bool:
    """Whether no more than so many line ends stand between two lines, and neither is a row of a table."""
    blank = any(text.count(end, before.end, behind.start) > most for end in "\n\r")
    return not (blank or _TABLE.search(before.text, 0, 400) or _TABLE.search(behind.text, 0, 400))


def _join(before: Line, behind: Line, message: Message, confidence: float) -> Finding:
    return Finding(before.end, behind.start, joint(before.text, behind.text), message, confidence=confidence)


def _width(words: str) -> int:
    """Columns that words take."""
    # In UTF-8 a Chinese character has three bytes, an ASCII character one.
    return len(words) if words.isascii() else (len(words) + len(words.encode("utf-8", "replace"))) // 2


class _Wrap(NamedTuple):
    """How wide the full lines of a wrapped text are, and how that is counted."""

    measure: int
    width: Callable[[str], int]


def _wrap_of(lines: Sequence[Line]) -> _Wrap | None:
    """The full lines of a wrapped text, by columns, or by characters if many more agree on these; None if few do."""
    found: list[tuple[int, _Wrap]] = []
    for width, narrowest in ((_width, _NARROWEST), (len, _NARROWEST // 2)):
        counts = Counter(w for line in lines if (w := width(line.text)) >= narrowest)
        # Lines of prose differ by a few columns: a mark or a Latin word that would not fit goes to the next line.
        spread = {measure: sum(counts[w] for w in range(measure - measure // 16, measure + 1)) for measure in counts}
        measure, full = max(spread.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        found.append((full, _Wrap(measure, width)))
    full, wrap = found[0] if found[1][0] * 4 < found[0][0] * 5 else found[1]
    if full < _FEWEST_FULL or full * _SHARE < len(lines):
        return None
    least = wrap.measure - wrap.measure // 16
    ends = [line.text for line in lines if least <= wrap.width(line.text) <= wrap.measure]
    open_ended = sum(words[-1].isalnum() or words[-1] in "，,、" for words in ends)
    marked = sum(not words[-1].isalnum() for words in ends)
    prose = sum(any(mark in words for mark in "，。,、；：") for words in ends)
    fits = open_ended * 4 >= len(ends) * 3 and marked * 2 <= len(ends) and prose * 2 >= len(ends)
    # Where few lines are full, all of them run on, and are longer than headings.
    fits &= full * 5 >= len(lines) or (open_ended == len(ends) and _width(ends[0]) >= _LONGER_THAN_HEADINGS)
    return wrap if fits else None


def _is_indented(lines: Sequence[Line]) -> bool:
    """Whether the paragraphs of a text are indented: after a sentence's end, most lines are."""
    firsts = [b.start - b.margin >= 2 for a, b in pairwise(lines) if ends_sentence(a.text)]
    return sum(firsts) * 2 > len(firsts)


def _is_wrapped(before: Line, behind: Line, wrap: _Wrap, *, indented: bool) -> bool:
    """Whether the page's width ended a line: the next one's first word would not have fitted."""
    width, measure = wrap.width(before.text), wrap.measure
    if width < measure // 2 or begins_anew(behind) or not is_chinese(before.text):
        return False
    if len(behind.text) < 6 and not ends_sentence(behind.text):
        return False
    ended = ends_sentence(before.text)
    needed = width + wrap.width(_first_word(behind.text))
    # A paragraph that ends near the edge by chance is told by the next line's indent, if paragraphs have one.
    return needed > measure - measure // (10 if indented or not ended else 50)


def _first_word(words: str) -> str:
    """What cannot be parted at the start of a line: a character or a Latin word, closing marks behind it."""
    match = _WORD.match(words)
    end = match.end() if match else 1
    while end < len(words) and words[end] in CLOSING:
        end += 1
    return words[: min(end, 40)]


def _broken(text: str, lines: Sequence[Line]) -> list[tuple[Line, Line]]:
    """The single sentences that are broken in a text that is not wrapped: what stands before and behind each break."""
    joined: set[int] = set()
    # A join changes how long its line is and how it ends, and so may show another.
    for _ in range(_ROUNDS):
        starts, pieces = _pieces(text, lines, joined)
        words = _words_across(text, pieces)
        marked = {
            index
            for index, (before, behind) in enumerate(pairwise(pieces), 1)
            if before.text[-1] in _OPEN or behind.text[0] in _CLOSED
        }
        more = {
            starts[index]
            for index in marked | words
            if _is_broken(pieces[index - 1], pieces[index], marked=index in marked)
            and _may_join(text, pieces[index - 1], pieces[index])
        }
        if not more:
            break
        joined |= more
    return [(lines[i - 1], lines[i]) for i in sorted(joined)]


def _pieces(text: str, lines: Sequence[Line], joined: set[int]) -> tuple[Sequence[int], Sequence[Line]]:
    """The lines, with those of the indices `joined` made one with what stands before them; which each begins with."""
    if not joined:
        return range(len(lines)), lines
    starts = [i for i in range(len(lines)) if i not in joined]
    pieces = []
    for first, after in pairwise((*starts, len(lines))):
        start, end = lines[first].start, lines[after - 1].end
        pieces.append(lines[first]._replace(end=end, text=text[start:end]))
    return starts, pieces


def _words_across(text: str, pieces: Sequence[Line]) -> set[int]:
    """The pieces whose first character makes a word with the last one before them, as the text shows elsewhere."""
    seams = [
        (index, before.text[-1], behind.text[0])
        for index, (before, behind) in enumerate(pairwise(pieces), 1)
        if before.text[-1].isalpha() and len(before.text) >= 50 and behind.text[0].isalpha()
    ]
    # A text with many such lines has paragraphs without a final mark.
    if len(seams) > _MOST_BROKEN:
        return set()
    return {index for index, last, first in seams if _belong_together(text, last, first)}


def _belong_together(text: str, last: str, first: str) -> bool:
    """Whether two characters stand side by side twenty times as often as chance would have it, and twice at least."""
    together = text.count(last + first)
    return together >= 2 and together * len(text) >= 20 * text.count(last) * text.count(first)


def _is_broken(before: Line, behind: Line, *, marked: bool) -> bool:
    """Whether a line end breaks a sentence, where the marks beside it (`marked`), or the word across it, say so."""
    if len(before.text) < 30 or begins_anew(behind) or not ends_sentence(behind.text):
        return False
    if not (is_chinese(before.text) and is_chinese(behind.text)):
        return False
    return "。" in before.text or (marked and "。" in behind.text)
