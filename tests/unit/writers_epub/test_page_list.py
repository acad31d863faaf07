"""The pages of the printed book in the EPUB beside it: each mark stands where that page of the PDF begins."""

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import fields, replace
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from contract.documents import RICH
from lxml import etree
from unit.writers_epub.test_epubcheck import complaints

from converter.booklet.assemble import compile_booklet
from converter.model import Document, Heading, HeadingKind, Metadata, Paragraph, Section, text
from converter.options import option_fields
from converter.pipeline import read, write
from converter.typeset.printed import PrintedPage, PrintOptions, bare
from converter.writers.epub.breaks import marked
from converter.writers.pdf import PdfOptions

XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}type"
SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))


def volume():
    return compile_booklet([read(path).value for path in SEEDS], title="工作文集").value


class Book:
    def __init__(self, document, theme="book", **options):
        self.data = write(document, "epub", theme=theme, options={"page_list": True, **options}).value
        self.zip = zipfile.ZipFile(io.BytesIO(self.data))
        self.package = self.xml("content.opf")

    def xml(self, name):
        return etree.fromstring(self.zip.read(f"EPUB/{name}"))

    def listed(self):
        (nav,) = (n for n in self.xml("nav.xhtml").iter(f"{XHTML}nav") if n.get(OPS) == "page-list")
        return [(a.text, a.get("href")) for a in nav.iter(f"{XHTML}a")]

    def after(self, href):
        """The words behind a mark, up to the end of its file, without marks of notes and readings."""
        name, _, place = href.partition("#")
        root = self.xml(name)
        for silent in (*root.iter(f"{XHTML}sup"), *root.iter(f"{XHTML}rt")):
            silent.text = ""
            for inner in silent:
                inner.text = ""
        (mark,) = (e for e in root.iter(f"{XHTML}span") if e.get("id") == place)
        assert (mark.get(OPS), mark.get("role"), f"p{mark.get('aria-label')}") == ("pagebreak", "doc-pagebreak", place)
        words, seen = "", False
        for event, element in etree.iterwalk(root.find(f"{XHTML}body"), events=("start", "end")):
            if event == "start":
                words += element.text or "" if seen else ""
                seen = seen or element is mark
            elif seen:
                words += element.tail or ""
        return bare(words)


def pages_of(document, theme="book", **options):
    """Of each numbered page of the PDF: its label, and its lines without head and foot."""
    data = write(document, "pdf", theme=theme, options=options).value
    labels = pypdf.PdfReader(io.BytesIO(data)).page_labels
    with pypdfium2.PdfDocument(data) as pdf:
        for label, page in zip(labels, pdf, strict=True):
            if label.isdigit():
                yield label, [bare(line) for line in page.get_textpage().get_text_range().splitlines() if bare(line)]


@pytest.mark.parametrize("theme", ["article", "book", "official"])
@pytest.mark.parametrize("cover", [True, False])
def test_each_mark_stands_where_the_page_of_the_pdf_begins(theme, cover):
    document = volume()
    book, printed = Book(document, theme, cover=cover), list(pages_of(document, theme, cover=cover, running_head=False))
    assert [label for label, _ in book.listed()] == [label for label, _ in printed]
    for (label, href), (_, lines) in zip(book.listed(), printed, strict=True):
        assert book.after(href).startswith(lines[0][:14]), label


@pytest.mark.parametrize("vertical", [False, True])
@pytest.mark.parametrize("options", [{}, {"hanging": True, "line_breaking": "strict"}, {"right_hand": True}])
def test_options_of_print_move_the_marks(vertical, options):
    document = volume()
    options = {"vertical": vertical, "cover": True, **options}
    book, printed = Book(document, **options), list(pages_of(document, running_head=False, **options))
    wanted = [label for label, lines in printed if any(not line.isdigit() for line in lines)]
    assert [label for label, _ in book.listed()] == wanted


def test_notes_lists_tables_and_poems_are_counted_as_they_are_printed():
    """Thirty times everything that a text can have: each page begins near the mark, most of them exactly."""
    one = Section(heading=Heading(inlines=text("诸体")), blocks=RICH.front, sections=RICH.sections)
    document = Document(metadata=Metadata(title="题"), sections=tuple([one] * 30), notes=RICH.notes)
    book, printed = Book(document, "article"), dict(pages_of(document, "article", running_head=False))
    found = book.listed()
    assert [label for label, _ in found] == list(printed)
    exact = sum(book.after(href)[:2] in "".join(printed[label])[:40] for label, href in found)
    assert exact >= 0.9 * len(found)


def test_marks_change_nothing_else():
    document = volume()
    marked_book = Book(document, cover=True)
    plain = write(document, "epub", theme="book", options={"cover": True}).value
    assert read(marked_book.data, format="epub").value == read(plain, format="epub").value
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        assert b"pagebreak" not in b"".join(archive.read(name) for name in archive.namelist() if "xhtml" in name)
        package = archive.read("EPUB/content.opf").decode()
    assert not re.search("pageBreak|pageNavigation|page-source", package)


def test_who_counts_is_named_and_said_once_for_all():
    book = Book(replace(volume(), metadata=Metadata(title="工作文集", source="某网")), cover=True)
    sources = {e.get("id"): e.text for e in book.package.iter("{*}source")}
    assert sources == {None: "某网", "page-source": "《工作文集》印本（PDF，148 × 210毫米）"}
    meta = {(m.get("property"), m.text) for m in book.package.iter("{*}meta")}
    assert ("pageBreakSource", sources["page-source"]) in meta
    assert ("source-of", "pagination") in meta
    for feature in ("pageBreakMarkers", "pageNavigation"):
        assert ("schema:accessibilityFeature", feature) in meta
    targets = [(t.get("value"), t.find("{*}content").get("src")) for t in book.xml("toc.ncx").iter("{*}pageTarget")]
    assert targets == book.listed()
    counted = {m.get("name"): m.get("content") for m in book.xml("toc.ncx").iter("{*}meta")}
    assert counted["dtb:totalPageCount"] == counted["dtb:maxPageNumber"] == str(len(targets))
    assert read(book.data, format="epub").value.metadata.source == "某网"


def test_a_page_begins_in_the_right_one_of_equal_lines():
    pieces = [f"<p>{'甲' * 10}</p>\n" for _ in range(40)]
    made, found = marked(pieces, [PrintedPage(str(n), "甲" * 10, 100) for n in range(1, 5)])
    assert [piece for _, piece in found] == [0, 10, 20, 30]
    assert made[10].startswith('<p><span role="doc-pagebreak"')


def test_entities_and_silent_elements_are_not_words():
    pieces = ["<p>甲&amp;乙<sup><a>1</a></sup>丙 <ruby>丁<rt>ding</rt></ruby>戊</p>"]
    (made,), _ = marked(pieces, [PrintedPage("1", "甲&乙丙丁", 4), PrintedPage("2", "丁戊", 2)])
    assert made.index('id="p1"') < made.index("甲")
    assert made.index("<ruby>") < made.index('id="p2"') < made.index("丁")


def test_the_options_of_print_are_those_of_pdfs():
    pdf = {field.name: (field.kind, field.default) for field in option_fields(PdfOptions)}
    for field in option_fields(PrintOptions):
        assert pdf[field.name] == (field.kind, field.default)
    assert len(fields(PrintOptions)) == 5


def test_a_booklet_in_both_formats_has_it_unless_declined(tmp_path):
    def run(*arguments):
        command = [sys.executable, "-m", "converter", "booklet", str(SEEDS[0]), "--force", "--no-cache", *arguments]
        subprocess.run(command, check=True, cwd=tmp_path, capture_output=True, timeout=120)
        with zipfile.ZipFile(tmp_path / "a.epub") as archive:
            return b"page-list" in archive.read("EPUB/nav.xhtml")

    assert run("-o", "a.pdf", "-o", "a.epub")
    assert not run("-o", "a.pdf", "-o", "a.epub", "--option", "page_list=no")
    assert not run("-o", "a.epub")
    assert run("-o", "a.epub", "--option", "page_list=yes")


@pytest.mark.validator
def test_epubcheck_has_nothing_to_say(tmp_path):
    chapter = Section(
        heading=Heading(inlines=text("第一章"), kind=HeadingKind.CHAPTER), blocks=(Paragraph(inlines=()),)
    )
    books = {
        "volume": Book(volume(), cover=True),
        "vertical": Book(volume(), vertical=True, contents=True),
        "rich": Book(replace(RICH, sections=RICH.sections * 20), "article", cover=True),
        "bare": Book(Document(sections=(chapter,))),
        "one": Book(Document(front=(Paragraph(inlines=text("字")),))),
    }
    for name, book in books.items():
        (tmp_path / f"{name}.epub").write_bytes(book.data)
    assert complaints([tmp_path / f"{name}.epub" for name in books]) == {f"{name}.epub": [] for name in books}
