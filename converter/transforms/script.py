"""Simplified ↔ Traditional, by OpenCC; text that is already in the target script is not touched.

The script of each paragraph is found first: OpenCC's own conversions are not idempotent (演算法 → 演演算法), so text in
the target script must never go through one. A paragraph of both scripts, such as one that quotes, is looked at sentence
by sentence. Whatever does not tell goes by what stands around it: the sentence by its paragraph, that by its document.
"""

from __future__ import annotations

import functools
import operator
from dataclasses import replace
from typing import TYPE_CHECKING

from converter.diagnostics import Diagnostic, Result, Severity
from converter.errors import Message, UsageError
from converter.model import inlines_of, plain
from converter.records import NamedTuple
from converter.regex import compiled
from converter.text.script import Script, count_scripts, region_of, script_of
from converter.transforms.rewrite import rewritten
from converter.transforms.script_choices import Choices
from converter.transforms.script_corrections import SURNAMES, corrections, forms_of
from converter.transforms.script_engine import CONFIGURATIONS, engine
from converter.transforms.script_glossary import Glossary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from converter.model import Document, Text
    from converter.transforms.rewrite import Passage


class _Conversion(NamedTuple):
    """What is done to text of each script; text of a script that is not named is in the target already."""

    target: Script | None
    """The script of the result; None for Japanese forms."""
    chains: dict[Script, tuple[str, ...]]
    """OpenCC's configurations, one after another, for Simplified, for Traditional, and for that of a region if it goes
    another way."""
    assumed: Script | None = None
    """The script of what does not tell, where it was named: who asks for s2t says that the text is Simplified."""
    standard: bool = False
    """Whether Traditional without a region means OpenCC's standard, whose forms are older: 裏 麪 羣."""


_SENTENCE = compiled(r"[^\s。！？；：，“”‘’「」『』《》（）]*[\s。！？；：，“”‘’「」『』《》（）]*")
_NAMES = {"t": "hant", "tw": "tw", "hk": "hk"}  # OpenCC's name of a script → ours

_T = Script.HANT
_TARGETS = {
    "hans": _Conversion(Script.HANS, {_T: ("t2s",), Script.HK: ("hk2s",)}),
    "hant": _Conversion(Script.HANT, {Script.HANS: ("s2t",)}),
    "tw": _Conversion(Script.TW, {Script.HANS: ("s2tw",), _T: ("t2tw",), Script.TW: (), Script.HK: ("hk2t", "t2tw")}),
    "hk": _Conversion(Script.HK, {Script.HANS: ("s2hk",), _T: ("t2hk",), Script.HK: (), Script.TW: ("tw2t", "t2hk")}),
}
# With the words of the region too. Traditional text keeps its words: what they are in cannot be known.
_TARGETS["twp"] = _TARGETS["tw"]._replace(chains=_TARGETS["tw"].chains | {Script.HANS: ("s2twp",)})
_TARGETS["hkp"] = _TARGETS["hk"]._replace(chains=_TARGETS["hk"].chains | {Script.HANS: ("s2hkp",)})

TARGETS = (*_TARGETS, *CONFIGURATIONS)
"""What text can be converted to: a script (hans, hant, tw, hk; twp and hkp with the words of the region), or by one of
OpenCC's configurations."""


def to_script(document: Document, script: str | None, glossary: Glossary | None = None) -> Result[Document]:
    """The document in the script `script`, one of `TARGETS`; None leaves it as it is.

    Headings and metadata are converted too; `glossary` has words that are to stay or to become something else. `SC101`
    counts what was changed, `SC201` names the places where a character could have become another. Raises UsageError for
    an unknown script, ResourceError where no engine can do it.
    """
    if script is None:
        return Result(document)
    work = _Work(script, plain(tuple(inlines_of(document))), glossary)
    result = rewritten(document, work.passage)
    if work.conversion.target is not None:
        result = replace(result, language=work.conversion.target.language)
    note = Diagnostic(
        code="SC101",
        severity=Severity.INFO,
        message=Message(
            f"{work.changed} characters were converted to {script}.", f"已转换 {work.changed} 个字（{script}）。"
        ),
    )
    return Result(result, (note, *work.choices.diagnostics()))


def words_to_script(words: str, script: str | None, *, like: str = "", glossary: Glossary | None = None) -> str:
    """A few words, such as the name of a file, in the script `script`; `like` is text that tells what they are in.

    >>> words_to_script("发展规划", "tw"), words_to_script("皇后", "hant", like="这个问题")
    ('發展規劃', '皇后')
    """
    if script is None:
        return words
    convert = _Work(script, like + words, glossary).engine_for(script_of(words))
    return convert(words) if convert else words


def _conversion(script: str) -> _Conversion:
    if script in _TARGETS:
        return _TARGETS[script]
    if script not in CONFIGURATIONS:
        raise UsageError.unknown("script", "字体", script, TARGETS)
    source, target = script.removesuffix("p").split("2")
    if target == "s":
        return _Conversion(Script.HANS, {Script.HANT: (script,)}, Script.HANT)
    if source == "s":
        chains = _TARGETS[_NAMES[target]].chains | {Script.HANS: (script,)}
        return _Conversion(Script(_NAMES[target]), chains, Script.HANS, standard=True)
    # Between regions, and to Japanese forms: there is no telling whether it has been done.
    chains = {Script.HANS: (script,), Script.HANT: (script,)}
    return _Conversion(Script(_NAMES[target]) if target in _NAMES else None, chains, Script.HANT, standard=True)


class _Work:
    """One conversion of one document."""

    def __init__(self, script: str, whole: str, glossary: Glossary | None) -> None:
        self.conversion = _conversion(script)
        self.changed = 0
        self.choices = Choices(to_simplified=self.conversion.target is Script.HANS)
        self._whole = script_of(whole) or self.conversion.assumed
        self._region = region_of(whole) if self._whole is Script.HANT else None
        self._glossary = glossary
        self._engines: dict[Script, Callable[[str], str]] = {}

    def _engine(self, chain: tuple[str, ...]) -> Callable[[str], str]:
        """The configurations one after another, around the words of the glossary and those that OpenCC gets wrong."""
        steps = [engine(configuration) for configuration in chain]
        words = corrections(chain[0]) | dict(self._glossary.words if self._glossary else {})
        known = Glossary(words, kept=SURNAMES)
        forms = forms_of(chain[-1], standard=self.conversion.standard)

        def converted(text: str) -> str:
            pieces = known.split(text)
            for number in range(0, len(pieces), 2):
                for step in steps:
                    pieces[number] = step(pieces[number])
            for number in range(1, len(pieces), 2):
                pieces[number] = known.words.get(pieces[number], pieces[number])
            result = "".join(pieces)
            return forms(text, result) if forms else result

        return functools.lru_cache(maxsize=1 << 12)(converted)

    def engine_for(self, script: Script | None) -> Callable[[str], str] | None:
        """What converts text of this script; None where it stays. Text that does not tell goes by the document."""
        script = script or self._whole
        chains = self.conversion.chains
        if script is Script.HANT and self._region in chains:
            script = self._region
        if script is None or not chains.get(script):
            return None
        if script not in self._engines:
            self._engines[script] = self._engine(chains[script])
        return self._engines[script]

    def passage(self, runs: Passage) -> Passage:
        """The runs of one paragraph, converted."""
        counts = count_scripts("".join(run.text for run in runs))
        if not counts.mixed:
            return tuple(replace(run, text=self._stretch(run, 0, run.text, counts.script)) for run in runs)
        return tuple(replace(run, text="".join(self._stretches(run, counts.script))) for run in runs)

    def _stretches(self, run: Text, script: Script | None) -> Iterator[str]:
        """The sentences and quotations of a run in both scripts, each converted from its own."""
        for match in _SENTENCE.finditer(run.text):
            yield self._stretch(run, match.start(), match[0], script_of(match[0]) or self.conversion.assumed or script)

    def _stretch(self, run: Text, start: int, text: str, script: Script | None) -> str:
        convert = self.engine_for(script)
        if convert is None or text.isascii():
            return text
        converted = convert(text)
        if converted != text:
            self.changed += sum(map(operator.ne, text, converted)) + abs(len(text) - len(converted))
        self.choices.note(run, start, text, converted, convert)
        return converted
