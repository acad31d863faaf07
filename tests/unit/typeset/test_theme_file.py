from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import docx
import pypdf
import pytest
from click.testing import CliRunner

from converter.cli import cli
from converter.errors import InputError, UsageError
from converter.model import Role
from converter.pipeline import write
from converter.typeset.fonts import font_folder
from converter.typeset.theme import Face, Signing
from converter.typeset.theme_file import read_theme, theme_from_toml, theme_to_toml
from converter.typeset.themes import THEMES
from converter.units import mm


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_what_is_shown_reads_back_as_the_equal_theme(theme):
    assert theme_from_toml(theme_to_toml(theme)) == theme
    changed = replace(theme, running_head=None, grid=None, rules=None, signing=Signing.UNSEALED)
    assert theme_from_toml(theme_to_toml(changed)) == changed


def test_the_command_prints_it():
    shown = CliRunner().invoke(cli, ["theme", "show", "official"], catch_exceptions=False).output
    assert theme_from_toml(shown) == THEMES["official"]
    assert 'size = "二号"' in shown
    assert 'width = "210mm"' in shown


def test_a_file_need_only_say_what_differs():
    theme = theme_from_toml(
        'base = "book"\nname = "mine"\n[page]\nheight = "20cm"\n[body]\nface = "kai"\nsize = "小四"\n'
        '[roles.note]\nface = "hei"\n[[headings]]\nbefore = 3\n'
    )
    book = THEMES["book"]
    assert theme.page == replace(book.page, height=mm(200))
    assert theme.body == replace(book.body, face=Face.KAI, size=12)
    assert theme.style(Role.NOTE).face is Face.HEI
    assert theme.style(Role.DATE) == book.style(Role.DATE)
    assert theme.headings == (replace(book.headings[0], before=3),)
    assert (theme.name, theme.running_head) == ("mine", book.running_head)


def test_a_grid_follows_the_page_where_the_file_does_not_say_one():
    theme = theme_from_toml('base = "official"\n[page]\nwidth = "184mm"\n')
    assert theme.grid == (23, 22)
    assert theme_from_toml('base = "official"\ngrid = [20, 20]\n[page]\nwidth = "184mm"\n').grid == (20, 20)
    assert theme_from_toml('base = "official"\nsigning = "unsealed"').grid == (28, 22)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[bdy]\nsize = 3", "Did you mean “body”"),
        ("[body]\nsise = 3", "Did you mean “body.size”"),
        ('[body]\nface = "hey"', "Did you mean “hei”"),
        ('base = "boko"', "Did you mean “book”"),
        ("[roles.signatur]\nsize = 3", "Did you mean “signature”"),
        ('[body]\nsize = "十号"', "body.size must be a length"),
        ("[body]\nsize = 0", "body.size must be between 1 and 5000"),
        ("[[headings]]\nsize = true", "headings.1.size must be a length"),
        ("[page]\nwidth = 30", "no room for text"),
        ("grid = [28]", "grid must be two numbers"),
        ('[running_head]\nface = "kai"', "running_head.size must be given"),
        ('[body]\ncolour = "red"', "body.colour must be a colour"),
        ("contents = 1", "contents must be true or false"),
        ("body = 1", "body must be a table"),
        ("headings = []", "headings must be written as"),
        ("headings = [1]", "headings must be written as"),
        ("= 1", "is no TOML"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(text, message):
    with pytest.raises(UsageError, match=message):
        theme_from_toml(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("= 1", "版式文件不是有效的 TOML：第 1 行第 1 列（Invalid statement）。"),
        ("a = 1\na = 2", "版式文件不是有效的 TOML：文末（Cannot overwrite a value）。"),
        ("[body]\nsize = 0", "版式中的 body.size 应在 1 到 5000 之间。"),
        ("headings = []", "版式中的 headings 应写作 [[headings]]。"),
        ('[running_head]\nface = "kai"', "版式中的 running_head.size 必须写出（base 中没有）。"),
    ],
)
def test_it_is_said_in_chinese_as_well(text, message):
    with pytest.raises(UsageError) as raised:
        theme_from_toml(text)
    assert raised.value.message.zh == message


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(InputError, match="no such") as raised:
        read_theme(tmp_path / "no such.toml")
    assert raised.value.message.zh.endswith("：没有这个文件或文件夹。")
    bad = tmp_path / "bad.toml"
    bad.write_bytes("名".encode("gbk"))
    with pytest.raises(InputError, match="not UTF-8"):
        read_theme(bad)
    bad.write_text("x = 1")
    with pytest.raises(UsageError, match=r"bad\.toml"):
        read_theme(bad)


def test_all_writers_take_it_from_the_command_line(tmp_path):
    (tmp_path / "my.toml").write_text(
        'base = "official"\n[page]\nwidth = "148mm"\nheight = "210mm"\n', encoding="utf-8"
    )
    (tmp_path / "a.txt").write_text("一段话。", encoding="utf-8")
    call = [
        "convert",
        f"{tmp_path}/a.txt",
        "--theme",
        f"{tmp_path}/my.toml",
        "--to",
        "pdf,docx,epub,html",
        "-o",
        f"{tmp_path}/",
    ]
    assert CliRunner().invoke(cli, call, catch_exceptions=False).exit_code == 0
    assert pypdf.PdfReader(tmp_path / "a.pdf").pages[0].mediabox.width == pytest.approx(mm(148), abs=0.01)
    assert round(docx.Document(str(tmp_path / "a.docx")).sections[0].page_width.mm) == 148
    book = ["booklet", f"{tmp_path}/a.txt", "--theme", f"{tmp_path}/my.toml", "-o", f"{tmp_path}/b.pdf"]
    assert CliRunner().invoke(cli, book, catch_exceptions=False).exit_code == 0


def test_a_manifest_names_a_theme_beside_it(tmp_path):
    (tmp_path / "my.toml").write_text('base = "article"\n', encoding="utf-8")
    (tmp_path / "a.txt").write_text("一段话。", encoding="utf-8")
    (tmp_path / "book.toml").write_text('title = "集"\ntheme = "my.toml"\ntexts = ["a.txt"]\n', encoding="utf-8")
    call = ["booklet", "--manifest", f"{tmp_path}/book.toml", "-o", f"{tmp_path}/b.pdf"]
    assert CliRunner().invoke(cli, call, catch_exceptions=False).exit_code == 0


def test_nobody_names_a_file_over_http():
    from converter.model import Document

    with pytest.raises(UsageError, match="There is no theme"):
        write(Document(), "pdf", theme="my.toml")


CFF_FONT = Path("/usr/share/fonts/opentype/urw-base35/NimbusRoman-Regular.otf")


def collection(tmp_path, *names):
    """Fonts in one file (OpenType, TTC header): each one's tables stand further back by where it begins."""
    offset, places, fonts = 12 + 4 * len(names), [], []
    for name in names:
        font = bytearray((font_folder() / name).read_bytes())
        for record in range(int.from_bytes(font[4:6])):
            at = 12 + 16 * record + 8
            font[at : at + 4] = (int.from_bytes(font[at : at + 4]) + offset).to_bytes(4)
        places.append(offset.to_bytes(4))
        fonts.append(font)
        offset += len(font)
    path = tmp_path / "two.ttc"
    path.write_bytes(b"ttcf\0\1\0\0" + len(names).to_bytes(4) + b"".join((*places, *fonts)))
    return path


@pytest.mark.parametrize("kind", ["cff", "collection", "theme"])
def test_fonts_of_the_users(kind, tmp_path):
    (tmp_path / "a.txt").write_text("一段话 with Latin。", encoding="utf-8")
    (tmp_path / "my.otf").write_bytes(CFF_FONT.read_bytes())
    (tmp_path / "my.toml").write_text('[fonts]\nsong = "my.otf"\n', encoding="utf-8")
    flags = {
        "cff": ["--font", f"song={CFF_FONT}"],
        "collection": ["--font", f"song={collection(tmp_path, 'DocHeiSC-Medium.ttf', 'DocKaiSC-Regular.ttf')}#1"],
        "theme": ["--theme", f"{tmp_path}/my.toml"],
    }[kind]
    for command in ("convert", "booklet"):
        call = [command, f"{tmp_path}/a.txt", *flags, "-o", f"{tmp_path}/a.pdf", "--force"]
        done = CliRunner().invoke(cli, call, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        fonts = pypdf.PdfReader(tmp_path / "a.pdf").pages[-1]["/Resources"]["/Font"].values()
        names = " ".join(font.get_object()["/BaseFont"] for font in fonts)
        assert ("DocKai" if kind == "collection" else "NimbusRoman") in names


@pytest.mark.parametrize(
    ("flag", "words", "code"),
    [
        ("song", "A font is FACE=FILE", 2),
        ("sung=a.ttf", "Did you mean “song”", 2),
        ("song=no.ttf", "There is no file no.ttf", 2),
        ("song=no.ttc#1", "There is no file no.ttc.", 2),
        (f"song={__file__}", "no TrueType or OpenType font", 5),
    ],
)
def test_a_font_that_cannot_be_used_is_named(flag, words, code, tmp_path):
    (tmp_path / "a.txt").write_text("一段话。", encoding="utf-8")
    call = [
        sys.executable,
        "-m",
        "converter",
        "convert",
        f"{tmp_path}/a.txt",
        "--font",
        flag,
        "-o",
        f"{tmp_path}/a.pdf",
    ]
    done = subprocess.run(call, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"})
    assert (words in done.stderr, done.returncode) == (True, code)
    assert not (tmp_path / "a.pdf").exists()


def test_a_character_that_no_font_has_is_an_error_that_names_it(tmp_path):
    (tmp_path / "a.txt").write_text("这里有一个没有字形的字：\U0002a6d6。\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["convert", f"{tmp_path}/a.txt", "-o", f"{tmp_path}/a.pdf"])
    assert done.exit_code == 7
    assert "error PDF101" in done.output
    assert "U+2A6D6" in done.output
    assert (tmp_path / "a.pdf").exists()


def test_the_example_in_the_documentation_is_a_theme():
    page = (Path(__file__).parents[3] / "docs" / "pdf.md").read_text(encoding="utf-8")
    theme = theme_from_toml(page.partition("```toml\n")[2].partition("```")[0])
    assert (theme.signing, theme.page.width, theme.body.size) == (Signing.UNSEALED, mm(185), 14)
    assert theme.fonts == ((Face.FANGSONG, "STFangsong.ttf"),)
