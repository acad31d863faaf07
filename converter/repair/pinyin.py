"""Pinyin (拼音) in brackets that a machine put behind characters: 創(chuàng)新.

Sites that copy pages insert it: behind every occurrence of each character of a list, mostly characters that exist in
Traditional script only; another family inserts it without tones, at random and often twice, 大会(hui)(hui). A person
annotates otherwise: what is rare or read in an unusual way, once, 重(chóng)庆; or all of it, in a reader for children.

So each annotated character of a text is a piece of evidence, and the text as a whole decides:

- doubled annotations were never written by a person;
- a common character with one common reading needs none, and one that only Traditional text has is on the lists;
- a list is followed every time, a person explains once;
- a rare character or a rare reading is annotated for the reader, and so is every word of a text or a passage in which
  hardly a character goes without.

The weights are logarithms of odds in round figures.
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from math import exp
from typing import TYPE_CHECKING

from converter.errors import Message
from converter.records import NamedTuple
from converter.regex import compiled
from converter.repair.finding import Finding
from converter.text.bigrams import rank
from converter.text.readings import Fit, fit
from converter.text.variants import only_traditional

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CODE = "ZH101"
NAME = Message("inserted Pinyin", "混入的拼音")

# Damaged → repaired.
CASES = (
    ("以創(chuàng)新促進發(fā)展", "以創新促進發展"),
    ("以創（chuàng）新促進發（fā）展", "以創新促進發展"),
    ("統(tǒng)一規(guī)劃，綠(lǜ)色發(fā)展，系統(tǒng)推進。", "統一規劃，綠色發展，系統推進。"),
    ("现(xiàn)在发(fā)展业(yè)务，发(fā)现(xiàn)问题，开发(fā)产业(yè)，实现(xiàn)目标，企业(yè)用人。",
     "现在发展业务，发现问题，开发产业，实现目标，企业用人。"),
    ("出席大会(hui)(hui)的有三百人，会(hui)议开了两天，代表(biao)(biao)们都说好。",
     "出席大会的有三百人，会议开了两天，代表们都说好。"),
    # What a person wrote.
    ("我从重(chóng)庆来，在重庆长大。", "我从重(chóng)庆来，在重庆长大。"),
    ("龜(qiū)茲在今天的新疆。", "龜(qiū)茲在今天的新疆。"),
    ("“饕(tāo)餮(tiè)”是传说中的怪兽。", "“饕(tāo)餮(tiè)”是传说中的怪兽。"),
    ("春(chūn)眠(mián)不(bù)覺(jué)曉(xiǎo)，處(chù)處(chù)聞(wén)啼(tí)鳥(niǎo)。",
     "春(chūn)眠(mián)不(bù)覺(jué)曉(xiǎo)，處(chù)處(chù)聞(wén)啼(tí)鳥(niǎo)。"),
    ("总部设在美国(USA)，她(she)是主任，见附件(a)。", "总部设在美国(USA)，她(she)是主任，见附件(a)。"),
)  # fmt: skip

_SYLLABLE = "[a-zü:āáǎăàēéěĕèīíǐĭìōóǒŏòūúǔŭùǖǘǚǜńňǹɑɡ]{1,7}"
_HANZI = "[\u3400-\u9fff]"
_ANNOTATION = compiled(f"[(（]{_SYLLABLE}[)）](?:[(（]{_SYLLABLE}[)）])*")
# Where one may begin. One pattern each, since a search for one literal is the fastest there is.
_CANDIDATES = tuple(compiled(f"{bracket}(?={_SYLLABLE}[)）])") for bracket in ("\\(", "（"))
_INNER = compiled(f"[(（]({_SYLLABLE})[)）]")
_TONELESS = compiled("[a-z()（）:]+")
_GAP = compiled("[^\u3400-\u9fff]{0,3}")
# A passage of this many annotated characters on end, or a text with this share of them, is annotated on purpose.
_PASSAGE = 8
_SHARE = 0.75
# Before anything is known of a text: it is seven times likelier that its author wrote what stands there.
_PRIOR = -2.0
_CEILING = 6.0
_DOUBTFUL = 0.5


class _Annotation(NamedTuple):
    character: str
    start: int
    end: int
    times: int
    """How many syllables stand there: more than one is a mark of the machine."""
    toneless: bool
    suits: Fit


def find(text: str) -> Iterator[Finding]:
    """Every annotation that a machine inserted; none in a text whose author annotated it."""
    found = _outside_passages(text, _annotations(text))
    if not found:
        return
    counts = Counter(text)
    hanzi = sum(n for character, n in counts.items() if "\u3400" <= character <= "\u9fff")
    if len(found) > _SHARE * hanzi and all(a.times == 1 for a in found):
        return
    confidence = {
        key: sure
        for toneless in (False, True)
        for key, sure in _judged([a for a in found if a.toneless == toneless], counts).items()
    }
    for annotation in found:
        sure = confidence[annotation.character, annotation.toneless]
        if sure >= _DOUBTFUL:
            message = _message(annotation.character)
            yield Finding(annotation.start, annotation.end, "", message, confidence=round(sure, 3))


def _annotations(text: str) -> list[_Annotation]:
    """What looks like Pinyin in brackets behind the character that is read so."""
    found: list[_Annotation] = []
    end = 0
    for begin in sorted(match.start() for candidate in _CANDIDATES for match in candidate.finditer(text)):
        match = _ANNOTATION.match(text, begin) if begin >= end else None
        if match is None:
            continue
        start, end = match.span()
        character = text[start - 1 : start]
        if not "\u3400" <= character <= "\u9fff":
            continue
        syllables = _INNER.findall(match[0])
        if len(set(syllables)) == 1 and (suits := fit(character, syllables[0])):
            toneless = _TONELESS.fullmatch(match[0]) is not None
            found.append(_Annotation(character, start, end, len(syllables), toneless, suits))
    return found


def _outside_passages(text: str, found: list[_Annotation]) -> list[_Annotation]:
    """Without the passages that are annotated character by character, such as a poem for children."""
    kept: list[_Annotation] = []
    passage: list[_Annotation] = []
    for annotation in found:
        if passage and not _GAP.fullmatch(text, passage[-1].end, annotation.start - 1):
            kept += passage if len(passage) < _PASSAGE else []
            passage = []
        if annotation.times == 1:
            passage.append(annotation)
        else:
            kept += [*passage, annotation]
            passage = []
    return kept + (passage if len(passage) < _PASSAGE else [])


def _judged(family: Sequence[_Annotation], counts: Counter[str]) -> dict[tuple[str, bool], float]:
    """How sure it is of each character of one family that its annotations were inserted."""
    by_character: dict[str, list[_Annotation]] = defaultdict(list)
    for annotation in family:
        by_character[annotation.character].append(annotation)
    weights = {(c, a[0].toneless): _weight(c, a, counts[c]) for c, a in by_character.items()}
    total = min(_PRIOR + sum(weights.values()), _CEILING)
    return {key: 1 / (1 + exp(-total - min(0.0, weight))) for key, weight in weights.items()}


def _weight(character: str, annotations: Sequence[_Annotation], count: int) -> float:
    """What one character says: above 0 for a machine, below for an author."""
    if any(a.times > 1 for a in annotations):
        return 3.0
    suits, place = annotations[0].suits, rank(character)
    missing, others = count - len(annotations), len(annotations) - 1
    weight = 0.5 if place < 2000 else -0.5 if place < 3500 else -2.0
    if annotations[0].toneless:
        weight += min(1.0, 0.4 * others)
    else:
        weight += -min(3.0, missing) if missing else min(2.0, 0.8 * others)
    match suits:
        case Fit.RARE:
            return weight - 2.5
        case Fit.AMBIGUOUS:
            return weight + (0.5 if only_traditional(character) else -1.5)
        case _:
            return weight + (4.0 if only_traditional(character) else -0.5)


@functools.cache
def _message(character: str) -> Message:
    return Message(f"inserted Pinyin after {character}", f"“{character}”后混入的拼音")
