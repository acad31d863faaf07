"""The command line as a person uses it: a process, its exit code, what it says and what it leaves behind."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = """\
关于做好工作的通知
一、总体要求
全局上下要统一思想，提高认识。
1、坚持学习制度。进一步完善学习制度，提出学习要求。
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "通知.txt").write_text(TEXT, "utf-8")
    return tmp_path


def converter(*arguments, folder, stdin=b"", **environment):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    run = subprocess.run(
        [sys.executable, "-m", "converter", *map(str, arguments)],
        check=False,
        cwd=folder,
        input=stdin,
        capture_output=True,
        env={**clean, "LANG": "C.UTF-8", "PYTHONUTF8": "1", **environment},
    )
    return run.returncode, run.stdout, run.stderr.decode()


def files(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_version(folder):
    assert converter("--version", folder=folder)[1].startswith(b"converter 0.")


def test_a_text_becomes_files_beside_it(folder):
    code, out, err = converter("convert", "通知.txt", "--to", "html,json", folder=folder)
    assert (code, out) == (0, b"")
    assert files(folder) == ["通知.html", "通知.json", "通知.txt"]
    assert "通知.html" in err


def test_the_ending_of_the_output_chooses_the_format(folder):
    assert converter("convert", "通知.txt", "-o", "x.html", folder=folder)[0] == 0
    assert files(folder) == ["x.html", "通知.txt"]


def test_standard_input_to_standard_output(folder):
    code, out, err = converter("convert", "-", "--to", "json", "-o", "-", folder=folder, stdin=TEXT.encode("gb18030"))
    assert (code, err) == (0, "")
    assert json.loads(out)["metadata"]["title"] == "关于做好工作的通知"


def test_a_folder_keeps_its_tree(folder):
    (folder / "in" / "甲").mkdir(parents=True)
    (folder / "out").mkdir()
    for name in ("一.txt", "甲/一.txt", "甲/picture.png", ".hidden.txt"):
        (folder / "in" / name).write_text(TEXT, "utf-8")
    assert converter("convert", "in", "--to", "html", "-o", "out", folder=folder)[0] == 0
    assert [f for f in files(folder) if f.startswith("out")] == ["out/一.html", "out/甲/一.html"]


def test_existing_files_are_kept_unless_forced(folder):
    (folder / "通知.html").write_text("mine")
    code, _, err = converter("convert", "通知.txt", "--to", "html", folder=folder)
    assert (code, "--force" in err) == (4, True)
    assert (folder / "通知.html").read_text() == "mine"
    assert converter("convert", "通知.txt", "--to", "html", "--force", folder=folder)[0] == 0
    assert (folder / "通知.html").read_text("utf-8") != "mine"


def test_one_bad_text_does_not_stop_the_others(folder):
    (folder / "坏.txt").write_bytes(b"\x00\x01\x02\x03" * 50)
    code, _, err = converter("convert", "坏.txt", "通知.txt", "--to", "html", folder=folder)
    assert code == 3
    assert "坏.txt" in err
    assert files(folder) == ["坏.txt", "通知.html", "通知.txt"]


def test_two_texts_that_would_become_one_file_are_refused(folder):
    (folder / "a").mkdir()
    (folder / "a" / "通知.txt").write_text(TEXT, "utf-8")
    (folder / "out").mkdir()
    code, _, err = converter("convert", "通知.txt", "a/通知.txt", "--to", "html", "-o", "out", folder=folder)
    assert (code, "both" in err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("convert", "没有.txt", "--to", "html"), 2, "没有.txt"),
        (("convert", "通知.txt", "--to", "dokx"), 2, "docx"),
        (("convert", "通知.txt"), 2, "--to"),
        (("convert", "通知.txt", "--to", "html", "--theme", "offical"), 2, "official"),
        (("convert", "通知.txt", "--to", "html", "--script", "hnt"), 2, "hant"),
        (("convert", "通知.txt", "--to", "html", "--option", "contnts=yes"), 2, "contents"),
        (("convert", "通知.txt", "--to", "html", "--encoding", "gbkk"), 2, "gbk"),
        (("convert", "通知.txt", "--to", "html", "-o", "no/such/"), 4, "no/such"),
        (("convert", "通知.txt", "--to", "html", "-o", "no/such/x.html"), 4, "no/such"),
        (("convert", "空.txt", "--to", "html"), 3, "空.txt"),
        (("convert", "图.txt", "--to", "html"), 3, "picture"),
        (("convert", "空文件夹", "--to", "html"), 2, "空文件夹"),
        (("convrt",), 2, "convert"),
        (("convert", "通知.txt", "--nonsense"), 2, "--nonsense"),
        (("inspect", "空.txt"), 3, "空.txt"),
        (("booklet", "通知.txt", "空.txt", "-o", "册.html"), 3, "空.txt"),
        (("booklet", "通知.txt", "-o", "册"), 2, "--to"),
    ],
)
def test_bad_requests_get_one_clear_sentence(folder, arguments, code, words):
    (folder / "空.txt").write_bytes(b"")
    (folder / "图.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "空文件夹").mkdir()
    before = files(folder)
    found, out, err = converter(*arguments, folder=folder)
    assert (found, out) == (code, b"")
    assert words in err
    assert "Traceback" not in err
    assert files(folder) == before


def test_the_sentence_is_in_the_language_of_the_user(folder):
    assert "找不到文件" in converter("convert", "没有.txt", "--to", "html", folder=folder, LANG="zh_CN.UTF-8")[2]


def test_a_traceback_only_on_request(folder):
    assert "Traceback" in converter("convert", "没有.txt", "--to", "html", "--debug", folder=folder)[2]


def limited(*arguments, folder, stdout=subprocess.PIPE, largest_file=None):
    """A run that may not write files larger than so many bytes: what a full disk looks like to a program."""
    limit = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file,) * 2)) if largest_file else None
    command = [sys.executable, "-B", "-m", "converter", *arguments]
    run = subprocess.run(command, cwd=folder, stdout=stdout, stderr=subprocess.PIPE, preexec_fn=limit, check=False)
    return run.returncode, run.stderr.decode()


def test_a_full_disk_leaves_nothing_behind(folder):
    code, err = limited("convert", "通知.txt", "--to", "html", folder=folder, largest_file=1000)
    assert (code, "通知.html" in err, "Traceback" in err) == (4, True, False)
    assert files(folder) == ["通知.txt"]


def test_standard_output_that_is_full_is_said(folder):
    with Path("/dev/full").open("wb") as full:
        code, err = limited("convert", "通知.txt", "--to", "html", "-o", "-", folder=folder, stdout=full)
    assert (code, "Traceback" in err) == (4, False)


def test_a_file_where_a_folder_should_be(folder):
    code, _, err = converter("convert", "通知.txt", "--to", "html", "-o", "通知.txt/x.html", folder=folder)
    assert (code, "Traceback" in err) == (4, False)


def test_inspect_shows_every_line(folder):
    code, out, _ = converter("inspect", "通知.txt", folder=folder)
    shown = out.decode()
    assert code == 0
    for words in ("title", "关于做好工作的通知", "heading 1", "run-in 3", "坚持学习制度。"):
        assert words in shown


def test_a_byte_that_cannot_be_read_can_be_told_in_json(folder):
    (folder / "损.txt").write_bytes(TEXT.replace("总", "\udcf5").encode("utf-8", "surrogateescape"))
    seen = json.loads(converter("inspect", "损.txt", "--json", folder=folder)[1])
    assert seen["edits"][0]["before"] == "\udcf5"
    assert json.loads(converter("lint", "损.txt", "--format", "json", folder=folder)[1])


def test_inspect_as_json(folder):
    seen = json.loads(converter("inspect", "通知.txt", "--json", folder=folder)[1])
    assert seen["title"] == "关于做好工作的通知"
    assert [(b["type"], b["level"], b["run_in"]) for b in seen["blocks"]] == [
        ("heading", 1, None),
        ("paragraph", None, None),
        ("paragraph", 3, "1、坚持学习制度。"),
    ]
    assert {"removed", "edits", "diagnostics"} <= set(seen)


def test_a_booklet_in_several_formats(folder):
    (folder / "二.txt").write_text("第二篇文章\n" + TEXT, "utf-8")
    code, _, err = converter(
        "booklet", "通知.txt", "二.txt", "--title", "文集", "-o", "册.html", "-o", "册.json", folder=folder
    )
    assert code == 0, err
    volume = json.loads((folder / "册.json").read_text("utf-8"))
    assert volume["metadata"]["title"] == "文集"
    assert [s["heading"]["kind"] for s in volume["sections"]] == ["text", "text"]


def test_formats_lists_readers_writers_and_options(folder):
    code, out, _ = converter("formats", folder=folder)
    assert code == 0
    for words in ("Reads", "txt", "Writes", "docx", "pdf", "epub", "html", "md", "json", "cover=yes|no"):
        assert words in out.decode()


def test_help_shows_an_example_for_every_command(folder):
    for name in ("convert", "booklet", "inspect", "serve"):
        assert (
            f"converter {name}"
            in converter(name, "--help", folder=folder)[1].decode().split("Options:")[0].partition("\n")[2]
        )
