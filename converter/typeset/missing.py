"""Characters that none of our fonts has, in files whose readers may have fonts of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.diagnostics import Diagnostic, Severity
from converter.errors import Message
from converter.typeset.fonts import typeface
from converter.typeset.unseen import IGNORED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from converter.typeset.theme import Face

_LISTED = 20


def missing(characters: Iterable[str], face: Face, fonts: Mapping[Face, str]) -> set[str]:
    """Those of the characters that no font of a face has and that would be seen; `fonts` are the user's."""
    files = typeface(face, fonts.get(face)).files
    return {
        c
        for c in set(characters)
        if not c.isspace() and not IGNORED.match(c) and not any(file.glyph(c) for file in files)
    }


def named(characters: Iterable[str]) -> str:
    """The characters with their numbers, the first twenty of them."""
    every = sorted(characters)
    more = f" … ({len(every)})" if len(every) > _LISTED else ""
    return " ".join(f"{c} (U+{ord(c):04X})" for c in every[:_LISTED]) + more


def left_to_readers(characters: Iterable[str]) -> tuple[Diagnostic, ...]:
    """OUT108: the fonts in the file do not have these characters; none if there are none."""
    if not (listed := named(characters)):
        return ()
    return (
        _warning(
            "OUT108",
            f"The fonts in the file do not have these characters; readers need fonts of their own for them: {listed}.",
            f"文件内嵌字体缺少下列字符，能否显示取决于阅读者的字体：{listed}。",
        ),
    )


def drawn_as_geta(characters: Iterable[str]) -> tuple[Diagnostic, ...]:
    """OUT109: no font has these characters of a cover that is drawn; none if there are none."""
    if not (listed := named(characters)):
        return ()
    return (
        _warning(
            "OUT109",
            f"No font has these characters, drawn as 〓 on the cover: {listed}.",
            f"下列字符没有可用的字形，封面上以〓代替：{listed}。",
        ),
    )


def _warning(code: str, en: str, zh: str) -> Diagnostic:
    return Diagnostic(code=code, severity=Severity.WARNING, message=Message(en, zh))
