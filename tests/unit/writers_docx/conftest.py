from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from converter.model import Document, Heading, HeadingKind, Metadata, Paragraph, Role, Section, text
from converter.options import make_options
from converter.typeset.themes import find_theme
from converter.writers.docx import DocxOptions, DocxWriter

if TYPE_CHECKING:
    from collections.abc import Callable

NS = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
W = f"{{{NS['w']}}}"


class Package:
    """A written file, for looking at: `package("styles", "//w:style/@w:styleId")` finds in word/styles.xml."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.entries = archive.infolist()
            parts = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
            self.roots = {name: etree.fromstring(archive.read(name)) for name in parts}

    def __call__(self, part: str, path: str) -> list:
        return self.roots[f"word/{part}.xml"].xpath(path, namespaces=NS)

    def paragraphs(self) -> list[tuple[str, str]]:
        """Style id and text of each paragraph of the text, contents left out."""
        return [
            (p.xpath("string(w:pPr/w:pStyle/@w:val)", namespaces=NS), "".join(p.itertext(W + "t")))
            for p in self("document", "//w:body/w:p[not(w:pPr/w:sectPr)] | //w:sdt[.//@w:val='Cover Pages']//w:p")
        ]


@pytest.fixture
def docx() -> Callable[..., Package]:
    def write(document: Document, theme: str = "article", **options: object) -> Package:
        made = DocxWriter().write(document, find_theme(theme), make_options(DocxOptions, options))
        return Package(made.value)

    return write


def section(words: str, *below: object, label: str = "", kind: HeadingKind = HeadingKind.COUNT, run_in: bool = False):
    blocks = tuple(Paragraph(inlines=text(b)) if isinstance(b, str) else b for b in below if not isinstance(b, Section))
    heading = Heading(inlines=text(words), label=label, kind=kind, run_in=run_in)
    return Section(heading=heading, blocks=blocks, sections=tuple(b for b in below if isinstance(b, Section)))


@pytest.fixture
def speech() -> Document:
    return Document(
        metadata=Metadata(title="在动员会上的讲话", authors=("张三",), date="2011年3月5日", keywords=("党建", "动员")),
        front=(Paragraph(inlines=text("同志们："), role=Role.SALUTATION), Paragraph(inlines=text("今天我们开会。"))),
        sections=(
            section(
                "提高认识",
                "认识要提高。",
                section(
                    "坚持学习制度。", "进一步完善“三会一课”制度。", label="1、", kind=HeadingKind.DECIMAL, run_in=True
                ),
                section("落实计划", "计划要落实。", label="2、", kind=HeadingKind.DECIMAL),
                label="一、",
            ),
            section("加强领导", "领导要加强。", Paragraph(inlines=text("谢谢大家！"), role=Role.CLOSING), label="二、"),
        ),
    )


@pytest.fixture
def volume(speech: Document) -> Document:
    return Document(
        metadata=Metadata(title="文稿选编"),
        sections=(
            section("在动员会上的讲话", *speech.sections, kind=HeadingKind.TEXT),
            section("工作方案", "方案如下。", kind=HeadingKind.TEXT),
        ),
    )
