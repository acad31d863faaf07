"""Compatibility characters (兼容字符): a second code for a character that has one.

- Kangxi radicals (康熙部首, U+2F00 to U+2FD5) and those of the CJK Radicals Supplement that are whole characters: PDF
  extraction returns them for 工, 人, 长, 风, because fonts share one glyph between both codes. They look right and are
  found by no search. What stands among Chinese characters is text; a list of radicals stays.
- Compatibility ideographs (U+F900 to U+FAD9, U+2F800 to U+2FA1D) that Unicode normalisation unifies (UAX #15; any
  program that applies NFC does so). The twelve in that range that are characters of their own have no decomposition.
- Private-use codes that the GB18030 decoders of before 2022 give for vertical punctuation and for eight components,
  which GB 18030-2022 moved into Unicode; and for A3A0, which GBK texts have for the wide space and browsers read so
  (WHATWG Encoding, gb18030).

Never NFKC: it would flatten the punctuation too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from converter.errors import Message
from converter.regex import compiled
from converter.repair.context import HAN
from converter.repair.finding import Finding
from converter.repair.signs import CODED, RADICALS, shows

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "ZH207"
NAME = Message("compatibility characters", "兼容字符")

# Damaged → repaired.
CASES = (
    ("全体职⼯和⼈民", "全体职工和人民"),
    ("⼯⼈\n全体职⼯", "工人\n全体职工"),
    ("⻓江⻛景，⺠生", "长江风景，民生"),
    ("⼀ ⼁ ⼂ ⼃", "⼀ ⼁ ⼂ ⼃"),
    ("\ufa0c\uf914\U0002f804", "兀樂你"),
    ("﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩", "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩"),
    ("\ue78d\ue796\ue81e", "︐︙龴"),
    ("\ue5e5\ue5e5第三章　打仗", "　　第三章　打仗"),
    ("项目\uf06c符号\ue000", "项目\uf06c符号\ue000"),
)

# Radicals of the supplement that are whole characters; Unicode decomposes only two of them.
_SUPPLEMENT = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "母民虎西见角贝车長长门青页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
# A3A0; GB 18030-2022, the codes that left the private-use area: A6D9–A6DF, A6EC, A6ED, A6F3; FE59, FE61, FE66, …
_PRIVATE_USE = dict(
    zip(
        "\ue5e5\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864",
        "\u3000\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb",
        strict=True,
    )
)
_KANGXI = {chr(code): normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_RADICALS = str.maketrans(_KANGXI | _SUPPLEMENT)

_RADICAL_CLASS = f"[⼀-⿕{''.join(_SUPPLEMENT)}]"
_CODED = compiled(f"[{CODED}]")
_RADICALS_RUN = compiled(f"[{RADICALS}][{RADICALS}]*")
_AMONG_CHINESE = compiled(f"{_RADICAL_CLASS}(?={HAN})|(?<={HAN}){_RADICAL_CLASS}")
_RADICAL_MESSAGE = Message("radical used as a character", "部首代替汉字")
_CODE_MESSAGE = Message("second code of a character", "字符的兼容编码")


def find(text: str) -> Iterator[Finding]:
    """Every compatibility character that stands for an ordinary one; of radicals, every run."""
    return iter(sorted((*_coded(text), *_radicals(text))))


def _coded(text: str) -> Iterator[Finding]:
    if not shows(text, _CODED):
        return
    for match in _CODED.finditer(text):
        ordinary = _PRIVATE_USE.get(match[0]) or normalize("NFC", match[0])
        if ordinary != match[0]:
            yield Finding(*match.span(), ordinary, _CODE_MESSAGE)


def _radicals(text: str) -> Iterator[Finding]:
    if not shows(text, _RADICALS_RUN):
        return
    runs = [match.span() for match in _RADICALS_RUN.finditer(text)]
    # Radicals that follow one another are a word if the text uses radicals as characters at all.
    in_use = bool(runs) and _AMONG_CHINESE.search(text) is not None
    for start, end in runs:
        run = text[start:end]
        among_chinese = _AMONG_CHINESE.match(text, start) or _AMONG_CHINESE.match(text, end - 1)
        replacement = run.translate(_RADICALS)
        if replacement != run and (among_chinese or (in_use and end - start > 1)):
            yield Finding(start, end, replacement, _RADICAL_MESSAGE)
