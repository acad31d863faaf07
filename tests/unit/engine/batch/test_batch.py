"""Batches as a run makes them: a tree in, a tree out, and a record of it that survives everything."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time

import fsspec
import pytest

from converter.engine.batch.intake import entries, recurring
from converter.engine.batch.local import run_here
from converter.engine.batch.places import Place
from converter.engine.batch.plan import FOLDER, Plan
from converter.engine.batch.report import write_report
from converter.engine.batch.shard import Batch
from converter.engine.job import Job

TEXT = "关于{}的通知\n\n各科室：\n\n一、总体要求\n\n全局上下要统一思想，提高认识，把各项工作落到实处。\n"


def texts(folder, number):
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(number):
        (folder / f"{n:03}.txt").write_text(TEXT.format(f"做好第{n}项工作"), "utf-8")


def batch_of(source, target, **settings):
    return Batch(
        source=Place(str(source)), target=Place(str(target)), job=Job(inputs=(), to=("html", "txt")), **settings
    )


def planned(batch, size=3):
    plan = Plan(batch.target)
    plan.extend(plan.fresh(entries(batch.source, batch.target, None)), size=size)
    return plan


def done(batch, size=3):
    plan = planned(batch, size)
    return list(run_here(batch, plan.open_shards(), str))


def tree(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and FOLDER not in p.parts)


def test_a_tree_is_kept(tmp_path):
    texts(tmp_path / "in", 2)
    texts(tmp_path / "in" / "甲" / "乙", 2)
    (tmp_path / "in" / ".hidden.txt").write_text("x")
    (tmp_path / "in" / "picture.png").write_text("x")
    assert done(batch_of(tmp_path / "in", tmp_path / "out")) == [0, 1]
    stems = ["000", "001", "甲/乙/000", "甲/乙/001"]
    assert tree(tmp_path / "out") == [f"{stem}.{ending}" for stem in stems for ending in ("html", "txt")]


def test_the_manifest_says_all(tmp_path):
    texts(tmp_path / "in", 1)
    batch = batch_of(tmp_path / "in", tmp_path / "out")
    done(batch)
    summary = write_report(batch.target)
    (row,) = map(json.loads, (tmp_path / "out" / FOLDER / "manifest.jsonl").read_text("utf-8").splitlines())
    data = (tmp_path / "in" / "000.txt").read_bytes()
    assert (row["input"], row["status"], row["title"]) == ("000.txt", "done", "关于做好第0项工作的通知")
    assert (row["bytes"], row["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    for output in row["outputs"]:
        data = (tmp_path / "out" / output["path"]).read_bytes()
        assert (output["bytes"], output["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert (summary.inputs, summary.broken, summary.outputs) == (1, 0, {"html": 1, "txt": 1})


def test_what_is_broken_is_put_aside_with_its_reason_and_stops_nothing(tmp_path):
    texts(tmp_path / "in" / "甲", 2)
    (tmp_path / "in" / "甲" / "坏.txt").write_bytes(b"\x7fELF\x02\x01\x01" + bytes(500))
    (tmp_path / "in" / "甲" / "空.txt").write_bytes(b"")
    batch = batch_of(tmp_path / "in", tmp_path / "out")
    done(batch)
    summary = write_report(batch.target)
    assert (summary.inputs, summary.broken) == (4, 2)
    aside = tmp_path / "out" / FOLDER / "quarantine" / "甲"
    assert sorted(p.name for p in aside.iterdir()) == ["坏.txt", "坏.txt.reason.txt", "空.txt", "空.txt.reason.txt"]
    assert (aside / "坏.txt").read_bytes().startswith(b"\x7fELF")
    assert "空" in (aside / "空.txt.reason.txt").read_text("utf-8")
    page = (tmp_path / "out" / FOLDER / "report.html").read_text("utf-8")
    assert "甲/坏.txt" in page


def test_a_text_that_takes_too_long_is_put_aside(tmp_path):
    texts(tmp_path / "in", 2)
    batch = batch_of(tmp_path / "in", tmp_path / "out", time_limit=0.001)
    done(batch)
    rows = list(Plan(batch.target).results())
    assert {row["errors"][0]["kind"] for row in rows} == {"EngineError"}


def test_rules_beside_a_text_count(tmp_path):
    texts(tmp_path / "in", 1)
    (tmp_path / "in" / "000.rules.toml").write_text('[line]\n5 = "paragraph"\n', "utf-8")
    batch = batch_of(tmp_path / "in", tmp_path / "out")
    (entry,) = entries(batch.source, batch.target, None)
    assert entry.rules == "000.rules.toml"
    done(batch)
    assert "<h2" not in (tmp_path / "out" / "000.html").read_text("utf-8")


def test_a_target_inside_the_source_is_no_source(tmp_path):
    texts(tmp_path, 1)
    batch = batch_of(tmp_path, tmp_path / "out")
    done(batch)
    assert [entry.path for entry in entries(batch.source, batch.target, None)] == ["000.txt"]


def test_a_target_that_is_the_source_is_refused(tmp_path):
    texts(tmp_path / "in", 1)
    code, said = ended(run(tmp_path, target="in"))
    assert (code, said.startswith("converter: in is the source"), tree(tmp_path / "in")) == (2, True, ["000.txt"])


def test_names_follow_the_script(tmp_path):
    texts(tmp_path / "in", 1)
    (tmp_path / "in" / "000.txt").rename(tmp_path / "in" / "发展.txt")
    assert next(iter(entries(Place(str(tmp_path / "in")), Place("memory://x"), "hant"))).stem == "發展"


def test_memory_and_other_file_systems(tmp_path):
    files = fsspec.filesystem("memory")
    files.pipe_file("/in/深/一.txt", TEXT.format("学习").encode())
    batch = batch_of("memory://in", "memory://out")
    done(batch)
    write_report(batch.target)
    assert files.exists("/out/深/一.html")
    assert files.exists(f"/out/{FOLDER}/manifest.jsonl")
    files.rm("/in", recursive=True)
    files.rm("/out", recursive=True)


def test_what_recurs_around_the_texts_of_a_folder_is_learnt(tmp_path):
    texts(tmp_path / "in" / "站", 4)
    for path in (tmp_path / "in" / "站").iterdir():
        path.write_text(f"清水县门户 为民服务\n{path.read_text('utf-8')}", "utf-8")
    texts(tmp_path / "in" / "别处", 4)
    batch = batch_of(tmp_path / "in", tmp_path / "out")
    learnt = recurring(batch, entries(batch.source, batch.target, None))
    assert learnt == {"站": ["清水县门户为民服务"]}
    plan = Plan(batch.target)
    plan.learn(learnt)
    done(batch)
    assert "为民服务" not in (tmp_path / "out" / "站" / "000.txt").read_text("utf-8")


def run(folder, *more, source="in", target="out", **process):
    command = [sys.executable, "-m", "converter", "batch", source, "--to", "html,txt", "--out", target, "--shard", "4"]
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))} | {"LANG": "C.UTF-8"}
    return subprocess.Popen([*command, *more], cwd=folder, env=clean, stderr=subprocess.PIPE, text=True, **process)


def ended(process):
    _, said = process.communicate(timeout=120)
    return process.returncode, said


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A folder of texts, and what a run that nobody disturbs makes of them."""
    folder = tmp_path_factory.mktemp("whole")
    texts(folder / "in", 60)
    assert ended(run(folder))[0] == 0
    return folder


def contents(folder):
    return {name: (folder / name).read_bytes() for name in tree(folder)}


def test_a_run_that_is_killed_again_and_again_ends_as_if_it_had_not_been(whole, tmp_path):
    texts(tmp_path / "in", 60)
    for kills in range(3):
        process = run(tmp_path)
        markers = tmp_path / "out" / FOLDER / "done"
        while process.poll() is None and not (markers.is_dir() and len(list(markers.glob("0*"))) > 2 * kills):
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL if kills % 2 else signal.SIGINT)
        process.communicate(timeout=60)
    (tmp_path / "out" / FOLDER / "aside" / "5-ab").write_text("half a fi")
    before = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "out" / FOLDER / "done").glob("0*")}
    assert ended(run(tmp_path))[0] == 0
    assert contents(tmp_path / "out") == contents(whole / "out")
    assert list((tmp_path / "out" / FOLDER / "aside").iterdir()) == []
    after = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "out" / FOLDER / "done").glob("0*")}
    assert (len(after), before.items() <= after.items()) == (15, True)
    rows = [row["input"] for row in Plan(Place(str(tmp_path / "out"))).results()]
    assert rows == [f"{n:03}.txt" for n in range(60)]


def test_a_second_run_does_nothing_and_a_changed_text_alone_is_done_again(whole, tmp_path):
    texts(tmp_path / "in", 5)
    assert ended(run(tmp_path))[0] == 0
    first = {p: p.stat().st_mtime_ns for p in (tmp_path / "out").glob("*.html")}
    assert ended(run(tmp_path)) == (0, "5 files: 5 html, 5 txt; 0 broken. Report: out/_batch/report.html\n")
    assert {p: p.stat().st_mtime_ns for p in first} == first
    (tmp_path / "in" / "003.txt").write_text(TEXT.format("别的事"), "utf-8")
    code, said = ended(run(tmp_path))
    assert (code, said.startswith("1/1  100%")) == (0, True)
    assert "别的事" in (tmp_path / "out" / "003.html").read_text("utf-8")
    assert len(list(Plan(Place(str(tmp_path / "out"))).results())) == 5


def test_broken_inputs_show_in_the_exit_code_and_may_be_tried_again(tmp_path):
    texts(tmp_path / "in", 2)
    (tmp_path / "in" / "坏.txt").write_bytes(b"")
    code, said = ended(run(tmp_path))
    assert (code, "1 broken" in said) == (3, True)
    assert ended(run(tmp_path))[1].startswith("3 files")
    assert ended(run(tmp_path, "--retry-broken"))[1].startswith("1/1")


def test_other_settings_in_the_same_target_are_refused(tmp_path):
    texts(tmp_path / "in", 1)
    assert ended(run(tmp_path))[0] == 0
    code, said = ended(run(tmp_path, "--theme", "book"))
    assert (code, "theme" in said, "--restart" in said) == (2, True, True)
    assert ended(run(tmp_path, "--theme", "book", "--restart"))[0] == 0


@pytest.mark.parametrize(
    ("more", "words"),
    [(("--engine", "roy"), "ray"), (("--theme", "bok"), "book"), (("--option", "contens=yes"), "contents")],
)
def test_wrong_requests_are_refused_before_any_work(tmp_path, more, words):
    texts(tmp_path / "in", 1)
    code, said = ended(run(tmp_path, *more))
    assert (code, words in said, (tmp_path / "out").exists()) == (2, True, False)


def test_a_full_disk_stops_the_run_and_nothing_is_called_done(tmp_path):
    texts(tmp_path / "in", 2)
    (tmp_path / "out").write_text("a file stands where the folder should be")
    code, said = ended(run(tmp_path))
    assert (code, "out/_batch/settings.json cannot be written" in said) == (4, True)
