"""What is written as HTML, EPUB, Markdown, plain text and JSON says the same words in the same order."""

import io
import re
import zipfile

import pytest
from lxml import etree
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from converter.model import (
    Document,
    Heading,
    HeadingKind,
    Mark,
    Metadata,
    Paragraph,
    Role,
    Section,
    Separator,
    Text,
    heading_text,
    outline,
    plain,
    text,
)
from converter.options import make_options
from converter.plugins import find_reader, find_writer
from converter.typeset.themes import find_theme


def heading(words, label="", kind=HeadingKind.PLAIN, *, run_in=False):
    return Heading(inlines=text(words), label=label, kind=kind, run_in=run_in)


def paragraph(words, role=Role.BODY):
    return Paragraph(inlines=text(words), role=role)


SPEECH = Document(
    metadata=Metadata(title="在全市<安全>生产工作会议上的\n讲话 & “要求” #", authors=("王某",), date="2012年7月11日"),
    front=(
        paragraph("——2012年7月11日", Role.SUBTITLE),
        paragraph("同志们：", Role.SALUTATION),
        paragraph("今天我们召开这次会议。\n\n第二行"),
        paragraph("1. 甲\n2) 乙\n- 丙\n+ 丁\n# 戊\n> 己\n=== \n---\n:-\n```\n    庚\n"),
        paragraph("*强* _调_ `码` [链](http://x) <script>alert('辛')</script> &amp; &lt; ~~删~~ a|b $x$ C:\\路径\\"),
        paragraph("行首的 ![图](u) 与 1、不是列表，3.坚持也不是。"),
    ),
    sections=(
        Section(
            heading=heading("总体要求 ##", "一、", HeadingKind.COUNT),
            blocks=(paragraph("这是正文。"), Separator(), paragraph("又一段。")),
            sections=(
                Section(
                    heading=heading("坚持学习制度。", "1、", HeadingKind.DECIMAL, run_in=True),
                    blocks=(
                        Paragraph(
                            inlines=(
                                Text(text="进一步完善"),
                                Text(text="“制度”。", marks=frozenset({Mark.STRONG})),
                                Text(text="很好。", marks=frozenset({Mark.STRONG, Mark.EMPHASIS})),
                                Text(text="𠮷野家"),
                            )
                        ),
                        paragraph("下一段。"),
                    ),
                ),
                Section(heading=heading("没有正文。", "2、", HeadingKind.DECIMAL, run_in=True), blocks=(Separator(),)),
            ),
        ),
        Section(heading=heading("附则", "第四章", HeadingKind.CHAPTER)),
        Section(heading=heading(""), blocks=tuple(paragraph(f"某{role.value}", role) for role in Role)),
        Section(
            heading=heading("-结语"),
            blocks=(
                paragraph("谢谢大家！", Role.CLOSING),
                paragraph("某某局", Role.SIGNATURE),
                paragraph("2012-7-11", Role.DATE),
            ),
        ),
    ),
)
BARE = Document(front=(paragraph("只有一段话。"), paragraph("又一段。")))


def model_words(document):
    """The title, then every heading and paragraph in reading order."""
    yield document.metadata.title
    yield from (plain(b.inlines) for b in document.front if isinstance(b, Paragraph))
    for entry in outline(document):
        yield heading_text(entry.section.heading)
        yield from (plain(b.inlines) for b in entry.section.blocks if isinstance(b, Paragraph))


def squeezed(pieces):
    return re.sub(r"\s", "", "".join(pieces))


def write(name, document, **options):
    writer = find_writer(name)
    return writer.write(document, find_theme("article"), make_options(writer.options_type, options)).value


def html_words(data):
    body = lxml_html.fromstring(data).find("body")
    for contents in body.iter("nav"):
        contents.clear(keep_tail=True)
    return body.text_content()


def epub_words(data):
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        package = etree.fromstring(book.read("EPUB/content.opf"))
        files = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
        for item in package.iter("{*}itemref"):
            page = etree.fromstring(book.read("EPUB/" + files[item.get("idref")]))
            yield "".join(page.find("{*}body").itertext())


def md_words(data):
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(data.decode())
    for token in tokens:
        assert token.type not in {
            "code_block",
            "fence",
            "html_block",
            "table_open",
            "blockquote_open",
            "list_item_open",
        }
        for part in token.children or ():
            assert part.type in {"text", "text_special", "softbreak", "hardbreak", "html_inline"}, part
            if part.type == "html_inline":
                assert re.fullmatch(r"</?(b|strong|em|br)( role=\"heading\" aria-level=\"[1-6]\")?>", part.content)
            else:
                yield part.content


@pytest.mark.parametrize("document", [SPEECH, BARE], ids=["speech", "bare"])
def test_html(document):
    assert squeezed(html_words(write("html", document))) == squeezed(model_words(document))


@pytest.mark.parametrize("document", [SPEECH, BARE], ids=["speech", "bare"])
def test_epub(document):
    assert squeezed(epub_words(write("epub", document))) == squeezed(model_words(document))


@pytest.mark.parametrize("document", [SPEECH, BARE], ids=["speech", "bare"])
def test_markdown(document):
    assert squeezed(md_words(write("md", document, front_matter=False))) == squeezed(model_words(document))


@pytest.mark.parametrize("indent", [True, False])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_txt(indent, encoding):
    written = write("txt", SPEECH, indent=indent, encoding=encoding).decode(encoding)
    assert squeezed(written.replace("* * *", "")) == squeezed(model_words(SPEECH))


def test_json():
    reader = find_reader("json")
    assert reader.read(write("json", SPEECH), make_options(reader.options_type, {})).value == SPEECH
