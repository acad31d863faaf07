"""Laws of structure: it never fails, every line is somewhere, marks can be undone, and it costs what its length says."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.inspection import recognised
from converter.model import outline
from converter.source import SourceText
from converter.structure.overrides import CLASSES, Overrides
from converter.structure.parse import parse

PIECES = st.sampled_from(
    [
        "一、", "二、", "（一）", "1.", "2、", "（1）", "①", "第一章", "第二章", "第一条", "第一篇：", "卷之一", "楔子", "目录", "# ", "## ", "### ",
        "《诗》", "——", "同志们：", "附件：", "2012年7月11日", "谢谢大家！", "某某市人民政府", "关于", "的通知", "总则", "学而第一", "编辑：某某",
        "白日依山尽，黄河入海流。", "工作，", "坚持学习制度。", "进一步完善各项规章制度，切实抓好落实。" * 2, "“", "”", " ", "　", "\t", "\u00a0", "\n", "\n\n", "\r\n",
        "***", "```", "[链接](http://a)", "&", "\u2028", "\x85",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, PIECES, st.text(max_size=6)), max_size=40).map("".join)


def visible(text):
    return sorted(char for char in text if char.isalnum())


@given(TEXTS)
def test_every_line_is_in_a_block_the_title_or_removed(text):
    result = parse(SourceText(text))
    document = result.value
    taken = "".join(d.edit.before for d in result.diagnostics if d.applied)
    shown = document.metadata.title + "".join(found.text for found in recognised(document))
    assert visible(shown + taken) == visible(text)


@given(TEXTS)
def test_what_was_taken_out_can_be_put_back(text):
    assert parse(SourceText(text)).value.source.undo() == text


@given(TEXTS)
def test_every_line_says_why_once_and_in_order(text):
    why = parse(SourceText(text)).value.why
    starts = [reason.span.start for reason in why]
    assert starts == sorted(set(starts))


@given(TEXTS, st.lists(st.tuples(st.integers(1, 30), st.sampled_from(CLASSES)), max_size=6))
def test_whatever_a_person_says_of_lines_no_word_is_lost(text, lines):
    result = parse(SourceText(text), Overrides(tuple(lines)))
    taken = "".join(d.edit.before for d in result.diagnostics if d.applied)
    shown = result.value.metadata.title + "".join(found.text for found in recognised(result.value))
    assert visible(shown + taken) == visible(text)


GIANTS = {
    "chapters": "第{}章 标题\n内容是这样的一句话。\n",
    "numbers": "{}、标题\n",
    "short lines": "短行{}\n",
    "dates": "2012年7月11日\n",
    "attachments": "附件：甲{}\n",
    "contents": "目录\n甲{}\n乙\n",
    "marks": "# 标题{}\n正文。\n",
    "poems": "《诗》\n白日依山尽，黄河入海流。\n欲穷千里目，更上一层楼。\n",
    "one line": "改革{}开放，[",
    "one marked line": "# 改革{}[",
    "spaces": "第　　",
}


def seconds(text):
    source = SourceText(text)
    began = time.process_time()
    parse(source)
    return time.process_time() - began


@pytest.mark.parametrize("name", GIANTS)
def test_four_times_the_text_costs_about_four_times_the_work(name):
    text = "".join(GIANTS[name].format(n) for n in range(1, 12001))
    quarter = min(seconds(text[: len(text) // 4]) for _ in range(3))
    assert seconds(text) < max(quarter, 0.02) * 12


def test_the_deepest_nesting_is_shallow():
    text = "".join(f"{'#' * (n % 6 + 1)} 第{n}节\n正文。\n" for n in range(1, 500))
    assert max(entry.depth for entry in outline(parse(SourceText(text)).value)) <= 20
