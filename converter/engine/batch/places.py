"""Folders here or elsewhere: any address that fsspec knows, as `文稿/`, `s3://bucket/texts`, `memory://texts`."""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from converter.errors import InputError, ResourceError, UsageError, WriteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WHOLE_AT_ONCE = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "oss", "memory"})
"""Where a file appears whole or not at all, and renaming is a copy."""

ASIDE = "_batch/aside"
"""Where files are written before they are put in their places."""
_STAMPS = ("mtime", "ETag", "etag", "LastModified", "created")


class Found(NamedTuple):
    """A file in a place."""

    path: str
    """Below the place, with slashes."""
    size: int
    stamp: str
    """Changes when the file does: when it was last written, or its tag."""


@dataclass(frozen=True)
class Place:
    """A folder by its address. Errors name the address and the file."""

    address: str

    @cached_property
    def _parts(self) -> tuple[Any, str]:
        import fsspec

        try:
            files, root = fsspec.core.url_to_fs(os.fspath(self.address))
        except ImportError as error:
            raise ResourceError(
                f"{self.address} needs a package that is not installed: {error}.",
                f"访问 {self.address} 需要未安装的软件包：{error}。",
            ) from None
        except ValueError as error:
            raise UsageError(
                f"{self.address} is no address that can be opened: {error}.", f"无法识别地址 {self.address}：{error}。"
            ) from None
        return files, root.rstrip("/")

    @property
    def root(self) -> str:
        """Its path as the file system that holds it has it."""
        root: str = self._parts[1]
        return root

    @property
    def is_here(self) -> bool:
        """Whether it is a folder of this machine."""
        return "file" in self._protocols

    @property
    def is_only_here(self) -> bool:
        """Whether no other process can see it."""
        return "memory" in self._protocols

    @property
    def _protocols(self) -> tuple[str, ...]:
        protocol = self._parts[0].protocol
        return (protocol,) if isinstance(protocol, str) else tuple(protocol)

    def find(self) -> Iterator[Found]:
        """All files below it, in the order of their paths. Raises UsageError where there is no such folder."""
        files, root = self._parts
        try:
            listed = files.find(root, detail=True)
        except OSError as error:
            raise UsageError(*_failed("be listed", "列出", self.address, error)) from None
        if not listed and not files.isdir(root):
            raise UsageError(f"There is no folder {self.address}.", f"找不到文件夹 {self.address}。")
        for path, about in sorted(listed.items()):
            if about.get("type") == "file":
                stamp = next(
                    (about[k] for k in ("mtime", "ETag", "etag", "LastModified", "created") if about.get(k)), ""
                )
                yield Found(path[len(root) :].lstrip("/"), about.get("size") or 0, str(stamp))

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises InputError where it cannot be read."""
        files, root = self._parts
        try:
            data: bytes = files.cat_file(posixpath.join(root, path))
        except OSError as error:
            raise InputError(*_failed("be read", "读取", path, error)) from None
        return data

    def has(self, path: str) -> bool:
        """Whether there is such a file. Raises InputError where nobody can tell."""
        files, root = self._parts
        try:
            return bool(files.exists(posixpath.join(root, path)))
        except OSError as error:
            raise InputError(*_failed("be looked for", "查找", path, error)) from None

    def names(self, folder: str) -> list[str]:
        """The names of what is in a folder, sorted; none where there is no such folder."""
        files, root = self._parts
        try:
            files.invalidate_cache()
            return sorted(posixpath.basename(p) for p in files.ls(posixpath.join(root, folder), detail=False))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise InputError(*_failed("be listed", "列出", folder, error)) from None

    def write(self, path: str, data: bytes | Iterable[bytes]) -> None:
        """Put a file in its place, whole or not at all, over one that is there. Raises WriteError if it cannot."""
        files, root = self._parts
        whole = posixpath.join(root, path)
        at_once = bool(_WHOLE_AT_ONCE.intersection(self._protocols))
        # A process that is killed leaves what it was writing there, and never beside the outputs.
        aside = whole if at_once else posixpath.join(root, ASIDE, f"{os.getpid():x}-{os.urandom(4).hex()}")
        try:
            for folder in {posixpath.dirname(whole), posixpath.dirname(aside)}:
                files.makedirs(folder, exist_ok=True)
            try:
                if isinstance(data, bytes):
                    files.pipe_file(aside, data)
                else:
                    with files.open(aside, "wb") as file:
                        for piece in data:
                            file.write(piece)
                if self.is_here:
                    os.replace(aside, whole)  # noqa: PTH105 - fsspec's paths are strings
                elif not at_once:
                    files.mv(aside, whole)
            except BaseException:
                if not at_once and files.exists(aside):
                    files.rm_file(aside)
                raise
        except OSError as error:
            raise WriteError(*_failed("be written", "写入", posixpath.join(self.address, path), error)) from None

    def remove(self, path: str) -> None:
        """Take a file away; one that is not there is no error. Raises WriteError where it cannot be done."""
        files, root = self._parts
        try:
            files.rm_file(posixpath.join(root, path))
        except FileNotFoundError:
            return
        except OSError as error:
            raise WriteError(*_failed("be removed", "删除", path, error)) from None


def _failed(what: str, what_zh: str, path: str, error: OSError) -> tuple[str, str]:
    reason = error.strerror or str(error) or type(error).__name__
    return f"{path} cannot {what}: {reason}.", f"无法{what_zh} {path}：{reason}。"
