"""Fonts in an EPUB: ours, cut down to the characters that the book sets in each face.

They go in as they are: EPUB 3.4 gives up the obfuscation of fonts, and the licences allow embedding. Features that a
reading system uses (vertical forms, half widths) stay.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from converter.model import Paragraph, Role, Ruby, blocks_of, heading_text, inlines_of, outline, plain
from converter.records import NamedTuple
from converter.typeset.fonts import typeface
from converter.typeset.missing import missing
from converter.writers.xhtml_style import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from converter.model import Document
    from converter.typeset.theme import Face, Theme

_ALWAYS = "0123456789，。、；：？！“”‘’（）《》—… "
"""What a reading system may put beside the text: numbers, marks."""


class Font(NamedTuple):
    """A font file in the package."""

    name: str
    face: Face
    data: bytes
    is_cff: bool

    @property
    def family(self) -> str:
        """What the style sheet calls it."""
        return f'"{self.name}"'

    @property
    def rule(self) -> str:
        """The CSS that gives it to the pages."""
        return (
            f"@font-face {{ font-family: {self.family}; font-weight: {FAMILIES[self.face].weight}; "
            f"src: url({self.href}); }}\n"
        )

    @property
    def href(self) -> str:
        """Its address in the package."""
        return f"{self.name}.{'otf' if self.is_cff else 'ttf'}"


def fonts_for(document: Document, theme: Theme) -> tuple[Font, ...]:
    """The fonts of a book in this theme, a file for each face and each font that serves it."""
    fonts = []
    for face, characters in sorted(_used(document, theme).items(), key=lambda item: item[0].value):
        family = typeface(face, dict(theme.fonts).get(face))
        by_file: defaultdict[int, set[str]] = defaultdict(set)
        for character in characters:
            by_file[family.glyphs[character].file].add(character)
        for file, served in sorted(by_file.items()):
            source = family.files[file]
            name = f"font-{face.value}-{file + 1}"
            fonts.append(Font(name, face, source.cut(served), source.is_cff))
    return tuple(fonts)


def lacking_in(document: Document, theme: Theme) -> set[str]:
    """The characters of a book that the fonts of their face do not have."""
    fonts = dict(theme.fonts)
    return {c for face, used in _used(document, theme).items() for c in missing(used, face, fonts)}


def families_of(fonts: Iterable[Font]) -> dict[Face, str]:
    """The names that the style sheet has for each face."""
    families: defaultdict[Face, list[str]] = defaultdict(list)
    for font in fonts:
        families[font.face].append(font.family)
    return {face: ", ".join(names) for face, names in families.items()}


def _used(document: Document, theme: Theme) -> dict[Face, set[str]]:
    """The characters that the theme sets in each face; the body's face has them all, since words may go anywhere."""
    said = {*_ALWAYS, *document.display_title, *document.metadata.subtitle}
    for inline in inlines_of(document):
        said.update(plain((inline,)), inline.annotation if isinstance(inline, Ruby) else "")
    headings = [
        (heading_text(e.section.heading), theme.heading(e.section.heading, e.depth).face) for e in outline(document)
    ]
    used: defaultdict[Face, set[str]] = defaultdict(
        set, {theme.body.face: {*said, *(c for text, _ in headings for c in text)}}
    )
    used[theme.title.face].update(document.display_title)
    for text, face in headings:
        used[face].update(text)
    for block in blocks_of(document):
        if isinstance(block, Paragraph) and block.role is not Role.BODY:
            used[theme.style(block.role).face].update(plain(block.inlines))
    return {face: {c for c in characters if not c.isspace() or c == " "} for face, characters in used.items()}
