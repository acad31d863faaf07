"""The corrected copy: page, grid, page numbers, and the look of every part. Words stay; so do styles.

What is wrong in one place is put right there, as formatting of the paragraph's own: a style serves paragraphs that are
right as they are.
"""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from lxml import etree

from converter.checking.clauses import SPECS, check_piece, gap_above, is_face, spec_at, stretches
from converter.checking.elements import PPR, RPR, child, properties_of, strip, to_xml
from converter.checking.ends import check_ends
from converter.checking.fix_page import set_folios, set_paper
from converter.checking.page import check_page, foot_words
from converter.checking.parts import Part, words_of
from converter.readers.docx.package import W
from converter.typeset.ends import SIGNER, Indents, attachment_indents, imprint_indents, signature_rights, width
from converter.typeset.theme import Signing
from converter.typeset.word_names import HAN_FONTS

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from converter.checking.clauses import Spec
    from converter.checking.file import File
    from converter.checking.parts import Piece

_LINE = 579
"""Twips: 22 of them in 225 mm (docs/decisions/007)."""
_TITLE_LINE = 695


def fixed(file: File) -> bytes:
    """The file as it should look. A file in which nothing is wrong comes back as it was."""
    before = [words_of(p) for p in file.package.root.iter(W + "p")]
    page = list(check_page(file))
    wrong = {made.paragraph for piece in file.pieces for made in check_piece(piece, file)}
    wrong |= {made.paragraph for made in check_ends(file)}
    if not page and not wrong:
        return file.data
    wrong |= _together(file, wrong)
    changed: dict[str, bytes] = {}
    whole = any(made.code in {"GW106", "GW107"} for made in page)
    _set_pieces(file, wrong, whole=whole)
    if any(made.code < "GW300" or made.code == "GW306" for made in page):
        for section in file.sections:
            set_paper(section)
    if any(made.code >= "GW300" for made in page) and not foot_words(file):
        changed |= set_folios(file)
    assert [w for w in before if w.strip()] == [  # noqa: S101 - the promise that the words stay, kept
        w for p in file.package.root.iter(W + "p") if (w := words_of(p)).strip()
    ]
    changed[file.package.main] = to_xml(file.package.root)
    return _archive(file, changed)


def _together(file: File, wrong: set[int | None]) -> set[int | None]:
    """The paragraphs of the parts that stand by one another: where one is wrong, all are set anew."""
    found: set[int | None] = set()
    for part, group in groupby(file.pieces, key=lambda p: Part.SIGNATURE if p.part is Part.DATE else p.part):
        numbers = {piece.number for piece in group}
        if part in {Part.SIGNATURE, Part.ATTACHMENT_NOTE, Part.IMPRINT} and numbers & wrong:
            found |= numbers
    return found


def _set_pieces(file: File, wrong: set[int | None], *, whole: bool) -> None:
    indents = _indents(file)
    for piece in file.pieces:
        if piece.part is Part.OTHER and whole:
            for element in piece.elements:
                _set_lines(element, keep=True)
        elif piece.part is not Part.OTHER and (whole or piece.number in wrong):
            _set_piece(piece, file, indents.get(id(piece)) or Indents(first=SPECS[piece.part].first or 0))
    for above, piece in pairwise(file.pieces):
        first = piece.part is Part.ATTACHMENT_NOTE and above.part is not piece.part
        gap = gap_above(piece, file)
        if (first or piece.part is Part.ADDRESSEE) and gap is not None and abs(gap - 1) > 0.5:
            _set_gap(above, piece)
    _set_borders(file, wrong)


def _set_piece(piece: Piece, file: File, indents: Indents) -> None:
    spec = SPECS[piece.part]
    _split(piece)
    for element, run, _, at in list(stretches(piece)):
        _set_run(run, spec_at(piece, at), file.formatting.run(element, run).face)
    for element in piece.elements:
        _set_mark(element, spec)
        _set_place(element, spec, indents, piece)
    for element in piece.empty_above:
        _set_lines(element)


def _indents(file: File) -> dict[int, Indents]:
    """Where the parts stand that have rules of their own."""
    found: dict[int, Indents] = {}
    for part, group in groupby(file.pieces, key=lambda p: Part.SIGNATURE if p.part is Part.DATE else p.part):
        pieces = list(group)
        if part is Part.ATTACHMENT_NOTE:
            found |= {id(p): i for p, i in zip(pieces, attachment_indents([p.words for p in pieces]), strict=True)}
        elif part is Part.SIGNATURE:
            wide, long = (
                [width(p.words.strip()) for p in pieces if p.part is kind] for kind in (Part.SIGNATURE, Part.DATE)
            )
            rights, right = signature_rights(wide, long, Signing.SEALED)
            for piece in pieces:
                found[id(piece)] = Indents(right=right if piece.part is Part.DATE else rights.pop(0))
        elif part is Part.IMPRINT:
            found |= {id(p): imprint_indents(p.words.strip()) for p in pieces}
    return found


def _split(piece: Piece) -> None:
    """Cut the run in which a run-in heading ends."""
    for _, run, text, at in list(stretches(piece)):
        cut = piece.head - at
        texts = run.findall(W + "t")
        if 0 < cut < len(text) and len(texts) == 1 and texts[0].text == text:
            rest = deepcopy(run)
            run.addnext(rest)
            texts[0].text = text[:cut]
            rest[-1].text = text[cut:] if rest[-1].tag == W + "t" else None
            for leaf in (texts[0], rest[-1]):
                leaf.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _set_run(run: Element, spec: Spec, face: str) -> None:
    properties = run.find(W + "rPr")
    if properties is None:
        properties = etree.Element(W + "rPr")
        run.insert(0, properties)
    _set_look(properties, spec, face)


def _set_mark(paragraph: Element, spec: Spec) -> None:
    """The paragraph's own mark: automatic numbers take their look from it."""
    mark = child(properties_of(paragraph), "rPr", PPR)
    _set_look(mark, spec, "")


def _set_look(properties: Element, spec: Spec, face: str) -> None:
    fonts = child(properties, "rFonts", RPR)
    if not is_face(face, spec.face):
        strip(fonts, "eastAsiaTheme")
        fonts.set(W + "eastAsia", HAN_FONTS[spec.face][0])
    fonts.set(W + "hint", "eastAsia")
    for tag in ("b", "bCs"):
        child(properties, tag, RPR).set(W + "val", "0")
    if spec.size:
        for tag in ("sz", "szCs"):
            child(properties, tag, RPR).set(W + "val", str(round(spec.size[1] * 2)))
    child(properties, "color", RPR).set(W + "val", "FF0000" if spec.red else "auto")
    strip(child(properties, "color", RPR), "themeColor", "themeTint", "themeShade")
    child(properties, "spacing", RPR).set(W + "val", "-6" if spec.size and spec.size[1] == 16 else "0")
    child(properties, "snapToGrid", RPR).set(W + "val", "0")


def _set_place(paragraph: Element, spec: Spec, indents: Indents, piece: Piece) -> None:
    properties = properties_of(paragraph)
    tall = piece.part in {Part.TITLE, Part.LETTERHEAD}
    _set_lines(paragraph, line=_TITLE_LINE if tall else _LINE)
    if piece.part is Part.LETTERHEAD:
        child(properties, "spacing", PPR).set(W + "lineRule", "atLeast")
    centred = spec.centred or (piece.part is Part.NUMBER and not SIGNER.search(piece.words))
    aligned = "center" if centred else "right" if piece.part in {Part.SIGNATURE, Part.DATE} else "both"
    child(properties, "jc", PPR).set(W + "val", aligned)
    old = properties.find(W + "ind")
    if old is not None:
        properties.remove(old)
    made = child(properties, "ind", PPR)
    size = spec.size[1] if spec.size else 16
    if piece.part is Part.IMPRINT:
        size = 14
    for side, count in (("left", indents.left), ("right", indents.right)):
        made.set(f"{W}{side}Chars", str(round(count * 100)))
        made.set(W + side, str(round(count * size * 20)))
    name = "hanging" if indents.first < 0 else "firstLine"
    made.set(f"{W}{name}Chars", str(round(abs(indents.first) * 100)))
    made.set(W + name, str(round(abs(indents.first) * size * 20)))
    if piece.part is Part.ATTACHMENT and paragraph is piece.elements[0]:
        strip(child(properties, "pageBreakBefore", PPR), "val")


def _set_lines(paragraph: Element, line: int = _LINE, *, keep: bool = False) -> None:
    """Exact leading, nothing above and below, off the grid; `keep` leaves taller lines."""
    properties = properties_of(paragraph)
    if keep and (next(paragraph.iter(W + "drawing"), None) is not None or properties.find(W + "framePr") is not None):
        return
    spacing = child(properties, "spacing", PPR)
    spacing.attrib.clear()
    for name, value in (("before", 0), ("beforeLines", 0), ("after", 0), ("afterLines", 0), ("line", line)):
        spacing.set(W + name, str(value))
    spacing.set(W + "lineRule", "exact")
    child(properties, "snapToGrid", PPR).set(W + "val", "0")
    if keep:
        spacing.set(W + "lineRule", "atLeast")


def _set_gap(above: Piece, piece: Piece) -> None:
    """The blank line above the addressee and the list of attachments: one, whatever stood there before."""
    for element in piece.empty_above:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for element, side, gap in ((piece.elements[0], "before", _LINE), (above.elements[-1], "after", 0)):
        spacing = child(properties_of(element), "spacing", PPR)
        spacing.set(W + side, str(gap))
        spacing.set(f"{W}{side}Lines", "0")


def _set_borders(file: File, wrong: set[int | None]) -> None:
    """The red rule below the number, and those of the imprint."""
    for part, group in groupby(file.pieces, key=lambda piece: piece.part):
        pieces = list(group)
        if not any(piece.number in wrong for piece in pieces):
            continue
        if part is Part.NUMBER and any(piece.part is Part.LETTERHEAD for piece in file.pieces):
            _border(pieces[-1].elements[-1], "bottom", 12, "FF0000", space=11)
        elif part is Part.IMPRINT:
            for piece in pieces:
                _border(piece.elements[0], "top", 8 if piece is pieces[0] else 6)
            _border(pieces[-1].elements[-1], "bottom", 8)


def _border(paragraph: Element, side: str, eighths: int, colour: str = "auto", space: int = 1) -> None:
    borders = child(properties_of(paragraph), "pBdr", PPR)
    made = child(borders, side, ("top", "left", "bottom", "right", "between", "bar"))
    for name, value in (("val", "single"), ("sz", eighths), ("space", space), ("color", colour)):
        made.set(W + name, str(value))


def _archive(file: File, changed: dict[str, bytes]) -> bytes:
    """The package with some parts changed; dates are fixed, so that the same file gives the same copy."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file.data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        names = [*dict.fromkeys(source.namelist()), *(name for name in changed if name not in file.archive)]
        for name in names:
            if not name.endswith("/"):
                data = changed[name] if name in changed else file.archive.read(name)
                target.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()
