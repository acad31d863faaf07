"""A theme as CSS, for the HTML and the EPUB writer. EPUB 3.3 allows neither `direction` nor `unicode-bidi` in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.model import Role
from converter.records import NamedTuple
from converter.typeset.theme import Face

if TYPE_CHECKING:
    from collections.abc import Mapping

    from converter.model import Document
    from converter.typeset.theme import Style, Theme
    from converter.units import Pt


class _Family(NamedTuple):
    """Fonts of one face as systems name them: Apple, Linux, Windows, then the generic family."""

    hans: str
    hant: str
    weight: str


FAMILIES = {
    Face.SONG: _Family(
        '"Songti SC", "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif',
        '"Songti TC", "Noto Serif CJK TC", "Source Han Serif TC", PMingLiU, serif',
        "normal",
    ),
    Face.XIAOBIAOSONG: _Family(
        '"FZXiaoBiaoSong-B05S", "Songti SC", "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif',
        '"Songti TC", "Noto Serif CJK TC", "Source Han Serif TC", PMingLiU, serif',
        "bold",
    ),
    Face.HEI: _Family(
        '"PingFang SC", "Heiti SC", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", SimHei, sans-serif',
        '"PingFang TC", "Heiti TC", "Noto Sans CJK TC", "Source Han Sans TC", "Microsoft JhengHei", sans-serif',
        "bold",
    ),
    Face.KAI: _Family(
        '"Kaiti SC", "LXGW WenKai", "AR PL UKai CN", KaiTi, serif',
        '"Kaiti TC", "BiauKai", "AR PL UKai TW", DFKai-SB, KaiTi, serif',
        "normal",
    ),
    Face.FANGSONG: _Family('STFangsong, FangSong, "FZFangSong-Z02S", serif', "STFangsong, FangSong, serif", "normal"),
}

# What Chinese text asks of every page (clreq §3): strict line breaking, a paragraph's indent instead of a gap, two
# lines together at a page's edge, emphasis dots below. What an engine does not know it passes over.
_CHINESE = """\
p { widows: 2; orphans: 2; line-break: strict; overflow-wrap: anywhere; hanging-punctuation: none;
  text-spacing-trim: normal; text-autospace: normal; hyphens: none; }
h1, h2, h3, h4, h5, h6 { break-after: avoid; page-break-after: avoid; break-inside: avoid; page-break-inside: avoid;
  line-break: strict; overflow-wrap: anywhere; text-wrap: balance; }
.run-in > span { font-size: inherit; line-height: inherit; }
p.continued { text-indent: 0; }
em { font-style: normal; -webkit-text-emphasis: filled dot; -webkit-text-emphasis-position: under;
  text-emphasis: filled dot; text-emphasis-position: under right; }
u { text-decoration: underline; text-underline-offset: .15em; text-underline-position: under left; }
cite { font-style: normal; text-decoration: underline wavy; text-underline-offset: .15em; }
hr.separator { width: 30%; margin: 1.5em auto; border: 0; border-top: 1px solid; opacity: .5; }
blockquote { margin: .5em 2em; }
p.stanzas { text-indent: 0; margin: .5em 2em; }
ul, ol { margin: .5em 0; padding-left: 2em; }
li > p, td p, figcaption { text-indent: 0; }
pre { text-indent: 0; overflow-x: auto; white-space: pre-wrap; font-size: .9em; line-height: 1.4; }
table { border-collapse: collapse; margin: 1em auto; max-width: 100%; }
th, td { border: 1px solid; padding: .2em .6em; text-indent: 0; text-align: left; vertical-align: top; }
td.figure { text-align: right; }
table.wide { font-size: .85em; }
table.wide th, table.wide td { padding: .15em .25em; }
thead { display: table-header-group; }
tr, figure { break-inside: avoid; page-break-inside: avoid; }
figure { margin: 1em 0; text-align: center; }
img { max-width: 100%; height: auto; }
sup { line-height: 0; text-indent: 0; }
ruby { ruby-position: over; }
section.notes { margin-top: 3em; border-top: 1px solid; padding-top: 1em; font-size: .9em; }
aside p.label { float: left; text-indent: 0; margin: 0 .6em 0 0; }
.cover { margin-top: 30%; }
nav ol { list-style: none; margin: 0; padding: 0; }
nav ol ol { padding-left: 1.5em; }
nav a { color: inherit; text-decoration: none; }
"""


_PICTURED = """\
.cover.pictured { margin: 0; text-align: center; text-indent: 0; }
.cover.pictured img { max-width: 100%; max-height: 100vh; }
"""
"""A picture as the cover: whole, as large as the screen."""

# Three spellings: the standard's, EPUB 3's own and that of WebKit. A whole book must also say rtl in its spine.
_VERTICAL = """\
html { writing-mode: vertical-rl; -epub-writing-mode: vertical-rl; -webkit-writing-mode: vertical-rl;
  text-orientation: mixed; -epub-text-orientation: mixed; text-combine-upright: digits 2; }
em { -webkit-text-emphasis-position: over right; text-emphasis-position: over right; }
u, cite { text-underline-position: left; }
img { max-height: 100%; width: auto; }
.cover { margin-top: 0; margin-right: 30%; }
.title, .text-title { text-align: start; text-indent: 2em; }
"""


def stylesheet(
    document: Document, theme: Theme, *, vertical: bool = False, embedded: Mapping[Face, str] | None = None
) -> str:
    """The theme's CSS for the elements of `xhtml`, in the document's script; sizes are relative to the body's.

    `embedded` names the families that the file brings along, by face: they go before those of systems.
    """
    body, families = theme.body, _families(document.language.startswith("zh-Hant"), embedded or {})
    paragraph = _declarations(body, body.size, families)
    headings = ((".title, .text-title", theme.title), *((f".level-{n}", s) for n, s in enumerate(theme.headings, 1)))
    rules = [
        f"body {{ font-family: {paragraph['font-family']}; line-height: {paragraph['line-height']}; }}\n",
        _CHINESE,
        _rule("p", {name: paragraph[name] for name in ("margin", "text-align", "text-indent")}),
        *(_rule(selector, _declarations(style, body.size, families)) for selector, style in headings),
    ]
    for role, style in theme.roles:
        declared = _declarations(style, body.size, families)
        rules.append(_rule(f"p.{role.value}", dict(declared.items() - paragraph.items())))
    rules.append(_rule(f"p.{Role.SIGNATURE.value} + p.{Role.SIGNATURE.value}", {"margin-top": "0"}))
    return "".join((*rules, _VERTICAL if vertical else "", _PICTURED if document.cover else ""))


def _families(hant: bool, embedded: Mapping[Face, str]) -> dict[Face, str]:
    """The value of font-family for each face."""
    own = {face: family.hant if hant else family.hans for face, family in FAMILIES.items()}
    return {face: f"{embedded[face]}, {names}" if face in embedded else names for face, names in own.items()}


def _declarations(style: Style, body_size: Pt, families: Mapping[Face, str]) -> dict[str, str]:
    """The CSS properties of a style and their values."""
    before, after = (f"{space / style.size:.3g}em" if space else "0" for space in (style.before, style.after))
    right = f"{style.right_indent:g}em" if style.right_indent else "0"
    return {
        "font-family": families[style.face],
        "font-weight": FAMILIES[style.face].weight,
        "font-size": f"{style.size / body_size:.4g}em",
        "line-height": f"{style.leading / style.size:.3g}",
        "margin": f"{before} {right} {after} 0",
        "text-align": style.align.value,
        "text-indent": f"{style.first_indent:g}em" if style.first_indent else "0",
        **({"color": style.colour} if style.colour else {}),
    }


def _rule(selector: str, declarations: Mapping[str, str]) -> str:
    return f"{selector} {{ {' '.join(f'{name}: {value};' for name, value in sorted(declarations.items()))} }}\n"
