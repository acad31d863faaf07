"""What a tagged PDF says: its structure in reading order, each piece with the characters that it copies as."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from converter.agreement.said import LOWEST, Passage, arranged, bare
from converter.errors import InputError
from converter.records import NamedTuple
from converter.regex import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOT_SAID = frozenset({"TOC", "Reference", "RT", "RP", "Lbl", "Artifact", "NonStruct"})
"""Elements whose words are no author's, or stand elsewhere: contents, marks of notes, readings, numbers; covers."""
_HEADINGS = {f"H{level}": level for level in range(1, LOWEST + 1)}
_SEPARATOR = compiled("[＊*]{3}")
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


class _Piece(NamedTuple):
    kinds: tuple[str, ...]
    """The elements that it is part of, the outermost first."""
    element: int
    """The innermost one of these that is a block, as a number of its own."""
    text: str


def said_in_pdf(data: bytes) -> list[Passage]:
    """What a PDF says. Raises InputError for one that is damaged, locked or not tagged."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as file:
            if "/StructTreeRoot" not in file.Root:
                raise InputError(
                    "This PDF is not tagged: nobody can tell its headings. Compare the file it was made from.",
                    "此 PDF 没有结构标签，无法识别标题；请改为比较其源文件。",
                )
            pieces = list(_pieces(file.Root.StructTreeRoot, _marked(file)))
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise InputError(f"This PDF cannot be read: {error}.", f"无法读取此 PDF：{error}。") from None
    return _passages(pieces)


def _passages(pieces: list[_Piece]) -> list[Passage]:
    passages = [Passage(0, "", "")]
    notes, last = "", -1
    for kinds, element, text in pieces:
        level = next((_HEADINGS[kind] for kind in kinds if kind in _HEADINGS), 0)
        words = bare(text)
        if not _NOT_SAID.isdisjoint(kinds) and not level:
            continue
        if "Note" in kinds:
            notes += words
        elif level and "Reference" not in kinds:
            if element == last:
                passages[-1] = passages[-1]._replace(heading=passages[-1].heading + words)
            else:
                passages.append(Passage(level, words, ""))
            last = element
        elif not level and not _SEPARATOR.fullmatch(words):
            passages[-1] = passages[-1]._replace(words=passages[-1].words + words)
    return arranged([*passages, Passage(0, "", notes)])


def _pieces(root: Any, marked: dict[tuple[int, int], str]) -> Iterator[_Piece]:
    """The leaves of the structure in their order (ISO 32000-1 14.7.2)."""
    todo: list[tuple[Any, tuple[str, ...], int, int]] = [(root.K, (), 0, 0)]
    blocks = 0
    while todo:
        kid, kinds, page, block = todo.pop()
        if isinstance(kid, int):
            yield _Piece(kinds, block, marked.get((page, kid), ""))
        elif _is_array(kid):
            todo += ((one, kinds, page, block) for one in reversed(list(kid)))
        elif "/MCID" in kid:
            number = kid.Pg.objgen[0] if "/Pg" in kid else page
            yield _Piece(kinds, block, marked.get((number, int(kid.MCID)), ""))
        elif "/S" in kid and "/K" in kid:
            kind = str(kid.S).removeprefix("/")
            if kind in _HEADINGS or kind == "P":
                blocks += 1
            inner = blocks if kind in _HEADINGS or kind == "P" else block
            todo.append((kid.K, (*kinds, kind), kid.Pg.objgen[0] if "/Pg" in kid else page, inner))


def _is_array(kid: Any) -> bool:
    import pikepdf

    return isinstance(kid, pikepdf.Array)


def _marked(file: Any) -> dict[tuple[int, int], str]:
    """The text of each piece of marked content, by the object of its page and its number there."""
    marked: dict[tuple[int, int], str] = {}
    codes: dict[tuple[int, int], dict[int, str]] = {}
    for page in file.pages:
        fonts = {}
        for name, font in (page.get("/Resources", {}).get("/Font", {}) or {}).items():
            if font.objgen not in codes:
                codes[font.objgen] = _characters(font)
            fonts[name] = codes[font.objgen]
        for number, text in _shown(page, fonts):
            key = (page.objgen[0], number)
            marked[key] = marked.get(key, "") + text
    return marked


def _shown(page: Any, fonts: dict[str, dict[int, str]]) -> Iterator[tuple[int, str]]:
    """What a page shows as marked content: number and text, in the order of drawing."""
    import pikepdf

    open_marks: list[tuple[int, str | None]] = []
    codes: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page, "Tf Tj TJ ' \" BDC BMC EMC"):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "BDC" | "BMC":
                properties = operands[1] if len(operands) > 1 else {}
                inherited = open_marks[-1] if open_marks else (-1, None)
                number = int(properties.get("/MCID", inherited[0]))
                actual = properties.get("/ActualText")
                if actual is not None and inherited[1] is None:
                    yield number, str(actual)
                open_marks.append((number, str(actual) if actual is not None else inherited[1]))
            case "EMC" if open_marks:
                open_marks.pop()
            case "Tf":
                codes = fonts.get(str(operands[0]), {})
            case "Tj" | "TJ" | "'" | '"' if open_marks and open_marks[-1][1] is None and open_marks[-1][0] >= 0:
                strings = operands[-1] if str(instruction.operator) == "TJ" else [operands[-1]]
                yield (
                    open_marks[-1][0],
                    "".join(_decoded(bytes(s), codes) for s in strings if isinstance(s, pikepdf.String)),
                )
            case _:
                pass


def _decoded(string: bytes, codes: dict[int, str]) -> str:
    """The characters of a string of two-byte codes (Identity-H, Identity-V)."""
    return "".join(codes.get(int.from_bytes(string[at : at + 2]), "\ufffd") for at in range(0, len(string), 2))


def _characters(font: Any) -> dict[int, str]:
    """What each code of a font copies as: its ToUnicode map."""
    if "/ToUnicode" not in font:
        return {}
    return {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
        for code, text in _PAIR.findall(font.ToUnicode.read_bytes())
        if len(code) == 4
    }
