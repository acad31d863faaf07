"""Elements of WordprocessingML, in few words: `w("p", w("pPr", w("jc", val="center")))`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
}
"""Those that the parts of the template declare."""
_W = f"{{{NAMESPACES['w']}}}"
_OWN = {"w": NAMESPACES["w"]}
_LONGEST = 1_000_000
"""Characters in one text node; XML parsers refuse more than ten million bytes."""


def qn(name: str) -> str:
    """A name with its prefix, such as `w:val`, as lxml has it."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def w(tag: str, /, *children: Element, **attributes: str | int) -> Element:
    """The element `w:tag` with these children and `w:` attributes."""
    element: Element = etree.Element(
        _W + tag, {_W + name: str(value) for name, value in attributes.items()}, nsmap=_OWN
    )
    element.extend(children)
    return element


def set_attributes(element: Element, **attributes: str | int) -> None:
    """Set these `w:` attributes."""
    for name, value in attributes.items():
        element.set(_W + name, str(value))


_SEQUENCES = {
    "style": """
        name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked
        personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr
    """,
    "pPr": """
        pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
        suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi
        adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection
        textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange
    """,
    "rPr": """
        rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid
        vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl
        cs em lang eastAsianLayout specVanish oMath rPrChange
    """,
}
"""What may stand in these elements, in the order of the schema (ECMA-376 §17.7.4.17, §17.3.1.26, §17.3.2.28)."""
_PLACES = {
    _W + parent: {_W + tag: place for place, tag in enumerate(sequence.split())}
    for parent, sequence in _SEQUENCES.items()
}


def child(parent: Element, tag: str) -> Element:
    """The element `w:tag` of a style or of properties, put in its place if it is not there yet."""
    name, places = _W + tag, _PLACES[str(parent.tag)]
    after = None
    for there in parent:
        if there.tag == name:
            return there
        if after is None and places[str(there.tag)] > places[name]:
            after = there
    made = w(tag)
    if after is None:
        parent.append(made)
    else:
        after.addprevious(made)
    return made


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


_OPENED, _CLOSED = etree.tostring(etree.Element("part", nsmap=NAMESPACES), encoding="unicode")[:-2] + ">", "</part>"


def to_text(*elements: Element) -> str:
    """The elements as they stand in a part that declares `NAMESPACES`. They are taken out of the tree they are in."""
    part = etree.Element("part", nsmap=NAMESPACES)
    part.extend(elements)
    return str(etree.tostring(part, encoding="unicode"))[len(_OPENED) : -len(_CLOSED)]


def field(instruction: str, *result: Element) -> Iterator[Element]:
    """The runs of a complex field, all five parts (ECMA-376 §17.16.18); `result` is shown until it is updated."""
    yield w("r", w("fldChar", fldCharType="begin"))
    yield w("r", _leaf(f" {instruction} ", "instrText"))
    yield w("r", w("fldChar", fldCharType="separate"))
    yield from result
    yield w("r", w("fldChar", fldCharType="end"))
