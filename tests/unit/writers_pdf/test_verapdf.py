"""What the PDF Association's own validator says about our files: nothing, neither as PDF/A-2u nor as PDF/UA-1."""

from pathlib import Path

import pikepdf
import pytest
from contract.documents import RICH
from quality.pdf_conformance import complaints

from converter.booklet.assemble import compile_booklet
from converter.model import (
    Document,
    Heading,
    HeadingKind,
    Link,
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
from converter.typeset.themes import THEMES
from converter.writers.pdf import CoverDesign

SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))


def everything(language):
    """Every role, mark and kind of heading; sections nine deep; characters that are hard to show."""
    marked = Text(text="“着重”𠮷<&>\x0c\ufffe\ue000⼀\U0002a6d6é", marks=frozenset(Mark))
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
        title='甲<乙> & "丙"\n𠮷\ufffe',
        authors=("张&三", "李四", " "),
        date="2012-07-11",
        publisher="某社",
        keywords=("甲", "乙"),
    )
    return Document(metadata=metadata, front=blocks, sections=sections, language=language)


def files():
    seeds = [read(path).value for path in SEEDS]
    volume = compile_booklet(seeds, title="汇编").value
    for theme in THEMES:
        yield f"seed-{theme}", seeds[0], theme, {}
        yield f"volume-{theme}", volume, theme, {"cover": True, "contents": True, "running_head": True}
        yield f"rich-{theme}", RICH, theme, {"cover": True, "contents": True, "contents_depth": 3}
    for design in CoverDesign:
        around = {"right_hand": True, "half_title": True, "imprint": True, "back_cover": True, "index": "pinyin"}
        yield f"book-{design}", volume, "book", {"cover": True, "contents": True, "cover_design": design, **around}
    words = Paragraph(inlines=text("许多单词如 internationalization 与 characteristically 和 interdisciplinary，" * 4))
    yield "divided", Document(front=(words,)), "book", {"hyphenate": True, "centred_marks": True}
    yield "vertical", RICH, "book", {"vertical": True, "cover": True, "contents": True, "running_head": True}
    yield "bare", Document(front=(Paragraph(inlines=text("只有一段话。")),)), "article", {"contents": True}
    yield "empty", Document(), "article", {"cover": True, "contents": True}
    yield "everything", everything("zh-Hans"), "book", {"cover": True, "contents": True, "contents_depth": 9}
    broken = "坏\ud800)(\\"
    link = Link(text=broken, target="https://a.cn/(x)\\y\udc00")
    yield (
        "surrogates",
        Document(
            metadata=Metadata(title=broken, authors=(broken,), subject=broken, keywords=(broken,)),
            front=(Paragraph(inlines=(Text(text=broken), link)),),
            sections=(Section(heading=Heading(inlines=text(broken))),),
        ),
        "book",
        {"contents": True, "cover": True, "running_head": True},
    )
    yield "traditional", everything("zh-Hant-TW"), "official", {"page_numbers": False}


@pytest.mark.validator
def test_verapdf_has_nothing_to_say(tmp_path):
    paths = []
    for name, document, theme, options in files():
        paths.append(tmp_path / f"{name}.pdf")
        paths[-1].write_bytes(write(document, "pdf", theme=theme, options=options).value)
    said = complaints([*paths, *broken(paths[0])])
    for name, clause in BROKEN.items():
        assert any(clause in complaint for complaint in said.pop(f"without{name}.pdf"))
    assert said == {path.name: [] for path in paths}


BROKEN = {"Metadata": "2u 6.6.2.1-1", "Lang": "ua1 7.2-34", "MarkInfo": "ua1 6.2-1"}
"""What is taken out of a file, and the rule that is broken then: so one sees that the validator is awake."""


def broken(good):
    for name in BROKEN:
        path = good.with_name(f"without{name}.pdf")
        with pikepdf.open(good) as pdf:
            del pdf.Root[f"/{name}"]
            pdf.save(path)
        yield path
