"""HTML: our own pages without loss; of others the main content, which readability finds, or the whole page."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from converter.diagnostics import Diagnostic, Result, Severity
from converter.errors import InputError, Message
from converter.model import Metadata, plain
from converter.options import option
from converter.records import dataclass
from converter.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from converter.model import Document

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_NEAR = 4096
_CODECS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "cp950",
    "big5hkscs": "big5hkscs",
    "utf8": "utf-8",
}
_UNREAD = frozenset({"script", "style", "noscript", "template"})
_HOLDERS = ("div", "article", "main", "section", "center", "form", "table", "tbody", "tr", "td")
"""Elements that a page's text may be the whole content of."""
_MOST = 0.95
"""The part of the words found that the element with the text must hold."""
_LEAST = 0.2
"""The part of a page's words below which what was found is not its content but a box in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlOptions:
    """How to read HTML."""

    encoding: str | None = option(
        None, "Encoding of the page, if it does not say the truth", "网页编码（网页声明有误时指定）"
    )
    whole: bool = option(
        False, "Read the whole page, menus and all, not only its main content", "读取整个网页（含菜单等），而不仅是正文"
    )


class HtmlReader:
    """Reads web pages."""

    name = "html"
    media_types = ("text/html", "application/xhtml+xml")
    suffixes = (".html", ".htm", ".xhtml")
    options_type = HtmlOptions

    def read(self, data: bytes, options: HtmlOptions) -> Result[Document]:
        """The document in `data`. Raises InputError for what is no text, UsageError for an unknown encoding."""
        from converter.readers.limits import check_size

        check_size(data)
        decoded = decode(data, options.encoding or _declared(data))
        try:
            return decoded.then(lambda source: _read(source.text, whole=options.whole))
        except RecursionError:
            raise InputError("The elements of this page are nested too deeply.", "此网页的元素嵌套过深。") from None


def _declared(data: bytes) -> str | None:
    """The encoding that the page names, if it is one of ours that fits every byte."""
    match = _CHARSET.search(data[:_NEAR])
    name = match[1].decode("ascii", "replace").lower() if match else ""
    codec = _CODECS.get(name.replace("-", ""))
    try:
        return name if codec and data.decode(codec) is not None else None
    except UnicodeDecodeError:
        return None


def page_of(text: str) -> Element:
    """The root of a page in HTML, which never fails: browsers read anything."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    data = text.encode(errors="replace").replace(b"\0", b"\xef\xbf\xbd")
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    return root if root is not None else etree.fromstring(b"<html><body/></html>", parser)


def _read(text: str, *, whole: bool) -> Result[Document]:
    from converter.readers.elements import data_of
    from converter.readers.own_pages import GENERATOR, OwnPages

    root = page_of(text)
    named: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        named.setdefault((element.get("name") or "").lower(), []).append(element.get("content") or "")
    if named.get("generator") != [GENERATOR]:
        return _foreign(root, text, named, whole=whole)
    pages = OwnPages(data_of)
    pages.read(_body(root))

    def one(name: str) -> str:
        return next(iter(named.get(name, ())), "")

    metadata = Metadata(
        title=pages.title,
        subtitle=one("subtitle"),
        authors=tuple(named.get("author", ())),
        date=one("dcterms.date"),
        subject=one("description"),
        publisher=one("dcterms.publisher"),
        edition=one("edition"),
        keywords=tuple(filter(None, one("keywords").split(", "))),
        source=one("dcterms.source"),
        number=one("dcterms.identifier"),
    )
    return Result(pages.growing.document(metadata, notes=pages.notes, language=root.get("lang") or ""))


def _foreign(root: Element, text: str, named: dict[str, list[str]], *, whole: bool) -> Result[Document]:
    from converter.readers.growing import Growing, LeftOut
    from converter.readers.markup import Page

    growing, left_out = Growing(), LeftOut()
    content, said = (_body(root), ()) if whole else _main_content(root, text)
    Page(growing, left_out).read(content)
    titles = ["".join(map(str, element.itertext())) for element in root.iter("title")]
    title = plain(growing.take_title()) or " ".join((titles or [""])[0].split())
    authors = tuple(name.strip() for name in named.get("author", ()) if name.strip())
    metadata = Metadata(title=title, authors=authors, subject=next(iter(named.get("description", ())), "").strip())
    return Result(growing.document(metadata), (*said, *left_out.diagnostics()))


def _body(root: Element) -> Element:
    body = root.find("body")
    return body if body is not None else root


def _main_content(root: Element, text: str) -> tuple[Element, tuple[Diagnostic, ...]]:
    """The part of the page that is its text, and how much was left out; the whole body where none stands out.

    What readability finds says where the text is. It is taken from the page itself, since readability drops tables and
    lists that look like menus.
    """
    whole, found = _body(root), _readable(text)
    known = {words for words, _ in _words(_body(page_of(found)))} if found else set()
    weights: Counter[Element] = Counter()
    for words, element in _words(whole):
        if words in known:
            weights[element] += len(words)
            for above in element.iterancestors():
                weights[above] += len(words)
    main = whole
    least = max(1, _MOST * weights[whole])
    while (inner := next((e for e in main.iterchildren(*_HOLDERS) if weights[e] >= least), None)) is not None:
        main = inner
    size, kept = (sum(len(words) for words, _ in _words(element)) for element in (whole, main))
    if main is whole or kept < _LEAST * size:
        return whole, ()
    message = Message(
        f"The main content of the page was read, {kept:,} of {size:,} characters; the option “whole” takes all.",
        f"已读取网页正文，共 {kept:,} 字（全页 {size:,} 字）；如需全部内容，请使用选项 whole。",
    )
    return main, (Diagnostic(code="RD102", severity=Severity.INFO, message=message),)


def _words(top: Element) -> Iterator[tuple[str, Element]]:
    """Each stretch of characters without white space, and the element that it stands in."""
    for element in top.iter("*"):
        if element.tag in _UNREAD:
            continue
        for each in (element.text, *(child.tail for child in element.iterchildren())):
            if words := "".join((each or "").split()):
                yield words, element


def _readable(text: str) -> str:
    import logging

    from readability import Document as Readable

    logging.getLogger("readability").setLevel(logging.CRITICAL)
    try:
        return str(Readable(re.sub(r"^\s*<\?xml[^>]*\?>", "", text)).summary(html_partial=True))
    except Exception:  # noqa: BLE001 - it raises whatever its parsers raise; the whole page is read then
        return ""
