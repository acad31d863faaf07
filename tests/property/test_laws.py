"""The laws of the project, tried on texts that nobody chose."""

from pathlib import Path

import pytest
from contract.readback import words_of
from contract.test_writers import WORDS_ONLY, without_marks, words_of_model
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.errors import ConverterError
from converter.inspection import recognised
from converter.model import HeadingKind
from converter.native import from_json, to_json
from converter.pipeline import read, write
from converter.repair.rules import repair
from converter.source import SourceText

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
PIECES = [
    "一、", "（一）", "(二)", "1、", "2.", "（1）", "第一章 ", "第二篇：", "同志们：", "谢谢大家！", "2012年7月11日", "刘勇",
    "总体要求", "坚持学习制度。", "進一步完善,", "“引號”", "……", "——", "《党章》", "ABC 123", "3.5%", "https://a.cn/b?c=1",
    "創(chuàng)新", "確?!皟尚隆苯M織", "設臵", "首页 > 正文", "浙ICP备:05077413号", "- 3 -", "\u3000\u3000", " ", "\u200b", "\0", "\x0c", "𠮷", "〇",
]  # fmt: skip
LINE = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=8).map("".join)
TEXT = st.lists(LINE, max_size=12).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n", "\n\n"]).map(lambda end: end.join(lines))
)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"])


def squashed(text):
    return "".join(text.split()).replace("\u200b", "").replace("\ufeff", "")


def original_bytes(source):
    return source.bom + source.undo().encode(source.encoding, "surrogateescape")


@given(TEXT, ENCODINGS)
@settings(deadline=None)
def test_everything_can_be_undone(text, encoding):
    try:
        data = text.encode(encoding)
        document = read(data, encoding=encoding.removesuffix("-sig")).value
    except (UnicodeEncodeError, ConverterError):
        return
    assert document.source.undo() == document.source.original
    assert original_bytes(document.source) == data


@given(TEXT)
@settings(deadline=None)
def test_nothing_is_lost(text):
    """Every character of the repaired text is shown, or was taken out on the record."""
    try:
        result = read(text.encode("utf-8", "ignore"), encoding="utf-8")
    except ConverterError:
        return
    document = result.value
    separators = sum(f.type == "separator" for f in recognised(document))
    shown = squashed(document.metadata.title + "".join(f.text for f in recognised(document)))
    assert separators or sorted(shown) == sorted(squashed(document.source.text))


@given(st.text(max_size=40) | TEXT)
@settings(deadline=None)
def test_repair_is_idempotent(text):
    once = repair(SourceText(text)).value.text
    assert repair(SourceText(once)).value.text == once


@given(st.binary(max_size=60) | TEXT.map(lambda t: t.encode("utf-8", "ignore")))
@settings(deadline=None)
def test_reading_fails_with_a_clear_sentence_or_not_at_all(data):
    failure = None
    try:
        read(data)
    except ConverterError as error:
        failure = error
    if failure:
        assert failure.message.en.endswith((".", "?", "!"))
        assert failure.message.zh


@given(TEXT)
@settings(deadline=None, max_examples=40)
@pytest.mark.parametrize("name", ["docx", "epub", "html", "md", "txt", "json"])
def test_all_formats_say_the_same(name, text):
    try:
        document = read(text.encode("utf-8", "ignore"), encoding="utf-8").value
    except ConverterError:
        return
    if any(f.type == "separator" for f in recognised(document)) or "*" in text or "#" in text or "＊" in text:
        return
    data = write(document, name, options=WORDS_ONLY.get(name)).value
    assert without_marks(words_of(name, data)) == without_marks(words_of_model(document))


@given(TEXT)
@settings(deadline=None)
def test_the_model_survives_its_json(text):
    try:
        document = read(text.encode("utf-8", "ignore"), encoding="utf-8").value
    except ConverterError:
        return
    assert from_json(to_json(document)) == document


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem[:3])
def test_the_seeds_are_undone_exactly(path):
    document = read(path).value
    assert original_bytes(document.source) == path.read_bytes()


def test_the_seeds_keep_their_headings():
    kinds = {path.stem[:3]: read(path).value.sections[0].heading.kind for path in SEEDS}
    assert kinds == dict.fromkeys(("000", "001", "002", "004"), HeadingKind.COUNT) | {"003": HeadingKind.PART}
