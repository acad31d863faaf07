"""A project's own words for script conversion: which stay as they are, and which become what.

Two forms, both for people to read and correct. Tab-separated, one word a line:

    # stays as it is
    范蠡
    # becomes
    信息	資訊

and TOML:

    protect = ["范蠡"]
    [force]
    信息 = "資訊"
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from converter.errors import InputError, UsageError, reason_of, toml_reason
from converter.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Glossary:
    """Words that OpenCC does not decide.

    >>> Glossary({"范蠡": "范蠡", "信息": "資訊"}).split("范蠡发信息")
    ['', '范蠡', '发', '信息', '']
    """

    words: Mapping[str, str]
    """Each word as it stands in the text, and what it becomes; itself if it is protected."""

    kept: str = ""
    """A pattern of further words that stay as they are."""

    def split(self, text: str) -> list[str]:
        """The text cut around the words, the longest that fit: every second piece is one of them."""
        return self._pattern.split(text) if self.words or self.kept else [text]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.words, key=len, reverse=True)
        patterns = [*map(re.escape, longest_first), *([self.kept] if self.kept else [])]
        return re.compile(f"({'|'.join(patterns)})")


def read_glossary(path: str | Path) -> Glossary:
    """The glossary in a file; TOML if its name ends so, else tab-separated.

    Raises UsageError where there is no such file; InputError, with the line, where it cannot be read or is neither.
    """
    try:
        content = Path(path).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise UsageError("There is no such file.", "找不到这个文件。", source=str(path)) from None
    except OSError as error:
        en, zh = reason_of(error)
        raise InputError(f"The glossary cannot be read: {en}.", f"无法读取术语表：{zh}。", source=str(path)) from None
    except UnicodeDecodeError as error:
        raise InputError(
            f"The glossary must be UTF-8; the byte at offset {error.start} is not.",
            f"术语表须为 UTF-8 编码；偏移 {error.start} 处的字节不符合。",
            source=str(path),
        ) from None
    parse = _of_toml if Path(path).suffix.lower() == ".toml" else _of_lines
    try:
        return Glossary(parse(content))
    except InputError as error:
        raise error.about(str(path)) from None


def _of_lines(content: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        word, *becomes = (cell.strip() for cell in line.split("\t"))
        result = becomes[0] if becomes else word
        if not word or len(becomes) > 1 or not result:
            raise InputError(
                f"Line {number} of the glossary is not a word, or two with a tab between them: “{line.strip()}”.",
                f"术语表第 {number} 行应为一个词，或以制表符隔开的两个词：“{line.strip()}”。",
            )
        if words.setdefault(word, result) != result:
            raise _twice(word)
    return words


def _of_toml(content: str) -> dict[str, str]:
    import tomllib

    try:
        data = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        en, zh = toml_reason(error)
        raise InputError(f"The glossary is not valid TOML: {en}.", f"术语表不是有效的 TOML：{zh}。") from None
    protect, force = data.pop("protect", []), data.pop("force", {})
    known = isinstance(protect, list) and isinstance(force, dict)
    if data or not known or not all(w and isinstance(w, str) for w in (*protect, *force, *force.values())):
        raise InputError(
            "A glossary in TOML has a list of words, protect, and a table of words, force, and nothing else.",
            "TOML 术语表只含一个词表 protect 和一个词对表 force。",
        )
    for word in protect:
        if force.get(word, word) != word:
            raise _twice(word)
    words: dict[str, str] = {word: word for word in protect} | force
    return words


def _twice(word: str) -> InputError:
    return InputError(
        f"The glossary says two things about “{word}”; keep one.", f"术语表对“{word}”有两种规定，请只留一种。"
    )
