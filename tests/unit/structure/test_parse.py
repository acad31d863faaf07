"""The smallest texts that show one thing of structure each, and the texts that look like it and must be left alone."""

from hypothesis import given
from hypothesis import strategies as st

from converter.inspection import recognised
from converter.model import HeadingKind, Role, heading_text, outline, plain
from converter.source import SourceText
from converter.structure.parse import parse

BODY = "全局上下要统一思想，提高认识，扎实做好各项工作。"


def document(*lines):
    return parse(SourceText("\n".join(lines))).value


def tree(found):
    return [(entry.depth, heading_text(entry.section.heading)) for entry in outline(found)]


def test_a_title_above_its_text():
    found = document("关于做好工作的通知", BODY)
    assert found.metadata.title == "关于做好工作的通知"
    assert [plain(b.inlines) for b in found.front] == [BODY]


def test_the_title_stands_below_the_way_to_it():
    found = document(
        "某某网站", "首页 > 文章中心 > 正文", "在动员会上的讲话", "时间:2022-11-21 01:19:00", "同志们：", BODY
    )
    assert found.metadata.title == "在动员会上的讲话"
    assert "首页 > 文章中心 > 正文" in [plain(b.inlines) for b in found.front]


def test_a_text_without_a_title_has_none():
    assert document(BODY, BODY).metadata.title == ""
    assert document("一、总体要求", BODY).metadata.title == ""


def test_a_title_said_twice_is_taken_out_once_and_reported():
    result = parse(SourceText(f"在动员会上的讲话\n\n在动员会上的讲话\n{BODY}"))
    assert result.value.metadata.title == "在动员会上的讲话"
    assert len(result.value.front) == 1
    assert [d.code for d in result.diagnostics if d.applied] == ["ST101"]
    assert result.value.source.undo() == f"在动员会上的讲话\n\n在动员会上的讲话\n{BODY}"


def test_numbered_headings_nest():
    found = document("一、总体要求", BODY, "（一）指导思想", BODY, "1．加强领导", BODY, "二、保障措施", BODY)
    assert tree(found) == [(1, "一、总体要求"), (2, "（一）指导思想"), (3, "1．加强领导"), (1, "二、保障措施")]


def test_a_run_in_heading_ends_with_its_sentence():
    found = document("一、学习", BODY, f"1、坚持学习制度。{BODY}", f"2、落实学习计划。{BODY}")
    first = found.sections[0].sections[0]
    assert first.heading.run_in
    assert heading_text(first.heading) == "1、坚持学习制度。"
    assert plain(first.blocks[0].inlines) == BODY


def test_a_long_numbered_sentence_is_no_heading():
    line = (
        "1、在运行机制上，坚持从领导机制、激励机制、监督机制等方面进行积极探索与实践，强化党组的领导指导职责，明确责任。"
        + BODY
    )
    assert tree(document("一、机制", BODY, line, BODY)) == [(1, "一、机制")]


def test_items_of_a_list_are_no_headings():
    found = document("三、对策", "1、加大宣传力度。", "2、改善队伍结构。", "3、健全组织机构。", "四、挑战", BODY)
    assert tree(found) == [(1, "三、对策"), (1, "四、挑战")]


def test_headings_that_end_like_sentences_stand_alone_if_text_follows():
    found = document("二、积极推进工作创新。", "1、在教育管理上创新。", BODY, "2、在工作方法上创新。", BODY)
    assert tree(found) == [(1, "二、积极推进工作创新。"), (2, "1、在教育管理上创新。"), (2, "2、在工作方法上创新。")]


def test_chapters_and_prose_that_mentions_one():
    found = document("第一章 总则", BODY, "第二章我们学习了总则，大家收获很大。", "第二章 分则", BODY)
    assert tree(found) == [(1, "第一章　总则"), (1, "第二章　分则")]


def test_parts_of_a_speech():
    found = document("在大会上的讲话", "——在全市工作会议上", "同志们：", BODY * 2, "谢谢大家！", "刘勇", "2012-7-11")
    roles = [b.role for b in found.front]
    assert roles == [Role.SUBTITLE, Role.SALUTATION, Role.BODY, Role.CLOSING, Role.SIGNATURE, Role.DATE]


def test_a_collection_keeps_its_parts_and_loses_doubled_titles():
    found = document("第一篇：以改革精神推进党建", "以改革精神推进党建", BODY, "第二篇：加强党建", "加强党建", BODY)
    assert [s.heading.kind for s in found.sections] == [HeadingKind.PART, HeadingKind.PART]
    assert [len(s.blocks) for s in found.sections] == [1, 1]


def test_a_line_of_asterisks_separates():
    assert [f.type for f in recognised(document(BODY, "＊＊＊", BODY))] == ["paragraph", "separator", "paragraph"]


def test_the_script_gives_the_language():
    assert document("這個問題很重要，大家說說。").language == "zh-Hant"
    assert document("这个问题很重要，大家说说。").language == "zh-Hans"


LINES = st.lists(
    st.one_of(st.text("一二、。（）(1).第篇章节：们同志谢大家 \u3000\r\n*20年7月", max_size=20), st.text(max_size=10)),
    max_size=12,
)


@given(LINES)
def test_parsing_never_fails_and_loses_no_character(lines):
    source = SourceText("\n".join(lines))
    result = parse(source)
    taken = [d.edit.before for d in result.diagnostics if d.applied]
    shown = result.value.metadata.title + "".join(f.text for f in recognised(result.value)) + "".join(taken)
    separators = sum(f.type == "separator" for f in recognised(result.value))
    if not separators:
        ours, theirs = (
            sorted(c for c in t if not c.isspace() and c not in "\u200b\ufeff") for t in (shown, source.text)
        )
        assert ours == theirs


@given(LINES)
def test_spans_lead_to_the_words(lines):
    original = "\n".join(lines)
    found = parse(SourceText(original)).value
    for entry in outline(found):
        for inline in entry.section.heading.inlines:
            assert original[inline.span.start : inline.span.end] == inline.text
    for block in found.front:
        for inline in getattr(block, "inlines", ()):
            assert original[inline.span.start : inline.span.end] == inline.text
