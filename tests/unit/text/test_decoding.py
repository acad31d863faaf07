import codecs
import random
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.diagnostics import Severity
from converter.errors import InputError, UsageError
from converter.repair.rules import repair
from converter.text.decoding import candidates, decode

SIMPLIFIED = "秋天到了，院子里的柿子一个个红了起来。祖母搬来竹梯，叫我扶稳，她要亲手把最高的那几个摘下来。"
TRADITIONAL = "秋天到了，院子裡的柿子一個個紅了起來。祖母搬來竹梯，叫我扶穩，她要親手把最高的那幾個摘下來。"
CLASSICAL = "先生曰：「學之道，貴乎有恆。朝而誦之，暮而思之，三年而後可與言矣。」"
CANTONESE = "佢哋喺度做咩嘢呀？我哋聽日先至嚟睇啲書，你話好唔好？"
TEXTS = (SIMPLIFIED, TRADITIONAL, CLASSICAL)


def original_bytes(source):
    return source.bom + source.undo().encode(source.encoding, "surrogateescape")


@pytest.mark.parametrize(
    "encoding", ["gbk", "gb18030", "big5", "cp950", "big5hkscs", "utf-8", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_encoding_is_found(text, encoding, line_end):
    text = f"{text}{line_end}{text}{line_end}"
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("these characters do not exist in this encoding")
    found = decode(data)
    assert found.value.text == text
    assert original_bytes(found.value) == data
    (report,) = found.diagnostics
    assert report.code == "DEC101"
    assert report.severity is Severity.INFO
    assert report.confidence > 0.99


@pytest.mark.parametrize("encoding", ["gbk", "big5"])
@pytest.mark.parametrize("length", [10, 14, 20, 30])
@pytest.mark.parametrize("text", TEXTS)
def test_ten_characters_are_enough(text, encoding, length):
    for start in range(len(text) - length):
        piece = text[start : start + length]
        try:
            data = piece.encode(encoding)
        except UnicodeEncodeError:
            continue
        assert decode(data).value.text == piece


@pytest.mark.parametrize(
    ("bom", "codec"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_decides_and_comes_back(bom, codec):
    data = bom + SIMPLIFIED.encode(codec)
    source = decode(data).value
    assert (source.original, source.encoding, source.bom) == (SIMPLIFIED, codec, bom)
    edited = source.edited([(0, 2, "春天")])
    assert edited.text.startswith("春天")
    assert original_bytes(edited) == data


def test_hong_kong_characters_are_read_as_big5_hkscs():
    data = CANTONESE.encode("big5hkscs")
    with pytest.raises(UnicodeDecodeError):
        data.decode("cp950")
    found = decode(data)
    assert (found.value.text, found.value.encoding) == (CANTONESE, "big5hkscs")
    assert "Big5-HKSCS" in found.diagnostics[0].message.en


def test_circled_numbers_and_kana_of_big5_are_those_that_people_wrote():
    text = "①本店概不賒欠。②日文「あいさつ」即問候之意。"
    data = text.encode("big5hkscs")
    assert data.decode("cp950") != text
    assert decode(data).value.text == text


def test_four_byte_codes_of_gb18030():
    text = "地名用字：𬇙水、䶮先生、㑇然。𠮷野家也在此处开了店。"
    assert len("𬇙".encode("gb18030")) == 4
    source = decode(text.encode("gb18030")).value
    assert (source.text, source.encoding) == (text, "gb18030")


def test_much_ascii_around_a_little_chinese():
    page = "<p>" + string.ascii_letters * 200 + "</p>\n"
    for text, encoding in (("欢迎光临本站首页", "gbk"), ("歡迎光臨本站首頁", "big5")):
        data = (page + text + page).encode(encoding)
        assert decode(data).value.text == page + text + page


def test_ascii_is_utf_8():
    assert decode(b"plain\n").value.encoding == "utf-8"
    assert decode("café".encode()).value.text == "café"


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("GBK", "gb18030"),
        ("gb2312", "gb18030"),
        ("GB 18030", "gb18030"),
        ("cp936", "gb18030"),
        ("Big5", "cp950"),
        ("cp950", "cp950"),
        ("big5-hkscs", "big5hkscs"),
        ("Big5_HKSCS", "big5hkscs"),
    ],
)
def test_a_name_overrides_the_guess(name, codec):
    data = TRADITIONAL.encode("gbk") if codec == "gb18030" else TRADITIONAL.encode("big5")
    found = decode(data, name)
    assert (found.value.text, found.value.encoding) == (TRADITIONAL, codec)


def test_a_name_is_obeyed_even_where_it_looks_wrong_and_says_so():
    found = decode(TRADITIONAL.encode("big5"), "gbk")
    assert found.value.text != TRADITIONAL
    assert found.diagnostics[0].severity is Severity.WARNING


def test_utf_16_by_name_needs_no_byte_order_mark():
    for codec in ("utf-16-le", "utf-16-be"):
        assert decode(SIMPLIFIED.encode(codec), "UTF-16").value.encoding == codec
    assert decode(codecs.BOM_UTF16_LE + "字".encode("utf-16-le"), "utf16").value.text == "字"


def test_an_unknown_name_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match="gb18030"):
        decode(b"a", "gb18003")


@pytest.mark.parametrize("data", [b"", b" \r\n\t", codecs.BOM_UTF8, "\u3000\n".encode("gbk")])
def test_an_empty_file_is_refused(data):
    with pytest.raises(InputError, match="empty"):
        decode(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04" + bytes(26) + b"word/document.xml", "DOCX"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip", "EPUB"),
        (b"PK\x03\x04" + bytes(26) + b"notes.txt", "ZIP"),
        (b"%PDF-1.7\n", "PDF"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
    ],
)
def test_other_files_are_named(data, kind):
    with pytest.raises(InputError, match=kind) as caught:
        decode(data)
    assert "不是纯文本" in caught.value.message.zh


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8"])
@pytest.mark.parametrize("bad", [b"\xff", b"\xff\x80\xfe"])
def test_a_few_broken_bytes_are_marked_and_named(encoding, bad):
    good = (TRADITIONAL * 20).encode(encoding)
    cut = len(TRADITIONAL.encode(encoding)) * 3
    data = good[:cut] + bad + good[cut:]
    found = decode(data)
    text, warning = found.value.text, found.diagnostics[1]
    assert text.startswith(TRADITIONAL * 3 + "\udcff")
    assert text.endswith(TRADITIONAL * 16)
    assert original_bytes(found.value) == data
    assert (warning.code, warning.severity) == ("DEC103", Severity.WARNING)
    assert f"offset {cut} (0x{cut:X})" in warning.message.en
    assert str(cut) in warning.message.zh
    assert warning.hints[0] == f"0x{cut:X}: FF"
    assert warning.span.start == len(TRADITIONAL) * 3
    assert found.then(repair).value.text.count("�") == len(warning.hints)


@pytest.mark.parametrize(("encoding", "lost"), [("utf-8", 1), ("gbk", 3)])
def test_a_file_cut_inside_a_character_is_read(encoding, lost):
    data = (SIMPLIFIED * 3).encode(encoding)[:-lost]
    found = decode(data)
    assert found.value.text.startswith(SIMPLIFIED * 2)
    assert original_bytes(found.value) == data
    assert found.diagnostics[1].code == "DEC103"


@pytest.mark.parametrize(("one", "other"), [("utf-8", "gbk"), ("gbk", "utf-8"), ("big5", "utf-8")])
def test_two_encodings_in_one_file_are_refused_at_the_seam(one, other):
    first = (TRADITIONAL * 30).encode(one)
    with pytest.raises(InputError) as caught:
        decode(first + b"\n" + (TRADITIONAL * 12).encode(other), one)
    offset = int(re.search(r"offset (\d+)", caught.value.message.en)[1])
    assert len(first) < offset < len(first) + 100


def test_text_before_binary_data_is_refused():
    noise = random.Random(3).randbytes(4000)  # noqa: S311 - not a secret
    with pytest.raises(InputError, match=r"(offset|byte) \d+ \(0x"):
        decode(SIMPLIFIED.encode() + noise)


def test_candidates_are_ranked_with_a_sample():
    gbk, *others = candidates(SIMPLIFIED.encode("gbk"))
    assert (gbk.encoding, gbk.sample, gbk.error) == ("GB18030", SIMPLIFIED, None)
    assert gbk.confidence > 0.99
    assert {c.encoding for c in others} > {"UTF-8"}
    assert all(c.confidence < 0.01 for c in others)
    (utf8,) = candidates(SIMPLIFIED.encode())
    assert (utf8.encoding, utf8.confidence) == ("UTF-8", 1.0)
    assert next(c for c in others if c.encoding == "UTF-8").error == 0


def test_bytes_that_do_not_fit_the_encoding_asked_for():
    with pytest.raises(InputError, match=r"offset 0 \(0x0\).*UTF-8.*Leave the encoding out"):
        decode(SIMPLIFIED.encode("gbk"), "utf-8")


def test_the_evidence_is_taken_from_the_whole_file():
    filler = "# header of ASCII only\n" * 20_000
    for text, encoding in ((SIMPLIFIED, "gbk"), (TRADITIONAL, "big5")):
        data = (filler + text * 200).encode(encoding)
        assert decode(data).value.text.endswith(text)


def test_characters_that_big5_has_twice_are_reported():
    data = TRADITIONAL.encode("big5") + b"\xa2\xcc"
    found = decode(data)
    assert found.value.text == TRADITIONAL + "十"
    assert [d.code for d in found.diagnostics] == ["DEC101", "DEC102"]


chinese = st.text(SIMPLIFIED + TRADITIONAL + "\r\n \t09az", min_size=1, max_size=60).filter(lambda t: not t.isspace())


@given(chinese, st.sampled_from(["gb18030", "big5", "big5-hkscs", "utf-8", "utf-16-le", "utf-16-be"]))
def test_undoing_gives_the_bytes_again(text, encoding):
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        return
    source = decode(data, encoding).value
    assert source.text == text
    changed = source.edited([(0, 1, "甲乙")])
    assert original_bytes(changed) == data


def test_shuffled_common_characters_are_still_found():
    # The order of characters plays no part: the evidence is their frequency.
    characters = list(SIMPLIFIED)
    random.Random(7).shuffle(characters)  # noqa: S311 - not a secret
    text = "".join(characters)
    assert decode(text.encode("gbk")).value.text == text
