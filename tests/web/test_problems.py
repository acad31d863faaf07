from __future__ import annotations

import re

import pytest

import converter
from converter.errors import ConverterError, InputError
from converter.web.languages import negotiate, traditional
from converter.web.problems import ERRORS, KINDS, error_problem, kind_of
from converter.web.words import _TABLE, LANGUAGES


def everyone(kind=ConverterError):
    yield kind
    for sub in kind.__subclasses__():
        yield from everyone(sub)


def test_every_error_has_a_kind_of_problem():
    assert converter  # all of the tree is in converter.errors
    assert {e for e in everyone() if e.__module__ == "converter.errors"} == set(ERRORS)
    for error in everyone():
        assert kind_of(error("It broke.", "坏了。")) in KINDS


def test_a_subclass_is_what_its_base_is():
    class TornError(InputError):
        pass

    assert error_problem(TornError("Torn.", "破损。", source="a.txt")) == {
        "type": "/problems/unreadable-input",
        "title": "A file cannot be read",
        "title_zh": "文件无法读取",
        "status": 422,
        "detail": "Torn.",
        "detail_zh": "破损。",
        "source": "a.txt",
    }


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("zh-TW,zh;q=0.9", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-CN", "zh-Hant"),
        ("en;q=0.5, zh;q=0.8", "zh-Hans"),
        ("fr,en;q=0.3,zh;q=0.2", "en"),
        ("zh;q=0, en", "en"),
        ("zh;q=nonsense, de", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_the_page(accept, wanted):
    assert negotiate(accept) == wanted


@pytest.mark.parametrize(
    ("simplified", "said"),
    [
        ("据字符读作 UTF-8。", "據字元讀作 UTF-8。"),
        ("“三、发展”之前缺 1 个序号，前一个是第 1。", "「三、发展」之前缺 1 個序號，前一個是第 1。"),
        ("“”改为“里”", "「」改為「里」"),
        ("断开的句子已连接，请另选来源文件夹，规则代码见文本", "斷開的句子已連接，請另選來源資料夾，規則代碼見文字"),
    ],
)
def test_what_we_say_is_in_traditional_characters_and_what_we_quote_is_not_touched(simplified, said):
    assert traditional(simplified) == said


@pytest.mark.parametrize("key", _TABLE)
def test_every_phrase_is_there_in_every_language_with_the_same_blanks(key):
    phrases = _TABLE[key]
    assert len(phrases) == len(LANGUAGES)
    assert all(phrases)
    assert len({frozenset(re.findall(r"{\w+}", phrase)) for phrase in phrases}) == 1
