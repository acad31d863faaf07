import pytest

from converter.diagnostics import Severity
from converter.repair import paywall, web_chrome
from converter.repair.recurring_lines import recurring_lines
from converter.source import SourceText

BODY = "今年以来，全县各级党组织认真落实会议精神，深入村组走访调研，解决了一批群众关心的实际问题。\n"


def kept(text, recurring=frozenset()):
    findings = [f[:3] for f in web_chrome.find(text, recurring) if f.confidence >= 0.9]
    return SourceText(text).edited(findings).text


@pytest.mark.parametrize(
    "line",
    [
        "版权所有 清水县人民政府",
        "Copyright © 2015 清水新闻网 All Rights Reserved",
        "陇ICP备01234567号-1",
        "扫一扫在手机打开当前页",
        "掃一掃在手機打開當前頁",
        "【打印】 【关闭】",
        "上一篇：春耕生产现场会",
        "[大 中 小] 打印",
    ],
)
def test_lines_that_speak_for_themselves_go_below_the_text_and_stay_inside_it(line):
    assert kept(f"{BODY}{line}\n") == f"{BODY}\n"
    inside = f"{BODY}{line}\n{BODY}"
    assert kept(inside) == inside


@pytest.mark.parametrize(
    "line",
    [
        "大小",
        "关于我们",
        "清水县人民政府",
        "2015年3月2日",
        "（来源：清水日报）",
        "责任编辑：李明",
        "附件：报名表",
        "扫描二维码报名",
        "联系电话：0938-1234567",
        "抄送：县委各部门，县人大办。",
        "相关文件",
        "作者简介 内容简介",
        "互联网/物联网",
    ],
)
def test_what_an_author_may_have_written_stays_below_the_text(line):
    text = f"{BODY}{line}\n"
    assert kept(text) == text


def test_what_documents_end_with_stays_even_between_lines_of_chrome():
    end = "清水县人民政府\n2010年5月6日\n（此件公开发布）\n抄送：县委各部门\n附件：报名表\n"
    assert kept(f"{BODY}分享到：\n{end}扫一扫在手机打开当前页\n") == f"{BODY}\n{end}\n"


def test_a_long_list_without_a_name_is_only_reported():
    names = "".join(f"第{n}小组\n" for n in range(1, 20))
    text = f"{BODY}【打印】 【关闭】\n{names}扫一扫在手机打开当前页\n"
    assert names in kept(text)
    assert sum(f.confidence < 0.9 for f in web_chrome.find(text)) == 19


def test_the_title_above_a_breadcrumb_stays_if_none_follows():
    text = f"关于春耕生产情况的调查\n首页 > 调研\n{BODY}"
    assert kept(text) == f"关于春耕生产情况的调查\n\n{BODY}"


def test_lines_that_recur_in_a_batch_are_chrome():
    texts = [f"清水机关党建\n{title}\n{BODY}请支持本栏目\n" for title in ("春耕调查", "夏收调查", "秋收调查")]
    recurring = recurring_lines(texts)
    assert recurring == {"清水机关党建", "请支持本栏目"}
    assert kept(texts[0], recurring) == f"\n春耕调查\n{BODY}\n"
    assert kept(texts[0]) == texts[0]


def test_what_documents_have_in_common_does_not_recur():
    texts = [
        f"{title}\n各乡镇人民政府：\n{BODY}清水县人民政府\n2015年3月2日\n（此件公开发布）\n"
        for title in ("关于春耕的通知", "关于夏收的通知", "关于秋收的通知")
    ]
    assert recurring_lines(texts) == set()


def test_a_hole_is_a_warning():
    (finding,) = paywall.find("（一）加强学习\n此处内容需要权限查看\n")
    assert finding.severity is Severity.WARNING


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "line",
    [
        "赞  " * 90 + "X",
        "关于我们   " * 40 + "，" * 20,
        "首页>" + (" " * 20 + "甲>") * 9 + "。",
        "标题" + "-" * 76,
        "标题" + "_ " * 38,
        "版权所有" * 70,
        "来 源 : " * 40,
        "大" * 290,
        "导语：" + "侵权本站" * 500,
        "人民网" + ">> " * 80,
        "[" * 290,
    ],
)
def test_no_line_makes_a_pattern_go_round_in_circles(line):
    text = f"{line}\n" * 40 + BODY + f"{line}\n" * 40
    list(web_chrome.find(text))


def test_a_breadcrumb_broken_at_its_steps_goes_as_a_whole():
    text = f"当前位置：\n首页\n>\n政务公开\n>\n通知公告\n关于防汛工作的通知\n{BODY}"
    assert kept(text) == f"\n\n\n\n\n\n关于防汛工作的通知\n{BODY}"


def test_a_list_of_articles_that_ends_the_text_goes_with_its_heading():
    text = f"{BODY}本文来源：https://www.example.com/a/1.html\n相关文章：\n1.夏收总结\n2.秋收总结\n"
    assert kept(text) == f"{BODY}\n\n\n\n"
