import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.repair import byte_slips
from converter.repair.rules import CERTAIN
from converter.source import SourceText

# Each line has a place where a second and a first byte look like 。！；？.
SENTENCES = (
    "我们要确保“两新”组织的党建工作抓得实。",
    "各单位要参加庆祝活动。各县要确保完成任务。",
    "學校、企業和機關都要參加環保“兩新”行動。",
    "他努力工作。“这样很好。”大家都这样说。",
    "二要有黨費返還。縣級部門要確保經費到位。",
    "黨組織提供活動陣地。活動經費由黨費劃撥。",
)
HALF = str.maketrans("，；：？！（）", ",;:?!()")
CUT = re.compile(b"(\xa1\xa3|\xa3\xa1|\xa3\xbb|\xa3\xbf)")


def decoded(data):
    """Bytes read as GBK, a lone first byte as a question mark."""
    text, at = "", 0
    while at < len(data):
        pair = data[at : at + 2]
        if pair[0] < 0x80:
            text, at = text + chr(pair[0]), at + 1
        elif len(pair) == 2 and pair[1] >= 0x40 and pair[1] not in {0x7F, 0xFF}:
            text, at = text + pair.decode("gb18030"), at + 2
        else:
            text, at = text + ("€" if pair[0] == 0x80 else "?"), at + 1
    return text


def damaged(line):
    return "".join(map(decoded, CUT.split(line.encode("gbk"))))


def repaired(text, least=CERTAIN):
    return SourceText(text).edited(f[:3] for f in byte_slips.find(text) if f.confidence >= least).text


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6, unique=True), st.booleans(), st.booleans())
def test_a_slip_is_put_right_or_left_as_it_is(lines, half, crlf):
    end = "\r\n" if crlf else "\n"
    context = end.join(SENTENCES) + end
    text = end.join(map(damaged, lines))
    wanted = end.join(lines)
    if half:
        text = text.translate(HALF)
    result = repaired(context + text).translate(HALF).split(end)
    for line, right, wrong in zip(result[len(SENTENCES) :], wanted.split(end), text.split(end), strict=True):
        assert line in {right.translate(HALF), wrong.translate(HALF)} or "?" in line


@pytest.mark.parametrize("line", [s for s in SENTENCES if damaged(s) != s])
@pytest.mark.parametrize("half", [False, True])
def test_with_a_text_that_knows_the_words_every_slip_is_put_right(line, half):
    text = damaged(line).translate(HALF) if half else damaged(line)
    assert text != line
    result = repaired("\n".join(SENTENCES) * 3 + "\n" + text).rpartition("\n")[2]
    assert result.translate(HALF) == line.translate(HALF)


@settings(deadline=None)
@given(st.text(st.sampled_from("什么真的吗他说?!;,。！？；hi1 \n“”"), max_size=60))
def test_what_a_person_may_write_stays(text):
    assert repaired(text) == text


@pytest.mark.parametrize(
    "text",
    ["汉?!" * 100_000, "?" * 200_000, "汉" * 1_000_000 + "?!", "?!皟尚隆苯M織" * 300, "牥" * 100_000],
    ids=["marks", "question marks", "long line", "slips", "rare characters"],
)
def test_time_grows_with_the_text_alone(text):
    start = time.perf_counter()
    list(byte_slips.find(text))
    assert time.perf_counter() - start < 20


def test_a_doubtful_reading_is_reported_and_not_applied():
    text = "舉行多種形式的慶?;顒?。"
    (finding,) = byte_slips.find(text)
    assert finding.confidence < CERTAIN
    assert repaired(text) == text
