"""Imposition (拼版): the pages of any PDF on printer's sheets, and back.

Every page becomes a form XObject, unchanged: its content, fonts and pictures are not encoded again. The page objects of
the original, with its outline, links, labels and tags, stay in the file as private data (ISO 32000-1, 14.5) outside the
page tree, which is what `unimpose` puts back.
"""

from __future__ import annotations

import io
import re
import warnings
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name

from converter.booklet.impose_options import Binding, Flip, ImposeOptions, Mode
from converter.booklet.layout import plan
from converter.booklet.page_forms import PageForm
from converter.diagnostics import Diagnostic, Result, Severity
from converter.errors import InputError, Message
from converter.records import NamedTuple
from converter.units import mm
from converter.writers.dates import time_of_writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from converter.booklet.layout import Layout, Placed, Stroke

_OURS = Name("/ConverterZh")
_STAYS = ("/Type", "/Version", "/Extensions", "/Metadata", "/Lang", "/OutputIntents", "/OCProperties")
"""What of the catalog is as true of the sheets as of the pages; the rest is kept for `unimpose`."""
_BACK_COVER = ("封底", "back cover")


class Imposed(NamedTuple):
    """Printer's sheets, and the plan they follow."""

    data: bytes
    """A PDF: front and back of the first sheet, front and back of the second …"""
    layout: Layout


def impose(data: bytes, options: ImposeOptions | None = None, *, password: str = "") -> Result[Imposed]:
    """The pages of a PDF on printer's sheets. The file's metadata stay, its fonts are not touched.

    Raises InputError for what is no PDF, is broken, locked or has no page; UsageError for options that don't fit.
    """
    with _opened(data, password) as pdf:
        _require_permission(pdf)
        if pdf.Root.get("/AcroForm", Dictionary()).get("/NeedAppearances"):
            pdf.generate_appearance_streams()  # what is filled in would not be printed
        forms = [PageForm(pdf, page) for page in pdf.pages]
        layout = _planned(pdf, [(form.width, form.height) for form in forms], options or ImposeOptions())
        _keep_original(pdf)
        sides = [_side(pdf, layout, forms, number) for number in range(2 * len(layout.sheets))]
        pdf.Root.Pages = _tree(pdf, sides)
        pdf.Root.ViewerPreferences = Dictionary(
            PrintScaling=Name.None_,
            Duplex=Name.DuplexFlipLongEdge if layout.flip is Flip.LONG else Name.DuplexFlipShortEdge,
        )
        return Result(Imposed(_saved(pdf), layout), tuple(_remarks(layout, forms)))


def preview(data: bytes, options: ImposeOptions | None = None, *, password: str = "") -> Result[Layout]:
    """The plan alone. Raises what `impose` raises."""
    with _opened(data, password) as pdf:
        forms = [PageForm(pdf, page) for page in pdf.pages]
        layout = _planned(pdf, [(form.width, form.height) for form in forms], options or ImposeOptions())
        return Result(layout, tuple(_remarks(layout, forms)))


def unimpose(data: bytes) -> Result[bytes]:
    """The PDF that `impose` made sheets of: its pages, outline, links and labels.

    Raises InputError where the file is no PDF, or has no record of its pages.
    """
    with _opened(data, "") as pdf:
        root = pdf.Root
        try:
            kept = root.PieceInfo[_OURS].Private.Catalog
        except (AttributeError, KeyError):
            raise InputError(
                "These sheets have no record of their pages: only sheets made by this program, both sides in one file, "
                "can be undone.",
                "文件中没有原页面的记录：只能还原由本程序拼版、且正反面在同一文件中的 PDF。",
            ) from None
        for key in [key for key in root.keys() if key not in _STAYS]:  # noqa: SIM118 - a PDF dictionary
            del root[key]
        for key in kept.keys():  # noqa: SIM118
            root[key] = kept[key]
        for page in pdf.pages:
            for key in ("/Type", "/Subtype", "/FormType", "/BBox", "/Resources", "/Group"):
                if key in page.Contents:
                    del page.Contents[key]
        return Result(_saved(pdf))


def split_sides(data: bytes, *, reverse_backs: bool = False) -> tuple[bytes, bytes]:
    """The fronts and the backs of imposed sheets as two files, for printers that print one side at a time.

    Raises InputError for what is no PDF.
    """
    halves = []
    for first in (0, 1):
        with _opened(data, "") as pdf:
            if "/PieceInfo" in pdf.Root:
                del pdf.Root.PieceInfo
            pdf.Root.ViewerPreferences = Dictionary(PrintScaling=Name.None_, Duplex=Name.Simplex)
            chosen = [page.obj for page in list(pdf.pages)[first::2]]
            pdf.Root.Pages = _tree(pdf, chosen[::-1] if first and reverse_backs else chosen)
            halves.append(_saved(pdf))
    return halves[0], halves[1]


@contextmanager
def _opened(data: bytes, password: str) -> Iterator[pikepdf.Pdf]:
    """The file, and its errors as ours."""
    try:
        with pikepdf.open(io.BytesIO(data), password=password) as pdf:
            if len(pdf.pages) == 0:
                raise InputError("The PDF has no page.", "该 PDF 没有页面。")
            yield pdf
    except pikepdf.PasswordError:
        raise InputError(
            "The PDF is locked; give its password with --password.", "该 PDF 已加密，请用 --password 提供密码。"
        ) from None
    except (pikepdf.PdfError, RuntimeError, TypeError, ValueError, LookupError) as error:
        # pikepdf raises the last three for a value of the wrong kind: a box of three numbers, a page tree that is none.
        reason = next(iter(str(error).splitlines()), type(error).__name__).rpartition(">: ")[
            2
        ]  # without <_io.BytesIO …>
        raise InputError(
            f"The PDF cannot be read, it is broken or none at all: {reason}.",
            f"无法读取该 PDF（损坏或不是 PDF）：{reason}。",
        ) from None


def _require_permission(pdf: pikepdf.Pdf) -> None:
    if pdf.is_encrypted and not pdf.owner_password_matched and not pdf.allow.modify_assembly:
        raise InputError(
            "The PDF's author forbids to rearrange its pages; give the owner's password with --password.",
            "该 PDF 的作者禁止重组页面，请用 --password 提供所有者密码。",
        )


def _planned(pdf: pikepdf.Pdf, sizes: list[tuple[float, float]], options: ImposeOptions) -> Layout:
    """The plan; what the options leave open is read from the file: its direction, and whether it has a back cover."""
    if options.binding is None:
        direction = pdf.Root.get("/ViewerPreferences", Dictionary()).get("/Direction")
        options = replace(options, binding=Binding.RIGHT if direction == Name.R2L else Binding.LEFT)
    label = str(pdf.pages[-1].label) if "/PageLabels" in pdf.Root else ""
    return plan(sizes, options, back_covers=int(label.lower().startswith(_BACK_COVER)))


_CLAIMS = re.compile(rb"<(pdf(?:ua|a)id):(\w+)>[^<]*</\1:\2>|\spdf(?:ua|a)id:\w+\s*=\s*(?:\"[^\"]*\"|'[^']*')")
"""The lines of XMP that say a file is PDF/A or PDF/UA: sheets are neither, for they have no reading order."""


def _keep_original(pdf: pikepdf.Pdf) -> None:
    """Moves what belongs to the reading order out of the catalog, into the record that `unimpose` reads."""
    root = pdf.Root
    kept = Dictionary()
    for key in [key for key in root.keys() if key not in _STAYS]:  # noqa: SIM118 - a PDF dictionary
        kept[key] = root[key]
        del root[key]
    if "/Metadata" in root and (claims := _CLAIMS.sub(b"", packet := root.Metadata.read_bytes())) != packet:
        kept.Metadata = root.Metadata
        root.Metadata = pdf.make_stream(claims, Type=Name.Metadata, Subtype=Name.XML)
    now = time_of_writing().strftime("D:%Y%m%d%H%M%SZ")
    record = Dictionary(LastModified=pikepdf.String(now), Private=Dictionary(Catalog=kept))
    root.PieceInfo = Dictionary({str(_OURS): record})


def _tree(pdf: pikepdf.Pdf, pages: Sequence[pikepdf.Object]) -> pikepdf.Object:
    tree = pdf.make_indirect(Dictionary(Type=Name.Pages, Count=len(pages), Kids=Array(pages)))
    for page in pages:
        page.Parent = tree
    return tree


def _side(pdf: pikepdf.Pdf, layout: Layout, forms: list[PageForm], number: int) -> pikepdf.Object:
    sheet, back = layout.sheets[number // 2], number % 2 == 1
    operators, resources = [], Dictionary()
    for placed in layout.side(sheet, back=back):
        if placed.page is None:
            continue
        form = forms[placed.page]
        name = f"/P{placed.page + 1}"
        resources[name] = form.xobject()
        operators.append(_drawn(form, placed, layout, name, resources))
    operators += map(_stroke, layout.strokes(sheet, back=back))
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, round(layout.width, 3), round(layout.height, 3)]),
            Resources=Dictionary(XObject=resources, ColorSpace=Dictionary(Marks=_marks_colour())),
            Contents=pdf.make_stream("\n".join(operators).encode("ascii")),
        )
    )


def _drawn(form: PageForm, placed: Placed, layout: Layout, name: str, resources: pikepdf.Dictionary) -> str:
    """The operators that draw a page: clip, place, show, and what is annotated on it."""
    trim, clip = placed.trim, placed.clip
    scale = layout.fixed_scale or min(trim.width / form.width, trim.height / form.height)
    x = trim.x + (trim.width - form.width * scale) / 2
    y = trim.y + (trim.height - form.height * scale) / 2
    sign = -1 if placed.turned else 1
    if placed.turned:
        x, y = x + form.width * scale, y + form.height * scale
    a, b, c, d, e, f = (value * scale * sign for value in form.upright())
    matrix = " ".join(_number(value) for value in (a, b, c, d, e + x, f + y))
    parts = [f"q {' '.join(map(_number, clip))} re W n {matrix} cm {name} Do"]
    for index, annotation in enumerate(form.annotations()):
        shown = annotation.get_page_content_for_appearance(
            Name(f"{name}A{index}"), form.rotate, required_flags=_PRINT, forbidden_flags=_HIDDEN
        )
        if shown:
            resources[f"{name}A{index}"] = annotation.get_appearance_stream(Name.N)
            parts.append(shown.decode("ascii").strip())
    return " ".join((*parts, "Q"))


_HIDDEN, _PRINT = 2, 4
"""Flags of annotations (ISO 32000-1, table 165)."""


def _marks_colour() -> Array:
    """The colour of marks: every ink there is (ISO 32000-1, 8.6.6.4), so that they stand on all plates; else black."""
    black = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1], C1=[0], N=1)
    return Array([Name.Separation, Name.All, Name.DeviceGray, black])


def _stroke(stroke: Stroke) -> str:
    dash = "[3 3] 0 d " if stroke.dashed else ""
    ends = f"{_number(stroke.x)} {_number(stroke.y)} m {_number(stroke.end_x)} {_number(stroke.end_y)} l S"
    return f"q /Marks CS 1 SCN {_number(stroke.width)} w {dash}{ends} Q"


def _number(value: float) -> str:
    """A number as PDF writes it: no exponent, no needless zeros."""
    return f"{value:.5f}".rstrip("0").rstrip(".") if abs(value) >= 5e-6 else "0"


def _saved(pdf: pikepdf.Pdf) -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings():
        # Fields of forms belong to the original pages, which are no pages of these sheets.
        warnings.filterwarnings("ignore", message="This document has .* form widget")
        pdf.save(
            file,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return file.getvalue()


_STAPLES_HOLD = mm(2)
"""Trade advice: saddle stitch up to 80 pages of 80 g/m², twenty sheets of 0.1 mm."""


def _remarks(layout: Layout, forms: list[PageForm]) -> Iterator[Diagnostic]:
    if layout.options.mode is Mode.SADDLE and layout.options.signature is None:
        height = len(layout.sheets) * layout.options.up / 2 * layout.caliper
        if height > _STAPLES_HOLD:
            yield _remark(
                "BK201",
                f"{len(layout.sheets)} sheets are {height / mm(1):.1f} mm thick, too thick to staple in the fold; "
                "use --mode perfect, or --signature 4 and sew.",
                f"{len(layout.sheets)} 张纸厚 {height / mm(1):.1f} 毫米，骑马订过厚；"
                "请改用 --mode perfect，或 --signature 4 分帖锁线。",
            )
    sizes = {(form.width, form.height) for form in forms}
    if len({(round(width), round(height)) for width, height in sizes}) > 1:
        yield _remark(
            "BK202",
            f"The pages have {len(sizes)} different sizes; each is made as large as its place allows.",
            f"页面有 {len(sizes)} 种尺寸；各页按所在位置缩放。",
        )


def _remark(code: str, en: str, zh: str) -> Diagnostic:
    return Diagnostic(code=code, severity=Severity.WARNING, message=Message(en, zh))
