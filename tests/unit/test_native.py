import pytest

from converter.errors import InputError
from converter.model import (
    Document,
    Heading,
    HeadingKind,
    LineBreak,
    Mark,
    Metadata,
    Paragraph,
    Role,
    Section,
    Separator,
    Text,
)
from converter.native import from_json, to_json

EVERYTHING = Document(
    metadata=Metadata(title="标题", authors=("甲", "乙"), date="2012-7-11"),
    front=(Paragraph(inlines=(Text(text="同志们："),), role=Role.SALUTATION), Separator()),
    sections=(
        Section(
            heading=Heading(inlines=(Text(text="坚持学习制度。"),), label="1、", kind=HeadingKind.DECIMAL, run_in=True),
            blocks=(
                Paragraph(inlines=(Text(text="完善", marks=frozenset({Mark.STRONG})), LineBreak(), Text(text="𠮷"))),
            ),
            sections=(Section(heading=Heading(inlines=(Text(text="附"),))),),
        ),
    ),
    language="zh-Hant-TW",
)


def test_every_node_comes_back():
    assert from_json(to_json(EVERYTHING)) == EVERYTHING


def test_characters_stay_readable():
    assert "坚持学习制度。" in to_json(EVERYTHING)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "JSON"),
        ("[]", "Document"),
        ('{"type": "Document", "version": 99}', "version"),
        ('{"type": "Document", "nonsense": 1}', "nonsense"),
        ('{"type": "Document", "front": [{"type": "Section"}]}', "document.front[0]"),
        ('{"type": "Document", "front": [{"type": "Paragraph", "inlines": [], "role": "king"}]}', "front[0].role"),
        ('{"type": "Document", "front": [{"type": "Paragraph"}]}', "front[0]"),
        ('{"type": "Document", "language": 7}', "document.language"),
        ("[" * 100_000, "JSON"),
    ],
)
def test_what_is_not_a_document_is_refused_with_the_place(text, place):
    with pytest.raises(InputError) as caught:
        from_json(text)
    assert place in caught.value.message.en
