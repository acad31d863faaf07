"""Characters that no font has: said by name wherever they stand, never a blank (ISO 19005-2 6.2.11.8: no .notdef)."""

import io
import subprocess
import zipfile

import pypdfium2
import pytest
from PIL import Image

from converter.model import (
    Document,
    Heading,
    HeadingKind,
    List,
    Metadata,
    Note,
    NoteRef,
    Paragraph,
    Ruby,
    Section,
    Table,
    text,
)
from converter.pipeline import write
from converter.typeset.themes import THEMES

RARE = [chr(code) for code in range(0x20000, 0x20010)] + [
    "\U00030ede",
    "\U00031350",
    "\U0002ebf0",
    "\ue000",
    "\U000f0000",
    "😀",
]


def numbers(characters):
    return {f"U+{ord(c):04X}" for c in characters}


def said(result, code):
    return {
        n
        for d in result.diagnostics
        if d.code == code
        for n in numbers(RARE)
        if n in d.message.en and n in d.message.zh
    }


def everywhere():
    """A volume with another rare character in each place, and the characters by their places."""
    rare = dict(
        zip(("title", "author", "heading", "text", "table", "list", "note", "base", "reading"), RARE, strict=False)
    )
    blocks = (
        Paragraph(inlines=(*text(f"文{rare['text']}字"), NoteRef(number=1))),
        Table(rows=((text(f"表{rare['table']}"),),)),
        List(items=((Paragraph(inlines=text(f"项{rare['list']}")),),)),
        Paragraph(inlines=(Ruby(base=f"注{rare['base']}", annotation=f"a{rare['reading']}"),)),
    )
    note = Note(blocks=(Paragraph(inlines=text(f"脚注{rare['note']}")),))
    part = Section(heading=Heading(inlines=text(f"篇{rare['heading']}"), kind=HeadingKind.TEXT), blocks=blocks)
    metadata = Metadata(title=f"题{rare['title']}", authors=(f"某{rare['author']}",))
    return Document(metadata=metadata, sections=(part,), notes=(note,)), rare


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vertical", [False, True])
def test_a_pdf_names_them_in_every_place(theme, vertical):
    document, rare = everywhere()
    options = {"cover": True, "contents": True, "running_head": True, "vertical": vertical}
    made = write(document, "pdf", theme=theme, options=options)
    assert said(made, "PDF101") == numbers(rare.values())
    seen = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made.value))
    assert set(rare.values()) <= set(seen)


@pytest.mark.parametrize("to", ["epub", "docx"])
def test_embedded_fonts_name_what_they_do_not_have(to):
    document, rare = everywhere()
    named = said(write(document, to, options={"embed_fonts": True}), "OUT108")
    assert named >= numbers(rare.values()) - numbers([rare["author"]])
    assert not said(write(document, to), "OUT108")
    plain = Document(front=(Paragraph(inlines=text("葛\U000e0100城 CO₂ \u200b豈")),))
    assert not [d for d in write(plain, to, options={"embed_fonts": True}).diagnostics if d.code == "OUT108"]


def test_the_drawn_cover_of_an_epub_shows_them_as_geta():
    covers = []
    for title in ("题\U00020000", "题〓"):
        made = write(Document(metadata=Metadata(title=title)), "epub", options={"cover": True})
        assert said(made, "OUT109") == numbers(RARE) & {f"U+{ord(c):04X}" for c in title}
        with zipfile.ZipFile(io.BytesIO(made.value)) as package:
            (name,) = [name for name in package.namelist() if name.endswith(".png")]
            covers.append(Image.open(io.BytesIO(package.read(name))).convert("RGB").tobytes())
    assert covers[0] == covers[1]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("葛\U000e0100城", "葛城"),  # a variation that no font has: the ideograph as it is (UTS #37)
        ("⿰氵每", "⿰氵每"),
        ("\uf900丽\U0002f800", "\uf900丽\U0002f800"),  # copied as they are, seen as the ideographs that they are
        ("cafe\u0301か\u3099", "caf\u00e9が"),
        ("a\u200b\u00ad\ufeffb", "ab"),
    ],
)
@pytest.mark.parametrize("vertical", [False, True])
def test_what_fonts_can_show_is_no_error(written, shown, vertical):
    made = write(
        Document(front=(Paragraph(inlines=text(written)),)),
        "pdf",
        options={"vertical": vertical, "page_numbers": False},
    )
    assert not made.diagnostics
    seen = pypdfium2.PdfDocument(made.value)[0].get_textpage().get_text_range()
    assert "".join(seen.split()) == shown


def test_a_compatibility_ideograph_looks_like_the_ideograph_that_it_is():
    def ink(words):
        page = pypdfium2.PdfDocument(write(Document(front=(Paragraph(inlines=text(words)),)), "pdf").value)[0]
        return page.render(grayscale=True).to_pil().tobytes()

    assert ink("\uf900\U0002f800。") == ink("豈丽。")


@pytest.mark.parametrize("words", ["A𠀀和𠀀B", "用𝐀来", "前😀x后"])
def test_beside_latin_they_are_copied_too(words, tmp_path):
    data = write(Document(front=(Paragraph(inlines=text(words)),)), "pdf", options={"page_numbers": False}).value
    (tmp_path / "a.pdf").write_bytes(data)
    poppler = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, text=True, check=True).stdout
    pdfium = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    for seen in (poppler, pdfium):
        assert "".join(seen.split()) == words
