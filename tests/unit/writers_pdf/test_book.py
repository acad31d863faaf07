"""What a bound book has besides its texts: covers, half-title, imprint, index of titles."""

import io
import re
from dataclasses import replace

import pypdf
import pypdfium2
import pytest

from converter.errors import UsageError
from converter.model import Document, Heading, HeadingKind, Metadata, Paragraph, Section, text
from converter.pipeline import write
from converter.writers.pdf import CoverDesign


def one(title, label="", pages=1):
    heading = Heading(inlines=text(title), label=label, kind=HeadingKind.TEXT)
    return Section(heading=heading, blocks=(Paragraph(inlines=text("正文。" * 300 * pages)),))


BOOK = Document(
    metadata=Metadata(
        title="工作文集", authors=("张三",), publisher="某某市委办公室", edition="第一版", date="2012年7月"
    ),
    sections=(
        Section(
            heading=Heading(inlines=text("第一部分"), kind=HeadingKind.PART),
            sections=(one("组织工作", pages=2), one("《阿房宫》", "一、")),
        ),
        one("2012年大事记"),
        one("创建方案", pages=3),
        one("安全生产"),
    ),
)
EVERYTHING = {
    "cover": True, "half_title": True, "imprint": True, "contents": True, "index": "pinyin", "back_cover": True
}  # fmt: skip


def pdf(document=BOOK, theme="book", **options):
    return write(document, "pdf", theme=theme, options=options).value


def words(data):
    with pypdfium2.PdfDocument(data) as made:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in made]


def test_the_sides_stand_where_books_have_them():
    data = pdf(**EVERYTHING)
    labels, sides = pypdf.PdfReader(io.BytesIO(data)).page_labels, words(data)
    assert labels[:6] == ["封面", "扉页1", "扉页2", "扉页3", "i", "ii"]
    assert [at for at, side in enumerate(sides) if side.strip() == "工作文集"] == [2]  # on the right
    assert "编著" in sides[3].replace("\u3000", "")  # on its back
    assert labels.index("1") % 2 == 0
    assert labels[-1] == "封底"
    assert len(labels) % 2 == 0
    assert sides[-1].strip() == "某某市委办公室"


def test_the_imprint_says_what_is_known():
    lines = words(pdf(imprint=True))[1].replace("\u3000", "")
    assert re.sub(r"\s", "", lines) == "书名工作文集编著张三编印某某市委办公室版次第一版日期2012年7月"
    assert not words(pdf(Document(), imprint=True))[1].strip()


@pytest.mark.parametrize(
    ("order", "headline", "groups"),
    [
        (
            "pinyin",
            "篇名音序索引",
            ["#", "2012年大事记", "A", "《阿房宫》", "安全生产", "C", "创建方案", "Z", "组织工作"],
        ),
        (
            "strokes",
            "篇名笔画索引",
            ["#", "2012年大事记", "6画", "创建方案", "安全生产", "7画", "《阿房宫》", "8画", "组织工作"],
        ),
    ],
)
def test_the_index_has_every_text_and_the_page_where_it_begins(order, headline, groups):
    data = pdf(index=order, contents=True)
    made = pypdf.PdfReader(io.BytesIO(data))
    *lines, folio = words(data)[-1].strip().split("\n")
    assert lines[0] == headline
    shown = [line for line in lines[1:] if line in groups or any(line.startswith(name) for name in groups)]
    assert [next(name for name in groups if line.startswith(name)) for line in shown] == groups
    assert folio == made.page_labels[-1]
    links = made.pages[-1]["/Annots"]
    assert len(links) == 5
    for link in links:
        at = made.get_destination_page_number(made.named_destinations[link.get_object()["/Dest"]])
        (line,) = [line for line in lines if line.startswith(link.get_object()["/Contents"].removeprefix("一、"))]
        assert line.endswith(made.page_labels[at])
        assert link.get_object()["/Contents"].removeprefix("一、") in words(data)[at]


def test_a_long_index_goes_on_on_the_next_page_and_no_letter_stands_alone():
    many = replace(BOOK, sections=tuple(one(f"{name}{n}") for n in range(12) for name in "安北从大二发"))
    data = pdf(many, index="pinyin")
    sides = words(data)
    first = next(at for at, side in enumerate(sides) if side.startswith("篇名音序索引"))
    listed = [line for side in sides[first:] for line in side.strip().split("\n")[:-1]]
    assert len(sides) - first > 2
    assert sum(bool(re.match(r"[安北从大二发]\d", line)) for line in listed) == 72
    for side in sides[first:]:
        assert side.strip().split("\n")[-2] not in "ABCDEF"


def test_a_text_that_is_no_volume_has_no_index():
    single = Document(sections=(Section(heading=Heading(inlines=text("题"))),))
    assert words(pdf(single, index="pinyin")) == words(pdf(single))


@pytest.mark.parametrize("design", CoverDesign)
@pytest.mark.parametrize("title", ["工作文集", "2012年文集", "一" * 40])
@pytest.mark.parametrize("vertical", [False, True])
def test_every_cover_names_the_book_inside_the_paper(design, title, vertical):
    document = replace(BOOK, metadata=replace(BOOK.metadata, title=title, subtitle="上卷"))
    data = pdf(document, cover=True, cover_design=design, vertical=vertical)
    said = re.sub(r"\s", "", pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text())
    with pypdfium2.PdfDocument(data) as made:
        page = made[0].get_textpage()
        for name in (title, "上卷", "张三", "某某市委办公室", "第一版", "2012年7月"):
            assert name in said
        width, height = made[0].get_size()
        for at in range(page.count_chars()):
            left, bottom, right, top = page.get_charbox(at)
            assert left >= 0
            assert right <= width
            assert bottom >= 0
            assert top <= height


def test_covers_differ_and_unknown_ones_are_named():
    assert len({pdf(cover=True, cover_design=design) for design in CoverDesign}) == len(CoverDesign)
    with pytest.raises(UsageError, match="frame"):
        pdf(cover=True, cover_design="fram")


def test_texts_open_on_the_right_and_pages_between_are_empty():
    data = pdf(right_hand=True, contents=True)
    made, sides = pypdf.PdfReader(io.BytesIO(data)), words(data)
    titles = ("组织工作", "《阿房宫》", "2012年大事记", "创建方案", "安全生产")
    found = {d.title: made.get_destination_page_number(d) for d in _flat(made.outline)}
    for title in titles:
        (at,) = [at for name, at in found.items() if name.endswith(title)]
        assert int(made.page_labels[at]) % 2 == 1
        assert title in sides[at]
    first = made.page_labels.index("1")
    assert sum(not side.strip() for side in sides[first:]) == sum(
        not side.strip() and made.page_labels[at + 1] in {made.page_labels[n] for n in found.values()}
        for at, side in enumerate(sides[:-1])
        if at >= first
    )
    assert any(not side.strip() for side in sides[first:])
    assert len(words(pdf(contents=True))) < len(sides)


def _flat(outline):
    for item in outline:
        yield from _flat(item) if isinstance(item, list) else (item,)


def test_a_title_on_a_band_ends_its_lines_where_words_end():
    metadata = Metadata(title="基层党建工作文件选编")
    seen = pypdfium2.PdfDocument(pdf(Document(metadata=metadata), cover=True, cover_design="band"))[0].get_textpage()
    assert seen.get_text_range().split()[:2] == ["基层党建", "工作文件选编"]
