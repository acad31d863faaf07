"""What somebody hears who cannot see the page: the structure as poppler reads it."""

import re
import subprocess

import pikepdf
from contract.documents import RICH

from converter.model import (
    Document,
    Heading,
    HeadingKind,
    Metadata,
    Paragraph,
    Section,
    blocks_of,
    heading_text,
    outline,
    passages_of,
    plain,
    text,
)
from converter.pipeline import write


def structure(document, tmp_path, **options):
    """(path of kinds, words) in reading order, as in (Document/P, 正文)."""
    path = tmp_path / "a.pdf"
    path.write_bytes(write(document, "pdf", options=options).value)
    said = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, text=True, check=True).stdout
    above, found, follows = [], [], False
    for line in said.splitlines():
        depth, words = (len(line) - len(line.lstrip())) // 2, line.strip()
        if words.startswith('"') and follows == depth:  # on the next page
            found[-1] = (found[-1][0], found[-1][1] + words[1:-1])
        elif words.startswith('"'):
            found.append(("/".join(above[:depth]), words[1:-1]))
        elif kind := re.match(r"[A-Z][A-Za-z0-9]*(?= |:|$)", words):
            above[depth:] = [kind[0]]
        follows = words.startswith('"') and depth
    return found


def test_reading_order_is_the_documents_order(tmp_path):
    heard = "".join(words for _, words in structure(RICH, tmp_path))
    heard = re.sub(r"〔\d〕|dá", "", heard)
    spoken = [heading_text(entry.section.heading) for entry in outline(RICH)]
    spoken += [plain(passage) for block in blocks_of(RICH) for passage in passages_of(block)]
    for words in spoken:
        for line in words.split("\n"):
            assert line.strip(" 。") in heard  # poppler drops what follows a span with characters of its own
    order = [
        "诸体",
        "见注",
        "其一",
        "其二",
        "引文一段",
        "床前",
        "def f",
        "第一条注",  # at the foot of its page
        "表与图",
        "科目",
        "短行",
        "图一",
        "图后",
        "坚持学习",
        "末注",
    ]
    places = [heard.index(words) for words in order]
    assert places == sorted(places)


def test_every_part_says_what_it_is(tmp_path):
    found = structure(RICH, tmp_path, cover=True, contents=True)
    for path, words in (
        ("Document/TOC/TOCI/Reference/Link", "一、表与图2"),
        ("Document/H1", "诸体"),
        ("Document/P/Reference/Link", "〔1〕"),
        ("Document/P/Link", "某站"),
        ("Document/P/Ruby/RT", "dá"),
        ("Document/L/LI/LBody/L/LI/Lbl", "3."),
        ("Document/BlockQuote/BlockQuote/P", "引中之引。"),
        ("Document/Div/P", "疑是地上霜。"),
        ("Document/H2", "一、表与图"),
        ("Document/Table/TR/TH", "科目"),
        ("Document/Figure/Caption", "图一\u3000红点"),
        ("Document/H2", "1、坚持学习制度。"),
        ("Document/Note/Lbl", "〔1〕"),
        ("Document/Note/P", "第一条注。"),
    ):
        assert (path, words) in found


def test_run_in_headings_are_headings_in_the_structure_and_bodies_paragraphs(tmp_path):
    heading = Heading(inlines=text("坚持学习。"), label="1、", kind=HeadingKind.DECIMAL, run_in=True)
    document = Document(sections=(Section(heading=heading, blocks=(Paragraph(inlines=text("进一步完善。" * 60)),)),))
    assert structure(document, tmp_path, page_numbers=False) == [
        ("Document/H1", "1、坚持学习。"),
        ("Document/P", "进一步完善。" * 60),
    ]


def test_pictures_come_where_they_stand(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(write(RICH, "pdf", theme="book").value)
    said = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, text=True, check=True).stdout
    assert [m.start() for m in re.finditer("Figure", said)][1] < said.index("图后")


def test_a_paragraph_on_two_pages_is_one(tmp_path):
    document = Document(metadata=Metadata(title="题"), front=(Paragraph(inlines=text("雨。" * 3000)),))
    found = structure(document, tmp_path, running_head=True)
    assert found == [("Document/H1", "题"), ("Document/P", "雨。" * 3000)]


def test_the_file_says_what_it_conforms_to_and_links_say_where_they_lead(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(write(RICH, "pdf", options={"contents": True}).value)
    with pikepdf.open(path) as pdf:
        packet = pdf.Root.Metadata.read_bytes().decode()
        notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
        kinds = {bytes(note.get("/Dest", b"")) or bytes(note.A.URI): str(note.Contents) for note in notes}
        assert all("/StructParent" in note and note.F == 4 for note in notes)
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>" in packet
    assert kinds[b"https://a.cn/b?c=1&d=2"] == "https://a.cn/b?c=1&d=2"
    assert kinds[b"note-1"] == "〔1〕"
    assert kinds[b"s1"] == "一、表与图"


def test_the_profile_is_srgb():
    import io

    from PIL import Image, ImageCms

    from converter.writers.pdf.srgb import srgb_profile

    ours = ImageCms.getOpenProfile(io.BytesIO(srgb_profile()))
    colours = Image.new("RGB", (3, 1))
    colours.putdata([(200, 30, 40), (10, 120, 250), (255, 255, 255)])
    same = ImageCms.profileToProfile(colours, ours, ImageCms.createProfile("sRGB"))
    assert all(abs(a - b) <= 1 for a, b in zip(same.tobytes(), colours.tobytes(), strict=True))
