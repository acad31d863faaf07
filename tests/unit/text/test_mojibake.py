import re
from pathlib import Path

import pytest

from converter.repair import lost_characters, wrong_decoding
from converter.repair.rules import repair
from converter.source import SourceText
from converter.text.mojibake import wrong_way

SEEDS = [p.read_text(encoding="utf-8") for p in sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))]
TRADITIONAL = "秋天到了，院子裡的柿子一個個紅了起來。\n祖母搬來竹梯，叫我扶穩，她要親手把最高的那幾個摘下來。\n" * 3


def windows(data):
    """Bytes as Windows-1252 has them; what it lacks becomes a C1 control, as in browsers."""
    return "".join(chr(b) if b in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else bytes([b]).decode("cp1252") for b in data)


LATIN = {
    "UTF-8 as Latin-1": lambda t: t.encode().decode("latin-1"),
    "UTF-8 as Windows-1252": lambda t: windows(t.encode()),
    "GBK as Latin-1": lambda t: t.encode("gb18030").decode("latin-1"),
    "GBK as Windows-1252": lambda t: windows(t.encode("gb18030")),
    "UTF-8 as Latin-1, twice": lambda t: t.encode().decode("latin-1").encode().decode("latin-1"),
    "UTF-8 as Windows-1252, twice": lambda t: windows(windows(t.encode()).encode()),
    "GBK as Latin-1 as GBK": lambda t: t.encode("gb18030").decode("latin-1").encode().decode("gb18030"),
}
WITH_LOSSES = {
    "UTF-8 as GBK": lambda t: t.encode().decode("gbk", "replace"),
    "UTF-8 as GB18030": lambda t: t.encode().decode("gb18030", "replace"),
    "UTF-8 as GBK, question marks": lambda t: t.encode().decode("gbk", "replace").replace("�", "?"),
    "UTF-8 as Windows has GBK": lambda t: re.sub(
        "[\udc80-\udcff]", "?", t.encode().decode("gb18030", "surrogateescape").replace("\udc80", "€")
    ),
}


def undone(text):
    return (
        SourceText(text).edited(finding[:3] for finding in wrong_decoding.find(text) if finding.confidence >= 0.9).text
    )


@pytest.mark.parametrize("way", LATIN)
@pytest.mark.parametrize("text", [*SEEDS, TRADITIONAL], ids=lambda t: t[:6].strip())
def test_what_lost_nothing_comes_back_exactly(way, text):
    assert undone(LATIN[way](text)) == text


@pytest.mark.parametrize(("meant", "read"), [("big5", "gb18030"), ("big5", "latin-1"), ("gbk", "cp950")])
def test_big5_and_gbk_in_each_others_place(meant, read):
    lines = [line for line in (TRADITIONAL + "".join(SEEDS)).splitlines() if line]
    good = []
    for line in lines:
        try:
            line.encode(meant).decode(read)
        except UnicodeError:
            continue
        good.append(line)
    text = "\n".join(good[:40])
    assert len(good) > 3
    assert undone(text.encode(meant).decode(read)) == text


@pytest.mark.parametrize("way", WITH_LOSSES)
@pytest.mark.parametrize("text", SEEDS, ids=lambda t: t[:6].strip())
def test_where_bytes_were_lost_the_rest_comes_back_and_the_loss_is_marked(way, text):
    damaged = WITH_LOSSES[way](text)
    findings = list(wrong_decoding.find(damaged))
    originals, found = text.splitlines(), undone(damaged).splitlines()
    assert len(found) == len(originals)
    left = {line for f in findings if f.confidence < 0.9 for line in [f.replacement]}
    right = 0
    for original, line in zip(originals, found, strict=True):
        if line in left:
            continue
        pattern = ".{0,12}".join(map(re.escape, re.split("�", line)))
        assert re.fullmatch(pattern, original), (original, line)
        right += 1
    assert right > 0.8 * len(originals)


@pytest.mark.parametrize("text", [*SEEDS, TRADITIONAL])
def test_right_text_is_left_alone(text):
    assert wrong_way(text) == ()
    assert list(lost_characters.find(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Le cœur déçu mais l'âme plutôt naïve, Louÿs rêva de crapaüter en canoë au delà des îles.",
        "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich.",
        "いろはにほへと　ちりぬるを　わかよたれそ　つねならむ",
        "다람쥐 헌 쳇바퀴에 타고파",
        "Съешь ещё этих мягких французских булок, да выпей чаю.",
        "齉龘靐齾爩鱻麤龗灪厵爨癵驫麣纞虋讟钃鸜麷",
        "€ 100, £ 20, ½ ¼ × ÷ ± °C",
        "",
        "plain",
    ],
)
def test_other_languages_and_rare_characters_are_no_damage(text):
    assert wrong_way(text) == ()


def test_a_clean_line_in_a_damaged_text_stays_and_is_reported():
    damaged = TRADITIONAL.encode().decode("latin-1") + "附記\n"
    result = repair(SourceText(damaged))
    assert result.value.text == TRADITIONAL + "附記\n"
    assert result.value.undo() == damaged
    assert [d.applied for d in result.diagnostics if d.code == "ZH010"][-1] is False


def test_lost_characters_are_reported_and_kept():
    text = "改革锟斤拷锟斤拷放，��内存烫烫烫烫烫。"
    found = repair(SourceText(text))
    assert found.value.text == text
    assert [(d.code, d.span) for d in found.diagnostics] == [
        ("ZH011", (2, 8)),
        ("ZH011", (10, 12)),
        ("ZH011", (14, 19)),
    ]


def test_the_list_of_lost_characters_has_an_end():
    assert len(list(lost_characters.find("字�" * 100_000))) == 100
