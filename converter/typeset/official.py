"""The parts of an official document that have places of their own on the page: GB/T 9704-2012.

Letterhead and document number above the title (版头, 7.2), the list of attachments (附件说明, 7.3.4), signature and
date in three cases (7.3.5), the imprint at the foot of the last page (版记, 7.4). A theme asks for them by `rules` and
`signing`.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from converter.model import LineBreak, Paragraph, Role, Text, plain
from converter.regex import compiled
from converter.typeset.items import FootItem, Item, RuleItem
from converter.typeset.tags import Tag
from converter.typeset.theme import Align, Face, Signing
from converter.units import Em, Pt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from converter.model import Block, Inline
    from converter.typeset.compositor import Place
    from converter.typeset.items import Placeable
    from converter.typeset.lines import Line
    from converter.typeset.pages import Typesetter
    from converter.typeset.theme import Style, Theme

HEAD_ROLES = (Role.LETTERHEAD, Role.DOCUMENT_NUMBER)
KEPT_ROLES = frozenset({Role.SUBTITLE, Role.BYLINE, Role.SALUTATION, Role.SIGNATURE})
"""Roles that stand on one page with what follows them."""
_MOST_ABOVE, _LONGEST_MARK = 3, 12
_SIGNER = compiled(r"(.*?\S)[\s\u3000]*(签\s?发\s?人\s?[：:].+)")
_ATTACHMENT = compiled(r"(附\s?件\s?[：:]\s?)?([0-9０-９]{1,2}\s?[.．、]\s?)?")
_ATTACHED = compiled(r"附\s?件\s?[0-9０-９一二三四五六七八九十]{0,3}\s?[：:]?")
_LABEL = compiled(r"[^：:]{2,4}[：:]\s?")
_PRINTED = compiled(r"(.*?\S)[\s\u3000]*((?:[0-9０-９]{4}|[一二三四五六七八九〇○零]{4})\s?年.+)")


def head_of(front: Sequence[Block], theme: Theme) -> tuple[Sequence[Paragraph], Sequence[Block]]:
    """Letterhead and document number, where a theme sets them above the title and there is a letterhead, with the few
    short lines above it: copy number, classification, urgency (份号、密级、紧急程度, 7.2.1 to 7.2.3); and the rest.
    """
    head = [block for block in front if isinstance(block, Paragraph) and block.role in HEAD_ROLES]
    if theme.rules is None or not any(block.role is Role.LETTERHEAD for block in head):
        return (), front
    above = list(takewhile(lambda block: block not in head, front))
    if len(above) <= _MOST_ABOVE and all(_is_mark(block) for block in above):
        head = [*(block for block in above if isinstance(block, Paragraph)), *head]
    return head, [block for block in front if block not in head]


def only_heads(blocks: Sequence[Block], theme: Theme) -> bool:
    """Whether blocks stand on one page with what follows them, all of them."""
    _, rest = head_of(blocks, theme)
    return all(isinstance(block, Paragraph) and block.role in KEPT_ROLES for block in rest)


def _is_mark(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role is Role.BODY and len(plain(block.inlines)) <= _LONGEST_MARK


class OfficialParts:
    """Composes these parts for one typesetter."""

    def __init__(self, typesetter: Typesetter) -> None:
        self._typesetter = typesetter
        self._theme = typesetter.theme

    def grouped(self, blocks: Iterable[Block], place: Place) -> Iterator[Placeable | Block]:
        """The blocks in their order, those that belong to a part already composed."""
        for kind, group in groupby(blocks, key=self._kind):
            paragraphs = [block for block in group if isinstance(block, Paragraph) or kind is None]
            if kind is Role.SIGNATURE:
                yield from self._signed(paragraphs, place)  # type: ignore[arg-type] # of this kind are paragraphs only
            elif kind is Role.ATTACHMENT:
                yield from self._attached(paragraphs, place)  # type: ignore[arg-type]
            elif kind is Role.IMPRINT:
                yield self._imprint(paragraphs, place)  # type: ignore[arg-type]
            else:
                yield from paragraphs

    def _kind(self, block: Block) -> Role | None:
        role = block.role if isinstance(block, Paragraph) else None
        if role is None or role is Role.BODY:
            return None
        if role in {Role.SIGNATURE, Role.DATE} and self._theme.signing is not Signing.STYLED:
            return Role.SIGNATURE
        return role if role in {Role.ATTACHMENT, Role.IMPRINT} and self._theme.rules else None

    def head(self, blocks: Sequence[Paragraph]) -> Iterator[Placeable]:
        """7.2: what stands above the letterhead flush left from the first line on; the letterhead 35 mm below the type
        area's edge; two blank lines, the number, the rule.
        """
        rules, line = self._theme.rules, self._theme.body.leading
        if rules is None or not blocks:
            return
        before = rules.head_top
        for index, block in enumerate(blocks):
            if block.role is Role.BODY:  # 7.2.1: the copy number, six digits; 7.2.2, 7.2.3: in 黑体
                face = self._theme.body.face if plain(block.inlines).isdigit() else Face.HEI
                style = replace(self._theme.body, face=face, first_indent=Em(0), before=Pt(0))
                lines = self._lines(block.inlines, style)
                yield Item(lines, style, keep=True, opening=not index)
                before = Pt(max(0, before - len(lines) * style.leading))
                continue
            style = self._theme.style(block.role)
            if block.role is Role.LETTERHEAD:
                style = self._narrowed(style, plain(block.inlines))
                style = replace(style, leading=style.size, before=before, after=Pt(0))
                yield Item(self._lines(block.inlines, style), style, keep=True, opening=True)
                before = Pt(style.size / 4)
            else:
                style = replace(style, before=Pt(2 * line), after=Pt(0))
                yield self._numbered(block, style)
        yield RuleItem(self._theme.page.measure, rules.head, rules.head_colour, rules.head_gap, Pt(2 * line))

    def _narrowed(self, style: Style, words: str) -> Style:
        """A letterhead on one line is narrower than the type area."""
        longest = max((len(line) for line in words.split("\n")), default=1)
        return replace(style, size=Pt(min(style.size, self._theme.page.measure / max(1, longest))))

    def _numbered(self, block: Paragraph, style: Style) -> Item:
        """7.2.5, 7.2.6: the number in the middle; with a signer it stands at the left, he at the right, one em in."""
        match = _SIGNER.fullmatch(plain(block.inlines))
        if not match:
            return Item(self._lines(block.inlines, style), style, keep=True)
        tag = Tag("P")
        number = self._typesetter.line(match[1], replace(style, align=Align.LEFT), tag=tag)
        signer = self._typesetter.line(match[2], replace(style, align=Align.LEFT), tag=tag)
        width = self._theme.page.measure * 1000 / style.size
        item = Item([signer._replace(x=width - 1000 - signer.width)], style, keep=True)
        item.marker = number._replace(x=1000)
        return item

    def _signed(self, blocks: Sequence[Paragraph], place: Place) -> Iterator[Placeable]:
        """7.3.5: who signs, and the date below."""
        style = replace(self._theme.style(Role.DATE), align=Align.LEFT, first_indent=Em(0), right_indent=Em(0))
        measure = self._theme.page.measure * 1000 / style.size
        made = [(block.role is Role.DATE, self._lines(block.inlines, style, place)) for block in blocks]
        name, date = (
            max((w.width for d, lines in made if d is dated for w in lines), default=0) for dated in (False, True)
        )
        first = 2 if self._theme.signing is Signing.STAMPED else 1
        for number, (dated, lines) in enumerate(made):
            placed = [line._replace(x=self._x(line.width, measure, name, date, dated=dated)) for line in lines]
            stands_off = dated and number and self._theme.signing is Signing.STAMPED
            gap = first if not number else 1 if stands_off else 0
            look = replace(style, before=Pt(gap * self._theme.body.leading), after=Pt(0))
            yield Item(placed, look, keep=number + 1 < len(made), signs=True)

    def _x(self, width: float, measure: float, name: float, date: float, *, dated: bool) -> float:
        """Where a line of this width begins, in thousandths of an em; `name` and `date` are the widest of each."""
        match self._theme.signing:
            case Signing.UNSEALED:  # 7.3.5.2: the date begins two characters after the name
                begin = measure - 2000 - max(name, date + 2000 if date and name else date)
                return max(0, begin + 2000 if dated and name else begin)
            case Signing.SEALED if not dated and date:  # 7.3.5.1: the name in the middle above the date
                return max(0, min(measure - 4000 - date / 2 - width / 2, measure - width))
            case _:
                return max(0, measure - 4000 - width)

    def _attached(self, blocks: Sequence[Paragraph], place: Place) -> Iterator[Placeable]:
        """7.3.4: one blank line below the text, two characters in; lines that go on stand below the name."""
        style = replace(self._theme.style(Role.ATTACHMENT), first_indent=Em(0))
        size = style.size
        left = numbers = place.left + 2 * size
        for index, block in enumerate(blocks):
            if _ATTACHED.fullmatch(plain(block.inlines)):
                yield self._announced(block, place)
                continue
            match = _ATTACHMENT.match(plain(block.inlines))
            label, number = (match[1] or "", match[2] or "") if match else ("", "")
            look = replace(style, before=Pt(self._theme.body.leading if not index else 0))
            tag = Tag("P", place.tag)
            marker = self._typesetter.line(label + number, replace(style, align=Align.LEFT), tag=tag)
            begin = left if label or not index else numbers
            if label:
                numbers = left + self._width(label, style)
            inner = place._replace(left=begin + self._width(label + number, style))
            lines = self._typesetter.paragraph(_after(block.inlines, len(label + number)), look, tag, inner)
            item = Item(lines, look, keep=index + 1 < len(blocks), signs=True)
            if marker.pieces:
                item.marker = marker._replace(x=marker.x + begin * 1000 / size)
            yield item

    def _announced(self, block: Paragraph, place: Place) -> Item:
        """7.3.7: 附件 and its number in 黑体 on the first line of a new page; the title stands on the third one."""
        body = self._theme.body
        style = replace(body, face=Face.HEI, first_indent=Em(0), after=body.leading)
        return Item(self._lines(block.inlines, style, place), style, keep=True, opening=True)

    def _imprint(self, blocks: Sequence[Paragraph], place: Place) -> FootItem:
        """7.4: thick rules above and below, thin ones between, the last at the lower edge of the type area."""
        rules, measure = self._theme.rules, self._theme.page.measure
        style = replace(self._theme.style(Role.IMPRINT), align=Align.LEFT, first_indent=Em(0), right_indent=Em(0))
        items: list[Item | RuleItem] = []
        for index, block in enumerate(blocks):
            words = plain(block.inlines)
            both = index and words.startswith("抄送") and plain(blocks[index - 1].inlines).startswith("主送")
            if rules and not both:  # 7.4.2: no rule between those who are addressed and those who get copies
                items.append(RuleItem(measure, rules.inner if index else rules.outer))
            items.append(self._printed(words, style) or self._copies(block, style, place))
        if rules:
            items.append(RuleItem(measure, rules.outer))
        return FootItem(items)

    def _printed(self, words: str, style: Style) -> Item | None:
        """7.4.3: the office one em in from the left, the date one em in from the right."""
        match = _PRINTED.fullmatch(words)
        if not match or _LABEL.match(words):
            return None
        tag, width = Tag("P"), self._theme.page.measure * 1000 / style.size
        office, date = (self._typesetter.line(part, style, tag=tag) for part in match.groups())
        if office.width + date.width > width - 3000:
            return None
        item = Item([date._replace(x=width - 1000 - date.width)], style)
        item.marker = office._replace(x=1000)
        return item

    def _copies(self, block: Paragraph, style: Style, place: Place) -> Item:
        """7.4.2: one em in from both sides; lines that go on stand below the first name."""
        match, tag = _LABEL.match(plain(block.inlines)), Tag("P")
        label = match[0] if match else ""
        marker = self._typesetter.line(label, style, tag=tag)
        inner = place._replace(left=style.size + self._width(label, style), right=style.size)
        item = Item(self._typesetter.paragraph(_after(block.inlines, len(label)), style, tag, inner), style)
        if marker.pieces:
            item.marker = marker._replace(x=marker.x + 1000)
        return item

    def _width(self, words: str, style: Style) -> float:
        """How wide words are before an ideograph, in points: a mark at the end of a line would count half."""
        line = self._typesetter.line(words + "一", replace(style, align=Align.LEFT))
        return (line.width - 1000) * style.size / 1000 if words else 0

    def _lines(self, inlines: Iterable[Inline], style: Style, place: Place | None = None) -> list[Line]:
        tag = Tag("P", place.tag if place else None)
        return (
            self._typesetter.paragraph(inlines, style, tag, place)
            if place
            else self._typesetter.paragraph(inlines, style, tag)
        )


def _after(inlines: Sequence[Inline], count: int) -> list[Inline]:
    """The inlines without their first characters."""
    rest = list(inlines)
    while count and rest:
        first = rest[0]
        if isinstance(first, LineBreak):
            count -= 1
        elif not isinstance(first, Text):
            break
        elif len(first.text) > count:
            rest[0] = replace(first, text=first.text[count:])
            break
        else:
            count -= len(first.text)
        rest.pop(0)
    return rest
