"""What a worker tells of an input says all that a batch writes down, and not more."""

from __future__ import annotations

import pickle
from pathlib import Path

from converter.engine.batch.made import make
from converter.engine.job import Input, Job
from converter.engine.run import run


def test_findings_are_told_in_numbers():
    (seed,) = (Path(__file__).parents[4] / "seeds").glob("003*.txt")
    job = Job(inputs=(Input("甲.txt", seed.read_bytes()),), to=("txt",))
    report, made = run(job).reports[0], make(job)
    assert (made.outputs, made.errors, made.title) == (report.outputs, (), report.title)
    assert sum(made.found.values()) == len(report.diagnostics) > 100
    assert made.changes == sum(d.applied for d in report.diagnostics) > 100
    assert list(made.found) == sorted(made.found)
    assert len(pickle.dumps(made)) < len(pickle.dumps(report)) / 2


def test_why_a_text_cannot_be_read_is_told():
    made = make(Job(inputs=(Input("甲.txt", b"\x00\x01\x02\x00"),), to=("txt",)))
    assert not made.outputs
    assert [error.source for error in made.errors] == ["甲.txt"]
