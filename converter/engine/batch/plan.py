"""Which files a run converts, in which shards, and which of these are done.

All of it stands in the target, under `_batch/`:

    settings.json          what was asked for; a run that asks for something else is refused
    recurring.json         by folder, the lines that recur around its texts
    shards/000000.jsonl     the files of a shard, one a line; written once, never changed
    done/000000.jsonl       what became of each, one a line; written last, so it is the shard's completion marker
"""

from __future__ import annotations

import json
import posixpath
from typing import TYPE_CHECKING, Any

from converter.errors import InputError, UsageError
from converter.records import NamedTuple, dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from converter.engine.batch.places import Place

FOLDER = "_batch"
"""In the target; the rest of it is outputs."""
_LARGEST = 2**24
"""Bytes of inputs after which a shard ends, however few they are."""


class Entry(NamedTuple):
    """An input in a shard."""

    path: str
    """Below the source."""
    size: int
    stamp: str
    stem: str
    """The path of its outputs below the target, without their endings; no other input of the batch has it."""
    rules: str = ""
    """The path of the rules that lie beside it; empty if none do."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The shards of a target. Several processes may hold the same plan: each shard is one process's at a time."""

    target: Place

    def settle(self, settings: Mapping[str, Any], *, restart: bool = False) -> None:
        """Write down what is asked for, or compare it with what was asked for before.

        Raises UsageError where these differ, with the first thing that does; `restart` forgets all that was done.
        """
        if restart:
            for folder in ("done", "shards"):
                for name in self.target.names(f"{FOLDER}/{folder}"):
                    self.target.remove(f"{FOLDER}/{folder}/{name}")
            self.target.remove(f"{FOLDER}/recurring.json")
        path = f"{FOLDER}/settings.json"
        if not restart and self.target.has(path):
            before = json.loads(self.target.read(path))
            for key in sorted({*before, *settings}):
                if before.get(key) != settings.get(key):
                    raise UsageError(
                        f"{self.target.address} holds a batch made with {key} = {_short(before.get(key))}, not "
                        f"{_short(settings.get(key))}: choose another target, or --restart.",
                        f"{self.target.address} 中已有的批次设置为 {key} = {_short(before.get(key))}，而不是 "
                        f"{_short(settings.get(key))}：请另选目标，或用 --restart 重新开始。",
                    )
        else:
            self.target.write(path, _json(settings))

    def fresh(self, wanted: Iterable[Entry], *, again: AbstractSet[str] = frozenset()) -> list[Entry]:
        """The inputs that no shard holds as they are now, and those that `again` names to be done once more.

        The stem of an entry is what its outputs are called if nothing else is.
        """
        planned, stems = self._planned()
        entries = []
        for entry in wanted:
            known = planned.get(entry.path)
            if known is None:
                entries.append(entry._replace(stem=_free(entry, stems)))
            elif known != entry._replace(stem=known.stem) or entry.path in again:
                entries.append(entry._replace(stem=known.stem))
        return entries

    def extend(self, fresh: Iterable[Entry], *, size: int) -> None:
        """Add shards of at most `size` inputs each."""
        number, shard = len(self.shards()), list[Entry]()
        for entry in fresh:
            shard.append(entry)
            if len(shard) == size or sum(entry.size for entry in shard) >= _LARGEST:
                self._write(number, shard)
                number, shard = number + 1, []
        if shard:
            self._write(number, shard)

    def shards(self) -> list[int]:
        """The numbers of all shards."""
        return [int(name.partition(".")[0]) for name in self.target.names(f"{FOLDER}/shards") if name[0] != "."]

    def open_shards(self) -> list[int]:
        """The numbers of the shards that are not done."""
        done = {name for name in self.target.names(f"{FOLDER}/done") if name[0] != "."}
        return [number for number in self.shards() if _name(number) not in done]

    def entries(self, number: int) -> list[Entry]:
        """The inputs of a shard."""
        return _entries(self.target.read(f"{FOLDER}/shards/{_name(number)}"))

    def all_entries(self, numbers: Iterable[int]) -> Iterator[Entry]:
        """The inputs of these shards."""
        for data in self.target.read_all(f"{FOLDER}/shards/{_name(number)}" for number in numbers):
            yield from _entries(data)

    def is_done(self, number: int) -> bool:
        """Whether a shard has its marker."""
        return self.target.has(f"{FOLDER}/done/{_name(number)}")

    def finish(self, number: int, rows: list[dict[str, Any]]) -> None:
        """Write what became of a shard's inputs: its marker."""
        self.target.write(f"{FOLDER}/done/{_name(number)}", b"".join(map(_json, rows)))

    def rows(self, number: int) -> list[dict[str, Any]]:
        """What became of the inputs of a shard that is done."""
        return _rows(self.target.read(f"{FOLDER}/done/{_name(number)}"))

    def results(self) -> Iterator[dict[str, Any]]:
        """What became of each input, in the order of the shards; of one that was done again, the last."""
        done = [name for name in self.target.names(f"{FOLDER}/done") if name[0] != "."]
        latest: dict[str, int] = {}
        for position, row in enumerate(self._finished(done)):
            latest[row["input"]] = position
        last = set(latest.values())
        yield from (row for position, row in enumerate(self._finished(done)) if position in last)

    def recurring(self) -> dict[str, list[str]]:
        """By folder of the source, the fingerprints of lines that recur around its texts."""
        path = f"{FOLDER}/recurring.json"
        known: dict[str, list[str]] = json.loads(self.target.read(path)) if self.target.has(path) else {}
        return known

    def learn(self, recurring: Mapping[str, list[str]]) -> None:
        """Write down what recurs; what a folder's shards were made with stays."""
        self.target.write(f"{FOLDER}/recurring.json", _json({**recurring, **self.recurring()}))

    def _finished(self, done: list[str]) -> Iterator[dict[str, Any]]:
        for data in self.target.read_all(f"{FOLDER}/done/{name}" for name in done):
            yield from _rows(data)

    def _planned(self) -> tuple[dict[str, Entry], set[str]]:
        """The last entry of each path, and the stems that are taken, without case."""
        planned = {entry.path: entry for entry in self.all_entries(self.shards())}
        return planned, {entry.stem.casefold() for entry in planned.values()}

    def _write(self, number: int, entries: list[Entry]) -> None:
        self.target.write(f"{FOLDER}/shards/{_name(number)}", b"".join(map(_json, entries)))


def _free(entry: Entry, taken: set[str]) -> str:
    """A stem that is not taken: a second 报告 is called by its whole name, 报告.md, then numbered."""
    stem, number = entry.stem, 1
    while stem.casefold() in taken:
        whole = entry.stem + posixpath.splitext(entry.path)[1]
        stem = whole if number == 1 else f"{whole} ({number})"
        number += 1
    taken.add(stem.casefold())
    return stem


def _name(number: int) -> str:
    return f"{number:06}.jsonl"


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def _rows(data: bytes) -> list[Any]:
    try:
        return [json.loads(line) for line in data.split(b"\n") if line]
    except ValueError as error:
        raise InputError(
            f"The batch's records are damaged: {error}. Use --restart.",
            f"批次记录已损坏：{error}。请用 --restart 重新开始。",
        ) from None


def _entries(data: bytes) -> list[Entry]:
    return [Entry(*row) for row in _rows(data)]


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:60]
