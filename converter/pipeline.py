"""The order of work, on one screen: read → transform → write."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from converter.diagnostics import Diagnostic, Result, Severity
from converter.errors import InputError, Message, UsageError, reason_of
from converter.model import Text, blocks_of, inlines_of
from converter.options import make_options
from converter.plugins import KeepingWriter, find_reader, find_writer, reader_for
from converter.text.script import Script
from converter.typeset.themes import find_theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from os import PathLike

    from converter.model import Document
    from converter.plugins import Store, Writer
    from converter.transforms.script_glossary import Glossary
    from converter.typeset.theme import Theme

    Source = bytes | str | PathLike[str]

_RULED = frozenset({".txt", ".text"})
"""Endings of the files that are read by rules: plain text."""


def convert(
    source: Source,
    to: str,
    *,
    theme: str | Theme = "article",
    script: str | None = None,
    glossary: Glossary | None = None,
    quotes: str | None = None,
    encoding: str | None = None,
    options: Mapping[str, Any] | None = None,
    reader_options: Mapping[str, Any] | None = None,
) -> Result[bytes]:
    """A text turned into a file of another format, with everything there is to say about it.

    `source` is the text's bytes, or the path of a file; `to` names a writer (docx, pdf, epub, html, md, txt, json);
    `script`, `glossary` and `quotes` change the wording, as `reworded` says; `options` are the writer's own,
    `reader_options` the reader's: `{"skip": "ZH201"}` leaves one kind of repair out.
    Raises ConverterError: InputError, UsageError, ResourceError, or WriteError.
    """
    return (
        read(source, encoding=encoding, options=reader_options)
        .then(lambda document: reworded(document, script=script, glossary=glossary, quotes=quotes))
        .then(lambda document: write(document, to, theme=theme, options=options))
    )


def read(
    source: Source,
    *,
    format: str | None = None,  # noqa: A002 - the word that people look for
    encoding: str | None = None,
    options: Mapping[str, Any] | None = None,
) -> Result[Document]:
    """The document in a text.

    `format` names a reader; without it the file's ending decides, and bytes are plain text. `encoding` overrides what
    would be guessed; `options` are the reader's own. Raises InputError for what cannot be read, UsageError for an
    unknown format, encoding or option.
    """
    data, name = (source, None) if isinstance(source, bytes) else (_bytes(Path(source)), str(source))
    reader = find_reader(format or (reader_for(Path(name).suffix) if name else "txt"))
    values = {**({"encoding": encoding} if encoding else {}), **(options or {})}
    if name and not values.get("rules") and (rules := rules_beside(Path(name))):
        values["rules"] = rules
    try:
        with _without_collector():
            return reader.read(data, make_options(reader.options_type, values))
    except InputError as error:
        raise (error.about(name) if name else error) from None


def reworded(
    document: Document, *, script: str | None = None, glossary: Glossary | None = None, quotes: str | None = None
) -> Result[Document]:
    """The document in another script and with other quotation marks; what is None stays.

    `script` is hans, hant, tw or hk, with words of the region twp or hkp, or a configuration of OpenCC; `glossary`
    protects or forces words; `quotes` is “” or 「」, or `auto` for what the script goes with. Raises UsageError for an
    unknown script or style.
    """
    if script is None and quotes is None:
        return Result(document)
    from converter.transforms.quotes import to_quotes
    from converter.transforms.script import to_script

    def requoted(converted: Document) -> Result[Document]:
        auto = "“”" if converted.language == Script.HANS.language else "「」"
        return to_quotes(converted, auto if quotes == "auto" else quotes)

    return to_script(document, script, glossary).then(requoted)


def write(
    document: Document,
    to: str,
    *,
    theme: str | Theme = "article",
    options: Mapping[str, Any] | None = None,
    store: Store | None = None,
) -> Result[bytes]:
    """The document as a file of the format `to`: its bytes, with what the format cannot show as diagnostics.

    Writers that can keep parts of what they make do so in `store`, and take them from there. Raises UsageError for an
    unknown format, theme or option.
    """
    writer = find_writer(to)
    look = find_theme(theme)
    chosen: Any = make_options(writer.options_type, options or {})
    with _without_collector():
        if store is not None and isinstance(writer, KeepingWriter):
            made = writer.write(document, look, chosen, store)
        else:
            made = writer.write(document, look, chosen)
    return Result(made.value, (*_flattened(document, writer), *made.diagnostics))


@contextmanager
def _without_collector() -> Iterator[None]:
    """Python's cycle collector stands still: what readers and writers make is many small things that stay until they
    are done, and it would walk through all of them again and again, up to a seventh of the time for a long book.
    """
    runs = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if runs:
            gc.enable()


def rules_beside(path: Path) -> str:
    """The rules for a text (`converter.structure.overrides`) that lie beside it as `TEXT.rules.toml`; empty if none do.

    Raises InputError where they cannot be read.
    """
    rules = path.with_name(f"{path.stem}.rules.toml")
    if path.suffix.lower() not in _RULED or not rules.is_file():
        return ""
    return read_rules(rules)


def read_rules(path: Path) -> str:
    """The text of a file that an option names. Raises InputError where it cannot be read, or is not UTF-8."""
    try:
        return _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("This file must be UTF-8.", "此文件必须是 UTF-8 编码。", source=str(path)) from None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UsageError("There is no such file.", "找不到这个文件。", source=str(path)) from None
    except OSError as error:
        en, zh = reason_of(error)
        raise InputError(f"The file cannot be read: {en}.", f"无法读取文件：{zh}。", source=str(path)) from None


def _flattened(document: Document, writer: Writer) -> Iterator[Diagnostic]:
    """One diagnostic for each kind of thing that the document has and the writer cannot show."""
    if not writer.cannot_show:
        return
    used = {type(b) for b in blocks_of(document)} | {getattr(b, "role", None) for b in blocks_of(document)}
    for inline in inlines_of(document):
        used |= {type(inline), *(inline.marks if isinstance(inline, Text) else ())}
    for feature in sorted(used & writer.cannot_show, key=str):
        name = getattr(feature, "value", getattr(feature, "__name__", feature))
        yield Diagnostic(
            code="OUT101",
            severity=Severity.INFO,
            message=Message(
                f"{writer.name} cannot show “{name}”; its words are kept as plain text.",
                f"{writer.name} 格式无法表现“{name}”；文字已保留为普通文本。",
            ),
        )
