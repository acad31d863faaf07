"""Drawn pages are taken from what was kept, only where nothing has changed that they depend on, and the file is the same."""

import importlib.metadata
import os
import pickle
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from contract.documents import RICH

from converter.model import (
    Document,
    Heading,
    HeadingKind,
    Mark,
    Metadata,
    Note,
    NoteRef,
    Origin,
    Paragraph,
    Role,
    Section,
    Text,
    text,
)
from converter.pipeline import write
from converter.source import Span
from converter.typeset.fonts import font_files
from converter.typeset.pages import Typesetter
from converter.typeset.theme import Face
from converter.typeset.themes import THEMES
from converter.writers.pdf import kept

BOOK = THEMES["book"]
CFF_FONT = Path("/usr/share/fonts/opentype/urw-base35/NimbusRoman-Regular.otf")


class Store(dict):
    """Keeps everything, and counts what it was asked for."""

    def put(self, key, data):
        self[key] = data


def one(title, *inlines, words=900, kind=HeadingKind.TEXT, sections=(), role=Role.BODY):
    heading = Heading(inlines=text(title), kind=kind)
    return Section(
        heading=heading,
        blocks=(Paragraph(inlines=(*text("正文，" * (words // 3)), *inlines), role=role),),
        sections=sections,
    )


def chapter(title, words):
    return one(title, words=words, kind=HeadingKind.COUNT)


PART = Section(
    heading=Heading(inlines=text("上编"), kind=HeadingKind.PART),
    sections=(
        one("甲", NoteRef(number=1)),
        one("乙", sections=tuple(chapter(f"第{n}节", 160 + 37 * n) for n in range(9))),
    ),
)
VOLUME = Document(
    metadata=Metadata(title="文集"),
    sections=(PART, one("丙", NoteRef(number=2), NoteRef(number=3), words=2000), one("丁")),
    notes=tuple(Note(blocks=(Paragraph(inlines=text(words)),)) for words in ("注一", "注二", "注三")),
)
EVERYTHING = {"cover": True, "contents": True, "index": "pinyin", "running_head": True}


def pdf(document=VOLUME, store=None, theme="book", **options):
    return write(document, "pdf", theme=theme, options=EVERYTHING | options, store=store).value


def composed(monkeypatch):
    """The titles of the portions that are composed from now on."""
    titles, compose = [], Typesetter.composed

    def composing(self, document, portion, first, **more):
        titles.append("".join(entry.section.heading.inlines[0].text for entry in portion.entries[:1]))
        return compose(self, document, portion, first, **more)

    monkeypatch.setattr(Typesetter, "composed", composing)
    return titles


def with_text(number, section, document=VOLUME):
    sections = list(document.sections)
    sections[number] = section
    return replace(document, sections=tuple(sections))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("options", [{}, {"vertical": True}, {"right_hand": True}, {"cover": False, "contents": False}])
def test_the_file_is_the_same(theme, options, monkeypatch):
    fresh, store = pdf(theme=theme, **options), Store()
    assert pdf(store=store, theme=theme, **options) == fresh
    kept_now = dict(store)
    titles = composed(monkeypatch)
    assert pdf(store=store, theme=theme, **options) == fresh
    assert (titles, store) == ([], kept_now)


def test_only_what_changed_is_composed(monkeypatch):
    store, longer = Store(), with_text(2, one("丁", words=3000))
    pdf(store=store)
    titles = composed(monkeypatch)
    assert pdf(longer, store) == pdf(longer)
    assert titles[:1] == ["丁"]
    assert len(titles) == 1 + 4  # and all of them without a store


@pytest.mark.parametrize("more", [800, 1600])
def test_what_moves_to_other_pages_stays_right(more):
    """Another number of pages before a text, odd or even; and back again."""
    store, moved = Store(), with_text(0, one("始", words=more))
    for document in (VOLUME, moved, VOLUME):
        assert pdf(document, store) == pdf(document)


def test_a_text_that_need_not_be_even_is_kept_for_both_sides(monkeypatch):
    store, plain = Store(), replace(BOOK, line_grid=False)
    pdf(store=store, theme=plain)
    titles = composed(monkeypatch)
    pdf(with_text(2, one("丁", words=30), with_text(0, one("始", words=30))), store, theme=plain)
    assert titles == ["始", "丁"]


BIG = replace(BOOK.body, size=BOOK.body.size + 1)
ALTERED = {
    "words": {"document": with_text(2, one("丁", words=903))},
    "heading": {"document": with_text(2, one("戊"))},
    "marks": {"document": with_text(2, one("丁", Text(text="强调", marks=frozenset({Mark.STRONG}))))},
    "other marks": {"document": with_text(2, one("丁", Text(text="强调", marks=frozenset({Mark.EMPHASIS}))))},
    "role": {"document": with_text(2, one("丁", role=Role.DATE))},
    "kind of heading": {"document": with_text(2, one("丁", kind=HeadingKind.CHAPTER))},
    "title of a part": {
        "document": with_text(0, replace(PART, heading=Heading(inlines=text("下编"), kind=HeadingKind.PART)))
    },
    "title": {"document": replace(VOLUME, metadata=Metadata(title="选集"))},
    "no title": {"document": replace(VOLUME, metadata=Metadata())},
    "language": {"document": replace(VOLUME, language="zh-Hant")},
    "note": {"document": replace(VOLUME, notes=(*VOLUME.notes[:2], Note(blocks=(Paragraph(inlines=text("另注")),))))},
    "note that is missing": {"document": replace(VOLUME, notes=VOLUME.notes[:2])},
    "note that none calls": {"document": replace(VOLUME, notes=(*VOLUME.notes, *VOLUME.notes[:1]))},
    "more notes than ten": {"document": replace(VOLUME, notes=VOLUME.notes * 4)},
    "number of a note": {"document": with_text(1, one("丙", NoteRef(number=3), NoteRef(number=2), words=2000))},
    "who calls a note first": {"document": with_text(2, one("丁", NoteRef(number=2)))},
    "order": {"document": replace(VOLUME, sections=VOLUME.sections[::-1])},
    "a text less": {"document": replace(VOLUME, sections=VOLUME.sections[1:])},
    "another theme": {"theme": "article"},
    "size of a theme": {"theme": replace(BOOK, body=BIG)},
    "parts on pages": {"theme": replace(BOOK, part_on_new_page=False)},
    "face": {"theme": replace(BOOK, body=replace(BOOK.body, face=Face.KAI))},
    "font": {"theme": replace(BOOK, fonts=((Face.SONG, str(font_files()[2][0])),))},
    "vertical": {"vertical": True},
    "right-hand pages": {"right_hand": True},
    "strict line breaking": {"line_breaking": "strict"},
    "hanging marks": {"hanging": True},
    "centred marks": {"centred_marks": True},
    "hyphens": {"hyphenate": True},
    "no cover": {"cover": False},
    "no page numbers": {"page_numbers": False},
    "no running heads": {"running_head": False},
    "deep contents": {"contents_depth": 1},
}


@pytest.mark.parametrize("change", ALTERED.values(), ids=ALTERED)
def test_kept_pages_are_never_stale(change):
    store = Store()
    before = pdf(store=store)
    altered = pdf(store=store, **change)
    assert altered == pdf(**change)
    assert pdf(store=store, **change) == altered
    assert pdf(store=store) == before


def key(*nodes):
    said = []
    kept._say(nodes, said, [])
    return said


def test_every_part_of_a_document_is_in_the_key_but_where_it_was_read_from():
    said = key(RICH.front, RICH.sections, RICH.notes)
    assert {"Table", "List", "Ruby", "Link", "NoteRef", "Quote", "Verse", "Preformatted"} <= set(said)
    heading = VOLUME.sections[1].heading
    assert key(replace(heading, span=Span(0, 1), origin=Origin.INFERRED)) == key(heading)
    for change in ({"label": "一、"}, {"run_in": True}, {"kind": HeadingKind.PART}, {"inlines": ()}):
        assert key(replace(heading, **change)) != key(heading)


@pytest.mark.parametrize(
    ("one_way", "other_way"),
    [(("甲乙", "丙"), ("甲", "乙丙")), (("甲", ("乙",)), (("甲", "乙"),)), ((1,), ("1",)), ((True,), (1,))],
)
def test_what_differs_has_different_keys(one_way, other_way):
    assert key(*one_way) != key(*other_way)


@pytest.mark.parametrize("name", kept._LIBRARIES)
def test_other_versions_of_what_decides_about_lines_compose_anew(name, monkeypatch):
    store = Store()
    pdf(store=store)
    version = importlib.metadata.version
    monkeypatch.setattr(importlib.metadata, "version", lambda asked: "0" if asked == name else version(asked))
    kept._versions.cache_clear()
    titles = composed(monkeypatch)
    pdf(store=store)
    kept._versions.cache_clear()
    assert len(titles) == 4


def test_a_font_that_was_replaced_composes_anew(tmp_path, monkeypatch):
    path = tmp_path / "a.ttf"
    shutil.copy(font_files()[2][0], path)
    theme, store = replace(BOOK, fonts=((Face.SONG, str(path)),)), Store()
    pdf(store=store, theme=theme)
    titles = composed(monkeypatch)
    pdf(store=store, theme=theme)
    assert titles == []
    os.utime(path, (1, 1))
    pdf(store=store, theme=theme)
    assert len(titles) == 4


class Ran:
    def __reduce__(self):
        return os.mkdir, ("ran",)


DAMAGED = {
    "empty": b"",
    "no pickle": b"x" * 100,
    "cut off": 0.9,
    "half": 0.5,
    "code": pickle.dumps(Ran()),
    "code inside": pickle.dumps(([], [Ran()], [], [])),
    "number": pickle.dumps(7),
    "three parts": pickle.dumps(([], [], [])),
    "empty parts": pickle.dumps(([()], [()], [()], [])),
    "unknown font": {3: [("/F99", "字", "", False)]},
    "unknown heading": {0: [((99,), False, "", "", True, False)]},
}


def damaged(data, how):
    if isinstance(how, float):
        return data[: int(len(data) * how)]
    if isinstance(how, dict):
        parts = list(pickle.loads(data))
        for at, part in how.items():
            parts[at] = part
        return pickle.dumps(tuple(parts))
    return how


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_what_is_broken_is_drawn_anew_and_runs_nothing(damage, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    store = Store()
    fresh = pdf(store=store)
    whole = dict(store)
    for key, data in whole.items():
        store[key] = damaged(data, damage)
    assert pdf(store=store) == fresh
    assert store == whole
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    "special",
    [
        (Text(text="𠀀𠮷"),),
        *(
            tuple(inline for inline in block.inlines)
            for block in RICH.front
            if isinstance(block, Paragraph) and any(type(inline).__name__ == "Ruby" for inline in block.inlines)
        ),
    ],
)
def test_what_has_other_codes_in_every_file_is_drawn_each_time(special, monkeypatch):
    """The characters beyond the BMP, and those with room for readings: their codes depend on all texts of a file."""
    store, document = Store(), with_text(2, one("丁", *special))
    assert pdf(document, store) == pdf(document)
    other = with_text(1, one("丙", Text(text="𡈽𠀀"), words=30), document)
    assert pdf(other, store) == pdf(other)


@pytest.mark.skipif(not CFF_FONT.exists(), reason="needs a font with CFF outlines (Debian: fonts-urw-base35)")
def test_fonts_whose_codes_are_glyphs_are_drawn_each_time():
    theme, store = replace(BOOK, fonts=((Face.SONG, str(CFF_FONT)),)), Store()
    latin = with_text(2, one("丁", Text(text="Latin words")))
    assert pdf(latin, store, theme=theme) == pdf(latin, theme=theme)
    more = with_text(1, one("丙", Text(text="Quite other words: αβγ")), latin)
    assert pdf(more, store, theme=theme) == pdf(more, theme=theme)


def test_everything_else_that_a_document_can_have():
    """Tables, lists, notes, pictures, code, ruby: kept or not, the file is the same."""
    store = Store()
    for _ in range(2):
        for theme in THEMES:
            assert pdf(RICH, store, theme=theme) == pdf(RICH, theme=theme)
