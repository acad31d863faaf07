"""What the file says: words, headings, levels, runs and their fonts."""

from __future__ import annotations

import io

import docx as python_docx
import pytest

from converter.model import (
    Document,
    Heading,
    HeadingKind,
    LineBreak,
    Mark,
    Metadata,
    Paragraph,
    Role,
    Section,
    Separator,
    Text,
    blocks_of,
    heading_text,
    outline,
    plain,
    text,
)
from converter.typeset.themes import find_theme
from converter.writers.docx import DocxOptions, DocxWriter
from converter.writers.docx.ooxml import text_run
from converter.writers.docx.runs import runs
from converter.writers.docx.styles import ROLE_STYLES

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_back(data: bytes) -> tuple[list[str], list[tuple[int, str]]]:
    """Texts of the paragraphs after the contents, and level and text of headings, as python-docx finds them."""
    texts, headings = [], []
    for paragraph in python_docx.Document(io.BytesIO(data)).paragraphs:
        style = paragraph.style
        while style.base_style is not None and not style.name.split()[-1].isdigit():
            style = style.base_style
        while style.base_style is not None and style.base_style.name.startswith("Heading"):
            style = style.base_style
        if style.name.startswith("Heading"):
            headings.append((int(style.name.split()[1]), paragraph.text))
        elif paragraph.text:
            texts.append(paragraph.text)
    return texts, headings


@pytest.mark.parametrize("theme", ["article", "official", "book"])
@pytest.mark.parametrize("which", ["speech", "volume"])
def test_words_and_heading_tree_come_back(docx, request, theme, which):
    document = request.getfixturevalue(which)
    texts, headings = read_back(docx(document, theme).data)
    assert headings == [(entry.depth, heading_text(entry.section.heading)) for entry in outline(document)]
    body = [plain(block.inlines) for block in blocks_of(document)]
    assert texts == [document.metadata.title, *body]


def test_levels_deeper_than_word_has_are_its_deepest(docx):
    deepest = Section(heading=Heading(inlines=text("第十一层")))
    for level in range(10, 0, -1):
        deepest = Section(heading=Heading(inlines=text(f"第{level}层")), sections=(deepest,))
    _, headings = read_back(docx(Document(sections=(deepest,))).data)
    assert [level for level, _ in headings] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9]


def test_each_role_has_its_style(docx):
    package = docx(Document(front=tuple(Paragraph(inlines=text(role.value), role=role) for role in Role)))
    names = {
        style.get(f"{W}styleId"): style.find(f"{W}name").get(f"{W}val") for style in package("styles", "//w:style")
    }
    found = [(names[style], words) for style, words in package.paragraphs()]
    assert found == [(ROLE_STYLES[role][0], role.value) for role in Role]
    assert len({name for name, _ in found}) == len(Role)


def test_a_run_in_heading_is_a_heading_whose_paragraph_mark_is_hidden(docx, speech):
    package = docx(speech)
    separators = package("document", "//w:p[w:pPr/w:rPr/w:vanish and w:pPr/w:rPr/w:specVanish]")
    assert ["".join(p.itertext(W + "t")) for p in separators] == ["1、坚持学习制度。"]
    following = separators[0].getnext()
    assert following.find(f"{W}pPr/{W}pStyle").get(W + "val") == "BodyText"
    style = separators[0].find(f"{W}pPr/{W}pStyle").get(W + "val")
    look = package("styles", f"//w:style[@w:styleId='{style}']")[0]
    body = package("styles", "//w:style[@w:styleId='BodyText']")[0]
    for tag in ("ind", "spacing", "jc"):  # so that it does not matter which of the two paragraphs Word goes by
        assert dict(look.find(f"{W}pPr/{W}{tag}").attrib) == dict(body.find(f"{W}pPr/{W}{tag}").attrib)


def test_a_run_in_heading_without_body_keeps_its_paragraph_mark(docx):
    heading = Heading(inlines=text("坚持学习制度。"), label="1、", run_in=True)
    assert not docx(Document(sections=(Section(heading=heading),)))("document", "//w:specVanish")


def test_line_breaks_separators_and_marks(docx):
    strong, dotted = frozenset({Mark.STRONG}), frozenset({Mark.EMPHASIS})
    line = (Text(text="甲"), LineBreak(), Text(text="乙", marks=strong), Text(text="丙", marks=dotted))
    package = docx(Document(front=(Paragraph(inlines=(*line, Text(text="abc", marks=dotted))), Separator())))
    assert len(package("document", "//w:br")) == 1
    assert package("document", "string(//w:r[w:rPr/w:b]/w:t)") == "乙"
    assert package("document", "string(//w:r[w:rPr/w:em/@w:val='underDot']/w:t)") == "丙"
    assert package("document", "string(//w:r[w:rPr/w:i]/w:t)") == "abc"
    assert package.paragraphs()[-1] == ("Separator", "＊　＊　＊")


def hints(content: str) -> list[tuple[str, str]]:
    return [
        ("".join(r.itertext(W + "t")), r.find(f".//{W}rFonts").get(W + "hint") if r.find(f"{W}rPr") is not None else "")
        for r in runs(content)
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("没有引号，只有汉字。", [("没有引号，只有汉字。", "")]),
        ("他说“三个代表”……", [("他说“三个代表”……", "eastAsia")]),
        ("约翰·史密斯——其人", [("约翰·史密斯——其人", "eastAsia")]),
        ("用“iPhone”手机", [("用“iPhone”手机", "eastAsia")]),
        ("他说“don’t”。", [("他说“", "eastAsia"), ("don’t", "default"), ("”。", "eastAsia")]),
        ("去café坐坐", [("去", ""), ("café", "default"), ("坐坐", "")]),
        ("創(chuàng)新", [("創(", ""), ("chuàng", "default"), (")新", "")]),
        ("气温20℃，第①条", [("气温20℃，第①条", "eastAsia")]),
        ("plain ASCII 'quotes'", [("plain ASCII 'quotes'", "")]),
    ],
)
def test_marks_of_both_scripts_are_set_in_the_font_of_their_neighbours(content, expected):
    assert hints(content) == expected


def test_spaces_tabs_and_line_feeds_are_kept():
    run = text_run(" a\tb\n　c")
    assert [child.tag.removeprefix(W) for child in run] == ["t", "tab", "t", "br", "t"]
    assert "".join(run.itertext(W + "t")) == " ab　c"
    preserved = [t.get("{http://www.w3.org/XML/1998/namespace}space") for t in run.iter(W + "t")]
    assert preserved == ["preserve", None, "preserve"]


def test_no_text_node_is_longer_than_parsers_read(docx):
    content = "字" * 4_000_000  # twelve million bytes
    texts, _ = read_back(docx(Document(front=(Paragraph(inlines=text(content)),))).data)
    assert texts == [content]


def test_characters_that_xml_forbids_are_replaced_and_reported():
    heading = Heading(inlines=text("第\x01章"), kind=HeadingKind.CHAPTER)
    document = Document(
        metadata=Metadata(title="题\x02名", authors=("张\ud800三",)),
        front=(Paragraph(inlines=text("正\uffff文")),),
        sections=(Section(heading=heading),),
    )
    made = DocxWriter().write(document, find_theme("book"), DocxOptions(contents=True, cover=True))
    assert [d.code for d in made.diagnostics] == ["OUT102"]
    assert all(name in made.diagnostics[0].message.en for name in ("U+0001", "U+0002", "U+D800", "U+FFFF"))
    texts, headings = read_back(made.value)
    assert "正\ufffd文" in texts
    assert headings == [(1, "第\ufffd章")]
