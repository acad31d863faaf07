"""Model ↔ JSON, versioned: for goldens, for workers, for filters in any language, and for a look inside.

Each node is an object with its type's name under `type`; fields that have their default value are left out; bytes are
base64. `source` and `ledger` are not part of it: the JSON is the document, not its history.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import functools
import json
import types
import typing
from enum import Enum
from typing import Any

from converter import model
from converter.diagnostics import Diagnostic
from converter.errors import InputError, Message
from converter.source import SourceText, Span

VERSION = 1
_HISTORY = ("source", "ledger", "why")
_NODES = {c.__name__: c for c in vars(model).values() if isinstance(c, type) and dataclasses.is_dataclass(c)}


def to_json(document: model.Document, *, indent: int | None = None) -> str:
    """The document as JSON text."""
    return json.dumps({"version": VERSION, **_plain(document)}, ensure_ascii=False, indent=indent)


def from_json(data: str | bytes) -> model.Document:
    """The document that `to_json` wrote. Raises InputError, with the place, for anything else."""
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(f"This is not JSON: {error}.", f"这不是有效的 JSON：{error}。") from None
    if not isinstance(tree, dict) or tree.get("type") != "Document":
        raise InputError(
            "This JSON is not a document of ours: it has no “type”: “Document”.",
            "此 JSON 不是本程序的文档：缺少 “type”: “Document”。",
        )
    if tree.pop("version", VERSION) != VERSION:
        raise InputError(f"This document has another version than {VERSION}.", f"此文档的版本不是 {VERSION}。")
    document = _node(tree, model.Document, "document")
    assert isinstance(document, model.Document)  # noqa: S101 - for the type checker; _node has made sure
    return document


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, frozenset):
        return sorted(_plain(v) for v in value)
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if dataclasses.is_dataclass(value):
        tree: dict[str, Any] = {"type": type(value).__name__}
        for field in dataclasses.fields(value):
            item = getattr(value, field.name)
            history = isinstance(value, model.Document) and field.name in _HISTORY
            if item != field.default and not history:
                tree[field.name] = _plain(item)
        return tree
    return value


@functools.cache
def _hints(node_type: type) -> dict[str, Any]:
    names = {**vars(model), "Diagnostic": Diagnostic, "Message": Message, "SourceText": SourceText, "Span": Span}
    return typing.get_type_hints(node_type, names)


def _node(tree: Any, wanted: Any, where: str) -> Any:
    """The node that `tree` describes, if it is one of `wanted`, a node type or a union of them."""
    allowed = typing.get_args(wanted) or (wanted,)
    node_type = _NODES.get(tree.get("type", "")) if isinstance(tree, dict) else None
    if node_type is None or node_type not in allowed:
        names = " | ".join(getattr(a, "__name__", str(a)) for a in allowed)
        raise InputError(f"At {where}: expected {names}.", f"在 {where} 处应为 {names}。")
    hints = _hints(node_type)
    fields = {}
    for name, value in tree.items():
        if name == "type":
            continue
        if name not in hints or (node_type is model.Document and name in _HISTORY):
            raise InputError(
                f"At {where}: {node_type.__name__} has no “{name}”.",
                f"在 {where} 处：{node_type.__name__} 没有“{name}”。",
            )
        fields[name] = _value(value, hints[name], f"{where}.{name}")
    try:
        return node_type(**fields)
    except TypeError as error:
        raise InputError(f"At {where}: {error}.", f"在 {where} 处：{error}。") from None


def _value(value: Any, wanted: Any, where: str) -> Any:
    origin, args = typing.get_origin(wanted), typing.get_args(wanted)
    if types.NoneType in args:
        inner = next(a for a in args if a is not types.NoneType)
        return None if value is None else _value(value, inner, where)
    if origin in {tuple, frozenset} and isinstance(value, list):
        return origin(_value(v, args[0], f"{where}[{i}]") for i, v in enumerate(value))
    if isinstance(wanted, types.UnionType) or wanted in _NODES.values():
        return _node(value, wanted, where)
    fits = type(value) is wanted
    if wanted is Span and isinstance(value, list):
        fits = len(value) == 2 and all(type(v) is int for v in value)
        value = Span(*value) if fits else value
    elif wanted is bytes and isinstance(value, str):
        try:
            fits, value = True, base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            fits = False
    elif isinstance(wanted, type) and issubclass(wanted, Enum) and value in [member.value for member in wanted]:
        fits, value = True, wanted(value)
    if not fits:
        name, given = getattr(origin or wanted, "__name__", str(wanted)), json.dumps(value, ensure_ascii=False)[:40]
        raise InputError(f"At {where}: {given} is no {name}.", f"在 {where} 处：{given} 不是 {name}。")
    return value
