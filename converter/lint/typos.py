"""Slips of the pen, from a table that people review: `typos.tsv`."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from converter.lint.passages import passages
from converter.lint.rules import Rule
from converter.records import NamedTuple
from converter.regex import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.diagnostics import Diagnostic
    from converter.model import Document


class Typo(NamedTuple):
    """One line of the table."""

    wrong: str
    right: str
    rule: Rule
    unless: re.Pattern[str]
    """Words that hold the wrong ones rightly."""


_LEVELS = {"必错": Rule.WRONG_WORD, "疑似": Rule.DOUBTFUL_WORD}


@cache
def typos() -> dict[str, Typo]:
    """The table, by the wrong words."""
    text = (files("converter.lint") / "typos.tsv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t")
    return {
        row["wrong"]: Typo(row["wrong"], row["right"], _LEVELS[row["level"]], compiled(row["unless"] or r"(?!)"))
        for row in rows
    }


@cache
def _pattern() -> re.Pattern[str]:
    return compiled("|".join(map(re.escape, sorted(typos(), key=len, reverse=True))))


def find_typos(document: Document) -> Iterator[Diagnostic]:
    """Every place where words of the table stand, but for the words that hold them rightly."""
    for passage in passages(document):
        for match in _pattern().finditer(passage.text):
            typo = typos()[match[0]]
            around = passage.text[max(0, match.start() - 4) : match.end() + 4]
            if typo.unless.search(around):
                continue
            yield typo.rule.finding(
                passage.place(*match.span()),
                f"“{typo.wrong}” should read “{typo.right}”.",
                f"“{typo.wrong}”{'应为' if typo.rule is Rule.WRONG_WORD else '疑为'}“{typo.right}”。",
                typo.right,
            )
