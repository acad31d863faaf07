"""DOCX: our own documents without loss; of others headings, paragraphs, lists, tables, pictures, notes.

Tracked changes are read as accepted. Automatic numbers become the words that people see. Text boxes are left out, and
that is said.

package.py    the parts of the file, and their relations
styles.py     what styles and numbers say of a paragraph
numbering.py  automatic numbers as words
properties.py title, authors and the rest
inlines.py    runs as inlines, drawings as figures
body.py       paragraphs and tables as blocks and sections
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.errors import InputError
from converter.records import dataclass

if TYPE_CHECKING:
    from converter.diagnostics import Result
    from converter.model import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class DocxOptions:
    """How to read DOCX: there is only one way."""


class DocxReader:
    """Reads Word documents (ECMA-376)."""

    name = "docx"
    media_types = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)
    suffixes = (".docx",)
    options_type = DocxOptions

    def read(self, data: bytes, options: DocxOptions) -> Result[Document]:
        """The document in `data`. Raises InputError for what is none, or asks for too much."""
        from converter.readers.docx.body import Reading
        from converter.readers.docx.package import Package
        from converter.readers.limits import Archive

        try:
            return Reading(Package(Archive(data))).document()
        except RecursionError:
            raise InputError("The tables of this document are nested too deeply.", "此文档的表格嵌套过深。") from None
