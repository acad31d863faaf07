"""Chinese numerals to numbers, and back."""

from __future__ import annotations

COUNTING = "〇零一二两三四五六七八九十百千兩"
"""The characters that an ordinal in a heading is written with."""
DIGITS = "〇一二三四五六七八九"
"""Nought to nine."""
_FORMS = ("〇零", "一壹", "二两兩贰貳", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
_DIGITS = {c: n for n, forms in enumerate(_FORMS) for c in forms}
_UNITS = {"十": 10, "拾": 10, "百": 100, "千": 1000}


def number(numeral: str) -> int | None:
    """The value of a numeral in Chinese, Arabic or full-width digits, up to 9999; None for what is none.

    >>> number("十二"), number("一百零五"), number("二〇一〇"), number("１２"), number("百姓")
    (12, 105, 2010, 12, None)
    """
    if not numeral:
        return None
    if all(c.isdecimal() for c in numeral):
        return int(numeral)
    if all(c in _DIGITS for c in numeral):
        return int("".join(str(_DIGITS[c]) for c in numeral))
    total, digit = 0, None
    for char in numeral:
        if char in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[char]
            digit = None
        elif char in _DIGITS:
            digit = _DIGITS[char] or None
        else:
            return None
    return total + (digit or 0)


def counted(number: int, digits: str = DIGITS, units: tuple[str, ...] = ("", "十", "百", "千")) -> str:
    """A number below ten thousand as it is counted: 12 is 十二, 105 一百零五.

    >>> counted(12), counted(105), counted(10, "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"))
    ('十二', '一百零五', '壹拾')
    """
    if not 0 < number < 10_000:
        return str(number)
    words = ""
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += digits[digit] + units[place]
        elif words and number % 10**place and not words.endswith("零"):
            words += "零"
    return words[1:] if digits is DIGITS and 10 <= number < 20 else words
