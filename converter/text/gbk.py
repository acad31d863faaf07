"""Bytes of GBK: the character that two of them make, and those that a character may have been made of."""

from __future__ import annotations

import functools
import unicodedata


@functools.lru_cache(maxsize=1 << 15)
def character_of(lead: int, trail: int) -> str | None:
    """The character that two bytes make in GBK."""
    try:
        return bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return None


@functools.lru_cache(maxsize=1 << 7)
def characters_of(lead: int) -> tuple[tuple[int, str], ...]:
    """Every second byte that makes a character with this first one, and that character."""
    made = ((trail, character_of(lead, trail)) for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)))
    return tuple((trail, character) for trail, character in made if character is not None)


@functools.lru_cache(maxsize=1 << 13)
def bytes_of(character: str) -> bytes:
    """The bytes of a character: two, or one for ASCII and €, or none."""
    try:
        code = character.encode("gb18030")
    except UnicodeEncodeError:
        return b""
    return code if len(code) <= 2 else b""


@functools.lru_cache(maxsize=1 << 13)
def spellings(piece: str) -> tuple[bytes, ...]:
    """The bytes that `piece` may stand for: its own, and those of what a half-width pass (NFKC) made it of."""
    codes = list(_narrowed().get(piece, ()))
    if len(piece) == 1 and (own := bytes_of(piece)) and (len(own) == 2 or 0x40 <= own[0] <= 0x7E):
        codes.append(own)
    if piece == "€":
        codes.append(b"\x80")
    return tuple(codes)


@functools.cache
def _narrowed() -> dict[str, list[bytes]]:
    """The characters of GBK that NFKC changes, by what it makes of them; in a slip their second byte is a first one."""
    table: dict[str, list[bytes]] = {}
    for lead in range(0xA1, 0xAA):
        for trail in range(0x81, 0xFF):
            character = character_of(lead, trail)
            if character and (narrow := unicodedata.normalize("NFKC", character)) != character:
                table.setdefault(narrow, []).append(bytes((lead, trail)))
    return table


@functools.cache
def longest_spelling() -> int:
    """The characters of the longest piece that stands for two bytes alone: ⑽ becomes (10)."""
    return max(map(len, _narrowed()))
