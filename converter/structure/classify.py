"""The order in which the lines of a text are judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.structure.bare_numbers import find_bare_numbers, find_padded_numbers, find_years
from converter.structure.bracketed import find_bracketed
from converter.structure.collected import below_headings
from converter.structure.dated import find_days
from converter.structure.edges import find_endings
from converter.structure.lettered import find_lettered, find_references
from converter.structure.marked import find_marked
from converter.structure.notes import find_notes, settled
from converter.structure.numbered import find_numbered, find_spoken
from converter.structure.opening import find_opening
from converter.structure.parallel import find_parallel_run_ins
from converter.structure.rows import find_name_lists, find_rows, find_subject, find_turns
from converter.structure.series import find_series
from converter.structure.setoff import find_above_blocks, find_set_off
from converter.structure.titled import find_articles, find_attached, find_contents, find_titled
from converter.structure.unnumbered import find_colon_run_ins, find_unnumbered, find_unnumbered_run_ins
from converter.structure.verdicts import PLAIN
from converter.structure.verse import find_verse

if TYPE_CHECKING:
    from converter.structure.reading import Reading
    from converter.structure.verdicts import Verdict


def classify(reading: Reading) -> list[Verdict]:
    """What each line is taken for. Edges come before headings, certain forms before doubtful ones.

    Lines that have a verdict already keep it.
    """
    said = list(reading.verdicts)
    find_marked(reading)
    find_verse(reading)
    find_series(reading)
    find_bare_numbers(reading)
    find_years(reading)
    find_days(reading)
    find_padded_numbers(reading)
    find_bracketed(reading)
    body = find_opening(reading) if len(reading) else 0
    find_endings(reading, body)
    reading.calls = find_notes(reading)
    find_contents(reading)
    find_rows(reading)
    find_subject(reading)
    find_turns(reading)
    find_titled(reading)
    find_articles(reading)
    find_attached(reading)
    below_headings(reading)
    find_lettered(reading)
    find_references(reading)
    find_numbered(reading)
    find_spoken(reading)
    find_set_off(reading)
    find_above_blocks(reading)
    find_unnumbered(reading)
    find_unnumbered_run_ins(reading)
    find_parallel_run_ins(reading)
    find_colon_run_ins(reading)
    find_name_lists(reading)
    verdicts = [given or verdict or PLAIN for given, verdict in zip(said, reading.verdicts, strict=True)]
    reading.calls = settled(reading.calls, verdicts)
    return verdicts
