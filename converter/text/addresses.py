"""Addresses that links may lead to."""

from __future__ import annotations

import re
from urllib.parse import quote

from converter.regex import compiled

_FOLLOWED = compiled(r"(?:https?|ftp)://[^\s/]|(?:mailto|tel):[^\s]", re.IGNORECASE)


def web_address(written: str) -> str:
    """The address fit for a link, with %XX for what no URI may hold (RFC 3986 §2); empty for one not to be followed:
    a script, a file of this machine, a place in nowhere.

    >>> web_address("https://例.cn/a b"), web_address("javascript:alert(1)")
    ('https://%E4%BE%8B.cn/a%20b', '')
    """
    address = "".join(written.split("\n")).strip()
    if not _FOLLOWED.match(address):
        return ""
    return quote(address.encode(errors="replace"), safe="%/:?#@!$&'()*+,;=~-._")
