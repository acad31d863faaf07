"""Bytes → text: which encoding, by the evidence of the whole file.

That a file decodes proves little: nearly every Big5 novel is valid GB18030 as well. What proves something is whether
the decoded characters are those that Chinese is written with. So each encoding gets a reading of the file, a sample
spread over the whole of each reading is judged by `likelihood`, and the likeliest reading is taken if every byte fits
it. A few bytes that do not are kept and marked: in an otherwise good text they are damage, not evidence. Line ends stay
as they are, and so does every other character.
"""

from __future__ import annotations

import re
from math import exp
from typing import TYPE_CHECKING

from converter.diagnostics import Diagnostic, Result, Severity
from converter.errors import InputError, Message
from converter.records import NamedTuple
from converter.source import SourceText, Span
from converter.text.encodings import BOMS, ENCODINGS, GUESSED, encodings_named
from converter.text.file_kinds import kind_of_file, refusal
from converter.text.trial_readings import plausible, trial_readings

if TYPE_CHECKING:
    from converter.text.trial_readings import Reading

_SURE = 0.9  # a guess less sure than this deserves a look
_BINARY = 0.05  # share of characters that no plain text has
_LISTED = 20  # unreadable bytes that a diagnostic lists


class Candidate(NamedTuple):
    """An encoding that a file may be in, and how the file would read."""

    encoding: str
    confidence: float
    """How likely it is among the candidates, 0 to 1."""
    sample: str
    """The first words beyond ASCII, as this encoding has them."""
    error: int | None
    """The offset of the first byte that does not fit."""


def decode(data: bytes, encoding: str | None = None) -> Result[SourceText]:
    r"""The text in `data`, with a diagnostic `DEC101` that names the encoding and how sure it is.

    `encoding` overrides the guess; any usual name will do ("gbk", "Big5-HKSCS", "utf16"). The original's bytes are
    `value.bom + value.original.encode(value.encoding, "surrogateescape")`, but for a few characters that Big5 has twice
    (`DEC102`). A few bytes that do not fit are named by `DEC103`, and each is U+DC00 plus its value in the text.
    Raises InputError for an empty file, for one that is not plain text, and where more than a few bytes do not fit the
    encoding; UsageError for an unknown encoding.

    >>> decode("汉字\r\n".encode("gbk")).value.text
    '汉字\r\n'
    """
    asked = encodings_named(encoding) if encoding else None
    _refuse_other_files(data)
    bom, marked = next(((b, e) for b, e in BOMS if data.startswith(b)), (b"", ""))
    if asked and marked not in asked:
        bom = b""
    body = data[len(bom) :]
    candidates = (marked,) if bom else asked or GUESSED
    readings = trial_readings(body, candidates)
    best = readings[0]
    if best.likelihood.controls > _BINARY:
        raise _binary(data)
    if best.error is not None or (best.broken and not plausible(best)):
        raise _undecodable(data, readings, len(bom), by_name=asked is not None)
    if not best.text or best.text.isspace():
        raise InputError("The file is empty: it has no text.", "文件为空：其中没有文字。")
    source = SourceText(best.text, encoding=best.codec, bom=bom)
    report = _report(readings, bom, by_name=asked is not None)
    return Result(source, (report, *_twice_encoded(source, body), *_unreadable(best, data, len(bom))))


def candidates(data: bytes) -> list[Candidate]:
    """The encodings that a file may be in, the likeliest first; only one where there is no doubt, or a mark says it."""
    bom, marked = next(((b, e) for b, e in BOMS if data.startswith(b)), (b"", ""))
    readings = trial_readings(data[len(bom) :], (marked,) if bom else GUESSED)
    weights = [exp(max(reading.score - readings[0].score, -700.0)) for reading in readings]
    found = []
    for reading, weight in zip(readings, weights, strict=True):
        first = reading.error.start if reading.error else min(reading.broken, default=None)
        label, confidence = _label(reading), round(weight / sum(weights), 3)
        sample = _glimpse(reading.text, 60)
        found.append(Candidate(label, confidence, sample, None if first is None else first + len(bom)))
    return found


def _refuse_other_files(data: bytes) -> None:
    kind = kind_of_file(data)
    if kind is not None:
        raise InputError(*refusal(kind))


def _report(readings: list[Reading], bom: bytes, *, by_name: bool) -> Diagnostic:
    """Which encoding it is, how sure that is, and how the others would read."""
    best = readings[0]
    label = _label(best)
    # UTF-8 proves itself by its form, in any language.
    doubtful = not (plausible(best) or best.encoding == "utf-8" or bom)
    confidence = 1.0
    if len(readings) > 1 and not by_name:
        confidence = round(1 / (1 + exp(readings[1].score - best.score)), 3)
    if by_name:
        how = Message("as you asked", "按指定编码")
    else:
        how = Message("by its byte order mark", "据字节顺序标记") if bom else Message("by its characters", "据字符")
    return Diagnostic(
        code="DEC101",
        severity=Severity.WARNING if doubtful or confidence < _SURE else Severity.INFO,
        message=Message(
            f"Read as {label}, {how.en}."
            + (" It does not look like Chinese: look at it, or name another encoding." if doubtful else ""),
            f"{how.zh}读作 {label}。" + ("读出的文字不像中文：请检查，或指定其他编码。" if doubtful else ""),
        ),
        hints=tuple(f"{r.encoding}: {_glimpse(r.text)}" for r in readings[1:] if r.error is None),
        confidence=min(confidence, 0.5) if doubtful else confidence,
    )


def _label(reading: Reading) -> str:
    known = ENCODINGS[reading.encoding]
    return "Big5-HKSCS" if reading.codec not in known.codecs[:1] and reading.encoding == "big5" else known.label


def _glimpse(text: str, most: int = 16) -> str:
    """The first characters beyond ASCII, by which a person sees whether a reading is right."""
    characters = (c if c.isprintable() else "�" for c in re.findall(r"[^\x00-\x7f\u3000]", text[: 20 * most]))
    return "".join(characters)[:most]


def _twice_encoded(source: SourceText, body: bytes) -> tuple[Diagnostic, ...]:
    """What to say where encoding the text again does not give the same bytes."""
    # UTF-8 gives each character one code, and Python reads no other.
    if source.encoding == "utf-8" or source.original.encode(source.encoding, "surrogateescape") == body:
        return ()
    return (
        Diagnostic(
            code="DEC102",
            severity=Severity.INFO,
            message=Message(
                "Some characters stand under a second code of this encoding; undoing gives their usual code.",
                "部分字符使用了该编码中的重复码位；还原时将得到其通用码位。",
            ),
        ),
    )


def _unreadable(reading: Reading, data: bytes, shift: int) -> tuple[Diagnostic, ...]:
    """What to say of single bytes that do not fit."""
    if not reading.broken:
        return ()
    count, label = len(reading.broken), _label(reading)
    at = next(n for n, c in enumerate(reading.text) if "\udc80" <= c <= "\udcff")
    offsets = [n + shift for n in reading.broken[:_LISTED]]
    return (
        Diagnostic(
            code="DEC103",
            severity=Severity.WARNING,
            message=Message(
                f"{count} byte{'s' if count > 1 else ''} cannot be read as {label}, the first at offset "
                f"{offsets[0]} (0x{offsets[0]:X}): {'their places are' if count > 1 else 'its place is'} marked �.",
                f"有 {count} 个字节无法按 {label} 解码，第一个在偏移 {offsets[0]}（0x{offsets[0]:X}）处：以 � 标出。",
            ),
            span=Span(at, at + 1),
            hints=tuple(f"0x{n:X}: {data[n]:02X}" for n in offsets),
        ),
    )


def _binary(data: bytes) -> InputError:
    at = re.search(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]", data)
    offset = at.start() if at else 0
    where = f"{offset} (0x{offset:X})"
    return InputError(
        f"This is not plain text: it is full of control characters, the first at byte {where}. "
        "Save it as plain text (.txt, UTF-8) first.",
        f"这不是纯文本：其中有大量控制字符，第一个在偏移 {where} 字节处。请先另存为纯文本（.txt，UTF-8 编码）。",
    )


def _undecodable(data: bytes, readings: list[Reading], shift: int, *, by_name: bool) -> InputError:
    """The error that names the first byte that does not fit the likeliest encoding."""
    best = readings[0]
    error = best.error
    start = (error.start if error else best.broken[0]) + shift
    where = f"{start} (0x{start:X})"
    shown = data[start : start + 4].hex(" ").upper()
    label = ENCODINGS[readings[0].encoding].label
    cut = error is not None and error.end + shift == len(data)
    fault = (
        Message(f"the file ends inside a character of {label}", f"文件末尾的 {label} 字符不完整")
        if cut
        else Message(f"it does not fit {label}", f"不符合 {label} 编码")
    )
    if by_name:
        advice = Message(
            "Leave the encoding out to have it found, or name another.", "可不指定编码以自动识别，或指定其他编码。"
        )
    else:
        tried = [ENCODINGS[r.encoding].label for r in readings]
        advice = Message(
            f"Correct or remove it, or name the file's encoding; tried, the likeliest first: {', '.join(tried)}.",
            f"请改正或删去该字节，或指定文件的编码；已尝试（最可能者在前）：{'、'.join(tried)}。",
        )
    return InputError(
        f"The byte at offset {where} cannot be read ({shown}): {fault.en}. {advice.en}",
        f"偏移 {where} 处的字节（{shown}）无法解码：{fault.zh}。{advice.zh}",
    )
