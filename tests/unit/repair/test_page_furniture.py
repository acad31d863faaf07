from hypothesis import given
from hypothesis import strategies as st

from converter.repair import cut_off_end, hard_wraps, page_numbers, running_heads
from converter.source import SourceText

BODY = "调研组先后走访了十二个乡镇和四十个行政村，召开座谈会二十余场，听取了各方面的意见。" * 5


def repaired(rule, text):
    return SourceText(text).edited(f[:3] for f in rule.find(text)).text


def test_a_page_without_its_number_does_not_end_the_count():
    text = "".join(f"{BODY}各镇(街 {n}\n道)都已参加。\n" for n in (1, 2, 4, 5))
    assert repaired(page_numbers, text) == f"{BODY}各镇(街道)都已参加。\n" * 4


def test_other_numbers_at_line_ends_are_no_pages():
    text = "".join(f"{BODY}各镇(街 {n}\n道)都已参加。\n报名总数 {n * 7}\n" for n in (1, 2, 3))
    assert repaired(page_numbers, text) == "".join(f"{BODY}各镇(街道)都已参加。\n报名总数 {n * 7}\n" for n in (1, 2, 3))


def test_rows_of_a_table_count_up_and_stay():
    rows = "".join(f"{n}\n李明\n清水县建筑设计研究院有限公司\n工程师\n" for n in range(1, 200))
    assert repaired(page_numbers, rows) == rows


def test_two_numbers_are_no_sequence():
    text = "".join(f"{BODY}各镇(街 {n}\n道)都已参加。\n" for n in (1, 2))
    assert repaired(page_numbers, text) == text


def test_the_title_stays_though_the_heads_repeat_it():
    page = f"\n{BODY}\n"
    text = "\f".join(f"清水县志\n{BODY}\n" for _ in range(4))
    assert repaired(running_heads, text) == "清水县志" + "\f".join([page] * 4)


def test_latin_words_are_joined_with_a_space():
    wrapped = "我们比较了各种排版软件，其中有 TeX、Word 和 Adobe\nInDesign，以及几种较新的开源的排版程序和它们的各种\n扩展包，结果如下。\n"
    whole = wrapped.replace("Adobe\n", "Adobe ").replace("各种\n", "各种")
    assert repaired(hard_wraps, wrapped * 3) == whole * 3


def test_wrapped_lines_of_a_table_and_of_code_stay():
    row = "项目名称                    单位          数量          金额\n"
    assert repaired(hard_wraps, row * 20) == row * 20
    code = "for name, value in sorted(table.items()): print(name, value)\n"
    assert repaired(hard_wraps, code * 20) == code * 20


def test_a_list_without_final_marks_is_not_cut_off():
    text = f"{BODY}\n" * 3 + "清水县人民政府驻兰州办事处，地址在城关区，欢迎各位同乡前来\n2015年3月2日\n"
    assert list(cut_off_end.find(text)) == []


@given(st.lists(st.text("甲乙丙丁，。、“”（）12 ", max_size=70), max_size=30))
def test_joining_takes_line_ends_only(lines):
    text = "\n".join(lines)
    result = repaired(hard_wraps, text)
    assert "".join(result.split()) == "".join(text.split())
    assert repaired(hard_wraps, result) == result
