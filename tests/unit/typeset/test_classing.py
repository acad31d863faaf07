"""The classes of characters, looked up one by one and by a table."""

import pytest

from converter.typeset.classing import _ROOM, _WORTH, Classing
from converter.typeset.punctuation import classify

WORDS = "全面推进乡村振兴，加快农业农村现代化。“十四五”规划——2021—2025年，增长8.5%？（见附件）"
STRANGE = (
    "?",
    "??什么?",
    "𠮷野家",
    "Ünïcode",
    "\ufffe\uffff",
    "e\u0301",
    "ﬁ\u200b🀄",
    "",
    " ",
    "\ufffd",
    "\n\t",
    "\0\x1f\x7f",
)


def classing():
    asked = []

    def learn(characters):
        asked.extend(characters)
        return {ord(character): classify(character) for character in characters}

    return Classing(learn), asked


def slowly(text):
    return "".join(map(classify, text))


@pytest.fixture
def seasoned():
    made, asked = classing()
    while made._unknown is None:
        made(WORDS * 50)
    asked.clear()
    return made, asked


@pytest.mark.parametrize("text", [WORDS, *STRANGE, *(f"{WORDS}{text}{WORDS}" for text in STRANGE)])
def test_a_table_says_the_same_as_the_rules(seasoned, text):
    made, _ = seasoned
    assert made(text) == slowly(text)
    assert made(text * 2) == slowly(text * 2)


def test_each_character_is_learnt_once(seasoned):
    made, asked = seasoned
    made(WORDS)
    assert asked == []
    made("龘龘")
    assert asked == ["龘"]
    assert made(f"龘{WORDS}") == slowly(f"龘{WORDS}")
    assert asked == ["龘"]


def test_a_text_of_more_marks_and_letters_than_the_table_has_room_for():
    made, _ = classing()
    text = "".join(map(chr, range(0x100, 0x100 + 2 * _ROOM))) + "的"
    for _ in range(_WORTH // len(text) + 2):
        assert made(text) == slowly(text)
    assert made._unknown is None


def test_the_table_grows_with_the_text(seasoned):
    made, _ = seasoned
    more = "".join(map(chr, range(0x5000, 0x5400))) + "ΑΒΓ"
    for _ in range(_WORTH // len(more) + 2):
        assert made(more) == slowly(more)
    assert not made._unknown.search(more)
    assert made(WORDS + more) == slowly(WORDS + more)
