"""What the parts of a conversion cost: `stages.py TEXT [--faces N] [--samples]`, one line of JSON.

In one process, after a line of text has gone through everything, so that nothing is imported or compiled any more. With
`--samples` it says instead in which functions the time goes: the stack is looked at every few milliseconds, as
often as the kernel allows.
"""

from __future__ import annotations

import argparse
import json
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import converter
from converter.model import Paragraph, Role
from converter.options import make_options
from converter.pipeline import read, write
from converter.plugins import find_writer
from converter.repair.rules import Selection, repair
from converter.structure.parse import parse
from converter.text.decoding import decode
from converter.typeset.theme import Face
from converter.typeset.themes import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from converter.model import Document, Section
    from converter.typeset.theme import Theme

T = TypeVar("T")
FORMATS = ("docx", "epub", "pdf")
_PACKAGE = str(Path(converter.__file__).parent)


def main() -> None:
    """Print the JSON."""
    asked = argparse.ArgumentParser()
    asked.add_argument("text", type=Path)
    asked.add_argument("--faces", type=int)
    asked.add_argument("--samples", action="store_true")
    given = asked.parse_args()
    data = given.text.read_bytes()
    for to in FORMATS:
        write(read("坚持学习制度。".encode()).value, to)
    print(json.dumps(_sampled(data) if given.samples else _measured(data, given.faces)))


def _measured(data: bytes, faces: int | None) -> dict[str, object]:
    """Processor seconds by stage, and by rule of repair; bytes of each output."""
    seconds: dict[str, float] = {}

    def timed(stage: str, work: Callable[[], T]) -> T:
        begun = time.process_time()
        made = work()
        seconds[stage] = time.process_time() - begun
        return made

    source = timed("decode", lambda: decode(data)).value
    rules: dict[str, float] = {}
    for rule in Selection().rules():
        begun = time.process_time()
        source = repair(source, Selection(only=frozenset({rule.CODE}))).value
        rules[f"{rule.CODE} {rule.NAME.en}"] = time.process_time() - begun
    seconds["repair"] = sum(rules.values())
    document = timed("structure", lambda: parse(source)).value
    theme = THEMES["article"]
    if faces:
        document, theme = _in_faces(document, theme, list(Face)[:faces])
    sizes = {}
    for to in FORMATS:
        writer = find_writer(to)
        options = make_options(writer.options_type, {})
        sizes[to] = len(timed(to, lambda: writer.write(document, theme, options)).value)  # noqa: B023 - called at once
    return {"seconds": seconds, "rules": rules, "sizes": sizes, "bytes": len(data)}


def _in_faces(document: Document, theme: Theme, faces: list[Face]) -> tuple[Document, Theme]:
    """The document with its paragraphs in each of the faces in turn, and nothing in any other."""
    roles = (Role.BODY, Role.SUBTITLE, Role.NOTE, Role.CLOSING, Role.SALUTATION)
    count = 0

    def turned(block: object) -> object:
        nonlocal count
        count += 1
        return replace(block, role=roles[count % len(faces)]) if isinstance(block, Paragraph) else block

    def within(section: Section) -> Section:
        return replace(
            section, blocks=tuple(map(turned, section.blocks)), sections=tuple(map(within, section.sections))
        )

    first = faces[0]
    styles = tuple((role, replace(theme.body, face=face)) for role, face in zip(roles, faces, strict=False))
    theme = replace(
        theme,
        title=replace(theme.title, face=first),
        headings=tuple(replace(style, face=first) for style in theme.headings),
        toc=replace(theme.toc, face=first),
        folio_style=replace(theme.folio_style, face=first),
        roles=styles[1:],
    )
    return replace(document, sections=tuple(map(within, document.sections))), theme


def _sampled(data: bytes) -> dict[str, object]:
    """A tree of functions: `{"name": …, "count": samples, "below": [the same, …]}`."""
    root: dict[str, object] = {"count": 0, "below": {}}

    def sample(_number: int, frame: FrameType | None) -> None:
        names: list[str] = []
        while frame:
            code = frame.f_code
            if code.co_filename.startswith(_PACKAGE):
                module = Path(code.co_filename).relative_to(_PACKAGE).with_suffix("").as_posix()
                module = module.removesuffix("/__init__").replace("/", ".")
                named = f"{module}: {code.co_qualname.replace('.<locals>', '')}"
                if not names or names[-1] != named:
                    names.append(named)
            frame = frame.f_back
        node = root
        node["count"] += 1
        for name in reversed(names):
            node = node["below"].setdefault(name, {"count": 0, "below": {}})
            node["count"] += 1

    signal.signal(signal.SIGPROF, sample)
    signal.setitimer(signal.ITIMER_PROF, 0.001, 0.001)
    while root["count"] < 1000:
        document = read(data).value
        for to in FORMATS:
            write(document, to)
    signal.setitimer(signal.ITIMER_PROF, 0)
    return _pruned("all", root, root["count"] / 200)


def _pruned(name: str, node: dict, least: float) -> dict[str, object]:
    """Without what takes less than the two-hundredth part; the dearest first."""
    below = sorted(node["below"].items(), key=lambda item: -item[1]["count"])
    kept = [_pruned(called, child, least) for called, child in below if child["count"] >= least]
    return {"name": name, "count": node["count"], "below": kept}


if __name__ == "__main__":
    main()
