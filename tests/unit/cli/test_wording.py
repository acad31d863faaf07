"""Script, glossary and quotation marks on the command line."""

import os
import subprocess
import sys

TEXT = "关于发展的讲话\n他说：“发展软件是‘硬道理’。”\n".encode()


def converter(*arguments, folder, stdin=b""):
    command = [sys.executable, "-m", "converter", *arguments]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    run = subprocess.run(command, cwd=folder, input=stdin, capture_output=True, env=environment, check=False)
    return run.returncode, run.stdout, run.stderr.decode()


def words(*arguments, folder):
    code, out, err = converter("convert", "-", "--to", "txt", *arguments, folder=folder, stdin=TEXT)
    assert code == 0, err
    return out.decode()


def test_script_with_the_words_of_the_region(tmp_path):
    assert "發展軟體" in words("--script", "twp", folder=tmp_path)
    assert "發展軟件" in words("--script", "hk", folder=tmp_path)


def test_quotation_marks_of_one_style_or_as_the_script_has_them(tmp_path):
    assert "「发展软件是『硬道理』。」" in words("--quotes", "「」", folder=tmp_path)
    assert "「發展軟件是『硬道理』。」" in words("--script", "hant", "--quotes", "auto", folder=tmp_path)
    assert "“发展软件是‘硬道理’。”" in words("--quotes", "auto", folder=tmp_path)


def test_a_glossary_protects_words(tmp_path):
    (tmp_path / "词表.tsv").write_text("软件\t软件\n", "utf-8")
    assert "發展软件" in words("--script", "twp", "--glossary", "词表.tsv", folder=tmp_path)


def test_file_names_go_along(tmp_path):
    (tmp_path / "发展.txt").write_bytes(TEXT)
    assert converter("convert", "发展.txt", "--to", "html", "--script", "tw", folder=tmp_path)[0] == 0
    assert (tmp_path / "發展.html").exists()
