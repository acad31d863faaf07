"""The file as a package: parts, properties, dates, bytes, and what outside programs say to it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time

import docx as python_docx
import pytest
from contract.documents import RICH

from converter.errors import UsageError
from converter.model import Document, Metadata, Paragraph, text
from converter.pipeline import read
from converter.typeset.themes import find_theme
from converter.writers.docx import DocxOptions, DocxWriter

THEMES = ["article", "official", "book"]


def properties(package):
    return python_docx.Document(io.BytesIO(package.data)).core_properties


def test_properties_come_from_the_metadata(docx, speech):
    core = properties(docx(speech))
    assert (core.title, core.author, core.keywords) == ("在动员会上的讲话", "张三", "党建, 动员")
    assert core.language == "zh-Hans"
    assert core.last_modified_by == ""


def test_a_title_longer_than_a_property_may_be_is_cut_there_only(docx):
    package = docx(Document(metadata=Metadata(title="长" * 300)))
    assert properties(package).title == "长" * 255
    assert package.paragraphs() == [("Title", "长" * 300)]


def test_the_same_document_gives_the_same_bytes_at_any_time(docx, speech, monkeypatch):
    first = docx(speech, "book", cover=True).data
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))
    package = docx(speech, "book", cover=True)
    assert package.data == first
    assert {entry.date_time for entry in package.entries} == {(1980, 1, 1, 0, 0, 0)}


def test_source_date_epoch_is_honoured(docx, speech, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert properties(docx(speech)).created.isoformat() == "2023-11-14T22:13:20+00:00"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(UsageError, match="yesterday"):
        docx(speech)


def test_nothing_of_python_docx_own_template_is_left(docx, speech):
    package = docx(speech)
    assert set(package.roots) == {
        "[Content_Types].xml",
        "docProps/custom.xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/settings.xml",
        "word/styles.xml",
    }


def test_an_empty_document_is_a_file(docx):
    assert docx(Document()).paragraphs() == []


def test_the_options_are_known_without_loading_python_docx():
    code = "import sys; import converter.writers.docx; sys.exit('docx' in sys.modules or 'lxml' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


WRITES = """
import sys
from converter.pipeline import read, write
made = write(read(sys.argv[1].encode(), format="md").value, "docx", theme=sys.argv[2]).value
sys.exit("docx" in sys.modules)
"""


@pytest.mark.parametrize("theme", THEMES)
def test_words_and_tables_are_written_without_loading_python_docx(theme):
    words = "# 甲\n\n## 一\n\n文“一”é。\n\n## 二\n\n- 一\n\n> 引\n\n## 三\n\n|甲|乙|\n|--|--|\n|1|2|\n"
    assert subprocess.run([sys.executable, "-c", WRITES, words, theme], check=False).returncode == 0
    noted = words + "\n注[^1]\n\n[^1]: 注一。\n"
    assert subprocess.run([sys.executable, "-c", WRITES, noted, theme], check=False).returncode == 1


def test_words_that_look_like_a_declaration_are_kept(docx):
    words = '她说“é”：<x xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="r">'
    package = docx(Document(front=(Paragraph(inlines=text(words)),)))
    assert package.paragraphs() == [("BodyText", words)]


def test_work_grows_with_the_text_and_no_faster():
    """Calls, not seconds: python-docx's own add_paragraph would make four times the text sixteen times the work."""

    def calls(count: int) -> int:
        document = Document(front=(Paragraph(inlines=text("认识要“提高”。")),) * count)
        made = 0

        def count_call(_frame, event, _argument):
            nonlocal made
            made += event in ("call", "c_call")

        sys.setprofile(count_call)
        try:
            DocxWriter().write(document, find_theme("article"), DocxOptions())
        finally:
            sys.setprofile(None)
        return made

    calls(1)
    small, middle, large = calls(200), calls(400), calls(800)
    assert large - middle < 2.2 * (middle - small)


def in_libreoffice(package, folder):
    """The words that LibreOffice shows, with form feeds between pages."""
    path = folder / "shown.docx"
    path.write_bytes(package.data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, path],
        check=True,
        capture_output=True,
    )
    return subprocess.run(
        ["pdftotext", "-layout", path.with_suffix(".pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout


NOTED = """# 甲

> 引文一句话。[^1]

- 条目一。[^2]

末段。[^3]

[^1]: 注一。
[^2]: 注二。
[^3]: 注三。
"""


@pytest.mark.validator
def test_libreoffice_shows_notes_where_quotations_and_items_call_them(docx, tmp_path):
    document = read(NOTED.encode(), format="md").value
    package = docx(document)
    shown = "".join(in_libreoffice(package, tmp_path).split())
    assert "引文一句话。1•条目一。2末段。3" in shown
    assert read(package.data, format="docx").value == document


@pytest.mark.validator
@pytest.mark.parametrize("theme", THEMES)
def test_libreoffice_opens_it_and_shows_its_words(docx, volume, theme, tmp_path):
    shown = in_libreoffice(docx(volume, theme, cover=True), tmp_path)
    pages = ["".join(page.split()) for page in shown.split("\f")]
    assert "文稿选编" in pages[0]
    assert "目录" in "".join(pages[1:3])
    assert "1、坚持学习制度。进一步完善“三会一课”制度。" in "".join(pages)
    assert any(page.startswith(("工作方案", "文稿选编工作方案")) for page in pages)


@pytest.mark.validator
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "options", [{"vertical": True}, {"embed_fonts": True}, {"running_head": True, "contents": False}]
)
def test_no_option_makes_a_file_invalid(docx, theme, options, tmp_path):
    path = tmp_path / "rich.docx"
    path.write_bytes(docx(RICH, theme, **options).data)
    found = subprocess.run(["ooxml-validator", path], check=False, capture_output=True, text=True).stdout
    assert json.loads(found)["errors"] == []


@pytest.mark.validator
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("which", ["volume", "every node"])
def test_the_open_xml_sdk_finds_no_error(docx, volume, theme, which, tmp_path):
    path = tmp_path / "volume.docx"
    document = volume if which == "volume" else RICH
    path.write_bytes(docx(document, theme, cover=True).data)
    found = subprocess.run(["ooxml-validator", path], check=False, capture_output=True, text=True).stdout
    assert json.loads(found)["errors"] == []
