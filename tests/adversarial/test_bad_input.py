"""Input made to break the decoding and the first repairs: giants, and bytes that are nothing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from converter.errors import ConverterError, InputError
from converter.repair import control_characters
from converter.repair.rules import repair
from converter.source import SourceText
from converter.text.decoding import decode
from converter.text.likelihood import likelihood

MANY = 100_000
TEN_MEGABYTES = 10_000_000


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16-le"])
def test_one_line_of_ten_megabytes(encoding):
    line = "天地玄黃宇宙洪荒日月盈昃辰宿列張"
    data = line.encode(encoding) * (TEN_MEGABYTES // len(line.encode(encoding)))
    found = decode(data).then(repair)
    assert found.value.undo().encode(found.value.encoding) == data
    assert len(found.diagnostics) == 1


def test_a_file_of_nuls_is_refused():
    with pytest.raises(InputError, match=r"byte 0 \(0x0\)"):
        decode(bytes(MANY))


def test_the_text_that_is_judged_has_a_ceiling(monkeypatch):
    judged = []
    monkeypatch.setattr(
        "converter.text.trial_readings.likelihood", lambda text: judged.append(len(text)) or likelihood(text)
    )
    for encoding in ("gb18030", "utf-8"):
        decode(("年年歲歲花相似，" * (TEN_MEGABYTES // 16)).encode(encoding))
    assert max(judged) <= 1 << 17
    assert len(judged) <= 6


def test_a_run_of_control_characters_is_one_finding():
    found = repair(SourceText("前" + "\0" * MANY + "后"))
    assert found.value.text == "前后"
    assert len(found.diagnostics) == 1


def test_as_many_runs_of_control_characters_as_characters():
    original = "字\f\0" * MANY
    source = SourceText(original)
    findings = list(control_characters.find(original))
    assert len(findings) == MANY
    repaired = source.edited(finding[:3] for finding in findings)
    assert repaired.text == "\n".join("字" * MANY)
    assert repaired.undo() == original


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "gbk", "big5", "big5-hkscs", "utf-16", "no such name"]))
@example(b"\xef\xbb\xbf\xff", None)
@example(b"\xff\xfe\x00", None)
@example(b"\x88", "big5-hkscs")
@example(b"\x00", None)
def test_random_bytes_raise_nothing_but_our_own_errors(data, encoding):
    try:
        found = decode(data, encoding)
    except ConverterError as error:
        message = error.message
    else:
        message = found.diagnostics[0].message
        source = found.value
        codes = [d.code for d in found.diagnostics]
        assert codes[0] == "DEC101"
        assert source.bom + source.original.encode(source.encoding, "surrogateescape") == data or "DEC102" in codes
    assert message.en
    assert message.zh
    assert "\n" not in message.en + message.zh
