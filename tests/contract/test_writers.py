"""What every writer promises, tried on every writer that is installed."""

import dataclasses
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from contract.documents import RICH
from contract.readback import EXTRACT, words_of

from converter.diagnostics import Result
from converter.errors import UsageError
from converter.model import (
    Document,
    Heading,
    HeadingKind,
    LineBreak,
    List,
    Mark,
    Metadata,
    Paragraph,
    Quote,
    Role,
    Section,
    Separator,
    Text,
    outline,
    passages_of,
    plain,
    text,
)
from converter.options import option_fields
from converter.pipeline import read, write
from converter.plugins import find_writer, writer_names
from converter.typeset.themes import THEMES

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def section(label, words, kind, *blocks, run_in=False, sections=()):
    heading = Heading(label=label, inlines=text(words), kind=kind, run_in=run_in)
    return Section(heading=heading, blocks=blocks, sections=sections)


def paragraph(words, role=Role.BODY):
    return Paragraph(inlines=text(words), role=role)


EVERYTHING = Document(
    metadata=Metadata(title="标题 <b>&\"'", authors=("甲", "乙"), date="2012年7月", subject="党建", keywords=("一", "二")),
    front=(*(paragraph(f"{role.value}的行", role) for role in Role), Separator()),
    sections=(
        section(
            "第一章", "总则", HeadingKind.CHAPTER, paragraph("正文。\n第二行"),
            sections=(
                section("一、", "要求", HeadingKind.COUNT, paragraph("𠮷野家𠀀，“引号”——……")),
                section("1、", "坚持学习制度。", HeadingKind.DECIMAL, paragraph("进一步完善。"), run_in=True),
            ),
        ),
        section("", "", HeadingKind.PLAIN, paragraph("无题的一节")),
        section("第二章", "", HeadingKind.CHAPTER),
        Section(
            heading=Heading(inlines=(Text(text="粗", marks=frozenset({Mark.STRONG})), LineBreak(), Text(text="点", marks=frozenset({Mark.EMPHASIS})))),
            blocks=(Paragraph(inlines=(Text(text="粗体字", marks=frozenset(Mark)), Text(text="* _a_ `b` # 1. <i>"))), Paragraph(inlines=())),
        ),
    ),
)  # fmt: skip

DOCUMENTS = {
    "everything": EVERYTHING,
    "rich": RICH,
    "nothing": Document(),
    "only a title": Document(metadata=Metadata(title="标题")),
    "one paragraph": Document(front=(paragraph("只有一段。"),)),
    "traditional": Document(metadata=Metadata(title="標題"), front=(paragraph("這個問題。"),), language="zh-Hant-TW"),
    "deep": Document(
        sections=(
            section("一、", "1", HeadingKind.COUNT, sections=(section("（一）", "2", HeadingKind.PAREN_COUNT, sections=(
                section("1.", "3", HeadingKind.DECIMAL, sections=(section("（1）", "4", HeadingKind.PAREN_DECIMAL, sections=(
                    section("", "5", HeadingKind.PLAIN, sections=(section("", "6", HeadingKind.PLAIN, sections=(
                        section("", "7", HeadingKind.PLAIN, paragraph("底")),)),)),)),)),)),)),
        )
    ),
    "volume": Document(
        metadata=Metadata(title="文集", authors=("办公室",)),
        sections=tuple(section("", f"第{n}个题目", HeadingKind.TEXT, paragraph("正文。")) for n in "一二三"),
    ),
    "what XML forbids": Document(metadata=Metadata(title="a\x00b"), front=(paragraph("c\x0bd\ufffe\ud800e"),)),
}  # fmt: skip

ours = pytest.mark.parametrize("name", sorted(EXTRACT))
every = pytest.mark.parametrize("name", writer_names())
documents = pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)


def words_of_model(document):
    """What a reader should see: title, headings and blocks in order, without white space."""
    seen = [document.metadata.title]

    def inlines(items):
        seen.extend(i.text for i in items if isinstance(i, Text))

    def blocks(items):
        for block in items:
            if isinstance(block, Paragraph):
                inlines(block.inlines)

    def sections(items):
        for item in items:
            seen.append(item.heading.label)
            inlines(item.heading.inlines)
            blocks(item.blocks)
            sections(item.sections)

    blocks(document.front)
    sections(document.sections)
    return "".join("".join(seen).split())


def without_marks(words):
    """The words without the line of asterisks or the like that stands for a separator."""
    return words.replace("＊", "").replace("*", "").replace("#", "")


WORDS_ONLY = {"docx": {"contents": False}, "html": {"contents": False}, "pdf": {"page_numbers": False}}
"""Options that leave out what a writer adds to the author's words."""


@every
@documents
@pytest.mark.parametrize("theme", THEMES)
def test_every_document_can_be_written(name, document, theme):
    result = write(document, name, theme=theme)
    assert isinstance(result, Result)
    assert isinstance(result.value, bytes)
    assert result.value


@every
@documents
def test_same_input_same_bytes(name, document):
    assert write(document, name).value == write(document, name).value


@every
def test_same_bytes_in_another_process_and_time_zone(name):
    code = (
        "import sys, hashlib; from contract.test_writers import EVERYTHING; from converter.pipeline import write; "
        f"print(hashlib.sha256(write(EVERYTHING, {name!r}).value).hexdigest())"
    )
    hashes = set()
    for zone, seed in (("UTC", "1"), ("Asia/Shanghai", "2")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])}
        hashes.add(
            subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True).stdout
        )
    assert len(hashes) == 1


@ours
@pytest.mark.parametrize("key", ["everything", "one paragraph", "traditional", "deep"])
def test_the_words_come_back_in_order(name, key):
    document = DOCUMENTS[key]
    data = write(document, name, options=WORDS_ONLY.get(name)).value
    assert without_marks(words_of(name, data)) == without_marks(words_of_model(document))


def runs_of_model(document):
    """What a reader should see of a document with every kind of node, run by run in reading order."""

    def blocks(items):
        for block in items:
            match block:
                case List():
                    for item in block.items:
                        yield from blocks(item)
                case Quote():
                    yield from blocks(block.blocks)
                case _:
                    for passage in passages_of(block):
                        yield from (plain((inline,)) for inline in passage)

    yield document.metadata.title
    yield from blocks(document.front)
    for entry in outline(document):
        heading = entry.section.heading
        yield from (heading.label, *(plain((inline,)) for inline in heading.inlines))
        yield from blocks(entry.section.blocks)
    for note in document.notes:
        yield from blocks(note.blocks)


@ours
def test_every_kind_of_node_is_shown_in_order(name):
    seen, at = words_of(name, write(RICH, name, options=WORDS_ONLY.get(name)).value), 0
    runs = list(runs_of_model(RICH))
    if name == "pdf":  # notes stand at the foot of the page that calls them
        notes = [run for run in runs_of_model(Document(notes=RICH.notes)) if run]
        assert all("".join(run.split()) in seen for run in notes)
        runs = list(runs_of_model(replace(RICH, notes=())))
    for run in runs:
        words = "".join(run.split())
        assert words in seen[at:], (words, seen[at : at + 80])
        at = seen.index(words, at) + len(words)


@ours
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_the_words_of_the_seeds_come_back_in_order(name, path):
    document = read(path).value
    data = write(document, name, options=WORDS_ONLY.get(name)).value
    assert without_marks(words_of(name, data)) == without_marks(words_of_model(document))


@every
def test_an_unknown_option_is_refused(name):
    with pytest.raises(UsageError, match="nonsense"):
        write(EVERYTHING, name, options={"nonsense": 1})


@every
def test_options_are_described_in_both_languages(name):
    writer = find_writer(name)
    assert dataclasses.is_dataclass(writer.options_type)
    for field in option_fields(writer.options_type):
        assert field.help.en, field.name
        assert field.help.zh, field.name


@every
def test_names_and_endings(name):
    writer = find_writer(name)
    assert writer.name == name
    assert writer.suffix.startswith(".")
    assert "/" in writer.media_type


@every
def test_what_a_format_cannot_show_is_said(name):
    said = {d.message.en for d in write(EVERYTHING, name).diagnostics if d.code == "OUT101"}
    assert len(said) >= len([f for f in find_writer(name).cannot_show if f in {*Role, *Mark, LineBreak, Separator}])
