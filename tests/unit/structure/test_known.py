"""What a text says about itself goes into the metadata, and from there into every format."""

import io
import zipfile

import pytest

from converter.pipeline import convert
from converter.source import SourceText
from converter.structure.parse import parse

BODY = "全局上下要统一思想，提高认识，扎实做好各项工作，确保全年目标任务圆满完成。"
NOTICE = [
    "某某市人民政府文件", "某政发〔2018〕15号", "关于做好防汛工作的通知", "各县人民政府：", BODY,
    "某某市人民政府", "二〇一八年十一月二日", "主题词：防汛 抗旱",
]  # fmt: skip


def known(*lines):
    return parse(SourceText("\n".join(lines))).value.metadata


def test_an_official_document():
    found = known(*NOTICE)
    assert (found.number, found.date, found.publisher) == ("某政发〔2018〕15号", "2018-11-02", "某某市人民政府")
    assert found.keywords == ("防汛", "抗旱")
    assert found.authors == ()


def test_a_speech_is_by_who_signs_it():
    assert known("在大会上的讲话", "同志们：", BODY, "谢谢大家！", "刘勇", "2012-7-11").authors == ("刘勇",)


@pytest.mark.parametrize(
    ("line", "authors"),
    [("作者：王某某、李某", ("王某某", "李某")), ("文/张某某", ("张某某",)), ("凌某初 著", ("凌某初",))],
)
def test_bylines(line, authors):
    assert known("故乡的小河流过村庄", line, BODY).authors == authors


def test_the_parts_of_a_collection_say_nothing_about_the_whole():
    part = (BODY, "刘勇", "2012年7月11日")
    found = known("第一篇：推进党建", *part, "第二篇：加强党建", *part)
    assert (found.authors, found.date) == ((), "")


def test_a_document_inside_a_document_keeps_its_date_to_itself():
    inner = ["某某市工作规则", "第一章　总则", BODY, "某某局", "2001年1月1日"]
    assert known(*NOTICE[:-1], *inner).date == "2018-11-02"


def test_a_date_that_is_not_whole_stays_as_written():
    assert known("在大会上的讲话", BODY, "某某市人民政府", "2012年7月").date == "2012年7月"


def test_it_reaches_every_format():
    data = "\n".join(NOTICE).encode()
    number, date = "某政发〔2018〕15号", "2018-11-02"
    with zipfile.ZipFile(io.BytesIO(convert(data, "docx").value)) as package:
        assert number in package.read("docProps/core.xml").decode()
        assert date in package.read("docProps/custom.xml").decode()
    with zipfile.ZipFile(io.BytesIO(convert(data, "epub").value)) as book:
        package = book.read("EPUB/content.opf").decode()
        assert number in package
        assert f"{date}</dc:date>" in package
    assert f'<meta name="dcterms.identifier" content="{number}">' in convert(data, "html").value.decode()
    assert f"number: {number}" in convert(data, "md").value.decode().replace('"', "")
    pdf = convert(data, "pdf").value
    for name in ("dc:identifier", "dc:date", "dc:publisher"):
        assert name.encode() in pdf
