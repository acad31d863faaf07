"""A site's name beside the words of the text: glued to its ends, or behind its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.regex import compiled
from converter.repair.text_bounds import URL

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from converter.repair.lines import Line

Piece = tuple[int, int, float]
"""Where in its line it begins and ends, and how sure that is."""

_SITE = r"[^\s_|，。！？-]{0,20}(?:网|網|在线|频道|日报|晚报|门户|论坛|博客|之家|文库|\.(?:com|cn|net|org))"
# Title_channel_site, title--channel--site, title-site. A dash alone stands in titles too: all behind it must be sites.
SUFFIX = compiled(
    rf"(?:(?:\s*(?:_|--|[|｜])\s*[^_|｜。，\s-]{{1,20}})*\s*(?:_|--|[|｜])|(?:-{_SITE})*-)\s*{_SITE}(?:_[a-z.]{{4,24}})?$"
)
"""The site's name behind a page's title, at the end of a line."""
OFFICE = compiled(
    r"-([^\s_|，。！？—-]{1,16}(?:大学|学院|学校|中学|小学|政府|委员会|[局厅部社馆网报院]))([^\s_|，。！？—-]{0,12}(?:学院|系|部|处|中心|馆|网))?$"
)
"""The name of the office whose page was printed, behind its title."""
PAGE_REST = compiled(rf"\s*(?:_|--|[|｜]).*|\s+\S*_.*|\s*-.*{_SITE}")
"""What follows the text's title in the page's; after a dash alone it must be a site, for 书名-作者 is no page's."""


def stamps(lines: Sequence[Line]) -> dict[int, Piece]:
    """A site's name with its address that stands at both ends of the text, the second time perhaps glued to it."""
    if len(lines) < 3:
        return {}
    stamp, last = lines[0].text, lines[-1].text
    if len(stamp) > 60 or not URL.search(stamp) or not last.endswith(stamp):
        return {}
    return {0: (0, len(stamp), 0.96), len(lines) - 1: (len(last) - len(stamp), len(last), 0.96)}


def suffixes(lines: Sequence[Line], chrome: Container[int], rule: int) -> dict[int, Piece]:
    """The site's name behind the text's title, on the first line or where that is broken on the second.

    `chrome` are the lines that are chrome already; above `rule`, one that a crawler drew, a printed page may stand.
    """
    for i, line in enumerate(lines[:2]):
        if i in chrome:
            break
        if len(line.text) <= 80 and (match := SUFFIX.search(line.text, 4)):
            return {i: (match.start(), match.end(), 0.93)}
    return _printed(lines[:rule])


_SHORTEST_TITLE = 8


def _printed(lines: Sequence[Line]) -> dict[int, Piece]:
    """The office behind the title of a printed page, over as many lines as the title is broken over.

    Only above a crawler's rule: 走访见闻-东街小学 may be an author's title.
    """
    match = OFFICE.search("".join(line.text for line in lines), _SHORTEST_TITLE)
    pieces, at = {}, 0
    for i, line in enumerate(lines):
        if match and match.start() < at + len(line.text):
            pieces[i] = (max(0, match.start() - at), len(line.text), 0.93)
        at += len(line.text)
    return pieces
