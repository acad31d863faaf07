import pytest

from converter.errors import UsageError
from converter.model import Document, Heading, Metadata, Paragraph, Section, heading_text, plain, text
from converter.transforms.script import to_script


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
