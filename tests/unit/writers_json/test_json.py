import json

import pytest

from converter.errors import InputError
from converter.model import Document, Heading, Metadata, Paragraph, Section, text
from converter.readers.json import JsonReader
from converter.typeset.themes import find_theme
from converter.writers.json import JsonOptions, JsonWriter

DOCUMENT = Document(
    metadata=Metadata(title="题<&>", authors=("甲",)),
    front=(Paragraph(inlines=text("一\n二\x01\ud800𠮷")),),
    sections=(Section(heading=Heading(inlines=text("头"), label="一、")),),
    language="zh-Hant",
)


def write(**options):
    return JsonWriter().write(DOCUMENT, find_theme("article"), JsonOptions(**options)).value


@pytest.mark.parametrize("indent", [None, 2])
def test_what_is_written_is_read_back_equal(indent):
    assert JsonReader().read(write(indent=indent), JsonReader.options_type()).value == DOCUMENT


def test_it_is_one_line_of_utf_8_unless_asked_otherwise():
    assert write().decode().count("\n") == 1
    assert "题<&>" in write().decode()
    assert json.loads(write(indent=2)) == json.loads(write())


DEEP = (
    '{"type":"Document","sections":['
    + '{"type":"Section","heading":{"type":"Heading","inlines":[]},"sections":[' * 400
    + "]}" * 401
)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\xff", b"[]", b'{"type": "Paragraph"}', DEEP.encode()])
def test_what_is_no_document_is_refused(data):
    with pytest.raises(InputError):
        JsonReader().read(data, JsonReader.options_type())
