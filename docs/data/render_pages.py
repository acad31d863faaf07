"""Renders the pages that docs/pdf.md shows: `python docs/data/render_pages.py`, after a change that can be seen.

The texts are those of `seeds/` and `docs/data/pages/`.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image

from converter.booklet.assemble import compile_booklet
from converter.pipeline import read, write

ROOT = Path(__file__).parents[2]
TEXTS = Path(__file__).parent / "pages"
OUT = ROOT / "docs" / "images" / "pages"
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
    ("volume", "book", (1, 3, 5, 6), None, {"cover": True, "contents": True}),
)


def main() -> None:
    """Write a PNG for each page."""
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


main()
