from hypothesis import given
from hypothesis import strategies as st

from converter.repair.hard_wraps import find
from converter.source import SourceText


def repaired(text):
    return SourceText(text).edited(f[:3] for f in find(text)).text


def test_latin_words_are_joined_with_a_space():
    wrapped = "我们比较了各种排版软件，其中有 TeX、Word 和 Adobe\nInDesign，以及几种较新的开源的排版程序和它们的各种\n扩展包，结果如下。\n"
    whole = wrapped.replace("Adobe\n", "Adobe ").replace("各种\n", "各种")
    assert repaired(wrapped * 3) == whole * 3


def test_wrapped_lines_of_a_table_and_of_code_stay():
    row = "项目名称                    单位          数量          金额\n"
    assert repaired(row * 20) == row * 20
    code = "for name, value in sorted(table.items()): print(name, value)\n"
    assert repaired(code * 20) == code * 20


@given(st.lists(st.text("甲乙丙丁，。、“”（）12 ", max_size=70), max_size=30))
def test_joining_takes_line_ends_only(lines):
    text = "\n".join(lines)
    result = repaired(text)
    assert "".join(result.split()) == "".join(text.split())
    assert repaired(result) == result


def test_blank_lines_part_paragraphs_with_every_kind_of_line_end():
    wrapped = "为了深入了解山区农村小学的办学条件，县教育局组织了三个\n调研组，用两个月的时间走访了全县四十二所学校，召开座谈\n"
    text = wrapped * 6 + "\n" + wrapped * 6
    joined = repaired(text)
    for end in ("\r\n", "\r"):
        assert repaired(text.replace("\n", end)) == joined.replace("\n", end)
    assert joined.count("\n\n") == 1
