"""The words of a finished file, read with other people's libraries: what a reader of the file sees."""

import html
import io
import json
import re
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words_of(name, data):
    """All characters of the body of the file, in order, without white space."""
    return "".join(EXTRACT[name](data).split())


def _docx(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    stories = [
        etree.fromstring(archive.read(f"word/{n}.xml"))
        for n in ("document", "footnotes")
        if f"word/{n}.xml" in archive.namelist()
    ]
    return "".join(t.text or "" for story in stories for t in story.iter(f"{W}t"))


def _pdf(data):
    import pypdf

    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def _epub(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    package = etree.fromstring(archive.read(next(n for n in archive.namelist() if n.endswith(".opf"))))
    folder = next(n for n in archive.namelist() if n.endswith(".opf")).rpartition("/")[0]
    space = {"o": "http://www.idpf.org/2007/opf"}
    hrefs = {i.get("id"): i.get("href") for i in package.iterfind(".//o:item", space)}
    spine = [hrefs[i.get("idref")] for i in package.iterfind(".//o:itemref", space)]
    pages = [etree.fromstring(archive.read(f"{folder}/{href}".strip("/"))) for href in spine if "nav" not in href]
    return "".join("".join(page.find(".//{*}body").itertext()) for page in pages)


def _html(data):
    tree = etree.fromstring(data, etree.HTMLParser(encoding="utf-8"))
    for unread in tree.xpath("//style | //script | //nav | //head"):
        unread.getparent().remove(unread)
    return "".join(tree.itertext())


def _md(data):
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    text = re.sub(r"\A---\n.*?\n---\n", "", data.decode(), flags=re.DOTALL)
    parser = MarkdownIt("commonmark").enable("table").use(footnote_plugin)
    captioned = re.sub(r'<img[^>]* title="([^"]*)"[^>]*>', r"\1", parser.render(text))
    return html.unescape(re.sub(r"<[^>]*>", "", captioned))


_CHILDREN = (
    "metadata", "front", "heading", "inlines", "items", "lines", "head", "rows", "caption", "blocks", "sections", "notes",
)  # fmt: skip


def _json(data):
    def walk(node):
        if isinstance(node, dict):
            yield node.get("title", "") if node.get("type") == "Metadata" else ""
            yield node.get("label", "") if node.get("type") == "Heading" else ""
            yield node.get("text", "") + node.get("base", "")
            for key in _CHILDREN:
                yield from walk(node.get(key))
        elif isinstance(node, list):
            for item in node:
                yield from walk(item)

    return "".join(walk(json.loads(data)))


EXTRACT = {
    "docx": _docx,
    "epub": _epub,
    "html": _html,
    "json": _json,
    "md": _md,
    "pdf": _pdf,
    "txt": lambda data: data.decode(),
}
