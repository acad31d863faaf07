"""A theme as Word styles, so that runs and paragraphs need no formatting of their own."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from lxml import etree

from converter.model import Heading, HeadingKind, outline
from converter.records import NamedTuple
from converter.typeset.theme import Align, Face, Folio
from converter.typeset.word_names import HAN_FONTS, ROLE_STYLES
from converter.units import Em, half_points, twips
from converter.units import Pt as Points
from converter.writers.docx.embedding import family, is_bold
from converter.writers.docx.ooxml import child, qn, set_attributes, w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from converter.model import Document
    from converter.typeset.theme import Style, Theme

LATIN_FONT = "Times New Roman"
CODE_FONT = "Courier New"

DEEPEST = 9
"""Word has nine levels of headings."""
CONTENTS_LEVELS = 3

_ALIGNMENTS = {
    Align.JUSTIFY: "both",
    Align.LEFT: "left",
    Align.CENTER: "center",
    Align.RIGHT: "right",
}


class Look(NamedTuple):
    """All that tells one heading of a level from another of the same level."""

    style: Style
    new_page: bool
    run_in: bool
    listed: bool
    """Whether the contents list it."""


def language_tag(document: Document) -> str:
    """The language as Word writes it: zh-CN, zh-TW or zh-HK."""
    return {"zh-Hant": "zh-TW", "zh-Hant-TW": "zh-TW", "zh-Hant-HK": "zh-HK"}.get(document.language, "zh-CN")


def in_contents(heading: Heading) -> bool:
    """Whether the contents list a heading. A line 第一条 with nothing but its page says nothing of what follows."""
    return bool(heading.inlines) or not heading.run_in


def heading_look(heading: Heading, depth: int, theme: Theme) -> Look:
    """How a heading at this depth looks; one that is run in differs from the body by its face alone."""
    style = theme.heading(heading, depth)
    if heading.run_in:
        style = replace(theme.body, face=style.face)
    opens = heading.kind is HeadingKind.TEXT or theme.attaches(heading)
    # As in print: chapters of a text inside a volume follow one another.
    part = heading.kind is HeadingKind.PART or (heading.kind is HeadingKind.CHAPTER and depth == 1)
    opens |= part and theme.part_on_new_page
    return Look(style, new_page=opens, run_in=heading.run_in, listed=in_contents(heading))


Looks = tuple[tuple[Look, ...], ...]
"""By level: the look of its style, then those of the variants."""


def _looks(document: Document, theme: Theme) -> Looks:
    """Each level takes the look that most of its headings have; the others are variants of it."""
    found: defaultdict[int, Counter[Look]] = defaultdict(Counter)
    for entry in outline(document):
        found[min(entry.depth, DEEPEST)][heading_look(entry.section.heading, entry.depth, theme)] += 1
    levels = []
    for level in range(1, DEEPEST + 1):
        standing = Counter({look: count for look, count in found[level].items() if not look.run_in})
        usual = heading_look(Heading(inlines=()), level, theme)
        chosen = standing.most_common(1)[0][0] if standing else usual
        levels.append((chosen, *(look for look in found[level] if look != chosen)))
    return tuple(levels)


_MADE: dict[tuple[Theme, str, bool, Looks], tuple[bytes, dict[tuple[int, Look], str]]] = {}
"""Style sheets made before, with the ids of their headings: to make one takes longer than to write a short text."""
_MOST_MADE = 16


class StyleSheet:
    """The styles of one document: its theme's, and a style for each look that a level's headings take."""

    def __init__(self, template: bytes, document: Document, theme: Theme, *, own_fonts: bool = False) -> None:
        self._theme, self._own_fonts = theme, own_fonts
        self._script = 1 if document.language.startswith("zh-Hant") else 0
        self._headings: dict[tuple[int, Look], str] = {}
        tag, looks = language_tag(document), _looks(document, theme)
        key = (theme, tag, own_fonts, looks)
        known = _MADE.get(key)
        if known is None:
            known = self._made(etree.fromstring(template), tag, looks), self._headings
            while len(_MADE) >= _MOST_MADE:
                _MADE.pop(next(iter(_MADE)), None)
            _MADE[key] = known
        self.part, self._headings = known
        """The part of the file."""

    def _made(self, root: Element, tag: str, looks: Looks) -> bytes:
        for language in root.iter(qn("w:lang")):
            set_attributes(language, eastAsia=tag)
        styles = root.iterfind(qn("w:style"))
        self._named = {style[0].get(qn("w:val"), ""): style for style in styles}
        self._set_all(looks)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    def _set_all(self, looks: Looks) -> None:
        theme = self._theme
        self._set("Normal", replace(theme.body, first_indent=Em(0)))
        self._set("Title", theme.title)
        for role, (name, _) in ROLE_STYLES.items():
            self._set(name, theme.style(role))
        self._set("Separator", replace(theme.body, first_indent=Em(0), align=Align.CENTER))
        self._set_blocks()
        self._set_contents()
        self._set_headings(looks)
        footer = self._set("footer", theme.folio_style)
        if theme.folio is Folio.OFFICIAL:  # GB/T 9704-2012 7.5: the digits too are of the Chinese face
            han = self._han(theme.folio_style.face)
            set_attributes(child(child(footer, "rPr"), "rFonts"), ascii=han, hAnsi=han)
        self._set("header", theme.running_head or theme.folio_style)

    def heading(self, heading: Heading, depth: int) -> str:
        """The id of the style for a heading at this depth."""
        return self._headings[min(depth, DEEPEST), heading_look(heading, depth, self._theme)]

    def contents_variants(self) -> Iterator[tuple[str, int]]:
        """The names and levels of those variants whose headings the contents list."""
        for level, looks in groupby(self._headings, key=itemgetter(0)):
            for number, (_, look) in enumerate(looks):
                if number and look.listed and level <= CONTENTS_LEVELS:
                    yield _variant_name(level, number, look), level

    def _set_blocks(self) -> None:
        """Lists, quotations, poems, code, pictures, tables and notes, all derived from the body."""
        body = replace(self._theme.body, first_indent=Em(0))
        small = replace(body, size=Points(body.size * 0.85), leading=Points(body.leading * 0.85))
        for name in ("List", "List Continue", "Table Text"):
            self._set(name, replace(body, align=Align.LEFT) if name == "Table Text" else body)
        self._set("Table Head", replace(body, align=Align.CENTER, face=Face.HEI))
        self._set("Quote", replace(self._theme.body, face=Face.KAI))
        poem = self._set("Poem", replace(body, face=Face.KAI, align=Align.LEFT))
        set_attributes(child(child(poem, "pPr"), "ind"), leftChars=400, left=twips(4 * body.size))
        code = self._set("HTML Preformatted", replace(small, align=Align.LEFT))
        fonts = child(child(code, "rPr"), "rFonts")
        set_attributes(fonts, hint="default", ascii=CODE_FONT, hAnsi=CODE_FONT, cs=CODE_FONT)
        # A line of exact height would show the picture's lowest stripe alone.
        figure = self._set("Figure", replace(body, align=Align.CENTER))
        set_attributes(child(child(figure, "pPr"), "spacing"), line=240, lineRule="auto")
        self._set("caption", replace(small, align=Align.CENTER, face=Face.HEI))
        self._set("footnote text", small)

    def _set_contents(self) -> None:
        toc, measure = self._theme.toc, twips(self._theme.page.measure)
        self._set("TOC Heading", replace(self._theme.title, before=Points(0)))
        for level in range(CONTENTS_LEVELS):
            style = self._set(f"toc {level + 1}", toc)
            paragraph = child(style, "pPr")
            set_attributes(child(paragraph, "ind"), leftChars=200 * level, left=twips(2 * level * toc.size))
            child(paragraph, "tabs").append(w("tab", val="right", leader="dot", pos=measure))

    def _set_headings(self, looks: Looks) -> None:
        for level, (chosen, *others) in enumerate(looks, 1):
            self._headings[level, chosen] = self._set_heading(self._named[f"heading {level}"], chosen)
            for number, look in enumerate(others, 1):
                self._headings[level, look] = self._set_heading(self._variant(level, number, look), look)

    def _variant(self, level: int, number: int, look: Look) -> Element:
        """A new style based on the heading style of this level, which gives it its level in the outline."""
        base = self._named[f"heading {level}"]
        identifier = base.get(qn("w:styleId"), "")
        element = w(
            "style",
            w("name", val=_variant_name(level, number, look)),
            w("basedOn", val=identifier),
            w("next", val="BodyText"),
            w("uiPriority", val=9),
            w("qFormat"),
            type="paragraph",
            customStyle=1,
            styleId=f"{identifier}v{number}",
        )
        base.addnext(element)
        return element

    def _set_heading(self, style: Element, look: Look) -> str:
        self._apply(style, look.style)
        breaks = child(child(style, "pPr"), "pageBreakBefore")
        if not look.new_page:
            set_attributes(breaks, val=0)
        return style.get(qn("w:styleId"), "")

    def _set(self, name: str, look: Style) -> Element:
        style = self._named[name]
        self._apply(style, look)
        return style

    def _apply(self, style: Element, look: Style) -> None:
        properties, paragraph = child(style, "rPr"), child(style, "pPr")
        self.set_fonts(properties, look.face)
        set_attributes(child(properties, "sz"), val=half_points(look.size))
        surplus, inherited = (half_points(size) * 10 - twips(size) for size in (look.size, self._theme.body.size))
        if surplus or inherited:
            # 15.75 pt cannot be written (§17.3.2.38): 16 pt with 0.3 pt less between characters takes a hair less room;
            # with 0.25 pt, LibreOffice, which rounds, sets 27 characters in a line of 28. Justified, 28 fill the line.
            set_attributes(child(properties, "spacing"), val=-surplus - 1 if surplus else 0)
        if look.colour:
            set_attributes(child(properties, "color"), val=look.colour[1:].upper())
        set_attributes(child(paragraph, "jc"), val=_ALIGNMENTS[look.align])
        set_attributes(
            child(paragraph, "spacing"),
            line=whole_twips(look.leading),
            lineRule="exact",
            before=whole_twips(look.before),
            after=whole_twips(look.after),
        )
        set_attributes(
            child(paragraph, "ind"),
            **_indent("firstLine", look.first_indent, look),
            **_indent("right", look.right_indent, look),
        )

    def _han(self, face: Face) -> str:
        """The font for Chinese characters of a face: that of Windows, or ours where the file holds it."""
        return family(face) if self._own_fonts else HAN_FONTS[face][self._script]

    def set_fonts(self, properties: Element, face: Face) -> None:
        """Name the face in all four slots (ECMA-376 §17.3.2.26), Latin for Latin letters, without theme fonts."""
        fonts = child(properties, "rFonts")
        han = self._han(face)
        if self._own_fonts and is_bold(face):
            child(properties, "b")
        set_attributes(fonts, hint="eastAsia", ascii=LATIN_FONT, hAnsi=LATIN_FONT, eastAsia=han, cs=LATIN_FONT)


def _variant_name(level: int, number: int, look: Look) -> str:
    return f"Heading {level} {'Run-in' if look.run_in else 'Variant'} {number}"


def whole_twips(length: float) -> int:
    """Twips, rounded down: 22 lines of 225/22 mm must not be higher than the page."""
    return int(length * 20 + 1e-6)


def _indent(side: str, width: Em, look: Style) -> dict[str, int]:
    """An indent in hundredths of a character, which follows the size, and in twips for programs that know no other."""
    return {f"{side}Chars": round(width * 100), side: twips(width * look.size)}
