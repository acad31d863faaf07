"""What a person does with repairs on the command line: look, choose, apply, take back."""

import json

import pytest
from unit.cli.test_commands import converter, files

DAMAGED = "关于做好工作的通知\n全局上下要统一思想,提高认识,推动工作Ａ取得成效。\n"
REPAIRED = DAMAGED.replace(",", "，").replace("Ａ", "A")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "通知.txt").write_bytes(DAMAGED.encode("gb18030"))
    return tmp_path


def test_repair_and_undo_with_a_report(folder):
    code, out, err = converter(
        "repair", "通知.txt", "-o", "修.txt", "--report", "r.json", "--report", "r.html", folder=folder
    )
    assert (code, out) == (0, b"")
    assert "修.txt" in err
    repaired = (folder / "修.txt").read_bytes().decode("gb18030")
    assert "思想，提高认识，推动" in repaired
    assert "统一思想" in (folder / "r.html").read_text("utf-8")
    assert converter("undo", "r.json", folder=folder)[:2] == (0, DAMAGED.encode("gb18030"))
    assert converter("undo", "r.json", "-o", "原.txt", folder=folder)[0] == 0
    assert (folder / "原.txt").read_bytes() == (folder / "通知.txt").read_bytes()
    report = json.loads((folder / "r.json").read_text("utf-8"))["texts"][0]
    first = next(d for d in report["diagnostics"] if d.get("before") == ",")
    _, out, _ = converter("undo", "r.json", "--only", str(first["number"]), "--output-encoding", "utf-8", folder=folder)
    assert out.decode() == repaired.replace("，", ",", 1)
    _, out, _ = converter("undo", "r.json", "--only", first["code"], folder=folder)
    assert out.decode("gb18030") == repaired.replace("，", ",")


def test_rules_are_chosen_by_code(folder):
    _, out, _ = converter("repair", "通知.txt", "--skip", "zh201", folder=folder)
    assert "思想,提高" in out.decode("gb18030")
    _, out, _ = converter("repair", "通知.txt", "--only", "ZH201", "--output-encoding", "utf-8", folder=folder)
    assert out.decode() == DAMAGED.replace(",", "，")
    code, _, err = converter("convert", "通知.txt", "--to", "txt", "-o", "-", "--only", "ZH2O1", folder=folder)
    assert (code, "ZH201" in err) == (2, True)


def test_inspect_shows_changes_as_a_diff_and_everything_on_request(folder):
    code, out, _ = converter("inspect", "通知.txt", folder=folder)
    shown = out.decode()
    assert code == 0
    assert "2:10" in shown
    assert "统一思想[-,-]{+，+}提高认识" in shown
    assert "×2" in shown
    _, out, _ = converter("inspect", "通知.txt", "--all", "--only", "ZH201", folder=folder)
    assert out.decode().count("[-,-]{+，+}") == 2


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(folder):
    code, out, err = converter(
        "convert", "通知.txt", "--to", "html,json", "--dry-run", "--report", "r.json", folder=folder
    )
    assert (code, out) == (0, b"")
    assert "ZH201 ×2" in err
    assert all(name in err for name in ("通知.html", "通知.json", "r.json"))
    assert files(folder) == ["通知.txt"]
    code, _, err = converter("booklet", "通知.txt", "-o", "册.html", "--dry-run", folder=folder)
    assert (code, "册.html" in err, files(folder)) == (0, True, ["通知.txt"])


def test_warnings_fail_only_where_that_is_asked_for(folder):
    # Read as GB18030, with a warning that it does not look like Chinese.
    (folder / "疑.txt").write_bytes(("Привет" * 4).encode("koi8-r"))
    assert converter("repair", "通知.txt", "-o", "a.txt", "--fail-on", "warning", folder=folder)[0] == 0
    assert converter("repair", "疑.txt", "-o", "b.txt", folder=folder)[0] == 0
    assert converter("repair", "疑.txt", "-o", "c.txt", "--fail-on", "error", folder=folder)[0] == 0
    assert converter("repair", "疑.txt", "-o", "d.txt", "--fail-on", "warning", folder=folder)[0] == 7
    assert (folder / "d.txt").exists()
    assert converter("inspect", "疑.txt", "--fail-on", "warning", folder=folder)[0] == 7
    code, _, err = converter("inspect", "通知.txt", "--fail-on", "warnings", folder=folder)
    assert (code, "warning" in err) == (2, True)


def test_a_report_is_about_all_texts_and_what_could_not_be_read(folder):
    (folder / "坏.txt").write_bytes(b"\x00\x01\x02\x03" * 50)
    (folder / "in").mkdir()
    (folder / "in" / "通知.txt").write_text(DAMAGED, "utf-8")
    code, _, _ = converter(
        "convert", "通知.txt", "in", "坏.txt", "--to", "txt", "-o", "-", "--report", "r.json", folder=folder
    )
    assert code == 2  # several texts do not fit into standard output: nothing is done
    (folder / "out").mkdir()
    code, _, _ = converter(
        "convert", "通知.txt", "坏.txt", "in/通知.txt", "--to", "json", "--report", "r.json", folder=folder
    )
    assert code == 3
    report = json.loads((folder / "r.json").read_text("utf-8"))
    assert [t["name"] for t in report["texts"]] == ["通知.txt", "in/通知.txt"]
    assert [f["name"] for f in report["failures"]] == ["坏.txt"]
    code, _, err = converter("undo", "r.json", folder=folder)
    assert (code, "--text" in err) == (2, True)
    assert converter("undo", "r.json", "--text", "in/通知.txt", folder=folder)[1] == DAMAGED.encode()
    assert converter("undo", "r.json", "-o", "out", folder=folder)[0] == 0
    assert (folder / "out" / "通知.txt").read_bytes() == DAMAGED.encode("gb18030")
    assert (folder / "out" / "通知 (2).txt").read_bytes() == DAMAGED.encode()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("undo", "没有.json"), 2, "没有.json"),
        (("undo", "通知.txt"), 3, "report"),
        (("repair", "通知.txt", "-o", "通知.txt"), 4, "--force"),
        (("repair", "通知.txt", "--report", "r.pdf"), 2, ".html"),
        (("repair", "通知.txt", "--report", "no/r.json"), 4, "no"),
        (("repair", "通知.txt", "--output-encoding", "gbkk"), 2, "gbkk"),
        (("repair", "通知.txt", "--output-encoding", "ascii"), 4, "line 1, column 1"),
    ],
)
def test_bad_requests_get_one_clear_sentence(folder, arguments, code, words):
    before = files(folder)
    found, out, err = converter(*arguments, folder=folder)
    assert (found, out) == (code, b"")
    assert words in err
    assert "Traceback" not in err
    assert files(folder) == before
