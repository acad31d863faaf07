"""The guide and the contact sheet, read back with PDFium and Pillow."""

import io
import re
import sys

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from converter.booklet.guide import guide
from converter.booklet.impose_options import Binding, Flip, ImposeOptions, Mode
from converter.booklet.layout import plan
from converter.booklet.proof import contact_sheet
from converter.errors import InputError, ResourceError
from converter.units import mm

A5 = (mm(148), mm(210))


def words(data):
    with pypdfium2.PdfDocument(data) as pdf:
        assert len(pdf) == 1
        return pdf[0].get_textpage().get_text_range()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (ImposeOptions(), ("A4 纸 4 张", "书页 14 页，空白 2 页", "沿短边翻转", "short edge", "订两枚书钉", "staple")),
        (ImposeOptions(mode=Mode.PERFECT, signature=2), ("2 帖", "上胶", "glue")),
        (ImposeOptions(signature=1), ("4 帖", "锁线", "sew")),
        (ImposeOptions(up=4, flip=Flip.LONG), ("上半部分向后折", "upper half", "沿长边翻转")),
        (ImposeOptions(mode=Mode.LEAVES), ("散页", "punch")),
        (ImposeOptions(binding=Binding.RIGHT, marks="all"), ("右侧装订", "bound at the right", "裁切三边")),
    ],
    ids=str,
)
def test_the_guide_says_what_to_do(options, said):
    text = words(guide(plan([A5] * 14, options), "文集"))
    for phrase in said:
        assert phrase in text.replace("\r\n", "")


def test_the_guide_for_two_files_says_how_to_feed():
    text = words(guide(plan([A5] * 14, ImposeOptions()), "文集", split=True, reverse_backs=True))
    assert "先打印全部正面" in text
    assert "已倒序" in text


def test_the_drawing_shows_the_pages_of_every_sheet():
    text = words(guide(plan([A5] * 16, ImposeOptions()), "文集"))
    drawn = [int(line) for line in text.split() if re.fullmatch(r"\d+", line)]
    for number in range(1, 17):
        assert number in drawn
    assert "1 正 front" in text
    assert "4 反 back" in text


@pytest.mark.parametrize("count", [4, 60, 1000])
@pytest.mark.parametrize("up", [2, 4])
def test_everything_stays_on_the_page(count, up):
    with pypdfium2.PdfDocument(guide(plan([A5] * count, ImposeOptions(up=up)), "文集" * 30)) as pdf:
        left, top, right, bottom = pdf[0].render().to_pil().convert("L").point(lambda v: 255 * (v < 128)).getbbox()
    assert left > 40
    assert right < 560
    assert top > 35
    assert bottom < 815


def test_the_guide_is_a_sound_file_and_always_the_same():
    layout = plan([A5] * 14, ImposeOptions())
    made = guide(layout, "文集")
    assert made == guide(layout, "文集")
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert "文集" in str(pdf.docinfo.Title)


def blank(*sizes):
    pdf = pikepdf.new()
    for size in sizes:
        pdf.add_blank_page(page_size=size)
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def test_a_contact_sheet_shows_every_page():
    picture = Image.open(io.BytesIO(contact_sheet(blank(*[(420, 595)] * 7, (595, 420)))))
    white = picture.convert("L").point(lambda value: 255 * (value > 250)).getcolors()
    area = {value: count for count, value in white}[255]
    upright, wide = 180 * 255, 180 * 127
    assert area == pytest.approx(7 * upright + wide, rel=0.01)


def test_many_pages_are_drawn_smaller():
    sizes = {count: Image.open(io.BytesIO(contact_sheet(blank(*[(420, 595)] * count)))).size for count in (1, 60, 1200)}
    assert sizes[1][0] < 300
    assert all(width <= 2400 for width, _ in sizes.values())
    assert sizes[1200][0] * sizes[1200][1] < 60_000_000


def test_the_numbers_that_are_printed_are_named_beside_the_places():
    """A page with another number than its place has a longer line below it."""
    with pikepdf.open(io.BytesIO(blank((420, 595), (420, 595)))) as pdf:
        cover, second = pikepdf.Dictionary(P=pikepdf.String("封面")), pikepdf.Dictionary(S=pikepdf.Name.D, St=2)
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, cover, 1, second]))
        file = io.BytesIO()
        pdf.save(file)
    picture = Image.open(io.BytesIO(contact_sheet(file.getvalue()))).convert("L")
    below = [picture.crop((x, picture.height - 28, x + 180, picture.height - 12)) for x in (12, 204)]
    widths = [box[2] - box[0] for side in below for box in [side.point(lambda v: 255 * (v < 150)).getbbox()]]
    assert widths[0] > 3 * widths[1]


def test_a_contact_sheet_of_no_pdf_is_refused():
    with pytest.raises(InputError):
        contact_sheet(b"no pdf")


def test_without_pdfium_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(ResourceError, match="pip install"):
        contact_sheet(blank((420, 595)))
