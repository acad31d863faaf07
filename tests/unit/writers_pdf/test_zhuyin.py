"""Zhuyin beside its characters, read back: where it stands, what is copied, what it is."""

import io
import subprocess

import pikepdf
import pypdf
import pypdfium2
import pytest
from quality.pdf_conformance import complaints

from converter.model import Document, Paragraph, Ruby, text
from converter.pipeline import write
from converter.typeset.theme import Face
from converter.typeset.themes import THEMES
from converter.typeset.vertical import ACROSS
from converter.typeset.zhuyin import syllables

BOOK = THEMES["book"]
SIZE = BOOK.body.size


def ruby(base, annotation):
    return Ruby(base=base, annotation=annotation)


PAGE = Document(
    front=(
        Paragraph(
            inlines=(
                *text("這是一"),
                ruby("隻", "ㄓ"),
                ruby("小貓", "ㄒㄧㄠˇ ㄇㄠ"),
                *text("的故事，"),
                ruby("我的", "ㄨㄛˇ˙ㄉㄜ"),
                *text("同學"),
                ruby("雙", "ㄕㄨㄤ"),
                *text("ABC，說了一個很長很長的故事，大家都"),
                ruby("笑", "ㄒㄧㄠˋ"),
                *text("了。"),
            )
        ),
    ),
    language="zh-Hant",
)
LINES = ["這是一隻小貓的故事，我的同學雙ABC，說了一個很", "長很長的故事，大家都笑了。"]
"""What the page has beside the readings."""
READINGS = ["ㄓ", "ㄒㄧㄠˇ", "ㄇㄠ", "ㄨㄛˇ", "˙ㄉㄜ", "ㄕㄨㄤ", "ㄒㄧㄠˋ"]


def made(document, **options):
    return write(document, "pdf", theme=BOOK, options={"page_numbers": False, "running_head": False, **options}).value


@pytest.fixture(scope="module")
def page():
    return made(PAGE)


@pytest.fixture(scope="module")
def column():
    return made(PAGE, vertical=True)


def boxes(data):
    """Character → its ink: left, bottom, right, top; of what is there twice the last one."""
    sheet = pypdfium2.PdfDocument(data)[0].get_textpage()
    return {sheet.get_text_range(i, 1): sheet.get_charbox(i) for i in range(sheet.count_chars())}


def test_lines_are_copied_as_they_were_written(page, tmp_path):
    (tmp_path / "a.pdf").write_bytes(page)
    poppler = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, text=True, check=True).stdout
    pdfium = pypdfium2.PdfDocument(page)[0].get_textpage().get_text_range()
    ours = pypdf.PdfReader(io.BytesIO(page)).pages[0].extract_text()
    pdfium = pdfium.replace("雙 ABC", "雙ABC")  # it takes the gap behind a reading for a space
    for seen in (poppler, pdfium, ours):
        for line in LINES:
            assert line in seen.splitlines() or f"{line} " in seen
    for seen in (poppler, pdfium):
        assert all(reading in seen.split() for reading in READINGS)


@pytest.mark.parametrize("vertical", [False, True])
def test_poppler_gives_the_lines_in_their_order(vertical, tmp_path):
    # Letters shown downwards, it would take them for vertical text and put the lines of the page in reverse order.
    said = ("這是一隻小貓的故事，", "我的同學笑了。", "大家都說了一個很長很長的故事。")
    sounds = {"貓": "ㄇㄠ", "笑": "ㄒㄧㄠˋ", "個": "˙ㄍㄜ", "長": "ㄔㄤˊ", "學": "ㄒㄩㄝˊ"}
    blocks = [
        Paragraph(inlines=tuple(ruby(c, sounds[c]) if c in sounds else text(c)[0] for c in words)) for words in said
    ]
    data = made(Document(front=tuple(blocks), language="zh-Hant"), vertical=vertical)
    (tmp_path / "a.pdf").write_bytes(data)
    seen = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, text=True, check=True).stdout
    lines = seen.split()
    assert [line for line in lines if line in said] == list(said)
    assert sorted(line for line in lines if line not in said) == sorted(
        sounds[c] for words in said for c in words if c in sounds
    )


def test_a_reading_is_an_annotation_of_its_character(page):
    with pikepdf.open(io.BytesIO(page)) as pdf:
        (paragraph,) = [pdf.Root.StructTreeRoot.K.K]
        kinds = [[str(part.S) for part in kid.K] for kid in paragraph.K if isinstance(kid, pikepdf.Dictionary)]
    assert kinds == [["/RB", "/RT"]] * len(READINGS)


def test_a_reading_stands_to_the_right_of_its_character(page):
    seen = ink(page)
    left, bottom, right, top = seen["貓"]
    assert right < seen["ㄇ"][0] < seen["ㄇ"][2] < left + 1.5 * SIZE
    assert bottom < (seen["ㄇ"][1] + seen["ㄇ"][3]) / 2 < top
    assert left - seen["小"][0] == pytest.approx(1.5 * SIZE, abs=0.1 * SIZE)


def ink(data):
    """As `boxes`, without what stands in ActualText: the letters as they are drawn."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
        pdf.pages[0].Contents = pdf.make_stream(content.replace(b"/ActualText", b"/NoText"))
        out = io.BytesIO()
        pdf.save(out)
    return boxes(out.getvalue())


@pytest.mark.parametrize("kind", ["page", "column"])
def test_letters_stand_below_one_another_and_tones_beside_the_last(kind, request):
    seen = ink(request.getfixturevalue(kind))
    middle = {c: ((seen[c][0] + seen[c][2]) / 2, (seen[c][1] + seen[c][3]) / 2) for c in "ㄒㄧㄠˋㄉㄜ˙ㄨㄛˇ"}
    assert middle["ㄒ"][1] > middle["ㄧ"][1] > middle["ㄠ"][1]
    assert max(abs(middle[c][0] - middle["ㄧ"][0]) for c in "ㄒㄠ") < 0.05 * SIZE
    assert middle["ㄒ"][1] - middle["ㄠ"][1] == pytest.approx(0.6 * SIZE, abs=0.08 * SIZE)
    assert middle["ˋ"][0] > seen["ㄠ"][2]
    assert middle["ˋ"][1] > middle["ㄠ"][1]
    assert seen["˙"][1] > seen["ㄉ"][3]
    assert abs(middle["˙"][0] - middle["ㄉ"][0]) < 0.05 * SIZE
    assert seen["笑"][2] < seen["ㄒ"][0]


def test_the_reading_stays_inside_the_measure():
    words = Paragraph(inlines=tuple(ruby("漢", "ㄏㄢˋ") for _ in range(60)))
    data = made(Document(front=(words,)))
    sheet = pypdfium2.PdfDocument(data)[0].get_textpage()
    right = max(sheet.get_charbox(i)[2] for i in range(sheet.count_chars()))
    assert right < BOOK.page.inner + BOOK.page.measure + 0.1
    lines = sheet.get_text_range().split()
    assert [line for line in lines if "漢" in line] == ["漢" * 18, "漢" * 19, "漢" * 19, "漢" * 4]


@pytest.mark.parametrize(
    ("base", "reading", "expected"),
    [
        ("漢", "ㄏㄢˋ", ["ㄏㄢˋ"]),
        ("漢字", "ㄏㄢˋ ㄗˋ", ["ㄏㄢˋ", "ㄗˋ"]),
        ("我的", "ㄨㄛˇ˙ㄉㄜ", ["ㄨㄛˇ", "˙ㄉㄜ"]),
        ("知道", "ㄓㄉㄠˋ", ["ㄓ", "ㄉㄠˋ"]),
        ("兒", "ㄦˊ", ["ㄦˊ"]),
        ("媠", "ㄙㄨㄧˋ", ["ㄙㄨㄧˋ"]),
        ("漢字", "ㄏㄢˋ", []),
        ("漢", "hàn", []),
        ("漢", "", []),
        ("漢字", "ㄏㄢˋ zì", []),
        ("西安", "ㄒㄧㄢ", []),
    ],
)
def test_each_character_gets_its_own_reading_where_that_is_plain(base, reading, expected):
    assert syllables(base, reading) == expected


def test_what_cannot_be_shared_out_stands_above():
    seen = boxes(made(Document(front=(Paragraph(inlines=(ruby("西安", "ㄒㄧㄢ"),)),))))
    assert seen["ㄢ"][1] > seen["安"][3]


def test_a_letter_of_pinyin_lies_with_its_word():
    assert ACROSS.findall("第1回，A組，12人，pīnyīn，ān") == ["1", "A", "12"]


@pytest.mark.validator
def test_verapdf_has_nothing_to_say(page, column, tmp_path):
    latin = "/usr/share/fonts/opentype/urw-base35/NimbusRoman-Regular.otf"
    from converter.writers.pdf import PdfOptions, PdfWriter

    cubic = PdfWriter({Face.SONG: latin}).write(PAGE, BOOK, PdfOptions()).value
    paths = [tmp_path / f"{n}.pdf" for n in range(3)]
    for path, data in zip(paths, (page, column, cubic), strict=True):
        path.write_bytes(data)
    assert complaints(paths) == {path.name: [] for path in paths}
