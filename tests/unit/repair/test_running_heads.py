from converter.repair.running_heads import find
from converter.source import SourceText

BODY = "调研组先后走访了十二个乡镇和四十个行政村，召开座谈会二十余场，听取了各方面的意见。" * 5


def repaired(text):
    return SourceText(text).edited(f[:3] for f in find(text)).text


def test_the_title_stays_though_the_heads_repeat_it():
    page = f"\n{BODY}\n"
    text = "\f".join(f"清水县志\n{BODY}\n" for _ in range(4))
    assert repaired(text) == "清水县志" + "\f".join([page] * 4)
