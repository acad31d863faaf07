"""Half-width punctuation (半角标点) between Chinese back to full width.

Compatibility normalisation (NFKC), old web forms and hasty typing turn ，；：？！（） into , ; : ? ! ( ). Full stops,
quotation marks and 、 survive it and stay as they are. What a mark should be is decided by what stands next to it:

- A run of marks is Chinese if a Chinese character or mark stands directly before it or directly after it, quotation
  marks in between not counting. Between two digits (1,000, 9:30, 3:4) or in Latin text nothing is Chinese.
- ! and ? follow what stands before them: they may belong to a Latin sentence or a name (Yahoo!的).
- ? is in damaged text what is left of a lost character, and a wrong mark would hide it. It is repaired in a text that
  has no full-width ？ and only where the clause asks (a word such as 什么, 是否, 吗); in a text whose marks were all
  flattened also at the end of a line or of a speech.
- Brackets are decided in pairs: both or neither. A pair is Chinese if Chinese stands next to either of its brackets,
  inside or out; not after Latin or a sign if it holds none, as in f(x) or √(x－1). Where a text that is otherwise
  full-width sets most of its brackets off by spaces, as technical writers do, it means it.

The space that a Latin hand writes after such a mark goes with it: the full-width mark has its own.

URLs, addresses, code, markup and tables are no prose (`context.prose`); 1) and a) are list numbers and have no pair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.errors import Message
from converter.regex import compiled
from converter.repair.context import CHINESE, FULL, HALF, HAN, prose
from converter.repair.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "ZH201"
NAME = Message("half-width punctuation", "半角标点")

_FLAT = "他走到门口,看见天黑了,说:“你还去?”\n她不说话,收起书,吹了灯,跟着走了,只问:“我们骑马去?”\n"

# Damaged → repaired.
CASES = (
    ("近年来,区劳动局坚持“三个代表”,取得成效;真好!", "近年来，区劳动局坚持“三个代表”，取得成效；真好！"),
    ("同志们:\n会议强调:", "同志们：\n会议强调："),
    ("同志们: 大家好! 今天开会; 请坐,  谢谢", "同志们：大家好！今天开会；请坐，  谢谢"),
    ("使用: Java 和 Go, 三种", "使用： Java 和 Go, 三种"),
    ("(一)指导思想。(1)因血缘关系", "（一）指导思想。（1）因血缘关系"),
    (
        "地址:县前街61号,电话:0574-8888,时间:2022-11-21 01:19:00",
        "地址：县前街61号，电话：0574-8888，时间：2022-11-21 01:19:00",
    ),
    ("增长6.5%,其中1,000家,上午9:00,比例3:4,得3.6:48", "增长6.5%，其中1,000家，上午9:00，比例3:4，得3.6:48"),
    ("加入世界贸易组织(WTO)。", "加入世界贸易组织（WTO）。"),
    ("加入“WTO”,并使用Java,继续", "加入“WTO”，并使用Java，继续"),
    ("植入费(单颗）和摄影(颌)", "植入费（单颗）和摄影（颌）"),
    ("(见附件(一)),2018年(共3页),后", "（见附件（一）），2018年（共3页），后"),
    ("围绕“如何发挥作用?怎样体现先进性?”展开", "围绕“如何发挥作用？怎样体现先进性？”展开"),
    ("什么!?真的吗??", "什么！？真的吗？？"),
    (_FLAT, _FLAT.translate(str.maketrans(HALF, FULL))),
    (_FLAT.replace("天黑", "?黑"), _FLAT.replace("天黑", "?黑").replace(",", "，").replace(":", "：")),
    ("虎豹之?犹犬羊之?。又送酒??内房中去", "虎豹之?犹犬羊之?。又送酒??内房中去"),
    ("你好吗？看?\n", "你好吗？看?\n"),
    ('He said, "hello, world"! (really?)', 'He said, "hello, world"! (really?)'),
    ("他说:“Stay hungry, stay foolish.”", "他说：“Stay hungry, stay foolish.”"),
    ("《Hello, World!》和Yahoo!的", "《Hello, World!》和Yahoo!的"),
    ("见http://a.cn/x,y:1?b=(c),发至a@b.cn,谢谢", "见http://a.cn/x,y:1?b=(c)，发至a@b.cn，谢谢"),
    ("1)目标\na)任务\n(见下文", "1)目标\na)任务\n(见下文"),
    ("调用f(x)、main()的参数,谢谢:)", "调用f(x)、main()的参数，谢谢:)"),
    ("若√(x－1)有意义,则y=(a+b)×2的值", "若√(x－1)有意义，则y=(a+b)×2的值"),
    ("得分=(基准价/报价)×30,满分", "得分=（基准价/报价）×30，满分"),
    ("新增檔案 (尚未加入)，也有檔案 (已加入)。", "新增檔案 (尚未加入)，也有檔案 (已加入)。"),
    ("姓名,单位,电话\n张三,北京,010\n李四,上海,021", "姓名,单位,电话\n张三,北京,010\n李四,上海,021"),
    (
        "```\nprint('你好', x);\n```\n点[这里](#a)并`a,中,b`&nbsp;后",
        "```\nprint('你好', x);\n```\n点[这里](#a)并`a,中,b`&nbsp;后",
    ),
    ("> 嗨!你好\n| 甲,乙 |", "> 嗨!你好\n| 甲,乙 |"),
    ("“甲”,“乙”:“丙”", "“甲”，“乙”：“丙”"),
)

_TO_FULL = str.maketrans(HALF, FULL)
_CONFIDENCE = 0.97
_MESSAGE = Message("half-width punctuation in Chinese text", "中文里的半角标点")

_QUOTES = "“”‘’\"'"
_AFTER_CHINESE = f"(?:(?<={CHINESE})|(?<={CHINESE}[{_QUOTES}]))"
_BEFORE_CHINESE = f"(?=[{_QUOTES}]?{CHINESE})"
# What stands around a bracket. The marks that this rule itself changes are no evidence: order must not matter.
_BRACKET = compiled("[()（）\n]")
_OPENED_OUTSIDE = compiled(f"{_AFTER_CHINESE}[(（]")
_OPENED_INSIDE = compiled(f"[(（]{_BEFORE_CHINESE}")
_CLOSED_INSIDE = compiled(f"{_AFTER_CHINESE}[)）]")
_CLOSED_OUTSIDE = compiled(f"[)）]{_BEFORE_CHINESE}")
_OPENED_AFTER_LATIN = compiled(r"(?<=[A-Za-z0-9_\]√∑∫=＝+＋×÷*^])[(（]")
_OPENED_AFTER_SPACE = compiled(f"(?<={CHINESE} )\\(")

_POINTS = ",;:?!，；：？！"
_RUN = compiled(f"[,;:?!][{_POINTS}]*")
_FOLLOWS_CHINESE = compiled(f"(?:{_AFTER_CHINESE}|(?<={CHINESE}[{_QUOTES}]{{2}})|(?<=[（）]))[{_POINTS}]")
_SPACED = compiled(f"[,;:?!](?<={HAN}.) (?={HAN})")
_PRECEDES_CHINESE = compiled(f"[{_POINTS}](?=[“‘\"']?(?:{HAN}|[《「『【〔〈])|（)")
# What makes a question, in the clause before its mark.
_CLAUSE_END = compiled("[。；：？！;:?!\n]")
_ASKS = compiled(
    "[吗嗎呢吧么麼谁誰哪岂豈孰]|什么|什麼|[怎几幾多]|[为為如何]何|何[以时時处處]|[是能可有要会會]否|[是有能会會要]不|[是有]没|沒有|没有|难道|難道"
)


def find(text: str) -> Iterator[Finding]:
    """Every mark or run of marks that Chinese text has in full width."""
    if not any(mark in text for mark in HALF):
        return
    text = prose(text)
    brackets = _half_width_brackets(text) if "(" in text or ")" in text else []
    characters = list(text) if brackets else []
    for at in brackets:
        characters[at] = text[at].translate(_TO_FULL)
    spans = [(at, at + 1) for at in brackets]
    for start, end in sorted([*spans, *_half_width_runs("".join(characters) or text)]):
        spaced = _SPACED.match(text, end - 1) is not None
        yield Finding(start, end + spaced, text[start:end].translate(_TO_FULL), _MESSAGE, confidence=_CONFIDENCE)


def _half_width_brackets(text: str) -> list[int]:
    """Where the half-width brackets of Chinese pairs stand."""
    pairs = [pair for pair in _pairs(text) if "(" in (text[pair[0]]) or ")" in text[pair[1]]]
    chinese = [pair for pair in pairs if _is_chinese(text, *pair)]
    if text.count("，") > text.count(","):
        spaced = sum(_OPENED_AFTER_SPACE.match(text, opened) is not None for opened, _ in chinese)
        if 2 * spaced >= len(chinese):
            return []
    return [at for pair in chinese for at in pair if text[at] in "()"]


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Where brackets that belong together stand: on one line, nested, of either width."""
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] == "\n":
            opened.clear()
        elif match[0] in "(（":
            opened.append(match.start())
        elif opened:
            yield opened.pop(), match.start()


def _is_chinese(text: str, opened: int, closed: int) -> bool:
    if _OPENED_INSIDE.match(text, opened) or _CLOSED_INSIDE.match(text, closed):
        return True
    if _OPENED_AFTER_LATIN.match(text, opened):
        return False
    return bool(_OPENED_OUTSIDE.match(text, opened) or _CLOSED_OUTSIDE.match(text, closed))


def _half_width_runs(text: str) -> Iterator[tuple[int, int]]:
    """The runs of the other marks that are Chinese and not all full-width."""
    questions_are_full_width = "？" in text
    flattened = not questions_are_full_width and _is_flattened(text)
    for match in _RUN.finditer(text):
        start, end = match.span()
        while start and text[start - 1] in FULL[:5]:
            start -= 1
        run = text[start:end]
        before = _FOLLOWS_CHINESE.match(text, start) is not None or not run.isascii()
        if "?" in run:
            chinese = before and not questions_are_full_width and not run.strip("?!？！")
            chinese = chinese and (_asks(text, start) or (flattened and _QUESTION_END.match(text, end) is not None))
        elif run[-1] in ":;" and text.startswith(")", end):
            chinese = False  # an emoticon: a bracket that belongs to the text is full-width by now
        else:
            chinese = before or ("!" not in run and _PRECEDES_CHINESE.match(text, end - 1) is not None)
        if chinese:
            yield start, end


_QUESTION_END = compiled(r"[”’」』\"')）]|(?=[\r\n“「『]|$)")
_BETWEEN = compiled(f"(?<={HAN}),(?={HAN})")
_LOST = compiled(f"\\?(?={HAN})")
_FEWEST_COMMAS = 5


def _is_flattened(text: str) -> bool:
    """Whether all marks of a text were flattened, and ? is no lost character: few stand in the middle of a line."""
    if any(mark in text for mark in "，；！") or sum(1 for _ in _BETWEEN.finditer(text)) < _FEWEST_COMMAS:
        return False
    lost = sum(not _asks(text, match.start()) for match in _LOST.finditer(text))
    return text.count("?") > 4 * lost


def _asks(text: str, end: int) -> bool:
    """Whether the clause that ends at `end` is a question."""
    clause = _CLAUSE_END.split(text[max(0, end - 40) : end])[-1]
    return _ASKS.search(clause) is not None
