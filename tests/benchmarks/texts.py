"""Makes the texts that are measured, in the forms that each program reads: `texts.py [--text-only] FOLDER NAME…`.

Of each text: `NAME.txt`; `NAME.md`, what our Markdown writer makes of it, for pandoc; `NAME.typ` and `NAME.html` with the
same headings and paragraphs on the same paper in the same faces, sizes and measures as our theme `article`.
"""

from __future__ import annotations

import argparse
import html
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

from process import ROOT, SEEDS
from sizes import SIZES

from converter.model import Paragraph, blocks_of, heading_text, plain
from converter.pipeline import read, write
from converter.typeset.themes import THEMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.model import Document

_HEI, _SONG = "DocHeiSC-Medium.ttf", "DocSongSC-Regular.ttf"


def main() -> None:
    """Write the files."""
    asked = argparse.ArgumentParser()
    asked.add_argument("folder", type=Path)
    asked.add_argument("names", nargs="+")
    asked.add_argument("--text-only", action="store_true", help="only NAME.txt")
    given = asked.parse_args()
    for name in given.names:
        text = text_of(name)
        (given.folder / f"{name}.txt").write_text(text)
        if given.text_only:
            continue
        document = read(text.encode()).value
        forms = {"md": write(document, "md").value.decode(), "typ": typst_of(document), "html": html_of(document)}
        for form, content in forms.items():
            (given.folder / f"{name}.{form}").write_text(content)


def text_of(name: str) -> str:
    """A text by its name: `line`, `seed 003`, `1 MB`, `file 17`, `1000 headings`, `4000 characters`."""
    first, _, last = name.partition(" ")
    if name == "line":
        return "坚持学习制度，提高学习质量。\n"
    if first == "seed":
        return SEEDS[int(last)].read_text()
    if first == "file":  # of many: a seed, but never quite the same
        return f"{SEEDS[int(last) % len(SEEDS)].read_text()}\n第{last}号存档。\n"
    if last == "headings":
        return novel(SIZES["1 MB"], chapters=int(first))
    if last == "characters":
        return novel(SIZES["1 MB"], alphabet=int(first))
    return novel(SIZES[name])


def novel(size: int, chapters: int | None = None, alphabet: int | None = None) -> str:
    """A clean text of this many bytes: chapters of paragraphs, no two the same, the same text in every run.

    Its sentences are those of the seeds in ever other order; with `alphabet`, made of that many Chinese characters at
    random. With `chapters` there are that many, else one to 40 paragraphs.
    """
    chance = random.Random(2019)  # noqa: S311 - no secret
    sentences = _sentences() if alphabet is None else list(_made_up(alphabet, chance))
    long = size // chapters if chapters else None
    lines, done, chapter = ["学习文集", ""], 0, 0
    while done < size:
        chapter += 1
        lines += [f"第{chapter}章 学习札记", ""]
        begun, count = done, 0
        while done < size and ((done - begun < long) if long else count < 40):
            lines.append("".join(chance.choices(sentences, k=chance.randint(2, 6))))
            done += len(lines[-1].encode()) + 1
            count += 1
        lines.append("")
    return "\n".join(lines)


def _sentences() -> list[str]:
    """The whole sentences of the seeds that may stand anywhere."""
    documents = [read(seed).value for seed in SEEDS]
    passages = [plain(block.inlines) for document in documents for block in blocks_of(document)]
    found = {s for passage in passages for s in re.findall(r"[^。！？；“”]{8,}[。！？]", passage)}
    return sorted(s for s in found if not re.match(r"[\W\d一二三四五六七八九十第的]", s))


def _made_up(alphabet: int, chance: random.Random) -> Iterator[str]:
    characters = [chr(code) for code in range(0x4E00, 0x4E00 + 20_900)]
    characters = sorted(chance.sample(characters, alphabet))
    every = iter(characters)
    for _ in range(4000):  # each character at least once
        yield "".join(next(every, None) or chance.choice(characters) for _ in range(20)) + "。"


def _passages(document: Document) -> Iterator[tuple[int, str]]:
    """The level of each heading, 0 for paragraphs, and its words; a title first, as level -1."""
    if document.metadata.title:
        yield -1, document.metadata.title

    def walk(sections, depth: int) -> Iterator[tuple[int, str]]:
        for section in sections:
            yield depth, heading_text(section.heading)
            yield from ((0, plain(block.inlines)) for block in section.blocks if isinstance(block, Paragraph))
            yield from walk(section.sections, depth + 1)

    yield from ((0, plain(block.inlines)) for block in document.front if isinstance(block, Paragraph))
    yield from walk(document.sections, 1)


def typst_of(document: Document) -> str:
    """A document for typst, in the look of the theme `article`."""
    theme = THEMES["article"]
    page, body = theme.page, theme.body
    heads = "\n".join(
        f'#show heading.where(level: {level}): set text(font: "Doc Hei SC Medium", size: {style.size}pt, weight: "regular")'
        for level, style in enumerate(theme.headings, 1)
    )
    parts = [
        f"""#set page(width: {page.width}pt, height: {page.height}pt, numbering: "1",
  margin: (top: {page.top}pt, bottom: {page.bottom}pt, left: {page.inner}pt, right: {page.outer}pt))
#set text(font: "Doc Song SC", size: {body.size}pt, lang: "zh", region: "cn", top-edge: 0.8em, bottom-edge: -0.2em)
#set par(justify: true, leading: {body.leading - body.size}pt, spacing: {body.leading - body.size}pt,
  first-line-indent: (amount: 2em, all: true))
{heads}
"""
    ]
    for level, words in _passages(document):
        said = "".join("\\" + c if c in r"\#*_`$<>@=-+/~[]'\"" else c for c in words)
        if level < 0:
            parts.append(f'#align(center, text(font: "Doc Hei SC Medium", size: {theme.title.size}pt)[{said}])\n')
        else:
            parts.append(f"{'=' * level} {said}\n".lstrip())
    return "\n".join(parts)


def html_of(document: Document) -> str:
    """A document as a page with the style sheet of the theme `article`, for WeasyPrint and LibreOffice."""
    theme = THEMES["article"]
    page, body = theme.page, theme.body
    fonts = ((name, (ROOT / "fonts" / file).as_uri()) for name, file in (("song", _SONG), ("hei", _HEI)))
    faces = "\n".join(f'@font-face {{ font-family: {name}; src: url("{at}") }}' for name, at in fonts)
    sizes = [theme.title.size, *(style.size for style in theme.headings)]
    heads = "\n".join(f"h{level} {{ font: {size}pt hei }}" for level, size in enumerate(sizes, 1))
    parts = [
        f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{html.escape(document.display_title)}</title>
<style>{faces}
@page {{ size: {page.width}pt {page.height}pt; margin: {page.top}pt {page.outer}pt {page.bottom}pt {page.inner}pt;
  @bottom-center {{ content: counter(page) }} }}
body {{ font: {body.size}pt/{body.leading}pt song }}
p {{ margin: 0; text-indent: 2em; text-align: justify }}
{heads}
</style></head><body>"""
    ]
    for level, words in _passages(document):
        tag = "h1" if level < 0 else f"h{min(level + 1, 6)}" if level else "p"
        parts.append(f"<{tag}>{html.escape(words)}</{tag}>")
    return "\n".join([*parts, "</body></html>"])


if __name__ == "__main__":
    main()
