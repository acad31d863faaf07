"""Where the last parts of an official document stand, in characters: for formats that lay out no lines themselves.

`typeset.official` composes the same parts from real widths. Here a character is one wide, of ASCII half.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.model import Paragraph, Role, passages_of, plain
from converter.records import NamedTuple
from converter.regex import compiled
from converter.typeset.theme import Signing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from converter.model import Block

SIGNER = compiled(r"签\s?发\s?人\s?[：:]")
"""签发人： in the line of a document number (7.2.6)."""
ATTACHED = compiled(r"附\s?件\s?[0-9０-９一二三四五六七八九十]{0,3}")
"""附件1, alone on its line: here begins what is attached (7.3.7)."""
PRINTED = compiled(r"(.*?\S[\s\u3000]*)((?:[0-9０-９]{4}|[一二三四五六七八九〇○零]{4})\s?年[^：:]+)")
"""某某办公室　2012年7月2日印发: the office, and when it printed (7.4.3)."""
_ATTACHMENT = compiled(r"(附\s?件\s?[：:]\s?)?([0-9０-９]{1,2}\s?[.．、]\s?)?")
_LABEL = compiled(r"[^：:]{2,4}[：:]\s?")


class Indents(NamedTuple):
    """Where a paragraph stands, in characters of its own."""

    left: float = 0
    first: float = 0
    """Of the first line, from the left edge; negative where it hangs."""
    right: float = 0


def is_attached(block: Block) -> bool:
    """Whether a block is the number of what is attached, alone on its line."""
    attachment = isinstance(block, Paragraph) and block.role is Role.ATTACHMENT
    return attachment and bool(ATTACHED.fullmatch("".join(map(plain, passages_of(block)))))


def width(words: str) -> float:
    """How wide words are, in characters."""
    return sum(0.5 if character.isascii() else 1 for character in words)


def attachment_indents(lines: Sequence[str]) -> list[Indents]:
    """GB/T 9704-2012 7.3.4: two characters in; what goes on stands below the name, further numbers below the first.

    >>> attachment_indents(["附件：1.工作方案", "2.任务分工表"])
    [Indents(left=6.0, first=-4.0, right=0), Indents(left=6.0, first=-1.0, right=0)]
    """
    found, numbers = [], 2.0
    for index, words in enumerate(lines):
        match = _ATTACHMENT.match(words.strip())
        label, number = (match[1] or "", match[2] or "") if match else ("", "")
        begin = 2.0 if label or not index else numbers
        if label:
            numbers = 2 + width(label)
        hang = width(label + number)
        found.append(Indents(left=begin + hang, first=-hang))
    return found


def signature_rights(names: Iterable[float], dates: Iterable[float], signing: Signing) -> tuple[list[float], float]:
    """GB/T 9704-2012 7.3.5: how far in from the right names and date of these widths end.

    Sealed: the date four in, each name centred above it. Unsealed: the date begins two behind the name, and the one
    that ends further right is two in. Stamped: all four in.
    """
    wide, date = list(names), max(dates, default=0)
    match signing:
        case Signing.UNSEALED:
            name = max(wide, default=0)
            over = name - 2 - date if name and date else 0
            return [max(2.0, 2 - over) + name - own for own in wide], max(2.0, 2 + over)
        case Signing.SEALED if date:
            return [max(0.0, 4 + (date - own) / 2) for own in wide], 4.0
        case _:
            return [4.0 for _ in wide], 4.0


def imprint_indents(words: str) -> Indents:
    """GB/T 9704-2012 7.4.2: one character in from both sides; what goes on stands below the first name."""
    match = _LABEL.match(words)
    hang = width(match[0]) if match else 0
    return Indents(left=1 + hang, first=-hang, right=1)
