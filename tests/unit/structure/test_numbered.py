"""Articles, lists, colon run-ins, numbers that count through: what a number at the beginning of a line can mean."""

import pytest

from converter.inspection import recognised
from converter.model import HeadingKind, Role, heading_text, outline, plain
from converter.source import SourceText
from converter.structure.parse import parse

BODY = "全局上下要统一思想，提高认识，扎实做好各项工作，确保全年目标任务圆满完成。"


def read(*lines):
    return parse(SourceText("\n".join(lines))).value


def tree(found):
    return [(entry.depth, heading_text(entry.section.heading)) for entry in outline(found)]


def types(found):
    return [f.type for f in recognised(found)]


def test_articles_hold_their_paragraphs_and_items():
    found = read(
        "第一条　为了规范管理，制定本办法。",
        "本办法适用于全市。",
        "第二条　有下列情形之一的：",
        "（一）甲类；",
        "（二）乙类。",
    )
    first, second = found.sections
    assert first.heading.kind is HeadingKind.ARTICLE
    assert [plain(b.inlines) for b in first.blocks] == ["为了规范管理，制定本办法。", "本办法适用于全市。"]
    assert [b.role for b in second.blocks] == [Role.BODY, Role.LIST_ITEM, Role.LIST_ITEM]


def test_one_article_alone_is_a_quotation():
    assert tree(read("在会上的讲话", BODY, "第三条　党员应当履行义务。", BODY)) == []


def test_spoken_numbers_are_items():
    found = read("一、措施", "一是加强领导；", "二是落实责任；", "三是严格考核。", "二、要求", BODY)
    assert types(found) == ["heading", "list_item", "list_item", "list_item", "heading", "paragraph"]


def test_spoken_numbers_with_explanations_are_run_in():
    found = read("一、措施", f"第一个是机遇。{BODY}", f"第二个是挑战。{BODY}")
    assert [f.run_in for f in recognised(found)] == [None, "第一个是机遇。", "第二个是挑战。"]


def test_a_spoken_number_inside_a_paragraph_counts_nothing():
    assert tree(read("一是我们来晚了，二是他们走早了，谁都没有见到谁。", BODY)) == []


def test_a_colon_after_a_few_words_is_a_run_in_heading():
    found = read("放假安排", "一、元旦：1月1日放假，共1天。", "二、春节：2月4日放假，共7天。")
    assert [f.run_in for f in recognised(found)] == ["一、元旦：", "二、春节："]


def test_names_below_each_other_are_a_list():
    found = read("一、领导小组", BODY, "组　长：王某某", "副组长：李某某", "成　员：张某某、赵某某", "二、要求", BODY)
    assert types(found)[2:5] == ["list_item"] * 3


def test_talk_is_no_list_of_names():
    assert "list_item" not in types(read("阎婆道：“票子不济事。”", "宋江道：“也说得是。”", "阎婆笑道：“是了。”"))


def test_a_text_that_quotes_a_late_number_has_no_heading_there():
    assert tree(read(BODY, "四十、凤鸣岐山打一人名", BODY)) == []


@pytest.mark.parametrize("number", ["①", "(1)"])
def test_a_mark_of_a_note_is_no_heading(number):
    assert (
        tree(read(BODY, f"{number[0] if number == '①' else '①'}“立”，原作“一”。据清仿宋大字本改正过来的。", BODY)) == []
    )


def test_unnumbered_headings_hold_numbers_that_begin_anew():
    found = read(
        "一、辅导班", "如何选择辅导班", BODY * 2, "（1）基础较差。" + BODY, "（2）基础一般。" + BODY,
        "参考书的选择", BODY * 2, "（1）数学。" + BODY, "（2）英语。" + BODY,
    )  # fmt: skip
    assert [depth for depth, _ in tree(found)] == [1, 2, 3, 3, 2, 3, 3]


def test_unnumbered_headings_stand_below_numbers_that_go_on():
    found = read("一、回顾", BODY * 2, "经济运行平稳", BODY * 2, "改革成效明显", BODY * 2, "二、要求", BODY)
    assert [depth for depth, _ in tree(found)] == [1, 2, 2, 1]


def test_colons_with_long_rests_are_run_in_if_their_neighbours_are():
    rest = "辅导班的主体是老师，一个高水平的老师往往能够深入浅出地讲清难点。"
    found = read("一、选择", f"师资力量：{rest}", f"课程安排：{rest}", f"办学经验：{rest}")
    assert [f.run_in for f in recognised(found)][1:] == ["师资力量：", "课程安排：", "办学经验："]
    assert tree(read("一、选择", f"师资力量：{rest}", BODY)) == [(1, "一、选择")]


def test_turns_of_a_talk_are_not_run_in():
    rest = "这件事情我们已经研究过很多次了，今天主要是再听一听大家还有什么意见。"
    assert tree(read("一、访谈", f"主持人：{rest}", f"王先生：{rest}", f"主持人：{rest}")) == [(1, "一、访谈")]


def test_spoken_numbers_that_are_mostly_explained_are_paragraphs():
    lines = [f"一是认为大国推行单边主义和强权政治，世界并不太平。{BODY}", "二是认为理念揭示了世界各国相互依存的关系。"]
    assert types(read("一、观点", *lines, lines[0].replace("一是", "三是", 1)))[1:] == ["paragraph"] * 3


def test_circled_numbers_go_on_from_a_line_that_holds_the_first():
    found = read(
        "（1）因收养关系而变更姓氏", "所需材料：①本人申请报告", "②《户口簿》", "③《收养证》", "其他事项另行通知。"
    )
    assert types(found) == ["heading", "paragraph", "list_item", "list_item", "paragraph"]


def test_one_long_first_sentence_among_paragraphs_is_no_heading():
    plain_one = "申报工程不符合条件的、申报资料弄虚作假的，一经查实，取消三年内的申报资格。" + BODY
    lines = [
        f"1、{plain_one}",
        f"2、{plain_one}",
        f"3、申报表彰的主要参建单位须单独填报申报表格。{BODY}",
        f"4、{plain_one}",
    ]
    assert "heading" not in types(read("一、要求", *lines))[1:]
    assert [f.run_in for f in recognised(read("一、要求", *lines)) if f.run_in] == []


def test_a_deeper_item_above_makes_no_item_of_a_heading():
    lines = ["2.1　资金", BODY, "2.2　经费", "2.2.1　价差由财政负担。", "2.2.2　贷款由银行收回。", "2.3　恢复", BODY]
    assert types(read("1　总则", BODY, "2　后期处置", *lines))[-2:] == ["heading", "paragraph"]


def test_a_long_item_among_items_is_an_item():
    long = "（3）" + "负责应急工作的综合协调；做好市场调控和供应工作；" * 5 + "落实资金来源。"
    found = read("一、职责", "（1）掌握形势。", "（2）督促检查。", long, "（4）完成其他工作。", "二、要求", BODY)
    assert types(found)[1:5] == ["list_item"] * 4


def test_what_lays_down_a_rule_is_no_heading():
    found = read("一、奖惩", BODY, "（一）有下列行为之一的，依照有关规定处理。", BODY, "（二）其他", BODY)
    assert [heading for _, heading in tree(found)] == ["一、奖惩", "（二）其他"]


def test_longer_spoken_headings_stand_together():
    found = read(
        "一、工作",
        f"一是深化供给侧结构性改革，实体经济活力不断释放。{BODY}",
        f"二是扎实打好三大攻坚战，重点任务取得积极进展。{BODY}",
        f"三是加大开放。{BODY}",
    )
    assert [bool(f.run_in) for f in recognised(found)] == [False, True, True, True]


def test_paragraphs_that_begin_alike_are_headed_alike():
    one, two, three = "创新载体，让文物不再“沉睡”。", "深挖内涵，让课堂不再“枯燥”。", "用好资源，让干部不再“旁观”。"
    found = read("让文物活起来", BODY * 3, *(f"{first}{BODY * 3}" for first in (one, two, three)))
    assert [f.run_in for f in recognised(found)] == [None, one, two, three]


@pytest.mark.parametrize(
    "firsts",
    [
        ("会议指出，成绩来之不易。", "会议强调，要再接再厉。", "会议要求，要狠抓落实。"),
        ("春天到了，河水涨了起来。", "老王推开窗户，望着对岸。", "集市上的人渐渐多了。"),
        ("创新载体，让文物不再“沉睡”。", "深挖内涵，让课堂不再“枯燥”。", "第二天大家又去了博物馆。"),
    ],
)
def test_paragraphs_that_report_or_tell_have_no_headings(firsts):
    assert tree(read("见闻", BODY * 3, *(f"{first}{BODY * 3}" for first in firsts))) == []


def test_numbers_above_outlines_are_headings_like_these():
    lines = [
        "1. 引言",
        "1.1 背景",
        BODY,
        "1.2 目的",
        "1. 一项",
        "2. 两项",
        "2. 方案",
        "2.1 选型",
        BODY,
        "3. 结语",
        BODY,
    ]
    heads = [
        (entry.depth, heading_text(entry.section.heading).replace("\u3000", " "))
        for entry in outline(parse(SourceText("\n".join(("项目报告", BODY, *lines)))).value)
    ]
    assert heads == [(1, "1.引言"), (2, "1.1 背景"), (2, "1.2 目的"), (1, "2.方案"), (2, "2.1 选型"), (1, "3.结语")]


def test_numbers_above_outlines_begin_anew_in_each_text_of_a_collection():
    text = ["1. 引言", "1.1 背景", BODY, "2. 方案", "2.1 选型", BODY, "3. 结语", BODY]
    lines = ["第一篇：甲", BODY, *text, "第二篇：乙", BODY, *text]
    heads = [heading_text(entry.section.heading) for entry in outline(read(*lines))]
    assert [head for head in heads if head[1:2] == "."].count("1.引言") == 2
    assert heads.count("2.方案") == heads.count("3.结语") == 2


def test_what_minutes_report_is_no_heading():
    lines = ("（一）会议强调，公务用车一律实行派车单制度。", "（二）会议决定，自6月1日起启用新的考勤系统。")
    made = read("会议纪要", "一、关于内部管理", *lines, "会议还研究了其他事项。", "二、关于其他", BODY)
    assert [len(section.sections) for section in made.sections] == [0, 0]


def test_what_a_meeting_is_about_may_be_a_heading():
    made = read("总结", "一、会议概况", BODY, "二、会议决定的落实情况", BODY, "三、下步打算", BODY)
    assert len(made.sections) == 3


def test_of_items_with_a_colon_the_one_that_ends_like_a_sentence_is_no_heading():
    lines = ("一、造句：一边……一边……", "二、想一想：菜园里有哪些蔬菜？", "三、写一写：请写出三种蔬菜，并说明理由。")
    assert not read("习作", BODY, *lines).sections
    ended = [
        f"{line}。" for line in ("一、时间：明天上午九点整", "二、地点：局机关三楼会议室", "三、内容：研究全年工作安排")
    ]
    assert len(read("通知", BODY, *ended).sections) == 3


def test_articles_with_titles_of_their_own_are_headings():
    lines = ("第一条  房屋情况", "1.1  房屋坐落于某路。", "第二条  租赁期限", BODY, "第三条  违约责任", BODY)
    made = read("租赁合同", *lines)
    assert [(s.heading.run_in, plain(s.heading.inlines)) for s in made.sections] == [
        (False, "房屋情况"), (False, "租赁期限"), (False, "违约责任"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        (f"第一条　{BODY}", f"第二条　{BODY}", "第三条　解释权", BODY),
        ("第一条　会员须具备下列条件：", "（一）拥护章程；", "第二条　会员享有下列权利：", "（一）选举权；"),
        ("第一条　甲方", "第二条　乙方", "第三条　丙方"),
    ],
    ids=["one of three", "announced", "a list"],
)
def test_articles_whose_words_are_their_text_are_run_in(lines):
    assert {s.heading.run_in for s in read("条例", *lines).sections} == {True}
