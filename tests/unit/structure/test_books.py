"""Books: chapters in their many forms, contents, stories, poems, transcripts, marked headings."""

import pytest

from converter.inspection import recognised
from converter.model import HeadingKind, Role, blocks_of, heading_text, outline, plain
from converter.source import SourceText
from converter.structure.numbering import label_of
from converter.structure.parse import parse

BODY = "话说天下大势，分久必合，合久必分。那一日众人都在庭前坐定，各自说起往事来。"


def parsed(*lines):
    return parse(SourceText("\n".join(lines)))


def heads(*lines):
    return [heading_text(entry.section.heading) for entry in outline(parsed(*lines).value)]


def test_the_title_of_a_chapter_on_the_next_line():
    assert heads("第一回", "灵根育孕源流出　心性修持大道生", BODY, "第二回", "悟彻菩提真妙理", BODY) == [
        "第一回　灵根育孕源流出　心性修持大道生",
        "第二回　悟彻菩提真妙理",
    ]


def test_the_names_of_all_stories_are_not_the_title_of_the_volume():
    assert heads("卷一", "考城隍 耳中人 尸变 喷水", BODY)[0] == "卷一"


def test_front_and_back_of_a_book():
    assert heads("楔子　张天师祈禳瘟疫", BODY, "第一回　王教头私走延安府", BODY, "后记", BODY) == [
        "楔子　张天师祈禳瘟疫", "第一回　王教头私走延安府", "后记",
    ]  # fmt: skip


def test_a_table_of_contents_is_a_list():
    found = parsed("目录", "第一章 总则", "第二章 分则", "第一章 总则", BODY, "第二章 分则", BODY).value
    assert [f.type for f in recognised(found)] == ["list_item"] * 3 + ["heading", "paragraph"] * 2


def test_the_title_between_the_contents_and_the_text_is_a_repetition():
    contents, text = ("目　录", "1　总则", "1.1　目的", "2　附则"), ("1　总则", "1.1　目的", BODY, "2　附则", BODY)
    found = parsed("清河县应急预案", *contents, "清河县应急预案", *text).value
    assert found.metadata.title == "清河县应急预案"
    assert "清河县应急预案" not in [plain(block.inlines) for block in found.front]
    assert len(found.sections) == 2


def test_the_first_chapter_glued_to_the_contents_is_found():
    contents = ["第001回　楔子", "第002回　守常经", "第003回　走穷途", "第004回　吴继之　　第一回　楔子"]
    text = [BODY, "第二回　守常经", BODY, "第三回　走穷途", BODY, "第四回　吴继之", BODY]
    assert heads(*contents, *text) == ["第一回　楔子", "第二回　守常经", "第三回　走穷途", "第四回　吴继之"]


def test_chapters_numbered_behind_their_names():
    assert heads("学而第一", BODY, "为政第二", BODY, "八佾第三", BODY) == ["学而第一", "为政第二", "八佾第三"]
    slogans = parsed("质量第一", BODY, "安全第一", BODY, "服务第一", BODY).value
    assert {e.section.heading.kind for e in outline(slogans)} == {HeadingKind.PLAIN}


def test_stories_that_blank_lines_set_off():
    story = [BODY, BODY, BODY, ""]
    assert heads("考城隍", "", *story, "耳中人", "", *story, "尸变", "", *story, "喷水", "", *story)[-3:] == [
        "耳中人", "尸变", "喷水",
    ]  # fmt: skip


def test_blank_lines_say_nothing_where_all_paragraphs_have_them():
    spaced = [
        part
        for line in ("甲某", BODY, BODY, "乙某", BODY, BODY, "丙某", BODY, BODY, "丁某", BODY)
        for part in (line, "")
    ]
    assert heads(*spaced) == []


def test_days_with_their_weather_or_weekday_are_headings():
    found = parsed("西行日记", "四月三日　晴", BODY, "四月四日　阴，午后小雨", BODY, BODY, "四月五日　雨", BODY).value
    assert found.metadata.title == "西行日记"
    assert [heading_text(e.section.heading) for e in outline(found)] == [
        "四月三日　晴", "四月四日　阴，午后小雨", "四月五日　雨",
    ]  # fmt: skip
    assert len(heads("会议日程", "1月16日（星期二）", BODY, "1月17日（星期三）", BODY, "1月18日（星期四）", BODY)) == 3


@pytest.mark.parametrize(
    "lines",
    [
        ["四月三日　晴", "出城。", "四月四日　阴", "回家。"],
        ["2024年4月3日", BODY, "2024年4月4日", BODY, "2024年4月5日", BODY],
        ["四月三日　晴", "四月四日　阴", "四月五日　雨", BODY],
        ["4月3日天晴，我们出发。", BODY, "4月4日　有雨。", BODY, "4月5日　他说：晴", BODY],
    ],
    ids=["two", "dates", "a list", "sentences"],
)
def test_other_lines_with_days_are_no_headings(lines):
    assert heads("西行", BODY, *lines) == []


def blocks(*parts):
    return [line for part in parts for line in (*part, "")]


def test_names_that_open_blocks_between_blank_lines_are_headings():
    recipe = blocks(
        ("用料", "五花肉  500克", "冰糖  30克"), ("步骤", "洗净切块。", "下锅翻炒。"), ("小贴士", "要加开水。")
    )
    assert heads("红烧肉的做法", "", BODY, "", *recipe) == ["用料", "步骤", "小贴士"]


@pytest.mark.parametrize(
    "parts",
    [
        [("轻轻的我走了", "正如我轻轻的来"), ("那河畔的金柳", "是夕阳中的新娘"), ("软泥上的青荇", "油油的在水底招摇")],
        [("老王", "又是一天没几个客人！"), ("秀兰", "灯油不多了。"), ("老王", "再等等。"), ("秀兰", "好吧。")],
        [("用料", "冰糖  30克"), ("步骤", "洗净切块。")],
        [("用料", "冰糖  30克"), (BODY,), (BODY, BODY), ("步骤", "洗净。"), (BODY,), (BODY,), ("小贴士", "加水。")],
        [("某某公司", "2024年5月1日"), ("某某局", "2024年5月2日"), ("某某院", "2024年5月3日")],
    ],
    ids=["stanzas", "speakers", "two", "few of all blocks", "signatures"],
)
def test_other_short_lines_that_open_blocks_are_no_headings(parts):
    assert heads("题目", "", BODY, "", *blocks(*parts)) == []


def test_poems_below_their_titles_and_poets():
    poem = ["白日依山尽，黄河入海流。", "欲穷千里目，更上一层楼。"]
    found = parsed("《登鹳雀楼》", "——（唐）王之涣", *poem, BODY * 3, "《绝句》", "——（唐）杜甫", *poem, BODY * 3).value
    assert [e.section.heading.inlines[0].text for e in outline(found)] == ["《登鹳雀楼》", "《绝句》"]
    roles = [block.role for block in found.sections[0].blocks]
    assert roles == [Role.BYLINE, Role.VERSE, Role.VERSE, Role.BODY]


def test_two_short_sentences_are_no_poem():
    found = parsed("他来了，我走。", "天黑了，我们坐在门口等。", BODY).value
    assert all(block.role is Role.BODY for block in blocks_of(found))


def test_marked_headings_are_read_and_their_marks_recorded():
    result = parsed(
        "# 信访工作条例", "", "## 第一章 总则", "", "第一条　内容。", "", "第二条　内容。", "", "## 附则 ##", BODY
    )
    assert result.value.metadata.title == "信访工作条例"
    assert [(e.depth, heading_text(e.section.heading)) for e in outline(result.value)] == [
        (1, "第一章　总则"), (2, "第一条　"), (2, "第二条　"), (1, "附则"),
    ]  # fmt: skip
    assert {d.code for d in result.diagnostics} == {"ST102"}
    assert result.value.source.undo() == result.value.source.original


def test_the_address_of_a_linked_heading_goes_with_its_marks():
    assert parsed("# [加强建设](https://example.com/a)", BODY).value.metadata.title == "加强建设"


def test_marks_in_code_and_tags_are_no_headings():
    assert heads("步骤如下。", "```", "# 安装", "## 运行", "```", BODY, "C# 语言", "#话题#") == []


def test_turns_of_a_transcript():
    found = parsed("# 来访记录", "### 甲君：", BODY, "### 乙君：", BODY, "### 甲君：", BODY).value
    speakers = [b for b in blocks_of(found) if b.role is Role.SPEAKER]
    assert len(speakers) == 3
    assert found.metadata.title == "来访记录"


def test_paragraphs_run_together_in_one_line_are_parted_at_their_indents():
    line = f"第一部分　继承规范　　{BODY * 3}　　一、性质　　{BODY * 3}　　二、规定　　{BODY * 3}　　{BODY}"
    assert heads("法律实务", line) == ["第一部分　继承规范", "一、性质", "二、规定"]


def test_spaces_inside_sentences_part_nothing():
    line = "　　".join(["甲乙丙丁戊己庚辛" * 5] * 6)
    assert len(list(blocks_of(parsed("题目", BODY, line).value))) == 2


def test_a_poem_goes_on_without_its_measure():
    verses = ["明者处事，莫尚于中。", "优哉游哉，与道相从。", "首阳为拙；柳惠为工。", "饱食安步，以仕代农。"]
    lines = ["读诗", BODY, "《诫子》", *verses, "才尽者身危，好名者得华；", "点评：", BODY, "《又诫子》", *verses, BODY]
    found = list(recognised(parsed(*lines).value))
    assert [f.type for f in found].count("verse") == 9


def test_chapters_stand_as_high_in_a_document_inside_another():
    inner = ["防汛工作办法", "第一章　总则", "第一条　为了规范管理，制定本办法。", "第二条　本办法适用于全市。"]
    lines = ["关于印发《防汛工作办法》的通知", "各县人民政府：", BODY, "市政府", "2012年7月11日", *inner]
    found = list(recognised(parsed(*lines).value))
    assert [(f.type, f.level) for f in found if f.type in {"part", "heading"}] == [("part", None), ("heading", 1)]


def test_the_number_of_an_article_alone_is_an_article():
    found = recognised(parsed("檔案法", "第一章　總則", "第 1 條", BODY, "第 2 條", BODY).value)
    assert [f.type for f in found] == ["heading", "article", "paragraph", "article", "paragraph"]


def test_a_part_that_is_not_set_off_is_known_by_its_sisters():
    lines = [f"卷{n}　某某传" for n in "一二三五六"]
    lines.insert(3, "卷四某某传")
    found = heads(*(line for title in lines for line in (title, BODY, "卷四人马俱到。", "卷九某某记")))
    assert found == ["卷一　某某传", "卷二　某某传", "卷三　某某传", "卷四　某某传", "卷五　某某传", "卷六　某某传"]


def test_one_who_speaks_once_among_those_who_take_turns():
    lines = ["# 座談", "### 主席：", BODY, "### 陳老師：", BODY, "### 主席：", BODY, "### 林同學：", BODY]
    found = [f.type for f in recognised(parsed(*lines).value)]
    assert found.count("speaker") == 4
    assert "heading" not in found


def test_the_level_of_an_outline_number_is_how_many_numbers_it_has():
    found = recognised(parsed("指南", BODY, "4.3　顺序", BODY, "4.3.1　原理", BODY, "4.4　过滤", BODY).value)
    assert [f.level for f in found if f.type == "heading"] == [2, 3, 2]


ARTICLES = (
    "第一条为了规范管理，制定本办法。",
    "第二条本办法适用于全市。",
    "第三条市政府主管此项工作。",
    "第四条本办法自2003年起施行。",
)


def test_articles_that_lost_the_space_behind_their_numbers_are_articles():
    found = parse(SourceText("\n".join(("防汛工作办法", *ARTICLES)))).value
    assert [section.heading.label for section in found.sections] == ["第一条", "第二条", "第三条", "第四条"]
    assert plain(found.sections[1].blocks[0].inlines) == "本办法适用于全市。"


@pytest.mark.parametrize(
    "lines",
    [
        ARTICLES[:2],  # two could be quotations
        ARTICLES[1:],  # not from the first on
        ("第一条例规定，……应当报告。", "第二条件是资金。", "第三条款写明了期限。"),
        ("第一条好消息来了。", "第九条好消息来了。", "第四条好消息来了。"),
    ],
)
def test_what_does_not_count_through_the_text_is_no_article(lines):
    found = parse(SourceText("\n".join(("防汛工作办法", "全市各单位认真落实防汛责任，确保安全度汛。", *lines)))).value
    assert found.sections == ()


def test_numbers_alone_that_count_from_one_on_are_headings():
    assert heads("惠安馆", "一", BODY, BODY, "二", BODY, "三", BODY, BODY) == ["一", "二", "三"]
    assert heads("两篇", "（一）", BODY, "（二）", BODY, "（一）", BODY, "（二）", BODY) == ["（一）", "（二）"] * 2
    assert parsed("惠安馆", "一", BODY, "二", BODY, "三", BODY).value.metadata.title == "惠安馆"


@pytest.mark.parametrize(
    "lines",
    [
        ("一", "二", "三", BODY),  # a column
        (BODY, "二", BODY, "三", BODY, "四", BODY),  # does not begin with one
        (BODY, "一", BODY, "三", BODY, "五", BODY),
        (BODY, "一", BODY, "二", BODY),  # two alone
        (BODY, "一一", BODY, "一二", BODY, "一三", BODY),
        (BODY, "1", BODY, "2", BODY, "3", BODY),  # pages
    ],
)
def test_other_numbers_alone_are_no_headings(lines):
    assert not heads("惠安馆", *lines)


def test_numbers_alone_do_not_make_headings_of_short_sentences():
    short = "小狼不相信自己的眼睛。出现在他眼前的是一只非常神气的狐狸，正坐在石头上看着他，一句话也不说，也不走开。"
    assert heads("一", BODY, "二", BODY, short, short, "三", BODY) == ["一", "二", "三"]


def test_acts_and_scenes_of_a_play():
    play = ("楚王好细腰", "第一幕", "地点：皇宫", BODY, "第二幕", "第一场", "时间：夜晚", BODY)
    assert heads(*play) == ["第一幕", "第二幕", "第一场"]
    assert not heads("球赛", "第一场比赛在昨天举行", BODY, "第一幕讲述了他的童年", BODY)


SAID = ("“你从哪里来？”", "“我从山里来。”狐狸说。", "“哦。”", "他想了一想，又说：") * 5


@pytest.mark.parametrize(
    "line",
    [
        "“是的，我们到学校去……”",
        "“信——信——”",
        "“当然”",
        "小狼向四周看去，四周和刚才他进来的时候",
        "这可怎么办呢？",
        "后来⋯⋯",
    ],
)
def test_what_somebody_says_or_does_is_no_heading(line):
    assert heads("快乐的森林", BODY, "神奇的火箭", BODY, *SAID, BODY, line, BODY, "忠实的朋友", BODY) == [
        "神奇的火箭",
        "忠实的朋友",
    ]


def test_quotation_marks_in_a_heading():
    assert heads("报告", BODY, "“十四五”时期工作回顾", BODY, "今后的打算", BODY) == [
        "“十四五”时期工作回顾",
        "今后的打算",
    ]


def test_the_years_of_a_chronicle_are_headings():
    found = parsed("大事年表", "1949年", BODY, BODY, "1950年", BODY, "一九五二年", BODY).value
    assert [heading_text(entry.section.heading) for entry in outline(found)] == ["1949年", "1950年", "一九五二年"]
    assert found.metadata.title == "大事年表"


@pytest.mark.parametrize("years", [("1949年", "1950年"), ("1952年", "1950年", "1949年"), ("1949", "1950", "1951")])
def test_other_years_are_no_headings(years):
    assert not heads("大事年表", *(line for year in years for line in (year, BODY)))
    assert not heads("大事年表", "1949年", "1950年", "1951年", BODY)


def test_formal_numbers_stand_above_the_common_ones():
    found = parsed("要点", "壹、总述", "一、宗旨", BODY, "二、范围", BODY, "贰、程序", "三、收文", BODY).value
    assert [(entry.depth, heading_text(entry.section.heading)) for entry in outline(found)] == [
        *((1, "壹、总述"), (2, "一、宗旨"), (2, "二、范围"), (1, "贰、程序"), (2, "三、收文")),
    ]


def test_a_number_that_lost_its_words_counts_with_its_sisters():
    assert heads("报告", "一、", BODY, "二、下一步打算", BODY) == ["一、", "二、下一步打算"]
    assert heads("报告", BODY, "一、", BODY) == []


def test_what_sites_of_novels_put_before_the_number_of_a_chapter():
    found = parsed("凡人志", "作者：某某", "正文 第一章 山边小村", BODY, "VIP卷 第二章 青牛镇", BODY).value
    assert [entry.section.heading.kind for entry in outline(found)] == [HeadingKind.CHAPTER] * 2
    assert found.metadata.title == "凡人志"
    assert label_of("正文第三段讲了这件事") is None


def test_numbers_of_two_digits_before_short_words():
    assert heads("通知", BODY, "01 时间", BODY, "02 地点", BODY) == ["01　时间", "02　地点"]


@pytest.mark.parametrize(
    "lines",
    [
        ("01 时间", BODY),
        ("01 张三", "02 李四", "03 王五", BODY),
        ("01 号楼的住户，请注意。", BODY, "02 号楼的住户，请注意。", BODY),
    ],
)
def test_other_numbers_of_two_digits(lines):
    assert not heads("通知", BODY, *lines)


def test_formal_numbers_behind_the_common_ones_stand_beside_them():
    lines = ("一、申请条件", BODY, "二、递交时间", BODY, "壹、封面", BODY, "贰、内容", BODY)
    assert [(entry.depth, heading_text(entry.section.heading)) for entry in outline(parsed("指南", *lines).value)] == [
        (1, head) for head in lines[::2]
    ]
