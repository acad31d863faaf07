from __future__ import annotations

import gc
import io
import re
import subprocess
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest

from converter.errors import ResourceError
from converter.model import (
    Document,
    Heading,
    HeadingKind,
    Mark,
    Metadata,
    Paragraph,
    Section,
    Text,
    heading_text,
    outline,
    text,
)
from converter.pipeline import write
from converter.typeset.theme import Face
from converter.typeset.themes import THEMES
from converter.writers.pdf import PdfOptions, PdfWriter

ARTICLE = THEMES["article"]


def paragraph(words):
    return Paragraph(inlines=text(words))


def section(words, *blocks, label="", kind=HeadingKind.COUNT, run_in=False, sections=()):
    heading = Heading(inlines=text(words), label=label, kind=kind, run_in=run_in)
    return Section(heading=heading, blocks=blocks, sections=sections)


VOLUME = Document(
    metadata=Metadata(title="工作文稿汇编", authors=("甲局", "乙局"), date="二〇二四年", subject="党建", keywords=("党建", "汇编")),
    sections=tuple(
        section(
            name,
            section("总体要求", paragraph("正文。" * 300), label="一、").blocks[0],
            kind=HeadingKind.TEXT,
            sections=(section("指导思想", paragraph("再写。" * 100), label="一、", sections=(
                section("坚持学习。", paragraph("进一步完善。"), label="1、", run_in=True, kind=HeadingKind.DECIMAL),
            )),),
        )
        for name in ("第一份文稿", "第二份文稿")
    ),
)  # fmt: skip


def pdf(document, theme=ARTICLE, **options):
    return PdfWriter().write(document, theme, PdfOptions(**options)).value


def reader(data):
    return pypdf.PdfReader(io.BytesIO(data))


def extracted(data):
    """The text as each of three programs copies it."""
    poppler = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    pdfium = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    return poppler, pdfium, "".join(page.extract_text() for page in reader(data).pages)


@pytest.mark.parametrize(
    "words",
    [
        "中国有Python语言，在2008年7月9日开业；见（Word）与“LaTeX”。",
        "盘古之白 Python 语言 3.11 版本，Hello world again.",
        "𠮷野家𠀀、𫝀",
        "真的——没有……吗？！“好。”（笑）",
    ],
)
def test_text_copies_exactly(words):
    for copied in extracted(pdf(Document(front=(paragraph(words),)), page_numbers=False)):
        assert copied.strip() == words


def test_justified_lines_copy_without_spaces():
    words = "这是一个没有标点的很长的段落用来检查两端对齐以后字与字之间的空隙" * 6 + "，" + "对齐Latin文字与2024年" * 20
    for copied in extracted(pdf(Document(front=(paragraph(words),)), page_numbers=False)):
        assert re.sub(r"[\r\n\f]", "", copied) == words


def test_what_no_font_has_is_named_and_still_copies():
    result = PdfWriter().write(Document(front=(paragraph("\U0002a6d6字"),)), ARTICLE, PdfOptions())
    (diagnostic,) = result.diagnostics
    assert diagnostic.code == "PDF101"
    assert "U+2A6D6" in diagnostic.message.en
    assert "U+2A6D6" in diagnostic.message.zh


@pytest.mark.validator
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_qpdf_finds_no_fault(theme, tmp_path):
    path = tmp_path / "volume.pdf"
    path.write_bytes(pdf(VOLUME, theme, cover=True, contents=True, contents_depth=3, running_head=True))
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert (done.returncode, "No syntax or stream encoding errors" in done.stdout) == (0, True)


def test_the_outline_is_the_tree_of_headings():
    def titles(items, depth=1):
        for item in items:
            if isinstance(item, list):
                yield from titles(item, depth + 1)
            else:
                yield depth, item.title

    expected = [(e.depth, heading_text(e.section.heading)) for e in outline(VOLUME)]
    assert list(titles(reader(pdf(VOLUME)).outline)) == expected


def test_anchors_are_named_destinations():
    assert list(reader(pdf(VOLUME)).named_destinations) == [e.anchor for e in outline(VOLUME)]


def test_page_labels_begin_with_the_body():
    labels = reader(pdf(VOLUME, cover=True, contents=True)).page_labels
    assert labels[:4] == ["封面", "i", "1", "2"]


def test_the_body_of_a_bound_volume_begins_on_a_right_hand_page():
    labels = reader(pdf(VOLUME, THEMES["book"], cover=True, contents=True)).page_labels
    assert labels.index("1") % 2 == 0


def test_contents_name_the_page_that_the_heading_is_on():
    made = reader(pdf(VOLUME, contents=True))
    lines = made.pages[0].extract_text().split("\n")
    for entry in outline(VOLUME):
        if entry.depth > 2:
            continue
        title = heading_text(entry.section.heading)
        destination = made.named_destinations[entry.anchor]
        label = made.page_labels[made.get_destination_page_number(destination)]
        assert any(title in line and line.split()[-1].endswith(label) for line in lines)
    links = made.pages[0]["/Annots"]
    assert len(links) == sum(e.depth <= 2 for e in outline(VOLUME))


def test_metadata_and_language():
    made = reader(pdf(VOLUME))
    assert (made.metadata.title, made.metadata.author) == ("工作文稿汇编", "甲局; 乙局")
    assert made.xmp_metadata.dc_title == {"x-default": "工作文稿汇编"}
    assert made.xmp_metadata.dc_creator == ["甲局", "乙局"]
    assert made.root_object["/Lang"] == "zh-Hans"
    assert made.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    assert made.pdf_header == "%PDF-1.7"


def test_every_font_is_embedded_and_maps_to_unicode():
    made = reader(pdf(VOLUME, THEMES["official"], cover=True, contents=True))
    fonts = {k: v.get_object() for page in made.pages for k, v in page["/Resources"]["/Font"].items()}
    assert fonts
    for font in fonts.values():
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/FontFile2" in descriptor
        cmap = font["/ToUnicode"].get_data().decode()
        assert all(int(n) <= 100 for n in re.findall(r"(\d+) beginbfchar", cmap))
        assert not re.search(r"<0000>|> <(FEFF|FFFE|2F[0-9A-D].)>", cmap.split("endcodespacerange")[1])


def test_same_input_same_bytes(monkeypatch):
    assert pdf(VOLUME, cover=True) == pdf(VOLUME, cover=True)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert reader(pdf(VOLUME)).metadata.creation_date.year == 2023


def test_the_official_folio_stands_between_dashes_outside():
    pages = reader(pdf(VOLUME, THEMES["official"])).pages
    assert [page.extract_text().split("\n")[-1] for page in pages][:2] == ["— 1 —", "— 2 —"]


def test_running_heads_name_text_and_section():
    def heads(document):
        return [page.extract_text().split("\n")[-2] for page in reader(pdf(document, THEMES["book"])).pages]

    assert heads(VOLUME)[2] == "一、指导思想"
    assert "第二份文稿" not in heads(VOLUME)[3]  # a page on which a text opens has none
    long = section("指导思想", paragraph("再写。" * 900), label="一、")
    assert heads(Document(metadata=Metadata(title="文稿"), sections=(long,)))[1:3] == ["文稿", "一、指导思想"]


def test_emphasis_has_dots_and_strong_a_bolder_face():
    def words(mark):
        return pdf(
            Document(front=(Paragraph(inlines=(Text(text="要点", marks=frozenset({mark})), Text(text="其他"))),))
        )

    emphasised = reader(words(Mark.EMPHASIS)).pages[0].get_contents().get_data()
    assert emphasised.count(b" l S Q") == 2
    fonts = reader(words(Mark.STRONG)).pages[0]["/Resources"]["/Font"]
    assert any("Bold" in font.get_object()["/BaseFont"] for font in fonts.values())


CFF_FONT = Path("/usr/share/fonts/opentype/urw-base35/NimbusRoman-Regular.otf")


@pytest.mark.skipif(not CFF_FONT.exists(), reason="needs a font with CFF outlines (Debian: fonts-urw-base35)")
def test_a_font_of_the_users_with_cff_outlines():
    words = "CFF “quoted” 中文, \u00b5\u03bc"  # one glyph for both of the last
    data = (
        PdfWriter({Face.SONG: str(CFF_FONT)})
        .write(Document(front=(paragraph(words),)), ARTICLE, PdfOptions(page_numbers=False))
        .value
    )
    assert [copied.strip() for copied in extracted(data)[:2]] == [words, words]
    assert b"CIDFontType0" in data


def test_the_collector_runs_again_whatever_happened():
    assert gc.isenabled()
    pdf(VOLUME)
    assert gc.isenabled()


def test_a_file_that_is_no_font_is_refused():
    assert gc.isenabled()
    with pytest.raises(ResourceError, match="no TrueType or OpenType font"):
        PdfWriter({Face.SONG: __file__}).write(Document(front=(paragraph("字"),)), ARTICLE, PdfOptions())
    assert gc.isenabled()


def test_names_have_a_line_and_titles_a_wave_below_them():
    """clreq, interlinear punctuation: each name a line of its own, none inside a name, dots below the line."""
    name, title, dots = (frozenset(kinds) for kinds in ({Mark.NAME}, {Mark.TITLE}, {Mark.NAME, Mark.EMPHASIS}))
    inlines = (
        Text(text="项羽", marks=name), Text(text="刘邦", marks=dots), Text(text="见于"), Text(text="史记", marks=title),
    )  # fmt: skip
    data = write(Document(front=(Paragraph(inlines=inlines),)), "pdf", options={"page_numbers": False}).value
    with pikepdf.open(io.BytesIO(data)) as pdf:
        drawn = pdf.pages[0].Contents.read_bytes().decode("latin-1")
    lines = [tuple(map(float, m)) for m in re.findall(r"q 0\.60 w ([\d.]+) ([\d.]+) m ([\d.]+) \2 l S", drawn)]
    waves = re.findall(r"q 0\.60 w [\d.]+ [\d.]+ m [\d. c]+ c S", drawn)
    points = [tuple(map(float, m)) for m in re.findall(r"w ([\d.]+) ([\d.]+) m \1 \2 l S", drawn)]
    (first, second), em = lines, 12
    assert second[0] - first[2] == pytest.approx(0.12 * em, abs=0.02)
    assert first[2] - first[0] == pytest.approx(2 * em - 0.12 * em, abs=0.02)
    assert len(waves) == 1
    assert len(points) == 2
    assert all(y < second[1] for _, y in points)
