"""The numbers that headings begin with: their forms, in one table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from converter.model import HeadingKind
from converter.text.numerals import COUNTING, number

_C = f"[{COUNTING}]"
_N = f"(?:{_C}{{1,7}}|[0-9０-９]{{1,4}})"
_SHORT = "[0-9０-９]{1,3}"

# (kind, pattern of the number; group 1 is the numeral). The number takes its own punctuation with it.
_FORMS = (
    # 第一篇：… 第三部分 …; what follows must be set off, or 第九部队 would be a heading
    (HeadingKind.PART, rf"第({_N})(?:篇|编|編|卷|册|冊|部分|部|集)(?:\s*[：:、.．]|(?=\s)|$)"),
    (HeadingKind.CHAPTER, rf"第({_N})[章回](?:\s*[：:、.．])?"),
    (HeadingKind.SECTION, rf"第({_N})[节節](?:\s*[：:、.．])?"),
    (HeadingKind.COUNT, rf"({_C}{{1,5}})(?:、|[.．](?!{_C}))"),
    (HeadingKind.PAREN_COUNT, rf"[（(]\s?({_C}{{1,5}})\s?[）)]、?"),
    # 3、 3. 3．; not 3.5 or 3、5
    (HeadingKind.DECIMAL, rf"({_SHORT})[、.．](?![0-9０-９])"),
    (HeadingKind.PAREN_DECIMAL, rf"[（(]\s?({_SHORT})\s?[）)]、?"),
)
_LABEL = re.compile("|".join(f"(?P<{kind.value}>{pattern})" for kind, pattern in _FORMS))
_KINDS = {kind.value: kind for kind, _ in _FORMS}


@dataclass(frozen=True, slots=True)
class Label:
    """A number at the beginning of a line."""

    kind: HeadingKind
    text: str
    """As written, with its punctuation."""
    ordinal: int
    words: int
    """Where in the line the words begin, white space after the number passed over."""


_SPACES = re.compile(r"\s*")


def label_of(line: str) -> Label | None:
    """The number that a line begins with, None where it begins with none.

    >>> label_of("（二）抓好落实")
    Label(kind=<HeadingKind.PAREN_COUNT: 'paren_count'>, text='（二）', ordinal=2, words=3)
    >>> label_of("第九部队到达"), label_of("3.5亿元"), label_of("一是认识不够")
    (None, None, None)
    """
    match = _LABEL.match(line)
    if not match or not match.lastgroup:
        return None
    numeral = match.group(match.re.groupindex[match.lastgroup] + 1)
    ordinal = number(numeral)
    if ordinal is None:
        return None
    spaces = _SPACES.match(line, match.end())
    return Label(_KINDS[match.lastgroup], match.group(), ordinal, spaces.end() if spaces else match.end())
