"""How a text ends: closing, signature, date, notes, attachments, credits; documents inside a document."""

import pytest

from converter.model import HeadingKind, Role, blocks_of, plain
from converter.source import SourceText
from converter.structure.parse import parse

BODY = "全局上下要统一思想，提高认识，扎实做好各项工作，确保全年目标任务圆满完成。"


def read(*lines):
    return parse(SourceText("\n".join(lines))).value


def roles(*lines):
    return [block.role for block in blocks_of(read("关于做好工作的通知", BODY, *lines))][1:]


@pytest.mark.parametrize(
    "date",
    [
        "2012年7月11日",
        "二〇一〇年十一月二日",
        "２０１２年７月１１日",
        "2012-7-11",
        "2012年7月11日（星期三）",
        "20xx年xx月xx日",
        "二○○四年 六月 十六日",
    ],
)
def test_dates_below_signatures(date):
    assert roles("某 某 市 人 民 政 府", date) == [Role.SIGNATURE, Role.DATE]


def test_a_date_in_a_sentence_is_no_date():
    assert roles("会议于2012年7月11日召开。", BODY) == [Role.BODY, Role.BODY]


def test_closings_and_notes():
    assert roles("特此通知。", "某某局", "2012年7月11日", "（此件公开发布）") == [
        Role.CLOSING, Role.SIGNATURE, Role.DATE, Role.NOTE,
    ]  # fmt: skip


def test_a_bracket_in_the_text_is_no_note():
    assert roles("（此件公开发布）", BODY) == [Role.BODY, Role.BODY]


def test_attachments():
    assert roles("附件：1.报名表", "2.推荐表", "某某局", "2012年7月11日")[:2] == [Role.ATTACHMENT, Role.ATTACHMENT]


def test_credits_stand_at_the_end_only():
    assert roles("撰稿：某某", "审核：某某") == [Role.CREDIT, Role.CREDIT]
    assert Role.CREDIT not in roles("撰稿：某某", *[BODY] * 20)


def test_the_imprint_stands_at_the_very_end():
    copies, printed = "抄送：市委各部门，市人大常委会办公厅。", "某某市人民政府办公厅　2012年7月2日印发"
    assert roles("某某局", "2012年7月11日", copies, printed)[2:] == [Role.IMPRINT, Role.IMPRINT]
    assert roles("某某局", "二〇一二年七月十一日", "主送：各县", copies)[2:] == [Role.IMPRINT, Role.IMPRINT]
    assert roles("某某局", "2012年7月11日", "某某局办公室2012年7月12日印发")[2:] == [Role.IMPRINT]
    assert Role.IMPRINT not in roles(copies, BODY)
    assert Role.IMPRINT not in roles("该办法已于2012年7月2日印发各地执行。")
    assert Role.IMPRINT not in roles("通知于2012年7月2日印发，抄送：市委。")


def test_a_document_inside_a_document():
    found = read(
        "关于印发工作规则的通知", "各县人民政府：", BODY, "某某市人民政府", "2012年7月11日",
        "某某市人民政府工作规则", "第一章　总则", BODY, "第二章　会议", BODY,
    )  # fmt: skip
    (attached,) = found.sections
    assert (attached.heading.kind, plain(attached.heading.inlines)) == (HeadingKind.PART, "某某市人民政府工作规则")
    assert len(attached.sections) == 2


def test_thanks_in_the_middle_of_a_talk_close_nothing():
    assert Role.CLOSING not in roles(BODY, "谢谢。", *[BODY] * 8)
    assert roles(BODY, "谢谢大家！")[-1] is Role.CLOSING


@pytest.mark.parametrize("closing", ["妥否，请批示。", "此复。", "我的汇报完了，谢谢大家！", "以上报告，请予审议。"])
def test_closings(closing):
    assert roles(BODY, closing)[-1] is Role.CLOSING


@pytest.mark.parametrize(
    "credit",
    ["（责编：李某、张某）", "【编辑：李某】", "（作者為某某學會會長）", "摄影 李某某", "（记者 李某 通讯员 王某）"],
)
def test_credits(credit):
    assert roles(BODY, credit)[-1] is Role.CREDIT


@pytest.mark.parametrize("line", ["作者在书中写道", "图片展示了家乡的变化"])
def test_words_that_begin_like_credits_are_none(line):
    assert roles(BODY, line)[-1] is Role.BODY


@pytest.mark.parametrize(
    "line", ["联系人：周某 电话：0936-8251234", "成员：钱某、孙某", "报名地点：三楼会议室", "（待续）"]
)
def test_what_is_told_above_a_date_is_no_signature(line):
    assert roles(BODY, line, "2012年7月11日")[1] is not Role.SIGNATURE
    assert roles(BODY, "总结人：李某", "2012年7月11日")[1] is Role.SIGNATURE


def test_the_time_below_a_date_is_no_attachment():
    assert roles(BODY, "2020年1月16日（星期四）", "香港时间13时05分")[1:] == [Role.DATE, Role.BODY]


def test_an_author_above_the_text_is_no_credit():
    long = BODY * 3
    assert roles("答谢民师书", "作者：苏轼", long) == [Role.BODY, Role.BODY, Role.BODY]
    assert roles(long, "作者：苏轼")[-1] is Role.CREDIT


def test_the_wishes_at_the_end_of_a_letter_close_it():
    assert roles("顺颂", "商祺！", "某某公司", "2024年9月18日")[:2] == [Role.CLOSING] * 2
    assert roles("敬请　台安", "某某", "2024年9月18日")[0] is Role.CLOSING


@pytest.mark.parametrize("line", ["顺颂时绥的意思是祝愿。", "台安", "近安路"])
def test_words_like_wishes_in_the_text_close_nothing(line):
    assert Role.CLOSING not in roles(line, *[BODY] * 8)


def test_a_title_above_a_table_below_the_number_of_an_attachment():
    table = ["学校\t小学\t初中", "甲校\t0\t320", "乙校\t10\t0"]
    found = read("通知", BODY, "某某局", "2024年8月26日", "附件3", "各学校资助名额分配表", *table)
    heading = found.sections[0].heading
    assert (plain(heading.inlines), heading.kind) == ("各学校资助名额分配表", HeadingKind.PART)


def test_a_table_right_below_a_date_has_no_title():
    table = ["学校\t小学\t初中", "甲校\t0\t320", "乙校\t10\t0"]
    assert not read("通知", BODY, "某某局", "2024年8月26日", *table).sections
