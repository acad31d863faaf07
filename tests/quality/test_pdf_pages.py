from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from quality.pdf_pages import faults, lines_of

from converter.pipeline import convert, read, write
from converter.typeset.themes import THEMES
from converter.units import Pt

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


KINDS = """# 各种体例

第一段话，说到注释[^1]。

## 一、小节

1. 一条；
2. 又一条。

### 1．小小节

| 甲 | 乙 |
|----|----|
| 一 | 二 |
| 三 | 四 |

> 引文一段。

最后一段话。

[^1]: 注释。
"""


def test_whatever_stands_between_them_lines_of_a_book_stand_in_the_rows_of_the_page():
    theme = THEMES["book"]
    document = read(KINDS.encode(), format="md").value
    assert faults(write(document, "pdf", theme=theme).value, theme).found() == {}
    headings = tuple(replace(style, before=Pt(7)) for style in theme.headings)
    uneven = replace(theme, headings=headings)  # what follows a heading stands in a row still
    assert faults(write(document, "pdf", theme=uneven).value, uneven).found() == {}
    loose = write(document, "pdf", theme=replace(uneven, line_grid=False)).value
    assert "最后一段话。" in " ".join(faults(loose, theme).off_grid)


def test_lines_come_in_reading_order():
    data = convert("标题\n\n第一段话。\n第二段话。\n".encode(), "pdf").value
    assert [line.text for line in lines_of(data)][:3] == ["标题", "第一段话。", "第二段话。"]
