"""The law of readers: what our writers made of a document comes back as the same document."""

from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from contract.documents import PNG, RICH
from contract.test_writers import DOCUMENTS
from hypothesis import given, settings
from hypothesis import strategies as st

from converter import model
from converter.errors import ConverterError
from converter.model import (
    Document,
    Figure,
    Heading,
    HeadingKind,
    LineBreak,
    Link,
    List,
    Mark,
    Metadata,
    Note,
    NoteRef,
    Paragraph,
    Preformatted,
    Quote,
    Role,
    Ruby,
    Section,
    Separator,
    Table,
    Text,
    Verse,
    outline,
)
from converter.options import option_fields
from converter.pipeline import read, write
from converter.plugins import find_reader, reader_names
from converter.readers.growing import heading_of, merged, stripped

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
LOSSLESS = ["docx", "epub", "html", "json"]


def normal(node):
    """The node with neighbouring runs of the same marks made one: no format can tell them apart."""
    if isinstance(node, tuple):
        parts = tuple(map(normal, node))
        return merged(parts) if any(isinstance(part, Text) for part in parts) else parts
    if is_dataclass(node) and type(node).__module__ == model.__name__ and not isinstance(node, Metadata):
        return replace(node, **{f.name: normal(getattr(node, f.name)) for f in fields(node) if f.compare})
    return node


def as_markdown(document):  # noqa: C901 - one branch for each kind of block
    """The document with only what Markdown can say."""

    def inlines(items):
        return stripped(items)

    def on_one_line(items):
        return inlines(Text(text=i.text.replace("\n", " "), marks=i.marks) if isinstance(i, Text) else i for i in items)

    def blocks(items):  # noqa: C901
        for block in items:
            match block:
                case Paragraph():
                    words = inlines(block.inlines)
                    if words:
                        yield Paragraph(inlines=words)
                case Verse():
                    lines = [each for line in block.lines for each in (*line, LineBreak())]
                    if words := inlines(lines):
                        yield Paragraph(inlines=words)
                case Quote():
                    if inner := tuple(blocks(block.blocks)):
                        yield Quote(blocks=inner)
                case List():
                    items = tuple(tuple(blocks(item)) for item in block.items)
                    if items:
                        yield replace(block, items=items, start=block.start if block.ordered else 1)
                case Table():
                    rows = [tuple(map(merged, row)) for row in (*(block.head or ((),)), *block.rows)]
                    width = max(map(len, rows))
                    rows = [row + ((),) * (width - len(row)) for row in rows]
                    yield Table(head=(rows[0],) if any(rows[0]) else (), rows=tuple(rows[1:]))
                case Figure():
                    yield replace(block, caption=model.text(" ".join(model.plain(block.caption).split("\n"))))
                case _:
                    yield block

    def section(item, depth):
        words = heading_of(model.text(item.heading.label + item.heading.separator) + item.heading.inlines)
        heading = replace(words, inlines=inlines(words.inlines), run_in=item.heading.run_in)
        return Section(
            heading=heading,
            blocks=tuple(blocks(item.blocks)),
            sections=tuple(section(below, depth + 1) for below in item.sections),
        )

    return normal(
        replace(
            document,
            front=tuple(blocks(document.front)),
            sections=tuple(section(item, 1) for item in document.sections),
            notes=tuple(replace(note, blocks=tuple(blocks(note.blocks))) for note in document.notes),
        )
    )


DOCUMENTS_READ = {key: value for key, value in {**DOCUMENTS, "rich": RICH}.items() if key != "what XML forbids"}


@pytest.mark.parametrize("name", LOSSLESS)
@pytest.mark.parametrize("key", DOCUMENTS_READ)
def test_a_document_comes_back_as_it_was(name, key):
    document = DOCUMENTS_READ[key]
    assert find_reader(name).read(write(document, name).value, find_reader(name).options_type()).value == normal(
        document
    )


@pytest.mark.parametrize("key", ["rich", "everything", "only a title", "one paragraph", "traditional", "volume"])
def test_a_document_comes_back_from_markdown_but_for_what_that_cannot_say(key):
    document = DOCUMENTS_READ[key]
    assert read(write(document, "md").value, format="md").value == as_markdown(document)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
@pytest.mark.parametrize("name", [*LOSSLESS, "md"])
def test_the_seeds_come_back(name, path):
    document = read(path).value
    expected = as_markdown(document) if name == "md" else normal(document)
    assert read(write(document, name).value, format=name).value == expected


@pytest.mark.parametrize(
    "options", [{"cover": True}, {"contents": True}, {"cover": True, "contents": True}, {"contents": False}]
)
@pytest.mark.parametrize("theme", ["article", "official", "book"])
@pytest.mark.parametrize("key", ["rich", "volume"])
def test_word_files_come_back_whatever_they_look_like(key, theme, options):
    document = DOCUMENTS_READ[key]
    assert read(write(document, "docx", theme=theme, options=options).value, format="docx").value == normal(document)


def test_a_paragraph_that_is_cut_into_elements_comes_back_whole():
    document = Document(
        front=(Paragraph(inlines=model.text("一二三四五六七八九十。" * 20_000)), Paragraph(inlines=model.text("末")))
    )
    for name in LOSSLESS:
        assert read(write(document, name).value, format=name).value == document


def test_a_chapter_that_is_cut_into_files_comes_back_whole():
    section = Section(
        heading=Heading(inlines=model.text("总则"), label="第一章", kind=HeadingKind.CHAPTER),
        sections=tuple(
            Section(heading=Heading(inlines=model.text(str(n))), blocks=(Paragraph(inlines=model.text("字" * 9000)),))
            for n in range(60)
        ),
    )
    document = Document(sections=(section,))
    assert read(write(document, "epub").value, format="epub").value == document


WORDS = st.text(st.sampled_from("天地玄黄宇宙，。“”—Ab1&<>\"'`*_[]|#~$\\ \u3000𠮷é"), min_size=1, max_size=6)
WORD = WORDS.filter(lambda words: words == words.strip())
MARKS = st.frozensets(st.sampled_from(Mark))
TARGETS = st.sampled_from(["https://a.cn/b?c=1&d=%E4%BE%8B", "mailto:a@b.cn", "http://例.cn/"]).map(
    lambda target: target.replace("例", "%E4%BE%8B")
)
INLINE = st.one_of(
    st.builds(Text, text=WORDS, marks=MARKS),
    st.just(LineBreak()),
    st.builds(Link, text=WORDS, target=TARGETS, marks=MARKS),
    st.builds(Ruby, base=WORD, annotation=WORD),
)
INLINES = st.lists(INLINE, max_size=5).map(merged)
LINE = INLINES.map(lambda line: tuple(i for i in line if not isinstance(i, LineBreak)))
LEAF = st.one_of(
    st.builds(Paragraph, inlines=INLINES, role=st.sampled_from(Role)),
    st.just(Separator()),
    st.builds(Verse, lines=st.lists(LINE, min_size=1, max_size=3).map(tuple)),
    st.builds(Preformatted, text=st.text("a b\n中`", max_size=12)),
    st.builds(
        Table,
        head=st.lists(st.lists(INLINES, min_size=1, max_size=3).map(tuple), max_size=1).map(tuple),
        rows=st.lists(st.lists(INLINES, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3).map(tuple),
    ),
    st.builds(Figure, data=st.just(PNG), media_type=st.just("image/png"), alt=WORD, caption=INLINES),
)
BLOCK = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.builds(Quote, blocks=st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(
            List, items=st.lists(st.lists(inner, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3).map(tuple)
        ),
        st.builds(
            List,
            items=st.lists(st.lists(inner, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3).map(tuple),
            ordered=st.just(True),
            start=st.integers(0, 999),
        ),
    ),
    max_leaves=5,
)
BLOCKS = st.lists(BLOCK, max_size=4).map(tuple)
LABELS = st.sampled_from([
    ("", HeadingKind.PLAIN), ("", HeadingKind.TEXT), ("第一章", HeadingKind.CHAPTER), ("一、", HeadingKind.COUNT),
    ("（二）", HeadingKind.PAREN_COUNT), ("3.", HeadingKind.DECIMAL), ("①", HeadingKind.CIRCLED), ("第三条", HeadingKind.ARTICLE),
])  # fmt: skip


@st.composite
def headings(draw):
    label, kind = draw(LABELS)
    return Heading(inlines=draw(INLINES), label=label, kind=kind, run_in=draw(st.booleans()))


SECTION = st.deferred(
    lambda: st.builds(Section, heading=headings(), blocks=BLOCKS, sections=st.lists(SECTION, max_size=2).map(tuple))
)
METADATA = st.builds(
    Metadata,
    title=st.just("") | WORD,
    authors=st.lists(st.sampled_from("甲乙丙"), max_size=2).map(tuple),
    date=st.sampled_from(["", "2012年7月", "2012-07-11"]),
    subject=st.just("") | WORD,
    publisher=st.just("") | WORD,
    source=st.just("") | WORD,
    keywords=st.lists(st.sampled_from(["党建", "学习"]), max_size=2).map(tuple),
)


@st.composite
def made_documents(draw):
    """A document as readers make them: runs of the same marks are one, notes stand in the order of their marks."""
    document = Document(
        metadata=draw(METADATA),
        front=draw(BLOCKS),
        sections=draw(st.lists(SECTION, max_size=2).map(tuple)),
        language=draw(st.sampled_from(["zh-Hans", "zh-Hant-TW"])),
    )
    notes = draw(st.lists(st.lists(LEAF, min_size=1, max_size=2).map(tuple), max_size=2))
    calls = tuple(Paragraph(inlines=(Text(text="注"), NoteRef(number=n))) for n in range(1, len(notes) + 1))
    notes = tuple(Note(blocks=blocks) for blocks in notes)
    return normal(replace(document, front=(*document.front, *calls), notes=notes))


@given(made_documents())
@settings(deadline=None, max_examples=25)
@pytest.mark.parametrize("name", LOSSLESS)
def test_documents_that_nobody_chose_come_back(name, document):
    back = read(write(document, name).value, format=name).value
    assert back == document


@pytest.mark.parametrize("name", reader_names())
def test_readers_say_what_they_read(name):
    reader = find_reader(name)
    assert reader.name == name
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in reader.suffixes)
    assert all("/" in media_type for media_type in reader.media_types)
    for field in option_fields(reader.options_type):
        assert field.help.en, field.name
        assert field.help.zh, field.name


@pytest.mark.parametrize("name", reader_names())
def test_what_is_none_of_its_files_is_refused_in_one_sentence(name):
    for data in (b"", b"\0\1\2" * 100, b"PK\x03\x04" + bytes(100)):
        with pytest.raises(ConverterError) as refused:
            read(data, format=name)
        assert refused.value.message.en.endswith((".", "?"))
        assert refused.value.message.zh


def test_the_outline_is_the_same_in_all_formats():
    document = read(SEEDS[3]).value
    trees = [
        [
            (e.depth, model.heading_text(e.section.heading))
            for e in outline(read(write(document, name).value, format=name).value)
        ]
        for name in [*LOSSLESS, "md"]
    ]
    assert all(tree == trees[0] for tree in trees)
