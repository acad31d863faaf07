"""The ledger on a terminal: every change as a coloured diff, what repeats itself once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import click

from converter.cli import speaks_chinese
from converter.ledger.places import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from converter.diagnostics import Diagnostic
    from converter.ledger.record import Record

_CONTEXT = 8
"""Characters shown on each side of a change."""
_LONGEST = 60
"""Characters shown of what was taken out or put in."""
_MOST = 12
"""Different changes shown of one rule, unless all are asked for."""


def print_changes(record: Record, *, everything: bool) -> None:
    """The changes and findings of a text, by rule; equal changes stand once with their number unless `everything`."""
    rules: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in record.diagnostics:
        rules[diagnostic.code].append(diagnostic)
    for code, found in sorted(rules.items()):
        click.echo(f"\n{click.style(code, fg='yellow', bold=True)}  {_summary(found)}")
        groups = [[d] for d in found] if everything else list(_equal(found))
        said = ""
        for group in groups if everything else groups[:_MOST]:
            words = group[0].message.zh if speaks_chinese() else group[0].message.en
            if words != said:
                click.echo(f"  {words}")
                said = words
            if group[0].span is not None:
                click.echo(f"    {_line(record, group)}")
            for hint in group[0].hints:
                click.echo(click.style(f"               {hint}", dim=True))
        rest = sum(map(len, groups[_MOST:]))
        if rest and not everything:
            more = f"还有 {rest} 处；--all 全部列出" if speaks_chinese() else f"{rest} more; --all shows them"
            click.echo(click.style(f"    … {more}", dim=True))


def _summary(found: list[Diagnostic]) -> str:
    applied = sum(d.applied for d in found)
    proposed = sum(bool(d.edit) and not d.applied for d in found)
    counts = {"changed": applied, "proposed": proposed, "noted": len(found) - applied - proposed}
    zh = {"changed": "已改", "proposed": "建议", "noted": "提示"}
    return ", ".join(f"{count} {zh[n] if speaks_chinese() else n}" for n, count in counts.items() if count)


def _equal(found: Iterable[Diagnostic]) -> Iterator[list[Diagnostic]]:
    """The diagnostics in groups that say and do the same, in the order of their first."""
    groups: defaultdict[object, list[Diagnostic]] = defaultdict(list)
    for d in found:
        groups[d.message, d.edit and (d.edit.before, d.edit.after), d.applied, d.hints].append(d)
    return iter(groups.values())


def _line(record: Record, group: list[Diagnostic]) -> str:
    """Where the first of the group stands, and what it does to the characters there."""
    first, source = group[0], record.source
    assert first.span is not None  # noqa: S101 - for the type checker; whoever calls has made sure
    start, end = first.span
    line, column = source.position(start)
    before = _shortened(first.edit.before if first.edit else source.original[start:end])
    if first.edit is None:
        change = click.style(before, underline=True)
    else:
        change = click.style(f"[-{before}-]", fg="red") if before else ""
        change += click.style(f"{{+{_shortened(first.edit.after)}+}}", fg="green") if first.edit.after else ""
    left = visible(source.original[max(0, start - _CONTEXT) : start])
    right = visible(source.original[end : end + _CONTEXT])
    sure = [d.confidence for d in group]
    confidence = f"{min(sure):.0%}" + (f"–{max(sure):.0%}" if max(sure) - min(sure) >= 0.01 else "")
    proposed = ("  建议" if speaks_chinese() else "  proposed") if first.edit and not first.applied else ""
    times = click.style(f"  ×{len(group)}", bold=True) if len(group) > 1 else ""
    return f"{f'{line}:{column}':>9}  {left}{change}{right}  {click.style(confidence, dim=True)}{proposed}{times}"


def _shortened(text: str) -> str:
    shown = visible(text)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST // 2]}…{shown[-_LONGEST // 2 :]}"
