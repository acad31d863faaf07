import json

import pytest

from converter.engine.batch.places import Place
from converter.engine.batch.plan import FOLDER, Entry, Plan
from converter.errors import UsageError


@pytest.fixture
def plan(tmp_path):
    return Plan(Place(str(tmp_path)))


def entry(path, stem=None, size=10, stamp="1", rules=""):
    return Entry(path, size, stamp, stem or path.rpartition(".")[0], rules)


def extended(plan, wanted, size, again=frozenset()):
    fresh = plan.fresh(wanted, again=again)
    plan.extend(fresh, size=size)
    return len(fresh)


def paths(plan):
    return [[e.path for e in plan.entries(number)] for number in plan.shards()]


def test_shards_hold_so_many_inputs(plan):
    assert extended(plan, [entry(f"{n}.txt") for n in range(5)], size=2) == 5
    assert paths(plan) == [["0.txt", "1.txt"], ["2.txt", "3.txt"], ["4.txt"]]


def test_a_shard_ends_where_its_inputs_are_large(plan):
    extended(plan, [entry(f"{n}.txt", size=2**23) for n in range(4)], size=100)
    assert paths(plan) == [["0.txt", "1.txt"], ["2.txt", "3.txt"]]


def test_shards_never_change_and_what_is_new_or_changed_is_added(plan):
    extended(plan, [entry("一.txt"), entry("二.txt")], size=2)
    added = extended(plan, [entry("一.txt"), entry("二.txt", stamp="2"), entry("三.txt")], size=2)
    assert (added, paths(plan)) == (2, [["一.txt", "二.txt"], ["二.txt", "三.txt"]])
    assert extended(plan, [entry("一.txt"), entry("二.txt", stamp="2"), entry("三.txt")], size=2) == 0


def test_rules_that_come_later_make_an_input_new(plan):
    extended(plan, [entry("一.txt")], size=2)
    assert extended(plan, [entry("一.txt", rules="一.rules.toml")], size=2) == 1


def test_what_was_broken_is_done_again_if_asked(plan):
    extended(plan, [entry("一.txt"), entry("二.txt")], size=2)
    assert extended(plan, [entry("一.txt"), entry("二.txt")], size=2, again={"二.txt"}) == 1


def test_no_two_inputs_have_the_same_outputs(plan):
    files = [
        entry("a/报告.md"),
        entry("a/报告.txt"),
        entry("a/报告.TXT"),
        entry("b/报告.txt"),
        entry("X.txt"),
        entry("x.txt"),
    ]
    extended(plan, files, size=10)
    assert [e.stem for e in plan.entries(0)] == ["a/报告", "a/报告.txt", "a/报告.TXT (2)", "b/报告", "X", "x.txt"]


def test_a_changed_input_keeps_its_outputs_names(plan):
    extended(plan, [entry("报告.md"), entry("报告.txt")], size=10)
    extended(plan, [entry("报告.md"), entry("报告.txt", stamp="2")], size=10)
    assert plan.entries(1) == [entry("报告.txt", "报告.txt", stamp="2")]


def test_names_may_hold_anything(plan):
    odd = "a b\u2028c\ud800.txt"
    extended(plan, [entry(odd)], size=10)
    assert plan.entries(0)[0].path == odd


def test_a_shard_is_done_when_its_marker_is_there(plan):
    extended(plan, [entry("一.txt"), entry("二.txt")], size=1)
    assert plan.open_shards() == [0, 1]
    plan.finish(0, [{"input": "一.txt"}])
    assert (plan.open_shards(), plan.is_done(0), plan.is_done(1)) == ([1], True, False)


def test_of_an_input_done_twice_the_last_result_counts(plan):
    extended(plan, [entry("一.txt"), entry("二.txt")], size=1)
    plan.finish(0, [{"input": "一.txt", "n": 1}])
    plan.finish(1, [{"input": "二.txt", "n": 2}])
    extended(plan, [entry("一.txt", stamp="2"), entry("二.txt")], size=1)
    plan.finish(2, [{"input": "一.txt", "n": 3}])
    assert list(plan.results()) == [{"input": "二.txt", "n": 2}, {"input": "一.txt", "n": 3}]


def test_other_settings_are_refused_and_named(plan):
    plan.settle({"to": ["docx"], "theme": "book"})
    plan.settle({"to": ["docx"], "theme": "book"})
    with pytest.raises(UsageError, match=r'theme = "book", not "official".*--restart'):
        plan.settle({"to": ["docx"], "theme": "official"})


def test_restart_forgets(plan):
    plan.settle({"to": ["docx"]})
    extended(plan, [entry("一.txt")], size=1)
    plan.learn({"": ["版权所有"]})
    plan.finish(0, [])
    plan.settle({"to": ["pdf"]}, restart=True)
    assert (plan.shards(), plan.open_shards(), plan.recurring()) == ([], [], {})


def test_what_was_learnt_of_a_folder_stays(plan):
    plan.learn({"a": ["甲"]})
    plan.learn({"a": ["乙"], "b": ["丙"]})
    assert plan.recurring() == {"a": ["甲"], "b": ["丙"]}


def test_files_half_written_by_a_run_that_died_are_no_shards(plan, tmp_path):
    extended(plan, [entry("一.txt")], size=1)
    (tmp_path / FOLDER / "shards" / ".000001.jsonl.5-ab").write_text("[")
    (tmp_path / FOLDER / "done").mkdir()
    (tmp_path / FOLDER / "done" / ".000000.jsonl.5-ab").write_text("{")
    assert (plan.shards(), plan.open_shards()) == ([0], [0])


def test_settings_are_plain_data(plan, tmp_path):
    plan.settle({"to": ["docx"]})
    assert json.loads((tmp_path / FOLDER / "settings.json").read_bytes()) == {"to": ["docx"]}
