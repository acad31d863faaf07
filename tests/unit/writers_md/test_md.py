import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from converter.model import Document, Heading, HeadingKind, Mark, Metadata, Paragraph, Section, Separator, Text, text
from converter.typeset.themes import find_theme
from converter.writers.md import MarkdownOptions, MarkdownWriter


def write(document, *, front_matter=False):
    options = MarkdownOptions(front_matter=front_matter)
    return MarkdownWriter().write(document, find_theme("article"), options).value.decode()


def paragraph(words):
    return Document(front=(Paragraph(inlines=text(words)),))


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("1、坚持学习制度。", "1、坚持学习制度。"),
        ("1.坚持", "1.坚持"),
        ("1. 坚持", "1\\. 坚持"),
        ("12) 坚持", "12\\) 坚持"),
        ("- 坚持", "\\- 坚持"),
        ("——坚持", "——坚持"),
        ("# 坚持", "\\# 坚持"),
        ("C#语言", "C#语言"),
        ("> 坚持", "\\> 坚持"),
        ("甲\n===", "甲\\\n\\==="),
        ("甲\n\n乙\n", "甲\\\n\\\n乙"),
        ("    甲", "甲"),
        ("《甲》*乙*_丙_", "《甲》\\*乙\\*\\_丙\\_"),
        ("<b>甲</b>", "\\<b>甲\\</b>"),
        ("R&D &amp;", "R&D \\&amp;"),
        ("C:\\路径\\", "C:\\\\路径\\\\"),
        ("\r\n甲", "甲"),
    ],
)
def test_only_what_markdown_would_take_for_its_own_is_escaped(words, written):
    assert write(paragraph(words)) == f"{written}\n"


@given(st.text(st.sampled_from("甲。“1.)-+*_#>=`~[]()!<>&;:|$\\ab/ \n"), max_size=24))
def test_every_parser_reads_the_same_words_back(words):
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(write(paragraph(words)))
    assert {t.type for t in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    read = "".join("\n" if c.type == "hardbreak" else c.content for t in tokens for c in t.children or ())
    assert all(c.type in {"text", "text_special", "hardbreak"} for t in tokens for c in t.children or ())
    assert read.split("\n") == [line.strip(" ") for line in words.strip(" \n").split("\n")]


def test_a_run_in_heading_is_bold_up_to_its_stop():
    heading = Heading(inlines=text("坚持学习制度。"), label="1、", kind=HeadingKind.DECIMAL, run_in=True)
    document = Document(sections=(Section(heading=heading, blocks=(Paragraph(inlines=text("进一步完善。")),)),))
    assert write(document) == '<b role="heading" aria-level="1">1、坚持学习制度。</b>进一步完善。\n'
    assert MarkdownIt("commonmark").render(write(document)) == f"<p>{write(document).strip()}</p>\n"


def test_headings_go_down_one_level_below_a_title():
    inner = Section(heading=Heading(inlines=text("乙 #")))
    outer = Section(heading=Heading(inlines=text("甲"), label="一、"), sections=(inner,))
    assert write(Document(sections=(outer,))) == "# 一、甲\n\n## 乙 \\#\n"
    assert (
        write(Document(metadata=Metadata(title="题\n目"), sections=(outer,)))
        == "# 题<br>目\n\n## 一、甲\n\n### 乙 \\#\n"
    )


def test_marks_and_separators():
    runs = (
        Text(text="“甲”", marks=frozenset({Mark.STRONG})),
        Text(text="乙"),
        Text(text="丙", marks=frozenset({Mark.EMPHASIS})),
    )
    document = Document(front=(Separator(), Paragraph(inlines=runs), Separator()))
    assert write(document) == "* * *\n\n<strong>“甲”</strong>乙<em>丙</em>\n\n* * *\n"
    assert MarkdownIt("commonmark").render(write(document)).count("<hr />") == 2


def test_front_matter_is_quoted():
    metadata = Metadata(title='甲: "乙" # 丙', authors=("张三", "李\x85四"), date="2012年7月")
    assert write(Document(metadata=metadata), front_matter=True).startswith(
        '---\ntitle: "甲: \\"乙\\" # 丙"\nauthor: ["张三", "李\\u0085四"]\ndate: "2012年7月"\nlang: "zh-Hans"\n---\n\n'
    )
    assert write(paragraph("甲"), front_matter=True) == "甲\n"


def test_control_characters_are_replaced_and_reported():
    result = MarkdownWriter().write(paragraph("甲\x00乙\ud800"), find_theme("article"), MarkdownOptions())
    assert result.value.decode() == "甲\ufffd乙\ufffd\n"
    assert [d.code for d in result.diagnostics] == ["OUT102"]
