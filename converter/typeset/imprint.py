"""The imprint (版权页) of a volume: what is known of it, name by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.records import NamedTuple

if TYPE_CHECKING:
    from converter.model import Document


class Row(NamedTuple):
    """One line of an imprint."""

    name: str
    words: str

    @property
    def spaced(self) -> str:
        """The name as wide as four characters, as names in a column are set: 书　　名."""
        return self.name[:1] + "\u3000" * (4 - len(self.name)) + self.name[1:]


def imprint_of(document: Document) -> tuple[Row, ...]:
    """Title, authors, publisher, edition and date, those that are known, named in the document's script."""
    data = document.metadata
    hant = document.language.startswith("zh-Hant")
    title = "——".join(filter(None, (document.display_title, data.subtitle)))
    rows = (
        ("書名" if hant else "书名", title),
        ("編著" if hant else "编著", "\u3000".join(data.authors)),
        ("編印" if hant else "编印", data.publisher),
        ("版次", data.edition),
        ("日期", data.date),
    )
    return tuple(Row(name, words) for name, words in rows if words)
