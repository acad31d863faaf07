"""Days that head what happened on them: 四月三日　晴 in a diary, 1月16日（星期二） in a programme."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from converter.structure.patterns import both_scripts
from converter.structure.reasons import Rule
from converter.text.numerals import COUNTING

if TYPE_CHECKING:
    from converter.structure.reading import Reading

_LONGEST, _FEWEST = 28, 3
_WEEKDAY = r"[（(]?(?:星期|周|礼拜)[一二三四五六日天][）)]?"
_SKY = r"(?:天气)?[：:]?[^。！？：:；]{0,6}?(?:晴|阴|雨|雪|多云|雾|大风|霾)[^。！？：:；]{0,8}"
_DAY = both_scripts(
    rf"(?:[0-9〇○{COUNTING}]{{4}}年\s?)?(?:[0-9]{{1,2}}|[{COUNTING}正冬腊]{{1,3}})月(?:[0-9]{{1,2}}|[{COUNTING}初廿]{{1,3}})[日号]?"
    rf"(?:[\s，,]*{_WEEKDAY}(?:[\s，,]+{_SKY})?|[\s，,]+{_SKY}(?:[\s，,]+{_WEEKDAY})?)"
)


def find_days(reading: Reading) -> None:
    """Lines that are a day with its weekday or its weather, and nothing else; three at least, each once and with other
    lines below it.
    """
    found = [i for i in reading.short(_LONGEST) if reading.free(i) and _DAY.fullmatch(reading.text(i))]
    apart = all(below > above + 1 for above, below in pairwise((*found, len(reading))))
    if len(found) >= _FEWEST and apart and len({reading.text(index) for index in found}) == len(found):
        for index in found:
            reading.head(index, Rule.DAY)
