"""Our dataclasses and named tuples behave as those of the standard library that type checkers take them for."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import typing
from dataclasses import KW_ONLY, field, replace
from functools import cached_property
from typing import get_type_hints

import pytest

from converter import records

FORMS = [
    {"frozen": True, "slots": True, "kw_only": True},
    {"frozen": True, "slots": True},
    {"frozen": True},
    {"slots": True},
    {"slots": True, "eq": False},
    {},
]


def made(decorate, form):
    """A class with all that ours have, by a decorator."""

    class Node:
        """A node."""

        name: str
        size: int = 3
        marks: frozenset[str] = frozenset()
        parts: list[int] = field(default_factory=list, compare=False)
        hidden: str = field(default="s", repr=False, compare=False)
        length: int = field(init=False, default=0)

        def __post_init__(self):
            object.__setattr__(self, "length", len(self.name))

        @property
        def double(self):
            return self.size * 2

    return decorate(**form)(Node)


def both(form):
    return made(records.dataclass, form), made(dataclasses.dataclass, form)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_dataclass_does_what_the_standard_one_does(form):
    ours, theirs = both(form)

    def told(cls):
        one, same, other = cls(name="a"), cls(name="a", parts=[1], hidden="t"), cls(name="b", size=4)
        return (
            repr(one).split("<locals>")[-1],
            one.parts,
            one.double,
            (one == same, one == other, one == "a", one != same),
            dataclasses.asdict(replace(one, size=9)),
            [f.name for f in dataclasses.fields(cls)],
            cls.__match_args__,
            hasattr(one, "__dict__"),
            cls.__hash__ is None,
            cls.__doc__,
            (cls.__name__, cls.__module__),
        )

    assert told(ours) == told(theirs)


@pytest.mark.parametrize("form", FORMS, ids=str)
@pytest.mark.parametrize("arguments", [{}, {"name": "a", "length": 1}, {"name": "a", "other": 1}])
def test_wrong_arguments_are_refused_in_the_same_words(form, arguments):
    told = []
    for cls in both(form):
        with pytest.raises(TypeError) as refused:
            cls(**arguments)
        told.append(str(refused.value))
    assert told[0] == told[1]


@pytest.mark.parametrize("form", [form for form in FORMS if form.get("frozen")], ids=str)
def test_a_frozen_object_cannot_be_changed_and_has_the_hash_of_its_equals(form):
    ours, _ = both(form)
    one = ours(name="a", marks=frozenset("b"))
    assert hash(one) == hash(ours(name="a", marks=frozenset("b"), hidden="other"))
    with pytest.raises(dataclasses.FrozenInstanceError, match="assign to field 'size'"):
        one.size = 4
    with pytest.raises(dataclasses.FrozenInstanceError, match="delete field 'size'"):
        del one.size
    assert one.size == 3


def test_each_object_has_its_own_default_list():
    ours, _ = both({"slots": True})
    one = ours("a")
    one.parts.append(1)
    assert ours("a").parts == []


@records.dataclass(frozen=True, slots=True)
class Placed:
    """At the top of a module, where pickles find it."""

    word: str
    _: KW_ONLY
    at: tuple[int, ...] = ()


class Pair(records.NamedTuple):
    """Two."""

    first: str
    """The one."""
    second: int | None = None

    @property
    def both(self) -> str:
        """In one."""
        return f"{self.first}{self.second}"


class Standard(typing.NamedTuple):
    """Two."""

    first: str
    second: int | None = None


@records.dataclass(frozen=True)
class Loose:
    """Without slots."""

    word: str

    @cached_property
    def length(self) -> int:
        """Remembered."""
        return len(self.word)


@records.dataclass(frozen=True, slots=True)
class Empty:
    """Nothing."""


def test_what_an_object_without_slots_remembers_goes_along():
    value = Loose("a")
    assert value.length == 1
    assert vars(pickle.loads(pickle.dumps(value))) == {"word": "a", "length": 1}


@pytest.mark.parametrize("value", [Placed("字", at=(1, 2)), Placed("字"), Pair("a", 2), Loose("a"), Empty()])
def test_objects_are_copied_and_pickled(value):
    assert pickle.loads(pickle.dumps(value)) == value
    assert copy.deepcopy(value) == value == copy.copy(value)


def test_keyword_only_fields_are_not_taken_by_place():
    with pytest.raises(TypeError):
        Placed("字", (1, 2))


def test_a_named_tuple_does_what_the_standard_one_does():
    pair = Pair("a")
    assert (pair, pair.second, pair.both, pair._asdict()) == (
        ("a", None),
        None,
        "aNone",
        {"first": "a", "second": None},
    )
    assert repr(pair._replace(second=3)) == "Pair(first='a', second=3)"
    assert (Pair._fields, Pair._field_defaults, Pair.__match_args__) == (
        Standard._fields,
        Standard._field_defaults,
        Standard.__match_args__,
    )
    assert get_type_hints(Pair) == get_type_hints(Standard)
    assert (Pair.__bases__, Pair.__doc__, Pair.__module__) == ((tuple,), "Two.", __name__)
    with pytest.raises(TypeError):
        Pair()
