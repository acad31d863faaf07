"""Headings that are titles by their form: 第一篇, 第一章, 第一条, 楔子, and titles of documents inside a document."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from converter.model import HeadingKind, Role
from converter.regex import compiled
from converter.structure.numbering import unset_article, unset_part
from converter.structure.patterns import BYLINE, CONTENTS_WORD, FRONT_OR_BACK, STAGE, ends_sentence, unspaced
from converter.structure.reading import TITLED, bare
from converter.structure.reasons import Rule
from converter.structure.verdicts import Kind, Verdict

if TYPE_CHECKING:
    from converter.structure.reading import Reading

_LONGEST = 50
_LONGEST_CONTINUED = 40
_STOP = compiled(r"[。！？!?]")
_SHORTEST_CONTENTS = 4
_LONG_CONTENTS = 20
_FEWEST_PARTS = 5
_FEWEST_ARTICLES = 3
_LONGEST_ARTICLE_TITLE = 20
_AT_AN_END = frozenset({Role.DATE, Role.NOTE, Role.ATTACHMENT})


def find_contents(reading: Reading) -> None:
    """目录 and the lines below it, up to where the first of them comes again; the title may stand above that again."""
    words = [i for i in reading.short(8) if i < len(reading) - 3 and _is_contents_word(reading.text(i))]
    if not words:
        return
    last = {bare(reading.text(index)): index for index in range(len(reading))}
    titles = {bare(reading.text(i)) for i, v in enumerate(reading.verdicts) if v is not None and v.kind is Kind.TITLE}
    done = 0
    for index in words:
        if index < done:
            continue
        first = bare(reading.text(index + 1))
        if last[first] > index + 2:
            done = next(i for i in range(index + 3, len(reading)) if bare(reading.text(i)) == first)
        for line in range(index, max(done, index + 1)):
            if reading.free(line) and line > index and bare(reading.text(line)) in titles:
                reading.mark(line, Kind.REPEATED, Rule.TITLE_AGAIN)
            elif reading.free(line):
                reading.give(line, Role.LIST_ITEM, Rule.CONTENTS_WORD)


def _is_contents_word(text: str) -> bool:
    return bool(CONTENTS_WORD.fullmatch(unspaced(text)))


def find_titled(reading: Reading) -> None:
    """Parts, chapters, sections and what stands beside them in books; chapter titles on the next line."""
    for index, (text, label) in enumerate(zip(reading.texts, reading.labels, strict=True)):
        if (label is None and ends_sentence(text)) or not reading.free(index):
            continue
        if label is not None and label.kind in TITLED and _is_title(text):
            reading.head(index, Rule.CHAPTER, label=label)
            if label.words >= len(text) and _continues(reading, index + 1):
                reading.mark(index + 1, Kind.CONTINUED, Rule.CHAPTER_TITLE)
        elif label is None and FRONT_OR_BACK.fullmatch(text):
            reading.head(index, Rule.FRONT_OR_BACK, HeadingKind.CHAPTER)
    _leave_contents(reading)
    _find_unset(reading)
    _mark_repeated(reading)


def _find_unset(reading: Reading) -> None:
    """卷二十九沟洫志, where 卷二十八 stands above and 卷三十 or a later one below, in a book of such parts."""
    parts = [i for i, v in enumerate(reading.verdicts) if v is not None and v.heading is HeadingKind.PART and v.label]
    if len(parts) < _FEWEST_PARTS:
        return
    for above, below in pairwise(parts):
        last, end = reading.label(above), reading.label(below)
        for index in range(above + 1, below):
            text = reading.text(index)
            if (
                text[0] not in "卷第"
                or not reading.free(index)
                or len(text) > _LONGEST_CONTINUED
                or not _is_title(text)
            ):
                continue
            label = unset_part(text)
            if label and last and end and label.ordinal - 1 <= last.ordinal <= label.ordinal <= end.ordinal:
                reading.head(index, Rule.CHAPTER_BETWEEN, label=label)
                last = label


def _is_title(text: str) -> bool:
    # 第一章 我们… in running prose ends like a sentence; a title does not.
    return len(text) <= _LONGEST and not _STOP.search(text) and text[-1] not in "，,；;、：:"


def _continues(reading: Reading, index: int) -> bool:
    text = reading.text(index)
    return (
        reading.free(index)
        and reading.label(index) is None
        and len(text) <= _LONGEST_CONTINUED
        and not ends_sentence(text)
        and not _STOP.search(text)
        and not FRONT_OR_BACK.fullmatch(text)
        and len(text.split()) < 4  # the names of all that stands in a volume
        and not STAGE.match(text)
    )


def _leave_contents(reading: Reading) -> None:
    """A table of contents in the text is a list, not headings: dense titles that all come again further down."""
    found = [i for i, v in enumerate(reading.verdicts) if v is not None and v.kind is Kind.HEADING]
    words = {i: _title_words(reading, i) for i in found}
    count = Counter(words.values())
    run: list[int] = []
    for position, index in enumerate(found):
        run.append(index)
        follows = found[position + 1] if position + 1 < len(found) else -1
        gap = index + 2 if reading.verdicts[index + 1 : index + 2] == [None] else index + 1
        after = index + 2 if _is_continued(reading, index + 1) else index + 1
        if follows in {after, gap} and follows == after:
            continue
        if len(run) >= _LONG_CONTENTS and run[-1] >= len(reading) - 2:
            for line in run:  # nothing but titles up to the end of the text
                reading.give(line, Role.LIST_ITEM, Rule.CONTENTS)
        elif len(run) >= _SHORTEST_CONTENTS and sum(count[words[i]] > 1 for i in run) > len(run) * 0.6:
            _make_list(reading, [i for i in run if i < found[-1]], words)
        run = []


def _make_list(reading: Reading, run: list[int], words: dict[int, str]) -> None:
    first_of = dict[str, int]()
    for index, title in words.items():
        first_of.setdefault(title, index)
    for index in run:
        if first_of[words[index]] == index:
            reading.give(index, Role.LIST_ITEM, Rule.CONTENTS)
            if _is_continued(reading, index + 1):
                reading.give(index + 1, Role.LIST_ITEM, Rule.CONTENTS_CONTINUED)


def _is_continued(reading: Reading, index: int) -> bool:
    verdict = reading.verdicts[index] if index < len(reading) else None
    return verdict is not None and verdict.kind is Kind.CONTINUED


def _title_words(reading: Reading, index: int) -> str:
    """Ordinal and words of a title: 第001回 in the contents may be 第一回 in the text."""
    label = reading.label(index)
    words = reading.text(index)[label.words :] if label else reading.text(index)
    following = reading.text(index + 1) if _is_continued(reading, index + 1) else ""
    return f"{label.ordinal if label else ''}{bare(words + following)}"


def _mark_repeated(reading: Reading) -> None:
    """The words of a part said again on the line below it."""
    for index, verdict in enumerate(reading.verdicts):
        if verdict is None or verdict.heading is not HeadingKind.PART or verdict.label is None:
            continue
        words = bare(reading.text(index)[verdict.label.words :])
        if words and reading.free(index + 1) and bare(reading.text(index + 1)) == words:
            reading.mark(index + 1, Kind.REPEATED, Rule.PART_AGAIN)


def _find_unset_articles(reading: Reading) -> None:
    """第一条为了…, 第二条凡…: numbers that lost the space behind them, where they count from one on."""
    found = {
        index: label
        for index in reading.beginning("第")
        if reading.free(index)
        and (label := reading.label(index) or unset_article(reading.text(index)))
        and label.kind is HeadingKind.ARTICLE
    }
    ordinals = [label.ordinal for label in found.values()]
    steps = [after - before for before, after in pairwise(ordinals)]
    if ordinals[:1] != [1] or len(steps) < _FEWEST_ARTICLES - 1 or min(steps) < 1 or steps.count(1) < len(steps) * 0.8:
        return
    for index, label in found.items():
        reading.labels[index] = label


def find_articles(reading: Reading) -> None:
    """第X条: articles of a law or a regulation; two at least, or one could be a quotation."""
    _find_unset_articles(reading)
    articles = [
        index
        for index, label in enumerate(reading.labels)
        if label is not None and label.kind is HeadingKind.ARTICLE and reading.free(index)
    ]
    if len(articles) < 2:
        return
    titled = [index for index in articles if _is_titled_article(reading, index)]
    if len(titled) * 2 > len(articles):
        for index in titled:
            reading.head(index, Rule.ARTICLE_TITLED, label=reading.label(index))
        articles = [index for index in articles if reading.free(index)]
    for index in articles:
        text, label = reading.text(index), reading.label(index)
        assert label is not None  # noqa: S101 - for the type checker: chosen so above
        if label.words >= len(text):
            reading.head(index, Rule.ARTICLE_ALONE, label=label)
        else:
            reading.verdicts[index] = Verdict(
                kind=Kind.RUN_IN,
                heading=HeadingKind.ARTICLE,
                label=label,
                end=label.words,
                rule=Rule.ARTICLE,
            )


def _is_titled_article(reading: Reading, index: int) -> bool:
    """第一条　租赁期限, with the text of the article below it, as contracts have them."""
    text, label, below = reading.text(index), reading.label(index), reading.label(index + 1)
    words = text[label.words :] if label else ""
    return (
        0 < len(words) <= _LONGEST_ARTICLE_TITLE
        and not ends_sentence(text)
        and not _STOP.search(text)
        and reading.free(index + 1)
        and not (below and below.kind in {HeadingKind.ARTICLE, *TITLED})
    )


def find_attached(reading: Reading) -> None:
    """The title of a document inside a document (印发, 转发): below a date, above something like a text's beginning."""
    above = [i for i, verdict in enumerate(reading.verdicts) if verdict is not None and verdict.role in _AT_AN_END]
    for index in (i + 1 for i in above if 1 <= i < len(reading) - 2):
        if not reading.free(index):
            continue
        last = index
        while reading.free(last + 1) and last - index < 3 and _is_line_of_title(reading, last + 1):
            last += 1
        if not _is_line_of_title(reading, index) or not _begins(reading, last + 1):
            continue
        reading.head(index, Rule.ATTACHED, HeadingKind.PART)
        for more in range(index + 1, last + 1):
            reading.mark(more, Kind.CONTINUED, Rule.ATTACHED_CONTINUED)


def _is_line_of_title(reading: Reading, index: int) -> bool:
    text = reading.text(index)
    return (
        reading.label(index) is None
        and 2 < len(text) <= _LONGEST
        and text[0] not in "（("
        and not ends_sentence(text)
        and not BYLINE.fullmatch(text)
        and not CONTENTS_WORD.fullmatch(unspaced(text))
        and not _STOP.search(text)
    )


def _begins(reading: Reading, index: int) -> bool:
    text, label = reading.text(index), reading.label(index)
    verdict = reading.verdicts[index] if index < len(reading) else None
    if verdict is not None and verdict.kind in {Kind.ROW, Kind.CELL}:
        return True
    return bool(text) and bool(label or text[0] in "（(" or CONTENTS_WORD.fullmatch(unspaced(text)) or len(text) > 60)
