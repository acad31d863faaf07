"""What lies in the source: which files are texts, what their outputs are called, which lines recur around them."""

from __future__ import annotations

import contextlib
import posixpath
from collections import defaultdict, deque
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from converter.engine.batch.plan import Entry
from converter.engine.names import stem
from converter.engine.pool import WorkerPool
from converter.engine.recurring import FEWEST, is_looked_at
from converter.engine.recurring import recurring as lines_recurring
from converter.errors import ConverterError, InputError, UsageError
from converter.plugins import readers
from converter.transforms.script import words_to_script

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from converter.engine.batch.places import Place
    from converter.engine.batch.shard import Batch

_RULED = (".txt", ".text")
_SAMPLE = 100
"""Texts of a folder that are looked at for lines that recur."""


def entries(source: Place, target: Place, script: str | None) -> Iterator[Entry]:
    """Every file of the source that a reader reads, by path; without hidden files and what lies in the target.

    Raises UsageError where source and target are the same: outputs would be inputs of the next run.
    """
    inside = target.below(source)
    if inside == "":
        raise UsageError(
            f"{target.address} is the source: choose another target, such as a folder in it.",
            f"{target.address} 就是来源文件夹：请另选目标，例如其中的一个子文件夹。",
        )
    suffixes = {suffix for found in readers() if found.plugin for suffix in found.plugin.suffixes}
    files = {found.path: found for found in source.find()}
    for path, found in files.items():
        suffix = PurePosixPath(path).suffix.lower()
        hidden = any(part.startswith(".") for part in path.split("/"))
        if suffix not in suffixes or hidden or (inside and path.startswith(f"{inside}/")):
            continue
        rules = files.get(f"{posixpath.splitext(path)[0]}.rules.toml") if suffix in _RULED else None
        name = words_to_script(stem(path), script)
        yield Entry(
            path,
            found.size,
            found.stamp if rules is None else f"{found.stamp} {rules.size} {rules.stamp}",
            posixpath.join(posixpath.dirname(path), name),
            rules.path if rules else "",
        )


def recurring(batch: Batch, wanted: Iterable[Entry]) -> dict[str, list[str]]:
    """By folder, the fingerprints of the lines that recur around its plain texts; folders without any are left out."""
    folders: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in wanted:
        if is_looked_at(entry.path, entry.size):
            folders[posixpath.dirname(entry.path)].append(entry)
    learnt: dict[str, list[str]] = {}
    waiting: deque[tuple[str, Future[list[str]]]] = deque()
    with WorkerPool(lines_recurring, workers=batch.workers, time_limit=batch.time_limit) as pool:
        for folder, texts in folders.items():
            if len(texts) < FEWEST:
                continue
            sample = texts[:: -(-len(texts) // _SAMPLE)]
            waiting.append((folder, pool.submit([_bytes(batch.source, entry) for entry in sample])))
            if len(waiting) > 2 * pool.workers:
                _learn(learnt, *waiting.popleft())
        while waiting:
            _learn(learnt, *waiting.popleft())
    return learnt


def _bytes(source: Place, entry: Entry) -> bytes:
    """A text, or nothing if it cannot be read: whoever converts it will say so."""
    try:
        return source.read(entry.path)
    except InputError:
        return b""


def _learn(learnt: dict[str, list[str]], folder: str, future: Future[list[str]]) -> None:
    """What a folder taught; a text that is too much for a worker teaches nothing, and is reported when converted."""
    with contextlib.suppress(ConverterError):
        if lines := future.result():
            learnt[folder] = lines
