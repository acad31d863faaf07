"""How the file looks: STANDARDS of page, grid, styles, fonts, folios, for the themes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import uharfbuzz as hb

from converter.model import Document, Heading, HeadingKind, Metadata, Paragraph, Section, Table, text
from converter.pipeline import read, write
from converter.typeset.items import PADDING
from converter.typeset.theme import Face
from converter.typeset.themes import find_theme
from converter.units import twips
from converter.writers.docx import DocxOptions, DocxWriter

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
THEMES = ["article", "official", "book"]


def attributes(element) -> dict[str, str]:
    return {name.removeprefix(W): value for name, value in element.attrib.items()}


def style(package, name: str, tag: str) -> dict[str, str]:
    return attributes(package("styles", f"//w:style[w:name/@w:val='{name}']//{tag}")[0])


def test_the_official_page_is_that_of_gbt_9704(docx, speech):
    package = docx(speech, "official")
    section = package("document", "//w:body/w:sectPr")[0]
    assert attributes(section.find(W + "pgSz")) == {"w": "11906", "h": "16838"}
    margins = attributes(section.find(W + "pgMar"))
    assert [margins[side] for side in ("top", "right", "bottom", "left")] == ["2098", "1474", "1984", "1587"]
    grid = attributes(section.find(W + "docGrid"))
    assert grid == {"type": "linesAndChars", "linePitch": "579", "charSpace": "-849"}
    assert 22 * int(grid["linePitch"]) <= 16838 - 2098 - 1984
    cell = 16 + int(grid["charSpace"]) / 4096
    assert 28 * cell <= 442.2 < 29 * cell


def test_official_body_is_28_characters_by_22_lines_without_the_grid_too(docx, speech):
    package = docx(speech, "official")
    assert style(package, "Normal", "w:snapToGrid") == {"val": "0"}
    size, less = (int(style(package, "Body Text", tag)["val"]) for tag in ("w:sz", "w:rPr/w:spacing"))
    advance = size / 2 + less / 20
    assert advance == 15.7  # a hair less than 15.75, which LibreOffice rounds up; justified, 28 of them fill the line
    assert 28 * advance <= 442.2 < 29 * advance
    lines = style(package, "Body Text", "w:pPr/w:spacing")
    assert (lines["line"], lines["lineRule"]) == ("579", "exact")


@pytest.mark.parametrize("theme", THEMES)
def test_every_style_has_exact_leading_but_that_of_pictures(docx, speech, theme):
    package = docx(speech, theme)
    assert style(package, "Figure", "w:pPr/w:spacing")["lineRule"] == "auto"
    rules = package("styles", "//w:style[@w:type='paragraph'][@w:styleId!='Figure']/w:pPr/w:spacing/@w:lineRule")
    assert set(rules) == {"exact"}
    assert len(rules) == len(package("styles", "//w:style[@w:type='paragraph'][@w:styleId!='Figure']"))


@pytest.mark.parametrize("theme", THEMES)
def test_every_style_names_its_fonts_in_four_slots_and_none_of_the_theme(docx, volume, theme):
    package = docx(volume, theme)
    fonts = [attributes(e) for e in package("styles", "//w:rFonts")]
    assert all(f.keys() == {"ascii", "hAnsi", "eastAsia", "cs", "hint"} for f in fonts)
    named = {f[slot] for f in fonts for slot in ("ascii", "hAnsi", "eastAsia", "cs")}
    assert named <= set(package("fontTable", "//w:font/@w:name"))
    assert all(len(name) <= 31 for name in named)
    in_text = [attributes(e) for part in ("document", "footer1") for e in package(part, "//w:rFonts")]
    assert all(f.keys() == {"hint"} for f in in_text)


@pytest.mark.parametrize(
    ("language", "tag", "song"),
    [("zh-Hans", "zh-CN", "宋体"), ("zh-Hant", "zh-TW", "新細明體"), ("zh-Hant-HK", "zh-HK", "新細明體")],
)
def test_language_decides_tags_and_fonts(docx, language, tag, song):
    package = docx(Document(front=(Paragraph(inlines=text("字")),), language=language))
    assert package("settings", "string(//w:themeFontLang/@w:eastAsia)") == tag
    assert package("styles", "string(//w:docDefaults//w:lang/@w:eastAsia)") == tag
    assert style(package, "Body Text", "w:rFonts")["eastAsia"] == song


@pytest.mark.parametrize("theme", THEMES)
def test_settings(docx, speech, theme):
    package = docx(speech, theme)
    assert package("settings", "string(//w:characterSpacingControl/@w:val)") == "compressPunctuation"
    assert style(package, "Normal", "w:overflowPunct") == {"val": "0"}
    assert not package("settings", "//w:updateFields")
    assert not package("document", "//@w:dirty")
    assert bool(package("settings", "//w:mirrorMargins")) is (theme != "article")
    even = package("settings", "//w:evenAndOddHeaders[not(@w:val='0')]")
    assert bool(even) is (theme != "article")


def test_word_parts_no_dash_and_ends_no_line_with_an_opening_mark(docx, speech):
    package = docx(speech)
    before = package("settings", "string(//w:noLineBreaksBefore[@w:lang='zh-CN']/@w:val)")
    after = package("settings", "string(//w:noLineBreaksAfter[@w:lang='zh-CN']/@w:val)")
    assert set("、，。；：？！）》”’」』】〕…—·") <= set(before)
    assert set("（《“‘「『【〔·") <= set(after)
    assert set(before) & set(after) == {"·"}


def test_first_lines_are_indented_by_two_characters(docx, speech):
    indent = style(docx(speech), "Body Text", "w:ind")
    assert (indent["firstLineChars"], indent["firstLine"]) == ("200", "480")


def test_date_and_signature_are_indented_from_the_right(docx, speech):
    indent = style(docx(speech, "official"), "Date", "w:ind")
    assert (indent["rightChars"], indent["right"]) == ("400", "1260")


def test_heading_styles_have_words_own_names_and_outline_levels(docx, volume):
    package = docx(volume, "official")
    for level in range(1, 10):
        path = f"//w:style[w:name/@w:val='heading {level}']//w:outlineLvl/@w:val"
        assert package("styles", path) == [str(level - 1)]


def test_headings_of_one_level_that_look_different_have_styles_based_on_it(docx):
    kinds = (HeadingKind.COUNT, HeadingKind.COUNT, HeadingKind.PAREN_COUNT)
    sections = tuple(Section(heading=Heading(inlines=text("标题"), kind=kind)) for kind in kinds)
    package = docx(Document(sections=sections), "official", contents=False)
    assert [style for style, _ in package.paragraphs()] == ["Heading1", "Heading1", "Heading1v1"]
    variant = package("styles", "//w:style[@w:styleId='Heading1v1']")[0]
    assert variant.find(W + "basedOn").get(W + "val") == "Heading1"
    assert variant.find(f"{W}rPr/{W}rFonts").get(W + "eastAsia") == "楷体"
    assert style(package, "heading 1", "w:rFonts")["eastAsia"] == "黑体"


def test_each_text_of_a_volume_opens_a_page(docx, volume):
    package = docx(volume, "article")
    assert package("styles", "//w:style[w:pPr/w:pageBreakBefore[not(@w:val='0')]]/@w:styleId") == ["Heading1"]


def test_the_official_folio_stands_outside_one_character_in_between_dashes(docx, speech):
    package = docx(speech, "official")
    for part, side in (("footer1", "right"), ("footer2", "left")):
        assert "".join(package(part, "//w:t/text()")) == "— 1 —"
        assert package(part, "string(//w:jc/@w:val)") == side
        assert attributes(package(part, "//w:ind")[0]) == {f"{side}Chars": "100", side: "280"}
        assert [e.get(W + "fldCharType") for e in package(part, "//w:fldChar")] == ["begin", "separate", "end"]
    references = package("document", "//w:body/w:sectPr/w:footerReference/@w:type")
    assert sorted(references) == ["default", "even"]
    assert style(package, "footer", "w:rFonts")["ascii"] == "宋体"


def test_the_book_has_running_heads_unless_they_are_declined(docx, speech):
    assert "".join(docx(speech, "book")("header1", "//w:instrText/text()")).split() == ["STYLEREF", "1"]
    assert not docx(speech, "book", running_head=False)("document", "//w:headerReference")
    assert docx(speech, "article", running_head=True)("document", "//w:headerReference")
    assert not docx(speech, "article")("document", "//w:headerReference")


def test_no_head_stands_above_the_title_of_a_text(docx, speech, volume):
    package = docx(speech, "book", contents=False)
    assert package("document", "//w:sectPr/w:titlePg")
    assert not package("document", "//w:headerReference[@w:type='first']")
    assert package("document", "//w:footerReference[@w:type='first']")
    # In a volume the texts are one section; behind contents or cover LibreOffice has two first pages.
    assert not docx(volume, "book", contents=False)("document", "//w:titlePg")
    assert not docx(speech, "book", contents=True)("document", "//w:titlePg")
    assert not docx(speech, "article")("document", "//w:titlePg")
    back = docx(speech, "article", running_head=True, contents=True, back_cover=True)
    assert [len(section.findall(W + "titlePg")) for section in back("document", "//w:sectPr")] == [1, 1, 0]


@pytest.mark.parametrize("length", [20, 30, 40, 50])
def test_a_running_head_has_one_line(docx, length):
    package = docx(Document(metadata=Metadata(title="长" * length)), "book")
    (head,) = {"".join(package(part, "//w:t/text()")) for part in ("header1", "header2")}
    room = find_theme("book").page.measure / find_theme("book").running_head.size
    assert head == ("长" * length if length <= room else "长" * int(room - 1) + "…")


def test_cover_and_contents_are_sections_before_page_one(docx, speech):
    package = docx(speech, "book", cover=True, contents=True)
    cover, contents, body = package("document", "//w:sectPr")
    assert not cover.findall(W + "footerReference")
    assert not cover.findall(W + "pgNumType")
    assert attributes(contents.find(W + "pgNumType")) == {"start": "1", "fmt": "upperRoman"}
    assert not contents.findall(W + "headerReference")
    assert attributes(body.find(W + "pgNumType")) == {"start": "1"}
    assert attributes(body.find(W + "type")) == {"val": "oddPage"}
    words = [words for _, words in package.paragraphs()]
    assert words[:4] == ["在动员会上的讲话", "张三", "2011年3月5日", "在动员会上的讲话"]


def test_the_title_of_a_volume_stands_once(docx, volume):
    for cover in (False, True):
        words = [words for _, words in docx(volume, cover=cover).paragraphs()]
        assert words.count("文稿选编") == 1
        assert words[0] == "文稿选编"


def test_vertical_writing_runs_down_and_is_bound_at_the_right(docx, speech):
    package = docx(speech, "book", vertical=True, contents=True, cover=True)
    sections = package("document", "//w:sectPr")
    assert [s.find(W + "textDirection").get(W + "val") for s in sections] == ["tbRl"] * 3
    assert all(s.find(W + "rtlGutter") is not None and s.find(W + "docGrid") is None for s in sections)
    upright = docx(speech, "book")("document", "//w:sectPr/w:pgMar")[-1]
    margins = sections[-1].find(W + "pgMar")
    assert [margins.get(W + side) for side in ("left", "right")] == [upright.get(W + s) for s in ("right", "left")]
    assert package("footer1", "string(//w:jc/@w:val)") == "left"  # odd pages lie at the left
    assert package("styles", "string(//w:style[w:name/@w:val='toc 1']//w:tab/@w:pos)") == "9411"  # the page's height


def test_fonts_are_embedded_so_that_word_can_read_them(docx, speech):
    package = docx(speech, "official", embed_fonts=True)
    names = {"Doc FangSong SC", "Doc Song SC", "Doc Hei SC Medium", "Doc Kai SC"}
    assert set(package("styles", "//w:rFonts/@w:eastAsia")) - {"宋体"} <= names
    assert style(package, "Title", "w:b") == {}
    tags = ["embedTrueTypeFonts", "saveSubsetFonts"]
    assert [e.tag.removeprefix(W) for e in package("settings", "//w:embedTrueTypeFonts | //w:saveSubsetFonts")] == tags
    with zipfile.ZipFile(io.BytesIO(package.data)) as archive:
        for entry in package("fontTable", "//w:embedRegular | //w:embedBold"):
            key = entry.get(W + "fontKey").strip("{}").replace("-", "")
            target = entry.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
            relation = package.roots["word/_rels/fontTable.xml.rels"].xpath(f"//*[@Id='{target}']/@Target")[0]
            data = archive.read(f"word/{relation}")
            mask = bytes.fromhex(key)[::-1]
            font = hb.Face(hb.Blob(bytes(a ^ b for a, b in zip(data[:32], mask * 2, strict=True)) + data[32:]))
            assert font.get_name(1) == entry.getparent().get(W + "name")
            assert {ord(c) for c in "在动员会上的讲话"} <= set(font.unicodes)
            assert len(data) < 100_000
    assert len(package("fontTable", "//w:embedRegular | //w:embedBold")) == 5
    assert docx(speech, "official", embed_fonts=True).data == package.data


def test_a_font_that_word_cannot_embed_is_reported(speech):
    cubic = next(Path("/usr/share/fonts/opentype/urw-base35").glob("NimbusRoman-Regular.otf"))
    theme = replace(find_theme("article"), fonts=((Face.SONG, str(cubic)),))
    made = DocxWriter().write(speech, theme, DocxOptions(embed_fonts=True))
    assert [d.code for d in made.diagnostics] == ["OUT105"]


def test_the_imprint_is_a_page_after_the_cover(docx, speech):
    words = [words.replace("\u3000", "") for _, words in docx(speech, "book", cover=True, imprint=True).paragraphs()]
    assert words[:6] == [
        "在动员会上的讲话", "张三", "2011年3月5日", "书名在动员会上的讲话", "编著张三", "日期2011年3月5日"
    ]  # fmt: skip
    package = docx(speech, "book", cover=True, imprint=True)
    starts = package("document", "//w:sectPr/w:type/@w:val")
    assert starts[:2] == ["oddPage", "evenPage"]  # on its back
    alone = [words for _, words in docx(speech, "book", imprint=True).paragraphs()]
    assert alone[0] == "书\u3000\u3000名\u3000在动员会上的讲话"


def test_the_imprint_is_not_read_back_as_text(speech):
    made = {cover: write(speech, "docx", options={"cover": cover, "imprint": True}).value for cover in (True, False)}
    plainly = read(write(speech, "docx").value, format="docx").value
    assert {read(data, format="docx").value for data in made.values()} == {plainly}


def test_a_table_stands_half_a_line_from_the_text_a_whole_one_where_lines_keep_to_a_grid(docx):
    table = Table(rows=((text("甲"), text("乙")),))
    document = Document(front=(Paragraph(inlines=text("上")), table, Paragraph(inlines=text("下"))))
    path = "//w:body/w:p[w:pPr/w:pStyle/@w:val='NoText']/w:pPr/w:spacing/@w:line"
    for theme, lines in (("article", 0.5), ("official", 0.5), ("book", 1)):
        gap = twips(find_theme(theme).body.leading * lines)
        assert docx(document, theme)("document", path) == [str(gap)] * 2


def test_a_table_of_many_columns_has_words_as_small_as_in_print_and_no_number_is_broken(docx):
    few, many = (Table(rows=(tuple(text(f"{n}8.50") for n in range(10, 10 + count)),)) for count in (4, 12))
    assert not docx(Document(front=(few,)))("document", "//w:tbl//w:sz | //w:tbl//w:pPr/w:spacing")
    package = docx(Document(front=(many,)))
    (size,) = {*package("document", "//w:tbl//w:sz/@w:val")}
    (line,) = {*package("document", "//w:tbl//w:pPr/w:spacing/@w:line")}
    assert (size, line) == ("15", str(twips(find_theme("article").body.leading * 7.5 / 12)))
    widths = [int(width) for width in package("document", "//w:tbl//w:gridCol/@w:w")]
    assert min(widths) >= twips(5 * 0.62 * 7.5 + 2 * PADDING)


def test_figures_of_a_table_end_at_the_right_and_their_head_does_not(docx):
    for columns in (3, 12):
        rows = tuple((text("甲"), *(text(f"{n}8.50"),) * (columns - 1)) for n in (8, 12))
        package = docx(Document(front=(Table(head=((text("名"), *(text("数"),) * (columns - 1)),), rows=rows),)))
        ends = package("document", "//w:tr[not(w:trPr/w:tblHeader)]/w:tc[w:p/w:pPr/w:jc/@w:val='right']")
        assert len(ends) == 2 * (columns - 1)
        assert not package("document", "//w:tr[w:trPr/w:tblHeader]//w:jc")
        order = [[child.tag.removeprefix(W) for child in p] for p in package("document", "//w:tbl//w:pPr[w:jc]")]
        assert order == [["pStyle", "jc"] if columns == 3 else ["pStyle", "spacing", "jc"]] * len(ends)
