"""The table of contents: a live field, filled in, with no false page numbers and no question when the file is opened."""

from __future__ import annotations

from converter.model import Document, Heading, Section, outline, text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def entries(package) -> list[str]:
    return ["".join(p.itertext(W + "t")) for p in package("document", "//w:sdtContent/w:p[position()>1]")]


def test_contents_is_one_field_filled_with_links_to_the_headings(docx, speech):
    package = docx(speech)
    assert entries(package) == ["一、提高认识", "1、坚持学习制度。", "2、落实计划", "二、加强领导"]
    kinds = package("document", "//w:sdt//w:fldChar/@w:fldCharType")
    assert kinds == ["begin", "separate", "end"]
    assert package("document", "string(//w:sdt//w:instrText)").split() == ["TOC", "\\o", '"1-3"', "\\h", "\\z", "\\u"]
    links = package("document", "//w:sdt//w:hyperlink/@w:anchor")
    assert links == package("document", "//w:body/w:p/w:bookmarkStart/@w:name")
    assert all(name.replace("_", "").isalnum() and len(name) <= 40 for name in links)
    assert package("document", "//w:sdt//w:pStyle/@w:val") == ["TOCHeading", "TOC1", "TOC2", "TOC2", "TOC1"]


def test_page_numbers_that_are_known_are_complete_fields(docx, speech):
    pages = {entry.anchor: str(number) for number, entry in enumerate(outline(speech), 3)}
    package = docx(speech, page_numbers=pages)
    assert entries(package) == ["一、提高认识3", "1、坚持学习制度。4", "2、落实计划5", "二、加强领导6"]
    kinds = package("document", "//w:hyperlink//w:fldChar/@w:fldCharType")
    assert kinds == ["begin", "separate", "end"] * 4
    tab = package("styles", "//w:style[w:name/@w:val='toc 2']//w:tab")[0]
    assert (tab.get(W + "val"), tab.get(W + "leader"), tab.get(W + "pos")) == ("right", "dot", "9120")


def test_page_numbers_that_are_not_known_are_left_out(docx, speech):
    package = docx(speech)
    assert not package("document", "//w:instrText[contains(., 'PAGEREF')]")
    assert not package("document", "//w:sdt//w:tab")


def test_volumes_and_texts_with_three_headings_have_contents_unless_it_is_declined(docx, speech, volume):
    two = Document(sections=tuple(Section(heading=Heading(inlines=text(name))) for name in "甲乙"))
    assert not docx(two)("document", "//w:sdt")
    assert docx(two, contents=True)("document", "//w:sdt")
    assert docx(speech)("document", "//w:sdt")
    assert docx(volume)("document", "//w:sdt")
    assert not docx(volume, contents=False)("document", "//w:sdt")


def test_contents_of_a_text_without_headings_is_no_empty_field(docx):
    assert not docx(Document(), contents=True)("document", "//w:sdt")


def test_headings_deeper_than_the_contents_show_are_left_out(docx):
    deep = Section(heading=Heading(inlines=text("四")))
    for name in "三二一":
        deep = Section(heading=Heading(inlines=text(name)), sections=(deep,))
    assert entries(docx(Document(sections=(deep,)))) == ["一", "二", "三"]
