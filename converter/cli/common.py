"""What several commands share: common flags, options of formats, printed results."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from converter.cli import fail, speaks_chinese
from converter.cli.reports import with_report_options
from converter.errors import ConverterError, UsageError
from converter.options import option_fields
from converter.pipeline import read_rules
from converter.readers.txt import TxtOptions

if TYPE_CHECKING:
    from collections.abc import Callable

    from converter.engine.job import Report
    from converter.options import OptionField
    from converter.source import Position
    from converter.transforms.script_glossary import Glossary
    from converter.typeset.theme import Theme

F = TypeVar("F", bound="Callable[..., Any]")


def with_common_options(function: F) -> F:
    """The flags that every command has. `--debug` is looked for by `main`; here it only has to be allowed."""
    return click.option("--debug", is_flag=True, expose_value=False, help="Show a traceback if something goes wrong.")(
        function
    )


def with_reader_options(function: F) -> F:
    """The options for reading plain text, as flags; a command takes them all as `**reader`."""
    for field in reversed(option_fields(TxtOptions)):
        function = click.option(
            f"--{field.name.replace('_', '-')}",
            field.name,
            is_flag=field.kind is bool,
            metavar=None if field.kind is bool else _METAVARS.get(field.name, "CODES"),
            help=f"{field.help.en}.",
            callback=_read_file if field.name in _FILES else None,
        )(function)
    return function


_METAVARS = {"encoding": "NAME", "accept": "CHANGES", "reject": "CHANGES", "rules": "FILE", "chrome": "FILE"}
_FILES = {"rules", "chrome"}
"""Options whose text stands in a file."""


def _read_file(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """The text of the file that the flag names."""
    return read_rules(Path(value)) if value else value


def _read_glossary(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Glossary | None:
    """The glossary in the file that `--glossary` names."""
    if not value:
        return None
    from converter.transforms.script_glossary import read_glossary

    return read_glossary(value)


def with_theme_options(default: str | None) -> Callable[[F], F]:
    """`--theme`, a name or the file of a user's own, and `--font`; a command takes the theme's name, or the theme."""
    theme = click.option(
        "--theme",
        default=default,
        show_default=bool(default),
        metavar="article|official|book|FILE.toml",
        help="How it looks; see `converter theme show`." + ("" if default else " [book]"),
        callback=lambda _context, _parameter, value: read_theme_choice(value) if value else value,
    )
    fonts = click.option(
        "--font",
        "fonts",
        multiple=True,
        metavar="FACE=FILE",
        help="A font of yours for PDFs, as in song=my.otf: song, xiaobiaosong, hei, kai, fangsong.",
    )
    reference = click.option(
        "--reference-docx",
        "reference",
        metavar="FILE.docx",
        help="A Word file of yours: its styles, page, heads and feet are those of the Word files that are made.",
        callback=_read_reference,
    )
    return lambda function: theme(fonts(reference(function)))


def _read_reference(_context: click.Context, _parameter: click.Parameter, value: str | None) -> bytes:
    """The file that `--reference-docx` names. Raises InputError for what is none, or asks for too much."""
    if not value:
        return b""
    from converter.cli.files import Input
    from converter.readers.docx.package import Package
    from converter.readers.limits import Archive

    data = Input(Path(value)).data()
    try:
        Package(Archive(data))
    except ConverterError as error:
        raise error.about(value) from None
    return data


def themed(theme: str | Theme, fonts: tuple[str, ...], reference: bytes) -> str | Theme:
    """The theme with the fonts that `--font` names and the file of `--reference-docx`.

    Raises UsageError for what is not FACE=FILE, and where there is no such file.
    """
    if not fonts and not reference:
        return theme
    from converter.typeset.theme_file import with_fonts
    from converter.typeset.themes import find_theme

    chosen = {}
    for pair in fonts:
        face, _, path = pair.partition("=")
        if not path:
            raise UsageError(f"A font is FACE=FILE, not “{pair}”.", f"字体应写作 类别=文件，而不是“{pair}”。")
        chosen[face] = path
    look = find_theme(theme)
    look = replace(look, fonts=with_fonts(look.fonts, chosen), reference=reference)
    for path in chosen.values():
        collection, _, number = path.rpartition("#")  # file.ttc#2, the third font of a collection
        file = collection if collection and number.isdigit() else path
        if not Path(file).exists():
            raise UsageError(f"There is no file {file}.", f"找不到文件 {file}。")
    return look


def read_theme_choice(value: str, folder: Path | None = None) -> str | Theme:
    """The name of a theme, or the theme in a file: what ends in .toml, in `folder` if it says no other place.

    Raises UsageError for an unknown name or file, InputError for a file that cannot be read.
    """
    if value.lower().endswith(".toml"):
        from converter.typeset.theme_file import read_theme

        path = (folder or Path()) / value
        if not path.exists():
            raise UsageError(f"There is no file {path}.", f"找不到文件 {path}。")
        return read_theme(path)
    from converter.typeset.themes import find_theme

    find_theme(value)
    return value


def with_output_options(function: F) -> F:
    """The flags of the commands that make files."""
    for decorate in (
        click.option(
            "--vertical", is_flag=True, help="Vertical writing, bound at the right; quotation marks are 「」."
        ),
        click.option("-v", "--verbose", is_flag=True, help="Say everything, not only warnings."),
        click.option("--force", is_flag=True, help="Write over files that exist."),
        click.option(
            "--option",
            "options",
            multiple=True,
            metavar="NAME=VALUE",
            help="An option of the format; see `converter formats`.",
        ),
        with_report_options,
        click.option("--dry-run", is_flag=True, help="Say what would be changed and written; write nothing."),
        with_reader_options,
        with_wording_options,
    ):
        function = decorate(function)
    return with_common_options(function)


def with_wording_options(function: F) -> F:
    """The flags of the commands that may change the wording."""
    for decorate in (
        click.option("--quotes", metavar="“”|「」|auto", help="Quotation marks of one style; auto goes by the script."),
        click.option("--glossary", metavar="FILE", callback=_read_glossary, help="Words that --script keeps or takes."),
        click.option(
            "--script",
            metavar="hans|hant|tw|hk|twp|hkp",
            help="Convert to Simplified or Traditional characters; twp and hkp with the words of the region.",
        ),
    ):
        function = decorate(function)
    return function


def parse_options(pairs: tuple[str, ...]) -> dict[str, str]:
    """Options from `name=value` pairs; a name alone means yes. Raises UsageError for an empty name."""
    options = {}
    for pair in pairs:
        name, _, value = pair.partition("=")
        if not name:
            raise UsageError(f"An option is NAME=VALUE, not “{pair}”.", f"选项应写作 名称=值，而不是“{pair}”。")
        options[name] = value or "yes"
    return options


def option_help(field: OptionField) -> str:
    """One line about an option: name, what it takes, its default, what it does."""
    kinds = {bool: "yes|no", int: "number", float: "number", str: "text"}
    takes = "|".join(str(m.value) for m in field.kind) if issubclass(field.kind, Enum) else kinds[field.kind]
    default = getattr(field.default, "value", field.default)
    shown = (
        {True: "yes", False: "no", None: ""}.get(default, str(default))
        if not isinstance(default, int) or isinstance(default, bool)
        else str(default)
    )
    words = field.help.zh if speaks_chinese() else field.help.en
    return f"{field.name}={takes}" + (f" [{shown}]" if shown else "") + f"  {words}"


def print_report(report: Report, *, verbose: bool, dry_run: bool = False) -> None:
    """What became of one text, on standard error: warnings, what failed, and for a dry run the changes in numbers."""
    _print_diagnostics(report, verbose=verbose)
    if dry_run and not report.errors:
        _print_changes(report)
    for error in report.errors:
        fail(error)


def _print_diagnostics(report: Report, *, verbose: bool) -> None:
    """Warnings and errors on standard error, what is said several times once; with `verbose` everything."""
    colours = {"error": "red", "warning": "yellow", "info": "blue"}
    said: dict[tuple[str, str, str], list[Position | None]] = {}
    for diagnostic, position in zip(report.diagnostics, report.positions, strict=True):
        level = diagnostic.severity.value
        if verbose or level != "info":
            words = diagnostic.message.zh if speaks_chinese() else diagnostic.message.en
            said.setdefault((level, diagnostic.code, words), []).append(position)
    for (level, code, words), positions in said.items():
        where = "".join(f":{p.line}:{p.column}" for p in positions[:1] if p)
        times = f" (×{len(positions)})" if len(positions) > 1 else ""
        click.echo(f"{report.name}{where}: {click.style(level, fg=colours[level])} {code}: {words}{times}", err=True)


def _print_changes(report: Report) -> None:
    """One line about a text: how many changes each rule made, and how many it would make."""
    applied = Counter(d.code for d in report.diagnostics if d.applied)
    proposed = Counter(d.code for d in report.diagnostics if d.edit and not d.applied)
    parts = [f"{words} {_counted(found)}" for words, found in (("changed", applied), ("proposed", proposed)) if found]
    click.echo(f"{report.name}: {'; '.join(parts) or 'nothing to change'}", err=True)


def _counted(found: Counter[str]) -> str:
    return ", ".join(f"{code} ×{count}" for code, count in sorted(found.items()))
