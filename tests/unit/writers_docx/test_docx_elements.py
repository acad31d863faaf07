import pytest
from docx.oxml.parser import OxmlElement

from converter.writers.docx.ooxml import _SEQUENCES, child, w


@pytest.mark.parametrize("parent", _SEQUENCES)
def test_children_stand_in_the_order_of_the_schema_however_they_are_asked_for(parent):
    sequence = _SEQUENCES[parent].split()
    made = w(parent)
    for tag in (*sequence[1::2], *reversed(sequence)):
        child(made, tag)
    assert [element.tag.rpartition("}")[2] for element in made] == sequence


def test_a_child_that_is_there_is_not_made_again():
    made = w("rPr")
    assert child(made, "sz") is child(made, "sz")
    assert len(made) == 1


@pytest.mark.parametrize(
    ("parent", "tags"),
    [("pPr", ("jc", "spacing", "ind", "numPr", "pStyle")), ("rPr", ("sz", "color", "rFonts", "b", "rStyle"))],
)
def test_the_order_is_that_of_python_docx(parent, tags):
    theirs, ours = OxmlElement(f"w:{parent}"), w(parent)
    for tag in tags:
        getattr(theirs, f"get_or_add_{tag}")()
        child(ours, tag)
    assert [element.tag for element in ours] == [element.tag for element in theirs]
