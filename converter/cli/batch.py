"""`converter batch`."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import click

from converter.cli import EXIT_CODES, speaks_chinese
from converter.cli.common import (
    parse_options,
    themed,
    with_common_options,
    with_reader_options,
    with_theme_options,
    with_wording_options,
)
from converter.cli.convert import requested_writers
from converter.cli.progress import Progress
from converter.engine.batch.intake import entries, recurring
from converter.engine.batch.local import run_here
from converter.engine.batch.places import Place
from converter.engine.batch.plan import FOLDER, Plan
from converter.engine.batch.report import write_report
from converter.engine.batch.shard import Batch
from converter.engine.job import Input as JobInput
from converter.engine.job import Job
from converter.engine.run import run
from converter.errors import InputError, UsageError
from converter.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from converter.engine.batch.report import Summary
    from converter.transforms.script_glossary import Glossary
    from converter.typeset.theme import Theme

_ENGINES = ("local", "ray")


@click.command("batch")
@click.argument("source", metavar="SOURCE")
@click.option("--to", "to", metavar="FORMATS", required=True, help="What to make, as in docx,pdf,epub.")
@click.option("--out", "target", metavar="TARGET", required=True, help="The folder or address for the outputs.")
@click.option(
    "--jobs", type=click.IntRange(1), help="Worker processes, on Ray for each shard. [one a processor; Ray: 1]"
)
@click.option("--engine", default="local", show_default=True, metavar="local|ray", help="Where the work is done.")
@click.option("--address", metavar="HOST:PORT", help="The Ray cluster. [RAY_ADDRESS, else a new one on this machine]")
@click.option("--shard", "size", default=100, show_default=True, type=click.IntRange(1), help="Files in a shard.")
@click.option("--time-limit", default=300.0, show_default=True, type=float, help="Seconds for a file.")
@click.option("--memory-limit", default=2048, show_default=True, type=click.IntRange(64), help="MB for a file.")
@click.option("--retry-broken", is_flag=True, help="Try the files again that could not be converted.")
@click.option("--restart", is_flag=True, help="Forget what was done before and begin anew.")
@with_theme_options("article")
@click.option("--option", "options", multiple=True, metavar="NAME=VALUE", help="An option of the format.")
@with_reader_options
@with_wording_options
@with_common_options
def command(
    source: str,
    *,
    to: str,
    target: str,
    jobs: int | None,
    engine: str,
    address: str | None,
    size: int,
    time_limit: float,
    memory_limit: int,
    retry_broken: bool,
    restart: bool,
    theme: str | Theme,
    fonts: tuple[str, ...],
    reference: bytes,
    script: str | None,
    glossary: Glossary | None,
    quotes: str | None,
    options: tuple[str, ...],
    **reader: Any,
) -> None:
    """Convert all files of a folder, on all processors or on a cluster, and go on where a run was cut off.

    SOURCE and TARGET are folders, or addresses that fsspec knows (s3://…). The tree is kept. The same command again
    does what is left, new or changed. What cannot be converted is put aside with its reason and stops nothing.

    \b
    converter batch 文库/ --to docx,epub,pdf --out 成品/
    converter batch s3://texts/2019 --to epub --out s3://books/2019 --engine ray --address auto
    """
    if engine not in _ENGINES:
        raise UsageError.unknown("engine", "引擎", engine, _ENGINES)
    job = Job(
        inputs=(),
        to=tuple(writer.name for writer in requested_writers(to, None)),
        theme=themed(theme, fonts, reference),
        script=script,
        glossary=glossary,
        quotes=quotes,
        options=tuple(parse_options(options).items()),
        reader_options=tuple(reader.items()),
    )
    run(replace(job, inputs=(JobInput("一.txt", "一".encode()),)))  # a wrong request is refused before any work
    batch = Batch(
        source=Place(source),
        target=Place(target),
        job=job,
        workers=jobs or (os.cpu_count() or 1 if engine == "local" else 1),
        time_limit=time_limit,
        memory_limit=memory_limit << 20,
    )
    plan = Plan(batch.target)
    files = list(entries(batch.source, batch.target, script))
    if not files and not plan.shards():
        raise UsageError(f"There is no text in the folder {source}.", f"文件夹 {source} 中没有可读的文本。")
    plan.settle(_settings(job, source), restart=restart)
    again = {row["input"] for row in plan.results() if row["status"] == "broken"} if retry_broken else set()
    if fresh := plan.fresh(files, again=again):
        plan.learn(recurring(batch, files))
        plan.extend(fresh, size=size)
    shards = plan.open_shards()
    progress = Progress(sum(1 for _ in plan.all_entries(shards)))
    for _ in _run(engine, batch, shards, progress, address):
        pass
    progress.end()
    summary = write_report(batch.target)
    _print(summary, target)
    sys.exit(EXIT_CODES[InputError] if summary.broken else 0)


def _run(engine: str, batch: Batch, shards: Iterable[int], progress: Progress, address: str | None) -> Iterator[int]:
    if engine == "ray":
        from converter.engine.batch.ray import run_on_ray

        return run_on_ray(batch, shards, progress.count, address)
    return run_here(batch, shards, progress.count)


def _settings(job: Job, source: str) -> dict[str, Any]:
    """What outputs depend on beside the inputs, as plain data."""
    asked = {field.name: getattr(job, field.name) for field in fields(job) if field.name in _DECIDE}
    settings: dict[str, Any] = json.loads(
        json.dumps({"version": __version__, "source": source, **asked}, default=_plain)
    )
    return settings


_DECIDE = {"to", "theme", "script", "glossary", "quotes", "options", "reader_options"}
"""The fields of a job that a batch sets."""


def _plain(value: Any) -> Any:
    """A glossary or a theme as something that can be compared."""
    return dict(sorted(value.words.items())) if hasattr(value, "words") else repr(value)


def _print(summary: Summary, target: str) -> None:
    made = ", ".join(f"{count} {ending}" for ending, count in sorted(summary.outputs.items()))
    report = f"{target.rstrip('/')}/{FOLDER}/report.html"
    if speaks_chinese():
        said = f"{summary.inputs} 个文件：{made or '无输出'}；{summary.broken} 个未能转换。报告：{report}"
    else:
        said = f"{summary.inputs} files: {made or 'no outputs'}; {summary.broken} broken. Report: {report}"
    click.echo(said, err=True)
