"""The table of contents: a live field, filled in with the pages of our own layout, and no question when the file is opened."""

from __future__ import annotations

from dataclasses import replace

from converter.model import Document, Heading, HeadingKind, Paragraph, Role, Section, Table, text
from converter.typeset.items import PADDING
from converter.typeset.pages import Typesetter
from converter.typeset.themes import find_theme
from converter.units import twips

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def entries(package) -> list[str]:
    return ["".join(p.itertext(W + "t")) for p in package("document", "//w:sdtContent/w:p[position()>1]")]


def test_contents_is_one_field_filled_with_links_to_the_headings(docx, speech):
    package = docx(speech)
    assert entries(package) == ["一、提高认识1", "1、坚持学习制度。1", "2、落实计划1", "二、加强领导1"]
    kinds = package("document", "//w:sdt//w:fldChar/@w:fldCharType")
    assert kinds == ["begin", "separate", *(["begin", "separate", "end"] * 4), "end"]
    assert (
        package("document", "string(//w:sdt//w:instrText)").strip() == r'TOC \o "1-3" \h \z \t "Heading 2 Run-in 1,2"'
    )
    links = package("document", "//w:sdt//w:hyperlink/@w:anchor")
    assert links == package("document", "//w:body/w:p/w:bookmarkStart/@w:name")
    assert all(name.replace("_", "").isalnum() and len(name) <= 40 for name in links)
    assert package("document", "//w:sdt//w:pStyle/@w:val") == ["TOCHeading", "TOC1", "TOC2", "TOC2", "TOC1"]


def test_entries_end_in_the_pages_of_our_own_layout(docx, speech):
    long = Section(heading=Heading(inlines=text("很长")), blocks=(Paragraph(inlines=text("长" * 3000)),))
    package = docx(replace(speech, sections=(*speech.sections, long, replace(long, sections=speech.sections))))
    pages = Typesetter(find_theme("article")).pages(
        replace(speech, sections=(*speech.sections, long, replace(long, sections=speech.sections))), title=True
    )
    laid_out = [str(page.number) for page in pages for _ in page.landmarks]
    assert [words[-1] for words in entries(package)] == laid_out
    assert len(set(laid_out)) > 2
    kinds = package("document", "//w:hyperlink//w:fldChar/@w:fldCharType")
    assert kinds == ["begin", "separate", "end"] * len(laid_out)
    tab = package("styles", "//w:style[w:name/@w:val='toc 2']//w:tab")[0]
    assert (tab.get(W + "val"), tab.get(W + "leader"), tab.get(W + "pos")) == ("right", "dot", "9120")


def test_word_is_not_made_to_ask_whether_to_update(docx, speech):
    package = docx(speech)
    assert not package("settings", "//w:updateFields")
    assert not package("document", "//w:fldChar/@w:dirty")


def test_a_heading_without_words_has_an_entry_too(docx):
    silent = Section(heading=Heading(inlines=()), blocks=(Paragraph(inlines=text("字")),))
    assert entries(docx(Document(sections=(silent,)), contents=True)) == ["1"]


def test_volumes_and_texts_with_three_headings_have_contents_unless_it_is_declined(docx, speech, volume):
    two = Document(sections=tuple(Section(heading=Heading(inlines=text(name))) for name in "甲乙"))
    assert not docx(two)("document", "//w:sdt")
    assert docx(two, contents=True)("document", "//w:sdt")
    assert docx(speech)("document", "//w:sdt")
    assert docx(volume)("document", "//w:sdt")
    assert not docx(volume, contents=False)("document", "//w:sdt")


def articles(*, count: int, words: str = "") -> tuple[Section, ...]:
    article = Heading(inlines=text(words), label="第一条", kind=HeadingKind.ARTICLE, run_in=True)
    return (Section(heading=article, blocks=(Paragraph(inlines=text("为了规范，制定本办法。")),)),) * count


def test_a_bare_article_that_is_run_in_is_left_to_the_outline(docx):
    chapters = tuple(
        Section(
            heading=Heading(inlines=text(name), label=label, kind=HeadingKind.CHAPTER),
            sections=(*articles(count=2), *articles(count=1, words="适用范围。")),
        )
        for label, name in (("第一章", "总则"), ("第二章", "附则"))
    )
    package = docx(Document(sections=chapters))
    assert entries(package) == ["第一章　总则1", "第一条　适用范围。1", "第二章　附则1", "第一条　适用范围。1"]
    styled = package("document", "//w:pStyle/@w:val[starts-with(., 'Heading2v')]")
    assert styled == ["Heading2v1", "Heading2v1", "Heading2v2"] * 2
    assert r'\t "Heading 2 Run-in 2,2"' in package("document", "string(//w:sdt//w:instrText)")


def test_a_text_of_bare_articles_has_no_contents(docx):
    assert not docx(Document(sections=articles(count=4)), contents=True)("document", "//w:sdt")
    assert docx(Document(sections=articles(count=4, words="总的要求。")))("document", "//w:sdt")


def test_the_field_names_the_variants_of_headings_that_it_lists(docx, volume):
    first = volume.sections[0]
    chapter = Section(heading=Heading(inlines=text("总则"), label="第一章", kind=HeadingKind.CHAPTER))
    plain = Section(heading=Heading(inlines=text("说明")))
    package = docx(replace(volume, sections=(replace(first, sections=(plain, chapter, chapter)), plain, plain, plain)))
    code = package("document", "string(//w:sdt//w:instrText)")
    names = package("styles", "//w:style[contains(w:name/@w:val, 'Variant')]/w:name/@w:val")
    assert names
    assert all(f"{name},{name.split()[1]}" in code for name in names)


def test_contents_of_a_text_without_headings_is_no_empty_field(docx):
    assert not docx(Document(), contents=True)("document", "//w:sdt")


def test_headings_deeper_than_the_contents_show_are_left_out(docx):
    deep = Section(heading=Heading(inlines=text("四")))
    for name in "三二一":
        deep = Section(heading=Heading(inlines=text(name)), sections=(deep,))
    assert entries(docx(Document(sections=(deep,)))) == ["一1", "二1", "三1"]


def test_chapters_open_pages_only_where_they_do_so_in_print(docx):
    chapter = Section(heading=Heading(inlines=text("总则"), label="第一章", kind=HeadingKind.CHAPTER))
    text_of_volume = Section(heading=Heading(inlines=text("条例"), kind=HeadingKind.TEXT), sections=(chapter, chapter))
    for document, opens in ((Document(sections=(chapter,)), {"true"}), (Document(sections=(text_of_volume,)), set())):
        package = docx(document, "book", contents=False)
        used = {p.get(W + "val") for p in package("document", "//w:body/w:p[last()]/w:pPr/w:pStyle")}
        (style,) = (s for s in package("styles", "//w:style") if s.get(W + "styleId") in used)
        breaks = style.findall(f"{W}pPr/{W}pageBreakBefore")
        assert {b.get(W + "val", "true") for b in breaks} - {"0", "false"} == opens


def stays(package) -> list[bool]:
    """For each heading whether it is kept from opening a page."""
    return [
        p.find(f"{W}pPr/{W}pageBreakBefore") is not None for p in package("document", "//w:body/w:p[w:bookmarkStart]")
    ]


def test_a_chapter_right_below_the_title_or_a_part_stays_on_its_page(docx):
    byline, body = Paragraph(inlines=text("（通过）"), role=Role.BYLINE), Paragraph(inlines=text("正文。"))

    def chapter(*sections):
        heading = Heading(inlines=text("总则"), label="第一章", kind=HeadingKind.CHAPTER)
        return Section(heading=heading, blocks=(body,), sections=sections)

    def part(*blocks):
        heading = Heading(inlines=text("上"), label="第一部", kind=HeadingKind.PART)
        return Section(heading=heading, blocks=blocks, sections=(chapter(),))

    document = Document(front=(byline,), sections=(chapter(), chapter()))
    assert stays(docx(document, "book", contents=False)) == [True, False]
    assert stays(docx(replace(document, front=(byline, body)), "book", contents=False)) == [False, False]
    parts = Document(front=(body,), sections=(part(), part(body)))
    assert stays(docx(parts, "book", contents=False)) == [False, False, False, False]
    assert stays(docx(document, "article", contents=False)) == [False, False]
    text_of = Section(heading=Heading(inlines=text("条例"), kind=HeadingKind.TEXT), blocks=(body,))
    bound = Section(heading=Heading(inlines=text("上编"), kind=HeadingKind.PART), sections=(text_of, text_of))
    assert stays(docx(Document(sections=(bound,)), "book", contents=False)) == [False, True, False]


def test_cells_have_the_room_that_they_have_in_print(docx):
    rows = ((text("甲"), text("乙")),)
    for theme, above in (("article", twips(PADDING)), ("book", 0)):
        (cells,) = docx(Document(front=(Table(rows=rows),)), theme)("document", "//w:tblCellMar")
        found = {side.tag.removeprefix(W): int(side.get(W + "w")) for side in cells}
        assert found == {"top": above, "left": twips(PADDING), "bottom": above, "right": twips(PADDING)}
