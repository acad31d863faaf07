"""A file as read in each encoding that it may have, and how likely each of these readings is."""

from __future__ import annotations

import codecs
from typing import TypeVar

from converter.records import NamedTuple
from converter.regex import compiled
from converter.text.encodings import ENCODINGS
from converter.text.likelihood import Likelihood, controls, likelihood

T = TypeVar("T", str, bytes)

_SAMPLE = 1 << 17  # characters that are judged
_PIECES = 64  # stretches of text, spread evenly, that they are taken from
_ASCII = bytes(range(128))
_NOT_ASCII = bytes(range(128, 256))
_ENOUGH = 32  # bytes beyond ASCII that cannot be valid UTF-8 by chance
_GLANCE = 1 << 12  # bytes that mostly hold as many
_IMPLAUSIBLE = -10.5  # nats for a character of a text that is not Chinese, or not in this encoding
_MOST_BROKEN = 256  # bytes that may be unreadable in a text of any length,
_SHARE_BROKEN = 0.01  # or for each byte beyond ASCII; one always may
# Python's cp950 reads C6A1–C7FC as a Big5 of 1984 had it; whoever used these codes used ETEN's characters, which
# Big5-HKSCS has in the same places. No other code of cp950 gives these: kana, Cyrillic, numbers in circles. A single
# one in a file is damage rather than use.
_NOT_CP950 = compiled("[々ゝゞヾぁ-ヶЁ-ё①-⑽]")


class Reading(NamedTuple):
    """The file as read in one encoding."""

    encoding: str
    codec: str
    text: str
    """The whole text; only the sample if there is an error."""
    error: UnicodeDecodeError | None
    """Why it is none, if it is none."""
    likelihood: Likelihood
    score: float
    """Log-probability of the whole file, in nats."""
    broken: tuple[int, ...] = ()
    """The offsets of single bytes that do not fit; the text has U+DC00 plus the byte in their places."""


def trial_readings(body: bytes, candidates: tuple[str, ...]) -> list[Reading]:
    """The readings of `body`, the likeliest first; one that leaves no doubt stands alone."""
    if "utf-8" in candidates and (proven := _proven(body)):
        return [proven]
    readings = [_reading(body, candidate) for candidate in candidates]
    readings.sort(key=lambda r: r.score, reverse=True)
    # Almost any bytes fit UTF-16: without a BOM it must look like Chinese to be believed.
    believed = [r for r in readings if plausible(r) or not r.encoding.startswith("utf-16")]
    return believed or readings


def _proven(body: bytes) -> Reading | None:
    """The reading as UTF-8, if the bytes can be nothing else: valid, long enough, or ASCII, and without NULs. How
    likely its characters are is not asked.
    """
    if b"\0" in body or not (body.isascii() or _has_enough(body[:_GLANCE]) or _has_enough(body)):
        return None
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return None
    return Reading("utf-8", "utf-8", text, None, Likelihood(0.0, 0.0, controls(_pieces(text))), 0.0)


def _has_enough(body: bytes) -> bool:
    return len(body.translate(None, _ASCII)) >= _ENOUGH


def _reading(body: bytes, encoding: str) -> Reading:
    known = ENCODINGS[encoding]
    failed: UnicodeDecodeError | None = None
    for codec in known.codecs:
        try:
            text = body.decode(codec)
        except UnicodeDecodeError as error:
            failed = error if failed is None or error.start > failed.start else failed
            continue
        if codec == "cp950" and len(_NOT_CP950.findall(text)) > 1:
            continue
        sample, failed = _pieces(text), None
        # A cut may leave half of a pair of code points that stand for one code of Big5-HKSCS: hence "replace".
        size = len(sample.encode(codec, "replace"))
        break
    if failed is not None:
        escaped = _escaped(body, encoding)
        if escaped is not None:
            codec, text, broken = escaped
            judged = likelihood(_pieces(text))
            score = known.prior + judged.total * len(text) / min(len(text), _SAMPLE)
            return Reading(encoding, codec, text, None, judged, score, broken)
        codec, pieces = failed.encoding, _pieces(body)
        text = sample = pieces.decode(codec, "replace")
        size = len(pieces)
    judged = likelihood(sample)
    # The sample stands for the whole.
    score = known.prior + (judged.total * len(body) / size if size else 0.0)
    return Reading(encoding, codec, text, failed, judged, score)


def _escaped(body: bytes, encoding: str) -> tuple[str, str, tuple[int, ...]] | None:
    """The codec that fits best, the text with U+DC00 plus the byte where one does not fit, and the offsets of those.

    None where they are too many to be mere damage.
    """
    if encoding.startswith("utf-16"):  # a lost byte shifts all that follow
        return None
    most = min(_MOST_BROKEN, max(1, round(len(body.translate(None, _ASCII)) * _SHARE_BROKEN)))
    best = None
    for codec in ENCODINGS[encoding].codecs:
        broken = _broken(body, codec, most)
        if broken is not None and (best is None or len(broken) < len(best[1])):
            best = codec, broken
    return None if best is None else (best[0], body.decode(best[0], "surrogateescape"), best[1])


def _broken(body: bytes, codec: str, most: int) -> tuple[int, ...] | None:
    """The offsets of the bytes that do not fit; None for more than `most`."""
    offsets: list[int] = []
    rest = memoryview(body)
    at = 0
    while True:
        try:
            codecs.decode(rest[at:], codec)
        except UnicodeDecodeError as error:
            # Of these bytes "surrogateescape" takes those before the first ASCII one, and goes on behind them.
            at += error.start
            wrong = body[at : at + error.end - error.start]
            taken = len(wrong) - len(wrong.lstrip(_NOT_ASCII)) or 1
            offsets += range(at, at + taken)
            at += taken
            if len(offsets) > most:
                return None
            continue
        return tuple(offsets)


def _pieces(whole: T) -> T:
    """A sample of at most `_SAMPLE` characters or bytes, from all over the text."""
    if len(whole) <= _SAMPLE:
        return whole
    size = _SAMPLE // _PIECES
    step = (len(whole) - size) // (_PIECES - 1)
    # An even offset keeps the pairs of UTF-16 together.
    return whole[:0].join(whole[at : at + size] for at in range(0, _PIECES * (step & ~1), step & ~1))


def plausible(reading: Reading) -> bool:
    """Whether it looks like Chinese at all."""
    return reading.likelihood.mean >= _IMPLAUSIBLE
