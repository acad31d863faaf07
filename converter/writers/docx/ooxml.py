"""Elements of WordprocessingML, in few words: `w("p", w("pPr", w("jc", val="center")))`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_W = f"{{{nsmap['w']}}}"
_LONGEST = 1_000_000
"""Characters in one text node; XML parsers refuse more than ten million bytes."""
_DECLARED = f' xmlns:w="{nsmap["w"]}"'
_NSMAP = {"w": nsmap["w"]}


def w(tag: str, /, *children: Element, **attributes: str | int) -> Element:
    """The element `w:tag` with these children and `w:` attributes."""
    element: Element = oxml_parser.makeelement(
        _W + tag, {_W + name: str(value) for name, value in attributes.items()}, nsmap=_NSMAP
    )
    element.extend(children)
    return element


def set_attributes(element: Element, **attributes: str | int) -> None:
    """Set these `w:` attributes."""
    for name, value in attributes.items():
        element.set(_W + name, str(value))


def paragraph(style: str, /, *content: Element) -> Element:
    """A paragraph in the style of this id."""
    return w("p", w("pPr", w("pStyle", val=style)), *content)


def text_run(text: str, properties: Element | None = None) -> Element:
    """A run; a tab in `text` is a tab stop, a line feed a line break (ECMA-376 §17.3.3)."""
    run = w("r")
    if properties is not None:
        run.append(properties)
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(w("br"))
        for column, words in enumerate(line.split("\t")):
            if column:
                run.append(w("tab"))
            run.extend(_leaf(words[start : start + _LONGEST]) for start in range(0, len(words), _LONGEST))
    return run


def _leaf(text: str, tag: str = "t") -> Element:
    leaf = w(tag)
    leaf.text = text
    if text != text.strip():
        leaf.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return leaf


def to_text(element: Element) -> str:
    """An element as it stands in a part that has declared the names."""
    return str(etree.tostring(element, encoding="unicode")).replace(_DECLARED, "")


def field(instruction: str, *result: Element) -> Iterator[Element]:
    """The runs of a complex field, all five parts (ECMA-376 §17.16.18); `result` is shown until it is updated."""
    yield w("r", w("fldChar", fldCharType="begin"))
    yield w("r", _leaf(f" {instruction} ", "instrText"))
    yield w("r", w("fldChar", fldCharType="separate"))
    yield from result
    yield w("r", w("fldChar", fldCharType="end"))
