"""A font that a process takes many subsets from gives the same ones sooner."""

from __future__ import annotations

import uharfbuzz as hb

from converter.typeset.fonts import FontFace, font_folder


def subset(face: FontFace, text: str) -> bytes:
    wanted = hb.SubsetInput()
    wanted.glyph_set.update({face.glyph(c) for c in text})
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    return bytes(hb.SubsetPlan(face.harfbuzz.to_subset(), wanted).execute().blob.data)


def test_subsets_are_the_same_before_and_after_the_face_is_prepared():
    face = FontFace(font_folder() / "DocSongSC-Regular.ttf")
    made = [subset(face, "坚持学习制度，ABC") for _ in range(12)]
    assert face.harfbuzz.to_subset() is not face.harfbuzz.face
    assert set(made) == {made[0]}
    assert subset(face, "另外几个字") != made[0]
