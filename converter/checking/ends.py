"""What stands above the title and after the text: red head, attachments, signature and date, imprint."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from converter.checking.clauses import finding, gap_above, lines, look_of, size_of
from converter.checking.parts import Part
from converter.errors import Message
from converter.readers.docx.package import W, tag_of
from converter.typeset.ends import SIGNER, attachment_indents, signature_rights, width
from converter.typeset.theme import Signing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from converter.checking.file import File
    from converter.checking.findings import Finding
    from converter.checking.parts import Piece


def check_ends(file: File) -> Iterator[Finding]:
    """All of them."""
    for part, group in groupby(file.pieces, key=lambda piece: _block(piece.part)):
        pieces = list(group)
        match part:
            case Part.ATTACHMENT_NOTE:
                yield from _check_attachments(pieces, file)
            case Part.SIGNATURE:
                yield from _check_signature(pieces, file)
            case Part.IMPRINT:
                yield from _check_imprint(pieces, file)
            case Part.NUMBER:
                yield from _check_head(pieces[-1], file)
            case Part.ATTACHMENT:
                yield from _check_opening(pieces, file)
            case _:
                pass


def _block(part: Part) -> Part:
    return Part.SIGNATURE if part is Part.DATE else part


def _check_attachments(pieces: Sequence[Piece], file: File) -> Iterator[Finding]:
    for index, (piece, wanted) in enumerate(
        zip(pieces, attachment_indents([piece.words for piece in pieces]), strict=True)
    ):
        look, size = look_of(piece, file), size_of(piece, file)
        begin, want = (look.left + look.first) / size, wanted.left + wanted.first
        if look.align in {"center", "right", "end"} or abs(begin - want) > 0.6:
            subject = Message("where an attachment's line begins", "附件说明的左空")
            yield finding(piece, "GW501", "7.3.4", subject, characters(want), characters(begin))
        elif width(piece.words) + want > 27 and abs(look.left / size - wanted.left) > 0.6:
            subject = Message("where an attachment's name goes on", "附件名称回行位置")
            yield finding(piece, "GW501", "7.3.4", subject, characters(wanted.left), characters(look.left / size))
        gap = gap_above(piece, file)
        if not index and gap is not None and abs(gap - 1) > 0.5:
            yield finding(
                piece,
                "GW502",
                "7.3.4",
                Message("space above the attachments", "附件说明上方空行"),
                lines(1),
                lines(gap),
            )


def _right_of(piece: Piece, file: File) -> float:
    """How far the end of a one-line paragraph is from the right edge, in characters."""
    look, size, words = look_of(piece, file), size_of(piece, file), width(piece.words.strip())
    measure = file.page.measure / size
    match look.align:
        case "right" | "end":
            return look.right / size
        case "center":
            return (measure - (look.left + look.first) / size - words + look.right / size) / 2
        case _:
            lead = width(piece.words) - width(piece.words.lstrip())
            return measure - (look.left + look.first) / size - lead - words


def _check_signature(pieces: Sequence[Piece], file: File) -> Iterator[Finding]:
    """7.3.5: sealed, unsealed or stamped; what is right for one of the three is right."""
    names = [piece for piece in pieces if piece.part is Part.SIGNATURE]
    dates = [piece for piece in pieces if piece.part is Part.DATE]
    if not dates:
        return
    dated = _right_of(dates[-1], file)
    stands = [_right_of(piece, file) for piece in names]
    wide, long = ([width(piece.words.strip()) for piece in group] for group in (names, dates))

    def keeps(signing: Signing) -> bool:
        rights, right = signature_rights(wide, long, signing)
        return all(abs(one - other) <= 0.75 for one, other in zip((*stands, dated), (*rights, right), strict=True))

    if not any(map(keeps, (Signing.SEALED, Signing.UNSEALED, Signing.STAMPED))):
        first = (names or dates)[0]
        wanted = Message(
            "sealed: date 4 characters from the right, the name centred above it; unsealed: name 2 from the right, "
            "the date begins 2 behind it",
            "加盖印章：日期右空四字、署名以日期居中；不加盖印章：署名右空二字、日期首字比署名首字右移二字",
        )
        en = ", ".join(f"{at:.1f}" for at in (*stands, dated))
        found = Message(f"{en} characters from the right", f"右空 {en} 字")
        yield finding(first, "GW503", "7.3.5", Message("signature and date", "署名与成文日期的位置"), wanted, found)


def _check_imprint(pieces: Sequence[Piece], file: File) -> Iterator[Finding]:
    """7.4: one character in from both sides, rules above and below."""
    for piece in pieces:
        look, size = look_of(piece, file), size_of(piece, file)
        begin = (look.left + look.first) / size
        if look.align in {"center", "right", "end"} or abs(begin - 1) > 0.3 or abs(look.right / size - 1) > 0.3:
            subject = Message("the imprint's indents", "版记左右空")
            found = Message(
                f"{begin:.1f} and {look.right / size:.1f}", f"左空 {begin:.1f} 字、右空 {look.right / size:.1f} 字"
            )
            wanted = Message("1 character on both sides", "左右各空一字")
            yield finding(piece, "GW504", "7.4.2", subject, wanted, found)
    if not (_has_border(pieces[0], "top") and _has_border(pieces[-1], "bottom")):
        subject, wanted = (
            Message("the imprint's rules", "版记分隔线"),
            Message("above and below", "首末各一条，与版心等宽"),
        )
        yield finding(pieces[0], "GW505", "7.4.1", subject, wanted, Message("none", "无"))


def _check_head(piece: Piece, file: File) -> Iterator[Finding]:
    """7.2.5 to 7.2.7: the number in the middle, or at the left with a signer; the red rule below."""
    look = look_of(piece, file)
    if not SIGNER.search(piece.words) and look.align != "center":
        subject = Message("the document number, alignment", "发文字号的对齐")
        found = Message(
            look.align, {"left": "左对齐", "both": "两端对齐", "right": "右对齐"}.get(look.align, look.align)
        )
        yield finding(piece, "GW205", "7.2.5", subject, Message("centred", "居中"), found)
    has_head = any(other.part is Part.LETTERHEAD for other in file.pieces)
    if has_head and not _has_border(piece, "bottom") and not _rule_below(piece):
        subject, wanted = (
            Message("the red rule", "版头红色分隔线"),
            Message("below the document number", "发文字号之下 4 mm"),
        )
        yield finding(piece, "GW506", "7.2.7", subject, wanted, Message("none", "无"))


def _check_opening(pieces: Sequence[Piece], file: File) -> Iterator[Finding]:
    """7.3.7: an attachment begins on a page of its own."""
    piece = pieces[0]
    above = piece.elements[0].getprevious()
    broken = look_of(piece, file).breaks or next(piece.elements[0].iter(W + "br"), None) is not None
    while above is not None and not broken:
        words = "".join(t.text or "" for t in above.iter(W + "t")).strip()
        broken = next(above.iter(W + "sectPr"), None) is not None or any(
            br.get(W + "type") == "page" for br in above.iter(W + "br")
        )
        if words:
            break
        above = above.getprevious()
    if not broken:
        subject, wanted = Message("where an attachment begins", "附件起始"), Message("on a new page", "另面编排")
        yield finding(piece, "GW507", "7.3.7", subject, wanted, Message("in the page", "接排"))


def _has_border(piece: Piece, side: str) -> bool:
    return any(
        border.get(W + "val") not in {"nil", "none"}
        for element in piece.elements
        for border in element.iterfind(f"{W}pPr/{W}pBdr/{W}{side}")
    )


def _rule_below(piece: Piece) -> bool:
    """Whether a line is drawn in the paragraph, or right below it before there are words."""
    at = piece.elements[-1]
    below = at.getnext()
    for element in (at, below, below.getnext() if below is not None else None):
        if element is None or tag_of(element) != "p":
            continue
        if any(next(element.iter(W + tag), None) is not None for tag in ("drawing", "pict")):
            return True
        if element is not at and "".join(t.text or "" for t in element.iter(W + "t")).strip():
            return element.find(f"{W}pPr/{W}pBdr/{W}top") is not None
        if element.find(f"{W}pPr/{W}pBdr") is not None:
            return True
    return False


def characters(count: float) -> Message:
    """So many characters."""
    return Message(f"{count:.3g} characters", f"{count:.3g} 字")
