from converter.repair.cut_off_end import find

BODY = "调研组先后走访了十二个乡镇和四十个行政村，召开座谈会二十余场，听取了各方面的意见。" * 5


def test_a_list_without_final_marks_is_not_cut_off():
    text = f"{BODY}\n" * 3 + "清水县人民政府驻兰州办事处，地址在城关区，欢迎各位同乡前来\n2015年3月2日\n"
    assert list(find(text)) == []
