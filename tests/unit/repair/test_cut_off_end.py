from converter.diagnostics import Severity
from converter.repair.cut_off_end import find

BODY = "调研组先后走访了十二个乡镇和四十个行政村，召开座谈会二十余场，听取了各方面的意见。" * 5


def test_a_list_without_final_marks_is_not_cut_off():
    text = f"{BODY}\n" * 3 + "清水县人民政府驻兰州办事处，地址在城关区，欢迎各位同乡前来\n2015年3月2日\n"
    assert list(find(text)) == []


def test_a_missing_end_is_reported_and_not_made_up():
    last = "今后一个时期，我们要继续解放思想，以改革的精神和扎实的作风统领各"
    text = f"{BODY}\n" * 3 + last
    (finding,) = find(text)
    assert finding.replacement == text[finding.start : finding.end] == "各"
    assert finding.severity is Severity.WARNING
