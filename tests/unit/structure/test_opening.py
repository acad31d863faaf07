"""How a text begins: letterhead, number, title in one line or several, subtitle, byline, addressee."""

import pytest

from converter.model import Role, plain
from converter.source import SourceText
from converter.structure.parse import parse

BODY = "全局上下要统一思想，提高认识，扎实做好各项工作，确保全年目标任务圆满完成。"


def read(*lines):
    return parse(SourceText("\n".join(lines))).value


def front(found):
    return [(block.role, plain(block.inlines)) for block in found.front]


def test_letterhead_and_document_number_stand_above_the_title():
    found = read("某某市人民政府文件", "某政发〔2018〕15号", "关于做好防汛工作的通知", "各县人民政府：", BODY)
    assert found.metadata.title == "关于做好防汛工作的通知"
    assert [role for role, _ in front(found)] == [Role.LETTERHEAD, Role.DOCUMENT_NUMBER, Role.SALUTATION, Role.BODY]


def test_a_title_over_two_lines_is_one():
    found = read("某某市人民政府关于印发", "《某某市防汛应急预案》的通知", "各县人民政府：", BODY)
    assert found.metadata.title == "某某市人民政府关于印发《某某市防汛应急预案》的通知"


def test_a_letter_spaced_title_is_set_solid():
    assert read("工 作 总 结", BODY, BODY).metadata.title == "工作总结"


@pytest.mark.parametrize("line", ["——在全市工作会议上的讲话", "（征求意见稿）"])
def test_a_subtitle_is_not_the_title(line):
    found = read("以改革精神推进各项工作", line, "同志们：", BODY)
    assert found.metadata.title == "以改革精神推进各项工作"
    assert front(found)[0] == (Role.SUBTITLE, line)


@pytest.mark.parametrize(
    "line",
    [
        "（2004年6月16日第54次会议通过）",
        "作者：某某某",
        "2015年9月24日 某省人民代表大会常务委员会第十六次会议通过",
        "2019年11月15日 某市第十五届人民代表大会常务委员会第十五次会议《关于修改〈某某市信访工作条例〉等两件地方性法规的决定》第二次修正",
        "1987年5月4日 国务院发布）",
        "中華民國112年9月27日某某市政府府授秘文字第112號函修正第58、87點條文；並自即日生效",
        "某某市人民政府市长　王某某",
        "自治区主席 艾山·某某某",
    ],
)
def test_a_byline_says_who_or_when(line):
    found = read("某某市信访工作条例", line, BODY)
    assert found.metadata.title == "某某市信访工作条例"
    assert front(found)[0] == (Role.BYLINE, line)


def test_an_author_on_the_line_of_the_title_is_cut_off():
    found = read("故乡的小河　　作者：某某某", BODY)
    assert found.metadata.title == "故乡的小河"
    assert front(found)[0][0] is Role.BYLINE


def test_a_name_below_the_title_is_no_title():
    found = read("在全市工作会议上的讲话", "王 某", "同志们：", BODY)
    assert found.metadata.title == "在全市工作会议上的讲话"
    assert front(found)[0] == (Role.BYLINE, "王 某")


def test_the_end_of_a_broken_title_is_no_name():
    long = "某某大学党委组织部（党校）党支部开展“听党指挥、薪火百年”主题"
    assert read(long, "党日活动", BODY).metadata.title == f"{long}党日活动"


@pytest.mark.parametrize(
    "line",
    [
        *("原标题：凝聚起干事的力量", "2", "时间:2022-11-21 01:19", "一", "II", "3月20日 晴", "承租方（乙方）______"),
        *(
            "“汤姆！”",
            "【药品名称】",
            "首页 武侠小说 言情小说 科幻小说 经典名著 历史小说",
            "清水新闻网 2011-4-28",
            "清河小说网",
            "• 公开目录重要文件公开形式主动公开",
            "请仔细阅读说明书并在医师指导下使用",
            "人民代表大会第五次会议上",
            "他背对着大钟，假装没事，继续跟姨妈聊天，实际上很着急",
        ),
    ],
)
def test_what_is_no_title(line):
    assert read("让党员学出正导向育出正能量", line, BODY).metadata.title == "让党员学出正导向育出正能量"


@pytest.mark.parametrize(
    "title", ["五四运动", "市长办公会议纪要", "教授 教研 教学三结合", "同心同德，群策群力，共建家园"]
)
def test_what_is_still_a_title(title):
    assert read("清水日报社", title, BODY).metadata.title == title


def test_when_and_where_a_speech_was_made_is_no_title():
    line = "2026年2月3日在某某省第十四届人民代表大会第五次会议上"
    found = read("2026年某某省政府工作报告", line, "各位代表：", BODY)
    assert found.metadata.title == "2026年某某省政府工作报告"
    assert front(found)[0] == (Role.SUBTITLE, line)
    assert read("2020年5月4日在某某大学师生座谈会上的讲话", BODY).metadata.title.endswith("的讲话")


def test_what_a_meeting_record_says_of_the_meeting_is_no_title():
    fields = ("会议时间：上午九时", "会议地点：三楼会议室", "会议议题：研究部署脱贫攻坚工作")
    assert read("脱贫攻坚推进会会议记录", *fields, BODY).metadata.title == "脱贫攻坚推进会会议记录"
    assert read("清水河访谈：从一滴水说起春耕", "作者：某某某", BODY).metadata.title == "清水河访谈：从一滴水说起春耕"


def test_a_sentence_is_no_title():
    assert read("会议昨天在北京召开。", BODY).metadata.title == ""


def test_a_colon_inside_the_text_is_no_addressee():
    found = read("一、情况", BODY, "各单位要做到以下几点：", BODY)
    assert all(block.role is Role.BODY for block in found.sections[0].blocks)


def test_traditional_characters_say_the_same():
    found = read("國務院辦公廳關於", "做好防汛工作的意見", "國辦發〔2018〕123號", "各省人民政府：", BODY)
    assert found.metadata.title == "國務院辦公廳關於做好防汛工作的意見"
    assert [role for role, _ in front(found)] == [Role.DOCUMENT_NUMBER, Role.SALUTATION, Role.BODY]


def test_the_greeting_comes_again_in_the_middle_of_a_speech():
    found = read("政府工作报告", "各位代表：", BODY, "各位代表！", BODY, "各位同事！", BODY)
    wanted = [Role.SALUTATION, Role.BODY, Role.SALUTATION, Role.BODY, Role.BODY, Role.BODY]
    assert [role for role, _ in front(found)] == wanted


def test_the_title_again_with_the_first_heading_run_on_is_not_the_title():
    found = read("企业法律实务", "企业法律实务第一部分　继承规范", BODY, BODY)
    assert found.metadata.title == "企业法律实务"


def test_a_byline_below_the_title_of_a_list():
    found = read(
        "县人大常委会主任、副主任名单",
        "（2021年12月18日县人民代表大会第一次会议选举产生）",
        "主　任：张某某",
        "副主任：李某某",
    )
    assert next(role for role, _ in front(found)) is Role.BYLINE


@pytest.mark.parametrize("title", ["聚焦两会：2021年政府工作报告解读", "高铁二队：52个班组迎战黄金周"])
def test_a_title_may_have_a_number_behind_its_colon(title):
    assert read(title, "浏览次数：4985", BODY).metadata.title == title


def test_a_number_is_no_title():
    assert read("6107280000/2024-001005", "防汛工作规则", BODY, BODY).metadata.title == "防汛工作规则"
    assert read("2024-001005", BODY, BODY).metadata.title == ""


def test_who_holds_a_meeting_and_which_are_one_title():
    found = read("机关党委召开", "2018年度党支部书记述职评议会议", BODY, BODY)
    assert found.metadata.title == "机关党委召开2018年度党支部书记述职评议会议"
    above = read("机关基层党组织", "2018年度党支部书记述职评议会议", BODY, BODY)
    assert above.metadata.title == "2018年度党支部书记述职评议会议"
    apart = read("机关党委", "2018年度党支部书记述职评议会议", BODY, BODY)
    assert apart.metadata.title == "2018年度党支部书记述职评议会议"


@pytest.mark.parametrize("organs", ["各市人民政府，各大企业，各高等院校：", "各县支行，市属各集团："])
def test_organs_of_all_kinds_are_addressed(organs):
    found = read("关于做好防汛工作的通知", organs, BODY)
    assert front(found)[0] == (Role.SALUTATION, organs)


def test_the_number_of_a_document_in_a_collection():
    found = read(
        "第一篇：防汛工作文件", "某政发〔2009〕24号", BODY, BODY, "第二篇：抗旱工作文件", "某政发〔2009〕25号", BODY
    )
    assert [section.blocks[0].role for section in found.sections] == [Role.DOCUMENT_NUMBER] * 2


@pytest.mark.parametrize("line", ["（审核人 李明）", "（责编：李明）"])
def test_who_checked_a_text(line):
    found = read("关于防汛工作的报道", BODY, BODY, line)
    assert front(found)[-1] == (Role.CREDIT, line)


def test_a_title_with_its_year_above_the_title_is_a_repetition():
    found = read("墙体材料管理规定（2002年）", "某某市人民政府", "墙体材料管理规定", BODY, BODY)
    assert found.metadata.title == "墙体材料管理规定"
    assert "2002" not in "".join(plain(block.inlines) for block in found.front)
    kept = read("墙体材料管理规定（试行）", "某某市人民政府", "墙体材料管理规定", BODY, BODY)
    assert "试行" in kept.metadata.title + "".join(plain(block.inlines) for block in kept.front)


def test_what_stands_below_the_fields_of_a_form_is_no_title():
    fields = ("姓名：李某", "性别：男", "出生年月：1990年5月", "求职意向：行政助理")
    work = ("工作经历", "2012年7月—2015年3月 某某公司 行政专员")
    assert read("个人简历", *fields, *work, BODY).metadata.title == "个人简历"
    title = "关于做好防汛工作的通知"
    assert read("某某县政府", "来源处：县府办", "密级：无", "类别：农业", title, BODY).metadata.title == title


def test_the_poet_below_the_title_of_a_poem():
    found = parse(SourceText(f"再别康桥\n徐志摩\n\n轻轻的我走了，\n正如我轻轻的来；\n{BODY}")).value
    assert found.metadata.title == "再别康桥"
    assert parse(SourceText(f"清水\n高原红\n{BODY}")).value.metadata.title == "高原红"


@pytest.mark.parametrize("line", ["三千太贵了，我家去年修过，才1200.", "他走了，我没有送.", "[图片]"])
def test_what_people_say_or_send_is_no_title(line: str):
    assert read("老房子水管漏水怎么处理", line, BODY).metadata.title == "老房子水管漏水怎么处理"


def test_a_full_stop_without_a_comma_ends_no_opening():
    assert read("清水公司", "清水河水利工程 Vol.", BODY).metadata.title == "清水河水利工程 Vol."


def test_the_authors_of_a_paper_and_where_they_work():
    lines = "王小明1，李红2，张伟1", "（1. 清河大学 公共管理学院，河北 清河 054800；2. 清河市民政局，河北 清河 054800）"
    below = "关键词：协同治理；社区养老；公共服务", "中图分类号：D669"
    found = read("协同治理的社区养老服务研究", *lines, f"摘　要：{BODY}", *below, "一、引言", BODY)
    assert found.metadata.title == "协同治理的社区养老服务研究"
    assert [role for role, _ in front(found)] == [Role.BYLINE, Role.BYLINE, *[Role.BODY] * 3]


@pytest.mark.parametrize("line", ["清河大学关于招生工作的通知", "方案1，方案2"])
def test_what_names_no_authors_and_no_offices(line):
    assert read("社区养老服务研究", line, BODY).metadata.title != "社区养老服务研究"


def test_offices_above_the_word_for_a_document_are_one_letterhead():
    lines = ("某某县教育局", "某某县财政局", "文　件", "某教发〔2024〕28号", "关于做好资助工作的通知", "各学校：", BODY)
    found = read(*lines)
    assert found.metadata.title == "关于做好资助工作的通知"
    assert [role for role, _ in front(found)][:4] == [*[Role.LETTERHEAD] * 3, Role.DOCUMENT_NUMBER]


def test_the_word_for_a_document_below_anything_else_is_no_letterhead():
    assert Role.LETTERHEAD not in [role for role, _ in front(read("今日要闻", "文件", "关于做好工作的通知", BODY))]


@pytest.mark.parametrize("title", ["2024年第3次局长办公会议纪要", "2023年度工作总结"])
def test_an_office_above_a_document_of_a_year_belongs_to_the_title(title):
    assert read("某某县水务局", title, BODY, BODY).metadata.title == f"某某县水务局{title}"
    assert read("某某县水务局", "", "", title, BODY, BODY).metadata.title == title


def test_below_the_name_of_a_form_and_its_fields_nothing_is_the_title():
    fields = ("姓名：林某某", "性别：女", "民族：汉族")
    assert (
        read("个人简历", "", *fields, "", "求职意向", "前端开发工程师／全职／杭州", BODY).metadata.title == "个人简历"
    )
    title = "某某市某某学院关于招聘工作人员的公告"
    assert read("通知公告", "", *fields, "", title, BODY).metadata.title == title
    assert read("登记表", "", *fields, "", title, BODY).metadata.title == title


@pytest.mark.parametrize("line", ["（独幕话剧）", "（短篇小说）"])
def test_what_kind_of_work_it_is_stands_below_the_title(line):
    found = read("茶馆门前", line, BODY, BODY)
    assert found.metadata.title == "茶馆门前"
    assert front(found)[0] == (Role.SUBTITLE, line)


def test_a_title_in_two_languages():
    found = read(
        "荷塘月色（节选）", "Moonlight over the Lotus Pond (Excerpt)", "", "朱自清", "By Zhu Ziqing", "", BODY, BODY
    )
    assert found.metadata.title == "荷塘月色（节选）"
    assert [role for role, _ in front(found)][:3] == [Role.SUBTITLE, Role.BYLINE, Role.BYLINE]


def test_an_english_title_below_an_office_is_the_title():
    assert read("某某大学", "Report on Footpaths at Night", BODY, BODY).metadata.title == "Report on Footpaths at Night"


def test_lessons_are_chapters_below_the_title_of_their_book():
    found = read("国语课本第三册", "", "第一课　春天来了", BODY, "", "第二课　外婆的菜园", BODY)
    assert found.metadata.title == "国语课本第三册"
    assert [section.heading.label for section in found.sections] == ["第一课", "第二课"]


def test_a_remark_in_brackets_below_the_title_of_an_examination():
    remark = "（全卷共三大题，满分120分，考试时间120分钟）"
    found = read("某某县2024年初中学业水平考试", "数 学 试 题", "", remark, "", "注意事项：", BODY)
    assert found.metadata.title == "某某县2024年初中学业水平考试数学试题"
    assert front(found)[0] == (Role.SUBTITLE, remark)


def test_brackets_above_every_other_line_may_be_the_title():
    assert read("（关于节约用水的几点建议）", BODY, BODY).metadata.title == "（关于节约用水的几点建议）"


@pytest.mark.parametrize("line", ["全县广大干部群众：", "广大市民：", "全体师生："])
def test_those_whom_an_appeal_addresses(line):
    assert front(read("节约用水倡议书", line, BODY))[0] == (Role.SALUTATION, line)


@pytest.mark.parametrize("line", ["村民：", "全县主要做法：", "广大干部群众认为，有三点："])
def test_those_who_speak_are_not_addressed(line):
    assert Role.SALUTATION not in [role for role, _ in front(read("节约用水调查", line, BODY))]
