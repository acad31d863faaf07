"""numbering=word: numbers that Word counts, and that read as the author wrote them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from contract.documents import RICH

from converter import read, write
from converter.model import Document, Heading, HeadingKind, List, Paragraph, Section, text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))


def sections(*labels: str) -> Document:
    return Document(
        sections=tuple(
            Section(heading=Heading(inlines=text("标题"), label=label, kind=HeadingKind.COUNT)) for label in labels
        )
    )


def numbers(package) -> list:
    """Of each heading: format, pattern, first number of its sequence; its words where the number is typed."""
    found = []
    for heading in package("document", "//w:body/w:p[w:bookmarkStart]"):
        number = heading.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is None:
            found.append("".join(heading.itertext(W + "t")))
            continue
        (num,) = package("numbering", f"//w:num[@w:numId='{number.get(W + 'val')}']")
        abstract = num.find(W + "abstractNumId").get(W + "val")
        (level,) = package("numbering", f"//w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl")
        said = [level.find(W + tag).get(W + "val") for tag in ("numFmt", "lvlText")]
        found.append((*said, number.get(W + "val"), num.find(f".//{W}startOverride").get(W + "val")))
    return found


def test_numbers_that_follow_one_another_are_one_sequence(docx):
    package = docx(sections("一、", "二、", "三、"), numbering="word", contents=False)
    assert numbers(package) == [("chineseCountingThousand", "%1、", "1", "1")] * 3
    assert not package("document", "//w:r[w:rPr/w:rStyle/@w:val='HeadingNumber']")


def test_a_gap_begins_a_sequence_with_the_number_of_the_author(docx):
    found = numbers(docx(sections("一、", "三、"), numbering="word", contents=False))
    assert [entry[2:] for entry in found] == [("1", "1"), ("2", "3")]


@pytest.mark.parametrize(
    ("label", "form"),
    [
        ("（十二）", ("chineseCountingThousand", "（%1）")),
        ("3.", ("decimal", "%1.")),
        ("（4）", ("decimal", "（%1）")),
        ("第二章", ("chineseCountingThousand", "第%1章　")),
        ("⑤", ("decimalEnclosedCircle", "%1　")),
    ],
)
def test_forms_of_numbers(docx, label, form):
    assert numbers(docx(sections(label), numbering="word", contents=False))[0][:2] == form


@pytest.mark.parametrize("label", ["1.2", "壹、", "廿一、", "第二百三十四条"])
def test_what_word_would_write_differently_stays_typed(docx, label):
    found = numbers(docx(sections(label), numbering="word", contents=False))[0]
    assert isinstance(found, str)
    assert found.startswith(label)


def test_lists_count_too(docx):
    item = (Paragraph(inlines=text("甲")),)
    package = docx(
        Document(front=(List(items=(item, item), ordered=True, start=3), List(items=(item,)))), numbering="word"
    )
    assert package("document", "//w:numId/@w:val") == ["1", "1", "2"]
    assert package("numbering", "//w:numFmt/@w:val") == ["decimal", "bullet"]
    assert package("numbering", "//w:startOverride/@w:val") == ["3", "1"]
    assert not package("document", "//w:r[w:rPr/w:rStyle/@w:val='ListMarker']")


def test_without_it_there_are_none(docx, speech):
    assert "word/numbering.xml" not in docx(speech).roots


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_the_file_reads_as_the_author_numbered_it(path):
    document = read(path).value
    typed, counted = (
        read(write(document, "docx", options={"numbering": how}).value, format="docx").value
        for how in ("typed", "word")
    )
    assert counted == typed


def test_every_node_comes_back():
    typed, counted = (
        read(write(RICH, "docx", options={"numbering": how}).value, format="docx").value for how in ("typed", "word")
    )
    assert counted == typed


@pytest.mark.validator
def test_it_is_valid(docx, tmp_path):
    path = tmp_path / "rich.docx"
    path.write_bytes(docx(RICH, numbering="word").data)
    found = subprocess.run(["ooxml-validator", path], check=False, capture_output=True, text=True).stdout
    assert json.loads(found)["errors"] == []
