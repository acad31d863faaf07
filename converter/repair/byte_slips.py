"""GBK byte slips (错位): text that was cut in the middle of a two-byte character, and reads one byte off from there on.

A program that looks for bytes and not for characters finds a full-width mark, or a character of a list, where the
second byte of one character and the first of the next look like it. It cuts there, or inserts Pinyin there:

    確 保   “   兩   新   ”   組  織
    B45F B1|A3 A1|B0 83|C9 D0|C2 A1|B1 BD|4D BF97
    確    ?  ！    皟    尚    隆    苯   M 織        確?!皟尚隆苯M織

The byte before the cut has lost its other half and became a question mark; what follows is read one byte off, until a
second byte below 0x80 stands for itself (here M), until the next cut, or to the end of the line. A bracket of inserted
Pinyin swallows the byte before it, 面?zhèn)€別: what it annotates is the byte before it and the lost one, and 0x80 is
shown as €. Some programs drop the byte before the cut without a trace, and the one before the next cut as well
(為確！拔逡弧逼陂g for 為確保“五一”期間); rare characters behind a mark show it. A single byte too many does the same;
0xA0, the no-break space of Latin-1, makes a rare character with the byte behind it, and the last byte of the line is
lost.

So the bytes are known but for one or two, and these are chosen by the context: by the pairs of characters of the
document, then by a table. A later pass that made marks half-width is taken back inside the slip, where the bytes are
known to have been full-width. What is found must be much likelier than what stands there, and than the second best.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from itertools import chain, pairwise
from math import exp, log
from operator import add
from typing import TYPE_CHECKING

from converter.diagnostics import Severity
from converter.errors import Message
from converter.records import NamedTuple
from converter.regex import compiled
from converter.repair.context import HAN
from converter.repair.finding import Finding
from converter.repair.signs import LOST, SHIFTED, signs_in
from converter.text.bigrams import Context, table_cost
from converter.text.common_characters import COMMON, FREQUENT, VERY_COMMON
from converter.text.gbk import bytes_of, character_of, characters_of, longest_spelling, spellings
from converter.text.readings import fit
from converter.text.variants import only_simplified, only_traditional, telling_characters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

CODE = "ZH102"
NAME = Message("GBK byte slips", "GBK 错位")

# Damaged → repaired.
CASES = (
    ("為確?!皟尚隆苯M織抓得實，確保落實，確保公開。", "為確保“兩新”組織抓得實，確保落實，確保公開。"),
    ("為確?！皟尚隆苯M織抓得實，確保落實，確保公開。", "為確保“兩新”組織抓得實，確保落實，確保公開。"),
    ("黨費全額返還??h級部門", "黨費全額返還。縣級部門"),
    ("二是組織慶?;顒?。三是總結慶祝活動的經驗，慶祝活動以後慶祝活動的經費要公開。",
     "二是組織慶祝活動。三是總結慶祝活動的經驗，慶祝活動以後慶祝活動的經費要公開。"),
    ("一方面?zhèn)€別老板有偏見", "一方面個別老板有偏見"),
    ("伯?dāng)?shù)字", "伯數字"),
    ("卷十一牥У奂偷谑\ue1a9\n卷一", "卷十一　哀帝纪第十一\n卷一"),
    ("為確！拔逡弧逼陂g安全生產，確保平安。", "為確保“五一”期間安全生產，確保平安。"),
    # What a person wrote.
    ("蜻蜓點水，逡巡不前；螳螂捕蟬，饕餮盈野！", "蜻蜓點水，逡巡不前；螳螂捕蟬，饕餮盈野！"),
    ("今有蘄蛇、蜈蚣，蘄艾硃砂，硇砂雄黃。", "今有蘄蛇、蜈蚣，蘄艾硃砂，硇砂雄黃。"),
    ("什么?!他真的来了?!我不信??", "什么?!他真的来了?!我不信??"),
    ("真的吗?。好的?；那就这样??hello", "真的吗?。好的?；那就这样??hello"),
    ("今贵州有牂牁江。", "今贵州有牂牁江。"),
)  # fmt: skip

_SYLLABLE = "[a-zü:āáǎăàēéěĕèīíǐĭìōóǒŏòūúǔŭùǖǘǚǜńňǹɑɡ]{1,7}"
# Where a slip may begin: a lost byte before a mark or before Pinyin whose bracket was swallowed, or a character that
# 0xA0 makes with the first byte of a character of GB 2312.
_BEGIN = compiled(
    f"(?<![0-9A-Za-z\\s/=&?])[{LOST}](?:[!?;,.:！？；。，：](?=[^\\s])|[(（]?{_SYLLABLE}[)）])|(?<![{SHIFTED}])[{SHIFTED}]"
)
_SUSPECTS = frozenset(LOST + SHIFTED)  # with which one begins
_CUT = "！？；。，!?;.,"
# Where the byte before the cut was dropped without a trace, the mark stands between characters, rare ones behind it.
_DROPPED = compiled(f"[{_CUT}](?=[^\x00-\u33ff\ua000-\uffff{COMMON + VERY_COMMON + FREQUENT}]{{3}})(?<={HAN}[{_CUT}])")
_LOOKED_AT, _STRANGE_PAIRS = 5, 11.3
"""Nats that pairs of so many characters behind such a mark cost on the average: nobody wrote them."""
_PINYIN = compiled(f"[(（]?({_SYLLABLE})[)）]")
_BRACKET = compiled(f"[(（]({_SYLLABLE})[)）]")

_MARKS = frozenset("?\ufffd!;,.:！？；。，：、“”‘’（）()《》「」『』 \u3000")

_FULL_STOPS = frozenset("。！？；.!?;")
# Nats that a candidate must gain over what stands there, and weights of the search, in round figures.
_LEAST = 3.0
_SURE = 0.98
"""Below this a repair that is carried out says so as a warning: of slips made in texts that set no threshold, 36 of 37
above it were right, and 14 of 17 between it and what is applied at all."""
_GUESSED = 0.9
"""How much less sure a slip is whose last byte was dropped as well: it is reported."""
_HOPELESS = -10.0
_SAMPLE = 150_000
"""So many characters say what a text is like."""
_PATIENCE = 100.0
"""How often a text may look damaged and turn out to be sound, ten times more for each slip, before it is believed."""
_GLANCE, _RUN = 24, 400
"""How many characters are looked at before it is worth the work to choose the lost ones, and at all."""
_PRIVATE, _STRANGE, _MARK = 20.0, 12.0, 6.0
"""The most that may stand against a character of the private use area, another, and a mark."""
_FOREIGN = 4.0
_SHORT_SENTENCE = 1.5
_BEAM, _NARROW = 160, 6
"""How many ways are followed at once: to the character after a lost one, and from there on."""
_UNKNOWN = -1
_HOLE = "\0"
_HOLE_COST = 2.5
"""What a character yet unknown costs, before it is worth the work to choose it."""


class _State(NamedTuple):
    """One way to read the slip up to some place."""

    gain: float
    """Nats by which it is likelier than what stands there."""
    read: str
    last: str
    """The last two characters read."""
    before: int
    """The last byte, or the one before `lead` if that is set."""
    lead: int | None
    """The first byte of a character whose second byte is still to come."""
    opened: int = -1
    """Where `lead` was lost, if it is a guess."""


class _Reading(NamedTuple):
    gain: float
    end: int
    read: str


def find(text: str) -> Iterator[Finding]:
    """Every slip that reads well when its bytes are put right."""
    suspects = "".join(_SUSPECTS.intersection(signs_in(text)))
    dropped = [match.start() for match in _DROPPED.finditer(text) if _is_strange(text, match.end())]
    if not suspects and not dropped:
        return
    # Of the suspects those that the text has, for speed: it mostly has one or two.
    starts = [match.start() for match in re.finditer(f"[{suspects}]", text)] if suspects else []
    context: _Weights | None = None
    at, patience, cut = 0, _PATIENCE, frozenset(dropped)
    for start in sorted({*starts, *dropped}):
        if start < at or not (start in cut or _BEGIN.match(text, start)):
            continue
        if patience <= 0:
            return
        if not _readings(text, start, _rough, guess=False, dropped=start in cut)[0]:
            patience -= 0.01
            continue
        if context is None:
            context = _Weights(text)
        # What was read in vain is not read again: the work grows with the text alone.
        readings, at = _readings(text, start, context.at(start), guess=True, dropped=start in cut)
        patience -= 1
        if not readings or readings[0].gain < _LEAST:
            continue
        best = readings[0]
        if _MARKS.issuperset(text[start : best.end]):
            continue  # a character that was lost, and marks that are what they seem
        margin = best.gain - readings[1].gain if len(readings) > 1 else _STRANGE
        confidence = 1 / ((1 + exp(-1.3 * margin - 0.35)) * (1 + exp(2 * (_LEAST - best.gain))))
        if start in cut and text[best.end : best.end + 1] in _CUT:
            confidence *= _GUESSED
        patience += 10
        severity = Severity.INFO if confidence >= _SURE else Severity.WARNING
        yield Finding(start, best.end, best.read, _message(), severity, round(confidence, 3))
        at = best.end


def _is_strange(text: str, start: int) -> bool:
    """Whether pairs of characters that nobody writes stand here."""
    words = text[start : start + _LOOKED_AT]
    return sum(table_cost(*pair) for pair in pairwise(words)) > _STRANGE_PAIRS * (len(words) - 1)


class _Weights:
    """What pairs of characters cost in a document, in its script, and in a line of it."""

    def __init__(self, text: str) -> None:
        self._text = text
        sample = text[:_SAMPLE].replace("\r\n", "\n")
        self._context = Context(sample)
        simple, traditional = map(self._context.occurs, telling_characters())
        self._foreign = (
            only_simplified if traditional > 9 * simple else only_traditional if simple > 9 * traditional else None
        )
        self._near: Counter[str] = Counter()
        self._length = 1
        self._local = 0.0

    def at(self, start: int) -> Callable[[str, str], float]:
        """The costs behind a place: what stands before it in the line counts for more the less it is, since a heading
        repeats itself (卷二十一上…第一上) and a paragraph does not.
        """
        near = self._text[max(0, start - 40) : start].rpartition("\n")[2]
        self._near = Counter(chain(near, map(add, near, near[1:])))
        self._length = len(near) or 1
        self._local = 0.1 * min(1.0, 10 / self._length)
        return self._cost

    def _cost(self, before: str, two: str) -> float:
        near, share = self._near, 0.8 * self._context.share(before, two)
        if two >= "\u3400" and two in near:
            one = before[-1]
            share += self._local * (near[two] / self._length + near.get(one + two, 0) / (near.get(one) or 1))
        cost = -log(share)
        if self._foreign is not None and self._foreign(two):
            cost += _FOREIGN
        return cost


def _rough(before: str, character: str) -> float:
    """Costs by the table alone, with what is not known yet left open."""
    if character == _HOLE:
        return _HOLE_COST
    return table_cost("\n" if before[-1] == _HOLE else before.replace(_HOLE, "\n"), character)


def _readings(
    text: str, start: int, cost: Callable[[str, str], float], *, guess: bool, dropped: bool = False
) -> tuple[list[_Reading], int]:
    """What the slip that begins at `start` may read, the best first, and the place where the search ended.

    Where the lost byte was `dropped`, the character at `start` is the first that is read one byte off.

    Unless it may `guess`, lost bytes stay open, what cannot become good whatever they were is left out, and the search
    stops after some characters.
    """
    previous = text[max(0, start - 2) : start] or "\n"
    code = bytes_of(previous[-1])
    state = _State(0.0, "", previous, code[-1] if len(code) == 2 else _UNKNOWN, None)
    leads = (range(0x81, 0xFF) if guess else (_UNKNOWN,)) if dropped else ()
    places: dict[int, list[_State]] = {start: [state, *(state._replace(lead=lead, opened=start) for lead in leads)]}
    found: dict[tuple[int, str], float] = {}
    at = start
    while places:
        at = min(places)
        if not guess and at > start + _GLANCE:
            found.update({(at, state.read): state.gain for state in places[at]})
            break
        if at > start + _RUN:
            break
        states = _promising(places.pop(at))
        if not states:
            continue
        here = _looked_at(text, at, opened=any(state.lead is not None for state in states))
        for state in states:
            if state.lead is None and at > start:
                gain = state.gain + here.stood - cost(state.last, here.after)
                if here.after in _FULL_STOPS and not _FULL_STOPS.isdisjoint(state.read[-3:]):
                    gain -= _SHORT_SENTENCE
                key = (at, state.read)
                found[key] = max(gain, found.get(key, gain))
                continue
            for end, following in _steps(here, state, cost, guess=guess, dropped=dropped):
                if following.gain > _HOPELESS:
                    places.setdefault(end, []).append(following)
    least = 0.0 if not guess else -1e9
    readings = (_Reading(gain, end, read) for (end, read), gain in found.items() if gain > least)
    return sorted(readings, reverse=True), at + 1


def _promising(states: list[_State]) -> list[_State]:
    """The best states, of those that go on alike only two: one to be chosen, one to doubt it."""
    states.sort(key=lambda state: -state.gain)
    most = _NARROW if len(states[0].read) > 1 else _BEAM
    least = states[0].gain - _STRANGE
    alike: dict[tuple[str, int, int | None], int] = {}
    kept = []
    for state in states:
        key = (state.last, state.before, state.lead)
        alike[key] = number = alike.get(key, 0) + 1
        if number <= 2 and (not state.read or state.gain > least):
            kept.append(state)
            if len(kept) == most:
                break
    return kept


class _Piece(NamedTuple):
    """One way to spell the next characters in bytes."""

    end: int
    code: bytes
    stood: float
    """What these characters cost as they stand."""


class _Lost(NamedTuple):
    """A byte that was lost, with the Pinyin behind it whose bracket it swallowed."""

    end: int
    stood: float
    """What it costs as it stands."""
    syllable: str


class _Here(NamedTuple):
    """What stands at a place: the same for all ways that lead there."""

    at: int
    character: str
    """Empty at the end of the text."""
    after: str
    """The same, any line end as one."""
    stood: float
    """What it costs as it stands."""
    lost: _Lost | None
    bracket: re.Match[str] | None
    """Pinyin."""
    pieces: list[_Piece]


def _looked_at(text: str, at: int, *, opened: bool) -> _Here:
    """What stands at a place; what only a character whose second byte is to come asks for, if there is one `opened`."""
    character = text[at : at + 1]
    after = character.replace("\r", "\n") or "\n"
    stood = _stands(text[max(0, at - 2) : at], after)
    lost = None
    if character and character in LOST:
        match = _PINYIN.match(text, at + 1)
        lost = _Lost(match.end(), stood + _STRANGE / 2, match[1]) if match else _Lost(at + 1, stood, "")
    bracket = _BRACKET.match(text, at) if opened else None
    return _Here(at, character, after, stood, lost, bracket, _pieces(text, at) if opened else [])


def _pieces(text: str, at: int) -> list[_Piece]:
    """The bytes of the next character, or of what a half-width pass made several characters of."""
    found: list[_Piece] = []
    stood = 0.0
    for end in range(at + 1, min(len(text), at + longest_spelling()) + 1):
        stood += _stands(text[max(0, end - 3) : end - 1], text[end - 1])
        found += (_Piece(end, code, stood) for code in spellings(text[at:end]))
    return found


def _steps(
    here: _Here, state: _State, cost: Callable[[str, str], float], *, guess: bool, dropped: bool
) -> Iterator[tuple[int, _State]]:
    """Every way to go on, with the place that it leads to."""
    at, character = here.at, here.character
    if here.lost:
        yield from _over_lost_byte(at, here.lost, state, cost, guess=guess)
    if state.lead is None:
        if character and character in SHIFTED:
            gain = state.gain + here.stood - cost(state.last, "\u3000")
            yield at + 1, _State(gain, state.read + "\u3000", "\n\u3000", 0xA0, bytes_of(character)[1])
        return
    if character in "\r\n" or (dropped and state.read and character in _CUT):
        # At the end of a line, or of the text, the last byte was dropped without a mark; or before the next cut.
        for ended in _with_trail(state, cost, 0.0, guess=guess):
            yield at, ended
    if here.bracket and _annotated(state, here.bracket[1]):
        yield here.bracket.end(), state
    for piece in here.pieces:
        if (following := _read(state, piece, cost)) is not None:
            yield piece.end, following


def _over_lost_byte(
    at: int, lost: _Lost, state: _State, cost: Callable[[str, str], float], *, guess: bool
) -> Iterator[tuple[int, _State]]:
    """Every byte that the question mark at `at` may have been."""
    end, stood, syllable = lost
    if state.lead is None:
        if state.read:
            return
        leads: Iterable[int] = range(0x81, 0xFF) if guess or syllable else (_UNKNOWN,)
        opened = (state.gain + stood, state.read, state.last, state.before)
        for lead in leads:
            following = _State(*opened, lead, at)
            if not syllable or _annotated(following, syllable):
                yield end, following
        return
    if not syllable and at == state.opened + 1:
        return  # two lost bytes on end are a character that nothing is known of
    for following in _with_trail(state, cost, stood, guess=guess or bool(syllable)):
        if not syllable or _annotated(following, syllable, state.lead):
            yield end, following


def _with_trail(state: _State, cost: Callable[[str, str], float], stood: float, *, guess: bool) -> Iterator[_State]:
    """The pending character with every second byte that it may have, for what `stood` there."""
    gain, read, last, _, lead, _ = state
    if not guess or lead is None or lead == _UNKNOWN:
        gain = gain - cost(last, _HOLE) if not guess else _HOPELESS
        yield _State(gain + stood, read + _HOLE, last[-1] + _HOLE, 0, None)
        return
    for trail, character in characters_of(lead):
        yield _State(gain - cost(last, character) + stood, read + character, last[-1] + character, trail, None)


def _read(state: _State, piece: _Piece, cost: Callable[[str, str], float]) -> _State | None:
    """The state after one or two more bytes; None if they make no character."""
    gain, read, before, _, lead, _ = state
    if lead is None:
        return None
    _, code, stood = piece
    character = _HOLE if lead == _UNKNOWN else character_of(lead, code[0])
    if character is None:
        return None
    gain, last = gain - cost(before, character), before[-1] + character
    if len(code) == 1:
        return _State(gain + stood, read + character, last, code[0], None)
    if code[1] >= 0x80:
        return _State(gain + stood, read + character, last, code[0], code[1])
    alone = chr(code[1])
    return _State(gain - cost(last, alone) + stood, read + character + alone, last[-1] + alone, _UNKNOWN, None)


def _annotated(state: _State, syllable: str, lead: int | None = None) -> bool:
    """Whether the last two bytes make a character with this reading."""
    one, two = (state.before, state.lead) if state.lead is not None else (lead, state.before)
    if one is None or two is None or one == _UNKNOWN:
        return False
    character = character_of(one, two)
    return character is not None and fit(character, syllable) > 0


def _stands(before: str, character: str) -> float:
    """What the text as it stands costs; however strange it is, it may be meant, and marks may stand anywhere."""
    most = _MARK if character in _MARKS else _PRIVATE if "\ue000" <= character <= "\uf8ff" else _STRANGE
    return min(table_cost(before or "\n", character), most)


@functools.cache
def _message() -> Message:
    return Message("GBK text read one byte off", "GBK 文字错位一字节")
