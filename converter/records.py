"""Dataclasses and named tuples of the standard library's kind that cost next to nothing at start.

`dataclasses` writes the methods of each class as text and compiles every one, `collections` those of a named tuple,
`typing` every annotation of it: together half of what it takes to import our modules. Here the methods of a class are
compiled at once and kept by `converter.compile_cache`. To a type checker these are `dataclasses.dataclass` and
`typing.NamedTuple`.
"""

from __future__ import annotations

import dataclasses
import reprlib
from collections import _tuplegetter  # type: ignore[attr-defined] # as named tuples of the standard library read items
from functools import partial
from typing import TYPE_CHECKING, Any

from converter.compile_cache import kept

if TYPE_CHECKING:
    from collections.abc import Iterable
    from dataclasses import dataclass
    from types import CodeType
    from typing import NamedTuple

__all__ = ["NamedTuple", "dataclass"]


def _dataclass(
    cls: type | None = None,
    *,
    eq: bool = True,
    frozen: bool = False,
    slots: bool = False,
    kw_only: bool = False,
) -> Any:
    """What `dataclasses.dataclass` does with these arguments, without ClassVar and InitVar."""
    decorate = partial(_decorated, eq=eq, frozen=frozen, slots=slots, kw_only=kw_only)
    return decorate if cls is None else decorate(cls)


def _decorated(cls: type, *, eq: bool, frozen: bool, slots: bool, kw_only: bool) -> Any:
    own = vars(cls)
    if not cls.__doc__:
        cls.__doc__ = cls.__name__  # else its signature would stand there, which takes long to find out
    types = dict(own.get("__annotations__", {}))
    if types:
        # Text it searches for ClassVar, InitVar and KW_ONLY, three times for each field; only the last one stands here.
        cls.__annotations__ = {name: kind if kind == "KW_ONLY" else object for name, kind in types.items()}
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(cls)
    made.__annotations__ = types
    fields = list(made.__dataclass_fields__.values())
    for each in fields:
        each.type = types.get(each.name, each.type)
    methods = _methods(made, fields, frozen=frozen)
    if "__repr__" not in own:
        made.__repr__ = _repr
    if eq:
        if "__eq__" not in own:
            made.__eq__ = methods["__eq__"]
        if "__hash__" not in own:
            made.__hash__ = methods["__hash__"] if frozen else None
    made.__init__ = methods["__init__"]
    if frozen:
        made.__setattr__, made.__delattr__ = _refuse_to_set, _refuse_to_delete
        if slots and "__getstate__" not in own:  # without slots, what is remembered beside the fields goes along
            made.__getstate__, made.__setstate__ = methods["__getstate__"], methods["__setstate__"]
    return made


def _methods(cls: type, fields: list[Any], *, frozen: bool) -> dict[str, Any]:
    """`__init__`, `__eq__`, `__hash__`; of frozen objects `__getstate__` and `__setstate__`."""
    outside: dict[str, Any] = {f"_set_{f.name}": _setter(cls, f.name) for f in fields} if frozen else {}
    parameters: list[str] = []
    body: list[str] = []
    for field in sorted((f for f in fields if f.init or _has_default(f)), key=lambda f: bool(f.kw_only)):
        name, value = field.name, field.name
        default = "" if not _has_default(field) else f"=_default_{name}"
        if field.default_factory is not dataclasses.MISSING:
            outside[f"_default_{name}"], outside[f"_make_{name}"] = _MISSING, field.default_factory
            value = f"_make_{name}() if {name} is _default_{name} else {name}" if field.init else f"_make_{name}()"
        elif default:
            outside[f"_default_{name}"] = field.default
            value = name if field.init else f"_default_{name}"
        if field.init:
            if field.kw_only and "*" not in parameters:
                parameters.append("*")
            parameters.append(name + default)
        body.append(f"_set_{name}(self, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    compared = [f.name for f in fields if f.compare]
    source = (_SOURCE + _STATE if frozen else _SOURCE).format(
        outside=", ".join(outside),
        parameters=", ".join(["self", *parameters]),
        body="\n  ".join(body) or "pass",
        mine="".join(f"self.{name}, " for name in compared),
        other="".join(f"other.{name}, " for name in compared),
        state="".join(f"self.{f.name}, " for f in fields),
        values="".join(f"{f.name}, " for f in fields),
        restored="\n  ".join(f"_set_{f.name}(self, {f.name})" for f in fields) or "pass",
    )
    source += _MADE
    made: dict[str, Any] = {}
    exec(kept(source, partial(_code, source)), made)  # noqa: S102 - written just above
    methods: dict[str, Any] = {
        name: method for name, method in made["make"](**outside).items() if name.startswith("__")
    }
    for name, method in methods.items():
        method.__qualname__ = f"{cls.__qualname__}.{name}"
    return methods


_SOURCE = """def make({outside}):
 def __init__({parameters}):
  {body}
 def __eq__(self, other):
  return ({mine}) == ({other}) if other.__class__ is self.__class__ else NotImplemented
 def __hash__(self):
  return hash(({mine}))
"""
_STATE = """ def __getstate__(self):
  return [{state}]
 def __setstate__(self, state):
  [{values}] = state
  {restored}
"""
_MADE = " return locals()\n"
_MISSING = object()


def _code(source: str) -> CodeType:
    return compile(source, "<record>", "exec")


def _has_default(field: Any) -> bool:
    return field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING


def _setter(cls: type, name: str) -> Any:
    """What sets a field of a frozen object: its slot's own method, which is quicker than that of all objects."""
    slot = getattr(vars(cls).get(name), "__set__", None)
    return slot or (lambda self, value: object.__setattr__(self, name, value))


@reprlib.recursive_repr()
def _repr(self: Any) -> str:
    shown = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(self) if f.repr)
    return f"{type(self).__qualname__}({shown})"


def _refuse_to_set(_self: Any, name: str, _value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


class _NamedTupleMeta(type):
    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> Any:
        if not bases:
            return super().__new__(cls, name, bases, namespace)
        types = namespace.pop("__annotations__", {})
        fields = tuple(types)
        defaults = {field: namespace.pop(field) for field in fields if field in namespace}
        made: Any = type(
            name,
            (tuple,),
            _SHARED
            | {field: _tuplegetter(index, None) for index, field in enumerate(fields)}
            | {"__doc__": f"{name}({', '.join(fields)})", "__new__": _new(name, fields, defaults), "__slots__": ()}
            | {"_fields": fields, "_field_defaults": defaults, "__match_args__": fields}
            | namespace,
        )
        made.__annotations__ = made.__new__.__annotations__ = types
        return made


def _new(name: str, fields: tuple[str, ...], defaults: dict[str, Any]) -> Any:
    """What makes a named tuple of its items."""
    source = f"lambda _cls, {', '.join(fields)}: _new(_cls, ({', '.join(fields)},))"
    made: Any = eval(kept(source, partial(_expression, source)), {"_new": tuple.__new__})  # noqa: S307 - as above
    made.__name__, made.__qualname__ = "__new__", f"{name}.__new__"
    made.__defaults__ = tuple(defaults.values())
    return made


def _expression(source: str) -> CodeType:
    return compile(source, "<record>", "eval")


def _make(cls: Any, items: Iterable[Any]) -> Any:
    made = tuple.__new__(cls, items)
    if len(made) != len(cls._fields):
        raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
    return made


def _replace(self: Any, /, **changes: Any) -> Any:
    made = self._make(map(changes.pop, self._fields, self))
    if changes:
        raise ValueError(f"Got unexpected field names: {list(changes)!r}")
    return made


def _asdict(self: Any) -> dict[str, Any]:
    return dict(zip(self._fields, self, strict=True))


def _named_repr(self: Any) -> str:
    return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in _asdict(self).items())})"


def _getnewargs(self: Any) -> tuple[Any, ...]:
    return tuple(self)


_SHARED = {
    "_make": classmethod(_make),
    "_replace": _replace,
    "_asdict": _asdict,
    "__repr__": _named_repr,
    "__getnewargs__": _getnewargs,
}
"""What all named tuples have in common."""


class _NamedTuple(metaclass=_NamedTupleMeta):
    """What `typing.NamedTuple` is as a base: a tuple whose items have names, defaults and a class of their own."""


if not TYPE_CHECKING:
    dataclass, NamedTuple = _dataclass, _NamedTuple
