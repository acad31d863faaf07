"""Font files, and which of them serves each character of a face of type.

Every face (字体) is served by several files in a fixed order: a character comes from the first file that has it. What
no file has is drawn as a geta mark (〓) of the last one, never left blank.
"""

from __future__ import annotations

import functools
import struct
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from converter.records import NamedTuple, dataclass
from converter.regex import compiled
from converter.typeset.classing import Classing
from converter.typeset.gaps import holds_any
from converter.typeset.hyphens import SOFT_HYPHEN
from converter.typeset.punctuation import centred, classify, narrowed
from converter.typeset.small import figures, origin, scale_of, small
from converter.typeset.theme import Face
from converter.typeset.truetype import TrueType
from converter.typeset.unseen import UNUSUAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from converter.typeset.harfbuzz import HarfBuzz

GETA = "〓"
"""U+3013, the printers' mark for a character that is not in the case."""

_SONG = "DocSongSC-Regular.ttf"
_FILES: dict[Face, tuple[str, ...]] = {
    Face.SONG: (_SONG,),
    Face.XIAOBIAOSONG: ("DocSongSC-Bold.ttf", _SONG),
    Face.HEI: ("DocHeiSC-Medium.ttf", _SONG),
    Face.KAI: ("DocKaiSC-Regular.ttf", _SONG),
    Face.FANGSONG: ("gpl/DocFangSongSC-Regular.ttf", "DocFangSongSC-Supplement.ttf", _SONG),
}
_HALF = 520
"""How far the ink of a mark may reach if the mark is to be set in half an em."""
_MIDDLE = 380
"""From the baseline up to the middle of an ideograph, in thousandths of an em."""
_NEAR = 60
"""How far from the middle a mark may stand that a font has centred by its own lights."""
_COMPATIBLE = compiled("[\uf900-\ufad9\U0002f800-\U0002fa1d]")
_GPL = "GPL-3.0-or-later with font exception"
_OFL = "OFL-1.1"


def drawn_as(character: str) -> str:
    """The ideograph that a compatibility ideograph is; any other character itself."""
    return normalize("NFC", character) if _COMPATIBLE.match(character) else character


class FontFace:
    """One font in a file: its metrics by character. The file is mapped into memory, not read."""

    def __init__(self, path: Path, index: int = 0) -> None:
        self.path = path
        self.index = index
        self.tables: TrueType | HarfBuzz = _our_tables(path) or self.harfbuzz
        self.is_cff = self.tables.is_cff
        """Whether the outlines are cubic (OpenType/CFF), not quadratic (TrueType)."""
        self.units_per_em = self.tables.units_per_em
        self._glyphs: dict[str, int] = {}
        self._advances: dict[int, int] = {}
        self._figures = {} if self.is_cff else figures()
        self.ascender = self._thousandths(self.tables.ascender)
        """Above the baseline, in thousandths of an em."""
        self.descender = self._thousandths(self.tables.descender)
        """Below the baseline: negative."""

    @functools.cached_property
    def harfbuzz(self) -> HarfBuzz:
        """The font as HarfBuzz reads it. Raises ResourceError for a file that is no font."""
        from converter.typeset.harfbuzz import HarfBuzz

        return HarfBuzz(self.path, self.index)

    @property
    def bounds(self) -> list[int]:
        """The least box that holds every glyph, in thousandths of an em: left, bottom, right, top."""
        return [edge * 1000 // self.units_per_em for edge in self.tables.bounds]

    @property
    def family(self) -> str:
        """The family's name as the file has it."""
        return self.tables.name(1) or self.path.stem

    @property
    def postscript_name(self) -> str:
        """The name for a PDF file: letters, digits and hyphens."""
        name = self.tables.name(6) or self.path.stem
        return "".join(c for c in name if c.isascii() and (c.isalnum() or c == "-")) or "Font"

    def glyph(self, character: str) -> int:
        """The glyph of a character; 0 where the font has none. Any space looks like any other; a compatibility
        ideograph looks like the ideograph that it is (UAX #15); superior and inferior figures are made of the font's
        figures where it has none of its own (`typeset.small`).
        """
        known = self._glyphs.get(character)
        if known is None:
            known = self._found(character)
            if known:  # so many as the font has, and no more
                self._glyphs[character] = known
        return known

    def _found(self, character: str) -> int:
        find = self.tables.glyph
        glyph = find(ord("-" if character == SOFT_HYPHEN else character))
        if not glyph and character.isspace() and character != "\u3000":
            return find(ord(" "))
        if not glyph and character in self._figures:
            figure, superior = self._figures[character]
            own = find(ord(figure))
            return small(own, superior=superior) if own else 0
        if not glyph and _COMPATIBLE.match(character):
            return find(ord(drawn_as(character)))
        return glyph

    def shaped_glyph(self, character: str, *, upright: bool = False, language: str = "") -> int:
        """The glyph of a character, upright in a column, or as a language has it, if the font has one for that
        (OpenType `vert`, `locl`); 0 where the font does not have the character.
        """
        shaped = self.harfbuzz.shaped(character, upright=upright, language=language)
        return self.glyph(character) and (shaped or self.glyph(character))

    def advance(self, glyph: int) -> int:
        """A glyph's width in thousandths of an em."""
        found = self._advances.get(glyph)
        if found is None:
            found = round(self._thousandths(self.tables.advance(origin(glyph))) * scale_of(glyph)[0])
            self._advances[glyph] = found
        return found

    def ink(self, glyph: int) -> tuple[int, int]:
        """Where a glyph's ink begins and ends, in thousandths of an em from its origin."""
        left, _, width, _ = self.tables.extents(glyph)
        return self._thousandths(left), self._thousandths(left + width)

    def box(self, glyph: int) -> tuple[int, int, int, int]:
        """Left, bottom, right and upper edge of a glyph's ink, in thousandths of an em from its origin."""
        left, upper, width, height = self.tables.extents(glyph)
        edges = map(self._thousandths, (left, upper + height, left + width, upper))
        return next(edges), next(edges), next(edges), next(edges)

    def cut(self, characters: Iterable[str]) -> bytes:
        """The font's file with these characters alone, with all that makes it a font that can be installed."""
        return self.harfbuzz.cut(characters)

    def off_centre(self, glyph: int) -> tuple[int, int]:
        """How far to the right and up a glyph has to be moved to stand in the middle of its em, in units of the font;
        one that is as high as an ideograph is not moved up or down, nor one that stands there already.
        """
        left, upper, width, height = self.tables.extents(glyph)
        if not width and not height:
            return 0, 0
        x, y = left + width / 2, upper + height / 2
        tall = abs(height) > self.units_per_em / 2
        right, up = self.units(500) - round(x), 0 if tall else self.units(_MIDDLE) - round(y)
        return (right, up) if max(abs(right), abs(up)) > self.units(_NEAR) else (0, 0)

    def characters(self) -> int:
        """How many characters the font has."""
        return self.tables.characters()

    def units(self, thousandths: int) -> int:
        """A length in units of the font."""
        return round(thousandths * self.units_per_em / 1000)

    def _thousandths(self, units: int) -> int:
        return round(units * 1000 / self.units_per_em)


class Glyph(NamedTuple):
    """What stands for a character: a glyph of one of a typeface's files."""

    file: int
    """Which file of the typeface."""
    id: int
    width: int
    """Width in the line, in thousandths of an em."""


@dataclass(eq=False, slots=True)
class Typeface:
    """A face of type, whatever files it takes to set a text in it. All lookups are remembered.

    `glyphs[character]` is its `Glyph`, `widths[character]` its width in thousandths of an em.
    """

    files: tuple[FontFace, ...]
    glyphs: dict[str, Glyph] = field(init=False)
    widths: dict[str, int] = field(init=False)
    classes: Classing = field(init=False)
    """The class of each character of a text, as `typeset.punctuation` has them."""
    unusual: bool = field(init=False, default=False)
    """Whether a character was met so far that is never seen, or an accent: `typeset.unseen`."""
    _elsewhere: set[str] = field(init=False, default_factory=set)
    """Of the characters classed so far, those that the first file does not have."""
    _standing: dict[str, FontFace] = field(init=False, default_factory=dict)
    _uneven: set[str] = field(init=False, default_factory=set)
    """The classes that have a character which is not an em wide."""

    def __post_init__(self) -> None:
        self.glyphs = _Lazy(self._glyph)
        self.widths = _Lazy(lambda character: self.glyphs[character].width)
        self.classes = Classing(self._learn)

    def even(self, classes: str) -> bool:
        """Whether characters of these classes are an em wide, all that were seen."""
        return not holds_any(self._uneven, classes)

    def from_first(self, text: str) -> bool:
        """Whether the first file has all these characters, whose classes have been asked for."""
        return not self._elsewhere or self._elsewhere.isdisjoint(text)

    def standing(self, mark: str, face: FontFace) -> FontFace:
        """The file that has a mark as it stands in columns: this one, as a rule, or the first one that has it."""
        if mark not in self._standing:
            turned = (file for file in self.files if file.shaped_glyph(mark, upright=True) != file.glyph(mark))
            self._standing[mark] = next(turned, face)
        own = face.shaped_glyph(mark, upright=True)
        return self._standing[mark] if own == face.glyph(mark) else face

    def _learn(self, characters: Iterable[str]) -> dict[int, str]:
        classes = {}
        for character in characters:
            kind = classes[ord(character)] = self._class(character)
            self.unusual = self.unusual or bool(UNUSUAL.match(character))
            if self.glyphs[character].file:
                self._elsewhere.add(character)
            if self.glyphs[character].width != 1000:
                self._uneven.add(kind)
        return classes

    def _glyph(self, character: str) -> Glyph:
        for number, face in enumerate(self.files):
            if glyph := face.glyph(character):
                # A space takes a quarter of an em whatever the font says (clreq: a word space is not below 1/4 em).
                kind = classify(character)
                return Glyph(number, glyph, 250 if kind in "SG" else 0 if kind == "Z" else face.advance(glyph))
        last = len(self.files) - 1
        geta = self.files[last].glyph(GETA)
        return Glyph(last, geta, self.files[last].advance(geta))

    def _class(self, character: str) -> str:
        kind = classify(character)
        if kind not in "OCPFX":
            return kind
        glyph = self.glyphs[character]
        if glyph.width != 1000:
            return narrowed(kind)
        # What is squeezed is the blank half of the mark; a font may centre ？ or, for Taiwan, all stops.
        left, right = self.files[glyph.file].ink(glyph.id)
        return kind if (left >= 1000 - _HALF if kind == "O" else right <= _HALF) else centred(kind)


class _Lazy(dict[Any, Any]):
    """A table that is filled as it is asked."""

    def __init__(self, make: Any) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Any) -> Any:
        value = self[key] = self._make(key)
        return value


def typeface(role: Face, override: str | None = None) -> Typeface:
    """The typeface for a role. `override` is a font file of the user's, `file.ttc#2` for the third font in a
    collection; what it lacks still comes from ours. Raises ResourceError for a file that is no font.
    """
    return _typeface(role, override)


@functools.cache
def _typeface(role: Face, override: str | None) -> Typeface:
    return Typeface(tuple(font_face(path, index) for path, index in _files(role, override)))


def _files(role: Face, override: str | None) -> list[tuple[Path, int]]:
    own = [(font_folder() / name, 0) for name in _FILES[role]]
    if override is None:
        return own
    name, _, index = override.rpartition("#")
    return [(Path(name), int(index)) if name and index.isdigit() else (Path(override), 0), *own]


def font_files(overrides: Mapping[Face, str] | None = None) -> list[tuple[Path, int]]:
    """Every font that texts may be set in, each once: its file, and which one in it. `overrides` as for `typeface`."""
    return list(dict.fromkeys(file for role in Face for file in _files(role, (overrides or {}).get(role))))


@functools.cache
def font_face(path: Path, index: int = 0) -> FontFace:
    """The font in a file. Raises ResourceError where there is none."""
    return FontFace(path, index)


def _our_tables(path: Path) -> TrueType | None:
    """The tables of a font that comes with the program; None for any other, which HarfBuzz has to doubt."""
    if not path.is_relative_to(font_folder()):
        return None
    try:
        return TrueType(path)
    except (OSError, ValueError, LookupError, struct.error):  # damaged or gone: HarfBuzz says what is wrong with it
        return None


@functools.cache
def font_folder() -> Path:
    """Where the fonts lie: inside the package as installed, beside it in a checkout; ResourceError if nowhere."""
    package = Path(__file__).parents[1]
    for folder in (package / "_fonts", package.parent / "fonts"):
        if (folder / _SONG).is_file():
            return folder
    from converter.typeset.harfbuzz import unusable

    raise unusable(f"the fonts are missing: {package / '_fonts'} has none", f"缺少字体：{package / '_fonts'} 中没有")


class FaceInfo(NamedTuple):
    """A font file as `converter fonts` lists it."""

    role: Face
    file: str
    family: str
    characters: int
    licence: str


def faces(overrides: Mapping[Face, str] | None = None) -> list[FaceInfo]:
    """Every font file with the role it serves, in the order in which the files are asked for a character."""
    return [
        FaceInfo(role, face.path.name, face.family, face.characters(), _GPL if face.path.parent.name == "gpl" else _OFL)
        for role in Face
        for face in typeface(role, (overrides or {}).get(role)).files
    ]
