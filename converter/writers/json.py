"""JSON: the document itself, to be read back, filtered, or looked into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from converter.diagnostics import Result
from converter.native import to_json
from converter.options import option
from converter.records import dataclass

if TYPE_CHECKING:
    from converter.model import Document
    from converter.typeset.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonOptions:
    """How to write JSON."""

    indent: int | None = option(
        None,
        "Spaces a level, to be read by people; none puts all on one line",
        "每级缩进的空格数，便于阅读；缺省为单行",
    )


class JsonWriter:
    """Writes the document as JSON; `JsonReader` reads it back equal."""

    name = "json"
    media_type = "application/json"
    suffix = ".json"
    options_type = JsonOptions
    cannot_show: frozenset[Any] = frozenset()

    def write(self, document: Document, theme: Theme, options: JsonOptions) -> Result[bytes]:
        """The JSON as UTF-8."""
        # A lone surrogate is no UTF-8, but its backslash form \udc80 is JSON's own escape.
        return Result(f"{to_json(document, indent=options.indent)}\n".encode(errors="backslashreplace"))
