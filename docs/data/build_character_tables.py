"""Build the tables in `converter/text/data` from openly licensed sources.

    python docs/data/build_character_tables.py MODEL LEXICON UNIHAN_READINGS UNIHAN_IRGSOURCES

MODEL and LEXICON are `lm_sc.t3g` and `pydict_sc.bin` of Debian's package `sunpinyin-data` 0.1.22+20170109, the language
model of the open-gram project (CC BY-SA 3.0). UNIHAN_READINGS and UNIHAN_IRGSOURCES are `Unihan_Readings.txt` and
`Unihan_IRGSources.txt` of the Unicode Character Database, as in Debian's package `unicode-data` 15.0 (Unicode licence);
`.bz2` is read as it is. The forms of the two scripts come from the installed package opencc-python-reimplemented
(Apache-2.0). The same sources give the same bytes.
"""

from __future__ import annotations

import bz2
import re
import struct
import sys
from collections import Counter, defaultdict
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

DATA = Path(__file__).parents[2] / "converter" / "text" / "data"
# What a pair must be worth to be kept: rarer pairs say less than that both characters exist.
LEAST = 16
# The counts are those of a text of so many words.
WORDS = 1 << 26
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


def bigrams(model: Path, lexicon: Path) -> str:
    """A line for each character: how often it begins a word and is one, stands later in one and ends one; which
    characters follow it inside words, and after a bar, which begin the next word.
    """
    words = lexicon_words(lexicon)
    shares, following = language_model(model)
    heads: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    inside: dict[str, Counter[str]] = defaultdict(Counter)
    across: dict[str, Counter[str]] = defaultdict(Counter)
    for number, share in shares.items():
        word, count = words[number], share * WORDS
        if not word:
            continue
        heads[word[0]][0] += count
        for character in word[1:]:
            heads[character][2] += count
        heads[word[-1]][1 if len(word) == 1 else 3] += count
        for one, two in pairwise(word):
            inside[one][two] += count
        for other, part in following[number]:
            if words[other]:
                across[word[-1]][words[other][0]] += count * part
    lines = []
    for character, counts in sorted(heads.items(), key=lambda item: (-item[1][0] - item[1][2], item[0])):
        if in_gbk(character) and counts[0] + counts[2] >= LEAST:
            head = "".join(map(letter, map(round, counts)))
            lines.append(" ".join((character, head, *levels(inside[character]), "|", *levels(across[character]))))
    return "\n".join(lines) + "\n"


def levels(followers: Counter[str]) -> list[str]:
    """Characters by how often they follow, those of a level after its letter."""
    found: dict[str, list[str]] = defaultdict(list)
    for character, count in sorted(followers.items(), key=lambda item: (-item[1], item[0])):
        if count >= LEAST and in_gbk(character):
            found[letter(round(count))].append(character)
    return [level + "".join(characters) for level, characters in found.items()]


def lexicon_words(path: Path) -> list[str]:
    """The words of SunPinyin's lexicon by number; the third integer of the file says where they begin."""
    data = path.read_bytes()
    return data[struct.unpack_from("<3I", data)[2] :].decode("utf-32-le").split("\0")


def language_model(path: Path) -> tuple[dict[int, float], dict[int, list[tuple[int, float]]]]:
    """Each word's probability, and the words that follow it with theirs, from SunPinyin's threaded trigram file.

    The file holds the sizes of its four levels, two tables of quantised values (2^16 probabilities, 2^14 back-off
    weights), and the nodes of each level: word in 18 bits, back-off in 14, probability in 16, first child in 23.
    """
    data = path.read_bytes()
    _, _, zeroth, words, pairs, _ = struct.unpack_from("<6I", data)
    values = struct.unpack_from(f"<{1 << 16}f", data, 24)
    at = 24 + 4 * (1 << 16) + 4 * (1 << 14) + 12 * zeroth
    unigrams = [node(*n) for n in struct.iter_unpack("<3I", data[at : at + 12 * words])]
    at += 12 * words
    nodes = [node(*n) for n in struct.iter_unpack("<3I", data[at : at + 12 * pairs])]
    shares = {word: values[value] for word, value, _ in unigrams[:-1]}
    following = {
        word: [(other, values[part]) for other, part, _ in nodes[first:last]]
        for (word, _, first), (_, _, last) in pairwise(unigrams)
    }
    return shares, following


def node(one: int, two: int, three: int) -> tuple[int, int, int]:
    """Word, place of the probability, and place of the first child."""
    return one & 0x3FFFF, two & 0xFFFF, two >> 16 | three >> 25 << 16


def unihan_fields(source: Path) -> dict[str, dict[str, str]]:
    """What a file of Unihan says of each character, by field."""
    data = bz2.decompress(source.read_bytes()) if source.suffix == ".bz2" else source.read_bytes()
    fields: dict[str, dict[str, str]] = defaultdict(dict)
    for line in data.decode().splitlines():
        if line.startswith("U+"):
            code, field, value = line.split("\t")
            fields[chr(int(code.removeprefix("U+"), 16))][field] = value
    return fields


def strokes(source: Path) -> str:
    """A line for each number of strokes: the characters that have so many, as they are written on the mainland."""
    groups: dict[int, list[str]] = defaultdict(list)
    for character, fields in sorted(unihan_fields(source).items()):
        if "kTotalStrokes" in fields and in_gbk(character):
            groups[int(fields["kTotalStrokes"].split()[0])].append(character)
    return "".join(f"{count} {''.join(groups[count])}\n" for count in sorted(groups))


def readings(source: Path) -> str:
    """A line for each syllable: characters read so mainly, often (`|`), and rarely (`|`)."""
    fields = unihan_fields(source)
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
    """Write the tables."""
    model, lexicon, unihan, sources = map(Path, sys.argv[1:])
    forms = variants()
    rows = (f"{simple} {''.join(found)}\n" for simple, found in sorted(forms.items()))
    for name, text in (
        ("bigrams.txt", bigrams(model, lexicon)),
        ("readings.txt", readings(unihan)),
        ("strokes.txt", strokes(sources)),
        ("variants.txt", "".join(rows)),
    ):
        (DATA / name).write_text(text, encoding="utf-8", newline="\n")


main()
