"""A font as HarfBuzz reads it, which doubts every table: the user's fonts, and what takes more than tables say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import uharfbuzz as hb

from converter.errors import ResourceError
from converter.typeset.truetype import Extents

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_MANY_SUBSETS = 8
"""Subsets after which a process will need more."""


class HarfBuzz:
    """One font in a file, which is mapped into memory, not read. Raises ResourceError for a file that is no font."""

    def __init__(self, path: Path, index: int = 0) -> None:
        try:
            self.face: Any = hb.Face(hb.Blob.from_file_path(path), index)
        except (OSError, hb.HarfBuzzError) as error:
            raise unusable(f"the font {path} cannot be read: {error}", f"无法读取字体文件 {path}：{error}") from error
        tables = self.face.table_tags
        self.is_cff = "CFF " in tables
        """Whether the outlines are cubic (OpenType/CFF), not quadratic (TrueType)."""
        if self.face.glyph_count == 0 or not (self.is_cff or "glyf" in tables):
            raise unusable(f"the file {path} is no TrueType or OpenType font", f"{path} 不是 TrueType 或 OpenType 字体")
        self._font = hb.Font(self.face)
        self._subsets = 0
        self._prepared: Any = None
        self.units_per_em: int = self.face.upem
        lines = self._font.get_font_extents("ltr")
        self.ascender: int = lines.ascender
        self.descender: int = lines.descender

    @property
    def bounds(self) -> tuple[int, int, int, int]:
        """The least box that holds every glyph: left, bottom, right, top."""
        head = self.face.reference_table("head").data
        left, bottom, right, top = (int.from_bytes(head[i : i + 2], signed=True) for i in (36, 38, 40, 42))
        return left, bottom, right, top

    def glyph(self, code: int) -> int:
        """The glyph of a character; 0 where the font has none."""
        return self._font.get_nominal_glyph(code) or 0

    def advance(self, glyph: int) -> int:
        """The glyph's width."""
        width: int = self._font.get_glyph_h_advance(glyph)
        return width

    def extents(self, glyph: int) -> Extents:
        """The box of the glyph's ink."""
        found = self._font.get_glyph_extents(glyph)
        return Extents(*found) if found else Extents(0, 0, 0, 0)

    def name(self, number: int) -> str:
        """A name of the font in English (OpenType, name); empty where it has none."""
        return self.face.get_name(number) or ""

    def characters(self) -> int:
        """How many characters the font has."""
        return len(self.face.unicodes)

    def shaped(self, character: str, *, upright: bool, language: str) -> int:
        """The glyph of a character, upright in a column, or as a language has it, if the font has one for that
        (OpenType `vert`, `locl`).
        """
        buffer = hb.Buffer()
        buffer.add_str(character)
        buffer.direction, buffer.script = "ttb" if upright else "ltr", "Hani"
        if language:
            buffer.language = language
        hb.shape(self._font, buffer, {"vert": upright, "locl": True})
        glyph: int = buffer.glyph_infos[0].codepoint
        return glyph

    def to_subset(self) -> Any:
        """HarfBuzz's face to take subsets from: once several have been taken, one in which HarfBuzz finds the
        characters of glyphs at once. To make that takes as long as twenty subsets.
        """
        self._subsets += 1
        if self._subsets == _MANY_SUBSETS and not self.is_cff:
            self._prepared = hb.subset_preprocess(self.face)
        return self.face if self._prepared is None else self._prepared

    def cut(self, characters: Iterable[str]) -> bytes:
        """The font's file with these characters alone, with all that makes it a font that can be installed."""
        wanted = hb.SubsetInput()
        wanted.unicode_set.update(set(map(ord, characters)))
        return bytes(hb.SubsetPlan(self.face, wanted).execute().blob.data)


def unusable(en: str, zh: str) -> ResourceError:
    """What is wrong with a font, and what to do about it."""
    return ResourceError(
        f"{en[0].upper()}{en[1:]}. Install the package again, or name another file.",
        f"{zh}。请重新安装或另选字体文件。",
    )
