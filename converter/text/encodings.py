"""The encodings that Chinese texts are found in, what people call them, and the marks that some begin with."""

from __future__ import annotations

import codecs
import re

from converter.errors import UsageError
from converter.records import NamedTuple


class Encoding(NamedTuple):
    """One encoding, under its key in `ENCODINGS`."""

    label: str
    """What people call it."""
    codecs: tuple[str, ...]
    """Python's codecs for it; the first into which every byte fits is used."""
    prior: float = 0.0
    """How much likelier than GB18030 it is, in nats, before the characters are looked at."""


# GB18030 contains GBK and GB2312, and files labelled with those names often need it. CP950 is Big5 as Windows writes
# it; Big5-HKSCS is tried for what CP950 lacks. Valid UTF-8 is hardly ever chance; UTF-16 without a BOM is rare.
ENCODINGS = {
    "utf-8": Encoding("UTF-8", ("utf-8",), 6.0),
    "gb18030": Encoding("GB18030", ("gb18030",)),
    "big5": Encoding("Big5", ("cp950", "big5hkscs")),
    "big5-hkscs": Encoding("Big5-HKSCS", ("big5hkscs",)),
    "utf-16-le": Encoding("UTF-16LE", ("utf-16-le",), -6.0),
    "utf-16-be": Encoding("UTF-16BE", ("utf-16-be",), -6.0),
}
GUESSED = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")

# Names that people type, without their hyphens, → the encodings that they may mean.
_NAMES = {
    **dict.fromkeys(("utf8", "utf8sig", "utf8bom", "cp65001", "ascii", "usascii"), ("utf-8",)),
    **dict.fromkeys(("gb18030", "gbk", "gb2312", "gb", "cp936", "ms936", "windows936", "euccn"), ("gb18030",)),
    **dict.fromkeys(("big5", "cp950", "ms950", "windows950", "big5eten"), ("big5",)),
    **dict.fromkeys(("big5hkscs", "hkscs", "cp951"), ("big5-hkscs",)),
    **dict.fromkeys(("utf16", "unicode", "ucs2"), ("utf-16-le", "utf-16-be")),
    **dict.fromkeys(("utf16le", "ucs2le"), ("utf-16-le",)),
    **dict.fromkeys(("utf16be", "ucs2be"), ("utf-16-be",)),
}
_SHOWN_NAMES = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312", "big5", "cp950", "big5-hkscs")

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)


def encodings_named(name: str) -> tuple[str, ...]:
    """The keys of the encodings that a name may mean, as anybody spells it. Raises UsageError for an unknown one."""
    found = _NAMES.get(re.sub(r"[\W_]", "", name.lower()))
    if found is None:
        raise UsageError.unknown("encoding", "编码", name, _SHOWN_NAMES)
    return found
