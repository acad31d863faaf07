"""Files made to hurt: bombs, entities, names that lead out, halves of files, and files with random damage."""

import io
import random
import zipfile

import pytest
from contract.documents import RICH

from converter.errors import ConverterError, InputError
from converter.model import Link, inlines_of
from converter.pipeline import read, write
from converter.plugins import find_reader
from converter.readers.limits import Archive, Limits, check_size, parse_xml

ZIPPED = ["docx", "epub"]
MAIN = {"docx": "word/document.xml", "epub": "EPUB/text-0001.xhtml"}
FILES = {name: write(RICH, name).value for name in ("docx", "epub", "html", "md", "json")}
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><x>&j;</x>"
).encode()
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'


def zipped(entries):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return packed.getvalue()


def changed(name, **parts):
    """Our file of this format with other parts."""
    with zipfile.ZipFile(io.BytesIO(FILES[name])) as archive:
        entries = {entry: archive.read(entry) for entry in archive.namelist()}
    return zipped({**entries, **parts})


@pytest.mark.parametrize("name", ZIPPED)
def test_a_zip_bomb_is_refused_unopened(name, monkeypatch):
    bomb = changed(name, **{MAIN[name]: bytes(50_000_000)})
    assert len(bomb) < 200_000
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    with pytest.raises(InputError, match=r"asks for too much.*bomb"):
        read(bomb, format=name)


@pytest.mark.parametrize("name", ZIPPED)
def test_a_bomb_that_lies_about_its_size_is_read_no_further_than_it_said(name):
    data = bytearray(changed(name, **{MAIN[name]: b"<x>" + bytes(5_000_000)}))
    entry = next(e for e in zipfile.ZipFile(io.BytesIO(bytes(data))).infolist() if e.filename == MAIN[name])
    lie = data.rindex(entry.file_size.to_bytes(4, "little"))
    data[lie : lie + 4] = (1000).to_bytes(4, "little")
    with pytest.raises(InputError):
        read(bytes(data), format=name)


def test_too_many_entries_too_many_bytes():
    many = zipped({f"{n}": b"" for n in range(30)})
    with pytest.raises(InputError, match="30 entries"):
        Archive(many, Limits(entries=20))
    with pytest.raises(InputError, match="unpacked"):
        Archive(zipped({"a": b"x" * 600, "b": b"y" * 600}), Limits(expanded=1000))
    with pytest.raises(InputError, match="1,000 bytes"):
        check_size(bytes(1000), Limits(size=999))


@pytest.mark.parametrize("bad", ["../evil.xml", "/etc/passwd", "word/../../x", "C:\\x", "..\\x"])
@pytest.mark.parametrize("name", ZIPPED)
def test_names_that_lead_out_of_the_archive_are_refused(name, bad):
    with pytest.raises(InputError, match="leads out of it"):
        read(changed(name, **{bad: b"x"}), format=name)


@pytest.mark.parametrize("attack", [LAUGHS, OUTSIDE], ids=["billion laughs", "external entity"])
@pytest.mark.parametrize("name", ZIPPED)
def test_entities_are_refused(name, attack):
    with pytest.raises(InputError, match="entities"):
        read(changed(name, **{MAIN[name]: attack}), format=name)
    with pytest.raises(InputError):
        parse_xml(attack, "x")


def test_entities_in_a_web_page_stay_what_they_are():
    for attack in (LAUGHS, OUTSIDE):
        document = read(b"<!-- page -->" + attack, format="html").value
        assert "root:" not in repr(document)
        assert len(repr(document)) < 10_000


def test_nothing_outside_is_fetched(monkeypatch):
    import socket

    def forbidden(*_):
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "socket", forbidden)
    page = '<p>字</p><img src="http://a.cn/x.png" alt="图"><img src="file:///etc/passwd"><iframe src="http://a.cn/"></iframe>'
    result = read(f"<html><body>{page}</body></html>".encode(), format="html")
    assert "http://a.cn/x.png" in repr(result.value)
    assert "passwd" not in repr(result.value)
    assert any("Left out" in d.message.en for d in result.diagnostics)
    markdown = read(page.encode() + b"\n\n![](file:///etc/passwd) ![x](http://a.cn/y.png)", format="md")
    assert "http://a.cn/y.png" in repr(markdown.value)
    assert "root:" not in repr(markdown.value)
    assert not any(isinstance(i, Link) and "passwd" in i.target for i in inlines_of(markdown.value))


@pytest.mark.parametrize(
    "scheme", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", " JaVaScRiPt:x", "//a.cn/x"]
)
def test_links_to_scripts_and_files_are_only_words(scheme):
    document = read(f'<p>前<a href="{scheme}">字</a></p>'.encode(), format="html").value
    assert "Link" not in repr(document)


@pytest.mark.parametrize("name", ZIPPED)
def test_a_file_that_ends_early_is_refused(name):
    data = FILES[name]
    for end in range(0, len(data) - 1, max(1, len(data) // 60)):
        with pytest.raises(InputError):
            read(data[:end], format=name)


@pytest.mark.parametrize("name", ["html", "md", "docx", "epub"])
def test_thousands_of_nested_elements(name):
    deep = {
        "html": b"<div>" * 50_000 + "字".encode(),
        "md": (b"> " * 5_000) + "字\n".encode(),
        "docx": changed(
            "docx",
            **{
                MAIN[
                    "docx"
                ]: b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
                + b"<w:sdt><w:sdtContent>" * 5_000
                + b"</w:sdtContent></w:sdt>" * 5_000
                + b"</w:body></w:document>"
            },
        ),
        "epub": changed(
            "epub", **{MAIN["epub"]: b"<html><body>" + b"<div>" * 5_000 + b"</div>" * 5_000 + b"</body></html>"}
        ),
    }[name]
    failure = None
    try:
        read(deep, format=name)
    except ConverterError as error:
        failure = error
    assert failure is None or failure.message.zh


@pytest.mark.parametrize(
    ("name", "times"), [("docx", 3000), ("epub", 1900), ("md", 900), ("json", 3400), ("html", 800)]
)
def test_files_with_random_damage_raise_nothing_but_our_own_errors(name, times):
    chance, reader = random.Random(name), find_reader(name)  # noqa: S311 - damage, not secrets
    options, said = reader.options_type(), []
    for _ in range(times):
        data = bytearray(FILES[name])
        for _ in range(chance.choice((1, 1, 2, 8))):
            at = chance.randrange(len(data))
            match chance.randrange(3):
                case 0:
                    data[at] = chance.randrange(256)
                case 1:
                    del data[at : at + chance.randrange(1, 40)]
                case 2:
                    data[at:at] = data[max(0, at - 30) : at]
        try:
            reader.read(bytes(data), options)
        except ConverterError as error:
            said.append(error.message)
    assert all(message.zh and "\n" not in message.en for message in said)
    assert len(said) < times


@pytest.mark.parametrize("name", ZIPPED)
def test_damage_inside_the_archive_too(name):
    """Random changes in the XML itself, packed anew, so that no checksum tells."""
    chance, reader = random.Random(name), find_reader(name)  # noqa: S311 - damage, not secrets
    with zipfile.ZipFile(io.BytesIO(FILES[name])) as archive:
        entries = {entry: archive.read(entry) for entry in archive.namelist()}
    said = []
    for _ in range(400):
        inside = dict(entries)
        for entry in chance.sample(sorted(entries), 2):
            data = bytearray(inside[entry])
            at = chance.randrange(len(data))
            choice = chance.randrange(3)
            if choice == 0:
                del data[at : at + chance.randrange(1, 60)]
            elif choice == 1:
                data[at] = chance.randrange(32, 127)
            else:
                del inside[entry]
                continue
            inside[entry] = bytes(data)
        try:
            reader.read(zipped(inside), reader.options_type())
        except ConverterError as error:
            said.append(error.message)
    assert all(message.zh for message in said)
    assert len(said) < 400
