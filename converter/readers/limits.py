"""What a file may ask of us: size, entries, expansion; and XML without entities. Nothing is ever fetched.

Files come from strangers. A zip of a few kilobytes can hold terabytes, ten lines of XML a billion words (expanded
entities), and a name in an archive can point out of it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from lxml import etree

from converter.errors import InputError
from converter.records import NamedTuple
from converter.regex import compiled

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Limits(NamedTuple):
    """The most that a file may have."""

    size: int = 256 << 20
    """Bytes of the file."""
    entries: int = 20_000
    """Files in an archive."""
    expanded: int = 512 << 20
    """Bytes of all of them together, unpacked."""
    ratio: int = 300
    """How many times its packed size an entry may unpack to; small ones may always."""


LIMITS = Limits()
_SMALL = 1 << 20
_OUTSIDE = compiled(r"(?:^|[\\/])\.\.(?:[\\/]|$)|^[\\/]|^[A-Za-z]:|\0")


def check_size(data: bytes, limits: Limits = LIMITS) -> None:
    """Raises InputError for a file that is empty or too large."""
    if not data:
        raise InputError("The file is empty.", "文件是空的。")
    if len(data) > limits.size:
        raise _too_much(f"{len(data):,} bytes", f"{len(data):,} 字节")


class Archive:
    """The files in a zip, none of which is unpacked before it is known to be harmless.

    Raises InputError for what is no zip, or asks for too much.
    """

    def __init__(self, data: bytes, limits: Limits = LIMITS) -> None:
        check_size(data, limits)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, UnicodeDecodeError) as error:
            raise _damaged(str(error)) from None
        if len(entries) > limits.entries:
            raise _too_much(f"{len(entries):,} entries", f"{len(entries):,} 个条目")
        if sum(entry.file_size for entry in entries) > limits.expanded:
            raise _too_much("more than half a gigabyte unpacked", "解压后超过 512 MB")
        for entry in entries:
            if entry.file_size > max(_SMALL, limits.ratio * entry.compress_size):
                raise _too_much(f"“{entry.filename[:60]}”, which unpacks to a bomb", f"解压炸弹“{entry.filename[:60]}”")
            if _OUTSIDE.search(entry.filename):
                raise InputError(
                    f"The archive has a name that leads out of it: “{entry.filename[:60]}”. Do not trust this file.",
                    f"压缩包内有指向包外的文件名“{entry.filename[:60]}”，此文件不可信。",
                )
            if entry.flag_bits & 1:
                raise InputError(
                    "The file is protected by a password: save it without one.", "文件设有密码，请另存为无密码的文件。"
                )
        self._sizes = {entry.filename: entry.file_size for entry in entries}

    def __contains__(self, name: str) -> bool:
        return name in self._sizes

    def read(self, name: str) -> bytes:
        """The bytes of one file, empty if there is none of this name."""
        if name not in self._sizes:
            return b""
        try:
            with self._zip.open(name) as entry:
                # What the list of names promises may be a lie: no more than that is read.
                return entry.read(self._sizes[name])
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            RuntimeError,
            ValueError,
            NotImplementedError,
        ) as error:
            raise _damaged(f"{name}: {error}") from None

    def xml(self, name: str) -> Element | None:
        """The root of an XML file in it; None if there is none of this name."""
        return parse_xml(self.read(name), name) if name in self else None


def parse_xml(data: bytes, name: str) -> Element:
    """The root of an XML document. Raises InputError for what is none, or defines entities."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise (_entities(name) if b"<!ENTITY" in data else _damaged(f"{name}: {error}")) from None
    defined: Any = root.getroottree().docinfo.internalDTD  # its stubs know nothing of entities
    if defined is not None and next(iter(defined.iterentities()), None) is not None:
        raise _entities(name)
    return root


def _entities(name: str) -> InputError:
    return InputError(
        f"“{name}” defines entities of its own, as attacks do; such XML is not read.",
        f"“{name}”定义了自己的实体（常见攻击手法），不予读取。",
    )


def _too_much(en: str, zh: str) -> InputError:
    return InputError(f"This file asks for too much: {en}.", f"此文件超出限制：{zh}。")


def _damaged(why: str) -> InputError:
    why = " ".join(why.split())[:200].rstrip(".")
    return InputError(
        f"The file is damaged or is not what its name says: {why}.", f"文件已损坏，或格式与文件名不符：{why}。"
    )
