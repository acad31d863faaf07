"""Font files, and which of them serves each character of a face of type.

Every face (字体) is served by several files in a fixed order: a character comes from the first file that has it. What
no file has is drawn as a geta mark (〓) of the last one, never left blank.
"""

from __future__ import annotations

import functools
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from converter.errors import ResourceError
from converter.records import NamedTuple, dataclass
from converter.regex import compiled
from converter.typeset.classing import Classing
from converter.typeset.gaps import holds_any
from converter.typeset.hyphens import SOFT_HYPHEN
from converter.typeset.punctuation import centred, classify, narrowed
from converter.typeset.small import figures, origin, scale_of, small
from converter.typeset.theme import Face
from converter.typeset.unseen import UNUSUAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
_MANY_SUBSETS = 8
"""Subsets after which a process will need more."""
_COMPATIBLE = compiled("[\uf900-\ufad9\U0002f800-\U0002fa1d]")
_GPL = "GPL-3.0-or-later with font exception"
_OFL = "OFL-1.1"


def drawn_as(character: str) -> str:
    """The ideograph that a compatibility ideograph is; any other character itself."""
    return normalize("NFC", character) if _COMPATIBLE.match(character) else character


class FontFace:
    """One font in a file: its metrics by character. The file is mapped into memory, not read."""

    def __init__(self, path: Path, index: int = 0) -> None:
        import uharfbuzz as hb

        try:
            self.hb_face: Any = hb.Face(hb.Blob.from_file_path(path), index)
        except (OSError, hb.HarfBuzzError) as error:
            raise _unusable(f"the font {path} cannot be read: {error}", f"无法读取字体文件 {path}：{error}") from error
        tables = self.hb_face.table_tags
        self.is_cff = "CFF " in tables
        """Whether the outlines are cubic (OpenType/CFF), not quadratic (TrueType)."""
        if self.hb_face.glyph_count == 0 or not (self.is_cff or "glyf" in tables):
            raise _unusable(
                f"the file {path} is no TrueType or OpenType font", f"{path} 不是 TrueType 或 OpenType 字体"
            )
        self.path = path
        self.index = index
        self.units_per_em: int = self.hb_face.upem
        self._font = hb.Font(self.hb_face)
        self._advances: dict[int, int] = {}
        self._subsets = 0
        self._prepared: Any = None
        self._figures = {} if self.is_cff else figures()
        extents = self._font.get_font_extents("ltr")
        self.ascender = self._thousandths(extents.ascender)
        """Above the baseline, in thousandths of an em."""
        self.descender = self._thousandths(extents.descender)
        """Below the baseline: negative."""

    @property
    def family(self) -> str:
        """The family's name as the file has it."""
        return self.hb_face.get_name(1) or self.path.stem

    @property
    def postscript_name(self) -> str:
        """The name for a PDF file: letters, digits and hyphens."""
        name = self.hb_face.get_name(6) or self.path.stem
        return "".join(c for c in name if c.isascii() and (c.isalnum() or c == "-")) or "Font"

    def glyph(self, character: str) -> int:
        """The glyph of a character; 0 where the font has none. Any space looks like any other; a compatibility
        ideograph looks like the ideograph that it is (UAX #15); superior and inferior figures are made of the font's
        figures where it has none of its own (`typeset.small`).
        """
        glyph = self._font.get_nominal_glyph(ord("-" if character == SOFT_HYPHEN else character)) or 0
        if not glyph and character.isspace() and character != "\u3000":
            return self._font.get_nominal_glyph(ord(" ")) or 0
        if not glyph and character in self._figures:
            figure, superior = self._figures[character]
            own = self._font.get_nominal_glyph(ord(figure))
            return small(own, superior=superior) if own else 0
        if not glyph and _COMPATIBLE.match(character):
            return self._font.get_nominal_glyph(ord(drawn_as(character))) or 0
        return glyph

    def shaped_glyph(self, character: str, *, upright: bool = False, language: str = "") -> int:
        """The glyph of a character, upright in a column, or as a language has it, if the font has one for that
        (OpenType `vert`, `locl`); 0 where the font does not have the character.
        """
        import uharfbuzz as hb

        buffer = hb.Buffer()
        buffer.add_str(character)
        buffer.direction, buffer.script = "ttb" if upright else "ltr", "Hani"
        if language:
            buffer.language = language
        hb.shape(self._font, buffer, {"vert": upright, "locl": True})
        return self.glyph(character) and (buffer.glyph_infos[0].codepoint or self.glyph(character))

    def advance(self, glyph: int) -> int:
        """A glyph's width in thousandths of an em."""
        found = self._advances.get(glyph)
        if found is None:
            found = round(self._thousandths(self._font.get_glyph_h_advance(origin(glyph))) * scale_of(glyph)[0])
            self._advances[glyph] = found
        return found

    def to_subset(self) -> Any:
        """HarfBuzz's face to take subsets from: once several have been taken, one in which HarfBuzz finds the
        characters of glyphs at once. To make that takes as long as twenty subsets.
        """
        import uharfbuzz as hb

        self._subsets += 1
        if self._subsets == _MANY_SUBSETS and not self.is_cff:
            self._prepared = hb.subset_preprocess(self.hb_face)
        return self.hb_face if self._prepared is None else self._prepared

    def ink(self, glyph: int) -> tuple[int, int]:
        """Where a glyph's ink begins and ends, in thousandths of an em from its origin."""
        extents = self._font.get_glyph_extents(glyph)
        if extents is None:
            return 0, 0
        return self._thousandths(extents.x_bearing), self._thousandths(extents.x_bearing + extents.width)

    def box(self, glyph: int) -> tuple[int, int, int, int]:
        """Left, bottom, right and upper edge of a glyph's ink, in thousandths of an em from its origin."""
        extents = self._font.get_glyph_extents(glyph)
        if extents is None:
            return 0, 0, 0, 0
        left, upper, thousandths = extents.x_bearing, extents.y_bearing, self._thousandths
        return (
            thousandths(left),
            thousandths(upper + extents.height),
            thousandths(left + extents.width),
            thousandths(upper),
        )

    def cut(self, characters: Iterable[str]) -> bytes:
        """The font's file with these characters alone, with all that makes it a font that can be installed."""
        import uharfbuzz as hb

        wanted = hb.SubsetInput()
        wanted.unicode_set.update(set(map(ord, characters)))
        return bytes(hb.SubsetPlan(self.hb_face, wanted).execute().blob.data)

    def off_centre(self, glyph: int) -> tuple[int, int]:
        """How far to the right and up a glyph has to be moved to stand in the middle of its em, in units of the font;
        one that is as high as an ideograph is not moved up or down, nor one that stands there already.
        """
        extents = self._font.get_glyph_extents(glyph)
        if extents is None:
            return 0, 0
        x, y = extents.x_bearing + extents.width / 2, extents.y_bearing + extents.height / 2
        tall = abs(extents.height) > self.units_per_em / 2
        right, up = self.units(500) - round(x), 0 if tall else self.units(_MIDDLE) - round(y)
        return (right, up) if max(abs(right), abs(up)) > self.units(_NEAR) else (0, 0)

    def characters(self) -> int:
        """How many characters the font has."""
        return len(self.hb_face.unicodes)

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


@functools.cache
def font_folder() -> Path:
    """Where the fonts lie: inside the package as installed, beside it in a checkout; ResourceError if nowhere."""
    package = Path(__file__).parents[1]
    for folder in (package / "_fonts", package.parent / "fonts"):
        if (folder / _SONG).is_file():
            return folder
    raise _unusable(f"the fonts are missing: {package / '_fonts'} has none", f"缺少字体：{package / '_fonts'} 中没有")


def _unusable(en: str, zh: str) -> ResourceError:
    return ResourceError(
        f"{en[0].upper()}{en[1:]}. Install the package again, or name another file.",
        f"{zh}。请重新安装或另选字体文件。",
    )


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
