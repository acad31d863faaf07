"""Inlines as runs: words with their marks, line breaks, calls of notes, links, readings."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, assert_never

from converter.model import LineBreak, Link, NoteRef, Ruby, Text
from converter.units import half_points
from converter.writers.docx.ooxml import qn, text_run, w
from converter.writers.docx.runs import styled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

    from converter.model import Inline
    from converter.writers.docx.story import Story


def inlines_to_docx(inlines: Iterable[Inline], story: Story) -> Iterator[Element]:
    """The inlines as runs."""
    return chain.from_iterable(inline_to_docx(inline, story) for inline in inlines)


def inline_to_docx(inline: Inline, story: Story) -> Iterable[Element]:  # noqa: PLR0911 - one for each kind
    """The inline as one run or several."""
    match inline:
        case Text():
            return story.review.words(inline.text, inline.marks, inline.span)
        case LineBreak():
            return (w("r", w("br")),)
        case NoteRef():
            style = w("rPr", w("rStyle", val="FootnoteReference"))
            if not 1 <= inline.number <= story.note_count:
                return (text_run(str(inline.number), style),)
            return (w("r", style, w("footnoteReference", id=inline.number)),)
        case Link():
            words = story.review.words(inline.text, inline.marks, inline.span)
            relation = story.link(inline.target)
            if relation is None:
                return words
            link = w("hyperlink", *styled(words, "Hyperlink"))
            link.set(qn("r:id"), relation)
            return (link,)
        case Ruby():
            return (ruby_to_docx(inline, story),)
        case _:
            assert_never(inline)


def ruby_to_docx(ruby: Ruby, story: Story) -> Element:
    """A reading above its characters, half as large (ECMA-376 §17.3.3.25)."""
    size, clean = half_points(story.theme.body.size), story.review.characters.clean
    properties = w(
        "rubyPr",
        w("rubyAlign", val="distributeSpace"),
        w("hps", val=size // 2),
        w("hpsRaise", val=size - 2),
        w("hpsBaseText", val=size),
        w("lid", val="zh-CN"),
    )
    above = text_run(clean(ruby.annotation), w("rPr", w("sz", val=size // 2)))
    return w("r", w("ruby", properties, w("rt", above), w("rubyBase", text_run(clean(ruby.base)))))
