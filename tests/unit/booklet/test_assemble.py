import pytest

from converter.booklet import compile_booklet
from converter.errors import UsageError
from converter.model import Document, Heading, HeadingKind, Metadata, Paragraph, Section, heading_text, text


def one(title, **more):
    return Document(metadata=Metadata(title=title), front=(Paragraph(inlines=text("正文。")),), **more)


def part(label):
    return Section(
        heading=Heading(inlines=text("题目"), label=label, kind=HeadingKind.PART),
        blocks=(Paragraph(inlines=text("正文。")),),
    )


def titles(volume):
    return [heading_text(s.heading) for s in volume.sections]


def test_each_text_becomes_a_section_under_its_title():
    volume = compile_booklet([one("甲"), one("乙")], title="文集", author="办公室", date="2012年7月").value
    assert titles(volume) == ["甲", "乙"]
    assert {s.heading.kind for s in volume.sections} == {HeadingKind.TEXT}
    assert volume.metadata == Metadata(title="文集", authors=("办公室",), date="2012年7月")


def test_a_collection_contributes_each_of_its_texts():
    collection = Document(sections=(part("第一篇："), part("第二篇：")))
    assert titles(compile_booklet([one("甲"), collection]).value) == ["甲", "第一篇：题目", "第二篇：题目"]


def test_a_volume_without_a_name_is_named_after_its_first_text():
    assert compile_booklet([one("甲"), one("乙")]).value.metadata.title == "甲等2篇"
    assert compile_booklet([one("甲")]).value.metadata.title == "甲"


def test_a_text_without_a_title_is_reported():
    result = compile_booklet([one("")])
    assert titles(result.value) == ["正文。"]
    assert [d.code for d in result.diagnostics] == ["BK101"]


def test_no_text_is_no_booklet():
    with pytest.raises(UsageError):
        compile_booklet([])


def test_the_volume_is_in_the_language_of_most_of_its_texts():
    assert (
        compile_booklet([one("甲", language="zh-Hant"), one("乙"), one("丙", language="zh-Hant")]).value.language
        == "zh-Hant"
    )
