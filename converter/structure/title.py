"""The title of a text: which of its first lines it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.structure import roles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from converter.structure.headings import HeadingLine
    from converter.structure.lines import Line

_LONGEST = 60
_FIRST_LINES = 12
# 首页 > 文章中心 > 正文, 时间:2022-11-21, 信息来源:本级 阅读次数:4985, 国发〔2019〕1号, a URL
_NOT_A_TITLE = re.compile(
    r"[>＞»|｜]|[：:]\s*\S*[0-9]|^[^：:]{2,6}[：:]|[〔\[(（]\d{4}[〕\])）]\d+号|https?://|www\.|[>=*_-]{3}"
)


def title_line(lines: Sequence[Line], headings: Mapping[int, HeadingLine]) -> int | None:
    """The index of the title's line; None where the text begins without one.

    The title is the last likely line before the text proper begins, with a salutation, a heading, or a paragraph:
    what stands above it is the site's name and the way there.
    """
    found = None
    for index, line in enumerate(lines[:_FIRST_LINES]):
        if index in headings or roles.is_salutation(line.text):
            break
        if len(line.text) > _LONGEST or "。" in line.text or line.text[-1] in "；;，,":
            break
        if not (_NOT_A_TITLE.search(line.text) or roles.is_subtitle(line.text) or roles.is_date(line.text)):
            found = index
    else:
        # A text of short lines only, a poem or a list: its first line is its title, if anything is.
        return 0 if found is not None and len(lines) > 1 and found >= 1 else None
    return found
