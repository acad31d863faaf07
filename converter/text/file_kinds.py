"""Files that are not plain text, known by their first bytes (file signatures)."""

from __future__ import annotations

from converter.errors import Message

_WORD = Message("a Word document (DOCX)", "Word 文档（DOCX）")
_OLD_OFFICE = Message("an old Office document (DOC, XLS, PPT or WPS)", "旧版 Office 文档（DOC、XLS、PPT 或 WPS）")
_ZIP = Message("a ZIP archive", "ZIP 压缩包")
_IMAGE = Message("a picture", "图片")
_ARCHIVE = Message("a compressed archive", "压缩包")
_PROGRAM = Message("a program", "可执行程序")
_DATABASE = Message("a database (SQLite)", "SQLite 数据库")
_EBOOK = Message("an e-book (EPUB)", "EPUB 电子书")

# What the file begins with → what it is.
_SIGNATURES = (
    (b"PK\x03\x04", _ZIP),
    (b"PK\x05\x06", _ZIP),
    (b"%PDF-", Message("a PDF document", "PDF 文档")),
    (b"{\\rtf", Message("a rich text document (RTF)", "RTF 文档")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_OFFICE),
    (b"\x89PNG\r\n", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF87a", _IMAGE),
    (b"GIF89a", _IMAGE),
    (b"II*\x00", _IMAGE),
    (b"MM\x00*", _IMAGE),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"\x1f\x8b\x08", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ\x00", _ARCHIVE),
    (b"\x28\xb5\x2f\xfd", _ARCHIVE),
    (b"\xff\xfe\x00\x00", Message("a text in UTF-32", "UTF-32 编码的文本")),
    (b"\x00\x00\xfe\xff", Message("a text in UTF-32", "UTF-32 编码的文本")),
    (b"\x7fELF", _PROGRAM),
    (b"MZ\x90\x00", _PROGRAM),
    (b"SQLite format 3\x00", _DATABASE),
)
# What a ZIP archive contains near its beginning → what it is.
_IN_ZIP = (
    (b"word/", _WORD),
    (b"xl/", Message("an Excel workbook (XLSX)", "Excel 工作簿（XLSX）")),
    (b"ppt/", Message("a PowerPoint presentation (PPTX)", "PowerPoint 演示文稿（PPTX）")),
    (b"application/epub+zip", _EBOOK),
    (b"application/vnd.oasis.opendocument", Message("an OpenDocument file (ODT, ODS or ODP)", "OpenDocument 文件")),
)
_NEAR = 1 << 16

_UNPACK = Message(" Unpack it first.", "请先解压。")
_ADVICE = {
    _WORD: Message(" Name it “.docx” to have it read.", "请将扩展名改为 .docx 再读取。"),
    _EBOOK: Message(" Name it “.epub” to have it read.", "请将扩展名改为 .epub 再读取。"),
    _ZIP: _UNPACK,
    _ARCHIVE: _UNPACK,
    _IMAGE: Message(" Have its text recognised (OCR) first.", "请先识别其中的文字（OCR）。"),
    _PROGRAM: Message("", ""),
    _DATABASE: Message("", ""),
}
_SAVE = Message(
    " Open it and save it as plain text (.txt, UTF-8) first.", "请先打开它，另存为纯文本（.txt，UTF-8 编码）。"
)


def kind_of_file(data: bytes) -> Message | None:
    """What `data` is, if it is known not to be plain text: "a PDF document"; else None."""
    if data[60:68] == b"BOOKMOBI":
        return Message("an e-book (MOBI)", "MOBI 电子书")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _IMAGE
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            if kind is _ZIP:
                # The list of names stands at the end of an archive; the first names are at its beginning too.
                ends = data[:_NEAR] + data[-_NEAR:]
                return next((inner for mark, inner in _IN_ZIP if mark in ends), _ZIP)
            return kind
    return None


def refusal(kind: Message) -> Message:
    """The sentence about a file of such a kind, with what to do."""
    advice = _ADVICE.get(kind, _SAVE)
    space = " " if kind.zh[0].isascii() else ""
    return Message(
        f"This is {kind.en}, not plain text.{advice.en}", f"此文件为{space}{kind.zh}，不是纯文本。{advice.zh}"
    )
