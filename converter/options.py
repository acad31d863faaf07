"""Options: one frozen dataclass per owner, made from names and values that people type.

Command-line flags, the web form, the HTTP API and the documentation are generated from the same fields. A field may be
`bool`, `int`, `float`, `str`, a `StrEnum`, or one of these `| None`; its description is `field(metadata={"help": …})`,
made with `option`.
"""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from converter.errors import Message, UsageError
from converter.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

O = TypeVar("O")  # noqa: E741 - the conventional letter for an options type would be T, which reads as text here


class OptionField(NamedTuple):
    """One field of an options type, as a flag or a form shows it."""

    name: str
    kind: type
    """bool, int, float, str or an Enum; `optional` says whether None is allowed as well."""
    optional: bool
    default: Any
    help: Message


def option(default: Any, en: str, zh: str) -> Any:
    """A field of an options dataclass, with its one-line description in both languages."""
    return dataclasses.field(default=default, metadata={"help": Message(en, zh)})


def option_fields(options_type: type) -> list[OptionField]:
    """The fields of an options dataclass, in their order."""
    return list(_fields_of(options_type))


def option_names(options_type: type) -> set[str]:
    """Their names alone, without a look at their kinds, which takes as long as a short text."""
    return {item.name for item in dataclasses.fields(options_type)}


@functools.cache
def _fields_of(options_type: type) -> tuple[OptionField, ...]:
    """They are looked up many times in the work on one text, and cost as much as a short one."""
    hints = typing.get_type_hints(options_type)
    fields = []
    for item in dataclasses.fields(options_type):
        hint = hints[item.name]
        choices = [a for a in typing.get_args(hint) if a is not types.NoneType]
        optional = isinstance(hint, types.UnionType)
        kind = choices[0] if optional else hint
        fields.append(OptionField(item.name, kind, optional, item.default, item.metadata.get("help", Message("", ""))))
    return tuple(fields)


def make_options(options_type: type[O], values: Mapping[str, Any]) -> O:
    """An instance of `options_type` from names and values; values may be strings, as in a form or on a command line.

    A value of None, or a name that is left out, stands for the default. Raises UsageError for an unknown name, with
    the nearest known one, and for a value that is not of the field's kind.
    """
    fields = {f.name: f for f in option_fields(options_type)} if values else {}
    made = {}
    for name, value in values.items():
        key = name.replace("-", "_")
        if key not in fields:
            raise UsageError.unknown("option", "选项", name, fields)
        if value is not None:
            made[key] = _converted(fields[key], value)
    return options_type(**made)


_TRUE = frozenset({"true", "yes", "on", "1", "是"})
_FALSE = frozenset({"false", "no", "off", "0", "否"})
YES_AND_NO = ("true", "false", "yes", "no", "on", "off", "1", "0", "是", "否")
"""What stands for yes or no, in letters of any case."""


def _converted(field: OptionField, value: Any) -> Any:
    kind = field.kind
    if issubclass(kind, Enum):
        known = [str(member.value) for member in kind]
        if isinstance(value, kind):
            return value
        if str(value) in known:
            return kind(value)
        raise UsageError.unknown(f"value of “{field.name}”", f"“{field.name}”的取值", str(value), known)
    if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
        return value
    if kind is bool and str(value).lower() in _TRUE | _FALSE:
        return str(value).lower() in _TRUE
    if kind in (int, float) and not isinstance(value, bool):
        try:
            return kind(value)
        except (TypeError, ValueError):
            pass
    wanted = {
        bool: ("yes or no", "是或否"),
        int: ("a whole number", "整数"),
        float: ("a number", "数字"),
        str: ("text", "文字"),
    }[kind]
    raise UsageError(
        f"The option “{field.name}” takes {wanted[0]}, not “{value}”.",
        f"选项“{field.name}”的值应为{wanted[1]}，而不是“{value}”。",
    )
