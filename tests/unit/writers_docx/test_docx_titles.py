"""Titles on several lines end them where our own pages do, and are read back as they were."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace

import docx as python_docx
import pytest
from quality.docx_pages import fonts

from converter.agreement import said_in, verify
from converter.model import Document, Heading, HeadingKind, Metadata, Paragraph, Section
from converter.model import text as text_of
from converter.pipeline import read, write
from converter.typeset.designs import CoverDesign
from converter.typeset.pages import Typesetter
from converter.typeset.themes import THEMES, find_theme

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOTICE = "关于印发《市直机关党支部标准化规范化建设实施方案》的通知"
SLOGAN = "坚定不移推进全面从严治党　为高质量发展提供坚强保证"
LATIN = "OECD 与 WTO 关于 Trade Facilitation 的 Joint Communiqué 以及 Working Party 工作安排"


def titled(title):
    return Document(metadata=Metadata(title=title), front=(Paragraph(inlines=text_of("各位同志：")),))


def lines(package, which="//w:body/w:p[w:pPr/w:pStyle/@w:val='Title']"):
    """The lines of each paragraph of that kind, without spaces at their ends."""
    return [
        "".join("\n" if e.tag == W + "br" else e.text or "" for e in p.iter(W + "t", W + "br")).split("\n")
        for p in package("document", which)
    ]


def printed(title, theme):
    """The lines of the title on the first of our own pages."""
    page = Typesetter(theme).pages(titled(title), title=True)[0]
    return [placed.line.text for placed in page.lines if placed.size == theme.title.size]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("title", [NOTICE, SLOGAN, NOTICE.replace("《", "《中共某某市委办公室关于进一步加强")])
def test_lines_end_where_those_of_our_own_pages_do(docx, title, theme):
    (found,) = lines(docx(titled(title), theme))
    assert [line.rstrip() for line in found] == printed(title, find_theme(theme))
    assert "".join(found) == title
    assert len(found) > 1


def test_spaces_at_the_end_of_a_line_take_no_room(docx):
    package = docx(titled(SLOGAN), "official")
    (end,) = package("document", "//w:r[w:br]")
    assert [e.tag.rpartition("}")[2] for e in end] == ["rPr", "t", "br"]
    assert end.find(W + "t").text == "　"
    assert package("styles", "//w:style[@w:styleId='LineEnd']/w:rPr/w:sz/@w:val") == ["2"]


@pytest.mark.parametrize("title", ["在年度工作会议上的讲话", "A Title in Latin letters only", "长" * 20])
def test_a_title_on_one_line_has_no_break(docx, title):
    assert lines(docx(titled(title), "official")) == [[title]]


def test_a_title_that_would_be_one_line_with_its_marks_squeezed_has_two(docx):
    title = "公文选编与学习材料汇编（二〇二四年度）上册"
    assert len(printed(title, find_theme("official"))) == 1
    assert lines(docx(titled(title), "official")) == [["公文选编与学习材料汇编", "（二〇二四年度）上册"]]


def test_lines_that_may_be_longer_in_another_font_are_left_to_word(docx):
    """Letters are as broad as their font has them: a full line of ours could be one and a bit there."""
    title = "ill lit till " * 8
    assert len(printed(title, find_theme("official"))) > 1
    assert len(lines(docx(titled(title.strip()), "official"))[0]) == 1


@pytest.mark.parametrize("title", [NOTICE, SLOGAN, LATIN])
@pytest.mark.parametrize("theme", THEMES)
def test_the_title_is_read_back_as_one_text(title, theme):
    document = titled(title)
    made = {to: write(document, to, theme=theme).value for to in ("docx", "pdf", "epub")}
    assert read(made["docx"], format="docx").value.metadata.title == title
    assert python_docx.Document(io.BytesIO(made["docx"])).core_properties.title == title
    assert not verify({to: said_in(data, f"x.{to}") for to, data in made.items()})


@pytest.mark.parametrize("design", [CoverDesign.PLAIN, CoverDesign.FRAME, CoverDesign.BAND])
def test_titles_on_covers_too(docx, design):
    package = docx(Document(metadata=Metadata(title=SLOGAN)), "book", cover=True, half_title=True, cover_design=design)
    cover, half_title, *_ = lines(package, "//w:p[w:pPr/w:pStyle/@w:val='Title']")
    assert "".join(cover) == "".join(half_title) == SLOGAN
    assert half_title == ["坚定不移推进全面从严治党　", "为高质量发展提供坚强保证"]
    assert len(cover) == (3 if design is CoverDesign.BAND else 2)
    assert read(package.data, format="docx").value.metadata.title == SLOGAN


def test_on_a_page_of_the_users_word_ends_the_lines():
    reference = write(titled("范本"), "docx").value
    made = write(titled(NOTICE), "docx", theme=replace(THEMES["official"], reference=reference)).value
    title, *_ = python_docx.Document(io.BytesIO(made)).paragraphs
    assert title.text == NOTICE


def volume(title):
    article = Section(heading=Heading(inlines=text_of(title), kind=HeadingKind.TEXT))
    return Document(metadata=Metadata(title="文集"), sections=(article, article))


def test_headings_have_no_breaks_that_the_contents_would_take_over_but_indents(docx):
    package = docx(volume(SLOGAN), "official", contents=True)
    assert not package("document", "//w:br")
    indents = package("document", "//w:p[w:pPr/w:pStyle/@w:val='Heading1']/w:pPr/w:ind")
    room = find_theme("official").page.measure / 22
    for indent in indents:
        left, right = (int(indent.get(f"{W}{side}Chars")) / 100 for side in ("left", "right"))
        # Each line has the room that the longer one needs, and not for one character more.
        assert 12 < room - left - right < 13
    assert len(indents) == 2
    assert not docx(volume("工作方案"), "official")("document", "//w:p[w:pPr/w:pStyle/@w:val='Heading1']/w:pPr/w:ind")


@pytest.mark.validator
def test_libreoffice_divides_headings_as_our_own_pages_do(docx, tmp_path):
    title = "国务院关于同意乌鲁木齐、昌吉、石河子高新技术产业开发区建设国家自主创新示范区的批复"
    (tmp_path / "a.docx").write_bytes(docx(volume(title), "official", contents=False).data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "a.docx"],
        check=True,
        capture_output=True,
        env=fonts(tmp_path),
    )
    said = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], check=True, capture_output=True, text=True).stdout
    wanted = ["国务院关于同意乌鲁木齐、昌吉、", "石河子高新技术产业开发区建设", "国家自主创新示范区的批复"]
    assert "\n".join(wanted) in said
