"""The parts of an official document on Word's page."""

from __future__ import annotations

import subprocess
from dataclasses import replace

import pypdfium2
import pytest

from converter import compile_booklet, read, write
from converter.model import Document, Heading, HeadingKind, Metadata, Paragraph, Role, Section, Table, text
from converter.typeset.themes import THEMES
from converter.units import twips

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def official(*parts: tuple[Role, str]) -> Document:
    front = tuple(Paragraph(inlines=text(words), role=role) for role, words in parts)
    return Document(metadata=Metadata(title="关于工作的通知"), front=front)


def direct(package, style: str, tag: str) -> list[dict[str, str]]:
    found = package("document", f"//w:p[w:pPr/w:pStyle/@w:val='{style}']/w:pPr/{tag}")
    return [{name.removeprefix(W): value for name, value in element.attrib.items()} for element in found]


def test_letterhead_and_number_stand_above_the_title_with_a_red_rule(docx):
    package = docx(
        official((Role.LETTERHEAD, "某某市人民政府文件"), (Role.DOCUMENT_NUMBER, "某政发〔2012〕10号")), "official"
    )
    assert [style for style, _ in package.paragraphs()] == ["Letterhead", "DocumentNumber", "Title"]
    assert direct(package, "Letterhead", "w:spacing")[0]["before"] == "1984"  # 35 mm
    assert direct(package, "DocumentNumber", "w:pBdr/w:bottom") == [
        {"val": "single", "sz": "12", "space": "11", "color": "FF0000"}
    ]
    assert direct(package, "Title", "w:spacing") == [{"before": "1160"}]  # two lines


def test_in_other_themes_they_stay_where_they_are(docx):
    package = docx(
        official((Role.LETTERHEAD, "某某市人民政府文件"), (Role.DOCUMENT_NUMBER, "某政发〔2012〕10号")), "article"
    )
    assert [style for style, _ in package.paragraphs()] == ["Title", "Letterhead", "DocumentNumber"]
    assert not package("document", "//w:pBdr")


def test_a_long_letterhead_is_narrower_than_the_type_area(docx):
    words = "中共某某市委员会某某市人民政府办公室文件"
    package = docx(official((Role.LETTERHEAD, words)), "official")
    size = int(package("document", "string(//w:p[w:pPr/w:pStyle/@w:val='Letterhead']/w:r/w:rPr/w:sz/@w:val)")) / 2
    assert 0.9 * 442.2 < size * len(words) < 442.2


def test_attachments_hang_below_their_names(docx):
    package = docx(official((Role.ATTACHMENT, "附件：1.工作方案"), (Role.ATTACHMENT, "2.任务分工表")), "official")
    assert [(i["leftChars"], i["hangingChars"]) for i in direct(package, "Attachment", "w:ind")] == [
        ("600", "400"),
        ("600", "100"),
    ]
    assert direct(package, "Attachment", "w:spacing") == [{"before": "580"}]


@pytest.mark.parametrize(("name", "right"), [("某某市人民政府", "350"), ("办公室", "550")])
def test_the_name_stands_in_the_middle_above_the_date(docx, name, right):
    package = docx(official((Role.SIGNATURE, name), (Role.DATE, "2012年7月1日")), "official")
    assert direct(package, "Signature", "w:ind")[0]["rightChars"] == right
    assert direct(package, "Date", "w:ind")[0]["rightChars"] == "400"


def test_the_imprint_lies_at_the_foot_with_rules_as_wide_as_the_type_area(docx):
    parts = ((Role.IMPRINT, "抄送：市委各部门。"), (Role.IMPRINT, "某某办公室　2012年7月2日印发"))
    package = docx(official(*parts), "official")
    (place,) = package("document", "//w:tblpPr")
    assert (place.get(W + "vertAnchor"), place.get(W + "tblpYSpec")) == ("margin", "bottom")
    # LibreOffice lets a table that is as wide as the text float only if the edge of the page places it: 28 mm
    assert (place.get(W + "horzAnchor"), place.get(W + "tblpX")) == ("page", "1587")
    assert package("document", "string(//w:tblW/@w:w)") == "8844"
    assert package("document", "//w:tblBorders/*/@w:sz") == ["8", "8"]  # 0.35 mm
    assert package("document", "//w:tcBorders/w:top/@w:sz") == ["6", "6"]  # 0.25 mm
    cells = ["".join(c.itertext(W + "t")) for c in package("document", "//w:tc")]
    assert cells == ["抄送：市委各部门。", "某某办公室　", "2012年7月2日印发"]
    back = read(package.data, format="docx").value
    assert [block for block in back.front if block.role is Role.IMPRINT] == [
        Paragraph(inlines=text(words), role=role) for role, words in parts
    ]


def test_on_an_even_page_the_imprint_begins_at_the_outer_margin(docx):
    filling = [(Role.BODY, f"第{number}段。") for number in range(30)]
    package = docx(official(*filling, (Role.IMPRINT, "某某办公室　2012年7月2日印发")), "official")
    assert package("document", "//w:tblpPr/@w:tblpX") == ["1474"]  # 26 mm


@pytest.mark.validator
def test_the_imprint_stands_at_the_foot_in_libreoffice(tmp_path):
    document = official((Role.BODY, "正文。"), (Role.IMPRINT, "某某办公室　2012年7月2日印发"))
    path = tmp_path / "a.docx"
    path.write_bytes(write(document, "docx", theme="official").value)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    page = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0].get_textpage()
    boxes = {page.get_text_range(i, 1): page.get_charbox(i) for i in range(page.count_chars())}
    foot = THEMES["official"].page.bottom
    assert foot < boxes["印"][1] < foot + 25


def test_what_is_attached_begins_on_a_page_of_its_own(docx):
    parts = ((Role.ATTACHMENT, "附件：工作方案"), (Role.DATE, "2012年7月1日"), (Role.ATTACHMENT, "附件1"))
    package = docx(official(*parts), "official")
    assert direct(package, "Attachment", "w:pageBreakBefore") == [{}]
    assert direct(package, "Attachment", "w:ind")[1]["leftChars"] == "0"
    assert package("document", "//w:p[w:pPr/w:pageBreakBefore]/w:r/w:rPr/w:rFonts/@w:eastAsia") == ["黑体"]


def test_the_title_of_what_is_attached_stands_on_the_page_of_its_number_a_line_below(docx):
    parts = ((Role.DATE, "2012年7月1日"), (Role.ATTACHMENT, "附件1"))
    title = Section(heading=Heading(inlines=text("任务分工表"), kind=HeadingKind.PART))
    package = docx(replace(official(*parts), sections=(title, title)), "official", contents=False)
    breaks = package("document", "//w:p[w:bookmarkStart]/w:pPr")
    assert [p.find(f"{W}pageBreakBefore") is not None for p in breaks] == [True, True]
    (spacing,) = direct(package, "Attachment", "w:spacing")
    assert spacing["after"] == str(twips(THEMES["official"].body.leading))


def test_a_short_paragraph_stays_with_the_signature_below_it(docx):
    for words, kept in (("特此通知。", 1), ("长" * 200, 0)):
        signed = official(
            (Role.BODY, "第一段。"), (Role.BODY, words), (Role.SIGNATURE, "某某局"), (Role.DATE, "2012年7月1日")
        )
        package = docx(signed, "official")
        assert len(package("document", "//w:p[w:pPr/w:pStyle/@w:val='BodyText'][w:pPr/w:keepNext]")) == kept
    listed = official((Role.LIST_ITEM, "一、抓好落实"), (Role.DATE, "2012年7月1日"))
    assert len(docx(listed, "official")("document", "//w:p[w:pPr/w:keepNext]")) == 1


def test_paragraphs_stay_with_what_they_announce(docx):
    table = Table(rows=((text("甲"), text("乙")),))
    lines = official((Role.BODY, "正文。"), (Role.BODY, "见下表："))
    kept = "//w:body/w:p[w:pPr/w:keepNext][w:r/w:t]/w:r/w:t/text()"
    package = docx(replace(lines, front=(*lines.front, table)), contents=False)
    assert package("document", kept) == ["见下表："]
    poem = official(*((Role.VERSE, line) for line in "甲乙丙丁"), (Role.BODY, "下"))
    assert docx(poem, contents=False)("document", kept) == ["甲", "丙"]


def test_in_a_book_the_number_of_what_is_attached_opens_the_page_of_its_title(docx):
    title = Section(heading=Heading(inlines=text("任务分工表"), kind=HeadingKind.PART))
    document = replace(official((Role.BODY, "正文。"), (Role.ATTACHMENT, "附件1")), sections=(title,))
    for theme, opened in (("book", ["附件1"]), ("article", [])):
        package = docx(document, theme, contents=False)
        path = "//w:p[w:pPr/w:pageBreakBefore[not(@w:val)]]/w:r/w:t/text()"
        assert package("document", path) == opened
        assert package("document", "//w:p[w:pPr/w:keepNext]/w:r/w:t/text()") == ["附件1"]


def test_a_text_of_a_volume_has_its_red_head_above_its_title(docx):
    notice = official(
        (Role.LETTERHEAD, "某某市人民政府文件"), (Role.DOCUMENT_NUMBER, "某政发〔2012〕10号"), (Role.BODY, "正文。")
    )
    volume = compile_booklet([notice, notice], title="文件汇编").value
    package = docx(volume, "official", contents=False)
    styles = [style for style, _ in package.paragraphs()]
    assert styles == ["Title", *["Letterhead", "DocumentNumber", "Heading1", "BodyText"] * 2]
    breaks = package("document", "//w:p[w:pPr/w:pageBreakBefore]")
    said = [p.find(f"{W}pPr/{W}pageBreakBefore").get(W + "val", "1") for p in breaks]
    assert said == ["1", "0", "1", "0"]
    back = read(package.data, format="docx").value
    assert [section.blocks for section in back.sections] == [section.blocks for section in volume.sections]


def test_the_title_of_what_is_attached_opens_a_page(docx):
    """GB/T 9704-2012 7.3.7, as in our PDF; a part with a number of its own does not."""
    attached = Section(heading=Heading(inlines=text("国家粮食应急预案"), kind=HeadingKind.PART))
    for label, theme, opens in (("", "official", True), ("第一编", "official", False), ("", "article", False)):
        section = replace(attached, heading=replace(attached.heading, label=label))
        package = docx(Document(front=(Paragraph(inlines=text("特此通知。")),), sections=(section,)), theme)
        breaks = package("styles", "//w:style[@w:styleId='Heading1']/w:pPr/w:pageBreakBefore")
        assert any(e.get(W + "val", "true") not in {"0", "false"} for e in breaks) is opens
