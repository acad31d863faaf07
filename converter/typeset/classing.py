"""The classes of a text's characters: of those that were seen before, at the speed of an encoder.

`str.translate` looks each character up in a dictionary. An encoder with a table of its own is six times as fast, but
has room for 255 characters: enough for all that are not ideographs, which are what it replaces.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _codecs import _EncodeCharMap
    from collections.abc import Callable, Mapping

_WORTH = 20_000
"""Characters looked up one by one after which a table is made of what they were, which takes as long."""
_ROOM = 253
"""Characters for which a table has room: 256 without U+0000, the replacement sign, and one to spare."""
_REPLACEMENT = "?"
"""What an encoder puts in the place of a character that it does not have: here, of an ideograph."""
_NOT_YET = "\x80"
"""In the place of a class: of ASCII characters until they come, since they would pass for classes themselves."""
_NO_OTHERS = frozenset({"H", _NOT_YET})


class Classing:
    """The class of each character, by what `learn` says of those that come for the first time.

    `learn` gets characters not seen before, and gives the class of each by its code point.
    """

    def __init__(self, learn: Callable[[set[str]], Mapping[int, str]]) -> None:
        self._learn = learn
        self._known = dict.fromkeys(range(128), _NOT_YET)
        self._looked_up = 0
        self._tabled = 0
        """How many characters were known when the table was made."""
        self._unknown: re.Pattern[str] | None = None
        self._table: _EncodeCharMap | None = None
        self._to_class = b""

    def __call__(self, text: str) -> str:
        """The classes, one letter a character."""
        if self._unknown and not self._unknown.search(text):
            return codecs.charmap_encode(text, "replace", self._table)[0].translate(self._to_class).decode("ascii")
        found = text.translate(self._known)
        if not found.isascii():  # a class is an ASCII sign, so this is a character that was not seen before
            known = self._known
            known.update(self._learn({c for c in text if known.get(ord(c), _NOT_YET) == _NOT_YET}))
            found = text.translate(self._known)
        self._looked_up += len(text)
        if self._looked_up > _WORTH and self._tabled != len(self._known):
            self._make_table()
        return found

    def _make_table(self) -> None:
        self._looked_up, self._tabled = 0, len(self._known)
        others = [chr(code) for code, kind in self._known.items() if kind not in _NO_OTHERS and 0 < code < 0xFFFE]
        ideographs = [chr(code) for code, kind in self._known.items() if kind == "H"]
        others = [character for character in others if character != _REPLACEMENT]
        if len(others) > _ROOM:
            return
        self._table = codecs.charmap_build(f"\0{_REPLACEMENT}{''.join(others)}".ljust(256, "\ufffe"))
        kinds = "HH" + "".join(self._known[ord(character)] for character in others)
        self._to_class = kinds.ljust(256, "H").encode("ascii")
        self._unknown = re.compile(f"[^{re.escape(''.join(others + ideographs))}]")
