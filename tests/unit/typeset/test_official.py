"""Where the parts of an official document stand, clause by clause of GB/T 9704-2012."""

from __future__ import annotations

from dataclasses import replace

import pytest

from converter.model import Document, Heading, HeadingKind, Metadata, Paragraph, Role, Section, text
from converter.typeset.pages import Typesetter
from converter.typeset.theme import Signing
from converter.typeset.themes import THEMES
from converter.units import mm

OFFICIAL = THEMES["official"]
MEASURE = OFFICIAL.page.measure
LINE = OFFICIAL.body.leading
EM = OFFICIAL.body.size


def paragraph(words, role=Role.BODY):
    return Paragraph(inlines=text(words), role=role)


def pages(*blocks, theme=OFFICIAL, title=""):
    return Typesetter(theme).pages(Document(metadata=Metadata(title=title), front=blocks), title=True)


def places(page):
    """Left and right edge in points, the top of the characters, their size and colour, by their words."""
    return {
        placed.line.text: (
            placed.line.x * placed.size / 1000,
            (placed.line.x + placed.line.width) * placed.size / 1000,
            placed.baseline - 0.88 * placed.size,
            placed.size,
            placed.colour,
        )
        for placed in page.lines
    }


def signed(theme, name="某某市人民政府", date="2012年7月1日"):
    (page,) = pages(paragraph("正文。"), paragraph(name, Role.SIGNATURE), paragraph(date, Role.DATE), theme=theme)
    found = places(page)
    return found[name], found[date], found["正文。"]


def test_7_2_the_letterhead_is_red_35_mm_down_and_the_rule_4_mm_below_the_number():
    head = (paragraph("某某市人民政府文件", Role.LETTERHEAD), paragraph("某政发〔2012〕10号", Role.DOCUMENT_NUMBER))
    (page,) = pages(*head, paragraph("各县："), title="关于某事的通知")
    found = places(page)
    left, right, top, size, colour = found["某某市人民政府文件"]
    assert (top, colour) == (pytest.approx(mm(35)), "#ff0000")
    assert left == pytest.approx(MEASURE - right)
    number = found["某政发〔2012〕10号"]
    assert number[2] == pytest.approx(top + size + 2 * LINE + (LINE - EM) / 2)
    (rule,) = page.rules
    assert (rule.x, rule.end_x, rule.colour) == (0, MEASURE, "#ff0000")
    assert rule.y == pytest.approx(number[2] + EM + (LINE - EM) / 2 + mm(4))
    title = found["关于某事的通知"]
    assert title[2] >= rule.y + 2 * LINE
    assert title[3] == 22


def test_7_2_1_to_3_what_stands_above_the_letterhead_does_not_move_it():
    marks = [paragraph(words) for words in ("000001", "机密★1年", "特急")]
    head = (paragraph("某某市人民政府文件", Role.LETTERHEAD), paragraph("某政发〔2012〕10号", Role.DOCUMENT_NUMBER))
    (page,) = pages(*marks, *head, paragraph("各县："), title="通知")
    found = places(page)
    assert list(found)[:6] == ["000001", "机密★1年", "特急", "某某市人民政府文件", "某政发〔2012〕10号", "通知"]
    assert [found[words][0] for words in ("000001", "机密★1年", "特急")] == [0, 0, 0]
    assert found["000001"][2] == pytest.approx((LINE - EM) / 2)
    assert found["特急"][2] == pytest.approx(2 * LINE + (LINE - EM) / 2)
    assert found["某某市人民政府文件"][2] == pytest.approx(mm(35))
    long = paragraph("这是一段不该排在版头之上的很长的话，它是正文。")
    (page,) = pages(long, *head, title="通知")
    assert next(iter(places(page))) == "某某市人民政府文件"


def test_7_2_4_a_long_letterhead_stays_on_one_line():
    head = paragraph("某某省某某市某某自治县发展和改革局环境保护局文件", Role.LETTERHEAD)
    (page,) = pages(head)
    assert places(page)["某某省某某市某某自治县发展和改革局环境保护局文件"][1] <= MEASURE + 0.01


def test_7_2_6_the_signer_stands_at_the_right_of_the_number():
    head = paragraph("某某市人民政府文件", Role.LETTERHEAD)
    (page,) = pages(head, paragraph("某政发〔2012〕10号　签发人：李某某", Role.DOCUMENT_NUMBER))
    found = places(page)
    assert found["某政发〔2012〕10号"][0] == pytest.approx(EM)
    assert found["签发人：李某某"][1] == pytest.approx(MEASURE - EM)
    assert found["签发人：李某某"][2] == found["某政发〔2012〕10号"][2]


def test_a_text_of_a_volume_has_its_red_head_above_its_title():
    head = (paragraph("某某市人民政府文件", Role.LETTERHEAD), paragraph("某政发〔2012〕10号", Role.DOCUMENT_NUMBER))
    texts = [
        Section(heading=Heading(inlines=text(title), kind=HeadingKind.TEXT), blocks=(*head, paragraph("各县：")))
        for title in ("通知一", "通知二")
    ]
    first, second = Typesetter(OFFICIAL).pages(Document(sections=tuple(texts)), title=False)
    for page, title in ((first, "通知一"), (second, "通知二")):
        assert list(places(page)) == ["某某市人民政府文件", "某政发〔2012〕10号", title, "各县："]
        assert [landmark.entry.section.heading.inlines for landmark in page.landmarks] == [text(title)]
        assert len(page.rules) == 1


def test_without_a_letterhead_there_is_no_red_head():
    (page,) = pages(paragraph("某政发〔2012〕10号", Role.DOCUMENT_NUMBER), title="通知")
    assert not page.rules
    assert list(places(page)) == ["通知", "某政发〔2012〕10号"]
    (page,) = pages(paragraph("某某市人民政府文件", Role.LETTERHEAD), title="通知", theme=THEMES["article"])
    assert not page.rules


def test_7_3_4_attachments_stand_below_one_another_and_go_on_below_their_names():
    long = "安全生产重点工作任务分解表及其责任单位名单和完成时限一览表"
    (page,) = pages(
        paragraph("正文。"), paragraph("附件：1." + long, Role.ATTACHMENT), paragraph("2.实施方案", Role.ATTACHMENT)
    )
    found = places(page)
    lines = list(found)
    assert lines[1:3] == ["附件：1.", long[: len(lines[2])]]
    assert found["附件：1."][0] == pytest.approx(2 * EM)
    assert found[lines[2]][0] == pytest.approx(found[lines[3]][0]) == found["实施方案"][0]
    assert found["2."][0] == pytest.approx(5 * EM)
    assert found["附件：1."][2] == pytest.approx(found["正文。"][2] + 2 * LINE)


def test_7_3_5_1_sealed_the_date_four_characters_in_and_the_name_in_the_middle_above_it():
    name, date, body = signed(OFFICIAL)
    assert MEASURE - date[1] == pytest.approx(4 * EM)
    assert (name[0] + name[1]) / 2 == pytest.approx((date[0] + date[1]) / 2)
    assert date[2] == pytest.approx(name[2] + LINE)
    assert name[2] == pytest.approx(body[2] + 2 * LINE)
    name, date, _ = signed(OFFICIAL, "某某市人民代表大会常务委员会办公厅")
    assert name[1] <= MEASURE + 0.01


def test_7_3_5_2_unsealed_the_date_begins_two_characters_after_the_name():
    theme = replace(OFFICIAL, signing=Signing.UNSEALED)
    name, date, _ = signed(theme, "某某市人民政府办公厅")
    assert MEASURE - name[1] == pytest.approx(2 * EM)
    assert date[0] == pytest.approx(name[0] + 2 * EM)
    name, date, _ = signed(theme, "市委", "二〇一二年十二月二十一日")  # the date is longer
    assert MEASURE - date[1] == pytest.approx(2 * EM)
    assert name[0] == pytest.approx(date[0] - 2 * EM)


def test_7_3_5_3_stamped_two_lines_below_and_the_date_one_further():
    name, date, body = signed(replace(OFFICIAL, signing=Signing.STAMPED), "市长　李某某")
    assert MEASURE - name[1] == pytest.approx(4 * EM) == MEASURE - date[1]
    assert name[2] == pytest.approx(body[2] + 3 * LINE)
    assert date[2] == pytest.approx(name[2] + 2 * LINE)


def test_7_3_7_what_is_attached_opens_a_page_its_title_on_the_third_line():
    attached = Section(
        heading=Heading(inlines=text("任务分解表"), kind=HeadingKind.PART), blocks=(paragraph("表文。"),)
    )
    front = (paragraph("正文。"), paragraph("附件1", Role.ATTACHMENT))
    first, second = Typesetter(OFFICIAL).pages(Document(front=front, sections=(attached,)), title=False)
    found = places(second)
    assert list(places(first)) == ["正文。"]
    assert list(found) == ["附件1", "任务分解表", "表文。"]
    assert (found["附件1"][0], found["附件1"][2]) == (0, pytest.approx((LINE - EM) / 2))
    assert found["任务分解表"][3] == 22
    assert 2 * LINE <= found["任务分解表"][2] < 3 * LINE
    numbered = Section(heading=Heading(inlines=text("总论"), label="第一篇", kind=HeadingKind.PART))
    (page,) = Typesetter(OFFICIAL).pages(Document(front=front[:1], sections=(numbered,)), title=False)
    assert len(page.lines) == 2


def test_7_4_the_imprint_ends_at_the_lower_edge_of_the_type_area():
    imprint = (
        paragraph("抄送：市委各部门，" + "市人大常委会办公厅，" * 4 + "市法院。", Role.IMPRINT),
        paragraph("某某市人民政府办公厅　2012年7月2日印发", Role.IMPRINT),
    )
    (page,) = pages(paragraph("正文。"), *imprint)
    found = places(page)
    first, middle, last = page.rules
    assert last.y == pytest.approx(OFFICIAL.page.depth, abs=0.02)
    assert [rule.thickness for rule in page.rules] == [pytest.approx(mm(t)) for t in (0.35, 0.25, 0.35)]
    assert {(rule.x, rule.end_x) for rule in page.rules} == {(0, MEASURE)}
    office, date = found["某某市人民政府办公厅"], found["2012年7月2日印发"]
    assert (office[0], MEASURE - date[1], office[3]) == (pytest.approx(14), pytest.approx(14), 14)
    assert office[2] == date[2]
    copies = found["抄送："]
    second = next(place for words, place in found.items() if words.endswith("市法院。"))
    assert (copies[0], second[0]) == (pytest.approx(14), pytest.approx(14 * 4))
    assert first.y < copies[2] < second[2] < middle.y


def test_7_4_2_no_rule_between_addressees_and_copies_and_a_full_page_turns():
    imprint = (paragraph("主送：各县。", Role.IMPRINT), paragraph("抄送：市委。", Role.IMPRINT))
    (page,) = pages(paragraph("正文。"), *imprint)
    assert len(page.rules) == 2
    full, last = pages(paragraph("雨。" * 28 * 11), *imprint)
    assert (len(full.rules), len(last.rules)) == (0, 2)


def test_7_5_the_dash_of_the_folio_is_7_mm_below_the_type_area():
    assert OFFICIAL.folio_drop - 0.4 * OFFICIAL.folio_style.size == pytest.approx(mm(7))


def test_5_2_28_characters_by_22_lines():
    first, _ = pages(paragraph("雨" * (28 * 23)))
    assert len(first.lines) == 22
    assert {len(placed.line.text) for placed in first.lines[1:]} == {28}
    assert (OFFICIAL.page.measure, OFFICIAL.page.depth) == (pytest.approx(mm(156)), pytest.approx(mm(225)))


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_7_3_5_5_no_page_has_a_signature_alone(theme):
    lines = round(theme.page.depth / theme.body.leading)
    name, date = paragraph("某某市人民政府", Role.SIGNATURE), paragraph("2012年7月1日", Role.DATE)
    for short in (1, 2, 3):
        rows = [paragraph("雨。") for _ in range(lines - short)]
        last = pages(*rows, paragraph("特此通知。", Role.CLOSING), name, date, theme=theme)[-1]
        words = [placed.line.text for placed in last.lines]
        assert words[-3:] == ["特此通知。", "某某市人民政府", "2012年7月1日"]
    attached = [paragraph("附件：1.表", Role.ATTACHMENT), paragraph("2.表", Role.ATTACHMENT)]
    last = pages(*[paragraph("雨。")] * lines, *attached, name, date)[-1]
    assert last.lines[0].line.text == "雨。"
