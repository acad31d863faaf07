"""A piece of work as a value, and what came of it: the command line and the HTTP service both make these.

A job and its outcome can be pickled: the same `engine.run.run` works here, in a worker process, or on another machine.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from converter.records import NamedTuple, dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from converter.booklet.manifest import Manifest
    from converter.diagnostics import Diagnostic
    from converter.errors import ConverterError
    from converter.ledger.record import Record
    from converter.model import Figure
    from converter.source import Position
    from converter.transforms.script_glossary import Glossary
    from converter.typeset.theme import Theme


class Kind(StrEnum):
    """What a job does with its inputs."""

    CONVERT = "convert"
    """Each input becomes a file of each format."""
    BOOKLET = "booklet"
    """All inputs become one volume, in each format."""
    INSPECT = "inspect"
    """Each input is read and described."""
    LINT = "lint"
    """Each input is read, and what an editor would ask about is listed."""
    CHECK = "check"
    """Each input, a Word file, is held against GB/T 9704-2012."""
    VERIFY = "verify"
    """The inputs are compared with the first one: words and headings."""


class Input(NamedTuple):
    """A file to work on. The name's ending chooses the reader, the rest of it names the outputs."""

    name: str
    data: bytes
    rules: str = ""
    """What lies beside it as `TEXT.rules.toml`; the job's own `rules` go before it."""
    chrome: str = ""
    """Lines that recur around other texts of its folder, which so are the site's."""
    options: tuple[tuple[str, Any], ...] = ()
    """Names and values for this input's reader; they go before the job's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is to be done. The fields mean what they mean in `converter.pipeline.convert`."""

    inputs: tuple[Input, ...]
    kind: Kind = Kind.CONVERT
    to: tuple[str, ...] = ()
    """Names of writers; none for `inspect`."""
    theme: str | Theme = "article"
    script: str | None = None
    glossary: Glossary | None = None
    quotes: str | None = None
    encoding: str | None = None
    options: tuple[tuple[str, Any], ...] = ()
    """Names and values; each goes to every requested writer that has an option of this name."""
    reader_options: tuple[tuple[str, Any], ...] = ()
    """Names and values; each goes to the reader of every input that has an option of this name."""
    record: bool = False
    """Whether the reports hold what is needed to undo all changes."""
    original: bool = False
    """Whether inspections hold the text as it was decoded, and the changes in it."""
    draw: tuple[int, int] | None = None
    """First page and number of pages that are given as pictures, in the place of a PDF."""
    max_characters: int = 0
    """Of an input; more is an error. 0 for no limit, here and below."""
    max_pages: int = 0
    """Of a PDF."""
    title: str | None = None
    """Of a booklet, like `author` and `date`."""
    author: str | None = None
    date: str | None = None
    manifest: Manifest | None = None
    """Of a booklet, if it has one: the rest about it, and which of the inputs it holds in which order."""
    cover: Figure | None = None
    """Of a booklet: a picture for its cover."""
    sort: bool = False
    """Whether texts of a booklet may be put in the order of the numbers in their titles, if their names have none."""
    keep: bool = False
    """Whether what is read is kept for the next time, and taken from there (`engine.shelf`)."""
    skip_broken: bool = False
    """Whether a booklet is made without the inputs that cannot be read."""


class Output(NamedTuple):
    """A file that was made."""

    name: str
    """Safe on every system, and the only one of this name in its outcome."""
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of one input, or of a booklet's volume."""

    name: str
    """The input's own name; the title of a volume."""
    title: str = ""
    """What the text calls itself, as far as it could be read."""
    outputs: tuple[Output, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    positions: tuple[Position | None, ...] = ()
    """Line and column of each diagnostic, where it has a span."""
    pages: int | None = None
    """Of the PDF, if pages of it were drawn."""
    errors: tuple[ConverterError, ...] = ()
    """Why outputs are missing. The source of each is `name`."""
    inspection: Mapping[str, Any] | None = None
    record: Record | None = None
    """If the job asked for it, and the input has a text to speak of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a job."""

    reports: tuple[Report, ...]
    """One for each input, in order; a booklet has one more, for the volume, if all its texts could be read."""

    @property
    def outputs(self) -> tuple[Output, ...]:
        """All files that were made."""
        return tuple(output for report in self.reports for output in report.outputs)

    @property
    def errors(self) -> tuple[ConverterError, ...]:
        """All reasons why something was not made."""
        return tuple(error for report in self.reports for error in report.errors)
