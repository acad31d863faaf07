"""HTML: one file that needs no other, for screens light and dark, phones, and paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from converter.diagnostics import Result
from converter.model import outline
from converter.options import option
from converter.writers.characters import XmlCharacters
from converter.writers.xhtml import (
    Link,
    contents_to_xhtml,
    document_to_xhtml,
    escape,
    header_to_xhtml,
    page_title,
    section_label,
    words,
)
from converter.writers.xhtml_style import stylesheet

if TYPE_CHECKING:
    from converter.model import Document
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
        characters = XmlCharacters()
        page = characters.clean(_page(document, theme, options))
        return Result(page.encode(), characters.diagnostics(self.name))


def _page(document: Document, theme: Theme, options: HtmlOptions) -> str:
    authors = "".join(f'<meta name="author" content="{escape(a)}">\n' for a in document.metadata.authors)
    keywords = escape(", ".join(document.metadata.keywords))
    named = f'<meta name="keywords" content="{keywords}">\n' if keywords else ""
    top = 2 if document.metadata.title.strip() else 1
    content = "".join(part.xhtml for part in document_to_xhtml(document, theme, top=top))
    return f"""<!DOCTYPE html>
<html lang="{escape(document.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{escape(page_title(document))}</title>
{authors}{named}<style>
{stylesheet(document, theme)}{_screen(theme)}</style>
</head>
<body>
<main>
{header_to_xhtml(document)}{_contents(document) if options.contents else ""}{content}</main>
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
