"""What several commands share: common flags, options of formats, printed results."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

import click

from converter.cli import speaks_chinese
from converter.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from converter.diagnostics import Diagnostic
    from converter.options import OptionField

F = TypeVar("F", bound="Callable[..., Any]")


def with_common_options(function: F) -> F:
    """The flags that every command has. `--debug` is looked for by `main`; here it only has to be allowed."""
    return click.option("--debug", is_flag=True, expose_value=False, help="Show a traceback if something goes wrong.")(
        function
    )


def with_output_options(function: F) -> F:
    """The flags of the commands that make files."""
    for decorate in (
        click.option("-v", "--verbose", is_flag=True, help="Say everything, not only warnings."),
        click.option("--force", is_flag=True, help="Write over files that exist."),
        click.option(
            "--option",
            "options",
            multiple=True,
            metavar="NAME=VALUE",
            help="An option of the format; see `converter formats`.",
        ),
        click.option("--encoding", metavar="E", help="Encoding of the texts, if the guess is wrong: gb18030, big5 …"),
        click.option("--script", metavar="hans|hant|tw|hk", help="Convert to Simplified or Traditional characters."),
    ):
        function = decorate(function)
    return with_common_options(function)


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


def print_diagnostics(name: str, diagnostics: Iterable[Diagnostic], *, verbose: bool) -> None:
    """Warnings and errors as one line each on standard error; with `verbose` the rest too."""
    colours = {"error": "red", "warning": "yellow", "info": "blue"}
    for diagnostic in diagnostics:
        level = diagnostic.severity.value
        if verbose or level != "info":
            words = diagnostic.message.zh if speaks_chinese() else diagnostic.message.en
            click.echo(f"{name}: {click.style(level, fg=colours[level])} {diagnostic.code}: {words}", err=True)
