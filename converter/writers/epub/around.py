"""What a book has around its text: cover, half-title, imprint, index of titles, back cover.

All of it is in sections of class `cover`: none of it is the text's, and readers of ours pass it over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.model import text
from converter.typeset.cover import cover_of
from converter.typeset.designs import INK, CoverDesign, possible
from converter.typeset.imprint import imprint_of
from converter.writers.characters import escape
from converter.writers.xhtml import page_title
from converter.writers.xhtml_blocks import inlines_to_xhtml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from converter.model import Document
    from converter.typeset.designs import TitleIndex
    from converter.typeset.pictures import Picture
    from converter.writers.xhtml_blocks import Surroundings

_STYLES = {
    CoverDesign.PLAIN: "",
    CoverDesign.FRAME: """\
.frame { margin: 0; padding: .35em; border: .25em solid; min-height: 92vh; box-sizing: border-box; }
.frame .inner { padding: 25% 1em 1em; border: 1px solid; min-height: 89vh; box-sizing: border-box; }
""",
    CoverDesign.BAND: f"""\
.band {{ margin: 0; border-left: 4em solid {INK}; padding: 0 .35em; min-height: 96vh; }}
.band .inner {{ border-left: .1em solid {INK}; padding: 25% 1em 1em 2em; min-height: 96vh; }}
.band .title, .band .byline {{ text-align: left; text-indent: 0; }}
""",
    CoverDesign.LABEL: """\
.label { margin: 0; text-align: right; }
.label .title { display: inline-block; writing-mode: vertical-rl; -webkit-writing-mode: vertical-rl;
  -epub-writing-mode: vertical-rl; border: .15em double; outline: 1px solid; outline-offset: .15em; margin: 10% 10% 3em;
  padding: .6em .3em; text-align: start; text-indent: 0; letter-spacing: .25em; }
""",
}
"""The CSS of a cover."""
_RIGHT_BOUND = f"""\
.frame, .band, .label {{ writing-mode: horizontal-tb; -webkit-writing-mode: horizontal-tb;
  -epub-writing-mode: horizontal-tb; width: 92vw; box-sizing: border-box; }}
.band, .band .inner {{ border-left: 0; border-right: 4em solid {INK}; }}
.band .inner {{ border-right-width: .1em; padding: 25% 2em 1em 1em; }}
.label {{ text-align: left; }}
.frame .title {{ text-align: center; text-indent: 0; }}
"""
"""Of covers in vertical books: they are set across like those in print, the spine is at the right."""
_PARTS = """\
.half-title .title { font-size: 1.2em; }
.index { margin: 0; }
.index h1 { text-align: center; }
.index h2 { font-size: 1em; margin: 1em 0 .2em; }
.index ul { list-style: none; margin: 0; padding: 0 0 0 1em; }
.index a { color: inherit; text-decoration: none; }
"""


def style_of(design: CoverDesign, document: Document, *, vertical: bool) -> str:
    """The CSS for the parts that a plain book does not have."""
    return _STYLES[possible(design, document.display_title)] + _PARTS + (_RIGHT_BOUND if vertical else "")


def cover_to_xhtml(document: Document, around: Surroundings, design: CoverDesign) -> str:
    """The cover: the document's picture, whole; else one made of type."""
    if found := cover_of(document):
        shown, alt = found
        image = f'<img src="{cover_address(shown)}" alt="{escape(alt)}"/>'
        return f'<section class="cover pictured" epub:type="cover">\n{image}\n</section>\n'
    metadata = document.metadata
    named = (metadata.subtitle, *metadata.authors, metadata.publisher, metadata.edition, metadata.date)
    lines = [f'<p class="byline">{escape(line)}</p>\n' for line in named if line.strip()]
    return _designed(f"{_title(document, around)}{''.join(lines)}", document, design, ' epub:type="cover"')


def cover_address(shown: Picture) -> str:
    """Where the picture of the cover lies in the package."""
    return f"cover{shown.suffix}"


def half_title_to_xhtml(document: Document, around: Surroundings) -> str:
    """The half-title: the title alone."""
    subtitle = document.metadata.subtitle
    below = f'<p class="byline">{escape(subtitle)}</p>\n' if subtitle.strip() else ""
    words = f"{_title(document, around)}{below}"
    return f'<section class="cover half-title" epub:type="halftitlepage">\n{words}</section>\n'


def imprint_to_xhtml(document: Document) -> str:
    """The imprint."""
    rows = "".join(f"<p>{escape(row.spaced)}\u3000{escape(row.words)}</p>\n" for row in imprint_of(document))
    return f'<section class="cover imprint" epub:type="copyright-page">\n{rows}</section>\n'


def index_to_xhtml(index: TitleIndex, places: Mapping[str, str]) -> str:
    """The index of titles, with links; `places` has the addresses of the texts by their anchors."""
    groups = []
    for group in index.groups:
        links = (f'<li><a href="{places[entry.anchor]}">{escape(words)}</a></li>\n' for words, entry in group.titles)
        groups.append(f"<h2>{escape(group.name)}</h2>\n<ul>\n{''.join(links)}</ul>\n")
    name = f'<h1 id="index">{escape(index.name)}</h1>\n'
    return (
        f'<section class="cover index" role="doc-index" aria-labelledby="index">\n{name}{"".join(groups)}</section>\n'
    )


def back_cover_to_xhtml(document: Document, design: CoverDesign) -> str:
    """The back cover, in the design of the cover: who publishes the book."""
    publisher = document.metadata.publisher
    words = f'<p class="byline">{escape(publisher)}</p>\n' if publisher.strip() else ""
    if cover_of(document) or possible(design, document.display_title) is CoverDesign.LABEL:
        design = CoverDesign.PLAIN
    return _designed(words, document, design, "")


def _title(document: Document, around: Surroundings) -> str:
    words = text(document.metadata.title.strip() or page_title(document))
    return f'<p class="title">{inlines_to_xhtml(words, around)}</p>\n'


def _designed(words: str, document: Document, design: CoverDesign, kind: str) -> str:
    design = possible(design, document.display_title)
    if design is CoverDesign.PLAIN:
        return f'<section class="cover"{kind}>\n{words}</section>\n'
    return f'<section class="cover {design.value}"{kind}>\n<div class="inner">\n{words}</div>\n</section>\n'
