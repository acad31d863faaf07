"""Build the tables in `converter/text/data` from openly licensed sources.

    python docs/data/build_character_tables.py JIEBA_DICT UNIHAN_READINGS

JIEBA_DICT is `jieba/dict.txt` of the source distribution jieba 0.42.1 on PyPI (MIT). UNIHAN_READINGS is
`Unihan_Readings.txt` of the Unicode Character Database, as in Debian's package `unicode-data` (Unicode licence); `.bz2` is
read as it is. The forms of the two scripts come from the installed package opencc-python-reimplemented (Apache-2.0).
The same sources give the same bytes.
"""

from __future__ import annotations

import bz2
import re
import sys
from collections import Counter, defaultdict
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

DATA = Path(__file__).parents[2] / "converter" / "text" / "data"
HANZI = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
# What a pair must be worth to be kept: rarer pairs say less than that both characters exist.
LEAST = 8
# A reading with this share of a character's occurrences makes the character ambiguous (多音字).
STRONG = 0.05


def letter(count: int) -> str:
    """A count as one letter: each letter is twice the one before it."""
    return chr(ord("A") + count.bit_length() - 1) if count else "@"


def variants() -> dict[str, list[str]]:
    """Each Simplified character with its Traditional forms, itself among them if it is one of them: 后 后後."""
    regional = [opencc(name) for name in ("TWVariants.txt", "HKVariants.txt")]
    forms = {}
    for simple, found in opencc("STCharacters.txt").items():
        used = [*found, *(form for region in regional for usual in found for form in region.get(usual, ()))]
        if simple in found or simple not in used:
            forms[simple] = [form for form in dict.fromkeys(used) if in_gbk(form)]
    return {simple: found for simple, found in forms.items() if in_gbk(simple) and found not in ([], [simple])}


def opencc(name: str) -> dict[str, list[str]]:
    """A dictionary of OpenCC: what each character may become, the usual first."""
    spec = find_spec("opencc")
    if spec is None or spec.origin is None:
        sys.exit("opencc-python-reimplemented is not installed")
    path = Path(spec.origin).parent / "dictionary" / name
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0]: row[1].split(" ") for row in rows if len(row) == 2}


def in_gbk(character: str) -> bool:
    """Whether GBK has the character."""
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def bigrams(source: Path) -> str:
    """A line for each character: how often it occurs, begins, ends and is a word, and which follow it inside words."""
    total: Counter[str] = Counter()
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    pairs: dict[str, Counter[str]] = defaultdict(Counter)
    for line in source.read_text(encoding="utf-8").splitlines():
        word, frequency, *_ = line.split(" ")
        if not HANZI.fullmatch(word):
            continue
        count = int(frequency)
        first[word[0]] += count
        last[word[-1]] += count
        alone[word] += count if len(word) == 1 else 0
        for character in word:
            total[character] += count
        for one, two in pairwise(word):
            pairs[one][two] += count
    lines = []
    for character, count in sorted(total.items(), key=lambda item: (-item[1], item[0])):
        if not in_gbk(character) or count < LEAST:
            continue
        levels: dict[str, list[str]] = defaultdict(list)
        for follower, together in sorted(pairs[character].items(), key=lambda item: (-item[1], item[0])):
            if together >= LEAST and in_gbk(follower):
                levels[letter(together)].append(follower)
        head = "".join(letter(counts[character]) for counts in (total, first, last, alone))
        lines.append(" ".join((character, head, *(level + "".join(found) for level, found in levels.items()))))
    return "\n".join(lines) + "\n"


def readings(source: Path) -> str:
    """A line for each syllable: characters read so mainly, often (`|`), and rarely (`|`)."""
    data = bz2.decompress(source.read_bytes()) if source.suffix == ".bz2" else source.read_bytes()
    fields: dict[str, dict[str, str]] = defaultdict(dict)
    for line in data.decode().splitlines():
        if line.startswith("U+"):
            code, field, value = line.split("\t")
            fields[chr(int(code[2:], 16))][field] = value
    groups: dict[str, tuple[list[str], list[str], list[str]]] = defaultdict(lambda: ([], [], []))
    for character in sorted(c for c in fields if in_gbk(c)):
        for syllable, rank in ranked(fields[character]).items():
            groups[syllable][rank].append(character)
    return "".join(f"{syllable} {'|'.join(map(''.join, groups[syllable]))}\n" for syllable in sorted(groups))


def ranked(field: dict[str, str]) -> dict[str, int]:
    """Every reading of a character: 0 for the main one, 1 for a frequent one, 2 for the others."""
    counts = {r: int(n) for r, n in re.findall(r"(\S+?)\((\d+)\)", field.get("kHanyuPinlu", ""))}
    found = sorted(counts, key=lambda r: -counts[r])
    for name in ("kMandarin", "kTGHZ2013", "kXHC1983"):
        found += re.findall(r"[^\s\d.:,*]+", field.get(name, ""))
    if not found:
        found = re.findall(r"[^\s\d.:,*]+", field.get("kHanyuPinyin", ""))
    # The neutral tone (轻声) of a word's second syllable is no reading of its own.
    often = {r for r, n in counts.items() if n >= STRONG * sum(counts.values()) and not r.isascii()}
    return {r: 0 if r == found[0] else 1 if r in often else 2 for r in dict.fromkeys(found)}


def main() -> None:
    """Write the three tables."""
    jieba, unihan = map(Path, sys.argv[1:])
    forms = variants()
    rows = (f"{simple} {''.join(found)}\n" for simple, found in sorted(forms.items()))
    for name, text in (
        ("bigrams.txt", bigrams(jieba)),
        ("readings.txt", readings(unihan)),
        ("variants.txt", "".join(rows)),
    ):
        (DATA / name).write_text(text, encoding="utf-8", newline="\n")


main()
