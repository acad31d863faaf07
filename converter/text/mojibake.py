"""Text that was decoded wrongly and saved so (乱码, mojibake): which wrong way it went, and the way back.

Bytes in one encoding were read in another; the characters that came out still hold the bytes. Encoding them again as
they were read and decoding them as they were meant gives the text, exactly, unless bytes were lost on the way. What was
meant is known by the characters: right ones are those that Chinese is written with (`likelihood`).
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from converter.records import NamedTuple
from converter.regex import compiled
from converter.text.likelihood import likelihood
from converter.text.line_ends import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Step(NamedTuple):
    """One wrong decoding: bytes in `meant` were read as `read`."""

    meant: str
    read: str

    def undone(self, line: str) -> str | None:
        """The line as it was meant, with U+FFFD where bytes were lost; None if it did not go this way."""
        best: str | None = None
        for data in _bytes(line, self.read):
            try:
                return data.decode(self.meant)
            except UnicodeDecodeError:
                found = _LOSS.sub("\ufffd", data.decode(self.meant, "replace"))
            if best is None or found.count("\ufffd") < best.count("\ufffd"):
                best = found
        if best is None or best.count("\ufffd") > line.count("\ufffd") + line.count("?") + _LOST * len(best):
            return None
        return best


SINGLE_BYTE = "windows-1252"
"""Latin-1 and Windows-1252 in one: C1 controls, or the characters that Windows has in their stead."""
STEPS = (
    Step("utf-8", "gb18030"),
    Step("utf-8", SINGLE_BYTE),
    Step("gb18030", SINGLE_BYTE),
    Step("cp950", SINGLE_BYTE),
    Step("big5hkscs", SINGLE_BYTE),
    Step("cp950", "gb18030"),
    Step("big5hkscs", "gb18030"),
    Step("utf-8", "cp950"),
    Step("gb18030", "cp950"),
)
"""The wrong ways that are met, the usual first."""

_ROUNDS = 3
"""How often one text may have been decoded wrongly."""
_SAMPLE = 6000
"""Characters that are judged, about,"""
_LONGEST = 400
"""of a line at most so many."""
_RIGHT = -9.0
"""Nats for a character beyond ASCII: right Chinese has more, technical and classical texts included, and what was
decoded wrongly has fewer than -9.9."""
_LOSS_COSTS = -25.0
"""Nats for a character that is lost: more than any that is not."""
_FEWEST = 2
"""Characters beyond ASCII that prove something."""
_GAIN = 12.0
"""Nats by which the text meant must be likelier than the one read."""
_LONGER = 0.1
"""Share of the nats that every further round must spare."""
_LOST = 0.2
"""Share of characters that may be lost."""
_NOT_ASCII = compiled(r"[^\x00-\x7f]")
_LOSS = compiled("\ufffd[\ufffd?]*")
# GBK as Windows and browsers read it has € for the byte 80, which GBK does not have. Browsers have it for A2 E3 too: in
# UTF-8 the end of one character and the beginning of the next.
_EURO = compiled(rb"(?<=[\xe0-\xef][\x80-\xbf])\xfe(?=[\x80-\xbf\xfe\xff])")


@functools.cache
def _c1() -> dict[int, int]:
    """The bytes 80 to 9F by what Windows reads them as."""
    return {ord(bytes([b]).decode("cp1252")): b for b in range(0x80, 0xA0) if b not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}}


def wrong_way(text: str) -> tuple[Step, ...]:
    """The wrong decodings that the text went through, the last first; empty if it went through none."""
    lines = _sample(text)
    if not lines:
        return ()
    before = likelihood("".join(lines))
    if before.mean >= _RIGHT:
        return ()
    best: tuple[float, tuple[Step, ...]] = (before.total + _GAIN, ())
    for way, result in _ways(lines, (), _ROUNDS):
        joined = "".join(result)
        kept, lost = joined.replace("\ufffd", ""), joined.count("\ufffd")
        if len(_NOT_ASCII.findall(kept)) < max(_FEWEST, 3 * lost):
            continue
        after = likelihood(kept)
        total = after.total + _LOSS_COSTS * lost
        # One round more must say much more: it also gathers what is lost into fewer marks.
        margin = _LONGER * abs(best[0]) if best[1] and len(way) > len(best[1]) else 0.0
        if after.mean >= _RIGHT and total > best[0] + margin:
            best = total, way
    return best[1]


def undone(line: str, way: Sequence[Step]) -> str | None:
    """A line as it was meant; None if it did not go this way, or reads much worse at its end."""
    found: str | None = line
    for step in way:
        found = step.undone(found) if found is not None else None
    # Chinese letters that another Chinese encoding has too prove nothing by going back.
    if found is None or way[0].read == SINGLE_BYTE:
        return found
    return found if likelihood(found).total > likelihood(line).total - _GAIN else None


def _ways(lines: list[str], way: tuple[Step, ...], rounds: int) -> Iterator[tuple[tuple[Step, ...], list[str]]]:
    """Every way back that most of the lines can go, and the lines at its end."""
    for step in STEPS:
        if way and (step.meant, step.read) == (way[-1].read, way[-1].meant):  # there and back again
            continue
        result = [step.undone(line) for line in lines]
        if sum(r is None for r in result) * 4 > len(lines):
            continue
        good = [line if r is None else r for line, r in zip(lines, result, strict=True)]
        if good == lines:
            continue
        yield (*way, step), good
        if rounds > 1:
            yield from _ways(good, (*way, step), rounds - 1)


def _sample(text: str) -> list[str]:
    """The beginnings of lines with characters beyond ASCII, from all over the text."""
    if text.isascii():
        return []
    lines = [line for line in split_lines(text, "\r") if not line.isascii()]
    size = sum(min(len(line), _LONGEST) for line in lines)
    return [line[:_LONGEST] for line in lines[:: size // _SAMPLE + 1]]


def _bytes(line: str, codec: str) -> Iterator[bytes]:
    r"""The bytes that may have been read as this line; b"\xff" where they were lost. None if no bytes read so."""
    try:
        if codec == SINGLE_BYTE:
            yield line.replace("\ufffd", "\xff").translate(_c1()).encode("latin-1")
            return
        if codec == "gb18030" and "€" in line:
            yield _EURO.sub(b"\xa2\xe3", _joined(line, codec, "€", b"\xfe")).replace(b"\xfe", b"\x80")
        yield _joined(line, codec, "\ufffd", b"\xff")
    except UnicodeEncodeError:
        return


def _joined(line: str, codec: str, mark: str, byte: bytes) -> bytes:
    r"""The line's bytes, with `byte` for each `mark`, and b"\xff" for what was lost."""
    if mark != "\ufffd":
        return byte.join(_joined(piece, codec, "\ufffd", b"\xff") for piece in line.split(mark))
    return byte.join(piece.encode(codec) for piece in line.split(mark))
