import pytest

from converter.model import Document, Heading, HeadingKind, Mark, Metadata, Paragraph, Role, Section, Separator, text
from converter.options import make_options
from converter.typeset.themes import find_theme
from converter.writers.txt import TxtOptions, TxtWriter


def paragraph(words, role=Role.BODY):
    return Paragraph(inlines=text(words), role=role)


def write(document, **options):
    return TxtWriter().write(document, find_theme("article"), make_options(TxtOptions, options))


RUN_IN = Heading(inlines=text("坚持学习制度。"), label="1、", kind=HeadingKind.DECIMAL, run_in=True)
SPEECH = Document(
    metadata=Metadata(title="在全市工作会议上的讲话"),
    front=(paragraph("同志们：", Role.SALUTATION), paragraph("现在开会。")),
    sections=(
        Section(
            heading=Heading(inlines=text("总体要求"), label="一、"),
            sections=(
                Section(heading=RUN_IN, blocks=(paragraph("进一步完善。"), Separator(), paragraph("诗一\n诗二"))),
            ),
        ),
        Section(heading=Heading(inlines=text("附则"), label="第二章"), blocks=(paragraph("某局", Role.SIGNATURE),)),
    ),
)


def test_a_whole_text():
    assert write(SPEECH).value.decode() == (
        "在全市工作会议上的讲话\n\n同志们：\n　　现在开会。\n\n一、总体要求\n　　1、坚持学习制度。进一步完善。\n\n* * *\n\n"
        "　　诗一\n　　诗二\n\n第二章　附则\n　　某局\n"
    )


def test_without_indents_blank_lines_part_the_paragraphs():
    assert write(SPEECH, indent=False).value.decode() == (
        "在全市工作会议上的讲话\n\n同志们：\n\n现在开会。\n\n一、总体要求\n\n1、坚持学习制度。进一步完善。\n\n* * *\n\n"
        "诗一\n诗二\n\n第二章　附则\n\n某局\n"
    )


def test_an_empty_document_is_an_empty_line():
    assert write(Document()).value == b"\n"


@pytest.mark.parametrize(
    ("encoding", "data"),
    [("utf-8", "里\n".encode()), ("gb18030", "里\n".encode("gb18030")), ("utf-16", b"\xff\xfe\xcc\x91\n\x00")],
)
def test_encodings(encoding, data):
    assert write(Document(metadata=Metadata(title="里")), encoding=encoding).value == data


def test_big5_is_the_one_in_use():
    result = write(Document(metadata=Metadata(title="裏碁")), encoding="big5")
    assert (result.value, result.diagnostics) == (b"\xf9\xd8\xf9\xd6\n", ())


@pytest.mark.parametrize(
    ("encoding", "words", "read"),
    [("big5", "国學𠮷", "□學□"), ("utf-8", "学\ud800", "学〓"), ("gb18030", "\udfff", "〓")],
)
def test_what_the_encoding_lacks_is_replaced_and_named(encoding, words, read):
    result = write(Document(metadata=Metadata(title=words)), encoding=encoding)
    assert result.value.decode(encoding) == f"{read}\n"
    named = [f"U+{ord(c):04X}" in result.diagnostics[0].message.zh for c in words]
    assert named == [c != r for c, r in zip(words, read, strict=True)]


def test_marks_are_said_to_be_lost():
    assert TxtWriter.cannot_show == set(Mark)
