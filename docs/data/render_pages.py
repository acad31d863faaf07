"""Renders the pages that README and docs show: `python docs/data/render_pages.py`, after a change that can be seen.

The texts are those of `seeds/` and `docs/data/pages/`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image

from converter.booklet.assemble import compile_booklet
from converter.pipeline import read, write

if TYPE_CHECKING:
    from collections.abc import Iterable

    from converter.model import Document

ROOT = Path(__file__).parents[2]
TEXTS = Path(__file__).parent / "pages"
IMAGES = ROOT / "docs" / "images"
OUT = IMAGES / "pages"
SCALE = 1.15
"""Pixels a point."""

SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
PAGES = (
    # name, theme, pages counted from 1, text, options of the PDF
    ("official", "official", (1, 2), TEXTS / "official.txt", {}),
    ("article", "article", (1, 2), SEEDS[2], {}),
    ("forms", "article", (1,), TEXTS / "forms.md", {}),
    ("forms-book", "book", (1, 2), TEXTS / "forms.md", {"running_head": True}),
    ("poems", "book", (1,), TEXTS / "poems.txt", {}),
    ("poems-vertical", "book", (1,), TEXTS / "poems.txt", {"vertical": True}),
    ("vertical", "book", (1, 2), SEEDS[3], {"vertical": True}),
    ("zhuyin", "book", (1,), TEXTS / "zhuyin.md", {}),
    ("zhuyin-vertical", "book", (1,), TEXTS / "zhuyin.md", {"vertical": True}),
    ("volume", "book", (1, 2, 5, 6), None, {"cover": True, "contents": True}),
)
BOOKLET = ({"cover": True, "contents": True}, (1, 2, 5, 20))
COVERS = (
    *(({"cover": True, "cover_design": design}, (1,)) for design in ("plain", "frame", "band", "label")),
    ({"imprint": True, "half_title": True}, (2,)),
    ({"cover": True, "index": "pinyin"}, (-1,)),
)


def main() -> None:
    """Write a PNG for each page, and the rows of pages of the booklet."""
    volume = compile_booklet(
        [read(seed).value for seed in SEEDS], title="党建工作文集", author="办公室", date="2012年7月"
    ).value
    row(volume, (BOOKLET,), scale=0.696, gap=16).save(IMAGES / "booklet.png", optimize=True)
    row(volume, COVERS, scale=0.5, gap=8).save(IMAGES / "covers.png", optimize=True)
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.png"):
        old.unlink()
    for name, theme, numbers, source, options in PAGES:
        if source is None:
            document = compile_booklet([read(seed).value for seed in SEEDS], title="党建工作文集").value
        else:
            document = read(source).value
        pdf = pypdfium2.PdfDocument(write(document, "pdf", theme=theme, options=options).value)
        for number in numbers:
            picture = pdf[number - 1].render(scale=SCALE).to_pil().convert("RGB")
            framed = Image.new("RGB", (picture.width + 2, picture.height + 2), "#999999")
            framed.paste(picture, (1, 1))
            path = OUT / f"{name}-{number}.png"
            framed.quantize(24).save(path, optimize=True)


def row(
    document: Document, shown: Iterable[tuple[dict[str, object], tuple[int, ...]]], *, scale: float, gap: int
) -> Image.Image:
    """Pages of a document beside one another, for each set of options these."""
    pictures = []
    for options, numbers in shown:
        pdf = pypdfium2.PdfDocument(write(document, "pdf", theme="book", options=options).value)
        indices = (number - 1 if number > 0 else len(pdf) + number for number in numbers)
        pictures += [pdf[index].render(scale=scale).to_pil().convert("RGB") for index in indices]
    width, height = pictures[0].size
    made = Image.new("RGB", (len(pictures) * (width + gap), height + 16), "#dddddd")
    for place, picture in enumerate(pictures):
        made.paste(picture, (gap // 2 + place * (width + gap), 8))
    return made.quantize(24)


main()
