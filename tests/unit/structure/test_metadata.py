import pytest

from converter.repair.rules import repair
from converter.source import SourceText
from converter.structure.metadata import metadata_of

BODY = "今年以来，全县各级党组织认真落实会议精神，深入村组走访调研，解决了一批群众关心的实际问题。\n"


def said(text):
    return metadata_of(repair(SourceText(text)).value)


def test_what_a_web_page_says_is_kept():
    metadata = said(f"走访总结\n信息来源:县委办  时间:2015/3/2  作者：李明、王芳  阅读次数:128\n{BODY}")
    assert (metadata.source, metadata.date, metadata.authors) == ("县委办", "2015-03-02", ("李明", "王芳"))


def test_the_documents_own_date_goes_before_that_of_publication():
    metadata = said(
        "索 引 号：\t000012345/2010-00012\t主题分类：\t农业\\水利\n发文机关：\t清水县人民政府\t成文日期：\t2010年5月6日\n"
        "标　　题：\t关于做好防汛工作的通知\n发文字号：\t清政发〔2010〕12号\t发布日期：\t2010年5月8日\n主 题 词：\t农业　防汛△　通知\n"
        f"关于做好防汛工作的通知\n{BODY}"
    )
    assert metadata.date == "2010-05-06"
    assert metadata.publisher == "清水县人民政府"
    assert metadata.subject == "农业\\水利"
    assert metadata.keywords == ("农业", "防汛", "通知")


@pytest.mark.parametrize("line", ["时间：2015年3月2日", "作者：李明", "来源：县志"])
def test_what_stays_in_the_text_is_not_metadata(line):
    text = f"走访总结\n{line}\n{BODY}"
    source = repair(SourceText(text)).value
    assert line in source.text
    assert metadata_of(source) == metadata_of(SourceText(""))
