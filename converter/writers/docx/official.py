"""The parts of an official document that have places of their own on Word's page: GB/T 9704-2012.

Letterhead and number above the title with the red rule (7.2), attachments (7.3.4), signature and date (7.3.5), the
imprint at the foot of the last page (7.4). `typeset.official` does the same for our own pages.
"""

from __future__ import annotations

from copy import deepcopy
from itertools import groupby
from typing import TYPE_CHECKING

from converter.model import Paragraph, Role, is_volume, plain
from converter.typeset.ends import (
    ATTACHED,
    PRINTED,
    SIGNER,
    Indents,
    attachment_indents,
    imprint_indents,
    signature_rights,
    width,
)
from converter.typeset.pages import Typesetter
from converter.typeset.theme import Face, Signing
from converter.typeset.word_names import HAN_FONTS
from converter.units import half_points, twips
from converter.writers.docx.ooxml import paragraph, qn, set_attributes, w
from converter.writers.docx.places import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element as Element

    from converter.model import Block, Document
    from converter.typeset.theme import Theme


class OfficialParts:
    """Puts the paragraphs of these parts into their places, in a theme that has them."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def grouped(self, blocks: Iterable[Block]) -> Iterator[tuple[Role | None, list[Block]]]:
        """The blocks in order, those of one part together; None for what is no such part."""
        for role, group in groupby(blocks, key=self._role):
            yield role, list(group)

    def _role(self, block: Block) -> Role | None:
        role = block.role if isinstance(block, Paragraph) else None
        if role in {Role.SIGNATURE, Role.DATE} and self._theme.signing is not Signing.STYLED:
            return Role.SIGNATURE
        return role if role in {Role.ATTACHMENT, Role.IMPRINT} and self._theme.rules else None

    def place(self, role: Role, blocks: Sequence[Block], made: list[Element]) -> list[Element]:
        """The paragraphs that were made of a part's blocks, one each, in the place of that part."""
        words = [plain(block.inlines) for block in blocks if isinstance(block, Paragraph)]
        match role:
            case Role.ATTACHMENT if all(map(ATTACHED.fullmatch, words)):
                for element in made:
                    self._open_attachment(element)
            case Role.ATTACHMENT:
                for index, (element, indents) in enumerate(zip(made, attachment_indents(words), strict=True)):
                    self._indent(element, indents, role)
                    if not index:
                        _space_above(element, self._theme.body.leading)
            case Role.IMPRINT:
                return [self._imprint(words, made), paragraph(NOTHING)]
            case _:
                self._sign(blocks, words, made)
        return made

    def _open_attachment(self, element: Element) -> None:
        """7.3.7: on a page of its own, in 黑体, flush left; the title stands on the third line."""
        _append(element, w("pageBreakBefore"))
        _space_above(element, 0, after=twips(self._theme.body.leading))
        self._indent(element, Indents(), Role.ATTACHMENT)
        han = HAN_FONTS[Face.HEI][0]
        for run in element.iter("{*}r"):
            properties = run.find("{*}rPr")
            if properties is None:
                properties = w("rPr")
                run.insert(0, properties)
            for fonts in properties.findall("{*}rFonts"):
                properties.remove(fonts)
            properties.insert(0, w("rFonts", hint="eastAsia", eastAsia=han))

    def head(self, blocks: Sequence[Paragraph], made: Sequence[Element]) -> None:
        """7.2: what stands above the letterhead flush left; the letterhead 35 mm below the upper edge; two blank lines,
        the number, the red rule.
        """
        rules, line = self._theme.rules, self._theme.body.leading
        if rules is None or not made:
            return
        left = float(rules.head_top)
        for block, element in zip(blocks, made, strict=True):
            if block.role is Role.BODY:
                self._indent(element, Indents(), Role.BODY)
                _space_above(element, 0, after=0)
                left -= line
                continue
            above, left = left, 0.0
            if block.role is Role.LETTERHEAD:
                self._narrow(element, plain(block.inlines))
            else:
                above = 2 * line
                if SIGNER.search(plain(block.inlines)):
                    self._indent(element, Indents(left=1, right=1), Role.DOCUMENT_NUMBER)
                    _append(element, w("jc", val="both"))
            _space_above(element, above, after=0)
        _append(made[-1], w("pBdr", _line("bottom", rules.head, rules.head_colour, rules.head_gap)))

    def title(self, element: Element) -> None:
        """7.3.1: two blank lines below the red rule."""
        _space_above(element, 2 * self._theme.body.leading)

    def _narrow(self, element: Element, words: str) -> None:
        """A letterhead on one line is narrower than the type area."""
        style = self._theme.style(Role.LETTERHEAD)
        size = min(style.size, self._theme.page.measure / max(1.0, width(words)))
        if size < style.size:
            for run in element.iter("{*}r"):
                properties = run.find("{*}rPr")
                if properties is None:
                    properties = w("rPr")
                    run.insert(0, properties)
                properties.append(w("sz", val=half_points(size) - 1))

    def _sign(self, blocks: Sequence[Block], words: Sequence[str], made: Sequence[Element]) -> None:
        dated = [isinstance(block, Paragraph) and block.role is Role.DATE for block in blocks]
        wide = [width(each.strip()) for each in words]
        names = [size for size, date in zip(wide, dated, strict=True) if not date]
        dates = [size for size, date in zip(wide, dated, strict=True) if date]
        rights, right = signature_rights(names, dates, self._theme.signing)
        for element, date in zip(made, dated, strict=True):
            self._indent(
                element, Indents(right=right if date else rights.pop(0)), Role.DATE if date else Role.SIGNATURE
            )

    def _imprint(self, words: Sequence[str], made: Sequence[Element]) -> Element:
        """7.4: a table at the foot of the last page; its rules are as wide as the type area, the text is not."""
        rules, half = self._theme.rules, twips(self._theme.page.measure / 2)
        if rules is None:
            return made[0]
        foot = w("tblpPr", leftFromText=0, rightFromText=0, vertAnchor="margin", horzAnchor="margin")
        set_attributes(foot, tblpXSpec="center", tblpYSpec="bottom")
        borders = w("tblBorders", _line("top", rules.outer), _line("bottom", rules.outer))
        cells = w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=0, type="dxa"))
        width_of = w("tblW", w=2 * half, type="dxa")
        properties = w(
            "tblPr", foot, w("tblOverlap", val="never"), width_of, borders, w("tblLayout", type="fixed"), cells
        )
        table = w("tbl", properties, w("tblGrid", w("gridCol", w=half), w("gridCol", w=half)))
        for index, (text, element) in enumerate(zip(words, made, strict=True)):
            # 7.4.2: no rule between those who are addressed and those who get copies
            both = index and text.startswith("抄送") and words[index - 1].startswith("主送")
            printed = self._printed(text, element)
            self._indent(element, Indents(left=1) if printed is not None else imprint_indents(text), Role.IMPRINT)
            sizes = [half, half] if printed is not None else [2 * half]
            row = w("tr", w("trPr", w("cantSplit")))
            for size, words_in in zip(sizes, (element, printed), strict=False):
                cell = w("tcPr", w("tcW", w=size, type="dxa"), *([w("gridSpan", val=2)] if size > half else ()))
                if index and not both:
                    cell.append(w("tcBorders", _line("top", rules.inner)))
                row.append(w("tc", cell, *([] if words_in is None else [words_in])))
            table.append(row)
        return table

    def _printed(self, text: str, element: Element) -> Element | None:
        """7.4.3: the date of printing in a cell of its own, one character in from the right; cut off `element`."""
        match = PRINTED.fullmatch(text)
        runs = element.findall("{*}r")
        leaf = runs[0].find("{*}t") if len(runs) == 1 and len(element) == 2 else None
        if match is None or leaf is None or leaf.text != text:
            return None
        other = deepcopy(element)
        leaf.text = text[: match.start(2)]
        leaf.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        for rest in other.iter("{*}t"):
            rest.text = match[2]
        self._indent(other, Indents(right=1), Role.IMPRINT)
        _append(other, w("jc", val="right"))
        return other

    def _indent(self, element: Element, indents: Indents, role: Role) -> None:
        size = self._theme.style(role).size
        said: dict[str, int] = {}
        first = "hanging" if indents.first < 0 else "firstLine"
        for side, count in (("left", indents.left), (first, abs(indents.first)), ("right", indents.right)):
            said |= {f"{side}Chars": round(count * 100), side: twips(count * size)}
        _append(element, w("ind", **said))


_ORDER = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "pBdr", "spacing", "ind", "jc", "rPr")


def imprint_on_page(body: Iterable[Element | str], document: Document, theme: Theme, *, vertical: bool) -> None:
    """Say where on the page the imprint of a single text begins: LibreOffice lets a table as wide as the type area
    float only if it is placed by the edge of the page. Which margin is on the left of the last page our own layout
    knows.
    """
    tables = [e for e in body if not isinstance(e, str) and e.tag == qn("w:tbl")]
    places = [place for table in tables for place in table.iterfind("{*}tblPr/{*}tblpPr")]
    if len(places) != 1 or vertical or is_volume(document):
        return
    page = theme.page
    even = page.mirrored and Typesetter(theme).page_count(document, title=True) % 2 == 0
    (place,) = places
    del place.attrib[qn("w:tblpXSpec")]
    set_attributes(place, horzAnchor="page", tblpX=twips(page.outer if even else page.inner))


def _append(paragraph: Element, made: Element) -> None:
    """Put a property where the schema wants it (ECMA-376 §17.3.1.26), for the one of its name that may be there."""
    properties, name = paragraph[0], made.tag.rpartition("}")[2]
    for old in properties.findall(f"{{*}}{name}"):
        properties.remove(old)
    later = set(_ORDER[_ORDER.index(name) + 1 :])
    at = next((i for i, e in enumerate(properties) if e.tag.rpartition("}")[2] in later), len(properties))
    properties.insert(at, made)


def _space_above(paragraph: Element, points: float, after: int | None = None) -> None:
    _append(paragraph, w("spacing", before=twips(points), **({} if after is None else {"after": after})))


def _line(side: str, points: float, colour: str = "", gap: float = 0) -> Element:
    """A border as thick as that (ECMA-376 §17.3.4)."""
    made = w(side, val="single", sz=max(2, round(points * 8)), space=min(31, round(gap)))
    set_attributes(made, color=colour[1:].upper() if colour else "auto")
    return made
