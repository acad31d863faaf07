"""The command line: arguments in, one clear sentence out."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from converter.errors import ConverterError, EngineError, InputError, ResourceError, UsageError, WriteError
from converter.version import __version__

EXIT_CODES = {
    UsageError: 2,
    InputError: 3,
    WriteError: 4,
    ResourceError: 5,
    EngineError: 6,
}
"""What the shell gets for each kind of error; 0 is success, 1 a fault of ours, 130 an interruption."""

FOUND = 7
"""What it gets where all was done, but `--fail-on` asked to be told of what was found."""

_COMMANDS = {
    "convert": "Convert texts to DOCX, PDF, EPUB and other formats.",
    "batch": "Convert all files of a folder or a store; stopped runs go on where they were.",
    "booklet": "Compile many texts into one printable volume.",
    "impose": "Put the pages of a PDF on printer's sheets: booklets, signatures, marks.",
    "unimpose": "Give back the pages of such sheets.",
    "inspect": "Show what is recognised in a text, and what is repaired.",
    "verify": "Compare what files say: DOCX, PDF, EPUB and the text they were made from.",
    "check": "Check a Word file against GB/T 9704-2012, and correct a copy.",
    "lint": "Report what an editor would ask about: numbers, headings, parts, typos.",
    "repair": "Write the repaired text itself.",
    "undo": "Give back a text as it was, or without some of the changes.",
    "formats": "List the formats that can be read and written, with their options.",
    "theme": "Print a theme to start one of your own from.",
    "fonts": "List the faces that PDFs are set in.",
    "serve": "Run the HTTP service and its web page.",
}


class _Commands(click.Group):
    """The commands, each imported when it is called: `--version` must not load a typesetter."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            raise UsageError.unknown("command", "命令", cmd_name, _COMMANDS)
        command: click.Command = import_module(f"converter.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 2 wrong request, 3 unreadable text, 4 cannot write, 5 something is not installed, "
    "6 stopped by a limit, 7 done but something is wrong in it, or --fail-on found something, 1 a fault of ours.",
)
@click.version_option(__version__, message="converter %(version)s")
def cli() -> None:
    """Chinese plain text, as it is really found, to DOCX, print-ready PDF, EPUB and printable booklets.

    \b
    converter convert 讲话.txt --to docx,pdf,epub
    converter booklet 文集/ -o 文集.pdf --title 党建文集
    """


def main() -> None:
    """Run the command line and end the process with its exit code."""
    debug = "--debug" in sys.argv
    try:
        code = cli(standalone_mode=False) or 0
    except ConverterError as error:
        if debug:
            raise
        fail(error)
        code = exit_code(error)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        code = error.exit_code
    except click.ClickException as error:
        from converter.cli.usage import said

        fail(said(error))
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("converter: stopped", err=True)
        code = 130
    except BrokenPipeError:
        # The reader of our output went away (`converter … | head`): nothing to say, nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except Exception as error:
        if debug:
            raise
        click.echo(f"converter: a fault of ours, please report it with --debug: {error!r}", err=True)
        code = 1
    sys.exit(code)


def exit_code(error: ConverterError) -> int:
    """The exit code of this kind of error."""
    return next(code for kind, code in EXIT_CODES.items() if isinstance(error, kind))


def fail(error: ConverterError) -> None:
    """One line about an error, in the language of the user's locale."""
    words = error.message.zh if speaks_chinese() else error.message.en
    where = f"{error.source}: " if error.source else ""
    click.echo(click.style("converter: ", fg="red", bold=True) + where + words, err=True)


def speaks_chinese() -> bool:
    """Whether the user's locale is Chinese."""
    locale = next((os.environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(n)), "")
    return locale.startswith("zh")
