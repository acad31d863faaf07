"""Everything that can go wrong, as one tree.

ConverterError        the base: catch this to catch all of ours
├── InputError        the file: empty, binary, undecodable, too large
├── UsageError        the request: an unknown format, option or theme; a value of the wrong kind
├── ResourceError     what we stand on: a font or a plugin is missing or broken, a store does not answer
├── WriteError        the output: no such folder, no permission, disk full, would overwrite
└── EngineError       the run: a time or memory limit, a worker that died
    └── LimitError    the text: more characters or pages than are allowed here
"""

from __future__ import annotations

import errno
import re
from typing import TYPE_CHECKING, Self

from converter.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Message(NamedTuple):
    """One sentence for people, in both languages: what happened, where, and what to do."""

    en: str
    zh: str


class ConverterError(Exception):
    """Something went wrong that the user can understand and act on.

    `message` holds the sentence in English and Chinese; `source` names the file it is about, if it is about one.
    `str()` gives the English sentence with the file's name before it.
    """

    def __init__(self, en: str, zh: str, *, source: str | None = None) -> None:
        super().__init__(en, zh)
        self.message = Message(en, zh)
        self.source = source

    def __str__(self) -> str:
        return f"{self.source}: {self.message.en}" if self.source else self.message.en

    def __reduce__(self) -> tuple[object, ...]:
        # An error crosses from a worker process to its parent: keep the source, which Exception's own pickling drops.
        return (_rebuild, (type(self), self.message, self.source))

    def about(self, source: str) -> Self:
        """The same error, said about `source`, unless it names a file already."""
        self.source = self.source or source
        return self


def _rebuild(kind: type[ConverterError], message: Message, source: str | None) -> ConverterError:
    return kind(*message, source=source)


_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已存在",
    errno.EROFS: "文件系统只读",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件过大",
    errno.EIO: "磁盘读写错误",
    errno.ENAMETOOLONG: "名称过长",
    errno.ELOOP: "符号链接循环",
    errno.EADDRINUSE: "端口已被占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
    errno.EPIPE: "对方已关闭",
}
"""Why the system refuses, as its own words in English say; others stay in these."""


def reason_of(error: Exception) -> Message:
    """Why, in a few words without a stop: what the system says, or what a library says."""
    number = getattr(error, "errno", None)
    en = (getattr(error, "strerror", None) or str(error) or type(error).__name__).rstrip(".")
    return Message(en, _REASONS.get(number, en) if isinstance(number, int) else en)


def toml_reason(error: ValueError) -> Message:
    """Why a text is no TOML, without a stop: where `tomllib` stopped, and what it says, which it says in English."""
    en = str(error)
    place = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", en, re.DOTALL)
    if place is None:
        return Message(en, en)
    at = f"第 {place[2]} 行第 {place[3]} 列" if place[2] else "文末"
    return Message(en, f"{at}（{place[1]}）")


class InputError(ConverterError):
    """The file cannot be read as what it should be."""


class UsageError(ConverterError):
    """The request asks for something that does not exist or does not fit."""

    @classmethod
    def unknown(cls, kind: str, kind_zh: str, given: str, known: Iterable[str]) -> Self:
        """The error for a name that nobody knows, with the nearest known name.

        `kind` says what the name should be the name of: "format", "option", "theme".
        """
        import difflib  # wanted here alone

        names = sorted(known)
        near = difflib.get_close_matches(given, names, n=1, cutoff=0.5)
        listed = ", ".join(names)
        return cls(
            f"There is no {kind} “{given}”. " + (f"Did you mean “{near[0]}”? " if near else "") + f"Known: {listed}.",
            f"没有名为“{given}”的{kind_zh}。" + (f"是否指“{near[0]}”？" if near else "") + f"可用：{listed}。",
        )


class ResourceError(ConverterError):
    """What we stand on is missing or does not answer: a font, a plugin, a store."""


class WriteError(ConverterError):
    """The output cannot be put where it was asked for."""


class EngineError(ConverterError):
    """The work was stopped: too long, too large, or its process died."""


class LimitError(EngineError):
    """The text is longer than is allowed here."""
