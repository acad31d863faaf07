import random

import pytest

from converter.booklet.order import by_titles, is_counted, natural_path_key, title_from_name

ORDERED = [
    ["1.txt", "2.txt", "10.txt"],
    ["第二篇.txt", "第九篇.txt", "第十篇.txt", "第十一篇.txt", "第二十篇.txt", "第一百零一篇.txt"],
    ["第2章 甲.txt", "第十章 乙.txt", "第11章 丙.txt"],
    ["一、总则.txt", "二、任务.txt", "十、附则.txt", "十一、其他.txt"],
    ["（一）甲.txt", "（二）乙.txt", "（十）丙.txt"],
    ["讲话（上）.txt", "讲话（中）.txt", "讲话（下）.txt"],
    ["上篇.txt", "中篇.txt", "下篇.txt"],
    ["二〇〇九年总结.txt", "二〇一〇年三月总结.txt", "二〇一〇年十月总结.txt"],
    ["2011年总结.txt", "２０１２年总结.txt", "2013年总结.txt"],
    ["卷2/第一章.txt", "卷2/第十章.txt", "卷10/第二章.txt"],
    ["三_甲.txt", "十_乙.txt"],
    ["文集2", "文集10"],
]


@pytest.mark.parametrize("names", ORDERED, ids=lambda names: names[0])
def test_names_are_ordered_as_people_count(names):
    mixed = names[:]
    random.Random(1).shuffle(mixed)  # noqa: S311
    assert sorted(mixed, key=natural_path_key) == names


@pytest.mark.parametrize("name", ["一切为了群众", "三农问题", "统一思想", "十分满意", "上海经验", "九江", "万一"])
def test_numerals_in_words_are_letters(name):
    assert not is_counted(name)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("03_关于做好工作的通知.txt", "关于做好工作的通知"),
        ("文稿/1、总结.txt", "总结"),
        ("（二）学习计划.txt", "学习计划"),
        ("二、学习计划.txt", "学习计划"),
        ("第二篇 学习计划.txt", "第二篇 学习计划"),
        ("2012年工作要点.txt", "2012年工作要点"),
        ("新建文本文档 (2).txt", ""),
        ("新建 文本文档.txt", ""),
        ("000_29649a26718a8e36.txt", ""),
        ("07关于学习.txt", "关于学习"),
        ("3月总结.txt", "3月总结"),
        ("12.txt", ""),
        ("a.txt", ""),
        ("一带一路.txt", "一带一路"),
        ("Annual report.txt", "Annual report"),
    ],
)
def test_titles_from_names(name, title):
    assert title_from_name(name) == title


def test_titles_that_are_numbered_through_give_the_order():
    assert by_titles("bca", ["第二篇：乙", "第十篇：丙", "第一篇：甲"]) == ["a", "b", "c"]
    assert by_titles("bca", ["十、乙", "十一、丙", "二、甲"]) == ["a", "b", "c"]
    assert by_titles("bca", ["第二篇：乙", "丙", "第一篇：甲"]) == ["b", "c", "a"]
    assert by_titles("bca", ["第二篇", "第二篇", "第一篇"]) == ["b", "c", "a"]
