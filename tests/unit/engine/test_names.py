from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.engine.names import safe, stem, unique


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("报告.txt", "报告"),
        ("关于“两新”组织的报告（终稿）.txt", "关于“两新”组织的报告（终稿）"),
        ("𠮷野家.TXT", "𠮷野家"),
        ("../../etc/passwd", "passwd"),
        ("C:\\稿件\\一.txt", "一"),
        ("a/b/", "b"),
        ("第1.2节", "第1.2节"),
        (".htaccess", "htaccess"),
        ("报告\u202etxt.exe", "报告txt"),
        ('a"b\r\nSet-Cookie: x.txt', "a_bSet-Cookie_ x"),
        ("con.txt", "con_"),
        ("COM1", "COM1_"),
        ("nul.tar.txt", "nul.tar_"),
        ("\ud800.txt", "document"),
        ("...", "document"),
        ("", "document"),
        ("e\u0301.txt", "é"),
    ],
)
def test_stem(name, wanted):
    assert stem(name) == wanted


@given(st.text())
def test_a_stem_is_safe_whatever_comes(words):
    name = safe(words)
    assert name
    assert len(name.encode()) <= 201
    assert not set(name) & set('<>:"/\\|?*\r\n\t\0\u202e')
    assert safe(name) == name


def test_names_are_unique_whatever_their_case():
    wanted = [("报告", ".pdf"), ("报告", ".docx"), ("报告", ".pdf"), ("A", ".pdf"), ("a", ".pdf"), ("报告 (2)", ".pdf")]
    assert unique(wanted) == ["报告.pdf", "报告.docx", "报告 (2).pdf", "A.pdf", "a (2).pdf", "报告 (2) (2).pdf"]


@given(st.lists(st.tuples(st.sampled_from(["a", "A", "a (2)", "b"]), st.sampled_from([".x", ".y"]))))
def test_unique_names_are_unique(wanted):
    names = unique(wanted)
    assert len({name.casefold() for name in names}) == len(wanted)
