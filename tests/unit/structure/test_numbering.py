import pytest

from converter.model import HeadingKind
from converter.structure.numbering import label_of
from converter.text.numerals import number


@pytest.mark.parametrize(
    ("line", "kind", "label", "ordinal", "words"),
    [
        ("第一篇：党建", HeadingKind.PART, "第一篇：", 1, "党建"),
        ("第三部分 保障措施", HeadingKind.PART, "第三部分", 3, "保障措施"),
        ("第二卷", HeadingKind.PART, "第二卷", 2, ""),
        ("第十二章　总则", HeadingKind.CHAPTER, "第十二章", 12, "总则"),
        ("第001回 灵根育孕源流出", HeadingKind.CHAPTER, "第001回", 1, "灵根育孕源流出"),
        ("第一課　春天來了", HeadingKind.CHAPTER, "第一課", 1, "春天來了"),
        ("第三单元：写景", HeadingKind.PART, "第三单元：", 3, "写景"),
        ("第二節 組織", HeadingKind.SECTION, "第二節", 2, "組織"),
        ("一、总体要求", HeadingKind.COUNT, "一、", 1, "总体要求"),
        ("十一．附则", HeadingKind.COUNT, "十一．", 11, "附则"),
        ("（二）抓好落实", HeadingKind.PAREN_COUNT, "（二）", 2, "抓好落实"),
        ("(三) 抓好落实", HeadingKind.PAREN_COUNT, "(三)", 3, "抓好落实"),
        ("3、健全制度", HeadingKind.DECIMAL, "3、", 3, "健全制度"),
        ("3. 健全制度", HeadingKind.DECIMAL, "3.", 3, "健全制度"),
        ("１２．健全制度", HeadingKind.DECIMAL, "１２．", 12, "健全制度"),
        ("（1）健全制度", HeadingKind.PAREN_DECIMAL, "（1）", 1, "健全制度"),
    ],
)
def test_forms_of_numbers(line, kind, label, ordinal, words):
    found = label_of(line)
    assert (found.kind, found.text, found.ordinal, line[found.words :]) == (kind, label, ordinal, words)


@pytest.mark.parametrize(
    "line",
    [
        "第九部队到达指定位置",
        "第二部电影上映了",
        "第二课堂活动丰富",
        "第一课，老师讲了三点。",
        "3.5亿元",
        "1、5万元",
        "2012年7月11日",
        "一是认识不够到位。",
        "一带一路",
        "百姓关心的问题",
        "（以下简称办法）",
        "",
    ],
)
def test_what_only_looks_like_a_number(line):
    assert label_of(line) is None


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10),
        ("二十三", 23),
        ("一百零五", 105),
        ("两千", 2000),
        ("二〇一〇", 2010),
        ("１２", 12),
        ("百姓", None),
        ("", None),
    ],
)
def test_numerals(numeral, value):
    assert number(numeral) == value
