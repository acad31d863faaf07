"""`check_docx` and `fix_docx`: GB/T 9704-2012 in files of ours, and of others."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from pathlib import Path

import docx as python_docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from converter import read, write
from converter.checking import check_docx, findings_json, fix_docx
from converter.errors import InputError

NOTICE = """某某市人民政府文件
某政发〔2012〕10号

某某市人民政府关于印发工作方案的通知

各县（市、区）人民政府，市政府各部门：
　　为了做好工作，现将方案印发给你们，请遵照执行。
　　一、总体要求
　　坚持学习。
　　（一）指导思想
　　认真落实。
　　1.目标。明确任务要求，落实责任。
　　（1）具体目标
　　说明如下，按要求执行。
　　（二）加强领导。各部门要“一把手”负总责，分工明确。
　　特此通知。

　　附件：1.工作方案
　　2.任务分工表

某某市人民政府
2012年7月1日
（此件公开发布）
抄送：市委各部门，市人大办公室。
某某市人民政府办公室　2012年7月2日印发
"""
SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))


def official(text: str = NOTICE, **options: object) -> bytes:
    return write(read(text.encode()).value, "docx", theme="official", options=options).value


def changed(data: bytes, part: str, pattern: str, by: str) -> bytes:
    """The file with something else in one of its parts; what is not there cannot be changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == f"word/{part}.xml":
                text, count = re.subn(pattern, by, content.decode())
                assert count
                content = text.encode()
            target.writestr(name, content)
    return made.getvalue()


def foreign(text: str = NOTICE) -> bytes:
    """The same words as somebody makes them who knows nothing: python-docx with its own template."""
    made = python_docx.Document()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines):
        if number == 2:
            made.add_heading(line, 0)
        elif re.match("[一二三]、", line):
            made.add_heading(line, 1)
        elif re.match("（[一二三]）", line):
            paragraph = made.add_paragraph()
            paragraph.add_run(line).bold = True
        else:
            paragraph = made.add_paragraph(line)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if number % 5 == 0 else None
            paragraph.paragraph_format.first_line_indent = Pt(number % 3)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def words(data: bytes) -> list[str]:
    return [p.text for p in python_docx.Document(io.BytesIO(data)).paragraphs if p.text.strip()]


def codes(data: bytes) -> set[str]:
    return {finding.code for finding in check_docx(data)}


def test_nothing_is_wrong_with_an_official_document_of_ours():
    assert check_docx(official()) == ()


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_of_a_real_text_only_words_are_reported(path):
    found = check_docx(write(read(path).value, "docx", theme="official").value)
    assert all(not finding.fixable for finding in found), found
    assert {finding.code[:3] for finding in found} <= {"GW4"}


@pytest.mark.parametrize(
    ("part", "pattern", "by", "code"),
    [
        ("document", '<w:pgSz w:w="11906" w:h="16838"/>', '<w:pgSz w:w="12240" w:h="15840"/>', "GW101"),
        ("document", 'w:top="2098"', 'w:top="1440"', "GW102"),
        ("document", 'w:left="1587"', 'w:left="1800"', "GW103"),
        ("document", 'w:right="1474"', 'w:right="1800"', "GW104"),
        ("document", 'w:bottom="1984"', 'w:bottom="1440"', "GW105"),
        ("styles", '<w:spacing w:val="-6"/>', "", "GW106"),
        ("styles", 'w:line="579"', 'w:line="580"', "GW107"),
        ("styles", 'w:eastAsia="仿宋"', 'w:eastAsia="宋体"', "GW201"),
        ("styles", 'w:eastAsia="方正小标宋简体"', 'w:eastAsia="华文中宋"', "GW201"),
        ("styles", 'w:eastAsia="黑体"', 'w:eastAsia="楷体"', "GW201"),
        ("styles", '<w:sz w:val="44"/>', '<w:sz w:val="36"/>', "GW202"),
        ("styles", '<w:color w:val="FF0000"/>', "", "GW203"),
        ("document", "<w:t>坚持学习", '<w:rPr><w:color w:val="0000FF"/></w:rPr><w:t>坚持学习', "GW203"),
        ("document", "<w:t>坚持学习", "<w:rPr><w:b/></w:rPr><w:t>坚持学习", "GW204"),
        ("styles", '<w:jc w:val="center"/>', '<w:jc w:val="left"/>', "GW205"),
        ("styles", 'w:firstLineChars="200" w:firstLine="630"', 'w:firstLineChars="0" w:firstLine="0"', "GW206"),
        ("styles", 'w:after="579"', 'w:after="0"', "GW208"),
        ("document", "<w:footerReference[^>]*>", "", "GW301"),
        ("settings", "<w:evenAndOddHeaders/>", "", "GW302"),
        ("footer1", '<w:jc w:val="right"/>', '<w:jc w:val="center"/>', "GW302"),
        ("footer1", "— ", "- ", "GW303"),
        ("styles", '<w:sz w:val="28"/>', '<w:sz w:val="21"/>', "GW304"),
        ("styles", 'w:ascii="宋体" w:hAnsi="宋体"', 'w:ascii="Times New Roman" w:hAnsi="Times New Roman"', "GW305"),
        ("document", 'w:footer="[0-9]+"', 'w:footer="720"', "GW306"),
        ("document", "<w:t>1.</w:t>", "<w:t>1、</w:t>", "GW401"),
        ("document", "2012年7月1日", "2012年07月01日", "GW403"),
        ("document", "市政府各部门：", "市政府各部门:", "GW404"),
        ("document", "任务分工表", "任务分工表。", "GW405"),
        ("document", "〔2012〕10号", "[2012]第010号", "GW407"),
        ("document", 'w:leftChars="600"', 'w:leftChars="300"', "GW501"),
        ("document", '<w:spacing w:before="580"/>', "", "GW502"),
        ("document", 'w:rightChars="400" w:right="1260"', 'w:rightChars="0" w:right="0"', "GW503"),
        ("document", "<w:pBdr>.*?</w:pBdr>", "", "GW506"),
    ],
)
def test_each_departure_is_found_and_put_right(part, pattern, by, code):
    data = changed(official(), part, pattern, by)
    found = [finding for finding in check_docx(data) if finding.code == code]
    assert found
    assert all(finding.clause and finding.wanted != finding.found for finding in found)
    fixed, left = fix_docx(data)
    assert words(fixed) == words(data)
    assert left == tuple(finding for finding in check_docx(data) if not finding.fixable)


@pytest.mark.parametrize(
    ("part", "pattern", "by"),
    [
        ("styles", 'w:eastAsia="仿宋"', 'w:eastAsia="仿宋_GB2312"'),
        ("styles", 'w:eastAsia="仿宋"', 'w:eastAsia="FangSong"'),
        ("styles", 'w:eastAsia="楷体"', 'w:eastAsia="楷体_GB2312"'),
        ("document", 'w:top="2098"', 'w:top="2070"'),
        ("document", 'w:rightChars="(?:400|350)" w:right="[0-9]+"', 'w:rightChars="400" w:right="1260"'),
    ],
)
def test_what_the_standard_leaves_open_is_no_departure(part, pattern, by):
    assert check_docx(changed(official(), part, pattern, by)) == ()


def test_a_document_without_seal_is_right_too():
    data = changed(official(), "document", 'w:rightChars="350" w:right="1102"', 'w:rightChars="300" w:right="945"')
    data = changed(data, "document", 'w:rightChars="400" w:right="1260"', 'w:rightChars="200" w:right="630"')
    assert check_docx(data) == ()


def test_somebody_elses_file_is_told_everything_and_its_copy_nothing():
    data = foreign()
    found = check_docx(data)
    assert {f.code for f in found} >= {"GW101", "GW102", "GW106", "GW201", "GW202", "GW204", "GW206", "GW301", "GW503"}
    assert [f.paragraph for f in found if f.code == "GW205" and "标题" in f.subject.zh] == [3]
    fixed, left = fix_docx(data)
    assert left == ()
    assert words(fixed) == words(data)


def test_a_copy_that_is_right_is_copied_as_it_is():
    data = official()
    assert fix_docx(data) == (data, ())
    once, _ = fix_docx(foreign())
    assert fix_docx(once) == (once, ())
    assert fix_docx(foreign())[0] == once


def test_faces_come_from_themes_styles_and_runs_in_their_order():
    made = python_docx.Document()
    paragraph = made.add_paragraph("这是一段正文，说明情况，没有别的。")
    saved = io.BytesIO()
    made.save(saved)
    (face,) = [f for f in check_docx(saved.getvalue()) if f.code == "GW201"]
    assert face.found.zh == "宋体"  # the theme's font for Hans
    paragraph.runs[0].font.name = "Arial"
    paragraph.runs[0]._r.rPr.rFonts.set(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia", "仿宋_GB2312"
    )
    saved = io.BytesIO()
    made.save(saved)
    assert "GW201" not in codes(saved.getvalue())


def test_automatic_numbers_count_as_numbers():
    made = python_docx.Document()
    for line in ("关于做好工作的通知", "各单位：", "为了做好工作，现通知如下，请遵照执行。"):
        made.add_paragraph(line)
    made.add_paragraph("加强组织领导", style="List Number")
    made.add_paragraph("各单位要高度重视，落实责任。")
    saved = io.BytesIO()
    made.save(saved)
    assert [f.clause for f in check_docx(saved.getvalue()) if f.paragraph == 4 and f.code == "GW201"] == ["7.3.3"]
    fixed, _ = fix_docx(saved.getvalue())
    assert words(fixed) == words(saved.getvalue())


def test_a_style_that_is_based_on_itself_ends_nothing():
    data = changed(
        official(),
        "styles",
        '<w:name w:val="Body Text"/><w:basedOn w:val="Normal"/>',
        '<w:name w:val="Body Text"/><w:basedOn w:val="BodyText"/>',
    )
    check_docx(data)


def test_findings_say_where_and_what_in_both_languages():
    data = changed(official(), "document", 'w:top="2098"', 'w:top="1440"')
    found, *_ = check_docx(data)
    assert found.message.zh == "天头（上边距）应为37 mm（±1 mm），实为25.4 mm（GB/T 9704-2012 第 5.2.1 条）。"
    assert found.message.en == "top margin: wanted 37 mm (±1), found 25.4 mm (GB/T 9704-2012, 5.2.1)."
    (plain,) = findings_json((found,))
    assert json.loads(json.dumps(plain))["clause"] == "5.2.1"
    assert plain["paragraph"] is None


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"hello", official()[:400]])
def test_what_is_no_word_file_is_refused(data):
    for work in (check_docx, fix_docx):
        with pytest.raises(InputError):
            work(data)


def test_an_attack_is_refused():
    bomb = changed(official(), "document", "<w:body>", "<w:body>" + "<w:p/>" * 1_000_000)
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bomb)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    with pytest.raises(InputError):
        check_docx(packed.getvalue())


@pytest.mark.validator
def test_the_copy_is_valid_for_the_open_xml_sdk(tmp_path):
    for number, data in enumerate((foreign(), changed(official(), "styles", "仿宋", "宋体"))):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(fix_docx(data)[0])
        found = subprocess.run(["ooxml-validator", path], check=False, capture_output=True, text=True).stdout
        assert json.loads(found)["errors"] == []


@pytest.mark.validator
def test_a_file_of_libreoffice_is_read_and_put_right(tmp_path):
    (tmp_path / "notice.txt").write_text(NOTICE.replace("\u3000\u3000", ""), encoding="utf-8-sig")
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--infilter=Text (encoded):UTF8",
    ]
    subprocess.run(
        [*command, "--convert-to", "docx:MS Word 2007 XML", "--outdir", tmp_path, tmp_path / "notice.txt"],
        check=True,
        capture_output=True,
    )
    data = (tmp_path / "notice.docx").read_bytes()
    assert {"GW201", "GW202", "GW301"} <= codes(data)
    fixed, left = fix_docx(data)
    assert left == ()
    assert words(fixed) == words(data)
