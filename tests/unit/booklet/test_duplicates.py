import sys

import pytest

from converter.booklet.duplicates import Duplicate, duplicates
from converter.model import Document, Metadata, Paragraph, text


def one(words):
    return Document(
        metadata=Metadata(title="题"), front=tuple(Paragraph(inlines=text(line)) for line in words.split("\n"))
    )


def long(seed, clauses=40):
    return "，".join(f"第{seed}次会议要求各单位做好第{n}项工作" for n in range(clauses)) + "。"


def test_the_same_text_twice():
    assert list(duplicates([one(long(1)), one(long(2)), one(long(1))])) == [Duplicate(0, 2, 1)]


def test_spaces_and_marks_make_no_difference():
    assert list(duplicates([one(long(1)), one(long(1).replace("，", ", ").replace("。", " !\n"))])) == [
        Duplicate(0, 1, 1)
    ]


def test_nearly_the_same():
    changed = long(1).replace("第7项", "第77项").replace("第9项", "第99项")
    ((first, second, shared),) = duplicates([one(long(1)), one(changed)])
    assert (first, second) == (0, 1)
    assert shared == pytest.approx(38 / 40, abs=0.02)


def test_a_part_of_a_longer_text():
    ((_, _, shared),) = duplicates([one(long(1) + long(2)), one(long(1))])
    assert shared == pytest.approx(0.99)


@pytest.mark.parametrize("other", [long(2), "", "同志们：\n谢谢大家！", long(1, 15) + long(2, 40)])
def test_texts_that_differ(other):
    assert list(duplicates([one(long(1)), one(other)])) == []


def test_short_texts_of_short_clauses_are_not_all_the_same():
    assert list(duplicates([one("春眠，不觉。"), one("白日，依山。"), one("")])) == []


def test_work_is_linear():
    def work(count):
        """Calls of Python functions: the same on every machine, however busy."""
        documents = [one(long(n % 7, 60)) for n in range(count)]
        calls = 0

        def count_call(frame, event, argument):
            nonlocal calls
            calls += event in {"call", "c_call"}

        sys.setprofile(count_call)
        try:
            list(duplicates(documents))
        finally:
            sys.setprofile(None)
        return calls

    work(10)
    assert work(400) < 6 * work(100)
