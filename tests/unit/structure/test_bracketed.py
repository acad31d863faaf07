"""Names of sections in black brackets: 【用法用量】."""

import pytest

from converter.model import heading_text, outline
from converter.source import SourceText
from converter.structure.parse import parse

TEXT = "疏风散寒，解表清热，用于风寒感冒。"


def headings(*lines):
    document = parse(SourceText("\n".join(lines))).value
    return [(heading_text(entry.section.heading), entry.section.heading.run_in) for entry in outline(document)]


def test_names_of_sections_are_headings_alone_or_before_their_text():
    assert headings(
        "感冒清热颗粒说明书",
        "【药品名称】",
        "通用名称：感冒清热颗粒",
        f"【功能主治】{TEXT}",
        "【注意事项】",
        TEXT,
        "【贮藏】密封。",
    ) == [("【药品名称】", False), ("【功能主治】", True), ("【注意事项】", False), ("【贮藏】", True)]


def test_a_short_title_and_its_author_stand_above_them():
    document = parse(SourceText(f"陋室铭\n刘禹锡\n【原文】\n{TEXT}\n【译文】\n{TEXT}\n【赏析】\n{TEXT}")).value
    assert document.metadata.title == "陋室铭"
    assert len(list(outline(document))) == 3


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((f"【导语】{TEXT}", TEXT, f"【结语】{TEXT}"), id="two"),
        pytest.param(("【打印】【收藏】【关闭】",), id="buttons"),
        pytest.param([f"【{who}】{TEXT}" for who in ("群主", "王小明", "李红") * 4], id="who writes"),
        pytest.param(("【摘要】" + TEXT, "【关键词】感冒；散寒", f"【作者简介】{TEXT}"), id="of a paper"),
        pytest.param([f"【{chr(0x4E00 + n)}{chr(0x5E00 + n)}】{TEXT}" for n in range(80)], id="a dictionary"),
        pytest.param((f"【本报讯】{TEXT}", f"【新华社1月2日电】{TEXT}", f"【来源：日报】{TEXT}"), id="agencies"),
    ],
)
def test_other_brackets(lines):
    assert headings("关于防治感冒的几点意见", TEXT * 3, *lines, TEXT) == []
