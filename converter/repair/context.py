"""What stands around a mark: which characters are witnesses of Chinese text, and what is no prose at all.

The classes are regular expressions of one character, for use in look-arounds.
"""

from __future__ import annotations

import functools
import re

from converter.regex import compiled
from converter.repair.signs import contains

# Two ranges below U+10000, no more: Python compiles such a class ten times as fast as one of three.
HAN = r"[㐀-鿿\uf900-\ufad9\U00020000-\U0003ffff]"
"""One Chinese character (汉字)."""
CHINESE = r"[、-〟㐀-鿿\U00020000-\U0003ffff]"
"""One Chinese character, or a mark of Chinese punctuation that has no half-width form and no use in Latin text."""
HALF = ",;:?!()"
"""The marks that compatibility normalisation (NFKC) flattens."""
FULL = "，；：？！（）"
"""The same marks as Chinese text has them, in the same order."""

# What is no prose inside a line. Possessive and anchored where a long run could be tried from each of its characters.
_INSIDE = compiled(
    r"""
      (?:https?|ftp|file)://[\w\-.~:/?#\[\]@!$&'()*+,;=%]*[\w/#=&~-]   # a URL, without the mark that ends the sentence
    | (?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+                       # an e-mail address
    | &(?:[a-zA-Z]{2,8}|\#\d{1,7});                                   # an HTML character reference
    | </?[a-zA-Z!?][^<>\n]*>                                          # a tag
    | \b[a-zA-Z]:[\\/][^\s，。；“”"]*                                  # a Windows path
    | ``[^`\n]+``|`[^`\n]+`                                           # code in Markdown
    | \]\([^()\s]*\)                                                  # the target of a Markdown link
    """,
    re.VERBOSE | re.ASCII,
)
# One of these is in each.
_SIGNS = ("://", "@", "&", "<", ":\\", ":/", "`", "](")
# Whole lines, fenced blocks and the head of a Markdown file; each begins with a character of ASCII.
_LINES = compiled(
    r"""
    ^(?: ```[^\n]*\n (?:.*\n)*? ```
       | ~~~[^\n]*\n (?:.*\n)*? ~~~
       | ---\n (?:[\w-]+:.*\n)+ ---
       | [ \t]*[>|]                                                   # a quotation or a table of Markdown
       | [ \t]*["{}\[<] (?=[^\n]*[:<\[{]) (?=[^\n]*["\]}>][,\s]*$)    # JSON, XML
       | [\t -~]*(?: [{};] | [=!]= | => | \(\)) [ \t]*$                # a statement
       | [ \t]*(?://|/\*|\#!|\$[ ]|>>>)                               # a comment, a prompt
    ).*
    """,
    re.VERBOSE | re.MULTILINE | re.ASCII,
)


_ASCII_LINE = compiled(r"\n(?=[\t -~])")

# A line of values parted by commas.
_VALUES = compiled(r"^[^,\n。！？；]+(?:,[^,\n。！？；]*){2,}$", re.MULTILINE)
_TWO_COMMAS = compiled(r",[^,\n]*,")
_HAN = compiled(HAN)


@functools.lru_cache(maxsize=1)  # the rules that follow one another look at one text
def prose(text: str) -> str:
    """The text with everything that is no prose (URLs, addresses, code, tags, tables) blackened: the letter x stands
    for each of its characters, so that positions stay.
    """
    text = _without_lines(text)
    if any(contains(text, sign) for sign in _SIGNS):
        text = _INSIDE.sub(_blackened, text)
    return _without_tables(text)


def _without_lines(text: str) -> str:
    """The text with whole lines of code, quotations and the like blackened."""
    pieces: list[str] = []
    at = 0
    # Lines that begin in Chinese need no look: the search for one literal is the fastest there is.
    starts = [0] if text[:1].isascii() else []
    starts += (match.end() for match in _ASCII_LINE.finditer(text))
    for start in starts:
        if start >= at and (match := _LINES.match(text, start)):
            pieces += (text[at:start], _blackened(match))
            at = match.end()
    return "".join((*pieces, text[at:])) if pieces else text


def _without_tables(text: str) -> str:
    """The text with tables of comma-separated values blackened: lines that follow one another with as many commas
    each, all but the first with a value that is not Chinese.
    """
    if not _TWO_COMMAS.search(text):
        return text
    rows: list[re.Match[str]] = []
    pieces: list[str] = []
    at = 0
    for match in (*_VALUES.finditer(text), None):
        if match and rows and match.start() == rows[-1].end() + 1 and match[0].count(",") == rows[-1][0].count(","):
            rows.append(match)
            continue
        if len(rows) > 1 and all(any(not _HAN.search(v) for v in row[0].split(",")) for row in rows[1:]):
            pieces += (text[at : rows[0].start()], _CHARACTER.sub("x", text[rows[0].start() : rows[-1].end()]))
            at = rows[-1].end()
        rows = [match] if match else []
    return "".join((*pieces, text[at:]))


def _blackened(match: re.Match[str]) -> str:
    return _CHARACTER.sub("x", match[0])


_CHARACTER = compiled(r"[^\n]")
