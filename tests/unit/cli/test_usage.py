"""What a person who does not know the command yet may type, and the one sentence that is said to it."""

import os
import subprocess
import sys

import pytest

CASES = [
    ("convert", 2, "The argument IN... is missing.", "缺少参数 IN...。"),
    ("convert a.txt --to", 2, "The option --to needs a value.", "选项 --to 后面要写值。"),
    ("convert a.txt --force=3", 2, "The option --force takes no value.", "选项 --force 后面不能写值。"),
    ("convert a.txt --tp docx", 2, "There is no option --tp. Did you mean --to", "没有选项 --tp。是否指 --to"),
    ("fonts foo", 2, "There is an argument too many: foo.", "多了参数：foo。"),
    ("serve --port 99999", 2, "--port must be a whole number from 0 to 65535.", "--port 应为 0 到 65535 的整数。"),
    ("serve --workers -1", 2, "--workers must be a whole number from 0 up.", "--workers 应为不小于 0 的整数。"),
    ("serve --time-limit x", 2, "--time-limit must be a number from 0 up.", "--time-limit 应为不小于 0 的数字。"),
    ("convert a.txt --to docx,pdf -o one.docx", 2, "one.docx cannot take several files", "one.docx 容纳不下多个文件"),
    ("convert a.txt --to docx -o one.pdf", 2, "call it one.docx", "请命名为 one.docx"),
    ("convert a.txt --to docx --theme no.toml", 2, "There is no file no.toml.", "找不到文件 no.toml。"),
    ("convert a.txt --to pdf --font song=no.otf", 2, "There is no file no.otf.", "找不到文件 no.otf。"),
    ("convert a.txt --to pdf --rules no.toml", 2, "no.toml: There is no such file.", "no.toml: 找不到这个文件。"),
    ("convert a.txt --to pdf --glossary no.tsv", 2, "no.tsv: There is no such file.", "no.tsv: 找不到这个文件。"),
    ("impose no.pdf -o x.pdf", 2, "no.pdf: There is no such file.", "no.pdf: 找不到这个文件。"),
    ("convert a.txt --to txt -o a.txt/x.txt", 4, "There is no folder a.txt", "文件夹 a.txt 不存在"),
    ("convert utf32.txt --to md", 3, "This is a text in UTF-32", "此文件为 UTF-32 编码的文本"),
    ("convert picture.txt --to md", 3, "Have its text recognised (OCR) first.", "请先识别其中的文字（OCR）。"),
    ("undo empty.json -o x.txt", 3, "it has no “version”.", "缺少“version”。"),
    ("batch empty --to txt --out out", 2, "There is no text in the folder empty.", "文件夹 empty 中没有可读的文本。"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("usage")
    (folder / "a.txt").write_text("关于学习的通知\n\n请认真学习。\n", "utf-8")
    (folder / "utf32.txt").write_text("学习", "utf-32")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "empty.json").write_text("{}", "utf-8")
    (folder / "empty").mkdir()
    return folder


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_a_wrong_command_line_gets_one_sentence_in_the_language_of_the_locale(folder, case, language):
    line, code, en, zh = case
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    environment["LC_ALL"] = {"en": "C.UTF-8", "zh": "zh_CN.UTF-8"}[language]
    command = [sys.executable, "-m", "converter", *line.split()]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1), done.stderr
    assert done.stderr.startswith("converter: ")
    assert {"en": en, "zh": zh}[language] in done.stderr
