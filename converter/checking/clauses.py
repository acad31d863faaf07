"""What GB/T 9704-2012 wants of each part, as a table; and how a paragraph departs from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.checking.findings import Finding
from converter.checking.parts import Part, runs_of
from converter.errors import Message
from converter.records import NamedTuple
from converter.typeset.theme import Face
from converter.typeset.word_names import HAN_FONTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from converter.checking.file import File
    from converter.checking.formatting import ParagraphLook, RunLook
    from converter.checking.parts import Piece

THREE = (15.5, 16.0)
"""三号: 15.75 pt as printers have it, 16 pt in word processors."""
TWO = (21.0, 22.0)
FOUR = (13.75, 14.0)


class Spec(NamedTuple):
    """How a part looks. Indents in characters of its own."""

    clause: str
    name: Message
    face: Face
    size: tuple[float, float] | None = THREE
    """From, to; points. None where the standard gives none."""
    centred: bool = False
    first: float | None = None
    """Where the first line begins; None where another rule says."""
    left: float | None = 0
    """Where the other lines begin."""
    red: bool = False
    gap: float | None = None
    """Blank lines above."""


# fmt: off - the table reads better in columns
SPECS = {
    Part.LETTERHEAD: Spec(
        "7.2.4", Message("the issuer's mast", "发文机关标志"), Face.XIAOBIAOSONG, None, centred=True, first=0, red=True
    ),
    Part.NUMBER: Spec("7.2.5", Message("the document number", "发文字号"), Face.FANGSONG, left=None),
    Part.TITLE: Spec("7.3.1", Message("the title", "标题"), Face.XIAOBIAOSONG, TWO, centred=True, first=0),
    Part.ADDRESSEE: Spec("7.3.2", Message("the addressee", "主送机关"), Face.FANGSONG, first=0, gap=1),
    Part.BODY: Spec("7.3.3", Message("the body", "正文"), Face.FANGSONG, first=2),
    Part.LEVEL_1: Spec("7.3.3", Message("a heading of level 1", "一级标题"), Face.HEI, first=2),
    Part.LEVEL_2: Spec("7.3.3", Message("a heading of level 2", "二级标题"), Face.KAI, first=2),
    Part.LEVEL_3: Spec("7.3.3", Message("a heading of level 3", "三级标题"), Face.FANGSONG, first=2),
    Part.LEVEL_4: Spec("7.3.3", Message("a heading of level 4", "四级标题"), Face.FANGSONG, first=2),
    Part.ATTACHMENT_NOTE: Spec("7.3.4", Message("the list of attachments", "附件说明"), Face.FANGSONG, left=None),
    Part.SIGNATURE: Spec("7.3.5", Message("the signature", "发文机关署名"), Face.FANGSONG, left=None),
    Part.DATE: Spec("7.3.5", Message("the date", "成文日期"), Face.FANGSONG, left=None),
    Part.NOTE: Spec("7.3.6", Message("the note", "附注"), Face.FANGSONG, first=2),
    Part.ATTACHMENT: Spec("7.3.7", Message("the mark of an attachment", "附件标识"), Face.HEI, first=0),
    Part.IMPRINT: Spec("7.4", Message("the imprint", "版记"), Face.FANGSONG, FOUR, first=None, left=None),
}
# fmt: on

OURS = "doc song sc"
"""Our own 小标宋 is the bold of a family, and as such in files that hold it."""
_FACES = {
    Face.FANGSONG: ("仿宋", "fangsong", "fang song", *HAN_FONTS[Face.FANGSONG]),
    Face.KAI: ("楷", "kai", *HAN_FONTS[Face.KAI]),
    Face.HEI: ("黑体", "黑體", "hei", *HAN_FONTS[Face.HEI]),
    Face.XIAOBIAOSONG: ("小标宋", "小標宋", "xiaobiaosong", "xbs", OURS, *HAN_FONTS[Face.XIAOBIAOSONG]),
    Face.SONG: ("宋体", "宋體", "simsun", "song", *HAN_FONTS[Face.SONG]),
}
"""What a font's name has in it, by face. The standard names kinds of type, not products."""
FACE_NAMES = {
    Face.FANGSONG: Message("仿宋 (Fangsong)", "仿宋"),
    Face.KAI: Message("楷体 (Kai)", "楷体"),
    Face.HEI: Message("黑体 (Hei)", "黑体"),
    Face.XIAOBIAOSONG: Message("小标宋 (Xiaobiaosong)", "小标宋"),
    Face.SONG: Message("宋体 (Song)", "宋体"),
}
_RED = frozenset({"FF0000", "C00000", "E60012", "ED1C24", "CC0000", "FE0000", "DA251D", "D60000", "E00000"})
_SIZES = {THREE: "三号", TWO: "二号", FOUR: "四号"}
_NO_FONT = Message("no Chinese font", "未指定中文字体")


def is_face(font: str, face: Face) -> bool:
    """Whether a font of this name is of this kind of type."""
    name = font.lower()
    if face is Face.SONG and ("仿宋" in name or "fangsong" in name or "小标宋" in name):
        return False
    return any(part.lower() in name for part in _FACES[face])


def has_han(text: str) -> bool:
    """Whether there is an ideograph in it."""
    return any("\u3400" <= c <= "\u9fff" or c == "〇" or c >= "\U00020000" for c in text)


def stretches(piece: Piece) -> Iterator[tuple[Element, Element, str, int]]:
    """Paragraph, run, its text, and how many characters of the piece stand before it."""
    at = piece.automatic
    for element in piece.elements:
        for run, text in runs_of(element):
            yield element, run, text, at
            at += len(text)


def spec_at(piece: Piece, at: int) -> Spec:
    """What is wanted of the character at this place: behind a run-in heading it is the body."""
    return SPECS[Part.BODY if piece.head and at >= piece.head else piece.part]


def size_of(piece: Piece, file: File) -> float:
    """The size of a piece: that of its first run with words."""
    for element, run, text, _ in stretches(piece):
        if text.strip():
            return file.formatting.run(element, run).size
    return 10.5


def look_of(piece: Piece, file: File) -> ParagraphLook:
    """How a piece stands."""
    return file.formatting.paragraph(piece.elements[0], size_of(piece, file), file.page.pitch)


def finding(  # noqa: PLR0917 - the columns of a finding, in their order
    piece: Piece, code: str, clause: str, subject: Message, wanted: Message, found: Message
) -> Finding:
    """A finding about a paragraph."""
    return Finding(code, clause, subject, wanted, found, piece.number, piece.words.strip()[:24])


def check_piece(piece: Piece, file: File) -> Iterator[Finding]:
    """Faces, sizes, colours, indents of one paragraph."""
    if piece.part is Part.OTHER:
        return
    yield from _check_runs(piece, file)
    yield from _check_place(piece, SPECS[piece.part], file)


def _check_runs(piece: Piece, file: File) -> Iterator[Finding]:
    said: set[str] = set()
    linked = {run for element in piece.elements for link in element.iter("{*}hyperlink") for run in link.iter("{*}r")}
    marked = [file.formatting.run(e, r).bold for e, r, text, _ in stretches(piece) if has_han(text)]
    for element, run, text, at in stretches(piece):
        look = file.formatting.run(element, run)
        if text.strip():
            # A run that goes over the end of a run-in heading is judged by where it begins.
            spec = spec_at(piece, at + len(text) - len(text.lstrip()))
            for made in _check_run(piece, text, look, spec, bold=all(marked), linked=run in linked):
                if made.code not in said:
                    said.add(made.code)
                    yield made
    if piece.head and not said:
        yield from _check_split(piece, file)


def _check_run(piece: Piece, text: str, look: RunLook, spec: Spec, *, bold: bool, linked: bool) -> Iterator[Finding]:
    name = spec.name
    if has_han(text) and not is_face(look.face, spec.face):
        found = Message(look.face, look.face) if look.face else _NO_FONT
        yield finding(piece, "GW201", spec.clause, _of(name, "face", "字体"), FACE_NAMES[spec.face], found)
    if spec.size and not spec.size[0] - 0.01 <= look.size <= spec.size[1] + 0.01:
        wanted = Message(f"{_SIZES[spec.size]} ({spec.size[1]:g} pt)", f"{_SIZES[spec.size]}（{spec.size[1]:g} 磅）")
        found = Message(f"{look.size:g} pt", f"{look.size:g} 磅")
        yield finding(piece, "GW202", spec.clause, _of(name, "size", "字号"), wanted, found)
    if spec.red and look.colour not in _RED:
        colour = look.colour or "000000"
        yield finding(
            piece,
            "GW203",
            "7.2.4",
            _of(name, "colour", "颜色"),
            Message("red", "红色"),
            Message(f"#{colour}", f"#{colour}"),
        )
    if not spec.red and look.colour and not linked:
        found = Message(f"#{look.colour}", f"#{look.colour}")
        yield finding(piece, "GW203", "5.2.4", _of(name, "colour", "颜色"), Message("black", "黑色"), found)
    if bold and has_han(text) and not (spec.face is Face.XIAOBIAOSONG and look.face.lower() == OURS):
        wanted = Message("not bold: its face alone tells it", "不加粗（仅以字体区分）")
        yield finding(piece, "GW204", spec.clause, _of(name, "weight", "笔画"), wanted, Message("bold", "加粗"))


def _check_split(piece: Piece, file: File) -> Iterator[Finding]:
    """A run that holds the end of a run-in heading and the beginning of its text has one face for both."""
    heading = SPECS[piece.part]
    if heading.face is Face.FANGSONG:
        return
    for element, run, text, at in stretches(piece):
        if at < piece.head < at + len(text) and has_han(text[piece.head - at :]):
            face = file.formatting.run(element, run).face
            wanted, found = FACE_NAMES[Face.FANGSONG], Message(face, face)
            subject = Message("the face behind a heading in the line", "同行标题之后正文的字体")
            yield finding(piece, "GW201", "7.3.3", subject, wanted, found)


def _check_place(piece: Piece, spec: Spec, file: File) -> Iterator[Finding]:
    look, size = look_of(piece, file), size_of(piece, file)
    name, clause = spec.name, spec.clause
    if spec.centred:
        if look.align != "center":
            yield finding(
                piece,
                "GW205",
                clause,
                _of(name, "alignment", "对齐"),
                Message("centred", "居中"),
                _alignment(look.align),
            )
        return
    if spec.first is not None:
        begin = (look.left + look.first) / size if look.align not in {"center", "right", "end"} else None
        if begin is None or abs(begin - spec.first) > 0.15:
            wanted = _characters(spec.first)
            found = _alignment(look.align) if begin is None else _characters(begin)
            yield finding(piece, "GW206", clause, _of(name, "first line", "首行缩进"), wanted, found)
        elif spec.left is not None and abs(look.left / size - spec.left) > 0.15:
            found = _characters(look.left / size)
            yield finding(
                piece,
                "GW207",
                clause,
                _of(name, "left edge of further lines", "回行左缩进"),
                _characters(spec.left),
                found,
            )
    if spec.gap is not None and (gap := gap_above(piece, file)) is not None and abs(gap - spec.gap) > 0.5:
        yield finding(piece, "GW208", clause, _of(name, "space above", "上方空行"), lines(spec.gap), lines(gap))


def gap_above(piece: Piece, file: File) -> float | None:
    """How many lines are left free above a piece; None where none need be."""
    at = file.pieces.index(piece)
    # Whom one speaks to may be named again in the middle of a speech.
    if at == 0 or (piece.part is Part.ADDRESSEE and file.pieces[at - 1].part is not Part.TITLE):
        return None
    line = 28.95
    above, own = look_of(file.pieces[at - 1], file), look_of(piece, file)
    empty = sum(_height(element, file) for element in piece.empty_above)
    return (above.after + own.before + empty) / line


def _height(element: Element, file: File) -> float:
    size = file.formatting.run(element, None).size
    look = file.formatting.paragraph(element, size, file.page.pitch)
    return abs(look.line) + look.before + look.after


def lines(count: float) -> Message:
    """So many blank lines."""
    return Message(f"{count:.2g} lines", f"{count:.2g} 行")


def _characters(count: float) -> Message:
    count = round(count, 1) + 0.0
    return Message(f"{count:g} characters", f"{count:g} 字")


_ALIGNMENTS = {
    "center": Message("centred", "居中"),
    "right": Message("right", "右对齐"),
    "end": Message("right", "右对齐"),
    "both": Message("justified", "两端对齐"),
    "distribute": Message("distributed", "分散对齐"),
}


def _alignment(align: str) -> Message:
    return _ALIGNMENTS.get(align, Message("left", "左对齐"))


def _of(name: Message, en: str, zh: str) -> Message:
    return Message(f"{name.en}, {en}", f"{name.zh}的{zh}")
