"""Lines of a form of their own: tables that lost their rules, lists of names, turns of a dialogue, official letters."""

import pytest

from converter.inspection import recognised
from converter.model import NoteRef, Role, Table, blocks_of, plain
from converter.source import SourceText
from converter.structure.parse import parse

BODY = "全局上下要统一思想，提高认识，扎实做好各项工作，确保全年目标任务圆满完成。"


def read(*lines):
    return parse(SourceText("\n".join(lines))).value


def types(*lines):
    return [f.type for f in recognised(read(*lines))]


def tables(*lines):
    """Head and rows of each table, as words."""
    words = [[[plain(cell) for cell in row] for row in rows] for t in _tables(*lines) for rows in (t.head, t.rows)]
    return list(zip(words[::2], words[1::2], strict=True))


def _tables(*lines):
    return [block for block in blocks_of(read(*lines)) if isinstance(block, Table)]


@pytest.mark.parametrize("gap", ["\t", "　　", "    "])
def test_lines_with_as_many_cells_are_a_table(gap):
    rows = [["岗位", "人数", "学历"], ["文秘", "2", "本科"], ["会计", "1", "大专"]]
    assert tables("招聘公告", BODY, *map(gap.join, rows), BODY) == [([rows[0]], rows[1:])]


def test_an_empty_cell_stays_empty():
    assert tables("预算", BODY, "项目\t预算\t执行", "甲\t1\t", "乙\t2\t3", BODY)[0][1][0] == ["甲", "1", ""]


def test_one_cell_a_line_under_a_serial_number_is_a_table():
    cells = ["序号", "姓名", "单位", "1", "李某", "甲公司", "2", "王某", "乙公司", "3", "张某", "丙公司"]
    head, rows = tables("公示", BODY, *cells, "特此公示。")[0]
    assert (head, rows[0], len(rows)) == ([["序号", "姓名", "单位"]], ["1", "李某", "甲公司"], 3)


@pytest.mark.parametrize(
    "lines",
    [
        ("白日依山尽　　黄河入海流", "欲穷千里目　　更上一层楼", "床前明月光　　疑是地上霜"),
        ("第一回　　灵根育孕源流出", "第二回　　悟彻菩提真妙理", "第三回　　四海千山皆拱伏"),
        ("今天上午，天气晴好。\t众人出发。", "下午，天气转阴。\t众人返回。", "晚上，下雨。\t众人休息。"),
        ("岗位\t人数", "文秘\t2"),
        ("序号", "一", "二", "三"),
        ("```", "08:57\t<DIR>\ta", "08:58\t<DIR>\tb", "08:59\t<DIR>\tc", "```"),
    ],
)
def test_verses_chapters_sentences_and_two_lines_are_no_table(lines):
    assert tables("题目", BODY, *lines, BODY) == []


def test_a_row_between_tabs_may_begin_like_a_chapter():
    rows = [["节次", "星期一", "星期二"], ["第一节", "语文", "数学"], ["第二节", "数学", "英语"]]
    assert tables("课程表", *map("\t".join, rows), BODY) == [([rows[0]], rows[1:])]


def test_a_row_between_tabs_may_hold_sentences():
    rows = [["项目", "分值", "评分细则"], ["价格", "30", BODY * 2], ["技术", "70", BODY]]
    assert tables("招标公告", BODY, *map("\t".join, rows), BODY) == [([rows[0]], rows[1:])]


@pytest.mark.parametrize(
    "lines", [[f"{BODY}\t{BODY}"] * 3, [f"{BODY * 8}\t{BODY}\t{BODY}"] * 3, [f"甲\t乙\t{BODY}"] * 2]
)
def test_paragraphs_with_a_tab_are_no_table(lines):
    assert tables("题目", BODY, *lines, BODY) == []


def test_the_first_row_of_a_form_to_be_filled_in_names_no_columns():
    rows = [["姓名", "", "性别", "", "出生年月"], ["民族", "", "籍贯", "", "学历"], ["单位", "", "职务", "", "电话"]]
    assert tables("登记表", *map("\t".join, rows), BODY) == [([], rows)]


def test_a_row_is_not_the_title():
    assert read("部门预算公开表", "项目\t预算\t执行", "甲\t1\t2", "乙\t2\t3", BODY).metadata.title == "部门预算公开表"


def test_names_set_apart_are_a_list():
    lines = ["一、先进个人（5名）", "张　伟　　李　娜　　王　芳", "刘建国　　赵　敏　　孙　强", "二、要求", BODY]
    assert types("表彰决定", BODY, *lines)[2:4] == ["list_item", "list_item"]


def test_words_set_apart_are_no_names():
    assert "list_item" not in types("说明", BODY, "岗位名称　　人数　　学历要求", BODY)


def test_turns_of_an_interview_are_no_headings():
    turns = [
        "记者：您最难忘的是什么？",
        "张书记：发大水那一年。全村老少都上了堤。",
        "记者：当时您害怕吗？",
        "张书记：怕，可我是党员。",
    ]
    assert types("对话张书记", "本报记者 周晓", BODY, *turns) == ["byline", *["paragraph"] * 5]


def test_contacts_are_no_dialogue():
    lines = ["联系人：张某某", "联系电话：1234567", "联系人：李某某", "联系电话：7654321"]
    assert types("通知", BODY, *lines)[1:] == ["list_item"] * 4


def test_a_taiwanese_letter():
    lines = [
        "臺北市政府教育局　函",
        "受文者：各高級中學",
        "發文日期：中華民國110年3月5日",
        "主旨：檢送實施計畫1份，請查照。",
        "說明：",
        "一、依據該部來函辦理。",
        "二、請上網查詢。",
    ]
    found = read(*lines)
    assert found.metadata.title == "臺北市政府教育局　函"
    seen = [(f.type, f.run_in) for f in recognised(found)][2:]
    assert seen == [("paragraph", "主旨："), ("heading", None), ("list_item", None), ("list_item", None)]


def test_an_office_above_the_title_belongs_to_it():
    found = read("某某县人民政府办公室", "关于印发《防汛办法》的通知", "各乡镇人民政府：", BODY)
    assert found.metadata.title == "某某县人民政府办公室关于印发《防汛办法》的通知"
    assert (
        read("某某县人民法院", "民事判决书", "（2021）冀0534民初1234号", BODY).metadata.title
        == "某某县人民法院民事判决书"
    )


def test_a_sentence_with_a_colon_is_not_the_title():
    found = read("房屋租赁合同", "根据有关规定，双方达成如下协议：", "第一条　房屋", BODY, "第二条　租金", BODY)
    assert found.metadata.title == "房屋租赁合同"


def test_the_clerk_signs_below_the_date():
    found = read("民事判决书", BODY, "审判员　　赵某某", "二〇二一年四月二十日", "书　记　员　　钱某某")
    assert [b.role for b in blocks_of(found)][-3:] == [Role.SIGNATURE, Role.DATE, Role.SIGNATURE]


NOTED = ("读《乡土中国》有感", f"{BODY}他提出了“差序格局”①的概念。", f"{BODY}书中写道：“乡土性的。”②{BODY}")
NOTES = ("注释：", "①指以自己为中心的同心圆。", "②某某：《乡土中国》，第1页。")


def test_notes_after_the_text_are_called_in_it():
    result = parse(SourceText("\n".join([*NOTED, *NOTES])))
    found = result.value
    assert [plain(note.blocks[0].inlines) for note in found.notes] == [line[1:] for line in NOTES[1:]]
    assert [i.number for b in found.front for i in b.inlines if isinstance(i, NoteRef)] == [1, 2]
    assert [f.text for f in recognised(found)] == [*NOTED[1:], *NOTES[1:]]
    assert [d.edit.before for d in result.diagnostics] == ["①", "②", "注释：", "①", "②"]


@pytest.mark.parametrize(
    "lines",
    [
        (*NOTED, *NOTES[1:]),
        (*NOTED, *NOTES, "③没有注码的一条。"),
        (NOTED[0] + "①", *NOTED[1:], *NOTES),
        (NOTED[0], BODY, f"需提交：①申请书{BODY}", "②身份证", "注：", "①复印件亦可。"),
        (f"{NOTED[0]}①", BODY, "注：", "①本文有删节。"),
    ],
)
def test_what_is_not_called_once_in_running_text_is_no_note(lines):
    found = read(*lines)
    assert not found.notes
    assert not any(isinstance(i, NoteRef) for b in blocks_of(found) if hasattr(b, "inlines") for i in b.inlines)


BARRED = (
    "| 岗位 | 人数 | 学历 |",
    "|---|:--:|---:|",
    "| 文秘 | 2 | 本科，有两年以上工作经历。 |",
    "| 会计 |  | 大专 |",
)


def test_bars_with_a_rule_below_the_head_are_a_table():
    found = parse(SourceText("\n".join(("招聘公告", BODY, *BARRED, BODY))))
    rows = [["文秘", "2", "本科，有两年以上工作经历。"], ["会计", "", "大专"]]
    assert tables("招聘公告", BODY, *BARRED, BODY) == [([["岗位", "人数", "学历"]], rows)]
    assert {diagnostic.code for diagnostic in found.diagnostics} >= {"ST105"}
    assert "|" not in found.value.source.text


def test_bars_may_be_missing_at_the_edges():
    lines = ("材料 | 分量 |", "---|---|", "五花肉 | 600克 |", "青葱 | 2支 |")
    wanted = [([["材料", "分量"]], [["五花肉", "600克"], ["青葱", "2支"]])]
    assert tables("红烧肉", BODY, *lines, BODY) == wanted
    assert tables("红烧肉", BODY, *(line.removesuffix("|").strip() for line in lines), BODY) == wanted


def test_rows_that_end_in_bars_need_no_rule():
    lines = ("材料 | 分量 |", "五花肉 | 六百克 |", "青葱 | 两支 |")
    assert [len(rows) for _, rows in tables("红烧肉", BODY, *lines, BODY)] == [3]


@pytest.mark.parametrize(
    "lines",
    [
        ("关于我们 | 联系我们 | 网站地图", BODY),
        ("真 | 假", "是 | 否", "对 | 错"),
        BARRED[:2],  # no row below the head
        (BARRED[0], BARRED[2], BARRED[3]),  # no rule
        (BARRED[0], "|---|---|", *BARRED[2:]),  # of another number of columns
        ("```", *BARRED, "```"),
        ("|x|+|y|≥0", "|---|---|"),
    ],
)
def test_other_bars_are_no_table(lines):
    assert tables("招聘公告", BODY, *lines, BODY) == []
