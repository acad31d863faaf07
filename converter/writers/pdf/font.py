"""A font inside a PDF file: Type 0 with Identity-H, one subset, one code a character.

ReportLab's own TrueType support cuts a font into pieces of 256 glyphs, takes no CFF outlines and writes wrong
ToUnicode maps beyond the BMP.
"""

from __future__ import annotations

import re
import sys
from array import array
from bisect import bisect_right
from dataclasses import field
from functools import lru_cache
from itertools import chain, groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from converter.records import dataclass
from converter.typeset.fonts import GETA, font_face, font_files
from converter.typeset.lines import Way
from converter.typeset.punctuation import CENTRED
from converter.typeset.small import origin, scale_of
from converter.typeset.truetype import TrueType
from converter.writers.pdf.columns import with_room
from converter.writers.pdf.digest import sha256
from converter.writers.pdf.objects import Raw, Stream
from converter.writers.pdf.outlines import Copy, cut, with_glyphs, with_moved_charstrings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from converter.typeset.fonts import FontFace
    from converter.typeset.lines import Line
    from converter.typeset.theme import Face
    from converter.writers.pdf.objects import Objects

_KEPT_TABLES = frozenset({"head", "hhea", "maxp", "hmtx", "loca", "glyf", "cvt ", "fpgm", "prep", "CFF "})
_PROGRAMS, _MAPS = 2, 3
"""Levels of compression. Outlines hardly repeat: a higher level takes a third longer and makes them 2% smaller; tables
from codes to glyphs and characters are mostly zeros, and 1 KB smaller in more than twice the time.
"""
_TO_UNICODE = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


@dataclass(slots=True)
class Used:
    """What a document shows of one font."""

    texts: list[str] = field(default_factory=list)
    upright: set[str] = field(default_factory=set)
    """Those that stand upright in columns."""
    columns: bool = False
    """Whether any are shown from the middle of their upper edge."""
    wider: set[tuple[str, int]] = field(default_factory=set)
    """Those that have room for readings behind them, and how much, in thousandths of an em."""

    def once(self) -> Used:
        """The same with each character once."""
        return Used(["".join(sorted(_distinct("".join(self.texts))))], self.upright, self.columns, self.wider)

    def add(self, other: Used) -> None:
        """All that another one has."""
        self.texts += other.texts
        self.upright |= other.upright
        self.columns |= other.columns
        self.wider |= other.wider


def _distinct(text: str) -> set[str]:
    """The characters of a text, each once. Those that its beginning does not have are few, and are searched for: of a
    long text, that is eight times as fast as to put every character into a set.
    """
    found = set(text[:_BEGINNING])
    if len(text) <= _BEGINNING:
        return found
    return found.union(re.compile(f"[^{re.escape(''.join(found))}]").findall(text, _BEGINNING))


_BEGINNING = 20_000
"""Characters: a text of so many has nearly all that a longer one has."""


def used_by(lines: Iterable[Line], *, vertical: bool = False) -> dict[FontFace, Used]:
    """What these lines show, by font; columns if they are `vertical`."""
    used: dict[FontFace, Used] = {}
    shown = map(with_room, lines) if vertical else lines
    for piece in chain.from_iterable(line.pieces for line in shown):
        here = used.get(piece.face) or used.setdefault(piece.face, Used())
        here.texts.append(piece.text)
        if piece.way is not Way.ALONG:
            here.columns = True
            if piece.way is not Way.ACROSS:
                here.upright.update(piece.text)
        elif piece.room:
            here.wider.add((piece.text[-1], piece.room))
    return used


class FontNames:
    """The names of fonts in content streams: the same in every file, by the order in which the faces have them."""

    def __init__(self, fonts: Mapping[Face, str] | None = None) -> None:
        self._numbers = {file: number for number, file in enumerate(font_files(fonts), 1)}

    def __getitem__(self, face: FontFace) -> str:
        return f"/F{self._numbers[face.path, face.index]}"

    def face(self, name: str) -> FontFace:
        """The font of this name; LookupError or ValueError for what is none."""
        return font_face(*list(self._numbers)[int(name[2:]) - 1])


class PlainFont:
    """A font as it is drawn with in every file, whatever else is in that: of TrueType outlines, without what lies
    beyond the BMP, and without room for readings.
    """

    aliases: frozenset[str] = frozenset()
    wider: Mapping[tuple[str, int], str] = MappingProxyType({})

    def __init__(self, resource: str) -> None:
        self.resource = resource
        self.columns = f"{resource}V"

    @staticmethod
    def serves(face: FontFace, used: Used) -> bool:
        """Whether these characters can be drawn so."""
        return not (face.is_cff or used.wider or max("".join(used.texts), default="") > "\uffff")

    def string(self, text: str) -> str:
        """The bytes of a string that shows these characters, escaped, as Latin-1 characters (ISO 32000-1 7.3.4.2)."""
        codes = text.encode("utf-16-be", "surrogatepass")  # to replace in bytes is twice as fast as in text
        codes = codes.replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)").replace(b"\r", rb"\r")
        return codes.decode("latin-1")


class EmbeddedFont(PlainFont):
    """The characters that one document uses of one font.

    Codes (CIDs) of TrueType outlines are those of Unicode, so that two characters which share a glyph keep codes of
    their own and copy as themselves, and a line is encoded in one go; what lies beyond the BMP gets a code that the
    document does not use. CFF outlines allow one code a glyph, and `aliases` are the characters that came second.
    """

    def __init__(self, face: FontFace, used: Used, resource: str, *, centred: bool = False) -> None:
        super().__init__(resource)
        self.face = face
        self.characters = sorted(set("".join(used.texts)))
        own = {c: face.glyph(c) for c in self.characters}
        self.missing = [c for c, glyph in own.items() if not glyph]
        """Drawn as a geta mark."""
        self._in_columns = used.columns
        self._moves: dict[int, tuple[int, int]] = {}
        special = used.upright | CENTRED if centred else used.upright
        self._glyphs = {
            c: self._glyph(c, upright=c in used.upright, centred=centred) if c in special or not glyph else glyph
            for c, glyph in own.items()
        }
        self._copied: dict[tuple[str, int], int] = {}
        """(character, room behind it) → the glyph that was made for it."""
        self._wider = [] if face.is_cff else sorted(used.wider)
        self._subset_font()
        self._cids = self._numbered()
        self._codes = _codes(self._cids) if face.is_cff else {}
        self._beyond = {ord(c): self._cids[c] for c in _beyond(self.characters)}
        self._shown = {cid: c for c, cid in reversed(self._cids.items())}  # of two with one code the first
        if len(self._shown) < len(self._cids):
            self.aliases = frozenset(c for c, cid in self._cids.items() if self._shown[cid] != c)
        cids = dict(zip(self._wider, _unused(self._cids.values()), strict=False))
        self._widths_of = {cid: face.advance(self._glyphs[c]) for cid, c in self._shown.items()}
        self._widths_of |= {cid: face.advance(self._glyphs[c]) + room for (c, room), cid in cids.items()}
        self._shown |= {cid: c for (c, _), cid in cids.items()}
        self._wider_cids = cids
        self.wider = {wide: _code(cid) for wide, cid in cids.items()}
        """(character, room) → the two bytes that show it with that room behind it in a string (ISO 32000-1 7.3.4.2);
        none in fonts of cubic outlines.
        """

    def string(self, text: str) -> str:
        """The bytes of a string that shows these characters, escaped, as Latin-1 characters (ISO 32000-1 7.3.4.2)."""
        if self._codes:
            return text.translate(self._codes)
        return super().string(text.translate(self._beyond) if self._beyond else text)

    def _glyph(self, character: str, *, upright: bool, centred: bool) -> int:
        """The glyph that shows a character."""
        face = self.face
        middle = centred and character in CENTRED and face.advance(face.glyph(character)) == 1000
        language = "zh-Hant" if middle else ""
        glyph = face.shaped_glyph(character, upright=upright, language=language) if upright or middle else 0
        glyph = glyph or face.glyph(character) or face.glyph(GETA)
        if middle:
            self._moves[glyph] = face.off_centre(glyph)
        return glyph

    def _subset_font(self) -> None:
        """Make the program and its glyphs: by ourselves where the outlines of a font that we know stay as they are."""
        tables, glyphs = self.face.tables, set(self._glyphs.values())
        last = max(glyphs, default=0)  # beyond those of the font are those that are made of them
        changed = self._moves or self._wider or last != origin(last)
        made = cut(tables, glyphs) if isinstance(tables, TrueType) and not changed else None
        if made:
            self._new_glyph, self._program = made
        else:
            self._subset_by_harfbuzz()

    def _subset_by_harfbuzz(self) -> None:
        import uharfbuzz as hb

        face = self.face
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(set(map(origin, self._glyphs.values())))
        wanted.flags = (
            hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.CFF_IDENTITY_CHARSET
        )
        if self._moves:
            wanted.flags |= hb.SubsetFlags.DESUBROUTINIZE
        source = face.harfbuzz.face
        tags = set(source.table_tags) - _KEPT_TABLES
        wanted.drop_table_tag_set.update({int.from_bytes(tag.encode()) for tag in tags})
        plan = hb.SubsetPlan(face.harfbuzz.to_subset(), wanted)
        self._new_glyph = plan.old_to_new_glyph_mapping
        subset = plan.execute()
        moves = {self._new_glyph[glyph]: move for glyph, move in self._moves.items() if move != (0, 0)}
        if face.is_cff:
            program = bytes(subset.reference_table("CFF ").data)
            self._program = with_moved_charstrings(program, moves) if moves else program
            return
        made = [(c, 0) for c, glyph in self._glyphs.items() if glyph != origin(glyph)] + self._wider
        copies = [self._copy(self._glyphs[c], room) for c, room in made]
        self._program = with_glyphs(subset, moves, copies) if moves or copies else bytes(subset.blob.data)
        self._copied = {wide: glyph for glyph, wide in enumerate(made, subset.glyph_count)}

    def _copy(self, glyph: int, room: int) -> Copy:
        scale, up = scale_of(glyph)
        face = self.face
        return Copy(self._new_glyph[origin(glyph)], face.units(face.advance(glyph) + room), scale, face.units(up))

    def _numbered(self) -> dict[str, int]:
        if self.face.is_cff:
            return {c: self._new_glyph[glyph] for c, glyph in self._glyphs.items()}
        own = {c: ord(c) for c in self.characters}
        return own | dict(zip(_beyond(self.characters), _unused(own.values()), strict=False))

    def add_to(self, objects: Objects) -> str:
        """Add the font's parts to the file; its entries in the table of fonts."""
        digest = sha256("".join(self.characters).encode("utf-8", "surrogatepass"))
        tag = "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
        name = f"/{tag}+{self.face.postscript_name}"
        kind, codes = "CIDFontType0", ""
        if not self.face.is_cff:
            kind = "CIDFontType2"
            codes = f"/CIDToGIDMap {objects.add(Stream(self._cid_to_gid(), level=_MAPS))} 0 R"
        outlines = objects.add(
            Raw(
                f"<</Type/Font/Subtype/{kind}/BaseFont{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
                f"/Supplement 0>>/FontDescriptor {self._descriptor(objects, name)} 0 R/DW 1000{self._widths()}{codes}>>"
            )
        )
        copied = objects.add(Stream(self._to_unicode(), level=_MAPS))
        shared = f"/DescendantFonts[{outlines} 0 R]/ToUnicode {copied} 0 R"
        entries = ""
        for resource, encoding in ((self.resource, "Identity-H"), (self.columns, "Identity-V")):
            if resource == self.resource or self._in_columns:
                font = Raw(f"<</Type/Font/Subtype/Type0/BaseFont{name}/Encoding/{encoding}{shared}>>")
                entries += f"{resource} {objects.add(font)} 0 R"
        return entries

    def _descriptor(self, objects: Objects, name: str) -> int:
        """The number of what the font's outlines are called and look like (ISO 32000-1 9.8)."""
        data, face = self._program, self.face
        entries = "/Subtype/CIDFontType0C" if face.is_cff else f"/Length1 {len(data)}"
        program = objects.add(Stream(data, entries, level=_PROGRAMS))
        box = " ".join(map(str, face.bounds))
        return objects.add(
            Raw(
                f"<</Type/FontDescriptor/FontName{name}/Flags 4/FontBBox[{box}]/ItalicAngle 0"
                f"/Ascent {face.ascender}/Descent {face.descender}/CapHeight 700/StemV 80"
                f"/{'FontFile3' if face.is_cff else 'FontFile2'} {program} 0 R>>"
            )
        )

    def _widths(self) -> str:
        """The widths that differ from an em, as `code [width …]` for each row of codes (ISO 32000-1, 9.7.4.3)."""
        narrow = sorted((cid, width) for cid, width in self._widths_of.items() if width != 1000)
        rows: list[str] = []
        for _, row in groupby(enumerate(narrow), key=lambda item: item[1][0] - item[0]):
            codes = [entry for _, entry in row]
            rows.append(f"{codes[0][0]}[{' '.join(str(width) for _, width in codes)}]")
        return f"/W[{' '.join(rows)}]" if rows else ""

    def _cid_to_gid(self) -> bytes:
        own, copied = self._new_glyph, self._copied
        shown = {c: origin(glyph) for c, glyph in self._glyphs.items()} if copied else self._glyphs
        glyphs = {self._cids[c]: own[glyph] for c, glyph in shown.items()}
        glyphs |= {self._wider_cids[c, room] if room else self._cids[c]: glyph for (c, room), glyph in copied.items()}
        table = array("H", bytes(2 * max(glyphs, default=0) + 2))
        for cid, glyph in glyphs.items():
            table[cid] = glyph
        if sys.byteorder == "little":
            table.byteswap()
        return table.tobytes()

    def _to_unicode(self) -> bytes:
        """Code → UTF-16 of the character, at most 100 entries a block (Adobe technical note 5411)."""
        entries = [_entry(cid, c) for cid, c in sorted(self._shown.items())]
        blocks = [entries[i : i + 100] for i in range(0, len(entries), 100)]
        maps = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return _TO_UNICODE.format(maps).encode("ascii")


def _beyond(characters: list[str]) -> list[str]:
    """Those of sorted characters that lie beyond the BMP."""
    return characters[bisect_right(characters, "\uffff") :]


def _unused(taken: Iterable[int]) -> Iterator[int]:
    """Codes of the BMP that are not taken, private ones first."""
    taken = set(taken)
    return (code for code in chain(range(0xE000, 0xF900), range(1, 0xD800)) if code not in taken)


def _codes(cids: Mapping[str, int]) -> dict[int, str]:
    return {ord(c): _code(cid) for c, cid in cids.items()}


def _code(cid: int) -> str:
    return "".join(map(_byte, divmod(cid, 256)))


def _byte(value: int) -> str:
    """A byte of a string, as the Latin-1 character, escaped where strings need it."""
    return {0x28: r"\(", 0x29: r"\)", 0x5C: r"\\", 0x0D: r"\r"}.get(value, chr(value))


@lru_cache(maxsize=16_384)
def _entry(cid: int, character: str) -> str:
    """What a map from codes to characters says of one."""
    return f"<{cid:04X}> <{_copied(character).encode('utf-16-be', 'replace').hex().upper()}>"


def _copied(character: str) -> str:
    """What is copied where this character is shown: itself, but no line ends, and PDF/A-2u knows no noncharacters
    (ISO 19005-2 6.2.11.7.2).
    """
    if character in "\t\n\v\f\r\x85\u2028\u2029":
        return " "
    return "\ufffd" if character in "\0\ufeff\ufffe\uffff" else character
