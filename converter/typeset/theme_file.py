"""Themes as TOML: what `converter theme show` prints, and what a user's own theme is read from.

A file need only say what differs: `base` names the theme that the rest is taken from. The keys are the fields of
`typeset.theme.Theme`; lengths are points, or text with a unit as in "28mm"; a size may be a 字号 as in "三号".
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from enum import Enum
from typing import TYPE_CHECKING, Any

from converter.errors import InputError, UsageError, reason_of, toml_reason
from converter.model import Role
from converter.regex import compiled
from converter.typeset.theme import Face
from converter.typeset.themes import THEMES, find_theme
from converter.units import SIZES, Em, Pt, mm

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from converter.typeset.theme import Style, Theme

_HEAD = """\
# 版式 A theme of converter. Give it with --theme FILE; what is left out is as in `base`.
# Lengths are points; "28mm" and "三号" are understood. Indents are ems (字).
# false stands for what the theme does without.
# face: song, xiaobiaosong, hei, kai, fangsong. align: justify, left, center, right.
"""
_LENGTH = compiled(r"(-?[0-9]+(?:\.[0-9]+)?)\s*(mm|cm|pt|in)")
_UNITS: dict[str, Callable[[float], float]] = {
    "mm": mm,
    "cm": lambda value: mm(10 * value),
    "pt": float,
    "in": lambda value: 72 * value,
}
_LEAST_MEASURE = 4
"""Ems: in a narrower type area no line can be broken by the rules."""


def theme_to_toml(theme: Theme) -> str:
    """The whole theme as TOML; `theme_from_toml` gives an equal one back."""
    plain: list[str] = []
    tables: list[str] = []
    for field in dataclasses.fields(theme):
        value = getattr(theme, field.name)
        if isinstance(value, bytes):
            continue  # a file that was given beside the theme
        if value is None:
            plain.append(f"{field.name} = false")
        elif field.name == "headings":
            for style in value:
                tables += ["", "[[headings]]", *_entries(style)]
        elif field.name == "roles":
            for role, style in value:
                tables += ["", f"[roles.{role.value}]", *_entries(style)]
        elif field.name == "fonts":
            tables += ["", "[fonts]", *(f"{face.value} = {_written('', path)}" for face, path in value)]
        elif dataclasses.is_dataclass(value):
            tables += ["", f"[{field.name}]", *_entries(value)]
        else:
            plain.append(f"{field.name} = {_written(field.name, value)}")
    return "\n".join([_HEAD + f'base = "{_nearest(theme)}"', *plain, *tables, ""])


def _nearest(theme: Theme) -> str:
    return theme.name if theme.name in THEMES else "article"


def _entries(value: Any) -> list[str]:
    fields = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
    return [f"{name} = {_written(name, item)}" for name, item in fields]


def _written(name: str, value: Any) -> str:
    """A value in TOML."""
    match value:
        case bool():
            return str(value).lower()
        case Enum():
            return f'"{value.value}"'
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case tuple():
            return "[" + ", ".join(map(str, value)) + "]"
        case _:
            return _written_length(name, value)


def _written_length(name: str, value: float) -> str:
    """A length in the unit in which it is round."""
    if name == "size" and (known := [name for name, points in SIZES.items() if points == value]):
        return f'"{known[0]}"'
    millimetres = round(value / mm(1), 2)
    if not float(value).is_integer() and mm(millimetres) == value:
        return f'"{millimetres:g}mm"'
    return f"{value:g}" if float(f"{value:g}") == value else repr(float(value))


def read_theme(path: Path) -> Theme:
    """The theme in a file; fonts that it names lie beside it, if it says no other place.

    Raises InputError for a file that cannot be read, UsageError for what it says wrongly.
    """
    try:
        theme = theme_from_toml(path.read_text(encoding="utf-8"))
    except OSError as error:
        en, zh = reason_of(error)
        raise InputError(f"The theme {path} cannot be read: {en}.", f"无法读取版式文件 {path}：{zh}。") from None
    except UnicodeDecodeError:
        raise InputError(f"The theme {path} is not UTF-8 text.", f"版式文件 {path} 不是 UTF-8 文本。") from None
    except UsageError as error:
        raise error.about(str(path)) from None
    return dataclasses.replace(theme, fonts=tuple((face, str(path.parent / font)) for face, font in theme.fonts))


def theme_from_toml(text: str) -> Theme:
    """The theme that a TOML text describes. Raises UsageError for an unknown key, with the nearest known one, and for a
    value that does not fit, with its place.
    """
    import tomllib

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        en, zh = toml_reason(error)
        raise UsageError(f"The theme is no TOML: {en}.", f"版式文件不是有效的 TOML：{zh}。") from None
    base = find_theme(_string("base", values.pop("base", "article")))
    theme: Theme = _changed(base, values, "")
    page = theme.page
    if theme.grid and "grid" not in values and (page, theme.body) != (base.page, base.body):
        fitting = int(page.measure / theme.body.size), int(page.depth / theme.body.leading + 1e-6)
        theme = dataclasses.replace(theme, grid=fitting)
    if page.measure < _LEAST_MEASURE * theme.body.size or page.depth < theme.body.leading:
        raise UsageError(
            "The theme leaves no room for text: widen [page], or make its margins or [body] smaller.",
            "版式没有给正文留出版心：请加大 [page] 的尺寸，或缩小页边距、正文字号。",
        )
    return theme


def _changed(base: Any, values: dict[str, Any], place: str) -> Any:
    """A dataclass with these values in place of its own."""
    hints = {name: hint for name, hint in typing.get_type_hints(type(base)).items() if hint is not bytes}
    made = {}
    for key, value in values.items():
        if key not in hints:
            raise UsageError.unknown("key of a theme", "版式项目", place + key, [place + known for known in hints])
        made[key] = _read(hints[key], value, getattr(base, key), place + key)
    return dataclasses.replace(base, **made)


def _read(hint: Any, value: Any, base: Any, place: str) -> Any:
    """A value of TOML as what the field holds; `base` is what the base has there."""
    if isinstance(hint, types.UnionType):
        if value is False:
            return None
        hint = next(kind for kind in typing.get_args(hint) if kind is not types.NoneType)
    if place in _TABLES:
        return _TABLES[place](value, base)
    if dataclasses.is_dataclass(hint):
        _expect(isinstance(value, dict), place, "a table", "应为表")
        return _changed(base if base is not None else _blank(hint, value, place), value, place + ".")
    if hint in {Pt, Em}:
        return _length(value, place)
    return _string(place, value) if hint is str else _choice(hint, value, place)


def _choice(hint: Any, value: Any, place: str) -> Any:
    """A value out of few, or the two numbers of a grid."""
    if hint is bool:
        _expect(isinstance(value, bool), place, "true or false", "应为 true 或 false")
        return value
    if isinstance(hint, type) and issubclass(hint, Enum):
        known = [str(member.value) for member in hint]
        if value not in known:
            raise UsageError.unknown(f"value of {place}", f" {place} 的取值", str(value), known)
        return hint(value)
    fits = isinstance(value, list) and len(value) == 2 and all(type(n) is int and n > 0 for n in value)
    _expect(fits, place, "two numbers, as in [28, 22]", "应为两个整数，如 [28, 22]")
    return tuple(value)


def _blank(kind: Any, values: dict[str, Any], place: str) -> Any:
    """A value where the base has none: all that has no default must be said."""
    hints = typing.get_type_hints(kind)
    needed = [f.name for f in dataclasses.fields(kind) if f.default is dataclasses.MISSING]
    for name in needed:
        _expect(name in values, f"{place}.{name}", "given, since the base has none", "必须写出（base 中没有）")
    return kind(**{name: _read(hints[name], values[name], None, f"{place}.{name}") for name in needed})


def _headings(value: Any, base: tuple[Style, ...]) -> tuple[Style, ...]:
    fits = isinstance(value, list) and value and all(isinstance(style, dict) for style in value)
    _expect(bool(fits), "headings", "written as [[headings]]", "应写作 [[headings]]")
    return tuple(
        _changed(base[min(level, len(base) - 1)], style, f"headings.{level + 1}.") for level, style in enumerate(value)
    )


def _roles(value: Any, base: tuple[tuple[Role, Style], ...]) -> tuple[tuple[Role, Style], ...]:
    _expect(isinstance(value, dict), "roles", "written as [roles.signature]", "应写作 [roles.signature]")
    known, styles = [role.value for role in Role], dict(base)
    for name, style in value.items():
        if name not in known:
            raise UsageError.unknown("role of a paragraph", "段落角色", name, known)
        _expect(isinstance(style, dict), f"roles.{name}", "a table", "应为表")
        start = styles.get(Role(name)) or next(iter(styles.values()))
        styles[Role(name)] = _changed(start, style, f"roles.{name}.")
    return tuple(styles.items())


def _fonts(value: Any, base: tuple[tuple[Face, str], ...]) -> tuple[tuple[Face, str], ...]:
    _expect(isinstance(value, dict), "fonts", "written as [fonts]", "应写作 [fonts]")
    return with_fonts(base, {face: _string(f"fonts.{face}", path) for face, path in value.items()})


def with_fonts(base: tuple[tuple[Face, str], ...], chosen: Mapping[str, str]) -> tuple[tuple[Face, str], ...]:
    """The font files of a theme with others in their place, by the names of the faces. Raises UsageError for a face
    that does not exist.
    """
    known, fonts = [face.value for face in Face], dict(base)
    for name, path in chosen.items():
        if name not in known:
            raise UsageError.unknown("face", "字体类别", name, known)
        fonts[Face(name)] = path
    return tuple(fonts.items())


_TABLES: dict[str, Callable[[Any, Any], Any]] = {"headings": _headings, "roles": _roles, "fonts": _fonts}


def _length(value: Any, place: str) -> float:
    """Points or ems; sizes and leadings must be more than nothing."""
    written = value.strip() if isinstance(value, str) else value
    if isinstance(written, str) and written in SIZES:
        length = SIZES[written]
    elif isinstance(written, str) and (match := _LENGTH.fullmatch(written)):
        length = _UNITS[match[2]](float(match[1]))
    else:
        fits = type(written) in {int, float}
        _expect(fits, place, 'a length, as in 12, "28mm" or "三号"', '应为长度，如 12、"28mm" 或 "三号"')
        length = float(written)
    least = 1 if place.endswith(("size", "leading", "width", "height")) else -1000
    _expect(least <= length <= 5000, place, f"between {least} and 5000", f"应在 {least} 到 5000 之间")
    return length


def _string(place: str, value: Any) -> str:
    _expect(isinstance(value, str), place, "text in quotation marks", "应为带引号的文字")
    if place.endswith("colour") and value:
        _expect(bool(re.fullmatch("#[0-9a-fA-F]{6}", value)), place, "a colour, as in #ff0000", "应为颜色，如 #ff0000")
    return str(value)


def _expect(fits: bool, place: str, en: str, zh: str) -> None:
    if not fits:
        raise UsageError(f"In the theme, {place} must be {en}.", f"版式中的 {place} {zh}。")
