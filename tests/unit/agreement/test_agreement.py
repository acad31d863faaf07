"""Law 5: one model, equal outputs; and that a difference is seen wherever it is."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from contract.documents import RICH
from hypothesis import given, settings
from hypothesis import strategies as st

from converter import compile_booklet, read, write
from converter.agreement import said_in, verify
from converter.agreement.said import said
from converter.errors import InputError
from converter.model import Document, Heading, Metadata, Note, NoteRef, Paragraph, Section, Text, text
from converter.typeset.themes import THEMES

SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))
FORMATS = ("docx", "pdf", "epub", "html", "json")


def files_of(document, theme="article", **options):
    return {
        name: said_in(write(document, name, theme=theme, options=options if name == "pdf" else {}).value, f"a.{name}")
        for name in FORMATS
    }


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
def test_all_formats_of_a_seed_say_what_the_seed_says(seed, theme):
    document = read(seed).value
    assert verify({"source": said(document), **files_of(document, theme)}) == []


def test_so_do_columns_and_contents():
    document = read(SEEDS[1]).value
    assert verify({"source": said(document), **files_of(document, "book", vertical=True, contents=True)}) == []


def test_so_does_every_kind_of_node():
    assert verify({"source": said(RICH), **files_of(RICH)}) == []


def test_so_does_a_volume():
    volume = compile_booklet([read(seed).value for seed in SEEDS], title="文集", author="某室").value
    options = {"cover": True, "contents": True}
    files = {name: write(volume, name, theme="book", options=options).value for name in ("pdf", "docx", "epub")}
    assert verify({"model": said(volume), **{name: said_in(data, f"a.{name}") for name, data in files.items()}}) == []


WORDS = st.text(st.sampled_from("春眠不觉晓，。“”（）—…·abc 12\u3000𠮷é"), min_size=1, max_size=60).filter(str.strip)


def documents():
    paragraphs = st.lists(WORDS.map(lambda words: Paragraph(inlines=text(words))), max_size=3).map(tuple)
    headings = st.builds(Heading, inlines=WORDS.map(text), label=st.sampled_from(["", "一、"]))
    leaves = st.builds(Section, heading=headings, blocks=paragraphs)
    sections = st.recursive(
        leaves,
        lambda inner: st.builds(
            Section, heading=headings, blocks=paragraphs, sections=st.lists(inner, max_size=2).map(tuple)
        ),
    )
    title = st.builds(Metadata, title=WORDS)
    return st.builds(Document, metadata=title, front=paragraphs, sections=st.lists(sections, max_size=3).map(tuple))


@settings(max_examples=40)
@given(documents())
def test_so_do_documents_that_nobody_has_thought_of(document):
    files = {name: said_in(write(document, name).value, f"a.{name}") for name in ("docx", "pdf", "epub")}
    assert verify({"model": said(document), **files}) == []


DOCUMENT = Document(
    metadata=Metadata(title="关于做好工作的通知"),
    front=(Paragraph(inlines=(Text(text="全局上下"), NoteRef(number=1), Text(text="要统一思想。"))),),
    sections=(
        Section(
            heading=Heading(inlines=text("总体要求"), label="一、"),
            blocks=(Paragraph(inlines=text("提高认识，抓好落实。")),),
            sections=(Section(heading=Heading(inlines=text("时间"), label="（一）")),),
        ),
    ),
    notes=(Note(blocks=(Paragraph(inlines=text("据某报。")),)),),
)
FIRST = DOCUMENT.sections[0]
CHANGED = {
    "a character": (replace(DOCUMENT, front=(Paragraph(inlines=text("全局上下要统一恩想。")),)), "words", 8),
    "a word less": (replace(DOCUMENT, sections=(replace(FIRST, blocks=()),)), "words", 1),
    "a heading": (
        replace(DOCUMENT, sections=(replace(FIRST, heading=Heading(inlines=text("总体要术"), label="一、")),)),
        "heading",
        6,
    ),
    "a level": (replace(DOCUMENT, sections=(replace(FIRST, sections=()), *FIRST.sections)), "level", 1),
    "a heading less": (replace(DOCUMENT, sections=(replace(FIRST, sections=()),)), "heading", 1),
    "a note": (replace(DOCUMENT, notes=(Note(blocks=(Paragraph(inlines=text("据某刊。")),)),)), "words", 3),
    "the title": (replace(DOCUMENT, metadata=Metadata(title="关于做好工作的通报")), "heading", 9),
}


@pytest.mark.parametrize("name", ["docx", "pdf", "epub"])
@pytest.mark.parametrize("change", CHANGED)
def test_a_difference_is_seen_wherever_it_is(name, change):
    changed, what, place = CHANGED[change]
    (found,) = verify({"model": said(DOCUMENT), name: said_in(write(changed, name).value, f"a.{name}")})
    assert (found.what, found.place, found.other) == (what, place, name)


def test_a_pdf_without_tags_and_one_that_is_none():
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas("unused.pdf")
    canvas.drawString(72, 700, "words")
    with pytest.raises(InputError, match="not tagged"):
        said_in(canvas.getpdfdata(), "a.pdf")
    with pytest.raises(InputError, match="cannot be read"):
        said_in(b"%PDF-1.7 and nothing more", "a.pdf")


def run(*arguments, folder):
    command = [sys.executable, "-m", "converter", "verify", *arguments]
    made = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={"LANG": "C.UTF-8", "PATH": ""}
    )
    return made.returncode, made.stdout, made.stderr


def test_the_command_line(tmp_path):
    for name in ("docx", "pdf"):
        (tmp_path / f"a.{name}").write_bytes(write(DOCUMENT, name).value)
    (tmp_path / "b.epub").write_bytes(write(CHANGED["a character"][0], "epub").value)
    assert run("a.docx", "a.pdf", folder=tmp_path) == (0, "All 2 files say the same.\n", "")
    code, said, _ = run("a.docx", "a.pdf", "b.epub", folder=tmp_path)
    assert (code, said.splitlines()[0]) == (7, "b.epub: other words: “关于做好工作的通知”, character 8")
    code, said, _ = run("b.epub", "--source", "a.docx", "--json", folder=tmp_path)
    (found,) = json.loads(said)["differences"]
    assert (code, found["expected"][7], found["found"][7]) == (7, "思", "恩")
    assert run("a.docx", folder=tmp_path)[0] == 2
    assert run("a.docx", "no.pdf", folder=tmp_path)[0] == 2
    assert "no.pdf" in run("a.docx", "no.pdf", folder=tmp_path)[2]
