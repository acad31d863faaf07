"""Files that others made: what a reader should find in them."""

import io
import zipfile

import docx
import pytest
from contract.documents import PNG
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml

from converter.errors import InputError
from converter.model import (
    Figure,
    HeadingKind,
    Link,
    List,
    Mark,
    NoteRef,
    Paragraph,
    Preformatted,
    Quote,
    Ruby,
    Table,
    Text,
    blocks_of,
    heading_text,
    inlines_of,
    outline,
    plain,
)
from converter.pipeline import read
from converter.readers.docx.numbering import counted

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def tree(document):
    return [(entry.depth, heading_text(entry.section.heading)) for entry in outline(document)]


def words(document):
    return [plain(block.inlines) for block in blocks_of(document) if isinstance(block, Paragraph)]


# HTML

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>关于做好春耕工作的通知_某某网</title>
<meta name="author" content="办公室"></head><body>
<div class="nav"><a href="/">首页</a> <a href="/news">新闻</a> <a href="/gov">政务</a></div>
<div class="article"><h1>关于做好春耕工作的通知</h1>
<p>　　各乡镇人民政府：</p><p>　　为做好今年春耕工作，确保粮食生产，现将有关事项通知如下，请认真贯彻执行，并将情况及时上报。</p>
<h2>一、提高认识</h2><p>春耕是一年之计，<b>各级</b>要充分认识
春耕工作的重要性，切实加强领导，落实责任，把各项措施抓实抓好。<br>另起一行。</p>
<table><tr><th>乡镇</th><th>面积</th></tr><tr><td>甲</td><td>120</td></tr></table>
<h3>（一）再提高</h3><p><ruby>龘<rp>(</rp><rt>dá</rt><rp>)</rp></ruby>，<a href="http://a.cn/x">详见</a>，要加强田间管理，做好种子、化肥、农药等供应。</p>
<ul><li>第一项<ul><li>子项</li></ul></li><li>第二项</li></ul><blockquote>古人云</blockquote><pre>a
  b</pre></div>
<div class="footer">版权所有 某某网 ICP备123号</div><script>alert(1)</script></body></html>"""


@pytest.mark.parametrize(
    ("charset", "codec"), [("gb2312", "gbk"), ("utf-8", "utf-8"), ("big5", "utf-8"), ("gbk", "gb18030")]
)
def test_a_web_page_without_its_chrome(charset, codec):
    result = read(PAGE.format(charset=charset).encode(codec), format="html")
    document = result.value
    assert document.metadata.title == "关于做好春耕工作的通知"
    assert document.metadata.authors == ("办公室",)
    assert tree(document) == [(1, "一、提高认识"), (2, "（一）再提高")]
    assert document.sections[0].heading.kind is HeadingKind.COUNT
    assert words(document)[:3] == [
        "各乡镇人民政府：",
        "为做好今年春耕工作，确保粮食生产，现将有关事项通知如下，请认真贯彻执行，并将情况及时上报。",
        "春耕是一年之计，各级要充分认识春耕工作的重要性，切实加强领导，落实责任，把各项措施抓实抓好。\n另起一行。",
    ]
    blocks = list(blocks_of(document))
    (table,) = (b for b in blocks if isinstance(b, Table))
    assert [plain(cell) for row in (*table.head, *table.rows) for cell in row] == ["乡镇", "面积", "甲", "120"]
    assert len(table.head) == 1
    outer = next(b for b in blocks if isinstance(b, List))
    assert [len(item) for item in outer.items] == [2, 1]
    assert any(isinstance(b, Quote) for b in blocks)
    assert next(b.text for b in blocks if isinstance(b, Preformatted)) == "a\n  b"
    found = list(inlines_of(document))
    assert Ruby(base="龘", annotation="dá") in found
    assert Link(text="详见", target="http://a.cn/x") in found
    assert Text(text="各级", marks=frozenset({Mark.STRONG})) in found
    assert "版权所有" not in repr(document)
    assert any("main content" in d.message.en for d in result.diagnostics)


def test_the_whole_page_where_that_is_asked_for():
    document = read(PAGE.format(charset="utf-8").encode(), format="html", options={"whole": True}).value
    assert "版权所有 某某网 ICP备123号" in words(document)
    assert "alert" not in repr(document)


def test_a_table_that_lays_out_a_page_is_none():
    page = "<table><tr><td><h1>题</h1><table><tr><td>甲</td><td>乙</td></tr></table></td><td>旁</td></tr></table>"
    document = read(page.encode(), format="html", options={"whole": True}).value
    assert [type(b).__name__ for b in blocks_of(document)] == ["Table", "Paragraph"]
    assert document.metadata.title == "题"


# Markdown

MARKDOWN = """\
---
title: 年度报告
author: [甲, 乙]
date: 2012-07-11
---

# 年度报告

第一行
接着写 and English
words。

## 一、总体情况

**重点**工作[^a]，`code`，~~删~~，<https://a.cn/>。

Setext
------

1. 甲
2. 乙
   - 丙

| 左 | 右 |
|:--|--:|
| 1 | **2** |

![图](data:image/png;base64,{png} "题")

![外](https://a.cn/y.png)

<div><p>网页段</p></div>

[^a]: 注文。
"""


def test_markdown():
    import base64

    text = MARKDOWN.replace("{png}", base64.b64encode(PNG).decode())
    document = read(text.encode(), format="md").value
    assert (document.metadata.title, document.metadata.authors, document.metadata.date) == (
        "年度报告",
        ("甲", "乙"),
        "2012-07-11",
    )
    assert tree(document) == [(1, "一、总体情况"), (1, "Setext")]
    assert words(document)[:2] == ["第一行接着写 and English words。", "重点工作，code，删，https://a.cn/。"]
    assert NoteRef(number=1) in list(inlines_of(document))
    assert words(document)[-2:] == ["网页段", "注文。"]
    (figure,) = (b for b in blocks_of(document) if isinstance(b, Figure))
    assert (figure.alt, plain(figure.caption)) == ("图", "题")
    assert Link(text="外", target="https://a.cn/y.png") in list(inlines_of(document))
    ordered = next(b for b in blocks_of(document) if isinstance(b, List))
    assert ordered.ordered
    assert isinstance(ordered.items[1][1], List)


@pytest.mark.parametrize(
    "front",
    [
        "---\n- [\n---\n",
        "---\na: &a [x, x]\nb: [*a, *a]\ntitle: [1]\n---\n",
        "---\n!!python/object/apply:os.system ['x']\n---\n",
    ],
)
def test_front_matter_that_is_none_or_means_harm_is_passed_over(front):
    document = read((front + "\n正文。\n").encode(), format="md").value
    assert words(document) == ["正文。"]
    assert document.metadata.title == ""


def test_what_is_nested_deeply_is_read_and_what_is_too_deep_is_refused():
    deep = "".join(f"{'  ' * level}- 第{level}层\n" for level in range(40))
    document = read(deep.encode(), format="md").value
    assert [plain(p.inlines) for p in blocks_of(document) if isinstance(p, Paragraph)] == [
        f"第{n}层" for n in range(40)
    ]
    with pytest.raises(InputError, match="nested too deeply"):
        read(("> " * 120 + "底").encode(), format="md")


def test_notes_that_nothing_calls_are_reported():
    result = read("正文。\n\n[^x]: 无人问。\n".encode(), format="md")
    assert any("notes that nothing calls" in d.message.en for d in result.diagnostics)


# DOCX

NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="7"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1章"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
</w:abstractNum><w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
<w:num w:numId="70"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="80"><w:abstractNumId w:val="8"/></w:num></w:numbering>"""


def numbered(paragraph, number, level):
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'))
    return paragraph


def word_file(made):
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


@pytest.fixture
def word():
    made = docx.Document()
    part = made.part.numbering_part
    part._element = parse_xml(NUMBERING)
    return made


def test_a_word_document_of_others(word):
    word.core_properties.author = "python-docx"
    word.add_paragraph("工作报告", style="Title")
    numbered(word.add_heading("总则", 1), 70, 0)
    numbered(word.add_heading("目的", 2), 70, 1)
    numbered(word.add_heading("范围", 2), 70, 1)
    numbered(word.add_heading("细节", 3), 70, 2)
    numbered(word.add_heading("附则", 1), 70, 0)
    numbered(word.add_heading("重来", 2), 70, 1)
    paragraph = word.add_paragraph("前")
    paragraph.add_run("粗").bold = True
    paragraph.add_run("隐").font.hidden = True
    paragraph.add_run("后")
    for words_of_item, level in (("甲", 0), ("甲一", 1), ("甲二", 1), ("乙", 0)):
        numbered(word.add_paragraph(words_of_item), 80, level)
    table = word.add_table(2, 3)
    table.cell(0, 0).text = "表头"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "合并"
    table.cell(1, 2).text = "末"
    word.add_picture(io.BytesIO(PNG))
    word.add_paragraph("图一", style="Caption")
    document = read(word_file(word), format="docx").value
    assert document.metadata.title == "工作报告"
    assert document.metadata.authors == ()
    assert tree(document) == [
        (1, "第一章　总则"), (2, "（一）目的"), (2, "（二）范围"), (3, "1.2.1　细节"), (1, "第二章　附则"), (2, "（一）重来"),
    ]  # fmt: skip
    blocks = list(blocks_of(document))
    assert blocks[0] == Paragraph(
        inlines=(Text(text="前"), Text(text="粗", marks=frozenset({Mark.STRONG})), Text(text="后"))
    )
    outer = blocks[1]
    assert [plain(item[0].inlines) for item in outer.items] == ["甲", "乙"]
    assert [plain(item[0].inlines) for item in outer.items[0][1].items] == ["甲一", "甲二"]
    (found,) = (b for b in blocks if isinstance(b, Table))
    assert [[plain(cell) for cell in row] for row in found.rows] == [["表头", "合并", ""], ["", "", "末"]]
    (figure,) = (b for b in blocks if isinstance(b, Figure))
    assert (figure.data, plain(figure.caption)) == (PNG, "图一")


def test_numbers_below_headings_are_typed_out(word):
    numbered(word.add_paragraph("总则"), 70, 0)
    numbered(word.add_paragraph("目的"), 70, 1)
    document = read(word_file(word), format="docx").value
    assert words(document) == ["第一章总则", "（一）目的"]


def test_tracked_changes_are_read_as_accepted(word):
    paragraph = word.add_paragraph("前")._p
    paragraph.append(parse_xml(f'<w:ins {W} w:id="1" w:author="a"><w:r><w:t>新</w:t></w:r></w:ins>'))
    paragraph.append(parse_xml(f'<w:del {W} w:id="2" w:author="a"><w:r><w:delText>旧</w:delText></w:r></w:del>'))
    assert words(read(word_file(word), format="docx").value) == ["前新"]


def test_text_boxes_are_left_out_and_said(word):
    run = word.add_paragraph("前").add_run()._r
    pict, box = (
        OxmlElement("w:pict"),
        parse_xml(f"<w:txbxContent {W}><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent>"),
    )
    pict.append(box)
    run.append(pict)
    result = read(word_file(word), format="docx")
    assert words(result.value) == ["前"]
    assert [d.message.zh for d in result.diagnostics] == ["未读入：文本框 1 处。"]


def test_an_outline_level_makes_a_heading_of_any_style(word):
    paragraph = word.add_paragraph("一、自定标题")
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().append(level)
    assert tree(read(word_file(word), format="docx").value) == [(1, "一、自定标题")]


def test_numbers_as_they_are_counted():
    assert [counted(n) for n in (1, 10, 11, 20, 21, 100, 101, 110, 1001, 9999)] == [
        "一", "十", "十一", "二十", "二十一", "一百", "一百零一", "一百一十", "一千零一", "九千九百九十九",
    ]  # fmt: skip


# EPUB

CONTAINER = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="O/p.opf"/></rootfiles></container>'
OPF = """<package xmlns="http://www.idpf.org/2007/opf" version="2.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>小说</dc:title><dc:creator>某人</dc:creator><dc:language>zh</dc:language></metadata><manifest>
<item id="n" href="t.ncx" media-type="application/x-dtbncx+xml"/><item id="i" href="x.png" media-type="image/png"/>
<item id="a" href="a%20b.html" media-type="application/xhtml+xml"/><item id="b" href="b.html" media-type="application/xhtml+xml"/>
</manifest><spine toc="n"><itemref idref="a"/><itemref idref="b"/></spine></package>"""
NCX = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>第一卷</text></navLabel>
<content src="a%20b.html"/><navPoint><navLabel><text>第一章 初见</text></navLabel><content src="b.html"/></navPoint></navPoint></navMap></ncx>"""
ONE = """<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>卷首&nbsp;语</p><p><img src="x.png" alt="图"/></p></body></html>"""
TWO = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><h3>第一章 初见</h3>
<p>正文<a epub:type="noteref" href="#f1">1</a>。</p><aside epub:type="footnote" id="f1"><p>注文。</p></aside></body></html>"""


def book(**more):
    packed = io.BytesIO()
    entries = {
        "META-INF/container.xml": CONTAINER,
        "O/p.opf": OPF,
        "O/t.ncx": NCX,
        "O/a b.html": ONE,
        "O/b.html": TWO,
        "O/x.png": PNG,
    }
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in {**entries, **more}.items():
            archive.writestr(name, data)
    return packed.getvalue()


def test_a_book_of_others():
    document = read(book(), format="epub").value
    assert (document.metadata.title, document.metadata.authors) == ("小说", ("某人",))
    assert tree(document) == [(1, "第一卷"), (2, "第一章　初见")]
    assert words(document)[0].split() == ["卷首", "语"]
    assert [b.data for b in blocks_of(document) if isinstance(b, Figure)] == [PNG]
    assert [plain(b.inlines) for b in document.notes[0].blocks] == ["注文。"]
    assert NoteRef(number=1) in list(inlines_of(document))


def test_a_protected_book_is_refused():
    rights = '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></EncryptedData></encryption>'
    with pytest.raises(InputError, match="DRM"):
        read(book(**{"META-INF/encryption.xml": rights}), format="epub")
