"""What is known about a text beside its words, read from what the repair took out around it.

A web page says where its text comes from, when, and by whom; the index table above a government document says who
issued it, when, under which number. The rule for web chrome removes such lines and leaves them on the ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.model import Metadata
from converter.regex import compiled
from converter.repair.fields import DATE_TIME, Kind, fields_of
from converter.repair.lines import lines_of

if TYPE_CHECKING:
    from converter.source import SourceText

_PARTS = compiled(r"(\d{4})[-/.年\u00ad]\s?(\d{1,2})[-/.月\u00ad]\s?(\d{1,2})")
# The ledger has what stood in the original, damage included: 發(fā)文機關.
_PINYIN = compiled(r"[(（][a-zü\u00e0-\u01dc]{1,6}[)）]")
# Each field has one of these: a label ends with a colon, and what is none is a date.
_TELLING = compiled(r"[：:\d]")
_NAMES = compiled(r"[、,，;；\s]+")
# △ sets the keywords of a subject apart from the kind of document.
_KEYWORDS = compiled(r"[\s、,，;；△]+")


def metadata_of(source: SourceText) -> Metadata:
    """Source, dates, authors, issuer, subject and keywords that the removed lines give; the title is not among them.

    A date is ISO 8601 (`2008-07-09`) where it is one in digits, else as written. The date of the document itself
    (成文日期) goes before that of its publication. What stands nowhere is left empty.
    """
    said: dict[Kind, str] = {}
    for edit in source.edits:
        # A stretch that was removed as a whole, or with its neighbours; what was replaced is the author's.
        if edit.after.strip() or not _TELLING.search(edit.before):
            continue
        for line in lines_of(edit.before):
            for field in fields_of(_PINYIN.sub("", line.text)):
                if field.value:
                    said.setdefault(field.kind, field.value)
    dates = (said.get(kind, "") for kind in (Kind.ENACTED, Kind.PUBLISHED, Kind.DATE))
    return Metadata(
        authors=tuple(name for name in _NAMES.split(said.get(Kind.AUTHOR, "")) if name),
        date=_iso(next(filter(None, dates), "")),
        subject=said.get(Kind.SUBJECT, ""),
        publisher=said.get(Kind.ISSUER, ""),
        keywords=tuple(word for word in _KEYWORDS.split(said.get(Kind.KEYWORDS, "")) if word),
        source=said.get(Kind.SOURCE, ""),
    )


def _iso(written: str) -> str:
    """A date in digits as ISO 8601, any other as written."""
    match = DATE_TIME.match(written)
    parts = _PARTS.search(match[0]) if match else None
    return f"{parts[1]}-{int(parts[2]):02}-{int(parts[3]):02}" if parts else written
