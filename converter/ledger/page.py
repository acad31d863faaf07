"""The ledger as one HTML page: nothing to install, nothing to fetch, for the person who decides."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from converter.ledger.places import Kind, laid_out, places, visible
from converter.records import NamedTuple
from converter.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from converter.diagnostics import Diagnostic
    from converter.errors import ConverterError
    from converter.ledger.places import Place
    from converter.ledger.record import Record


class _Rule(NamedTuple):
    """One line of the summary."""

    code: str
    applied: int
    proposed: int
    noted: int
    example: Diagnostic


class _Reason(NamedTuple):
    """Why something was done, once or several times in one place."""

    diagnostic: Diagnostic
    numbers: list[int]


def to_html(
    records: Sequence[Record], failures: Sequence[ConverterError] = (), rest: Sequence[Diagnostic] = (), *, beside: str
) -> str:
    """Records as an HTML page; `failures` say what could not be read, `rest` are findings about no single text.

    `beside` is the name of the JSON report to which the numbers of the changes belong.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("converter.ledger", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"visible": visible, "laid_out": laid_out}
    template = environment.get_template("page.html")
    texts = [_text(record) for record in records]
    return template.render(texts=texts, failures=failures, rest=rest, beside=beside, version=__version__, Kind=Kind)


def _text(record: Record) -> dict[str, Any]:
    numbered = enumerate(record.diagnostics, 1)
    positions = {number: record.source.position(d.span.start) for number, d in numbered if d.span}
    return {
        "record": record,
        "positions": positions,
        "whole": [d for d in record.diagnostics if d.span is None],
        "rules": list(_rules(record)),
        "places": ((place, list(_reasons(place, record))) for place in places(record)),
    }


def _reasons(place: Place, record: Record) -> Iterator[_Reason]:
    """The diagnostics of a place; those that say the same of the same characters as one."""
    same: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for number in place.numbers:
        d = record.diagnostics[number - 1]
        same[d.code, d.applied, d.message, d.edit and (d.edit.before, d.edit.after), d.hints].append(number)
    for numbers in same.values():
        yield _Reason(record.diagnostics[numbers[0] - 1], numbers)


def _rules(record: Record) -> Iterator[_Rule]:
    by_code: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in record.diagnostics:
        if diagnostic.span is not None:
            by_code[diagnostic.code].append(diagnostic)
    for code, found in sorted(by_code.items()):
        applied = sum(d.applied for d in found)
        proposed = sum(bool(d.edit) and not d.applied for d in found)
        yield _Rule(code, applied, proposed, len(found) - applied - proposed, found[0])
