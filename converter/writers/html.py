"""HTML: one file that needs no other, for screens light and dark, phones, and paper."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from converter.diagnostics import Result
from converter.model import outline
from converter.options import option
from converter.records import dataclass
from converter.typeset.pictures import lacking
from converter.writers.characters import XmlCharacters, escape
from converter.writers.xhtml import (
    GENERATOR,
    Link,
    contents_to_xhtml,
    document_to_xhtml,
    header_to_xhtml,
    notes_to_xhtml,
    page_title,
    section_label,
    words,
)
from converter.writers.xhtml_blocks import Surroundings
from converter.writers.xhtml_style import stylesheet

if TYPE_CHECKING:
    from converter.model import Document
    from converter.typeset.pictures import Picture
    from converter.typeset.theme import Theme

_CONTENTS_FROM = 3
"""Headings from which a list of contents is of use."""
_CONTENTS_OPEN = 50
"""Headings up to which the list is shown unfolded."""

_SCREEN = """\
:root {{ color-scheme: light dark; }}
body {{ margin: 0; padding: 2em 1.25em 4em; font-size: 1.125rem; color: #1c1b19; background: #fdfcf9; }}
main {{ max-width: {measure:g}em; margin: 0 auto; }}
header {{ margin: 1em 0 2em; }}
nav {{ margin: 0 0 2.5em; padding: 1em 1.25em; border: 1px solid #8884; border-radius: .4em; font-size: .9em; }}
nav summary {{ font-weight: bold; cursor: pointer; }}
nav details > ol {{ margin-top: .5em; }}
nav a {{ display: block; padding: .1em 0; }}
nav a:hover, nav a:focus-visible {{ text-decoration: underline; }}
:target {{ scroll-margin-top: 1em; }}
@media (prefers-color-scheme: dark) {{ body {{ color: #dedbd4; background: #17171a; }} }}
@page {{ size: {width:.5g}mm {height:.5g}mm; margin: {top:.4g}mm {side:.4g}mm {bottom:.4g}mm; }}
@media print {{
body {{ padding: 0; font-size: {size:g}pt; color: #000; background: none; }}
main {{ max-width: none; }}
section.text {{ break-before: page; }}
nav summary {{ list-style: none; }}
}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlOptions:
    """How to write HTML."""

    contents: bool = option(
        True, "List the contents above the text, from three headings on", "有三个以上标题时，在正文前列出目录"
    )


class HtmlWriter:
    """Writes one self-contained HTML file."""

    name = "html"
    media_type = "text/html"
    suffix = ".html"
    options_type = HtmlOptions
    cannot_show: frozenset[Any] = frozenset()

    def write(self, document: Document, theme: Theme, options: HtmlOptions) -> Result[bytes]:
        """The page as UTF-8."""
        characters, around = XmlCharacters(), Surroundings(_data_address, note_count=len(document.notes))
        page = characters.clean(_page(document, theme, options, around))
        return Result(page.encode(), (*characters.diagnostics(self.name), *lacking(around.lacking)))


def _data_address(picture: Picture) -> str:
    """The picture itself, in place of an address (RFC 2397): the page needs no other file."""
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}"


def _metadata(document: Document) -> str:
    metadata = document.metadata
    values = [
        ("generator", GENERATOR),
        *(("author", author) for author in metadata.authors),
        ("keywords", ", ".join(metadata.keywords)),
        ("description", metadata.subject),
        ("dcterms.date", metadata.date),
        ("dcterms.publisher", metadata.publisher),
        ("dcterms.source", metadata.source),
        ("dcterms.identifier", metadata.number),
        ("subtitle", metadata.subtitle),
        ("edition", metadata.edition),
    ]
    return "".join(f'<meta name="{name}" content="{escape(value)}">\n' for name, value in values if value)


def _page(document: Document, theme: Theme, options: HtmlOptions, around: Surroundings) -> str:
    top = 2 if document.metadata.title.strip() else 1
    header = header_to_xhtml(document, theme, around)
    content = "".join(part.xhtml for part in document_to_xhtml(document, theme, around, top=top))
    notes = notes_to_xhtml(document, around)
    return f"""<!DOCTYPE html>
<html lang="{escape(document.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>{escape(page_title(document))}</title>
{_metadata(document)}<style>
{stylesheet(document, theme)}{_screen(theme)}</style>
</head>
<body>
<main>
{header}{_contents(document) if options.contents else ""}{content}{notes}</main>
</body>
</html>
"""


def _contents(document: Document) -> str:
    links = [Link(entry.depth, f"#{entry.anchor}", section_label(entry, document)) for entry in outline(document)]
    if len(links) < _CONTENTS_FROM:
        return ""
    name, shown = words(document).contents, " open" if len(links) <= _CONTENTS_OPEN else ""
    folded = f"<details{shown}>\n<summary>{name}</summary>\n{contents_to_xhtml(links)}</details>"
    return f'<nav aria-label="{name}">\n{folded}\n</nav>\n'


def _screen(theme: Theme) -> str:
    page, millimetre = theme.page, 72 / 25.4
    return _SCREEN.format(
        measure=round(page.measure / theme.body.size),
        size=theme.body.size,
        width=page.width / millimetre,
        height=page.height / millimetre,
        top=page.top / millimetre,
        side=(page.inner + page.outer) / 2 / millimetre,
        bottom=page.bottom / millimetre,
    )
