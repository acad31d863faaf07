"""Files in and files out: what the arguments name, where outputs go, and how they get there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from converter.errors import InputError, UsageError, WriteError, reason_of
from converter.pipeline import rules_beside
from converter.plugins import readers
from converter.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Input:
    """One text named on the command line, or found in a folder that was."""

    path: Path | None
    """None for standard input."""
    folder: Path = Path()
    """Where it lies below the folder that was named: outputs keep the tree."""

    @property
    def name(self) -> str:
        """How messages call it."""
        return str(self.path) if self.path else "-"

    def data(self) -> bytes:
        """Its bytes. Raises UsageError where there is no such file, InputError where they cannot be read."""
        if self.path is None:
            return sys.stdin.buffer.read()
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            raise UsageError("There is no such file.", "找不到这个文件。", source=self.name) from None
        except OSError as error:
            en, zh = reason_of(error)
            raise InputError(f"The file cannot be read: {en}.", f"无法读取文件：{zh}。", source=self.name) from None

    def rules(self) -> str:
        """The rules that lie beside it. Raises InputError where they cannot be read."""
        return rules_beside(self.path) if self.path else ""


def find_inputs(arguments: tuple[str, ...]) -> list[Input]:
    """The texts that the arguments name: `-` is standard input, a folder gives every readable file below it.

    Raises UsageError for a name that does not exist and for a folder without texts.
    """
    found: list[Input] = []
    for argument in arguments:
        path = Path(argument)
        if argument == "-":
            found.append(Input(None))
        elif path.is_dir():
            below = _walk(path)
            if not below:
                raise UsageError(f"There is no text in the folder {path}.", f"文件夹 {path} 中没有可读的文本。")
            found += below
        elif path.exists():
            found.append(Input(path))
        else:
            raise UsageError(f"There is no file {path}.", f"找不到文件 {path}。")
    return found


def _walk(folder: Path) -> list[Input]:
    from converter.booklet.order import natural_path_key

    suffixes = {suffix for found in readers() if found.plugin for suffix in found.plugin.suffixes}
    return [
        Input(path, path.parent.relative_to(folder))
        for path in sorted(folder.rglob("*"), key=lambda path: (natural_path_key(path), str(path)))
        if path.is_file() and path.suffix.lower() in suffixes and not path.name.startswith(".")
    ]


def target(source: Input, output: str | None, suffix: str, script: str | None = None) -> Path:
    """Where the output for one input goes: below `output` if that is a folder, else beside the input.

    The name is the input's own, in the script that its words are converted to.
    """
    stem = source.path.stem if source.path else "converted"
    if source.path and script:
        from converter.transforms.script import words_to_script

        stem = words_to_script(stem, script)
    if output is None:
        return (source.path.parent if source.path else Path()) / f"{stem}{suffix}"
    return Path(output) / source.folder / f"{stem}{suffix}"


def require_folder(folder: Path) -> None:
    """Raises WriteError where a folder that outputs should go to does not exist."""
    if not folder.is_dir():
        raise WriteError(
            f"There is no folder {folder}: make it first, or name another one.",
            f"文件夹 {folder} 不存在：请先建立，或另选一个。",
        )


def refuse_existing(paths: Sequence[Path | None]) -> None:
    """Raises WriteError for the first path that exists: better before the work than after it."""
    for path in paths:
        if path and path.exists():
            raise WriteError(
                f"{path} exists already; use --force to write over it.", f"{path} 已存在；如需覆盖请加 --force。"
            )


def write_whole(path: Path, data: bytes, *, force: bool) -> None:
    """Put a file in its place, whole or not at all; one that is there already stays unless `force`.

    Raises WriteError, with the reason, where it cannot be written.
    """
    try:
        if path.is_dir():
            raise WriteError(f"{path} is a folder, not a file.", f"{path} 是文件夹，不是文件。")
        if force and path.exists() and not path.is_file():
            path.write_bytes(data)  # a device or a pipe: a file put in its place would destroy it
            return
        aside = path.with_name(f".{path.name[:40]}.{os.urandom(6).hex()}")
        try:
            with aside.open("xb") as file:
                file.write(data)
            if force:
                aside.replace(path)
            else:
                # A link is made only where nothing stands; unlike a look beforehand it cannot be too late.
                os.link(aside, path)
                aside.unlink()
        except BaseException:
            with contextlib.suppress(OSError):
                aside.unlink()
            raise
    except FileExistsError:
        raise WriteError(
            f"{path} exists already; use --force to write over it.", f"{path} 已存在；如需覆盖请加 --force。"
        ) from None
    except OSError as error:
        en, zh = reason_of(error)
        raise WriteError(f"{path} cannot be written: {en}.", f"无法写入 {path}：{zh}。") from None


def write_standard_output(data: bytes) -> None:
    """Raises WriteError where standard output takes no more."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # What is left in the buffer would fail again, with a traceback, at the end of the process.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        en, zh = reason_of(error)
        raise WriteError(f"Standard output cannot be written: {en}.", f"无法写入标准输出：{zh}。") from None
