"""What the standard says of the words themselves: forms of numbers and dates. Nothing here is ever corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.checking.findings import Finding
from converter.checking.parts import Part
from converter.errors import Message
from converter.records import NamedTuple
from converter.regex import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.checking.file import File
    from converter.checking.parts import Piece


class Rule(NamedTuple):
    """What a finding says before what is found."""

    clause: str
    subject: Message
    wanted: Message


_DEPTHS = {Part.LEVEL_1: 1, Part.LEVEL_2: 2, Part.LEVEL_3: 3, Part.LEVEL_4: 4}
_FORMS = {
    Part.LEVEL_1: (compiled("[〇一二三四五六七八九十百]+、"), "一、"),
    Part.LEVEL_2: (compiled("（[〇一二三四五六七八九十百]+）"), "（一）"),
    Part.LEVEL_3: (compiled(r"[0-9]+\."), "1."),
    Part.LEVEL_4: (compiled("（[0-9]+）"), "（1）"),
}
_NUMBER = compiled(r"[\u4e00-\u9fff〔〕（）()\[\]【】]{1,20}[〔\[（(【](?P<year>\d+)[〕\]）)】](?P<rest>.+?号).*")
_DATE = compiled(r"[12]\d{3}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日")


def check_words(file: File) -> Iterator[Finding]:
    """Numbers of headings (7.3.3), of the document (7.2.5), dates (7.3.5.4), ends of lines (7.3.2, 7.3.4, 7.4.2)."""
    depth = 0
    for piece in file.pieces:
        words = piece.words.strip()
        if piece.part in _DEPTHS and piece.label:
            yield from _check_label(piece, depth)
            depth = _DEPTHS[piece.part]
        elif piece.part in {Part.TITLE, Part.ATTACHMENT}:
            depth = 0
        elif piece.part is Part.NUMBER:
            yield from _check_number(piece)
        elif piece.part is Part.DATE and not _DATE.fullmatch(words.replace(" ", "")):
            wanted = Message(
                "2012年7月1日: figures, the whole year, no zeros in front",
                "2012年7月1日（阿拉伯数字，年份全称，月日不编虚位）",
            )
            yield _words(
                piece, "GW403", Rule("7.3.5.4", Message("the form of the date", "成文日期的写法"), wanted), words
            )
        elif piece.part is Part.ADDRESSEE and not words.endswith("："):
            wanted = Message("a full-width colon at the end", "末尾标全角冒号")
            yield _words(
                piece, "GW404", Rule("7.3.2", Message("the addressee's end", "主送机关末尾"), wanted), words[-1:]
            )
        elif piece.part is Part.ATTACHMENT_NOTE and words[-1:] in "。，；、;,":
            wanted = Message("no mark at the end", "名称后不加标点")
            yield _words(piece, "GW405", Rule("7.3.4", Message("an attachment's name", "附件名称"), wanted), words[-1:])
        elif piece.part is Part.IMPRINT and words.startswith(("抄送", "主送")) and not words.endswith("。"):
            wanted = Message("a full stop at the end", "末尾标句号")
            yield _words(
                piece, "GW406", Rule("7.4.2", Message("the end of the copies", "抄送机关末尾"), wanted), words[-1:]
            )


def _check_label(piece: Piece, above: int) -> Iterator[Finding]:
    pattern, form = _FORMS[piece.part]
    label, depth = piece.label.strip(), _DEPTHS[piece.part]
    if not pattern.fullmatch(label):
        subject = Message("the form of a heading's number", "层次序数的写法")
        yield _words(piece, "GW401", Rule("7.3.3", subject, Message(form, form)), label)
    if depth > above + 1 and above:
        wanted = Message("一、 （一） 1. （1） in this order", "依次用“一、”“（一）”“1.”“（1）”")
        subject = Message("the order of levels", "层次序数的顺序")
        yield _words(piece, "GW402", Rule("7.3.3", subject, wanted), label)


def _check_number(piece: Piece) -> Iterator[Finding]:
    """7.2.5: the whole year in 〔〕, no 第, no zeros in front."""
    match = _NUMBER.match(piece.words.strip().replace(" ", ""))
    if not match:
        return
    words, rest = match[0], match["rest"]
    wrong = len(match["year"]) != 4 or f"〔{match['year']}〕" not in words or rest.startswith(("第", "0"))
    if wrong:
        wanted = Message(
            "〔2012〕10号: hexagonal brackets, whole year, no 第, no zeros in front",
            "〔2012〕10号（六角括号、年份全称、不加“第”、不编虚位）",
        )
        yield _words(
            piece, "GW407", Rule("7.2.5", Message("the form of the document number", "发文字号的写法"), wanted), words
        )


def _words(piece: Piece, code: str, rule: Rule, found: str) -> Finding:
    quoted = Message(f"“{found[:40]}”", f"“{found[:40]}”")
    return Finding(code, *rule, quoted, piece.number, piece.words.strip()[:24], fixable=False)
