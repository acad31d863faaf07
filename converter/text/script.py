"""Which script a Chinese text is written in: Simplified or Traditional, and with whose forms."""

from __future__ import annotations

import functools
from collections import Counter
from enum import StrEnum

from converter.records import NamedTuple
from converter.text.variants import telling_characters


class Script(StrEnum):
    """A Chinese script, and where it has them, its regional forms."""

    HANS = "hans"
    """Simplified (简体)."""
    HANT = "hant"
    """Traditional (繁體), no region's forms in particular."""
    TW = "tw"
    """Traditional as in Taiwan."""
    HK = "hk"
    """Traditional as in Hong Kong."""

    @property
    def language(self) -> str:
        """The BCP 47 language tag of Chinese in this script."""
        return {"hans": "zh-Hans", "hant": "zh-Hant", "tw": "zh-Hant-TW", "hk": "zh-Hant-HK"}[self.value]


# These are said to belong to one script and are met in texts of the other: 乾隆 藉口 特徵 答覆 伙夥, 雇 虱.
_TELL_NOTHING = frozenset("乾藉徵覆夥釐硃祇雇虱苧并异")

# The same characters as Taiwan and as Hong Kong write them (教育部標準字體; 常用字字形表).
_TAIWAN = "裡說麵衛線稅脫悅銳溫啟群床峰"
_HONG_KONG = "裏説麪衞綫税脱悦鋭温啓羣牀峯"


class ScriptCount(NamedTuple):
    """How many characters of a text exist in one script only."""

    simplified: int
    traditional: int

    @property
    def script(self) -> Script | None:
        """The script of the most; None where there are none, or as many."""
        if self.simplified == self.traditional:
            return None
        return Script.HANS if self.simplified > self.traditional else Script.HANT

    @property
    def mixed(self) -> bool:
        """Whether there are characters of both."""
        return bool(self.simplified and self.traditional)


def count_scripts(text: str) -> ScriptCount:
    """How many characters are written in Simplified text only, and how many in Traditional text only."""
    only_simplified, only_traditional = _telling()
    counted = Counter(text)
    return ScriptCount(
        sum(counted[char] for char in counted if char in only_simplified),
        sum(counted[char] for char in counted if char in only_traditional),
    )


@functools.cache
def _telling() -> tuple[frozenset[str], frozenset[str]]:
    simplified, traditional = telling_characters()
    return simplified - _TELL_NOTHING, traditional - _TELL_NOTHING


def script_of(text: str) -> Script | None:
    """`Script.HANS` or `Script.HANT`, by the characters that exist in one of them only; None where none or as many do.
    Of a long text, stretches from all over it are looked at.

    >>> script_of("這個問題"), script_of("这个问题"), script_of("人口")
    (<Script.HANT: 'hant'>, <Script.HANS: 'hans'>, None)
    """
    return count_scripts(_sample(text)).script


_WHOLE = 100_000
"""Characters up to which a text is looked at as a whole."""
_STRETCHES, _STRETCH = 100, 200
"""Of a longer one, in which thousands of characters tell, so many stretches of so many characters."""


def _sample(text: str) -> str:
    """The text, or of a long one stretches from all over it: its script shows in these as well."""
    if len(text) <= _WHOLE:
        return text
    return "".join([text[at : at + _STRETCH] for at in range(0, len(text), len(text) // _STRETCHES)])


def region_of(text: str) -> Script | None:
    """`Script.TW` or `Script.HK`, by the regional forms in a Traditional text; None where they do not say.

    >>> region_of("他說這裡"), region_of("他説這裏"), region_of("發展")
    (<Script.TW: 'tw'>, <Script.HK: 'hk'>, None)
    """
    counted = Counter(text)
    taiwan, hong_kong = sum(counted[c] for c in _TAIWAN), sum(counted[c] for c in _HONG_KONG)
    if taiwan == hong_kong:
        return None
    return Script.TW if taiwan > hong_kong else Script.HK
