"""Characters that a format or an encoding cannot hold: replaced visibly, and reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.diagnostics import Diagnostic, Severity
from converter.errors import Message
from converter.regex import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable

# Everything but Char of XML 1.0 §2.2: most control characters, lone surrogates, U+FFFE and U+FFFF.
_NOT_XML = compiled("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LISTED = 10


def escape(text: str) -> str:
    """Text for XML and HTML, in an element or in an attribute with double quotes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


class XmlCharacters:
    r"""Makes text fit for XML, and remembers what it had to replace.

    >>> characters = XmlCharacters()
    >>> characters.clean("第\x01章")
    '第\ufffd章'
    >>> characters.diagnostics("html")[0].code
    'OUT102'
    """

    def __init__(self) -> None:
        self._replaced: set[str] = set()

    def clean(self, text: str) -> str:
        """The text with U+FFFD for each character that XML 1.0 §2.2 forbids."""
        found = _NOT_XML.findall(text)
        if not found:
            return text
        self._replaced.update(found)
        return _NOT_XML.sub("\ufffd", text)

    def diagnostics(self, writer: str) -> tuple[Diagnostic, ...]:
        """One diagnostic that names what was replaced, or none."""
        return replaced(self._replaced, "\ufffd", writer) if self._replaced else ()


def replaced(characters: Iterable[str], by: str, place: str) -> tuple[Diagnostic, ...]:
    """The diagnostic for characters that `place`, a format or an encoding, cannot hold."""
    names = [f"{c if c.isprintable() else ''} U+{ord(c):04X}".strip() for c in sorted(characters)]
    listed = ", ".join(names[:_LISTED]) + (f" … ({len(names)})" if len(names) > _LISTED else "")
    message = Message(
        f"{place} cannot hold some characters; each stands as “{by}” now: {listed}.",
        f"{place} 无法容纳以下字符，均已替换为“{by}”：{listed}。",
    )
    return (Diagnostic(code="OUT102", severity=Severity.WARNING, message=message),)
