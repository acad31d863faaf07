import re

import pytest
from lxml import html as lxml_html

from converter.model import Document, Heading, HeadingKind, Mark, Metadata, Paragraph, Role, Section, Text, text
from converter.typeset.themes import THEMES, find_theme
from converter.writers.html import HtmlOptions, HtmlWriter


def section(words, *blocks, sections=(), run_in=False, kind=HeadingKind.PLAIN):
    heading = Heading(inlines=text(words), run_in=run_in, kind=kind)
    return Section(heading=heading, blocks=tuple(Paragraph(inlines=text(b)) for b in blocks), sections=tuple(sections))


def write(document, theme="article", **options):
    return HtmlWriter().write(document, find_theme(theme), HtmlOptions(**options)).value.decode()


def parse(document, **options):
    return lxml_html.fromstring(write(document, **options))


HOSTILE = "</title><script>alert(\"甲\")</script><img src=x onerror=alert(1)> & '乙'"


def test_nothing_from_a_text_becomes_markup():
    metadata = Metadata(title=HOSTILE, authors=(HOSTILE,), keywords=(HOSTILE,))
    front = tuple(Paragraph(inlines=text(HOSTILE), role=role) for role in Role)
    document = Document(
        metadata=metadata, front=front, sections=(section(HOSTILE, HOSTILE), section("", HOSTILE), section("甲"))
    )
    page = parse(document)
    assert not page.xpath("//script | //img | //*[@onerror]")
    assert page.findtext("head/title") == HOSTILE
    assert page.find(".//h1").text == HOSTILE
    assert page.xpath("string(//meta[@name='author']/@content)") == HOSTILE
    assert [a.text for a in page.iter("a")] == [HOSTILE, HOSTILE[:20], "甲"]


@pytest.mark.parametrize("theme", THEMES)
def test_the_page_asks_nothing_of_the_network(theme):
    page = write(Document(metadata=Metadata(title="题"), sections=(section("甲", "乙"),)), theme)
    assert not re.search(r"https?:|url\(|@import|<script|<link|\bsrc=", page)
    assert "default-src 'none'" in page


def test_language_title_and_headings():
    inner = section("丙", sections=[section("丁")])
    page = parse(
        Document(metadata=Metadata(title="题"), language="zh-Hant", sections=(section("甲", "乙", sections=[inner]),))
    )
    assert page.get("lang") == "zh-Hant"
    headings = [(e.tag, e.text) for e in page.iter("h1", "h2", "h3", "h4")]
    assert headings == [("h1", "题"), ("h2", "甲"), ("h3", "丙"), ("h4", "丁")]


def test_without_a_title_the_outermost_headings_are_the_first_level():
    page = parse(Document(sections=(section("甲"),)))
    assert [e.text for e in page.iter("h1")] == ["甲"]
    assert page.find(".//header") is None


def test_a_heading_below_the_sixth_level_says_its_level():
    nested = section("末")
    for _ in range(7):
        nested = section("上", sections=[nested])
    page = parse(Document(sections=(nested,)))
    deep = page.xpath("//p[@role='heading']")
    assert [(e.get("aria-level"), e.text) for e in deep] == [("7", "上"), ("8", "末")]


@pytest.mark.parametrize(("headings", "shown"), [(2, 0), (3, 1)])
def test_contents_from_three_headings_on(headings, shown):
    document = Document(sections=tuple(section(f"第{n}") for n in range(headings)))
    assert len(parse(document).xpath("//nav")) == shown
    assert not parse(document, contents=False).xpath("//nav")


def test_every_line_of_the_contents_leads_to_its_heading():
    tree = [section("甲", sections=[section("乙", "丙", run_in=True)]), section("丁"), section("")]
    page = parse(Document(sections=tuple(tree)))
    targets = [page.get_element_by_id(a.get("href")[1:]) for a in page.iter("a")]
    assert [(t.tag, t.text) for t in targets] == [("h1", "甲"), ("span", "乙"), ("h1", "丁"), ("h1", None)]
    assert targets[-1].get("aria-label") == "无题"


def test_title_lines_stand_in_the_header_and_other_roles_are_classes():
    roles = (Role.SUBTITLE, Role.BYLINE, Role.SALUTATION, Role.SIGNATURE)
    front = tuple(Paragraph(inlines=text("某"), role=role) for role in roles)
    page = parse(Document(metadata=Metadata(title="题"), front=front))
    assert page.xpath("//header/p/@class") == ["subtitle", "byline"]
    assert page.xpath("//main/p/@class") == ["salutation", "signature"]


def test_marks_and_line_breaks():
    runs = (
        Text(text="甲", marks=frozenset({Mark.STRONG})),
        *text("乙\n丙"),
        Text(text="丁", marks=frozenset({Mark.STRONG, Mark.EMPHASIS})),
    )
    assert "<strong>甲</strong>乙<br/>\n丙<strong><em>丁</em></strong>" in write(
        Document(front=(Paragraph(inlines=runs),))
    )
