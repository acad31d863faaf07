"""How paragraphs and runs really look: document defaults, styles, theme, numbering and direct formatting in one.

The order is that of ECMA-376 §17.7.2: defaults, the paragraph style with those it is based on, the numbering level,
the character style, the paragraph's or run's own properties. Tables are not looked into.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.readers.docx.package import W, value
from converter.readers.docx.styles import number_of
from converter.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element as Element

    from converter.readers.docx.package import Package

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MERGED = frozenset({"ind", "spacing", "rFonts"})
"""Properties whose attributes are inherited one by one."""
_OFF = frozenset({"0", "false", "off", "none"})
_SINGLE = 1.3
"""The height of a single line of Chinese fonts, in ems: about."""

Properties = dict[str, dict[str, str]]


class RunLook(NamedTuple):
    """How a stretch of text looks."""

    face: str
    """The font of Chinese characters."""
    latin: str
    """The font of Latin letters and digits."""
    size: float
    """Points."""
    bold: bool
    colour: str
    """RRGGBB in capitals; empty for black."""
    spacing: float
    """Points added after each character."""
    snaps: bool
    """Whether it takes part in the grid of characters."""


class ParagraphLook(NamedTuple):
    """How a paragraph stands; lengths in points."""

    align: str
    first: float
    """First line from the paragraph's left edge: negative where it hangs."""
    left: float
    right: float
    line: float
    """The distance of lines; negative for a multiple of a single one that the grid does not fix."""
    before: float
    after: float
    breaks: bool
    """Whether it opens a page."""


class Formatting:
    """What styles, theme and numbering of one file say."""

    def __init__(self, package: Package) -> None:
        root = package.related("styles")[1]
        self._styles = {e.get(W + "styleId", ""): e for e in root.iterfind(W + "style")} if root is not None else {}
        defaults = root.find(W + "docDefaults") if root is not None else None
        self._defaults = (
            _properties(defaults.find(f"{W}pPrDefault/{W}pPr") if defaults is not None else None),
            _properties(defaults.find(f"{W}rPrDefault/{W}rPr") if defaults is not None else None),
        )
        normal = (i for i, e in self._styles.items() if e.get(W + "default") in {"1", "true"} and _is(e, "paragraph"))
        self.normal = next(normal, "")
        self._theme = package.related("theme")[1]
        self._levels = _levels(package.related("numbering")[1])
        self._chains: dict[str, tuple[Properties, Properties]] = {}

    def style_name(self, paragraph: Element) -> str:
        """The name of a paragraph's style, in small letters."""
        style = self._styles.get(self._style_id(paragraph))
        return value(style, "name").lower() if style is not None else ""

    def names(self) -> frozenset[str]:
        """The names of all styles, in small letters."""
        return frozenset(value(style, "name").lower() for style in self._styles.values())

    def number(self, paragraph: Element) -> tuple[str, int] | None:
        """The numbering and level of a paragraph: its own, or its style's."""
        own = number_of(paragraph.find(W + "pPr"))
        if own is None:
            own = next(
                (n for s in self._ancestors(self._style_id(paragraph)) if (n := number_of(s.find(W + "pPr")))), None
            )
        return own if own and own[0] != "0" else None

    def run(self, paragraph: Element, run: Element | None) -> RunLook:
        """How a run looks; None asks for the paragraph's own mark."""
        own = run.find(W + "rPr") if run is not None else paragraph.find(f"{W}pPr/{W}rPr")
        character = self._chain(value(own, "rStyle"))[1]
        found = _merged((self._defaults[1], self._chain(self._style_id(paragraph))[1], character, _properties(own)))
        fonts = found.get("rFonts", {})
        colour = found.get("color", {}).get("val", "auto").upper()
        return RunLook(
            face=self._font(fonts, "eastAsia"),
            latin=self._font(fonts, "ascii"),
            size=_number(found.get("sz", {}).get("val"), 20) / 2,
            bold=_on(found, "b", otherwise=False),
            colour="" if colour in {"AUTO", "000000"} else colour,
            spacing=_number(found.get("spacing", {}).get("val"), 0) / 20,
            snaps=_on(found, "snapToGrid", otherwise=True),
        )

    def paragraph(self, paragraph: Element, size: float, pitch: float | None) -> ParagraphLook:
        """How a paragraph stands whose characters have this size; `pitch` is the grid's line pitch, if there is one."""
        own = paragraph.find(W + "pPr")
        number = self.number(paragraph)
        level = self._levels.get(number, {}) if number else {}
        style = self._chain(self._style_id(paragraph))[0]
        found = _merged((self._defaults[0], style, level, _properties(own)))
        indents, spacing = found.get("ind", {}), found.get("spacing", {})
        hanging = _indent(indents, "hanging", size)
        line, rule = _number(spacing.get("line"), 240), spacing.get("lineRule", "auto")
        snapped = pitch if _on(found, "snapToGrid", otherwise=True) else None
        if rule == "exact":
            height = line / 20
        elif rule == "atLeast":
            height = max(line / 20, snapped or 0)
        else:
            height = (snapped or -_SINGLE * size) * line / 240
        unit = abs(snapped or _SINGLE * size)
        return ParagraphLook(
            align=found.get("jc", {}).get("val", "left"),
            first=-hanging if hanging else _indent(indents, "firstLine", size),
            left=_indent(indents, "left", size) or _indent(indents, "start", size),
            right=_indent(indents, "right", size) or _indent(indents, "end", size),
            line=height,
            before=_gap(spacing, "before", unit),
            after=_gap(spacing, "after", unit),
            breaks=_on(found, "pageBreakBefore", otherwise=False),
        )

    def _style_id(self, paragraph: Element) -> str:
        return value(paragraph.find(W + "pPr"), "pStyle") or self.normal

    def _ancestors(self, name: str) -> list[Element]:
        """The style and those it is based on, innermost first; a circle ends where it closes."""
        found: list[Element] = []
        while name in self._styles and self._styles[name] not in found:
            found.append(self._styles[name])
            name = value(found[-1], "basedOn")
        return found

    def _chain(self, name: str) -> tuple[Properties, Properties]:
        if name not in self._chains:
            styles = self._ancestors(name)[::-1]
            self._chains[name] = (
                _merged(_properties(style.find(W + "pPr")) for style in styles),
                _merged(_properties(style.find(W + "rPr")) for style in styles),
            )
        return self._chains[name]

    def _font(self, fonts: dict[str, str], slot: str) -> str:
        themed = fonts.get(f"{slot}Theme")
        if themed and self._theme is not None:
            kind = "majorFont" if themed.startswith("major") else "minorFont"
            scheme = next(self._theme.iter(A + kind), None)
            if scheme is not None:
                named = scheme.find(A + ("ea" if slot == "eastAsia" else "latin"))
                face = named.get("typeface", "") if named is not None else ""
                han = (f.get("typeface", "") for f in scheme.iterfind(A + "font") if f.get("script") == "Hans")
                return face or (next(han, "") if slot == "eastAsia" else "")
        return fonts.get(slot, "")


def attributes_of(element: Element) -> dict[str, str]:
    """An element's attributes without their namespace."""
    return {str(name).rpartition("}")[2]: str(text) for name, text in element.attrib.items()}


def _is(style: Element, kind: str) -> bool:
    return style.get(W + "type") == kind


def _properties(element: Element | None) -> Properties:
    """The properties in an element, attributes without their namespace."""
    if element is None:
        return {}
    return {
        child.tag.rpartition("}")[2]: attributes_of(child)
        for child in element.iterchildren("{*}*")
        if isinstance(child.tag, str)
    }  # fmt: skip


def _merged(layers: Iterable[Properties]) -> Properties:
    """The properties of several layers, the last going before the others."""
    found: Properties = {}
    for layer in layers:
        for name, attributes in layer.items():
            if name not in _MERGED:
                found[name] = attributes
                continue
            kept = dict(found.get(name, {}))
            for attribute in attributes:
                # A font named outright goes before a theme's that was inherited; so do lengths and their other unit.
                for other in (f"{attribute}Theme", attribute.removesuffix("Theme"), *_RIVALS.get(attribute, ())):
                    if other != attribute and other not in attributes:
                        kept.pop(other, None)
            found[name] = {**kept, **attributes}
    return found


_RIVALS = {
    # What is said in characters stands until it is said otherwise in characters, as in Word.
    "firstLine": ("hanging",),
    "hanging": ("firstLine",),
    "firstLineChars": ("hangingChars",),
    "hangingChars": ("firstLineChars",),
}


def _levels(root: Element | None) -> dict[tuple[str, int], Properties]:
    """The paragraph properties of each numbering and level."""
    if root is None:
        return {}
    abstract = {
        e.get(W + "abstractNumId", ""): {
            int(_number(level.get(W + "ilvl"), 0)): _properties(level.find(W + "pPr"))
            for level in e.iterfind(W + "lvl")
        }
        for e in root.iterfind(W + "abstractNum")
    }
    return {
        (number.get(W + "numId", ""), level): properties
        for number in root.iterfind(W + "num")
        for level, properties in abstract.get(value(number, "abstractNumId"), {}).items()
    }


def _on(found: Properties, name: str, *, otherwise: bool) -> bool:
    return found[name].get("val", "true") not in _OFF if name in found else otherwise


def _number(written: str | None, otherwise: float) -> float:
    """A number as attributes have it; lengths may have a unit (ECMA-376 §22.9.2.15)."""
    match = re.fullmatch(r"(-?\d{1,9}(?:\.\d{1,6})?)(pt|mm|cm|in)?", written or "")
    if not match:
        return otherwise
    twips = {"pt": 20, "mm": 56.693, "cm": 566.93, "in": 1440, None: 1}[match[2]]
    return float(match[1]) * twips


def _indent(indents: dict[str, str], side: str, size: float) -> float:
    """Points; hundredths of a character go before twips where both are given."""
    characters = _number(indents.get(f"{side}Chars"), 0)
    return characters / 100 * size if characters else _number(indents.get(side), 0) / 20


def _gap(spacing: dict[str, str], side: str, unit: float) -> float:
    lines = _number(spacing.get(f"{side}Lines"), 0)
    if lines:
        return lines / 100 * unit
    if spacing.get(f"{side}Autospacing") in {"1", "true", "on"}:
        return 14
    return _number(spacing.get(side), 0) / 20
