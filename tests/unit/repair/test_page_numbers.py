from converter.repair.page_numbers import find
from converter.source import SourceText

BODY = "调研组先后走访了十二个乡镇和四十个行政村，召开座谈会二十余场，听取了各方面的意见。" * 5


def repaired(text):
    return SourceText(text).edited(f[:3] for f in find(text)).text


def test_a_page_without_its_number_does_not_end_the_count():
    text = "".join(f"{BODY}各镇(街 {n}\n道)都已参加。\n" for n in (1, 2, 4, 5))
    assert repaired(text) == f"{BODY}各镇(街道)都已参加。\n" * 4


def test_other_numbers_at_line_ends_are_no_pages():
    text = "".join(f"{BODY}各镇(街 {n}\n道)都已参加。\n报名总数 {n * 7}\n" for n in (1, 2, 3))
    assert repaired(text) == "".join(f"{BODY}各镇(街道)都已参加。\n报名总数 {n * 7}\n" for n in (1, 2, 3))


def test_rows_of_a_table_count_up_and_stay():
    rows = "".join(f"{n}\n李明\n清水县建筑设计研究院有限公司\n工程师\n" for n in range(1, 200))
    assert repaired(rows) == rows


def test_two_numbers_are_no_sequence():
    text = "".join(f"{BODY}各镇(街 {n}\n道)都已参加。\n" for n in (1, 2))
    assert repaired(text) == text
