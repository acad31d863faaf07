import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.errors import UsageError
from converter.model import Document, Heading, Mark, Metadata, Paragraph, Section, Text, plain, text
from converter.transforms.quotes import STYLES, requoted, to_quotes

# Without Latin letters: between two of them ’ is an apostrophe, and 『A』b cannot be told from it once it is ‘A’b.
PASSAGES = st.text("甲乙，“”‘’「」『』'’1 ", max_size=30)


@pytest.mark.parametrize(
    ("words", "style", "expected"),
    [
        ("他说：“她讲‘好’。”", "「」", "他说：「她讲『好』。」"),
        ("他說：「她講『好』。」", "“”", "他說：“她講‘好’。”"),
        ("他說：『她講「好」。』", "“”", "他說：“她講‘好’。”"),
        ("“甲“乙”丙”", "「」", "「甲『乙』丙」"),
        ("接着。”他说：“好", "「」", "接着。」他说：「好"),
        ("it’s “甲”", "「」", "it’s 「甲」"),
        ("He said “hello”", "「」", "He said “hello”"),
        ("「甲」", "「」", "「甲」"),
        ("‘甲’", "「」", "『甲』"),
        ("没有引号", "“”", "没有引号"),
    ],
)
def test_marks_are_changed_by_nesting(words, style, expected):
    assert requoted(words, style) == expected


@given(PASSAGES, st.sampled_from(list(STYLES)))
def test_only_quotation_marks_change_and_all_do(words, style):
    converted = requoted(words, style)
    assert len(converted) == len(words)
    assert all(a == b or a in "“”‘’「」『』" for a, b in zip(words, converted, strict=True))
    other = "".join(marks for name, marks in STYLES.items() if name != style)
    assert "甲" not in words or not set(converted.replace("’", "")) & set(other.replace("’", ""))


@given(PASSAGES, st.sampled_from(list(STYLES)))
def test_a_second_time_changes_nothing(words, style):
    once = requoted(words, style)
    assert requoted(once, style) == once


def test_the_whole_document_is_changed_across_runs():
    bold = frozenset({Mark.STRONG})
    document = Document(
        metadata=Metadata(title="论“新”"),
        front=(Paragraph(inlines=(Text(text="他说：“她讲"), Text(text="‘好’", marks=bold), Text(text="。”"))),),
        sections=(Section(heading=Heading(inlines=text("加强“两新”组织"), label="一、")),),
    )
    result = to_quotes(document, "「」")
    assert result.value.metadata.title == "论「新」"
    assert plain(result.value.front[0].inlines) == "他说：「她讲『好』。」"
    assert result.value.front[0].inlines[1] == Text(text="『好』", marks=bold)
    assert plain(result.value.sections[0].heading.inlines) == "加强「两新」组织"
    assert "8" in result.diagnostics[0].message.en
    assert to_quotes(document, None).value is document
    assert to_quotes(document, "“”").diagnostics == ()


def test_an_unknown_style_is_refused():
    with pytest.raises(UsageError, match="“”"):
        to_quotes(Document(), "<>")
