"""What a person says about lines of a text, against what we would take them for: a TOML file beside the text.

    [line]                                  # by number, as `converter inspect` shows it
    17 = "heading 2"

    [[pattern]]                             # by a regular expression that is searched for in the line
    match = "^【.*】$"
    as = "heading 1"

    [[sample]]                              # by one heading of the text: others of its form are taken for the same
    text = "【工作动态】"
    as = "heading 1"

    [changes]                               # what the options accept, reject and skip say, for this text
    reject = ["ZH201@22-23"]
    skip = ["ZH101"]

A line's own number goes before patterns, patterns and samples go in their order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from converter.diagnostics import Diagnostic, Severity
from converter.errors import Message, UsageError, toml_reason
from converter.model import HeadingKind, Role
from converter.records import dataclass
from converter.regex import compiled
from converter.structure.numbering import label_of
from converter.structure.reasons import Rule
from converter.structure.verdicts import Kind, Verdict
from converter.text.numerals import COUNTING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from converter.structure.reading import Reading

LEVELS = {
    1: HeadingKind.COUNT,
    2: HeadingKind.PAREN_COUNT,
    3: HeadingKind.DECIMAL,
    4: HeadingKind.PAREN_DECIMAL,
    5: HeadingKind.CIRCLED,
}
"""The form of number that a heading of each level has in official documents: heading 2 is what （一） would be."""
_NAMED = {kind.value: kind for kind in (HeadingKind.PART, HeadingKind.CHAPTER, HeadingKind.SECTION)}
_ROLES = {"paragraph" if role is Role.BODY else role.value: role for role in Role}
CLASSES = (
    "title",
    "continued",
    *_NAMED,
    *(f"{form} {level}" for form in ("heading", "run-in") for level in LEVELS),
    *_ROLES,
)
"""What a line can be said to be."""
_KEYS = {"pattern": ("as", "match"), "sample": ("as", "text")}
_CHANGES = ("accept", "reject", "skip")
_FIRST_SENTENCE = compiled(r".*?[。！？!?：:](?=.)")


@dataclass(frozen=True, slots=True)
class Overrides:
    """A person's rules for one text or for many."""

    lines: tuple[tuple[int, str], ...] = ()
    """Number of a line in the original, counted from 1, and its class."""
    patterns: tuple[tuple[re.Pattern[str], str], ...] = ()
    accept: frozenset[str] = frozenset()
    """Names of doubtful changes that are made."""
    reject: frozenset[str] = frozenset()
    """Names of changes that are not made."""
    skip: frozenset[str] = frozenset()
    """Codes of repairs that are not made at all."""


def read_overrides(toml: str) -> Overrides:
    """The rules in a TOML text. Raises UsageError for what is no TOML, an unknown key or class, or a bad pattern."""
    import tomllib

    try:
        tables = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        en, zh = toml_reason(error)
        raise UsageError(f"The rules are not TOML: {en}.", f"规则不是有效的 TOML：{zh}。") from None
    for key in tables:
        if key not in {"line", "changes", *_KEYS}:
            raise UsageError.unknown("kind of rule", "规则类别", key, ("line", "changes", *_KEYS))
    lines = tuple((_line_number(key), _class(name)) for key, name in _table(tables.get("line", {})).items())
    patterns = [(_compiled(rule["match"]), _class(rule["as"])) for rule in _rules(tables, "pattern")]
    patterns += [(_compiled(infer_pattern(rule["text"])), _class(rule["as"])) for rule in _rules(tables, "sample")]
    return Overrides(lines, tuple(patterns), **_changes(tables.get("changes", {})))


def _changes(table: Any) -> dict[str, frozenset[str]]:
    given = table if isinstance(table, dict) else {"": table}
    for key, names in given.items():
        if key not in _CHANGES:
            raise UsageError.unknown("key of [changes]", "[changes] 的键", key, _CHANGES)
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise UsageError(
                f"“{key}” in [changes] must be a list of texts.", f'[changes] 中的“{key}”应为文字的列表，如 ["ZH101"]。'
            )
    return {key: frozenset(name.strip().upper() for name in names) for key, names in given.items()}


def _table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UsageError('“line” must be a table: [line] 17 = "heading 2".', '“line”应为表：[line] 17 = "heading 2"。')
    return value


def _rules(tables: dict[str, Any], name: str) -> Iterator[dict[str, str]]:
    rules = tables.get(name, [])
    for rule in rules if isinstance(rules, list) else [rules]:
        given = rule if isinstance(rule, dict) else {}
        for key in given:
            if key not in _KEYS[name]:
                raise UsageError.unknown(f"key of [[{name}]]", f"[[{name}]] 的键", key, _KEYS[name])
        if any(not isinstance(given.get(key), str) or not given[key] for key in _KEYS[name]):
            keys = " and ".join(_KEYS[name])
            raise UsageError(
                f"Every [[{name}]] needs {keys}, both text.", f"每个 [[{name}]] 都要写明 {keys}，均为文字。"
            )
        yield given


def _line_number(key: str) -> int:
    if not key.isascii() or not key.isdecimal() or int(key) < 1:
        raise UsageError(f"“{key}” is not the number of a line.", f"“{key}”不是行号。")
    return int(key)


def _class(name: Any) -> str:
    found = {"heading": "heading 1", "run-in": "run-in 1"}.get(str(name), str(name))
    if found not in CLASSES:
        raise UsageError.unknown("class of lines", "行的类别", str(name), CLASSES)
    return found


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise UsageError(
            f"“{pattern}” is not a regular expression: {error}.", f"“{pattern}”不是正则表达式：{error}。"
        ) from None


_PAIRS = {
    "【": "】",
    "〖": "〗",
    "《": "》",
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "[": "]",
    "<": ">",
    "〔": "〕",
    "“": "”",
}


def infer_pattern(sample: str) -> str:
    """A regular expression for lines of the same form as a sample heading: its number, brackets, sign, or length.

    >>> infer_pattern("【工作动态】"), infer_pattern("◆基层党建")
    ('^【[^【】]*】$', '^◆')
    >>> bool(re.search(infer_pattern("第3节：绪论"), "第12节：结论"))
    True
    """
    sample = sample.strip()
    label = label_of(sample)
    if label is not None and label.text:
        form = re.sub(f"[{COUNTING}]+", lambda _: f"[{COUNTING}]+", re.escape(label.text))
        return "^" + re.sub(r"[0-9]+|[０-９]+", lambda m: "[0-9]+" if m[0].isascii() else "[０-９]+", form, count=1)
    first, last = sample[:1], sample[-1:]
    if _PAIRS.get(first) == last:
        return f"^{re.escape(first)}[^{re.escape(first)}{re.escape(last)}]*{re.escape(last)}$"
    if first and not first.isalnum():
        return f"^{re.escape(first)}"
    if last in "：:":
        return f"^[^，。：:]{{1,{len(sample) * 2}}}{last}$"
    return f"^(?!.*[，。；：！？]$)[^。]{{{max(1, len(sample) // 2)},{len(sample) * 2}}}$"


def apply_overrides(reading: Reading, overrides: Overrides, numbers: Sequence[int]) -> list[Diagnostic]:
    """Judges the lines that the rules speak of; `numbers` says which line of the original each one is.

    Gives a diagnostic for every rule that speaks of no line.
    """
    wanted = dict(overrides.lines)
    used: set[object] = set()
    for index, line in enumerate(reading.lines):
        number = numbers[index] if wanted else 0
        if number in wanted:
            reading.verdicts[index] = _verdict(reading, index, wanted[number], Rule.OVERRIDDEN_LINE)
            used.add(number)
            continue
        for pattern, name in overrides.patterns:
            if pattern.search(line.text):
                reading.verdicts[index] = _verdict(reading, index, name, Rule.OVERRIDDEN_PATTERN)
                used.add(pattern)
                break
    return [
        *(_unused(f"line {number}", f"第 {number} 行") for number in wanted if number not in used),
        *(_unused(f"“{p.pattern}”", f"“{p.pattern}”") for p, _ in overrides.patterns if p not in used),
    ]


def _verdict(reading: Reading, index: int, name: str, rule: Rule) -> Verdict:
    text, label = reading.text(index), reading.label(index)
    form, _, level = name.partition(" ")
    if form == "title":
        return Verdict(kind=Kind.TITLE, rule=rule)
    if form == "continued":
        return Verdict(kind=Kind.CONTINUED, rule=rule)
    if form in _ROLES:
        return Verdict(kind=Kind.PARAGRAPH, role=_ROLES[form], rule=rule)
    kind = _NAMED[form] if form in _NAMED else LEVELS[int(level)]
    sentence = _FIRST_SENTENCE.match(text, label.words if label else 0) if form == "run-in" else None
    if sentence:
        return Verdict(kind=Kind.RUN_IN, heading=kind, label=label, end=sentence.end(), rule=rule)
    return Verdict(kind=Kind.HEADING, heading=kind, label=label, rule=rule)


def _unused(en: str, zh: str) -> Diagnostic:
    return Diagnostic(
        code="ST191",
        severity=Severity.WARNING,
        message=Message(f"The rule for {en} fits no line of this text.", f"关于{zh}的规则与本文任何一行都不相符。"),
    )
