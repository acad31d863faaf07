"""The operators that show the pieces of a line (ISO 32000-1, 9.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.typeset.lines import Way
from converter.typeset.zhuyin import SIZE, parts

if TYPE_CHECKING:
    from converter.typeset.lines import Piece
    from converter.writers.pdf.drawing import Font

_WORD_GAP = 90
"""Extractors take a gap above a tenth of an em for a space between words."""


def show(piece: Piece, font: Font, size: float) -> str:
    """The operators that show a piece (ISO 32000-1, 9.4.3).

    The quarter of an em between Han and Latin is no space of the text and must not become one when the text is copied:
    the two characters beside it are marked with what they really say, and the gap is made by character spacing, taken
    back after the second of them. Poppler, PDFium and pypdf then all give the text as it was.
    """
    text, kerns, string = piece.text, piece.kerns, font.string
    if not kerns:
        return f"({string(text)}) Tj"
    ops: list[str] = []
    array: list[str] = []
    at = number = 0
    while number < len(kerns):
        index, kern = kerns[number]
        number += 1
        if kern <= _WORD_GAP or text[index].isspace() or index + 1 == len(text) or _unmarked(text[index : index + 2]):
            array.append(f"({string(text[at : index + 1])}){-kern:.1f}")
            at = index + 1
            continue
        last = index + 1
        while (
            number < len(kerns)
            and kerns[number] == (last, kern)
            and last + 1 < len(text)
            and not _unmarked(text[last + 1])
        ):
            last, number = last + 1, number + 1
        if at < index:
            array.append(f"({string(text[at:index])})")
        if array:
            ops.append(f"[{''.join(array)}] TJ")
        marked = text[index : last + 1]
        ops.append(_spaced(marked, string(marked), kern, piece.spread, size))
        if number < len(kerns) and kerns[number][0] == last:
            kern -= kerns[number][1]
            number += 1
        array, at = [f"{kern:.1f}"], last + 1
    if at < len(text):
        array.append(f"({string(text[at:])})")
    ops.append(f"[{''.join(array)}] TJ")
    return " ".join(ops)


def gaping_end(piece: Piece) -> bool:
    """Whether what follows this piece would be copied with a space before it that the text does not have."""
    kerns, last = piece.kerns, len(piece.text) - 1
    return (
        bool(kerns)
        and kerns[-1][0] == last
        and kerns[-1][1] > _WORD_GAP
        and not piece.text[last].isspace()
        and not _unmarked(piece.text[last])
        and not (len(kerns) > 1 and kerns[-2][0] == last - 1)
    )


def show_with_gap(piece: Piece, font: Font, size: float) -> str:
    """The operators that show a piece with a gap at its end: its last character is as wide as the two together."""
    *before, (_, kern) = piece.kerns
    words, end = piece.text[:-1], piece.text[-1]
    head = f"{show(piece._replace(text=words, kerns=tuple(before)), font, size)} " if words else ""
    return head + _spaced(end, font.string(end), kern, piece.spread, size)


def _unmarked(text: str) -> bool:
    """Whether ActualText cannot say this: PDFium leaves out what lies beyond the BMP."""
    return max(text) > "\uffff"


def _spaced(text: str, string: str, kern: float, spread: float, size: float) -> str:
    """The operators that show characters with more space behind each, which is part of them when they are copied."""
    shown = f"{(kern + spread) * size / 1000:.4f} Tc ({string}) Tj {spread * size / 1000:.4f} Tc"
    return f"/Span <</ActualText <{utf16_hex(text)}>>> BDC {shown} EMC"


MIDDLE = 0.38
"""From the baseline up to the middle of an ideograph, in ems."""


def show_wider(piece: Piece, font: Font, size: float) -> str:
    """The operators that show a piece with room for readings at its end: its last character is a glyph with that room,
    and what gap there is besides is as `show` makes it.
    """
    words, end, last = piece.text[:-1], piece.text[-1], len(piece.text) - 1
    before = tuple(kern for kern in piece.kerns if kern[0] < last)
    gap = sum(kern for index, kern in piece.kerns if index == last) - piece.room
    head = f"{show(piece._replace(text=words, kerns=before), font, size)} " if words else ""
    code = font.wider[end, piece.room]
    return head + (_spaced(end, code, gap, piece.spread, size) if gap > _WORD_GAP else f"[({code}){-gap:.1f}] TJ")


def show_beside(piece: Piece, font: Font, size: float, at: tuple[float, float], *, turned: bool) -> str:
    """The operators that show a reading beside the character that begins here; one thing when it is copied. They end in
    the font of horizontal lines, by which Poppler tells how the words lie that are marked.
    """
    (x, y), em, ops = at, size / SIZE, ""
    for text, right, up in parts(piece.text, piece.face):
        if turned:  # the middle of the character lies where it did
            matrix = f"0 1 -1 0 {x + (0.5 - up + MIDDLE) * em:.2f} {y + (right - 0.5 + MIDDLE) * em:.2f}"
        else:
            matrix = f"1 0 0 1 {x + right * em:.2f} {y + up * em:.2f}"
        ops += f"{matrix} Tm ({font.string(text)}) Tj "
    return f"/Span <</ActualText <{utf16_hex(piece.text)}>>> BDC {ops}{font.resource} {size:g} Tf EMC"


def utf16_hex(text: str) -> str:
    """Text as the hexadecimal string of a property list."""
    return ("\ufeff" + text).encode("utf-16-be", "replace").hex()


def show_in_column(piece: Piece, font: Font) -> str:
    """The operator that shows a piece upright or across: in columns a number in an array leads down (9.4.4)."""
    text, string = piece.text, font.string
    array, at = "", 0
    for index, kern in piece.kerns if piece.way is Way.UPRIGHT else ():
        if index + 1 < len(text):
            array += f"({string(text[at : index + 1])}){kern:.1f}"
            at = index + 1
    return f"[{array}({string(text[at:])})] TJ" if array else f"({string(text[at:])}) Tj"
