"""JSON as `converter.writers.json` writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.diagnostics import Result
from converter.errors import InputError
from converter.native import from_json
from converter.records import dataclass

if TYPE_CHECKING:
    from converter.model import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonOptions:
    """How to read JSON: there is only one way."""


class JsonReader:
    """Reads a document that was written as JSON."""

    name = "json"
    media_types = ("application/json",)
    suffixes = (".json",)
    options_type = JsonOptions

    def read(self, data: bytes, options: JsonOptions) -> Result[Document]:
        """The document in `data`. Raises InputError, with the place, for anything else."""
        try:
            return Result(from_json(data))
        except RecursionError:
            raise InputError(
                "The sections of this document are nested too deeply to be read.", "此文档的章节嵌套过深，无法读取。"
            ) from None
