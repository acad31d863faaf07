"""What a file's properties say of its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.model import Metadata

if TYPE_CHECKING:
    from converter.readers.docx.package import Package

# What Word and others write in where nobody gave an author.
_NOBODY = frozenset(
    {"python-docx", "administrator", "admin", "user", "unknown", "microsoft", "microsoft office user"}
) | {
    "微软用户",
    "windows 用户",
}


def metadata_of(package: Package, title: str) -> tuple[Metadata, str]:
    """Title, authors and the rest; our own files say more in their properties (ECMA-376 part 2 §11, §22.3)."""
    office = dict(package.relations("").values())
    core = package.archive.xml(office.get("core-properties", ""))
    custom = package.archive.xml(office.get("custom-properties", ""))

    def one(name: str) -> str:
        found = core.find(f"{{*}}{name}") if core is not None else None
        return (found.text or "") if found is not None else ""

    own = {e.get("name", ""): "".join(map(str, e.itertext())) for e in custom} if custom is not None else {}
    authors = [name for name in re.split("; ?", one("creator")) if name and name.lower() not in _NOBODY]
    metadata = Metadata(
        title=title,
        authors=tuple(authors),
        subtitle=own.get("Subtitle", ""),
        date=own.get("Date", ""),
        subject=one("subject"),
        publisher=own.get("Publisher", ""),
        edition=own.get("Edition", ""),
        keywords=tuple(filter(None, re.split(r"[,，;；、]\s?", one("keywords")))),
        source=own.get("Source", ""),
        number=one("identifier"),
    )
    language = one("language")
    return metadata, language if language.startswith("zh-Han") else ""
