"""What single elements and addresses of markup say: pictures, readings, links, numbers."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote_to_bytes

from converter.model import Figure, Link, Ruby, Text
from converter.regex import compiled
from converter.text.addresses import web_address
from converter.typeset.pictures import WEB, WORD, picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

HEADINGS = {f"h{level}": level for level in range(1, 7)}
"""The elements of headings, with their levels."""
_DATA = compiled(r"data:[\w.+/-]*((?:;[\w.=+-]*)*),(.*)", re.DOTALL | re.IGNORECASE)


def tag_of(element: Element) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def figure_of(data: bytes, alt: str) -> Figure | None:
    """The figure with this picture; None if it is none."""
    shown = picture(data, WEB | WORD)
    return Figure(data=data, media_type=shown.media_type, alt=alt) if shown else None


def data_of(address: str) -> bytes:
    """The bytes of a data: address (RFC 2397); empty for another one, or one that is damaged."""
    match = _DATA.fullmatch(address.strip())
    if not match:
        return b""
    try:
        return base64.b64decode(match[2]) if "base64" in match[1].lower() else unquote_to_bytes(match[2])
    except (binascii.Error, ValueError):
        return b""


def whole_number(written: str | None, otherwise: int) -> int:
    """The number that an attribute says, `otherwise` where it says none."""
    return int(written) if written and re.fullmatch(r"-?\d{1,9}", written) else otherwise


def ruby_of(element: Element) -> Ruby:
    """A `<ruby>` of any shape."""
    base, above = element.text or "", ""
    for child in element.iterchildren("*"):
        words = "".join(map(str, child.itertext()))
        if tag_of(child) in {"rt", "rtc"}:
            above += words
        elif tag_of(child) != "rp":
            base += words
        base += child.tail or ""
    return Ruby(base=base.strip(), annotation=above.strip())


P = TypeVar("P")


def as_links(pieces: Iterable[P], href: str) -> Iterator[P | Link]:
    """The runs as links, if the address is one to be followed."""
    target = web_address(href)
    empty = True
    for piece in pieces:
        empty = False
        linked = isinstance(piece, Text) and target
        yield Link(text=piece.text, target=target, marks=piece.marks) if linked else piece  # type: ignore[attr-defined]
    if target and empty:
        yield Link(text="", target=target)
