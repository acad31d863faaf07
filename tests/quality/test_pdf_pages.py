from __future__ import annotations

from pathlib import Path

import pytest
from quality.pdf_pages import faults, lines_of

from converter.pipeline import convert
from converter.typeset.themes import THEMES

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
FULL_WIDTH = str.maketrans(",:;()?!", "，：；（）？！")


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
@pytest.mark.parametrize("punctuation", ["as it is", "full width"])
def test_no_page_of_a_seed_has_a_typesetting_fault(seed, theme, punctuation):
    text = seed.read_text("utf-8-sig")
    data = (text.translate(FULL_WIDTH) if punctuation == "full width" else text).encode()
    assert faults(convert(data, "pdf", theme=theme).value, theme).found() == {}


def test_the_checker_sees_faults():
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfgen.canvas import Canvas

    theme = THEMES["article"]
    page, size = theme.page, theme.body.size
    registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas("unused.pdf", pagesize=(page.width, page.height))
    top = page.height - page.top - 20
    rows = [("中" * 35, 24), ("，" + "中" * 36 + "（", 0), ("中" * 40, 0), ("完。", 0)]
    for number, (row, indent) in enumerate(rows):
        canvas.setFont("STSong-Light", size)
        canvas.drawString(page.inner + indent, top - number * theme.body.leading, row)
    found = faults(canvas.getpdfdata(), theme).found()
    assert set(found) == {"starts_with_closing", "ends_with_opening", "outside", "ragged", "lone"}
    assert len(found["ragged"]) == 2


def test_lines_come_in_reading_order():
    data = convert("标题\n\n第一段话。\n第二段话。\n".encode(), "pdf").value
    assert [line.text for line in lines_of(data)][:3] == ["标题", "第一段话。", "第二段话。"]
