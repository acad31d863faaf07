"""The outline as ISO 32000-1 12.3.3 has it."""

import io

import pikepdf
import pytest

from converter.model import Document, Heading, Metadata, Section, text
from converter.pipeline import write


def section(title, *below):
    return Section(heading=Heading(inlines=text(title)), sections=below)


DEEP = section("一", section("一之一", section("甲", section("子"))), section("一之二"))


@pytest.mark.parametrize(
    ("sections", "counts"),
    [
        ((section("一"), section("二")), (2, {})),
        # Of level 1 the entries below are seen, of level 2 they are folded.
        ((DEEP, section("二")), (4, {"一": 2, "一之一": -1, "甲": -1})),
    ],
)
def test_it_says_how_many_entries_are_seen(sections, counts):
    data = write(Document(metadata=Metadata(title="题"), sections=sections), "pdf").value
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root, said = pdf.Root.Outlines, {}

        def walk(entry, above):
            before = None
            while entry is not None:
                assert entry.Parent == above
                assert entry.get("/Prev") == before
                if "/Count" in entry:
                    said[str(entry.Title)] = int(entry.Count)
                if "/First" in entry:
                    assert walk(entry.First, entry) == entry.Last
                before, entry = entry, entry.get("/Next")
            return before

        assert walk(root.First, root) == root.Last
        assert (int(root.Count), said) == counts


def test_without_headings_there_is_none():
    with pikepdf.open(io.BytesIO(write(Document(), "pdf").value)) as pdf:
        assert "/Outlines" not in pdf.Root
        assert "/Names" not in pdf.Root
