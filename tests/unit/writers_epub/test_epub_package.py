import io
import time
import zipfile
from dataclasses import replace

import pytest
from lxml import etree

from converter.errors import UsageError
from converter.model import (
    Document,
    Heading,
    HeadingKind,
    Metadata,
    Paragraph,
    Role,
    Section,
    Table,
    Text,
    heading_text,
    outline,
    text,
)
from converter.pipeline import read
from converter.source import Span
from converter.typeset.designs import CoverDesign, TitleOrder
from converter.typeset.themes import find_theme
from converter.writers.epub import EpubOptions, EpubWriter

XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"


def section(words, *blocks, kind=HeadingKind.PLAIN, label="", sections=(), run_in=False):
    heading = Heading(inlines=text(words), label=label, kind=kind, run_in=run_in)
    return Section(heading=heading, blocks=tuple(Paragraph(inlines=text(b)) for b in blocks), sections=tuple(sections))


def write(document, theme="article", **options):
    return EpubWriter().write(document, find_theme(theme), EpubOptions(**options))


class Book:
    def __init__(self, document, **options):
        self.result = write(document, **options)
        self.zip = zipfile.ZipFile(io.BytesIO(self.result.value))
        self.package = self.xml("content.opf")
        hrefs = {item.get("id"): item.get("href") for item in self.package.iter("{*}item")}
        self.spine = [hrefs[item.get("idref")] for item in self.package.iter("{*}itemref")]

    def xml(self, name):
        return etree.fromstring(self.zip.read(f"EPUB/{name}"))

    def pages(self):
        return [self.xml(name) for name in self.spine]

    def meta(self, name):
        return [element.text for element in self.package.iter(f"{{*}}{name}")]

    def contents(self):
        """(depth, label, href) of every line of the navigation."""
        nav = next(n for n in self.xml("nav.xhtml").iter(f"{XHTML}nav") if n.get(f"{OPS}type") == "toc")
        for link in nav.iter(f"{XHTML}a"):
            yield sum(a.tag == f"{XHTML}ol" for a in link.iterancestors()), link.text, link.get("href")


NOVEL = Document(
    metadata=Metadata(title="风雨 & <夜归>", authors=("张三", "李四"), date="2012年7月1日", keywords=("小说",)),
    sections=(
        section(
            "归来",
            kind=HeadingKind.PART,
            label="第一卷",
            sections=[
                section("夜", "他走了。", kind=HeadingKind.CHAPTER, label="第一章"),
                section(
                    "雨",
                    "下雨了。",
                    kind=HeadingKind.CHAPTER,
                    label="第二章",
                    sections=[
                        section("坚持学习制度。", "进一步完善。", kind=HeadingKind.DECIMAL, label="1、", run_in=True)
                    ],
                ),
            ],
        ),
        section("后记", "完。"),
    ),
)


def test_every_chapter_is_a_file_of_its_own_after_the_title_page():
    first_headings = [
        "".join(p.find(f".//{XHTML}h1").itertext()) for p in Book(NOVEL).pages() if p.find(f".//{XHTML}h1") is not None
    ]
    assert first_headings == ["风雨 & <夜归>", "第一卷　归来", "后记"]
    assert [p.findtext(f"{XHTML}head/{XHTML}title") for p in Book(NOVEL).pages()] == [
        "风雨 & <夜归>", "第一卷　归来", "第一章　夜", "第二章　雨", "后记",
    ]  # fmt: skip


def test_navigation_and_ncx_have_the_tree_of_the_model():
    book = Book(NOVEL)
    expected = [(1, "风雨 & <夜归>"), *((e.depth, heading_text(e.section.heading)) for e in outline(NOVEL))]
    assert [(depth, label) for depth, label, _ in book.contents()] == expected
    points = list(book.xml("toc.ncx").iter("{*}navPoint"))
    depths = [sum("navPoint" in a.tag for a in p.iterancestors()) + 1 for p in points]
    assert list(zip(depths, (p.findtext("{*}navLabel/{*}text") for p in points), strict=True)) == expected
    assert next(m.get("content") for m in book.xml("toc.ncx").iter("{*}meta") if m.get("name") == "dtb:depth") == "3"


def test_every_link_of_the_navigation_leads_somewhere():
    book = Book(NOVEL)
    for _, _, href in book.contents():
        name, _, anchor = href.partition("#")
        assert name in book.spine
        assert not anchor or book.xml(name).xpath(f"//*[@id='{anchor}']")
    assert any("#" in href for _, _, href in book.contents())


def test_a_run_in_heading_is_a_heading_on_the_line_of_its_paragraph():
    span = next(p for page in Book(NOVEL).pages() for p in page.iter(f"{XHTML}span") if p.get("role"))
    assert dict(span.attrib) == {"role": "heading", "aria-level": "3", "id": "s1-2-1", "class": "level-3"}
    assert "".join(span.itertext()) == "1、坚持学习制度。"
    assert span.tail == "进一步完善。"
    assert span.getparent().get("class") == "run-in"


def test_a_heading_that_is_run_in_opens_no_file():
    """A file is a page in readers, and a line of the text is none."""
    lines = tuple(
        section(f"{name}节：", "放假。", kind=HeadingKind.COUNT, label="一、", run_in=True) for name in "春秋"
    )
    book = Book(Document(metadata=Metadata(title="通知"), sections=lines))
    assert book.spine == ["text-0001.xhtml"]


@pytest.mark.parametrize(("theme", "first"), [("official", "某市文件"), ("article", "关于工作的通知")])
def test_the_red_head_stands_above_the_title_where_the_theme_has_it_there(theme, first):
    roles = ((Role.LETTERHEAD, "某市文件"), (Role.DOCUMENT_NUMBER, "某发〔2012〕1号"), (Role.SUBTITLE, "——试行"))
    front = tuple(Paragraph(inlines=text(words), role=role) for role, words in roles)
    document = Document(metadata=Metadata(title="关于工作的通知"), front=front)
    data = EpubWriter().write(document, find_theme(theme), EpubOptions()).value
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        page = etree.fromstring(archive.read("EPUB/text-0001.xhtml"))
    words = ["".join(e.itertext()) for e in page.iter(f"{XHTML}h1", f"{XHTML}p")]
    assert words[0] == first
    assert read(data, format="epub").value.front == front


def test_each_text_of_a_volume_is_a_file_and_the_contents_are_shown():
    texts = [section(f"文章{n}", "正文。", kind=HeadingKind.TEXT, sections=[section("甲", "乙")]) for n in (1, 2)]
    volume = Document(metadata=Metadata(title="汇编"), sections=tuple(texts))
    assert Book(volume).spine == ["text-0001.xhtml", "nav.xhtml", "text-0002.xhtml", "text-0003.xhtml"]
    assert "nav.xhtml" not in Book(volume, contents=False).spine
    assert Book(volume, cover=True).spine[:3] == ["cover.xhtml", "text-0001.xhtml", "nav.xhtml"]


def test_the_package_says_language_title_authors_and_date():
    book = Book(Document(metadata=NOVEL.metadata, language="zh-Hant-TW"))
    assert (book.meta("language"), book.meta("title")) == (["zh-Hant-TW"], ["风雨 & <夜归>"])
    assert (book.meta("creator"), book.meta("date"), book.meta("subject")) == (
        ["张三", "李四"],
        ["2012-07-01"],
        ["小说"],
    )
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    roots = [book.package, book.xml("toc.ncx"), book.xml("nav.xhtml"), *book.pages()]
    assert {root.get(lang) for root in roots} == {"zh-Hant-TW"}


@pytest.mark.parametrize("written", ["", "二〇一二年", "2012-13-01", "某日"])
def test_a_date_that_is_none_is_left_out(written):
    assert Book(Document(metadata=Metadata(title="题", date=written))).meta("date") == []


def test_no_claim_is_made_that_nobody_checked():
    metas = {(m.get("property"), m.text) for m in Book(NOVEL).package.iter("{*}meta")}
    assert ("schema:accessMode", "textual") in metas
    assert not any("conformsTo" in (name or "") for name, _ in metas)
    bare = {m.text for m in Book(Document(front=NOVEL.sections[1].blocks)).package.iter("{*}meta")}
    assert "structuralNavigation" not in bare


def test_the_same_words_have_the_same_identifier_wherever_they_stood():
    def spoken(start):
        run = Text(text="你好。", span=Span(start, start + 3))
        return Document(front=(Paragraph(inlines=(run,), span=run.span),))

    assert Book(spoken(0)).meta("identifier") == Book(spoken(7)).meta("identifier")
    assert Book(spoken(0)).meta("identifier") != Book(NOVEL).meta("identifier")


def test_the_same_bytes_in_every_time_zone(monkeypatch):
    written = []
    for zone in ("Asia/Shanghai", "America/New_York"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        written.append(write(NOVEL).value)
    monkeypatch.undo()
    time.tzset()
    assert written[0] == written[1]


def test_source_date_epoch_is_the_time_of_writing(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1342008000")
    book = Book(NOVEL)
    modified = [m.text for m in book.package.iter("{*}meta") if m.get("property") == "dcterms:modified"]
    assert modified == ["2012-07-11T12:00:00Z"]
    assert {info.date_time for info in book.zip.infolist()} == {(2012, 7, 11, 12, 0, 0)}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(UsageError, match="yesterday"):
        write(NOVEL)


def test_the_mimetype_comes_first_and_uncompressed():
    first = Book(NOVEL).zip.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")


@pytest.mark.parametrize(
    ("blocks", "pages"),
    [
        ([Paragraph(inlines=text("他抬头看了看窗外，雨还在下。" * 4))] * 16_000, 12),
        ([Paragraph(inlines=text("他抬头看了看窗外，雨还在下。" * 60_000))], 12),
        ([Paragraph(inlines=text("雨" * 900_000))], 12),
    ],
    ids=["paragraphs", "one line of sentences", "one line without a stop"],
)
def test_a_giant_is_divided_and_nothing_of_it_is_lost(blocks, pages):
    deep = Section(
        heading=Heading(inlines=text("甲")),
        sections=(Section(heading=Heading(inlines=text("乙")), blocks=tuple(blocks)),),
    )
    book = Book(Document(sections=(deep,)))
    sizes = [book.zip.getinfo(f"EPUB/{name}").file_size for name in book.spine]
    assert max(sizes) < 250_000
    assert pages <= len(sizes) <= 2 * pages
    said = "".join("".join(page.find(f"{XHTML}body").itertext()) for page in book.pages())
    assert said.replace("\n", "") == "甲乙" + "".join(block.inlines[0].text for block in blocks)


def test_what_xml_forbids_is_replaced_and_reported():
    document = Document(
        metadata=Metadata(title="题\x01", authors=("\ud800",)), sections=(section("头\x02", "文\ufffe"),)
    )
    book = Book(document)
    assert book.meta("title") == ["题\ufffd"]
    assert [d.code for d in book.result.diagnostics] == ["OUT102"]
    assert all(name in book.result.diagnostics[0].message.en for name in ("U+0001", "U+0002", "U+D800", "U+FFFE"))
    assert "文\ufffd" in "".join(book.pages()[-1].itertext())


def test_a_book_without_words_still_has_a_name():
    book = Book(Document(language="zh-Hant"))
    assert book.meta("title") == ["無題"]
    assert [d.code for d in book.result.diagnostics] == ["OUT103"]
    assert [label for _, label, _ in book.contents()] == ["無題"]


def test_a_section_without_a_name_goes_by_its_first_words():
    book = Book(Document(metadata=Metadata(title="题"), sections=(section("", "雨还在下。"), section(" "))))
    assert [label for _, label, _ in book.contents()] == ["题", "雨还在下。", "无题"]


def test_the_cover_shows_title_authors_and_date():
    cover = Book(NOVEL, cover=True).pages()[0]
    assert [p.text for p in cover.iter(f"{XHTML}p")] == ["风雨 & <夜归>", "张三", "李四", "2012年7月1日"]


def test_roles_are_classes_that_the_style_sheet_knows():
    blocks = tuple(Paragraph(inlines=text("某"), role=role) for role in Role)
    book = Book(Document(front=blocks))
    classes = {p.get("class") for p in book.pages()[0].iter(f"{XHTML}p")} - {None}
    assert classes == {role.value for role in Role} - {"body"}
    style = book.zip.read("EPUB/style.css").decode()
    assert all(f"p.{role.value} {{" in style for role, _ in find_theme("article").roles)


def test_names_that_sign_together_stand_close_together():
    style = Book(Document()).zip.read("EPUB/style.css").decode()
    assert "p.signature + p.signature { margin-top: 0; }" in style


def test_a_table_of_many_columns_is_set_smaller():
    for columns, classes in ((5, [None]), (6, ["wide"])):
        book = Book(Document(front=(Table(rows=((text("甲"),) * columns,) * 2),)))
        assert [table.get("class") for table in book.pages()[0].iter(f"{XHTML}table")] == classes


def test_figures_of_a_table_end_at_the_right():
    rows = tuple((text("甲"), text(figure), text("乙")) for figure in ("8.5", "12.5"))
    book = Book(Document(front=(Table(rows=rows),)))
    assert [cell.get("class") for cell in book.pages()[0].iter(f"{XHTML}td")] == [None, "figure", None] * 2
    assert "td.figure { text-align: right; }" in book.zip.read("EPUB/style.css").decode()


def test_the_imprint_is_a_page_after_the_cover_and_not_read_back():
    book = Book(NOVEL, cover=True, imprint=True)
    assert book.spine[:2] == ["cover.xhtml", "imprint.xhtml"]
    rows = [p.text.replace("\u3000", "") for p in book.pages()[1].iter(f"{XHTML}p")]
    assert rows == ["书名风雨 & <夜归>", "编著张三李四", "日期2012年7月1日"]
    assert read(book.result.value, format="epub").value == read(Book(NOVEL).result.value, format="epub").value


VOLUME = Document(
    metadata=Metadata(title="工作文集", subtitle="上卷", authors=("张三",), publisher="某某社"),
    sections=tuple(section(words, "正文。", kind=HeadingKind.TEXT) for words in ("组织工作", "安全生产", "创建方案")),
)
AROUND = {"cover": True, "half_title": True, "imprint": True, "index": TitleOrder.PINYIN, "back_cover": True}


@pytest.mark.parametrize("design", CoverDesign)
@pytest.mark.parametrize("vertical", [False, True])
def test_a_bound_book_has_its_parts_in_order_and_none_of_them_is_the_texts(design, vertical):
    book = Book(VOLUME, cover_design=design, vertical=vertical, **AROUND)
    names = [href.removesuffix(".xhtml") for href in book.spine]
    assert names[:3] == ["cover", "half-title", "imprint"]
    assert names[-2:] == ["index", "back-cover"]
    said = ["".join(page.itertext()) for page in book.pages()]
    for words in ("工作文集", "上卷", "张三", "某某社"):
        assert words in said[0]
    assert said[1].split()[1:] == ["工作文集", "上卷"]
    assert said[-1].split() == ["封底", "某某社"]
    (cover,) = book.pages()[0].iter(f"{XHTML}section")
    assert cover.get("class") == ("cover" if design is CoverDesign.PLAIN else f"cover {design}")
    assert (f".{design} {{" in book.zip.read("EPUB/style.css").decode()) == (design is not CoverDesign.PLAIN)
    assert read(book.result.value, format="epub").value == read(Book(VOLUME).result.value, format="epub").value


def test_the_index_leads_to_the_texts():
    page = Book(VOLUME, index=TitleOrder.PINYIN).xml("index.xhtml")
    assert [h.text for h in page.iter(f"{XHTML}h2")] == ["A", "C", "Z"]
    links = [(a.text, a.get("href")) for a in page.iter(f"{XHTML}a")]
    assert links == [("安全生产", "text-0003.xhtml"), ("创建方案", "text-0004.xhtml"), ("组织工作", "text-0002.xhtml")]
    assert "index.xhtml" not in Book(NOVEL, index=TitleOrder.PINYIN).spine


def test_the_picture_on_the_shelf_has_the_design_of_the_cover():
    pictures = {
        (design, vertical): Book(VOLUME, cover=True, cover_design=design, vertical=vertical).zip.read("EPUB/cover.png")
        for design in CoverDesign
        for vertical in (False, True)
    }
    assert len(set(pictures.values())) == 6  # spine at the left or the right: of the band and of the label
    long = replace(VOLUME, metadata=replace(VOLUME.metadata, title="2012年文集"))
    frame, label = (
        Book(long, cover=True, cover_design=design).zip.read("EPUB/cover.png")
        for design in (CoverDesign.FRAME, CoverDesign.LABEL)
    )
    assert frame == label
