"""Automatic numbers of Word as the words that people see: 第三章, （二）, 1.2 (ECMA-376 §17.9)."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from converter.readers.docx.package import W
from converter.records import dataclass
from converter.text.numerals import DIGITS, counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element as Element

_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_FORMAL_HANT = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def _letters(number: int) -> str:
    # Word goes on with aa, bb, cc (§17.18.59).
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 26 * 20 else str(number)


def _roman(number: int) -> str:
    words = ""
    for value, letters in _ROMAN:
        words += letters * (number // value)
        number %= value
    return words


def _circled(number: int) -> str:
    return chr(0x245F + number) if 1 <= number <= 20 else str(number)


def _each_digit(number: int, digits: str) -> str:
    return "".join(digits[int(digit)] for digit in str(number))


# ST_NumberFormat (§17.18.59), those that Chinese and Latin documents have; any other counts in decimals.
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02}",
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda n: _roman(n).upper() if n < 4000 else str(n),
    "lowerRoman": lambda n: _roman(n) if n < 4000 else str(n),
    "chineseCounting": counted,
    "chineseCountingThousand": counted,
    "japaneseCounting": counted,
    "taiwaneseCounting": counted,
    "taiwaneseCountingThousand": counted,
    "ideographDigital": lambda n: _each_digit(n, DIGITS),
    "japaneseDigitalTenThousand": lambda n: _each_digit(n, DIGITS),
    "taiwaneseDigital": lambda n: _each_digit(n, DIGITS),
    "chineseLegalSimplified": lambda n: counted(n, _FORMAL, ("", "拾", "佰", "仟")),
    "ideographLegalTraditional": lambda n: counted(n, _FORMAL_HANT, ("", "拾", "佰", "仟")),
    "ideographTraditional": lambda n: _STEMS[n - 1] if 1 <= n <= 10 else str(n),
    "ideographZodiac": lambda n: _BRANCHES[n - 1] if 1 <= n <= 12 else str(n),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "ideographEnclosedCircle": lambda n: chr(0x327F + n) if 1 <= n <= 10 else str(n),
    "decimalEnclosedFullstop": lambda n: chr(0x2487 + n) if 1 <= n <= 20 else f"{n}.",
    "decimalEnclosedParen": lambda n: chr(0x2473 + n) if 1 <= n <= 20 else f"({n})",
    "decimalFullWidth": lambda n: str(n).translate({48 + d: 0xFF10 + d for d in range(10)}),
    "decimalHalfWidth": str,
    "numberInDash": lambda n: f"- {n} -",
    "none": lambda _: "",
}


@dataclass(slots=True)
class _Level:
    form: str = "decimal"
    pattern: str = ""
    start: int = 1
    legal: bool = False


@dataclass(slots=True)
class Numbering:
    """The numberings of a document, and how far each has counted."""

    root: Element | None
    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _lists: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.root is None:
            return
        for abstract in self.root.iterfind(W + "abstractNum"):
            levels = {_integer(e.get(W + "ilvl"), 0): _level(e) for e in abstract.iterfind(W + "lvl")}
            self._levels[abstract.get(W + "abstractNumId", "")] = levels
        for number in self.root.iterfind(W + "num"):
            abstract_id = number.find(W + "abstractNumId")
            name = abstract_id.get(W + "val", "") if abstract_id is not None else ""
            key = number.get(W + "numId", "")
            changed = {}
            for override in number.iterfind(W + "lvlOverride"):
                level = _integer(override.get(W + "ilvl"), 0)
                own, start = override.find(W + "lvl"), override.find(W + "startOverride")
                base = self._levels.get(name, {}).get(level, _Level())
                made = _level(own) if own is not None else _Level(base.form, base.pattern, base.start, base.legal)
                if start is not None:
                    made.start = _integer(start.get(W + "val"), made.start)
                changed[level] = made
            # A number with levels of its own counts by itself; others of the same kind go on with one another.
            self._lists[key] = f"num {key}" if changed else name
            if changed:
                self._levels[f"num {key}"] = {**self._levels.get(name, {}), **changed}

    def is_bullet(self, number: str, level: int) -> bool:
        """Whether paragraphs of this numbering and level have bullets."""
        known = self._levels.get(self._lists.get(number, ""), {}).get(level)
        return known is not None and known.form == "bullet"

    def next(self, number: str, level: int) -> str:
        """What the number of the next such paragraph says; empty if there is no such numbering."""
        name = self._lists.get(number, "")
        levels = self._levels.get(name)
        if not levels or level not in levels:
            return ""
        known = levels[level]
        counters = self._counters.setdefault(name, {})
        counters[level] = counters.get(level, known.start - 1) + 1
        for deeper in [other for other in counters if other > level]:
            del counters[deeper]

        def value(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            shown = levels.get(at, _Level())
            count = counters.get(at, shown.start)
            form = "decimal" if known.legal else shown.form
            return _FORMATS.get(form, str)(count)

        return re.sub(r"%([1-9])", value, known.pattern)


def _level(element: Element) -> _Level:
    def said(name: str) -> str | None:
        found = element.find(W + name)
        return found.get(W + "val") if found is not None else None

    return _Level(
        said("numFmt") or "decimal",
        said("lvlText") or "",
        _integer(said("start"), 1),
        element.find(W + "isLgl") is not None,
    )


def _integer(written: str | None, otherwise: int) -> int:
    return int(written) if written and re.fullmatch(r"-?\d{1,9}", written) else otherwise
