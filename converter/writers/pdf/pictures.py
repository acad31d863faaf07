"""Pictures as ReportLab makes objects of a PDF file of them: JPEG as it came, others as pixels with their mask."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFImageXObject

from converter.writers.pdf.objects import Stream

if TYPE_CHECKING:
    from converter.writers.pdf.objects import Objects


_END = b"endstream\n"


def add_picture(data: bytes, objects: Objects) -> int:
    """The number of the object that a picture becomes."""
    image = PDFImageXObject("", ImageReader(io.BytesIO(data)), mask="auto")
    if mask := getattr(image, "_smask", None):
        image.smask = f"{objects.add(_stream(mask))} 0 R"
    return objects.add(_stream(image))


def _stream(image: PDFImageXObject) -> Stream:
    """It, ended as PDF/A has it: ReportLab puts no line end before the last word (ISO 19005-2 6.1.7.1)."""
    written: bytes = image.format(PDFDocument())
    return Stream.written(written.removesuffix(_END) + b"\n" + _END)
