"""What a bound book has around its text, in Word: the parts of the printed one, each a section, none read as text."""

from __future__ import annotations

import json
import subprocess

import pytest

from converter.agreement import said_in, verify
from converter.model import Document, Metadata
from converter.pipeline import read, write
from converter.typeset.designs import CoverDesign
from converter.typeset.themes import THEMES, find_theme
from converter.units import mm, twips

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AROUND = {"cover": True, "half_title": True, "imprint": True, "index": "pinyin", "back_cover": True}


@pytest.fixture
def book(volume) -> Document:
    known = {
        "subtitle": "上卷",
        "authors": ("张三", "李四"),
        "publisher": "某某局",
        "edition": "第一版",
        "date": "2012年",
    }
    return Document(metadata=Metadata(title="工作文集", **known), sections=volume.sections)


def sections(package):
    return package("document", "//w:sectPr")


def starts(package):
    return [s.find(W + "type").get(W + "val") for s in sections(package)]


def said(package):
    """The words of each section; of the text only the first ones."""
    found = [[]]
    for element in package("document", "//w:body//w:p"):
        found[-1].append("".join(element.itertext(W + "t")).replace("\u3000", ""))
        if element.find(f"{W}pPr/{W}sectPr") is not None:
            found.append([])
    return [[line for line in section if line] for section in found]


@pytest.mark.parametrize("design", CoverDesign)
def test_each_part_is_a_section_where_books_have_it(docx, book, design):
    package = docx(book, "book", cover_design=design, contents=True, **AROUND)
    assert starts(package) == ["oddPage", "oddPage", "oddPage", "oddPage", "oddPage", "evenPage"]
    cover, front, contents, _, index, back = said(package)
    assert cover[:2] == ["工作文集", "上卷"]
    assert cover[-3:] == ["某某局", "第一版", "2012年"]
    assert "".join(cover[2:-3]) == "张三李四"
    assert front == ["工作文集", "上卷", "书名工作文集——上卷", "编著张三李四", "编印某某局", "版次第一版", "日期2012年"]
    assert contents[0] == "目录"
    assert index == ["篇名音序索引", "G", "工作方案2", "Z", "在动员会上的讲话1"]
    assert back == ["某某局"]
    assert len(package("document", "//w:pageBreakBefore")) == 1  # of the imprint, on the back of the half-title


def test_what_goes_on_in_the_imprint_stands_below_what_began(docx, book):
    rows = docx(book, "book", imprint=True)("document", "//w:sdt[.//@w:val='Cover Pages']//w:p/w:pPr/w:ind")
    assert {(row.get(W + "leftChars"), row.get(W + "hangingChars")) for row in rows} == {("500", "500")}


def test_what_is_not_asked_for_is_not_there(docx, book):
    assert starts(docx(book, "book", cover=True, imprint=True)) == ["oddPage", "evenPage", "oddPage", "oddPage"]
    assert len(sections(docx(book, "book", contents=False, back_cover=True))) == 2
    single = Document(metadata=Metadata(title="题"))
    assert len(sections(docx(single, index="pinyin"))) == 1


def test_only_the_text_has_heads_and_the_index_goes_on_counting(docx, book):
    package = docx(book, "book", contents=True, **AROUND)
    *before, contents, text, index, back = sections(package)
    for section in before:
        assert not section.findall(W + "headerReference")
        assert not section.findall(W + "footerReference")
        assert section.find(W + "pgNumType") is None
    assert text.find(W + "pgNumType").get(W + "start") == "1"
    assert index.find(W + "pgNumType").get(W + "start") is None
    assert not index.findall(W + "footerReference")  # as the text has them
    relations = {
        r.get("Id"): r.get("Target") for r in package.roots["word/_rels/document.xml.rels"] if "er" in r.get("Type")
    }
    key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    for section, kind in ((index, "header"), (back, "header"), (back, "footer")):
        references = section.findall(f"{W}{kind}Reference")
        assert [r.get(W + "type") for r in references] == ["default", "even"]
        for reference in references:
            part = package.roots[f"word/{relations[reference.get(key)]}"]
            assert not "".join(part.itertext()).strip()
            assert not part.findall(f".//{W}fldChar")
    assert contents.find(W + "pgNumType").get(W + "fmt") == "upperRoman"


def test_designs_look_as_they_are_called(docx, book):
    frame = docx(book, "book", cover_design="frame", **AROUND)
    framed = [s.find(W + "pgBorders") is not None for s in sections(frame)]
    assert framed == [True, False, False, False, False, True]
    band = docx(book, "book", cover_design="band", **AROUND)
    _, left, right, _ = (int(p) / 12700 for p in band("document", "//*[local-name()='positionH']//text()"))
    width = find_theme("book").page.width
    assert left == 0
    assert right == pytest.approx(width * 0.82, abs=0.1)  # the back cover's spine is at the other side
    vertical = docx(book, "book", cover_design="band", vertical=True, **AROUND)
    begins = [int(p) / 12700 for p in vertical("document", "//*[local-name()='positionH']//text()")]
    assert begins[1] == pytest.approx(width * 0.82, abs=0.1)
    label = docx(book, "book", cover_design="label", **AROUND)
    (cell,) = label("document", "//w:tc")
    assert "".join(cell.itertext(W + "t")) == "工作文集"
    assert cell.find(f"{W}tcPr/{W}textDirection").get(W + "val") == "tbRl"
    (place,) = label("document", "//w:tblpPr")
    assert int(place.get(W + "tblpX")) > twips(mm(148) / 2)


def test_sides_that_are_set_across_are_so_in_vertical_books(docx, book):
    package = docx(book, "book", cover_design="frame", vertical=True, contents=True, **AROUND)
    down = [s.find(W + "textDirection") is not None for s in sections(package)]
    assert down == [False, False, True, True, True, False]


@pytest.mark.parametrize("design", CoverDesign)
def test_nothing_of_it_is_read_as_text_and_files_agree(book, design):
    options = {"cover_design": design, **AROUND}
    data = write(book, "docx", theme="book", options=options).value
    plainly = read(write(book, "docx", theme="book", options={"cover": True}).value, format="docx").value
    assert read(data, format="docx").value == plainly
    files = {to: write(book, to, theme="book", options=options).value for to in ("pdf", "epub")} | {"docx": data}
    assert not verify({to: said_in(made, f"x.{to}") for to, made in files.items()})


@pytest.mark.validator
@pytest.mark.parametrize("design", CoverDesign)
@pytest.mark.parametrize("theme", THEMES)
def test_the_open_xml_sdk_finds_no_error(docx, book, design, theme, tmp_path):
    for vertical in (False, True):
        path = tmp_path / f"{vertical}.docx"
        path.write_bytes(docx(book, theme, cover_design=design, vertical=vertical, **AROUND).data)
        found = subprocess.run(["ooxml-validator", path], check=False, capture_output=True, text=True).stdout
        assert json.loads(found)["errors"] == []


@pytest.mark.validator
@pytest.mark.parametrize("design", CoverDesign)
def test_libreoffice_has_the_sides_of_our_own_pdf(docx, book, design, tmp_path):
    """The same words at the foot of each; LibreOffice leaves empty sides out of a PDF."""
    path = tmp_path / "book.docx"
    path.write_bytes(docx(book, "book", cover_design=design, contents=True, **AROUND).data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    own = tmp_path / "own.pdf"
    own.write_bytes(
        write(book, "pdf", theme="book", options={"cover_design": design, "contents": True, **AROUND}).value
    )
    shown, wanted = (sides(file) for file in (tmp_path / "book.pdf", own))
    assert len(shown) == len(wanted)
    for side, other in zip(shown[1:], wanted[1:], strict=True):  # a label is read last
        assert side[-1].lower() == other[-1]


def sides(path):
    """What each side of a file says, without white space; those that say nothing left out."""
    said = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True, timeout=60).stdout
    return [words for page in said.split("\f") if (words := "".join(page.split()))]
