import re

import pytest

from converter.repair import reading_sites

HINTS = (
    *(
        "收藏",
        "记住",
        "記住",
        "牢记",
        "网址",
        "網址",
        "域名",
        "地址",
        "手机",
        "手機",
        "未完，请",
        "后，　點擊",
        "正在手打",
        "加载完",
    ),
    *(
        "加載完",
        "阅读模",
        "畅读/",
        "小说模式",
        "小說模式",
        "閱讀模式",
        "暢讀模式",
        "打不开",
        "打不開",
        "/ 3)页",
        "／12）頁",
    ),
    *("上一章", "上一頁", "下一页", "更方便", "书友", "书迷", "Loading ...", "加载中…"),
)


@pytest.mark.parametrize("hint", HINTS)
def test_where_a_notice_may_be_a_single_character_says_so(hint):
    assert re.search(reading_sites._HINT, hint)
    assert re.search(reading_sites._SIGN, hint)


def test_a_line_is_looked_at_once_and_others_are_not_touched():
    text = "收藏收藏收藏\n本章未完，请点击下一页继续阅读！\n他说收藏。\n"
    assert [text[found.start : found.end] for found in reading_sites.find(text)] == [text.split("\n")[1]]
