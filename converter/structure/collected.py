"""How the texts of a collection begin: below their headings salutation, subtitle, byline, number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.model import HeadingKind, Role
from converter.structure.patterns import BYLINE, DATE, DOCUMENT_NUMBER, SALUTATION, SUBTITLE, ends_sentence, unspaced
from converter.structure.reading import TITLED
from converter.structure.reasons import Rule
from converter.structure.verdicts import Kind

if TYPE_CHECKING:
    from converter.structure.reading import Reading


def below_headings(reading: Reading) -> None:
    """Salutation, subtitle and byline below the heading of a part: each text of a collection opens like a text."""
    for index in range(1, len(reading)):
        verdict = reading.verdicts[index - 1]
        opens = verdict is not None and (
            verdict.kind in {Kind.REPEATED, Kind.CONTINUED}
            or (verdict.kind is Kind.HEADING and (verdict.heading in TITLED or verdict.heading is HeadingKind.TEXT))
            or verdict.role in {Role.SUBTITLE, Role.BYLINE, Role.DOCUMENT_NUMBER}
        )
        if not opens or not reading.free(index):
            continue
        text = reading.text(index)
        if SUBTITLE.fullmatch(text) and not ends_sentence(text):
            reading.give(index, Role.SUBTITLE, Rule.SUBTITLE_BELOW)
        elif BYLINE.fullmatch(text) or DATE.fullmatch(unspaced(text)):
            reading.give(index, Role.BYLINE, Rule.BYLINE_BELOW)
        elif text[0] in "（(" and reading.free(index + 1) and BYLINE.fullmatch(text + reading.text(index + 1)):
            reading.give(index, Role.BYLINE, Rule.BYLINE_BRACKETS)
            reading.give(index + 1, Role.BYLINE, Rule.BYLINE_BRACKETS)
        elif DOCUMENT_NUMBER.fullmatch(unspaced(text)):
            reading.give(index, Role.DOCUMENT_NUMBER, Rule.DOCUMENT_NUMBER)
        elif SALUTATION.fullmatch(text):
            reading.give(index, Role.SALUTATION, Rule.GREETING_BELOW)
