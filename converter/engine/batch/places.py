"""Folders here or elsewhere: any address that fsspec knows, as `文稿/`, `s3://bucket/texts`, `memory://texts`."""

from __future__ import annotations

import os
import posixpath
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from converter.errors import ConverterError, InputError, ResourceError, UsageError, WriteError, reason_of
from converter.records import NamedTuple, dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_STORES = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "oss", "memory"})
"""Where a file appears whole or not at all, and renaming is a copy. To make a folder there would make a bucket."""

ASIDE = "_batch/aside"
"""Where files are written before they are put in their places."""
_AT_ONCE = 64
"""Files that are read from a store at the same time: each costs a way there and back."""
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
        root = root.rstrip("/") or root[:1]
        if not root and _STORES.difference({"memory"}).intersection(_protocols(files)):
            raise UsageError(f"{self.address} names no bucket.", f"地址 {self.address} 中没有存储桶的名称。")
        return files, root

    @property
    def root(self) -> str:
        """Its path as the file system that holds it has it."""
        root: str = self._parts[1]
        return root

    @property
    def is_here(self) -> bool:
        """Whether it is a folder of this machine."""
        return "file" in _protocols(self._parts[0])

    @property
    def is_only_here(self) -> bool:
        """Whether no other process can see it."""
        return "memory" in _protocols(self._parts[0])

    @property
    def _is_store(self) -> bool:
        return bool(_STORES.intersection(_protocols(self._parts[0])))

    def below(self, other: Place) -> str | None:
        """Its path below another place: empty if they are the same one, None if it lies elsewhere."""
        if self._parts[0] != other._parts[0]:
            return None
        here, there = (os.path.realpath(place.root) if place.is_here else place.root for place in (self, other))
        outer = there.rstrip("/") + "/"
        return f"{here}/"[len(outer) :].rstrip("/") if f"{here}/".startswith(outer) else None

    def find(self) -> Iterator[Found]:
        """All files below it, in the order of their paths. Raises UsageError where there is no such folder."""
        files, root = self._parts
        with self._telling(UsageError, "be listed", "列出", self.address):
            listed = files.find(root, detail=True)
            is_folder = root not in listed and (bool(listed) or files.isdir(root))
        if not is_folder:
            raise UsageError(
                f"{self.address} is a file, not a folder." if listed else f"There is no folder {self.address}.",
                f"{self.address} 是文件，不是文件夹。" if listed else f"找不到文件夹 {self.address}。",
            )
        for path, about in sorted(listed.items()):
            if about.get("type") == "file":
                stamp = next((about[key] for key in _STAMPS if about.get(key)), "")
                yield Found(path[len(root) :].lstrip("/"), about.get("size") or 0, str(stamp))

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises InputError where it cannot be read."""
        files, root = self._parts
        with self._telling(InputError, "be read", "读取", path):
            data: bytes = files.cat_file(posixpath.join(root, path))
        return data

    def read_all(self, paths: Iterable[str]) -> Iterator[bytes]:
        """The bytes of files, in the order of their paths; many are on their way from a store at once.

        Raises InputError where one cannot be read.
        """
        (files, root), left = self._parts, iter(paths)
        while together := list(islice(left, _AT_ONCE)):
            with self._telling(InputError, "be read", "读取", self.address):
                read = files.cat_ranges([posixpath.join(root, path) for path in together], None, None)
            for path, data in zip(together, read, strict=True):
                with self._telling(InputError, "be read", "读取", path):
                    if isinstance(data, Exception):
                        raise data
                yield data

    def has(self, path: str) -> bool:
        """Whether there is such a file. Raises InputError where nobody can tell."""
        files, root = self._parts
        with self._telling(InputError, "be looked for", "查找", path):
            return bool(files.exists(posixpath.join(root, path)))

    def names(self, folder: str) -> list[str]:
        """The names of what is in a folder, sorted; none where there is no such folder."""
        files, root = self._parts
        with self._telling(InputError, "be listed", "列出", folder):
            try:
                files.invalidate_cache()
                return sorted(posixpath.basename(p) for p in files.ls(posixpath.join(root, folder), detail=False))
            except FileNotFoundError:
                return []

    def write(self, path: str, data: bytes | Iterable[bytes]) -> None:
        """Put a file in its place, whole or not at all, over one that is there. Raises WriteError if it cannot."""
        files, root = self._parts
        whole = posixpath.join(root, path)
        # A process that is killed leaves what it was writing there, and never beside the outputs.
        aside = whole if self._is_store else posixpath.join(root, ASIDE, f"{os.getpid():x}-{os.urandom(4).hex()}")
        with self._telling(WriteError, "be written", "写入", posixpath.join(self.address, path)):
            try:
                for folder in () if self._is_store else {posixpath.dirname(whole), posixpath.dirname(aside)}:
                    files.makedirs(folder, exist_ok=True)
                if isinstance(data, bytes):
                    files.pipe_file(aside, data)
                else:
                    self._write_pieces(aside, data)
                if self.is_here:
                    os.replace(aside, whole)  # noqa: PTH105 - fsspec's paths are strings
                elif aside != whole:
                    files.mv(aside, whole)
            except BaseException:
                if aside != whole and files.exists(aside):
                    files.rm_file(aside)
                raise

    def _write_pieces(self, path: str, pieces: Iterable[bytes]) -> None:
        """On a store nothing of them is seen before the last one is there."""
        files = self._parts[0]
        if not self._is_store:
            with files.open(path, "wb") as file:
                file.writelines(pieces)
            return
        file = files.open(path, "wb", autocommit=False)
        try:
            with file:
                file.writelines(pieces)
        except BaseException:
            file.discard()
            raise
        file.commit()

    def remove(self, path: str) -> None:
        """Take a file away; one that is not there is no error. Raises WriteError where it cannot be done."""
        files, root = self._parts
        with self._telling(WriteError, "be removed", "删除", posixpath.join(self.address, path)):
            try:
                files.rm_file(posixpath.join(root, path))
            except FileNotFoundError:
                return

    @contextmanager
    def _telling(self, kind: type[ConverterError], what: str, what_zh: str, path: str) -> Iterator[None]:
        """Turns what goes wrong inside into an error of this kind, or into ResourceError where it is the store's fault.

        A store that is away, or knows us no longer, must not look like a thousand broken texts.
        """
        try:
            yield
        except ConverterError:
            raise
        except OSError as error:
            if kind is not WriteError and not self.is_here and not self._is_of_the_file(error):
                raise ResourceError(*self._no_answer(error)) from None
            en, zh = reason_of(error)
            raise kind(f"{path} cannot {what}: {en}.", f"无法{what_zh} {path}：{zh}。") from None
        except Exception as error:
            if self.is_here or self.is_only_here:
                raise  # on a store, its library raises what it likes
            raise ResourceError(*self._no_answer(error)) from None

    def _is_of_the_file(self, error: OSError) -> bool:
        """Whether it says something of one file: it is not there, or it alone is forbidden."""
        if not isinstance(error, PermissionError):
            return isinstance(error, FileNotFoundError | IsADirectoryError | NotADirectoryError)
        files, root = self._parts
        try:
            files.invalidate_cache()
            files.info(root)
        except FileNotFoundError:
            return True
        except Exception:  # noqa: BLE001 - whatever it is, the store does not answer
            return False
        return True

    def _no_answer(self, error: Exception) -> tuple[str, str]:
        en, zh = reason_of(error)
        return (
            f"The store of {self.address} cannot be used: {en}. docs/batch.md says how to give credentials.",
            f"无法使用 {self.address} 所在的存储：{zh}。地址与凭据的写法见 docs/batch.md。",
        )


def _protocols(files: Any) -> tuple[str, ...]:
    return (files.protocol,) if isinstance(files.protocol, str) else tuple(files.protocol)
