"""What stands around the text."""

from dataclasses import replace
from pathlib import Path

import pytest

from converter.typeset.pages import Typesetter
from converter.typeset.tags import Tag
from converter.typeset.theme import Align, Face, Folio
from converter.typeset.themes import THEMES
from converter.writers.pdf.sheets import Paper

UNEQUAL = Path("/usr/share/fonts/opentype/urw-base35/P052-Italic.otf")


@pytest.mark.parametrize("align", Align)
@pytest.mark.parametrize("face", Face)
def test_a_page_number_is_set_as_any_line(align, face):
    """Also in a font of the user's whose digits are not equally wide."""
    fonts = {face: str(UNEQUAL)} if UNEQUAL.exists() and face is Face.KAI else {}
    theme = replace(THEMES["book"], folio_style=replace(THEMES["book"].folio_style, face=face))
    paper, tag = Paper(Typesetter(theme, fonts)), Tag("P")
    for label in ("1", "7", "12", "71", "iv", "xii", "— 12 —", "— 7 —", "2026", "1999", "12", ""):
        for given in (None, tag):
            set_alike = paper.number(label, theme.folio_style, align, 3, 5, tag=given)
            assert set_alike == paper.line(label, theme.folio_style, align, 3, 5, tag=given)


@pytest.mark.parametrize("form", Folio)
def test_folios_of_many_pages(form):
    paper = Paper(Typesetter(replace(THEMES["official"], folio=form)))
    for side in range(1, 130):
        mark = paper.folio(str(side), side, 10)
        assert str(side) in mark.line.text
        fresh = Paper(paper.typesetter).folio(str(side), side, 10)
        assert mark == fresh
