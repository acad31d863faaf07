"""Printer's sheets for `converter impose` and `converter booklet`: their flags, their files, their plan in words."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from converter.booklet.impose_options import ImposeOptions
from converter.cli import speaks_chinese
from converter.cli.summary import Written
from converter.errors import UsageError
from converter.options import make_options, option_fields
from converter.records import dataclass
from converter.units import mm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from converter.booklet.layout import Layout
    from converter.diagnostics import Diagnostic
    from converter.options import OptionField

F = TypeVar("F", bound="Callable[..., Any]")


def with_printing_options(*, leave_out: str = "") -> Callable[[F], F]:
    """The flags, all of which `Printing.from_flags` takes."""

    def decorate(function: F) -> F:
        for decorator in (
            click.option("--preview", is_flag=True, help="Print which pages stand on which sheet; write nothing."),
            click.option("--proof", metavar="FILE.png", help="All pages small, in one picture, with their numbers."),
            click.option("--guide", metavar="FILE.pdf", help="One page on how to print, fold and bind the sheets."),
            click.option("--reverse-backs", is_flag=True, help="With --split: the backs in reverse order."),
            click.option("--split", is_flag=True, help="Fronts and backs as two files, for printers without duplex."),
        ):
            function = decorator(function)
        for field in reversed(option_fields(ImposeOptions)):
            if field.name != leave_out:
                function = _flag(field)(function)
        return function

    return decorate


def _flag(field: OptionField) -> Callable[[F], F]:
    name = f"--{field.name.replace('_', '-')}"
    if field.kind is bool:
        return click.option(f"{name}/--no-{name[2:]}", field.name, default=None, help=f"{field.help.en}.")
    if issubclass(field.kind, Enum):
        metavar = "|".join(str(member.value) for member in field.kind)
    else:
        metavar = {int: "N", float: "NUMBER"}.get(field.kind, "NAME")
    default = getattr(field.default, "value", field.default)
    shown = "" if default is None else f" [{default}]"
    return click.option(name, field.name, metavar=metavar, help=f"{field.help.en}.{shown}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """What the flags ask for."""

    options: ImposeOptions
    split: bool
    reverse_backs: bool
    guide: Path | None
    proof: Path | None
    preview: bool

    @classmethod
    def from_flags(cls, flags: dict[str, Any]) -> Printing:
        """Takes its flags out of `flags`. Raises UsageError for a value that doesn't fit."""
        names = [field.name for field in option_fields(ImposeOptions)]
        chosen = make_options(ImposeOptions, {name: flags.pop(name) for name in names if name in flags})
        guide, proof = (Path(name) if name else None for name in (flags.pop("guide"), flags.pop("proof")))
        if proof:
            _require_proof(proof)
        return cls(
            options=chosen,
            split=flags.pop("split"),
            reverse_backs=flags.pop("reverse_backs"),
            guide=guide,
            proof=proof,
            preview=flags.pop("preview"),
        )

    def sheet_paths(self, path: Path | None) -> list[Path | None]:
        """Where the sheets go: one file, or fronts and backs. Raises UsageError for two on standard output (None)."""
        if not self.split:
            return [path]
        if path is None:
            raise UsageError("Two files cannot go to standard output.", "两个文件无法同时写到标准输出。")
        return [path.with_stem(f"{path.stem}-{side}") for side in ("fronts", "backs")]

    def sheets(self, data: bytes, title: str, paths: list[Path | None], *, password: str = "") -> list[Written]:
        """The sheets of a PDF, and the guide; what there is to remark goes to standard error."""
        from converter.booklet.impose import impose, split_sides

        made = impose(data, self.options, password=password)
        print_remarks(made.diagnostics)
        files = split_sides(made.value.data, reverse_backs=self.reverse_backs) if self.split else [made.value.data]
        written = [Written(path, file) for path, file in zip(paths, files, strict=True)]
        if self.guide:
            from converter.booklet.guide import guide

            page = guide(made.value.layout, title, split=self.split, reverse_backs=self.reverse_backs)
            written.append(Written(self.guide, page))
        return written

    def pictures(self, data: bytes) -> list[Written]:
        """The contact sheet, if it is asked for."""
        if not self.proof:
            return []
        from converter.booklet.proof import contact_sheet

        return [Written(self.proof, contact_sheet(data))]

    def show_plan(self, data: bytes, *, password: str = "") -> None:
        """Prints which pages stand on which sheet."""
        from converter.booklet.impose import preview

        plan = preview(data, self.options, password=password)
        print_remarks(plan.diagnostics)
        for line in plan_in_words(plan.value):
            click.echo(line)


def _require_proof(path: Path) -> None:
    """Raises UsageError for another picture than PNG, ResourceError where none can be drawn: before any work."""
    if path.suffix.lower() != ".png":
        raise UsageError(
            f"The proof is a PNG picture: call it {path.with_suffix('.png').name}, not {path.name}.",
            f"版样是 PNG 图片：请命名为 {path.with_suffix('.png').name}，而不是 {path.name}。",
        )
    from converter.booklet.proof import require_drawing

    require_drawing()


def print_remarks(diagnostics: Iterable[Diagnostic]) -> None:
    """One line each, on standard error."""
    for diagnostic in diagnostics:
        words = diagnostic.message.zh if speaks_chinese() else diagnostic.message.en
        click.echo(f"{click.style('warning', fg='yellow')} {diagnostic.code}: {words}", err=True)


def plan_in_words(layout: Layout) -> Iterable[str]:
    """A table of the sheets: the pages of each side as they come out of the printer, the upper row first; one that
    stands upside down has ↓, a blank one is –.
    """
    chinese = speaks_chinese()
    sheet_word, front, back = ("张", "正面", "反面") if chinese else ("sheet", "front", "back")
    width, digits = len(str(layout.pages)) + 1, len(str(len(layout.sheets)))
    for number, sheet in enumerate(layout.sheets, 1):
        sides = []
        for is_back in (False, True):
            placed = sorted(layout.side(sheet, back=is_back), key=lambda p: (-round(p.trim.y), p.trim.x))
            cells = [
                f"{p.page + 1 if p.page is not None else '–'}{'↓' if p.turned else ''}".rjust(width) for p in placed
            ]
            columns = layout.edges.columns
            rows = [" | ".join(cells[at : at + columns]) for at in range(0, len(cells), columns)]
            sides.append(" / ".join(rows))
        signature = f"{sheet.signature + 1}." if layout.sheets[-1].signature else ""
        yield f"{sheet_word} {signature}{number:>{digits}}  {front} {sides[0]}   {back} {sides[1]}"
    yield _summary(layout, chinese=chinese)


def _summary(layout: Layout, *, chinese: bool) -> str:
    """Sheets, pages, their size, and how thick the book gets."""
    sheets, places = len(layout.sheets), sum(len(sheet.front) + len(sheet.back) for sheet in layout.sheets)
    blank, width, height = places - layout.pages, *(f"{side / mm(1):.0f}" for side in layout.trim)
    thick, paper = layout.thickness / mm(1), layout.options.sheet
    if chinese:
        size = f"{width} × {height} 毫米，厚约 {thick:.1f} 毫米"
        return f"{layout.pages} 页，{paper} 纸 {sheets} 张，空白 {blank} 页；每页 {size}。"
    return (
        f"{layout.pages} pages on {sheets} sheets of {paper}, {blank} blank; "
        f"each {width} × {height} mm, {thick:.1f} mm thick."
    )
