"""`--reference-docx`: a file of the user's as the template."""

from __future__ import annotations

import io
import json
import subprocess
from dataclasses import replace

import docx as python_docx
import pytest
from click.testing import CliRunner
from contract.documents import RICH
from docx.shared import Mm, Pt, RGBColor

from converter import read, write
from converter.cli.convert import command
from converter.errors import InputError
from converter.typeset.themes import THEMES

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def reference() -> bytes:
    made = python_docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(182), Mm(257)
    section.left_margin = section.right_margin = Mm(20)
    section.header.paragraphs[0].text = "某某出版社"
    normal, heading = made.styles["Normal"], made.styles["Heading 1"]
    normal.font.size = Pt(11)
    heading.font.color.rgb = RGBColor(0, 0x80, 0)
    # As Word in Chinese has it: ids are numbers.
    for element in (heading.element, *made.styles.element.iter(W + "link", W + "next", W + "basedOn")):
        key = W + ("styleId" if element.tag == W + "style" else "val")
        if element.get(key) == "Heading1":
            element.set(key, "1")
    made.add_paragraph("模板中的文字，不应出现。")
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def written(document, reference: bytes, theme: str = "article", **options: object) -> bytes:
    return write(document, "docx", theme=replace(THEMES[theme], reference=reference), options=options).value


def test_styles_page_and_heads_are_those_of_the_file(speech, reference):
    made = python_docx.Document(io.BytesIO(written(speech, reference)))
    section = made.sections[-1]
    assert (round(section.page_width.mm), round(section.left_margin.mm)) == (182, 20)
    assert section.header.paragraphs[0].text == "某某出版社"
    assert "模板中的文字" not in "".join(p.text for p in made.paragraphs)
    heading = next(p for p in made.paragraphs if p.text == "一、提高认识")
    assert heading.style.name == "Heading 1"
    assert heading.style.style_id == "Heading1"
    assert heading.style.font.color.rgb == RGBColor(0, 0x80, 0)
    body = next(p for p in made.paragraphs if p.text == "今天我们开会。")
    assert body.style.font.size is None
    assert body.style.base_style.font.size == Pt(11)


def test_the_contents_reach_to_the_edge_of_that_page(speech, reference):
    made = python_docx.Document(io.BytesIO(written(speech, reference, contents=True)))
    (stop,) = made.styles["toc 1"].paragraph_format.tab_stops
    assert abs(stop.position - Mm(142)) < Pt(1)


def test_the_words_are_those_of_any_file(speech, reference):
    assert (
        read(written(speech, reference), format="docx").value == read(write(speech, "docx").value, format="docx").value
    )


def test_each_text_of_a_volume_still_opens_a_page(volume, reference):
    made = python_docx.Document(io.BytesIO(written(volume, reference)))
    assert made.styles["Heading 1"].paragraph_format.page_break_before


def test_a_file_of_our_own_can_be_one(speech, volume):
    once = written(speech, write(volume, "docx", theme="official").value)
    assert read(once, format="docx").value == read(write(speech, "docx").value, format="docx").value
    assert written(speech, write(volume, "docx", theme="official").value) == once


@pytest.mark.validator
@pytest.mark.parametrize("mine", ["python-docx", "ours"])
def test_the_result_is_valid(reference, volume, mine, tmp_path):
    path = tmp_path / "made.docx"
    data = reference if mine == "python-docx" else write(RICH, "docx", theme="official").value
    path.write_bytes(
        written(replace(RICH, metadata=replace(RICH.metadata, title="题")), data, cover=True, contents=True)
    )
    found = subprocess.run(["ooxml-validator", path], check=False, capture_output=True, text=True).stdout
    assert json.loads(found)["errors"] == []


def test_the_command_takes_one_and_refuses_what_is_none(tmp_path, monkeypatch, reference):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.docx").write_bytes(reference)
    (tmp_path / "no.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "text.txt").write_text("关于开会的通知\n\n各部门：\n　　明天开会。\n")
    run = CliRunner().invoke
    assert run(command, ["text.txt", "-o", "a.docx", "--reference-docx", "my.docx"]).exit_code == 0
    assert python_docx.Document(tmp_path / "a.docx").sections[-1].page_width.mm == pytest.approx(182, abs=0.1)
    assert isinstance(run(command, ["text.txt", "-o", "b.docx", "--reference-docx", "no.docx"]).exception, InputError)
    assert not (tmp_path / "b.docx").exists()


def test_the_colour_of_its_pages_stays_and_a_file_without_a_section_is_a4(speech):
    made = python_docx.Document()
    made.element.insert(0, made.element.makeelement(W + "background", {W + "color": "FFFFE0"}))
    made.element.body.remove(made.element.body[-1])
    saved = io.BytesIO()
    made.save(saved)
    again = python_docx.Document(io.BytesIO(written(speech, saved.getvalue())))
    assert [again.element[0].tag, again.element[0].get(W + "color")] == [W + "background", "FFFFE0"]
    assert round(again.sections[-1].page_width.mm) == 210
    assert "今天我们开会。" in [p.text for p in again.paragraphs]
