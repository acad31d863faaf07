"""Sheets are printed, folded and read again: `folding` does it with paper, not with the code under test."""

import contextlib
import functools
import io
import subprocess

import pikepdf
import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.booklet import folding

from converter.booklet.impose import impose, preview, split_sides, unimpose
from converter.booklet.impose_options import Align, Binding, Flip, ImposeOptions, Mode
from converter.booklet.layout import plan
from converter.booklet.paper import BULK, SIZES, Stock, caliper, find_size
from converter.booklet.signatures import padded
from converter.errors import InputError, UsageError
from converter.units import mm

A5 = (mm(148), mm(210))
OWNER = "o"
WAYS = [
    {"mode": Mode.SADDLE},
    {"mode": Mode.SADDLE, "signature": 4},
    {"mode": Mode.PERFECT},
    {"mode": Mode.PERFECT, "signature": 3},
    {"mode": Mode.SADDLE, "up": 4},
    {"mode": Mode.SADDLE, "up": 4, "signature": 2},
    {"mode": Mode.PERFECT, "up": 4},
    {"mode": Mode.LEAVES},
]
BOUND = [(way, binding, flip) for way in WAYS for binding in Binding for flip in Flip]


@functools.cache
def document(count, size=A5, rotate=0):
    """A PDF whose pages say which they are, in the middle of the upper part."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for number in range(1, count + 1):
        pdf.add_blank_page(page_size=size)
        page = pdf.pages[-1]
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = pdf.make_stream(f"BT /F 20 Tf {size[0] / 2} {size[1] * 0.8} Td (page {number}.) Tj ET".encode())
        if rotate:
            page.Rotate = rotate
    file = io.BytesIO()
    pdf.save(file, deterministic_id=True)
    return file.getvalue()


def signatures_of(sheets, way):
    """How many sheets lie in one another, as the person who folds is told."""
    if way["mode"] is Mode.LEAVES:
        return [1] * sheets
    each = way.get("signature") or (sheets if way["mode"] is Mode.SADDLE else 1)
    return [min(each, sheets - at) for at in range(0, sheets, each)]


def shape(way):
    return (1 if way["mode"] is Mode.LEAVES else 2), way.get("up", 2) // 2


def reads_well(pages, count, keep_last=0):
    """Pages 1 to `count` in order, all upright; blanks only before the last `keep_last`, fewer than a sheet of them."""
    numbers = [p.page for p in pages]
    wanted = list(range(1, count + 1))
    at = count - min(keep_last, count)
    blanks = len(numbers) - count
    assert numbers == [*wanted[:at], *[None] * blanks, *wanted[at:]]
    assert 0 <= blanks < 8
    assert all(p.upright for p in pages if p.page)


def printed(layout):
    """The sheets of a plan as pieces of paper: front and back, each with what is shown where."""
    for sheet in layout.sheets:
        yield tuple(
            (
                layout.width,
                layout.height,
                [
                    folding.Shown(
                        p.page + 1,
                        p.trim.x,
                        p.trim.y,
                        p.trim.x + p.trim.width,
                        p.trim.y + p.trim.height,
                        not p.turned,
                        1,
                        (),
                    )
                    for p in layout.side(sheet, back=back)
                    if p.page is not None
                ],
            )
            for back in (False, True)
        )


def to_the_fold(papers):
    """For each page how far its nearer upright edge is from the middle of the sheet, where it is folded."""
    return {
        page.page: min(abs(page.left - width / 2), abs(page.right - width / 2))
        for sides in papers
        for width, _, pages in sides
        for page in pages
    }


def leaves_around(way, layout):
    """By page how many leaves of its signature lie around it, counted with paper: first and last leaf have none."""
    if way["mode"] is Mode.LEAVES:
        return dict.fromkeys(range(1, layout.pages + 1), 0)
    each, leaves = 2 * way.get("up", 2), {}
    places = [p.page for p in read_through(way, layout)]
    at = 0
    for sheets in signatures_of(len(layout.sheets), way):
        for within in range(sheets * each):
            if places[at]:
                leaves[places[at]] = min(within, sheets * each - 1 - within) // 2
            at += 1
    return leaves


def read_through(way, layout):
    columns, rows = shape(way)
    options = layout.options
    papers = [folding.sheet(front, back, columns, rows, layout.flip) for front, back in printed(layout)]
    return folding.gathered(papers, columns, rows, signatures_of(len(papers), way), options.binding is Binding.RIGHT)


@pytest.mark.parametrize("way", WAYS, ids=str)
@pytest.mark.parametrize("flip", Flip)
@pytest.mark.parametrize("binding", Binding)
def test_every_number_of_pages_folds_to_a_book(way, flip, binding):
    """Of the plans, from 1 to 200 pages, with creep and without: all pages in order and upright, each moved to the fold
    by the paper that lies around it, and by nothing else.
    """
    for count in range(1, 201):
        keep = count % 3
        options = {"binding": binding, "flip": flip, "keep_last": keep, "paper_weight": 200, "sheet": "A3", "scale": 50}
        plans = {creep: plan([A5] * count, ImposeOptions(creep=creep, **options, **way)) for creep in (False, True)}
        for layout in plans.values():
            assert layout.flip is flip
            reads_well(read_through(way, layout), count, keep)
        straight, crept = (to_the_fold(printed(plans[creep])) for creep in (False, True))
        leaves = leaves_around(way, plans[True])
        assert straight.keys() == crept.keys() == leaves.keys()
        for page, around in leaves.items():
            assert straight[page] - crept[page] == pytest.approx(around * mm(0.25), abs=1e-6), (count, page)


def folded(data, way, binding, flip):
    columns, rows = shape(way)
    sheets = len(folding.sides(data)) // 2
    return folding.book(
        data, columns=columns, rows=rows, flip=flip, signatures=signatures_of(sheets, way), right_bound=binding is Binding.RIGHT
    )  # fmt: skip


@pytest.mark.parametrize("count", range(1, 201))
def test_the_file_folds_to_a_book(count):
    """Of the finished PDF, read back by its operators; the ways to make it take turns."""
    way, binding, flip = BOUND[count * 7 % len(BOUND)]
    made = impose(document(count), ImposeOptions(binding=binding, flip=flip, keep_last=count % 3, **way)).value
    reads_well(folded(made.data, way, binding, flip), count, count % 3)


@settings(max_examples=40, deadline=None)
@given(
    count=st.integers(1, 40),
    bound=st.sampled_from(BOUND),
    size=st.tuples(st.integers(100, 900), st.integers(100, 900)),
    rotate=st.sampled_from([0, 90, 180, 270]),
    sheet=st.sampled_from(sorted(SIZES)),
    marks=st.sampled_from(["none", "fold", "crop,spine", "all"]),
)
def test_any_page_on_any_sheet(*, count, bound, size, rotate, sheet, marks):
    """Pages of any shape are in order, whole, undistorted, on their own side of the fold."""
    way, binding, flip = bound
    options = ImposeOptions(binding=binding, flip=flip, sheet=sheet, marks=marks, creep=False, **way)
    made = impose(document(count, size, rotate), options).value
    columns, rows = shape(way)
    seen = 0
    for width, height, pages in folding.sides(made.data):
        for page in pages:
            seen += 1
            wide, high = page.right - page.left, page.top - page.bottom
            turned = size[::-1] if rotate % 180 else size
            assert wide / high == pytest.approx(turned[0] / turned[1], rel=1e-3)
            for low, end, length, parts in (
                (page.left, page.right, width, columns),
                (page.bottom, page.top, height, rows),
            ):
                part = length / parts
                assert low // part == pytest.approx((end - 0.01) // part) or low % part > part - 0.01
                assert -0.01 <= low <= end <= length + 0.01
            x, y, w, h = page.clip
            assert x <= page.left + 0.01
            assert y <= page.bottom + 0.01
            assert x + w >= page.right - 0.01
            assert y + h >= page.top - 0.01
    assert seen == count


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_rotated_page_stands_as_a_viewer_shows_it(rotate):
    """Held against PDFium's own picture of the page."""
    data = document(1, rotate=rotate)
    made = impose(data, ImposeOptions(mode=Mode.LEAVES, sheet="148x210"))
    before, after = (
        picture(file).point(lambda value: 255 * (value < 128)).getbbox() for file in (data, made.value.data)
    )
    assert picture(made.value.data).size == picture(data).size
    assert after == pytest.approx(before, abs=2)


def picture(data):
    """The first page, grey."""
    with pypdfium2.PdfDocument(data) as pdf:
        return pdf[0].render().to_pil().convert("L")


def test_words_are_where_they_belong():
    """Read by PDFium: the first sheet's front has the last page at the left and the first at the right."""
    made = impose(document(16)).value
    with pypdfium2.PdfDocument(made.data) as pdf:
        for number, (left, right) in enumerate([(16, 1), (2, 15), (14, 3), (4, 13), (12, 5), (6, 11), (10, 7), (8, 9)]):
            page = pdf[number]
            text, (width, height) = page.get_textpage(), page.get_size()
            assert f"page {left}." in text.get_text_bounded(0, 0, width / 2, height)
            assert f"page {right}." in text.get_text_bounded(width / 2, 0, width, height)


def spine_distances(data):
    """For each page how far its inner edge is from the fold."""
    return {
        p.page: (p.left - width / 2) if p.left + p.right > width else (width / 2 - p.right)
        for width, _, pages in folding.sides(data)
        for p in pages
    }


@pytest.mark.parametrize("way", WAYS[:-1], ids=str)
@pytest.mark.parametrize("binding", Binding)
def test_creep_moves_inner_pages_to_the_fold(way, binding):
    options = ImposeOptions(paper_weight=200, binding=binding, sheet="A3", scale=50, **way)
    made = impose(document(64), options).value
    with_creep, without = (
        spine_distances(
            impose(
                document(64), ImposeOptions(**{f: getattr(options, f) for f in options.__slots__} | {"creep": creep})
            ).value.data
        )
        for creep in (True, False)
    )
    page = 0
    for signature in signatures_of(len(made.layout.sheets), way):
        pages = signature * 2 * way.get("up", 2)
        for within in range(pages):
            page += 1
            leaf = min(within, pages - 1 - within) // 2  # leaves between this one and the outside
            assert without[page] - with_creep[page] == pytest.approx(leaf * mm(0.25), abs=0.01)
    assert page == 64


def test_the_thickness_of_paper():
    assert caliper(80, Stock.OFFSET) == pytest.approx(mm(0.1))
    assert BULK[Stock.COATED] < BULK[Stock.MATT] < BULK[Stock.OFFSET] < BULK[Stock.BULKY]
    layout = plan([A5] * 64, ImposeOptions())
    assert (layout.creep / mm(1), layout.thickness / mm(1)) == (pytest.approx(1.5), pytest.approx(3.2))


@pytest.mark.parametrize(("pages", "gutter"), [(100, 0), (200, 3.2), (400, 6.3), (600, 9.5), (800, 12.7)])
def test_glued_books_have_a_gutter_by_thickness(pages, gutter):
    layout = plan([A5] * pages, ImposeOptions(mode=Mode.PERFECT))
    assert layout.edges.spine == pytest.approx(mm(gutter))
    right = layout.side(layout.sheets[0], back=False)[1].trim
    assert right.x - layout.width / 2 >= layout.edges.spine - 0.01
    assert plan([A5] * pages, ImposeOptions()).edges.spine == 0
    assert plan([A5] * pages, ImposeOptions(gutter=2)).edges.spine == pytest.approx(mm(2))


def test_blanks_go_before_what_stays_last():
    assert padded(5, 4) == [0, 1, 2, 3, 4, None, None, None]
    assert padded(5, 4, 1) == [0, 1, 2, 3, None, None, None, 4]
    assert padded(6, 4, 2) == [0, 1, 2, 3, None, None, 4, 5]
    assert padded(1, 4, 9) == [None, None, None, 0]


def labelled(count, words):
    with pikepdf.open(io.BytesIO(document(count))) as pdf:
        last = pikepdf.Dictionary(P=pikepdf.String(words))
        pdf.Root.PageLabels = pikepdf.Dictionary(
            Nums=pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.D), count - 1, last])
        )
        file = io.BytesIO()
        pdf.save(file)
    return file.getvalue()


def test_a_back_cover_is_known_by_its_label():
    reads_well(folded(impose(labelled(5, "封底")).value.data, WAYS[0], Binding.LEFT, Flip.SHORT), 5, keep_last=1)
    reads_well(folded(impose(labelled(5, "附录")).value.data, WAYS[0], Binding.LEFT, Flip.SHORT), 5)


def test_a_file_that_reads_from_right_to_left_is_bound_at_the_right():
    with pikepdf.open(io.BytesIO(document(7))) as pdf:
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(Direction=pikepdf.Name.R2L)
        file = io.BytesIO()
        pdf.save(file)
    made = impose(file.getvalue()).value
    assert made.layout.options.binding is Binding.RIGHT
    reads_well(folded(made.data, WAYS[0], Binding.RIGHT, Flip.SHORT), 7)


@pytest.mark.parametrize(
    "options", [ImposeOptions(), ImposeOptions(up=4, flip=Flip.SHORT), ImposeOptions(flip=Flip.LONG)]
)
def test_the_file_tells_the_printer_how_to_turn(options):
    made = impose(document(8), options).value
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        wide = pdf.pages[0].mediabox[2] > pdf.pages[0].mediabox[3]
        wanted = options.flip or (Flip.SHORT if wide else Flip.LONG)
        assert pdf.Root.ViewerPreferences.Duplex == pikepdf.Name(f"/DuplexFlip{wanted.value.title()}Edge")
        assert pdf.Root.ViewerPreferences.PrintScaling == pikepdf.Name.None_
    assert made.layout.flip is wanted


def test_fronts_and_backs_as_two_files():
    made = impose(document(12)).value.data
    whole = folding.sides(made)
    fronts, backs = split_sides(made)
    assert folding.sides(fronts) == whole[::2]
    assert folding.sides(backs) == whole[1::2]
    assert folding.sides(split_sides(made, reverse_backs=True)[1]) == whole[1::2][::-1]
    with pytest.raises(InputError):
        unimpose(fronts)


def strokes(way, **more):
    layout = plan([A5] * 32, ImposeOptions(sheet="A3", **way, **more))
    return layout, [list(layout.strokes(sheet, back=back)) for sheet in layout.sheets for back in (False, True)]


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_crop_marks_stand_outside_the_pages_and_point_at_their_corners(way):
    layout, drawn = strokes(way, marks="crop", bleed=3)
    placed = [p for sheet in layout.sheets for back in (False, True) for p in [layout.side(sheet, back=back)]]
    for pages, marks in zip(placed, drawn, strict=True):
        assert len(marks) >= 4 * len(pages)
        for mark in marks:
            for page in pages:
                x, y, w, h = page.clip
                inside_x = max(mark.x, mark.end_x) > x + 0.01 and min(mark.x, mark.end_x) < x + w - 0.01
                inside_y = max(mark.y, mark.end_y) > y + 0.01 and min(mark.y, mark.end_y) < y + h - 0.01
                assert not (inside_x and inside_y)
            edges = {
                round(v, 2)
                for p in pages
                for v in (
                    (p.trim.x, p.trim.x + p.trim.width)
                    if mark.x == mark.end_x
                    else (p.trim.y, p.trim.y + p.trim.height)
                )
            }
            assert round(mark.x if mark.x == mark.end_x else mark.y, 2) in edges


def test_trimmed_pages_lie_at_the_fold_and_are_not_enlarged():
    layout, _ = strokes(WAYS[0], marks="crop", creep=False)
    right = layout.side(layout.sheets[0], back=False)[1].trim
    assert (right.x, right.width) == (pytest.approx(layout.width / 2), pytest.approx(A5[0]))
    centred = plan([A5] * 4, ImposeOptions(sheet="A3", scale=100, align=Align.CENTRE))
    right = centred.side(centred.sheets[0], back=False)[1].trim
    assert right.x + right.width / 2 == pytest.approx(centred.width * 0.75)


def test_bars_on_the_backs_of_signatures_make_a_stair():
    layout, drawn = strokes({"mode": Mode.PERFECT, "signature": 2}, marks="spine")
    bars = [(number, stroke) for number, side in enumerate(drawn) for stroke in side]
    assert [number for number, _ in bars] == [0, 4, 8, 12]  # the front of each signature's outermost sheet
    assert all(stroke.x == stroke.end_x == layout.width / 2 for _, stroke in bars)
    assert [a.end_y for _, a in bars[:-1]] == pytest.approx([b.y for _, b in bars[1:]])
    assert not any(strokes(WAYS[0], marks="spine")[1])  # one signature has no order


def test_fold_marks_stand_on_the_folds():
    layout, drawn = strokes(WAYS[4], marks="fold")
    xs, ys = ({getattr(s, a) for s in drawn[0] if getattr(s, a) == getattr(s, f"end_{a}")} for a in "xy")
    assert (xs, ys) == ({layout.width / 2}, {layout.height / 2})


def test_bleed_is_shown_beyond_the_trim_but_not_across_the_fold():
    with pikepdf.open(io.BytesIO(document(4, (mm(154), mm(216))))) as pdf:
        for page in pdf.pages:
            page.TrimBox = pikepdf.Array([mm(3), mm(3), mm(151), mm(213)])
            page.BleedBox = page.MediaBox
        file = io.BytesIO()
        pdf.save(file)
    made = impose(file.getvalue(), ImposeOptions(sheet="A3", bleed=3, marks="crop", scale=100)).value
    (left, right), (width, _, _) = folding.sides(made.data)[0][2], folding.sides(made.data)[0]
    assert made.layout.trim == (pytest.approx(A5[0], abs=0.1), pytest.approx(A5[1], abs=0.1))
    x, _, w, h = right.clip
    assert (x, w, h) == (pytest.approx(width / 2), pytest.approx(mm(151), abs=0.1), pytest.approx(mm(216), abs=0.1))
    assert left.clip[0] + left.clip[2] == pytest.approx(width / 2)


def original():
    """A file with all that a reading order has: outline, links, labels, metadata, inherited attributes, two streams."""
    with pikepdf.open(io.BytesIO(document(6))) as pdf:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("第三页", 2))
        pdf.docinfo["/Title"] = "文集"
        pdf.Root.Lang = pikepdf.String("zh-Hans")
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.r)]))
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdf.Root.Pages.Rotate = 90
        pdf.Root.Pages.Resources = pdf.pages[1].Resources
        del pdf.pages[1].obj["/Resources"]
        second = pdf.pages[1]
        second.Contents = pikepdf.Array([pdf.make_stream(b"q"), second.Contents, pdf.make_stream(b"Q")])
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([0, 0, 50, 50]),
            Dest=pikepdf.Array([pdf.pages[4].obj, pikepdf.Name.Fit]),
        )  # fmt: skip
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(link)])
        pdf.pages[3].CropBox = pikepdf.Array([10, 10, 400, 500])
        pdf.pages[3].UserUnit = 2
        file = io.BytesIO()
        pdf.save(file, deterministic_id=True)
    return file.getvalue()


def described(data):
    """What a reader of a PDF gets from it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = set(pdf.Root.keys())
        pages = []
        for page in pdf.pages:
            page.contents_coalesce()
            annots = [int(pikepdf.Page(a.Dest[0]).index) for a in page.obj.get("/Annots", [])]
            boxes = [[float(v) for v in box] for box in (page.mediabox, page.cropbox, page.trimbox)]
            pages.append((page.Contents.read_bytes().split(), boxes, page.label, annots, page.obj.get("/UserUnit", 1)))
    reader = pypdf.PdfReader(io.BytesIO(data))
    outline = [(item.title, reader.get_destination_page_number(item)) for item in reader.outline]
    return root, pages, outline, dict(reader.metadata), [(p.rotation, p.extract_text()) for p in reader.pages]


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_unimpose_gives_back_what_was(way):
    before = original()
    sheets = impose(before, ImposeOptions(**way)).value.data
    assert described(unimpose(sheets).value) == described(before)
    with pikepdf.open(io.BytesIO(sheets)) as pdf:
        assert str(pdf.docinfo.Title) == "文集"
        assert not {"/Outlines", "/PageLabels"} & set(pdf.Root.keys())


def test_sheets_of_sheets_come_back_step_by_step():
    once = impose(original()).value.data
    assert described(unimpose(unimpose(impose(once, ImposeOptions(sheet="A3")).value.data).value).value) == described(
        original()
    )


def test_fonts_and_pictures_are_not_encoded_again():
    """The bytes of every stream of the original are in the sheets."""
    with pikepdf.open(io.BytesIO(document(4))) as pdf:
        picture = pdf.make_stream(
            b"\xff\xd8 any bytes \xff\xd9",
            Filter=pikepdf.Name.DCTDecode,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=1,
            Height=1,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8,
        )
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(I=picture)
        file = io.BytesIO()
        pdf.save(file)
    with pikepdf.open(io.BytesIO(impose(file.getvalue()).value.data)) as pdf:
        raw = [o.read_raw_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream)]
    assert b"\xff\xd8 any bytes \xff\xd9" in raw


def test_stamps_are_printed_with_their_page():
    with pikepdf.open(io.BytesIO(document(2))) as pdf:
        look = pdf.make_stream(
            b"1 0 0 rg 0 0 10 10 re f",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=pikepdf.Array([0, 0, 10, 10]),
        )
        stamp = {"Type": pikepdf.Name.Annot, "Subtype": pikepdf.Name.Stamp, "AP": pikepdf.Dictionary(N=look)}
        shown, hidden = (
            {**stamp, "Rect": pikepdf.Array([100, y, 200, y + 100]), "F": flags} for y, flags in ((50, 4), (200, 6))
        )
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary(**a)) for a in (shown, hidden)])
        file = io.BytesIO()
        pdf.save(file)
    made = impose(file.getvalue(), ImposeOptions(sheet="A4", creep=False)).value.data
    with pypdfium2.PdfDocument(made) as pdf:
        seen = pdf[0].render().to_pil().convert("RGB")
    colours = seen.tobytes()
    red = [
        divmod(at // 3, seen.width) for at in range(0, len(colours), 3) if colours[at] > 200 and colours[at + 1] < 60
    ]
    assert len(red) == pytest.approx(100 * 100, rel=0.05)
    ys, xs = zip(*red, strict=True)
    assert sum(xs) / len(xs) == pytest.approx(mm(148.5) + 150, abs=2)
    assert sum(ys) / len(ys) == pytest.approx(mm(210) - 100, abs=2)


def encrypted(**how):
    with pikepdf.open(io.BytesIO(document(4))) as pdf:
        file = io.BytesIO()
        pdf.save(file, encryption=pikepdf.Encryption(**how))
    return file.getvalue()


def test_a_locked_file_needs_its_password():
    locked = encrypted(user="u", owner=OWNER)
    with pytest.raises(InputError, match="password"):
        impose(locked)
    reads_well(folded(impose(locked, password=OWNER).value.data, WAYS[0], Binding.LEFT, Flip.SHORT), 4)


def test_what_the_author_forbids_is_not_done():
    kept = encrypted(user="", owner=OWNER, allow=pikepdf.Permissions(modify_assembly=False, modify_other=False))
    with pytest.raises(InputError, match="forbids"):
        impose(kept)
    assert impose(kept, password=OWNER).value.layout.pages == 4


@pytest.mark.parametrize(
    "data", [b"", b"not a pdf", b"%PDF-1.7\n%%EOF", document(3)[200:400], b"PK\x03\x04" + bytes(500)]
)
def test_what_is_no_pdf_gets_one_sentence(data):
    for work in (impose, unimpose, preview, split_sides):
        with pytest.raises(InputError) as caught:
            work(data)
        assert "\n" not in str(caught.value)


def test_a_page_without_area_is_named():
    with pikepdf.open(io.BytesIO(document(3))) as pdf:
        pdf.pages[1].MediaBox = pikepdf.Array([0, 0, 0, 100])
        file = io.BytesIO()
        pdf.save(file)
    with pytest.raises(InputError, match="Page 2"):
        impose(file.getvalue())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"up": 3}, "2 or 4"),
        ({"sheet": "A44"}, "A4"),
        ({"sheet": "1x2"}, "millimetres"),
        ({"marks": "corp"}, "crop"),
        ({"signature": 0}, "at least 1"),
        ({"keep_last": -1}, "0 or more"),
        ({"paper_weight": 8000}, "g/m²"),
        ({"scale": 0.0001}, "per cent"),
        ({"sheet": "A5", "scale": 100}, "larger sheet"),
        ({"gutter": 99, "sheet": "A5"}, "does not fit"),
        ({"bleed": -1}, "from 0"),
    ],
)
def test_options_that_do_not_fit_are_refused(options, words):
    with pytest.raises(UsageError, match=words):
        plan([A5] * 4, ImposeOptions(**options))


def test_too_many_sheets_for_staples_are_reported():
    assert [d.code for d in impose(document(84)).diagnostics] == ["BK201"]
    assert impose(document(80)).diagnostics == ()
    assert impose(document(84), ImposeOptions(mode=Mode.PERFECT)).diagnostics == ()


def test_pages_of_several_sizes_are_reported():
    with pikepdf.open(io.BytesIO(document(4))) as pdf:
        pdf.pages[2].MediaBox = pikepdf.Array([0, 0, 842, 595])
        file = io.BytesIO()
        pdf.save(file)
    assert [d.code for d in impose(file.getvalue()).diagnostics] == ["BK202"]


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("A4", (210, 297)), ("a4", (210, 297)), ("sra3", (320, 450)), ("JIS B5", (182, 257)), ("letter", (215.9, 279.4)),
        ("正度16开", (185, 260)), ("zhengdu16k", (185, 260)), ("大度 32 开", (140, 203)), ("dd32k", (140, 203)),
        ("320x450", (320, 450)), ("450×320 mm", (320, 450)),
    ],
)  # fmt: skip
def test_paper_by_name(name, size):
    assert tuple(find_size(name)) == size


@pytest.mark.validator
@pytest.mark.parametrize("way", WAYS, ids=str)
def test_qpdf_finds_no_fault(way, tmp_path):
    made = impose(original(), ImposeOptions(marks="all", **way)).value.data
    for name, data in {"sheets": made, "back": unimpose(made).value, "fronts": split_sides(made)[0]}.items():
        (tmp_path / name).write_bytes(data)
        run = subprocess.run(["qpdf", "--check", tmp_path / name], capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr


def test_same_input_same_bytes():
    assert impose(original()).value.data == impose(original()).value.data
    assert split_sides(impose(original()).value.data) == split_sides(impose(original()).value.data)


XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" '
    b'xmlns:pdf="http://ns.adobe.com/pdf/1.3/" pdfuaid:part="1">'
    b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance><pdf:Keywords>k</pdf:Keywords>"
    b"</rdf:Description></rdf:RDF></x:xmpmeta>"
)


def test_sheets_do_not_claim_to_be_an_archive_file():
    with pikepdf.open(io.BytesIO(original())) as pdf:
        pdf.Root.Metadata = pdf.make_stream(XMP, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        file = io.BytesIO()
        pdf.save(file, fix_metadata_version=False)
    sheets = impose(file.getvalue()).value.data
    with pikepdf.open(io.BytesIO(sheets)) as pdf, pdf.open_metadata() as metadata:
        assert (metadata.pdfa_status, metadata.get("pdfuaid:part"), metadata["pdf:Keywords"]) == ("", None, "k")
    with pikepdf.open(io.BytesIO(unimpose(sheets).value)) as pdf:
        assert pdf.Root.Metadata.read_bytes() == XMP


def test_what_is_filled_in_is_printed():
    """A form whose fields the viewer is asked to draw."""
    with pikepdf.open(io.BytesIO(document(1))) as pdf:
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T=pikepdf.String("name"), F=4,
                V=pikepdf.String("filled"), DA=pikepdf.String("/F 12 Tf 0 g"), Rect=pikepdf.Array([50, 50, 250, 80]),
            )
        )  # fmt: skip
        pdf.pages[0].Annots = pikepdf.Array([field])
        fonts = pdf.pages[0].Resources
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), NeedAppearances=True, DR=fonts)
        file = io.BytesIO()
        pdf.save(file)
    with pypdfium2.PdfDocument(impose(file.getvalue()).value.data) as pdf:
        assert "filled" in pdf[0].get_textpage().get_text_range()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=3), st.integers(0, 12)), min_size=1, max_size=8))
def test_a_damaged_file_gives_sheets_or_one_sentence(damage):
    data = bytearray(plain_original())
    for part, put, taken in damage:
        at = int(part * len(data))
        data[at : at + taken] = put
    for work in (impose, unimpose):
        with contextlib.suppress(InputError):
            work(bytes(data))


@functools.cache
def plain_original():
    with pikepdf.open(io.BytesIO(original())) as pdf:
        file = io.BytesIO()
        pdf.save(file, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    return file.getvalue()
