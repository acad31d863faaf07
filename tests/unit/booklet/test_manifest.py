import tomllib

import pytest

from converter.booklet.manifest import Manifest, Part, arranged, first_manifest, read_manifest
from converter.errors import InputError, UsageError

FULL = """
title = "文集"
subtitle = "上卷"
organisation = "办公室"
authors = ["张三", "李四"]
date = "2012年"
edition = "第一版"
theme = "book"
script = "hant"
preface = "前言.txt"
colophon = "后记.txt"
texts = ["甲.txt"]
[[parts]]
title = "第一部分"
texts = ["乙.txt", "子/丙.txt"]
[titles]
"乙.txt" = "新题"
"""


def test_every_key_is_read():
    assert read_manifest(FULL.encode()) == Manifest(
        title="文集", subtitle="上卷", organisation="办公室", authors=("张三", "李四"), date="2012年", edition="第一版",
        theme="book", script="hant", preface="前言.txt", colophon="后记.txt", texts=("甲.txt",),
        parts=(Part(title="第一部分", texts=("乙.txt", "子/丙.txt")),), titles=(("乙.txt", "新题"),),
    )  # fmt: skip


def test_one_author_needs_no_list():
    assert read_manifest(b'\xef\xbb\xbfauthors = "A"').authors == ("A",)


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        ('titel = "x"', UsageError, "title"),
        ('[[parts]]\nname = "x"', UsageError, "Known: texts, title"),
        ("title = 3", InputError, "title"),
        ("texts = [1]", InputError, "texts"),
        ('parts = "x"', InputError, "[[parts]]"),
        ('[[parts]]\ntitle = "x"', InputError, "Part 1"),
        ("titles = []", InputError, "[titles]"),
        ("title = x", InputError, "line 1"),
        ("\x00", InputError, "TOML"),
    ],
)
def test_what_is_wrong_is_said(data, kind, words):
    with pytest.raises(kind) as caught:
        read_manifest(data.encode())
    assert words in str(caught.value)


def test_another_encoding_is_said():
    with pytest.raises(InputError, match="UTF-8"):
        read_manifest('title = "文"'.encode("gb18030"))


NAMES = ["文/丙.txt", "文/乙.txt", "文/甲.txt", "文/前言.txt", "文/后记.txt"]


def test_texts_are_arranged():
    manifest = Manifest(
        preface="前言.txt", colophon="后记.txt", texts=("甲.txt",), parts=(Part(title="一", texts=("文/乙.txt",)),)
    )
    assert [NAMES[at] for at in arranged(manifest, NAMES)] == ["文/前言.txt", "文/甲.txt", "文/乙.txt", "文/后记.txt"]
    assert arranged(Manifest(preface="后记.txt"), NAMES) == [4, 0, 1, 2, 3]
    assert arranged(Manifest(), NAMES) == [0, 1, 2, 3, 4]


def test_names_are_matched_by_whole_parts_of_the_path():
    assert arranged(Manifest(texts=("1.txt",)), ["11.txt", "a/1.txt"]) == [1]


def test_a_text_that_is_not_there_or_twice():
    with pytest.raises(UsageError, match=r"甲\.txt"):
        arranged(Manifest(texts=("甲乙.txt",)), ["甲.txt"])
    with pytest.raises(UsageError, match="twice"):
        arranged(Manifest(texts=("甲.txt", "文/甲.txt")), NAMES)


def test_without_files_that_are_broken():
    manifest = read_manifest(FULL.encode()).without(["x/乙.txt", "x/子/丙.txt", "x/前言.txt"])
    assert (manifest.preface, manifest.colophon, manifest.texts, manifest.parts) == ("", "后记.txt", ("甲.txt",), ())


def test_the_first_manifest_is_one_and_every_key_in_it_is_known():
    made = first_manifest(['a"b.txt', "子\\乙.txt"], ["甲\n题", ""])
    assert read_manifest(made.encode()) == Manifest(texts=('a"b.txt', "子/乙.txt"))
    opened = "\n".join(
        line.removeprefix("# ") for line in made.splitlines() if " = " in line or line.startswith(("# [", "]", "  "))
    )
    keys = set(tomllib.loads(opened))
    assert keys == set(Manifest.__slots__)
    assert read_manifest(opened.replace("市委办公室", "x").encode()).title == "党建工作文集"
