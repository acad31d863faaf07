"""What was read and drawn before is taken from the shelf, and only where nothing that matters has changed."""

import os
import shutil
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest

from converter.booklet.manifest import Manifest, Part
from converter.engine import reading as jobs
from converter.engine import shelf as shelves
from converter.engine.folder import Folder
from converter.engine.job import Input, Job, Kind
from converter.engine.recurring import with_recurring
from converter.engine.run import run
from converter.engine.shelf import Kept, Shelf, open_pages, open_shelf
from converter.model import outline
from converter.native import to_json
from converter.repair import recurring_lines
from converter.transforms.script_glossary import Glossary
from converter.typeset.pages import Typesetter
from converter.typeset.themes import THEMES

SEED = next(iter(sorted((Path(__file__).parents[3] / "seeds").iterdir()))).read_bytes()
JOB = Job(
    kind=Kind.BOOKLET,
    inputs=(Input("甲.txt", SEED), Input("乙.txt", "范蠡的信息\n\n一、总则\n“软件”发布了。\n".encode())),
    to=("pdf",),
    theme="book",
    keep=True,
)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "converter-zh" / "read"


def folders(folder):
    """All that the program keeps: texts, their pages, the lines around them."""
    return sorted(folder.parent.iterdir())


@pytest.fixture
def read_names(monkeypatch):
    """Counts what is really read."""
    names = []

    def reading(data, **more):
        names.append(data)
        return read(data, **more)

    read = jobs.read
    monkeypatch.setattr(jobs, "read", reading)
    return names


def test_what_did_not_change_is_not_read_again(read_names):
    first = run(JOB)
    assert len(read_names) == 2
    assert run(JOB) == first
    assert len(read_names) == 2
    run(replace(JOB, inputs=(JOB.inputs[0], Input("乙.txt", b"new"), Input("丙.txt", JOB.inputs[1].data))))
    assert read_names[2:] == [b"new"]  # the name of a text is not its content


ALTERED = {
    "text": {"inputs": (JOB.inputs[0], Input("乙.txt", JOB.inputs[1].data.replace("总则".encode(), "细则".encode())))},
    "reader": {"inputs": (JOB.inputs[0], JOB.inputs[1]._replace(name="乙.md"))},
    "rules": {"inputs": (JOB.inputs[0], JOB.inputs[1]._replace(rules='[line]\n1 = "heading 1"\n'))},
    "chrome": {"inputs": (JOB.inputs[0], JOB.inputs[1]._replace(chrome="“软件”发布了。"))},
    "script": {"script": "tw"},
    "glossary": {"script": "tw", "glossary": Glossary({"范蠡": "范蠡"})},
    "another glossary": {"script": "tw", "glossary": Glossary({"软件": "軟件"})},
    "quotes": {"quotes": "「」"},
    "encoding": {"encoding": "utf-8"},
    "reader's option": {"reader_options": (("skip", "ZH303"),)},
    "writer's option": {"options": (("hanging", True),)},
    "theme": {"theme": "official"},
    "theme of one's own": {"theme": replace(THEMES["book"], part_on_new_page=True, name="mine")},
    "title": {"title": "文集"},
    "record": {"record": True},
    "another title in the manifest": {"manifest": Manifest(titles=(("乙.txt", "细则"),))},
    "parts": {"manifest": Manifest(parts=(Part(title="上编", texts=("甲.txt",)), Part(title="下编", texts=("乙.txt",))))},
    "order": {"inputs": JOB.inputs[::-1]},
    "a text more": {"inputs": (*JOB.inputs, Input("丙.txt", "丙\n\n正文。\n".encode()))},
    "a text less": {"inputs": JOB.inputs[1:]},
    "lines that recur": {"inputs": tuple(Input(f"{n}.txt", f"第{n}篇\n\n正文。\n\n本站声明\n".encode()) for n in range(4))},
    **{
        f"writer's option {name}": {"options": ((name, value),)}
        for name, value in {
            "vertical": True, "right_hand": True, "line_breaking": "strict", "centred_marks": True, "hyphenate": True,
            "cover": False, "contents": False, "running_head": True, "page_numbers": False, "half_title": True,
        }.items()
    },
}  # fmt: skip


def plain(outcome):
    """What can be compared: outputs, and what was reported."""
    return [
        (r.name, r.title, r.outputs, r.diagnostics, r.positions, r.record, list(map(str, r.errors)))
        for r in outcome.reports
    ]


@pytest.mark.parametrize("change", ALTERED.values(), ids=ALTERED)
def test_a_kept_text_is_never_stale(change):
    run(JOB)
    for other in ALTERED.values():
        if set(other) == {"script", "glossary"}:
            run(replace(JOB, to=("txt",), **other))
    altered = replace(JOB, **change)
    fresh = plain(run(replace(altered, keep=False)))
    assert plain(run(altered)) == fresh
    assert plain(run(altered)) == fresh


@pytest.mark.parametrize(
    "name", ["text", "reader", "rules", "chrome", "script", "glossary", "quotes", "reader's option"]
)
def test_what_reading_depends_on_is_in_the_key(name, read_names):
    run(JOB)
    before = len(read_names)
    run(replace(JOB, **ALTERED[name]))
    assert len(read_names) > before


def test_another_version_of_the_program_reads_anew(monkeypatch, read_names):
    run(JOB)
    monkeypatch.setattr(shelves, "program", lambda: b"another")
    run(JOB)
    assert len(read_names) == 4


def test_the_program_is_known_by_its_files_and_engines(monkeypatch, tmp_path):
    monkeypatch.setattr(shelves, "__file__", str(tmp_path / "converter" / "engine" / "shelf.py"))
    (tmp_path / "converter" / "engine").mkdir(parents=True)
    rule = tmp_path / "converter" / "engine" / "rule.py"
    seen = set()
    for content, time in (("a", 1), ("b", 2), ("bb", 2)):
        rule.write_text(content)
        os.utime(rule, ns=(time, time))
        seen.add(shelves.program.__wrapped__())
    monkeypatch.setattr(metadata, "version", lambda _name: "another")
    seen.add(shelves.program.__wrapped__())
    assert len(seen) == 4


@pytest.mark.parametrize("damage", [b"", b"x" * 100, None])
def test_what_is_broken_is_read_anew(folder, damage, read_names):
    first = run(JOB)
    for path in (path for each in folders(folder) for path in each.iterdir()):
        path.write_bytes(path.read_bytes()[:-1] if damage is None else damage)
    assert run(JOB) == first
    assert len(read_names) == 4
    run(JOB)
    assert len(read_names) == 4


def test_it_may_be_deleted_at_any_time(folder):
    first = run(JOB)
    for each in folders(folder):
        shutil.rmtree(each)
    assert run(JOB) == first


def test_a_shelf_that_others_can_enter_is_not_used(folder, read_names, monkeypatch):
    run(JOB)
    folder.chmod(0o770)
    assert open_shelf() is None
    run(JOB)
    assert len(read_names) == 4
    folder.chmod(0o700)
    assert open_shelf()
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert open_shelf() is None


def test_a_link_to_another_place_is_not_used(folder, tmp_path):
    folder.parent.mkdir()
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    folder.symlink_to(tmp_path / "elsewhere")
    assert open_shelf() is None


def test_where_nothing_can_be_kept_all_goes_on(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert open_shelf() is None
    assert not run(JOB).errors


def test_what_was_not_used_for_longest_goes_first(tmp_path):
    shelf, result = Shelf(Folder(tmp_path)), Kept(jobs.read(b"text"), ())
    for age, key in enumerate(("new", "old", "older")):
        shelf.put(key, result)
        os.utime(tmp_path / key, (1000 - age, 1000 - age))
    assert shelf.get("old") == result  # and so it is the newest
    Folder(tmp_path).tidy(2 * (tmp_path / "new").stat().st_size)
    assert {path.name for path in tmp_path.iterdir()} == {"new", "old"}


def test_nothing_is_kept_unless_asked(folder):
    run(replace(JOB, keep=False))
    assert not folder.parent.exists()


def test_pages_that_others_could_have_written_are_not_used(folder, monkeypatch):
    run(JOB)
    pages = folder.with_name("pages")
    assert len(list(pages.iterdir())) == 2
    pages.chmod(0o777)
    assert open_pages() is None
    drawn = count_composed(monkeypatch)
    run(JOB)
    assert len(drawn) == 2
    pages.chmod(0o700)
    run(JOB)
    assert len(drawn) == 2


def count_composed(monkeypatch):
    """Counts the texts whose pages are composed from now on."""
    drawn, composed = [], Typesetter.composed
    monkeypatch.setattr(
        Typesetter, "composed", lambda self, *args, **more: drawn.append(1) or composed(self, *args, **more)
    )
    return drawn


def test_another_version_of_the_program_draws_anew(monkeypatch):
    run(JOB)
    drawn = count_composed(monkeypatch)
    run(JOB)
    assert not drawn
    monkeypatch.setattr(shelves, "program", lambda: b"another")
    run(JOB)
    assert len(drawn) == 2


def test_too_many_pages_do_not_stay(folder, monkeypatch):
    run(JOB)
    monkeypatch.setattr(Folder.tidy, "__defaults__", (0,))
    run(JOB)
    assert list(folder.with_name("pages").iterdir()) == []


def test_the_lines_around_texts_are_looked_for_once(monkeypatch):
    texts = tuple(Input(f"{n}.txt", f"第{n}篇\n\n正文。\n\n本站声明\n".encode()) for n in range(4))
    fresh = with_recurring(texts)
    assert [source.chrome for source in fresh] == ["本站声明"] * 4
    assert with_recurring(texts, keep=True) == fresh
    looked, lines_around = [], recurring_lines.lines_around
    monkeypatch.setattr(recurring_lines, "lines_around", lambda text: looked.append(text) or lines_around(text))
    assert with_recurring(texts, keep=True) == fresh
    assert looked == []
    with_recurring((*texts, Input("4.txt", "另一篇\n\n正文。\n".encode())), keep=True)
    assert looked == ["另一篇\n\n正文。\n"]


@pytest.mark.parametrize(
    "seed", sorted((Path(__file__).parents[3] / "seeds").iterdir()), ids=lambda path: path.stem[:3]
)
def test_history_is_kept_apart_and_whole(seed, tmp_path):
    """What comes back is what was put there, to every edit, span and confidence; the history only if asked for."""
    shelf, result = Shelf(Folder(tmp_path)), jobs.read(seed.read_bytes())
    shelf.put("key", Kept(result, (None,) * len(result.diagnostics)))
    whole, lean = (shelf.get("key", history=history).result for history in (True, False))
    known = replace(result.value, why=())
    assert to_json(whole.value) == to_json(lean.value) == to_json(known)
    assert (whole.value.source, whole.value.ledger, whole.diagnostics) == (
        known.source,
        known.ledger,
        result.diagnostics,
    )
    assert [d.span for d in lean.diagnostics] == [d.span for d in result.diagnostics]
    assert repr([e.section.heading.span for e in outline(whole.value)]) == repr(
        [e.section.heading.span for e in outline(known)]
    )
    assert (lean.value.source, lean.value.ledger, lean.value.why) == (None, (), ())


def test_a_record_of_kept_texts_has_their_whole_history(read_names):
    wanted = [r.record for r in run(replace(JOB, record=True, keep=False)).reports]
    read_names.clear()
    for keep_record in (False, True):  # the first job keeps them and wants none
        found = run(replace(JOB, record=keep_record))
        assert ([r.record for r in found.reports] == wanted) == keep_record
    assert len(read_names) == 2
