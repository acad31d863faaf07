"""Build the six font files again, from the packages named here, into a folder.

    python fonts/build.py OUT            # build
    python fonts/build.py OUT --compare  # and compare with the files beside this script

Needs npm, apt-get and dpkg-deb to fetch the packages (they are kept in OUT/packages), and the Python packages fonttools
and brotli: for building only, the product does not use them. It takes about ten minutes, most of
them for WOFF2. What is changed and why stands in README.md.
"""

# ruff: noqa: INP001, S603, S607 - a script by itself; it calls npm, apt-get and dpkg-deb wherever they are
from __future__ import annotations

import argparse
import copy
import io
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fontTools.ttLib.tables._g_l_y_f import Glyph

HERE = Path(__file__).parent

NOTO_SERIF = "@expo-google-fonts/noto-serif-sc@0.4.3"
NOTO_SANS = "@expo-google-fonts/noto-sans-sc@0.4.3"
LXGW = "@fontsource/lxgw-wenkai@5.3.0"
TEXLIVE = "texlive-lang-chinese"
FANDOL = "./usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf"

# Characters that FandolFang draws wrongly, left to the fallback.
DRAWN_WRONGLY = "幹捨準滷癥臟衹醜餘鬆鬱鹼～￣￥"
# Yi, and private-use characters whose meaning nobody knows any more.
NOT_CHINESE = (range(0xA000, 0xA490), range(0xE000, 0xF900))

FEATURES = (
    *("ccmp", "chws", "fwid", "halt", "hwid", "kern", "liga", "mark"),
    *("palt", "pwid", "vchw", "vert", "vhal", "vkrn", "vpal", "vrt2"),
)
NAMES = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14)
NOTO_CHANGES = " Modified version: subset, em dash and middle dot re-spaced."
KAI_CHANGES = " Modified version: subset, renamed, quotation marks full width, middle dot half width."
SUPPLEMENT_CHANGES = " Modified version: subset and renamed."
FANGSONG_CHANGES = (
    " Modified 2026: CFF outlines converted to TrueType (cu2qu 0.5 unit), 15 wrongly drawn characters, Yi and"
    " private-use characters removed. GPL v3 with font exception."
)


@dataclass(frozen=True, kw_only=True)
class Face:
    """One file: where it comes from, what it is called, and what is done to it."""

    file: str
    package: str
    member: str
    """Its path inside the package."""
    family: str
    style: str = "Regular"
    changes: str
    """What the copyright notice says of them, as both licences ask."""
    repairs: tuple[Callable[[TTFont], None], ...] = ()
    characters: Callable[[set[int]], set[int]]
    """Those to keep, of those that the source has."""
    licence: str = ""


def core(available: set[int]) -> set[int]:
    """GB 2312, Big5, 通用规范汉字表 and the signs of core.txt."""
    characters = _double_bytes("gb2312", range(0xA1, 0xF8)) | _double_bytes("big5", range(0xA1, 0xFA))
    for line in (HERE / "core.txt").read_text("utf-8").splitlines():
        if line.startswith("U+"):
            for item in line.replace("U+", "").split():
                first, _, last = item.partition("-")
                characters |= set(range(int(first, 16), int(last or first, 16) + 1))
        elif not line.startswith("#"):
            characters |= set(map(ord, line))
    return characters & available


def everything(available: set[int]) -> set[int]:
    """All that the source has."""
    return available


def fangsong(available: set[int]) -> set[int]:
    """All that FandolFang has and draws rightly."""
    return {c for c in available if chr(c) not in DRAWN_WRONGLY and not any(c in block for block in NOT_CHINESE)}


def supplement(available: set[int]) -> set[int]:
    """What the core has and FandolFang lacks."""
    with TTFont(io.BytesIO(_fetched[TEXLIVE, FANDOL]), lazy=True) as font:
        return core(available) - fangsong(set(font.getBestCmap()))


def full_em_dash(font: TTFont) -> None:
    """Draw the em dash (破折号) from edge to edge, so that two of them join, at the height of U+2015."""
    bottom, top, width = 360, 400, font["head"].unitsPerEm
    pen = TTGlyphPen(None)
    pen.moveTo((0, bottom))
    for point in ((0, top), (width, top), (width, bottom)):
        pen.lineTo(point)
    pen.closePath()
    name = _own_glyph(font, "—", pen.glyph(), width)
    font["vmtx"][name] = (width, font["OS/2"].sTypoAscender - top)
    # The sources reach the full-width dash, and from it the vertical one, through locl only.
    full = font.getBestCmap()[0x2015]
    for mapping in _substitutions(font, {"vert", "vrt2"}):
        if full in mapping:
            mapping[name] = mapping[full]


def half_middle_dot(font: TTFont) -> None:
    """Centre the middle dot (间隔号) in half an em."""
    _place(font, "·", font["head"].unitsPerEm // 2, lambda dot, width: (width - dot) // 2)


def full_quotes(font: TTFont) -> None:
    """Put the quotation marks (引号) at the text's side of a full em: “ at the right, ” at the left."""
    width, margin = font["head"].unitsPerEm, 70
    for mark in "“‘":
        _place(font, mark, width, lambda ink, full: full - margin - ink)
    for mark in "”’":
        _place(font, mark, width, lambda _ink, _full: margin)


def quadratic_outlines(font: TTFont) -> None:
    """Turn CFF outlines into TrueType ones, within half a unit."""
    glyphs = font.getGlyphSet()
    order = font.getGlyphOrder()
    made = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, 0.5, reverse_direction=True))
        made[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, made
    for name, glyph in made.items():
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (font["hmtx"][name][0], glyph.xMin if glyph.numberOfContours else 0)
    font["maxp"].tableVersion = 0x00010000
    for field in (
        *("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements"),
        *("maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours", "maxCompositePoints"),
        *("maxCompositeContours", "maxComponentDepth"),
    ):
        setattr(font["maxp"], field, 1 if field == "maxZones" else 0)
    for table in ("CFF ", "VORG"):
        del font[table]
    font.sfntVersion = "\0\1\0\0"


FACES = (
    Face(
        file="DocSongSC-Regular.ttf", package=NOTO_SERIF, member="package/400Regular/NotoSerifSC_400Regular.ttf",
        family="Doc Song SC", changes=NOTO_CHANGES, repairs=(full_em_dash, half_middle_dot), characters=everything,
    ),
    Face(
        file="DocSongSC-Bold.ttf", package=NOTO_SERIF, member="package/700Bold/NotoSerifSC_700Bold.ttf",
        family="Doc Song SC", style="Bold", changes=NOTO_CHANGES, repairs=(full_em_dash, half_middle_dot),
        characters=core,
    ),
    Face(
        file="DocHeiSC-Medium.ttf", package=NOTO_SANS, member="package/500Medium/NotoSansSC_500Medium.ttf",
        family="Doc Hei SC Medium", changes=NOTO_CHANGES, repairs=(full_em_dash, half_middle_dot), characters=core,
    ),
    Face(
        file="DocKaiSC-Regular.ttf", package=LXGW, member="package/files/lxgw-wenkai-latin-500-normal.woff2",
        family="Doc Kai SC", changes=KAI_CHANGES, repairs=(half_middle_dot, full_quotes), characters=core,
    ),
    Face(
        file="DocFangSongSC-Supplement.ttf", package=LXGW, member="package/files/lxgw-wenkai-latin-300-normal.woff2",
        family="Doc FangSong SC Supplement", changes=SUPPLEMENT_CHANGES, characters=supplement,
    ),
    Face(
        file="gpl/DocFangSongSC-Regular.ttf", package=TEXLIVE, member=FANDOL, family="Doc FangSong SC",
        changes=FANGSONG_CHANGES, repairs=(quadratic_outlines, half_middle_dot), characters=fangsong,
        licence="GNU General Public License version 3 with font exception",
    ),
)  # fmt: skip


def build(face: Face, folder: Path) -> Path:
    """The file of one face, made in `folder`."""
    font = TTFont(io.BytesIO(_fetched[face.package, face.member]), recalcTimestamp=False)
    font.flavor = None
    wanted = face.characters(set(font.getBestCmap()))
    options = subset.Options(
        layout_features=list(FEATURES), hinting=False, name_IDs=list(NAMES), name_languages=[0x0409],
        notdef_outline=True, drop_tables=["FFTM", "STAT", "gasp", "prep", "DSIG"], recalc_timestamp=False,
    )  # fmt: skip
    for table in list(font["cmap"].tables):
        if table.format == 14:  # variation sequences: their glyphs are not kept
            font["cmap"].tables.remove(table)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    for repair in face.repairs:
        repair(font)
    _rename(font, face)
    path = folder / face.file
    path.parent.mkdir(parents=True, exist_ok=True)
    font.save(path)
    return path


def _rename(font: TTFont, face: Face) -> None:
    names = font["name"]
    names.names = [record for record in names.names if record.platformID == 3]
    version = names.getDebugName(5).split(";")[0]
    postscript = (
        f"{face.family.replace(' Medium', '').replace(' ', '')}-{'Medium' if 'Medium' in face.family else face.style}"
    )
    full = face.family if "Medium" in face.family else f"{face.family} {face.style}"
    new = {
        0: names.getDebugName(0) + face.changes, 1: face.family, 2: face.style, 3: f"{version};{postscript}", 4: full,
        5: version, 6: postscript,
    }  # fmt: skip
    if face.licence:
        new[13] = face.licence
    for number, text in new.items():
        names.setName(text, number, 3, 1, 0x0409)


def _place(font: TTFont, character: str, width: int, left: Callable[[int, int], int]) -> None:
    """Give a glyph a width and move it to where `left` says, from the width of its ink and its own."""
    glyph = copy.deepcopy(font["glyf"][font.getBestCmap()[ord(character)]])
    glyph.coordinates.translate((left(glyph.xMax - glyph.xMin, width) - glyph.xMin, 0))
    _own_glyph(font, character, glyph, width)


def _own_glyph(font: TTFont, character: str, glyph: Glyph, width: int) -> str:
    """Add a glyph for one character, and say its name. The old one may serve other characters and features."""
    old = font.getBestCmap()[ord(character)]
    new = f"{old}.doc"
    vertical = font["vmtx"][old]
    font.setGlyphOrder([*font.getGlyphOrder(), new])
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["glyf"].glyphs[new] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][new] = (width, glyph.xMin)
    font["vmtx"][new] = vertical
    for table in font["cmap"].tables:
        if ord(character) in getattr(table, "cmap", {}):
            table.cmap[ord(character)] = new
    return new


def _substitutions(font: TTFont, tags: set[str]) -> Iterable[dict[str, str]]:
    table = font["GSUB"].table
    lookups = {i for r in table.FeatureList.FeatureRecord if r.FeatureTag in tags for i in r.Feature.LookupListIndex}
    for index in sorted(lookups):
        for part in table.LookupList.Lookup[index].SubTable:
            mapping = getattr(getattr(part, "ExtSubTable", part), "mapping", None)
            if mapping is not None:
                yield mapping


def _double_bytes(codec: str, rows: range) -> set[int]:
    pairs = (bytes((row, cell)) for row in rows for cell in range(0x40, 0xFF))
    return {ord(c) for pair in pairs for c in pair.decode(codec, "ignore") if c > "\x7f"}


_fetched: dict[tuple[str, str], bytes] = {}


def fetch(folder: Path) -> None:
    """Get every package and take the fonts out of it."""
    folder.mkdir(parents=True, exist_ok=True)
    for package in dict.fromkeys(face.package for face in FACES):
        archive = _npm(package, folder) if package.startswith("@") else _debian(package, folder)
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            for face in FACES:
                if face.package == package:
                    _fetched[package, face.member] = files.extractfile(face.member).read()


def _npm(package: str, folder: Path) -> bytes:
    path = folder / (package.strip("@").replace("/", "-").replace("@", "-") + ".tgz")
    if not path.exists():
        subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return path.read_bytes()


def _debian(package: str, folder: Path) -> bytes:
    if not list(folder.glob(f"{package}_*.deb")):
        subprocess.run(["apt-get", "download", package], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (path,) = folder.glob(f"{package}_*.deb")
    return subprocess.run(["dpkg-deb", "--fsys-tarfile", path.name], cwd=folder, check=True, capture_output=True).stdout


def compare(old: Path, new: Path) -> list[str]:
    """How two files of one face differ, a line each; none if all that a reader sees is equal."""
    a, b = TTFont(old), TTFont(new)
    in_a, in_b = a.getBestCmap(), b.getBestCmap()
    both = sorted(in_a.keys() & in_b.keys())

    def text(characters: Iterable[int]) -> str:
        listed = sorted(characters)
        return f"{len(listed)} " + "".join(map(chr, listed[:40]))

    def outline(font: TTFont, name: str) -> tuple[object, ...]:
        points, ends, flags = font["glyf"][name].getCoordinates(font["glyf"])
        return tuple(points), tuple(ends), tuple(flag & 1 for flag in flags)

    def features(font: TTFont) -> dict[str, list[str]]:
        tables = [t for t in ("GSUB", "GPOS") if t in font]
        return {t: sorted({r.FeatureTag for r in font[t].table.FeatureList.FeatureRecord}) for t in tables}

    def names(font: TTFont) -> list[tuple[int, str]]:
        return [(record.nameID, str(record)) for record in font["name"].names]

    found = [
        ("characters only in the old", in_a.keys() - in_b.keys()),
        ("characters only in the new", in_b.keys() - in_a.keys()),
        ("other widths", {c for c in both if a["hmtx"][in_a[c]][0] != b["hmtx"][in_b[c]][0]}),
        ("other heights", {c for c in both if a["vmtx"][in_a[c]] != b["vmtx"][in_b[c]]}),
        ("other outlines", {c for c in both if outline(a, in_a[c]) != outline(b, in_b[c])}),
    ]
    lines = [f"{what}: {text(characters)}" for what, characters in found if characters]
    for what, value in (("features", features), ("names", names), ("tables", lambda font: sorted(font.keys()))):
        if value(a) != value(b):
            lines.append(f"{what}: {value(a)} → {value(b)}")
    if len(a.getGlyphOrder()) != len(b.getGlyphOrder()):
        lines.append(f"glyphs: {len(a.getGlyphOrder())} → {len(b.getGlyphOrder())}")
    differing = [t for t in set(a.reader.keys()) & set(b.reader.keys()) if a.reader[t] != b.reader[t]]
    if differing:
        lines.append(f"tables whose bytes differ: {' '.join(sorted(differing))}")
    return lines


def main() -> None:
    """Build, and compare if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--compare", action="store_true", help="compare with the files beside this script")
    parser.add_argument("--only", help="build only files whose name contains this")
    arguments = parser.parse_args()
    fetch(arguments.out / "packages")
    for face in FACES:
        if arguments.only and arguments.only not in face.file:
            continue
        path = build(face, arguments.out)
        sys.stdout.write(f"{path}\n")
        if arguments.compare:
            sys.stdout.writelines(f"  {line}\n" for line in compare(HERE / face.file, path) or ["equal"])


if __name__ == "__main__":
    main()
