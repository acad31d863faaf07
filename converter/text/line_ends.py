"""Where the lines of a text end."""

from __future__ import annotations


def split_lines(text: str, ends: str) -> list[str]:
    r"""The text cut at each `\n` and each of the characters `ends`, blank lines kept: one character stands between each
    line and the next, and `\r\n` has a blank line inside.

    >>> split_lines("甲\r\n乙\n", "\r")
    ['甲', '', '乙', '']
    """
    for end in ends:
        text = text.replace(end, "\n")
    return text.split("\n")
