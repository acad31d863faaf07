"""Bytes → report → undo → the same bytes, for the seeds and for texts that nobody chose."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from property.test_laws import SEEDS, TEXT

from converter.engine.job import Input, Job, Kind
from converter.engine.run import run
from converter.ledger.record import from_json, to_json, undone

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5", "big5hkscs"]
DECODED_AS = {"utf-8-sig": "utf-8", "big5hkscs": "big5-hkscs"}


def recorded(data, encoding=None, **options):
    """The record of a text, by way of JSON; None where the bytes are no text."""
    job = Job(
        kind=Kind.INSPECT, inputs=(Input("甲.txt", data),), encoding=encoding,
        reader_options=tuple(options.items()), record=True,
    )  # fmt: skip
    found = run(job).reports[0].record
    return found and from_json(to_json([found]))[0]


@given(TEXT, st.sampled_from(ENCODINGS), st.booleans())
@settings(deadline=None)
def test_undo_gives_back_the_bytes(text, encoding, unsafe):
    data = text.encode(encoding, "ignore")
    record = recorded(data, DECODED_AS.get(encoding, encoding), unsafe=unsafe)
    assert record is None or record.data == data


@given(TEXT)
@settings(deadline=None, max_examples=50)
def test_taking_back_every_rule_by_its_code_is_taking_back_everything(text):
    record = recorded(text.encode("utf-8", "ignore"), "utf-8")
    if record is None:
        return
    codes = {d.code for d in record.diagnostics if d.applied}
    assert not codes or undone(record, codes).text == record.source.original
    assert all(record.changes())  # every edit has the rule that made it


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: Path(p).stem[:3])
def test_the_seeds_come_back(path):
    record = recorded(path.read_bytes())
    assert record.data == path.read_bytes()
    assert record.source.edits
    assert all(record.changes())
