"""Plain text: decode → repair → structure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from converter.options import option
from converter.repair.rules import repair
from converter.structure.parse import parse
from converter.text.decoding import decode

if TYPE_CHECKING:
    from converter.diagnostics import Result
    from converter.model import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class TxtOptions:
    """How to read plain text."""

    encoding: str | None = option(
        None,
        "Encoding of the text, if the guess is wrong: utf-8, gb18030, big5 …",
        "文本编码（自动识别有误时指定）：utf-8、gb18030、big5 等",
    )


class TxtReader:
    """Reads Chinese plain text of any common encoding."""

    name = "txt"
    media_types = ("text/plain",)
    suffixes = (".txt", ".text")
    options_type = TxtOptions

    def read(self, data: bytes, options: TxtOptions) -> Result[Document]:
        """The document in `data`. Raises InputError where the bytes are no text, UsageError for an unknown encoding."""
        return decode(data, options.encoding).then(repair).then(parse)
