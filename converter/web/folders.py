"""A job on disk: its files come in one by one, a worker reads them and leaves the results beside them."""

from __future__ import annotations

import json
import pickle
import secrets
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from converter.inspection import json_bytes
from converter.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from converter.engine.job import Job, Outcome

_JOB, _LIST, _ALL = "job", "reports.json", "all.zip"


class Work(NamedTuple):
    """A job that lies in a folder; pickles small however large the files are."""

    folder: str
    attempt: int

    @property
    def results(self) -> Path:
        """Where this attempt leaves what it makes."""
        return Path(self.folder) / f"made-{self.attempt}"


class Brief(NamedTuple):
    """A job of which nothing but the files is wanted, unless something could not be made."""

    job: Job


def put(folder: Path, job: Job) -> None:
    """Leaves the job in its folder; the data of input n lies in the file n already."""
    bare = replace(job, inputs=tuple(source._replace(data=b"") for source in job.inputs))
    (folder / _JOB).write_bytes(pickle.dumps(bare))


def do(task: Callable[[Job], Outcome], work: Job | Brief | Work) -> Outcome:
    """In a worker: the job done. If it lies in a folder, its outputs stay there and come back without data."""
    if isinstance(work, Brief):
        outcome = task(work.job)
        if outcome.errors:
            return outcome
        bare = (replace(report, diagnostics=(), positions=()) for report in outcome.reports)
        return replace(outcome, reports=tuple(bare))
    if not isinstance(work, Work):
        return task(work)
    folder = Path(work.folder)
    job: Job = pickle.loads((folder / _JOB).read_bytes())  # noqa: S301 - written by `put`
    inputs = (source._replace(data=(folder / str(n)).read_bytes()) for n, source in enumerate(job.inputs))
    outcome = task(replace(job, inputs=tuple(inputs)))
    work.results.mkdir()
    for number, output in enumerate(outcome.outputs):
        (work.results / str(number)).write_bytes(output.data)
    empty = (replace(r, outputs=tuple(o._replace(data=b"") for o in r.outputs)) for r in outcome.reports)
    return replace(outcome, reports=tuple(empty))


def finish(work: Work, reports: Sequence[dict[str, Any]]) -> int:
    """Writes what is said about the outputs beside them and removes what is no longer needed; gives the size in bytes.

    Outputs get their `size` and `number` here.
    """
    number = 0
    for report in reports:
        for output in report.get("outputs", ()):
            output["size"], output["number"] = (work.results / str(number)).stat().st_size, number
            number += 1
    (work.results / _LIST).write_bytes(json_bytes(reports))
    final = Path(work.folder) / "made"
    shutil.rmtree(final, ignore_errors=True)
    work.results.rename(final)
    for path in Path(work.folder).iterdir():
        if path != final:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return sum(path.stat().st_size for path in final.iterdir())


def reports(folder: Path) -> list[dict[str, Any]]:
    """What `finish` wrote."""
    said: list[dict[str, Any]] = json.loads((folder / "made" / _LIST).read_text(encoding="utf-8"))
    return said


def output(folder: Path, number: int) -> Path:
    """The file of an output."""
    return folder / "made" / str(number)


def archive(folder: Path, extra: Sequence[tuple[str, bytes]] = ()) -> Path:
    """All outputs, and `extra` files by name, as one zip; made when it is first asked for, the same bytes each time."""
    path = folder / "made" / _ALL
    if not path.exists():
        aside = path.with_name(f"{secrets.token_hex(8)}.new")
        with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as packed:
            for report in reports(folder):
                for entry in report.get("outputs", ()):
                    with (
                        packed.open(_zip_entry(entry["name"]), "w") as into,
                        output(folder, entry["number"]).open("rb") as source,
                    ):
                        shutil.copyfileobj(source, into)
            for name, data in extra:
                packed.writestr(_zip_entry(name), data)
        aside.rename(path)
    return path


def _zip_entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)  # without a date of its own it is 1980-01-01
    entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
    return entry


def copy(folder: Path, twin: Path) -> None:
    """The results of another job here too, without a second copy where the file system can do that."""
    shutil.copytree(twin / "made", folder / "made", copy_function=_linked)
    for path in folder.iterdir():
        if path.is_file():
            path.unlink()


def _linked(source: str, target: str) -> None:
    try:
        Path(target).hardlink_to(source)
    except OSError:
        shutil.copy2(source, target)
