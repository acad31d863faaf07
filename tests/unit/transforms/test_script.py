import sys

import pytest

from converter.errors import InputError, ResourceError, UsageError
from converter.model import (
    Document,
    Heading,
    LineBreak,
    Mark,
    Metadata,
    Paragraph,
    Section,
    Text,
    heading_text,
    plain,
    text,
)
from converter.source import Span
from converter.transforms.script import TARGETS, to_script, words_to_script
from converter.transforms.script_engine import engine
from converter.transforms.script_glossary import read_glossary


def document(words, title="标题"):
    return Document(
        metadata=Metadata(title=title),
        front=(Paragraph(inlines=text(words)),),
        sections=(Section(heading=Heading(inlines=text(words), label="一、")),),
    )


def converted(words, script):
    return plain(to_script(document(words), script).value.front[0].inlines)


@pytest.mark.parametrize(
    ("words", "script", "expected"),
    [
        ("这个问题关系到发展", "hant", "這個問題關係到發展"),
        ("头发和皇后", "hant", "頭髮和皇后"),
        ("這個問題關係到發展", "hans", "这个问题关系到发展"),
        ("为什么", "tw", "為什麼"),
        ("为什么", "hk", "為甚麼"),
    ],
)
def test_words_are_converted(words, script, expected):
    assert converted(words, script) == expected


@pytest.mark.parametrize("words", ["演算法的實現", "這個問題關係到發展", "皇后在後面"])
def test_text_in_the_target_script_is_not_touched(words):
    once = converted(words, "tw")
    assert once == words
    assert converted(once, "tw") == words


def test_headings_title_and_language_go_along():
    found = to_script(document("发展规划", title="发展规划"), "tw").value
    assert (found.metadata.title, heading_text(found.sections[0].heading)) == ("發展規劃", "一、發展規劃")
    assert found.language == "zh-Hant-TW"


def test_no_script_changes_nothing():
    found = document("发展")
    assert to_script(found, None).value is found


def test_an_unknown_script_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match="hant"):
        to_script(document("发展"), "hantt")


def test_each_paragraph_goes_by_its_own_script():
    mixed = Document(
        front=tuple(Paragraph(inlines=text(t)) for t in ("这个问题关系到发展", "皇后在後面說：「發展」", "后天"))
    )
    found = to_script(mixed, "hant").value
    assert [plain(p.inlines) for p in found.front] == ["這個問題關係到發展", "皇后在後面說：「發展」", "後天"]


def test_a_quotation_inside_a_paragraph_goes_by_its_own_script():
    assert converted("他说：“皇后在後宮。”这是头发的发。", "hant") == "他說：“皇后在後宮。”這是頭髮的發。"
    assert converted("书中写道：“發展與後來”，还说了皇后。", "hans") == "书中写道：“发展与后来”，还说了皇后。"


@pytest.mark.parametrize(
    ("words", "script", "expected"),
    [
        ("鼠标和软件的信息", "twp", "滑鼠和軟體的資訊"),
        ("鼠标和软件的信息", "tw", "鼠標和軟件的信息"),
        ("看着名著里的面条", "hk", "看着名著裏的麪條"),
        ("他說這裡的麵線", "hk", "他説這裏的麪線"),
        ("他説這裏的麪", "tw", "他說這裡的麵"),
        ("他説這裏的麪", "hk", "他説這裏的麪"),
        ("軟體的硬碟", "tw2sp", "软件的硬盘"),
        ("演算法", "tw2sp", "算法"),
        ("里面", "s2t", "裏面"),
        ("裡面", "s2t", "裡面"),
        ("羣衆", "t2tw", "群眾"),
        ("范先生声明了立场，关于先生的规范", "tw", "范先生聲明了立場，關於先生的規範"),
    ],
)
def test_regions_words_and_names(words, script, expected):
    assert converted(words, script) == expected


def test_a_lone_surrogate_survives():
    assert converted("发\ud800展", "hant") == "發\ud800展"


def test_undecided_names_go_by_what_they_stand_beside():
    assert words_to_script("发展规划", "tw") == "發展規劃"
    assert words_to_script("皇后里", "hant") == "皇后里"
    assert words_to_script("后门", "hant", like="这个") == "後門"
    assert words_to_script("发展", None) == "发展"


def test_runs_keep_their_marks_and_spans():
    runs = (
        Text(text="发展", marks=frozenset({Mark.STRONG}), span=Span(0, 2)),
        LineBreak(),
        Text(text="规划", span=Span(3, 5)),
    )
    found = to_script(Document(front=(Paragraph(inlines=runs),)), "tw").value.front[0].inlines
    assert [(i.text, i.marks, i.span) for i in found if isinstance(i, Text)] == [
        ("發展", frozenset({Mark.STRONG}), Span(0, 2)),
        ("規劃", frozenset(), Span(3, 5)),
    ]


def test_ambiguous_choices_are_listed_with_their_place():
    run = Text(text="他不干这个，发展经济。", span=Span(10, 21))
    found = to_script(Document(front=(Paragraph(inlines=(run,)),)), "tw").diagnostics
    choices = [d for d in found if d.code == "SC201"]
    assert [(d.span, d.hints) for d in choices] == [(Span(12, 13), ("乾", "干"))]
    assert "他不干这个" in choices[0].message.zh


def test_the_list_of_choices_has_an_end():
    han = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
    words = "这。" + "。".join(f"{a}干{b}" for a in han for b in han)
    found = to_script(document(words), "hant").diagnostics
    assert sum(d.code == "SC201" for d in found) == 100
    assert found[-1].code == "SC202"


@pytest.mark.parametrize(
    ("name", "content"),
    [("g.tsv", "# 名字\n范蠡\n信息\t資訊\n"), ("g.toml", 'protect = ["范蠡"]\n[force]\n"信息" = "資訊"\n')],
)
def test_a_glossary_protects_and_forces(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    glossary = read_glossary(path)
    found = to_script(document("范蠡发信息"), "hant", glossary).value
    assert plain(found.front[0].inlines) == "范蠡發資訊"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("g.tsv", "一\t二\t三", "Line 1"),
        ("g.tsv", "一\t二\n一\t三", "two things"),
        ("g.toml", "protect = 1", "list of words"),
        ("g.toml", "protect = [", "not valid TOML"),
        ("g.toml", 'protect = ["一"]\n[force]\n"一" = "二"', "two things"),
    ],
)
def test_a_bad_glossary_is_refused(tmp_path, name, content, says):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=says) as caught:
        read_glossary(path)
    assert caught.value.source == str(path)


def test_a_glossary_that_is_missing_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no such file"):
        read_glossary(tmp_path / "none.tsv")


@pytest.fixture
def without_fast_engine(monkeypatch):
    engine.cache_clear()
    monkeypatch.setitem(sys.modules, "opencc_pyo3", None)
    yield monkeypatch
    engine.cache_clear()


def test_the_other_engine_does_too(without_fast_engine):
    assert converted("这个问题关系到发展", "tw") == "這個問題關係到發展"
    assert converted("这里", "hk") == "這裏"


def test_what_no_engine_knows_is_said(without_fast_engine):
    without_fast_engine.setitem(sys.modules, "opencc", None)
    with pytest.raises(ResourceError, match="opencc-pyo3"):
        converted("这个", "tw")


def test_every_configuration_is_known():
    for script in TARGETS:
        assert to_script(document("发展"), script).value.language.startswith("zh")
