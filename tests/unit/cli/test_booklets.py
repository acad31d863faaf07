"""`booklet` with manifests and sheets, `impose`, `unimpose`: a process, its exit code, what it says and leaves behind."""

import base64
import io
import json
import os
import subprocess
import sys

import pikepdf
import pytest
from PIL import Image

TEXTS = {
    "1.txt": "第一份文稿\n一、总体要求\n全局上下要统一思想，提高认识。\n",
    "2.txt": "第二份文稿\n一、主要任务\n要坚持学习制度，抓好落实。\n",
    "10.txt": "第三份文稿\n一、组织领导\n要加强组织领导，明确责任分工。\n",
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "稿").mkdir()
    for name, words in TEXTS.items():
        (tmp_path / "稿" / name).write_text(words, "utf-8")
    return tmp_path


def converter(*arguments, folder, stdin=b"", lang="C.UTF-8"):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    run = subprocess.run(
        [sys.executable, "-m", "converter", *map(str, arguments)],
        check=False, cwd=folder, input=stdin, capture_output=True, env={**clean, "LANG": lang, "PYTHONUTF8": "1", "XDG_CACHE_HOME": str(folder / "cache")},
    )  # fmt: skip
    return run.returncode, run.stdout, run.stderr.decode()


def files(folder):
    return sorted(p.name for p in folder.iterdir() if p.is_file())


def pages(path):
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def order(folder):
    tree = json.loads((folder / "册.json").read_text("utf-8"))
    return [section["heading"]["inlines"][0]["text"] for section in tree["sections"]]


def test_a_folder_in_natural_order(folder):
    assert converter("booklet", "稿", "-o", "册.json", folder=folder)[0] == 0
    assert order(folder) == ["第一份文稿", "第二份文稿", "第三份文稿"]


def test_a_manifest_to_begin_with_makes_the_same_volume(folder):
    code, _, err = converter("booklet", "稿", "--init", "稿/book.toml", folder=folder)
    assert (code, (folder / "稿" / "book.toml").exists()) == (0, True), err
    assert "# 第一份文稿" in (folder / "稿" / "book.toml").read_text("utf-8")
    for number, arguments in enumerate((("稿",), ("稿", "--manifest", "稿/book.toml"), ("--manifest", "稿/book.toml"))):
        code, _, err = converter("booklet", *arguments, "-o", f"{number}.json", folder=folder)
        assert code == 0, err
    assert (folder / "0.json").read_bytes() == (folder / "1.json").read_bytes() == (folder / "2.json").read_bytes()


def test_a_manifest_orders_and_names(folder):
    (folder / "book.toml").write_text(
        'title = "文集"\ntheme = "official"\n[[parts]]\ntitle = "上编"\ntexts = ["10.txt", "1.txt"]\n', "utf-8"
    )
    code, _, err = converter("booklet", "稿", "--manifest", "book.toml", "-o", "册.json", folder=folder)
    assert (code, "2.txt is not listed" in err) == (0, True), err
    (part,) = json.loads((folder / "册.json").read_text("utf-8"))["sections"]
    assert [s["heading"]["inlines"][0]["text"] for s in part["sections"]] == ["第三份文稿", "第一份文稿"]


@pytest.mark.parametrize(
    ("manifest", "code", "words"),
    [
        ('titel = "x"', 2, "title"),
        ("title = 1", 3, "title"),
        ('texts = ["3.txt"]', 2, "3.txt"),
        ('theme = "bok"', 2, "book"),
    ],
)
def test_a_manifest_that_is_wrong(folder, manifest, code, words):
    (folder / "book.toml").write_text(manifest, "utf-8")
    found, _, err = converter("booklet", "稿", "--manifest", "book.toml", "-o", "册.json", folder=folder)
    assert (found, words in err, "Traceback" in err) == (code, True, False), err
    assert files(folder) == ["book.toml"]


def test_a_broken_text_stops_the_volume_unless_it_may_be_left_out(folder):
    (folder / "稿" / "3.txt").write_bytes(b"\x00\x01\x02\x03" * 50)
    (folder / "book.toml").write_text('texts = ["3.txt", "2.txt"]', "utf-8")
    assert converter("booklet", "稿", "-o", "册.json", folder=folder)[0] == 3
    assert files(folder) == ["book.toml"]
    code, _, err = converter("booklet", "稿", "-o", "册.json", "--skip-broken", folder=folder)
    assert (code, "3.txt" in err, "BK105" in err) == (0, True, True)
    assert order(folder) == ["第一份文稿", "第二份文稿", "第三份文稿"]
    again = converter(
        "booklet", "稿", "--manifest", "book.toml", "-o", "册.json", "--skip-broken", "--force", folder=folder
    )
    assert (again[0], order(folder)) == (0, ["第二份文稿"])


def test_from_texts_to_sheets_and_back(folder):
    code, _, err = converter(
        "booklet", "稿", "-o", "册.pdf", "--impose", "saddle", "--guide", "说明.pdf", "--proof", "样.png", "--paper-weight", "100",
        folder=folder,
    )  # fmt: skip
    assert code == 0, err
    assert files(folder) == ["册-sheets.pdf", "册.pdf", "样.png", "说明.pdf"]
    count = pages(folder / "册.pdf")
    assert pages(folder / "册-sheets.pdf") == 2 * -(-count // 4)
    assert pages(folder / "说明.pdf") == 1
    assert converter("unimpose", "册-sheets.pdf", "-o", "原.pdf", folder=folder)[0] == 0
    assert pages(folder / "原.pdf") == count


def test_fronts_and_backs(folder):
    assert converter("booklet", "稿", "-o", "册.pdf", "--impose", "perfect", "--split", folder=folder)[0] == 0
    assert files(folder) == ["册-sheets-backs.pdf", "册-sheets-fronts.pdf", "册.pdf"]


def blank(count):
    pdf = pikepdf.new()
    for _ in range(count):
        pdf.add_blank_page(page_size=(420, 595))
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def test_through_standard_input_and_output(folder):
    code, out, err = converter("impose", "-", "-o", "-", folder=folder, stdin=blank(5))
    assert (code, err) == (0, "")
    back = converter("unimpose", "-", "-o", "-", folder=folder, stdin=out)[1]
    with pikepdf.open(io.BytesIO(back)) as pdf:
        assert len(pdf.pages) == 5


def test_the_plan_in_words(folder):
    (folder / "a.pdf").write_bytes(blank(6))
    out = converter("impose", "a.pdf", "--preview", folder=folder)[1].decode()
    assert [line.split() for line in out.splitlines()] == [
        ["sheet", "1", "front", "–", "|", "1", "back", "2", "|", "–"],
        ["sheet", "2", "front", "6", "|", "3", "back", "4", "|", "5"],
        [
            "6",
            "pages",
            "on",
            "2",
            "sheets",
            "of",
            "A4,",
            "2",
            "blank;",
            "each",
            "148",
            "×",
            "210",
            "mm,",
            "0.4",
            "mm",
            "thick.",
        ],
    ]
    assert "张 1 正面 5↓ | 4↓ / 6 | 1 反面 3↓ | –↓ / 2 | –" in " ".join(
        converter("impose", "a.pdf", "--preview", "--up", "4", "--keep-last", "1", folder=folder, lang="zh_CN.UTF-8")[1]
        .decode()
        .split()
    )
    assert files(folder) == ["a.pdf"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("impose", "没有.pdf", "-o", "x.pdf"), 2, "没有.pdf"),
        (("impose", "稿/1.txt", "-o", "x.pdf"), 3, "稿/1.txt"),
        (("impose", "a.pdf"), 2, "-o"),
        (("impose", "a.pdf", "-o", "no/x.pdf"), 4, "no"),
        (("impose", "a.pdf", "-o", "a.pdf"), 4, "--force"),
        (("impose", "a.pdf", "-o", "x.pdf", "--sheet", "A44"), 2, "A4"),
        (("impose", "a.pdf", "-o", "x.pdf", "--mode", "sadle"), 2, "saddle"),
        (("impose", "a.pdf", "-o", "x.pdf", "--up", "zwei"), 2, "whole number"),
        (("impose", "a.pdf", "-o", "-", "--split"), 2, "standard output"),
        (("unimpose", "a.pdf", "-o", "x.pdf"), 3, "record"),
        (("impose", "a.pdf", "-o", "x.pdf", "--proof", "x.jpg"), 2, "x.png"),
        (("booklet", "稿", "-o", "x.pdf", "--proof", "样"), 2, "样.png"),
        (("booklet", "-o", "x.pdf"), 2, "folder"),
        (("booklet", "稿"), 2, "-o"),
        (("booklet", "稿", "-o", "x.json", "--impose", "saddle"), 2, "PDF"),
        (("booklet", "稿", "-o", "x.pdf", "--impose", "sadle"), 2, "saddle"),
        (("booklet", "稿", "-o", "x.pdf", "--guide", "g.pdf"), 2, "--impose"),
        (("booklet", "稿", "-o", "x.pdf", "--manifest", "none.toml"), 2, "none.toml"),
    ],
)
def test_bad_requests_get_one_clear_sentence(folder, arguments, code, words):
    (folder / "a.pdf").write_bytes(blank(2))
    found, out, err = converter(*arguments, folder=folder)
    assert (found, out) == (code, b""), err
    assert words in err
    assert "Traceback" not in err
    assert files(folder) == ["a.pdf"]


def test_what_was_read_and_drawn_is_kept_unless_declined(folder):
    kept = folder / "cache" / "converter-zh" / "read"
    assert converter("booklet", "稿", "-o", "无.pdf", "--no-cache", folder=folder)[0] == 0
    assert not kept.parent.exists()
    assert converter("booklet", "稿", "-o", "一.pdf", folder=folder)[0] == 0
    assert len(list(kept.iterdir())) == 3
    assert len(list(kept.with_name("pages").iterdir())) == 3
    (folder / "稿" / "2.txt").write_text(TEXTS["2.txt"] + "二、工作要求\n严格落实。\n", "utf-8")
    assert converter("booklet", "稿", "-o", "二.pdf", folder=folder)[0] == 0
    assert len(list(kept.iterdir())) == len(list(kept.with_name("pages").iterdir())) == 4
    assert converter("booklet", "稿", "-o", "三.pdf", "--no-cache", folder=folder)[0] == 0
    made = [(folder / name).read_bytes() for name in ("无.pdf", "一.pdf", "二.pdf", "三.pdf")]
    assert made[0] == made[1] != made[2] == made[3]


def test_a_manifest_says_what_the_book_has(folder):
    (folder / "book.toml").write_text(
        'title = "文集"\norganisation = "某某局"\ncover = "frame"\nhalf_title = true\nimprint = true\nindex = "strokes"\nback_cover = true\n',
        "utf-8",
    )
    for name in ("册.pdf", "册.epub", "册.docx"):
        code, _, err = converter(
            "booklet", "稿", "--manifest", "book.toml", "-o", name, "--impose", "none", folder=folder
        )
        assert code == 0, err
    with pikepdf.open(folder / "册.pdf") as pdf:
        assert len(pdf.pages) == 12  # cover, -, half-title, imprint; contents, -; three texts, -; index, back cover
    (folder / "book.toml").write_text('cover = "fram"\n', "utf-8")
    code, _, err = converter("booklet", "稿", "--manifest", "book.toml", "-o", "又.pdf", folder=folder)
    assert code == 2
    assert "frame" in err
    assert not (folder / "又.pdf").exists()


def test_a_cover_picture_is_named_in_the_manifest_or_on_the_command_line(folder):
    """The manifest's lies beside it; what is no picture gets one sentence."""
    for name, colour in (("红.png", "red"), ("蓝.jpg", "blue")):
        Image.new("RGB", (420, 595), colour).save(folder / "稿" / name)
    (folder / "稿" / "book.toml").write_text('title = "文集"\ncover_image = "红.png"\ncover_alt = "红旗"\n', "utf-8")
    begin = ("booklet", "稿", "--manifest", "稿/book.toml", "--force")
    for flags, colour in (((), "red"), (("--cover-image", "稿/蓝.jpg"), "blue")):
        code, _, err = converter(*begin, "-o", "册.json", "-o", "册.pdf", *flags, folder=folder)
        assert code == 0, err
        cover = json.loads((folder / "册.json").read_text("utf-8"))["cover"]
        assert cover["alt"] == "红旗"
        shown = Image.open(io.BytesIO(base64.b64decode(cover["data"]))).convert("RGB").getpixel((9, 9))
        assert max(range(3), key=shown.__getitem__) == {"red": 0, "blue": 2}[colour]
    for name, code in (("稿/1.txt", 3), ("没有.png", 2)):
        found, _, err = converter(*begin, "-o", "又.pdf", "--cover-image", name, folder=folder)
        assert (found, name in err, err.count("\n")) == (code, True, 1), err
    assert not (folder / "又.pdf").exists()
