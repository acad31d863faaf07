"""A picture of the book's own on its cover: whole page, no distortion, the same title in every format."""

import io
import json
import subprocess
import zipfile
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from lxml import etree
from PIL import Image, ImageCms
from quality.pdf_conformance import complaints as said_by_verapdf
from unit.writers_epub.test_epubcheck import complaints as said_by_epubcheck

from converter.agreement import said_in, verify
from converter.booklet.impose import impose
from converter.booklet.impose_options import ImposeOptions
from converter.errors import InputError
from converter.model import Document, Figure, Heading, HeadingKind, Metadata, Paragraph, Section, text
from converter.native import from_json, to_json
from converter.pipeline import read, write
from converter.typeset.cover import BLEED, cover_figure, cover_picture, fit
from converter.units import mm

RED, BLUE = (200, 30, 30), (30, 30, 200)


def halves(size=(1748, 2480)):
    """Red above, blue below."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (0, size[1] // 2, *size))
    return image


def saved(image, kind="PNG", **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def wide_gamut():
    """A picture whose red is another one than the screen's: its profile is Lab's, the colour far from it in numbers."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    return saved(halves().convert("LAB"), "TIFF", icc_profile=profile.tobytes())


def turned():
    image = halves().rotate(90, expand=True)
    exif = image.getexif()
    exif[0x0112] = 6
    return saved(image, "JPEG", exif=exif)


KINDS = {
    "jpeg": saved(halves(), "JPEG"),
    "png": saved(halves()),
    "four inks": saved(halves().convert("CMYK"), "JPEG"),
    "transparent": saved(halves().convert("RGBA")),
    "palette": saved(halves().convert("P"), "GIF"),
    "turned": turned(),
    "tiff": saved(halves(), "TIFF"),
    "webp": saved(halves(), "WEBP"),
}


def book(data=KINDS["jpeg"], alt="", title="工作文集"):
    one = Section(
        heading=Heading(inlines=text("第一份文稿"), kind=HeadingKind.TEXT),
        blocks=(Paragraph(inlines=text("全局上下要统一思想。")),),
    )
    other = replace(one, heading=replace(one.heading, inlines=text("第二份文稿")))
    picture = cover_figure(data, "封面", alt)
    return Document(metadata=Metadata(title=title), sections=(one, other), cover=picture)


def made(document, to, theme="book", **options):
    return write(document, to, theme=theme, options={"cover": True, **options})


def first_page(data):
    with pypdfium2.PdfDocument(data) as pdf:
        return pdf[0].render(scale=1).to_pil().convert("RGB")


def is_near(colour, wanted):
    return all(abs(a - b) < 40 for a, b in zip(colour, wanted, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_is_filled_to_its_edges_upright_and_in_colour(kind):
    page = first_page(made(book(KINDS[kind]), "pdf").value)
    right, bottom = page.width - 1, page.height - 1
    for x in (0, right // 2, right):
        assert is_near(page.getpixel((x, 0)), RED)
        assert is_near(page.getpixel((x, bottom // 2 - 6)), RED)
        assert is_near(page.getpixel((x, bottom // 2 + 6)), BLUE)
        assert is_near(page.getpixel((x, bottom)), BLUE)


def test_a_circle_stays_a_circle():
    image = Image.new("L", (1000, 1000), 255)
    image.paste(0, (400, 400, 600, 600))
    page = first_page(made(book(saved(image)), "pdf").value).convert("L").point(lambda value: 255 * (value < 128))
    left, top, right, bottom = page.getbbox()
    assert right - left == pytest.approx(bottom - top, abs=2)
    assert (left + right) / 2 == pytest.approx(page.width / 2, abs=1)


def test_colours_are_the_screens_and_greys_stay():
    profile = wide_gamut()
    assert is_near(Image.open(io.BytesIO(cover_picture(profile).data)).convert("RGB").getpixel((5, 5)), RED)
    for data in KINDS.values():
        assert Image.open(io.BytesIO(cover_picture(data).data)).mode == "RGB"
    assert Image.open(io.BytesIO(cover_picture(saved(halves().convert("L"))).data)).mode == "L"
    assert cover_picture(KINDS["jpeg"]).data == KINDS["jpeg"]
    deep = Image.new("I;16", (60, 90), 40_000)
    assert Image.open(io.BytesIO(cover_picture(saved(deep)).data)).getpixel((5, 5)) == pytest.approx(156, abs=1)


def test_the_paper_reaches_three_millimetres_further_for_the_knife():
    data = made(book(), "pdf").value
    with pikepdf.open(io.BytesIO(data)) as pdf:
        cover, other = pdf.pages[0], pdf.pages[1]
        assert [float(v) for v in cover.MediaBox[:2]] == pytest.approx([-BLEED, -BLEED], abs=0.01)
        assert list(cover.trimbox) == list(cover.cropbox) == list(other.cropbox)
        assert "/BleedBox" not in other
    sheets = impose(data, ImposeOptions(sheet="A3", scale=100, bleed=3)).value
    (_, right) = sheets.layout.side(sheets.layout.sheets[0], back=False)
    page = first_page(sheets.data)
    edge = right.trim.x + right.trim.width + mm(2)
    assert is_near(page.getpixel((round(edge), page.height // 2 - 20)), RED)
    assert is_near(page.getpixel((round(edge + mm(3)), page.height // 2 - 20)), (255, 255, 255))


def test_the_title_is_there_unseen_and_all_formats_agree():
    files = {to: made(book(), to).value for to in ("pdf", "docx", "epub")}
    with pypdfium2.PdfDocument(files["pdf"]) as pdf:
        assert pdf[0].get_textpage().get_text_range().strip() == "工作文集"
    assert not verify({to: said_in(data, f"x.{to}") for to, data in files.items()})
    plain = Document(metadata=Metadata(title="工作文集"), sections=book().sections)
    assert said_in(files["docx"], "x.docx") == said_in(made(plain, "docx").value, "x.docx")


def test_what_it_shows_is_said():
    for alt, wanted in (("红旗", "红旗"), ("", "封面：工作文集")):
        document = book(alt=alt)
        with zipfile.ZipFile(io.BytesIO(made(document, "epub").value)) as archive:
            assert f'<img src="cover.jpg" alt="{wanted}"/>' in archive.read("EPUB/cover.xhtml").decode()
            package = archive.read("EPUB/content.opf").decode()
        assert 'href="cover.jpg"' in package
        assert 'properties="cover-image"' in package
        assert ">alternativeText<" in package
        with zipfile.ZipFile(io.BytesIO(made(document, "docx").value)) as archive:
            tree = etree.fromstring(archive.read("word/document.xml"))
        assert tree.xpath("//*[local-name()='docPr']/@descr") == [wanted]
        with pikepdf.open(io.BytesIO(made(document, "pdf").value)) as pdf:
            assert wanted in {str(o.Alt) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o}


def test_word_has_it_over_the_whole_page_and_cuts_what_is_over():
    with zipfile.ZipFile(io.BytesIO(made(book(saved(halves((2000, 2000)))), "docx").value)) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    (anchor,) = tree.xpath("//*[local-name()='anchor']")
    (extent,) = anchor.xpath("*[local-name()='extent']")
    width, height = (int(extent.get(name)) / 12700 for name in ("cx", "cy"))
    assert (width, height) == (pytest.approx(mm(148), abs=0.1), pytest.approx(mm(210), abs=0.1))
    (cut,) = anchor.xpath(".//*[local-name()='srcRect']")
    left, top, right, bottom = (int(cut.get(side)) / 100_000 for side in "ltrb")
    assert (left, top) == (right, bottom)
    assert (1 - left - right) / (1 - top - bottom) == pytest.approx(width / height, rel=0.001)


def test_fitting_fills_without_distortion():
    shown = cover_picture(saved(halves((300, 300))))
    filled = fit(shown, 100, 200)
    assert (filled.width, filled.height, filled.cut_across, filled.cut_down) == (200, 200, 0.5, 0)


@pytest.mark.parametrize("to", ["pdf", "docx"])
def test_a_picture_of_another_shape_or_too_few_dots_is_remarked(to):
    assert [d.code for d in made(book(saved(halves((900, 900)))), to).diagnostics] == ["OUT106", "OUT107"]
    assert made(book(), to).diagnostics == ()
    assert made(book(saved(halves((90, 90)))), to, cover=False).diagnostics == ()


@pytest.mark.parametrize("data", [b"", b"no picture", KINDS["png"][:100]])
def test_what_is_no_picture_gets_one_sentence(data):
    with pytest.raises(InputError, match="no picture"):
        cover_figure(data, "封面.jpg")
    broken = replace(book(), cover=Figure(data=data, media_type="image/png"))
    for to in ("pdf", "docx", "epub"):
        assert [d.code for d in made(broken, to).diagnostics] == ["OUT105"]


def test_the_picture_travels_as_json():
    assert from_json(to_json(book())) == book()
    assert json.loads(to_json(book()))["cover"]["type"] == "Figure"
    assert read(to_json(book()).encode(), format="json").value.cover == book().cover


@pytest.mark.validator
def test_validators_have_nothing_to_say(tmp_path):
    pdfs, epubs = [], []
    for kind, data in KINDS.items():
        pdfs.append(tmp_path / f"{kind.replace(' ', '-')}.pdf")
        pdfs[-1].write_bytes(made(book(data), "pdf", vertical=kind == "png").value)
        epubs.append(pdfs[-1].with_suffix(".epub"))
        epubs[-1].write_bytes(made(book(data), "epub", vertical=kind == "png").value)
    assert said_by_verapdf(pdfs) == {path.name: [] for path in pdfs}
    assert said_by_epubcheck(epubs) == {path.name: [] for path in epubs}
    for kind in ("jpeg", "png"):
        word = tmp_path / f"{kind}.docx"
        word.write_bytes(made(book(KINDS[kind]), "docx", imprint=True, vertical=kind == "png").value)
        said = subprocess.run(["ooxml-validator", word], check=False, capture_output=True, text=True).stdout
        assert json.loads(said)["errors"] == []
