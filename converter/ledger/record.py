"""A text with everything that was found in it and done to it; as JSON, from JSON, and undone."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from converter.diagnostics import Diagnostic, Severity
from converter.errors import InputError, Message, UsageError, WriteError
from converter.inspection import diagnostic_json
from converter.records import dataclass
from converter.source import Edit, SourceText, Span
from converter.version import __version__

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from converter.diagnostics import Result
    from converter.errors import ConverterError
    from converter.model import Document

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What was done to one text, and all that is needed to undo it."""

    name: str
    """Of the file that was read."""
    source: SourceText
    diagnostics: tuple[Diagnostic, ...]
    """In the order of the text, those about the whole of it last; the first is number 1."""
    sha256: str
    """Of the file's bytes, in hexadecimal."""
    unencodable: bytes | None = None
    """The file's bytes, only where encoding the original again does not give them: some codes stand twice in Big5."""

    @property
    def data(self) -> bytes:
        """The bytes that were read."""
        return encoded(self.source, self.source.original) if self.unencodable is None else self.unencodable

    def changes(self) -> list[list[int]]:
        """For each edit of the source the numbers of the applied diagnostics that made it."""
        return [[index + 1 for index in made] for made in makers(self.source, self.diagnostics)]


def makers(source: SourceText, diagnostics: Sequence[Diagnostic]) -> list[list[int]]:
    """For each edit of a text the indices of the applied diagnostics that made it: one edit may be the work of many."""
    starts = [edit.span.start for edit in source.edits]
    made: list[list[int]] = [[] for _ in starts]
    for number, diagnostic in enumerate(diagnostics):
        if diagnostic.applied and diagnostic.edit:
            index = bisect_right(starts, diagnostic.edit.span.start) - 1
            for near in (index, index - 1, index + 1):
                if 0 <= near < len(starts) and _touch(source.edits[near].span, diagnostic.edit.span):
                    made[near].append(number)
                    break
    return made


def marked(found: Result[Document]) -> dict[str, Any]:
    """A text as it was decoded, and what leads from it to the result, as plain data: for a page that shows both.

    Each change says which findings made it, by their names: rule and span, as in `ZH201@22-23`.
    """
    source, diagnostics = found.value.source, found.diagnostics
    if source is None:
        return {}
    names = [f"{d.code}@{d.edit.span.start}-{d.edit.span.end}" if d.edit else "" for d in diagnostics]
    changes = [
        {"span": list(edit.span), "before": edit.before, "after": edit.after, "made_by": [names[n] for n in made]}
        for edit, made in zip(source.edits, makers(source, diagnostics), strict=True)
    ]
    return {"original": source.original, "changes": changes}


def _touch(first: Span, second: Span) -> bool:
    return first.start <= second.end and second.start <= first.end


def record(name: str, data: bytes, source: SourceText, diagnostics: Iterable[Diagnostic]) -> Record:
    """The record of a text that was read from `data`."""
    try:
        exact = source.bom + source.original.encode(source.encoding, "surrogateescape") == data
    except UnicodeEncodeError:
        exact = False
    return Record(
        name=name,
        source=source,
        diagnostics=tuple(sorted(diagnostics, key=lambda d: (d.span is None, d.span or (0, 0)))),
        sha256=hashlib.sha256(data).hexdigest(),
        unencodable=None if exact else data,
    )


def encoded(source: SourceText, text: str, encoding: str | None = None) -> bytes:
    """`text` as bytes in the encoding of its source, or in another.

    Raises WriteError, with the character and its place, where the encoding does not have it.
    """
    try:
        if encoding is None:
            return source.bom + text.encode(source.encoding, "surrogateescape")
        return text.encode(encoding)
    except LookupError:
        raise UsageError(f"There is no encoding “{encoding}”.", f"没有名为“{encoding}”的编码。") from None
    except UnicodeEncodeError as error:
        char = text[error.start]
        line, column = SourceText(text).position(error.start)
        raise WriteError(
            f"{error.encoding} has no “{char}” (line {line}, column {column}): name another encoding, such as utf-8.",
            f"{error.encoding} 编码中没有“{char}”（第{line}行第{column}列）：请指定其他编码，例如 utf-8。",
        ) from None


def undone(record: Record, chosen: Collection[str] = ()) -> SourceText:
    """The text with its changes taken back: all, or those `chosen` by their rule's code or their own number.

    Changes of several rules to the same characters go back together. Raises UsageError for what is not in the record.
    """
    if not chosen:
        return SourceText(record.source.original, encoding=record.source.encoding, bom=record.source.bom)
    applied = {str(n): d.code for n, d in enumerate(record.diagnostics, 1) if d.applied}
    codes = set(applied.values())
    for name in chosen:
        if name not in applied and name not in codes:
            if name.isdecimal():
                raise UsageError(f"No change has the number {name}.", f"没有编号为 {name} 的修改。")
            raise UsageError.unknown("change", "修改", name, codes)
    numbers = {int(number) for number, code in applied.items() if number in chosen or code in chosen}
    kept = [
        (*edit.span, edit.after)
        for edit, made in zip(record.source.edits, record.changes(), strict=True)
        if not numbers.intersection(made)
    ]
    return undone(record).edited(kept)


def to_json(
    records: Sequence[Record], failures: Sequence[ConverterError] = (), rest: Sequence[Diagnostic] = ()
) -> bytes:
    """Records as JSON; `failures` say what could not be read, `rest` are findings about no single text."""
    tree = {
        "version": VERSION,
        "generator": f"converter {__version__}",
        "texts": [_text(r) for r in records],
        "failures": [{"name": f.source, "message": f.message.en, "message_zh": f.message.zh} for f in failures],
        "diagnostics": [diagnostic_json(d, None) for d in rest],
    }
    try:
        return json.dumps(tree, ensure_ascii=False, indent=1).encode()
    except UnicodeEncodeError:  # half of a surrogate pair: JSON can say it only in ASCII
        return json.dumps(tree, indent=1).encode()


def _text(record: Record) -> dict[str, Any]:
    source = record.source
    tree: dict[str, Any] = {
        "name": record.name,
        "sha256": record.sha256,
        "encoding": source.encoding,
        "bom": source.bom.hex(),
        "diagnostics": [
            {"number": number, **diagnostic_json(diagnostic, source)}
            for number, diagnostic in enumerate(record.diagnostics, 1)
        ],
        "edits": [
            {"span": list(edit.span), "before": edit.before, "after": edit.after, "made_by": made}
            for edit, made in zip(source.edits, record.changes(), strict=True)
        ],
        "original": source.original,
    }
    if record.unencodable is not None:
        tree["bytes"] = base64.b64encode(zlib.compress(record.unencodable)).decode()
    return tree


def from_json(data: str | bytes) -> list[Record]:
    """The records that `to_json` wrote. Raises InputError for anything else, and for one that was changed since."""
    try:
        tree = json.loads(data)
        if tree["version"] != VERSION:
            raise InputError(
                f"This report has version {tree['version']}; {VERSION} is known.",
                f"此报告的版本为 {tree['version']}，本程序支持版本 {VERSION}。",
            )
        records = [_record(text) for text in tree["texts"]]
    except (ValueError, KeyError, TypeError, AttributeError, LookupError, RecursionError, zlib.error) as error:
        lacks = isinstance(error, KeyError)
        en, zh = (f"it has no “{error.args[0]}”", f"缺少“{error.args[0]}”") if lacks else (f"{error}", f"{error}")
        raise InputError(
            f"This is not a report of ours, or it is damaged: {en}.", f"这不是本程序的报告，或报告已损坏：{zh}。"
        ) from None
    for found in records:
        if hashlib.sha256(found.data).hexdigest() != found.sha256:
            raise InputError(
                f"The report on “{found.name}” was changed: it no longer gives the bytes that were read.",
                f"关于“{found.name}”的报告已被改动，无法还原出原来的字节。",
            )
    return records


def _record(tree: dict[str, Any]) -> Record:
    source = SourceText(tree["original"], encoding=tree["encoding"], bom=bytes.fromhex(tree["bom"]))
    source.original.encode(source.encoding, "replace")  # an unknown encoding or a text that is none ends here
    for edit in tree["edits"]:
        if source.original[slice(*edit["span"])] != edit["before"]:
            raise ValueError(f"nothing reads {edit['before']!r} at {edit['span']}")
    packed = tree.get("bytes")
    return Record(
        name=str(tree["name"]),
        source=source.edited((*edit["span"], edit["after"]) for edit in tree["edits"]),
        diagnostics=tuple(map(_diagnostic, tree["diagnostics"])),
        sha256=tree["sha256"],
        unencodable=None if packed is None else zlib.decompress(base64.b64decode(packed)),
    )


def _diagnostic(tree: dict[str, Any]) -> Diagnostic:
    span = Span(*tree["span"]) if "span" in tree else None
    edit = Edit(span=span, before=tree["before"], after=tree["after"]) if span and "before" in tree else None
    return Diagnostic(
        code=tree["code"],
        severity=Severity(tree["severity"]),
        message=Message(tree["message"], tree["message_zh"]),
        span=span,
        hints=tuple(tree["hints"]),
        edit=edit,
        applied=tree.get("applied", False),
        confidence=tree["confidence"],
    )
