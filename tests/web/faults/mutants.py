"""Uploads that were valid once: Word files, e-books and texts with random damage, the same ones for the same seed."""

import io
import random
import zipfile
from pathlib import Path

import converter

_SEEDS = Path(__file__).parents[3] / "seeds"
_NASTY = (
    b"\x00",
    b"\xff" * 9,
    b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    b"\xef\xbb\xbf",
    b"</w:p>",
    b"&#0;",
    "𠮷".encode(),
)


def originals():
    """Valid uploads by the ending of their names."""
    texts = [path.read_bytes() for path in sorted(_SEEDS.glob("*.txt"))]
    short = texts[0][: texts[0].rindex(b"\n", 0, 2000)]
    return {
        "txt": [short, *texts[:2], texts[1].decode("utf-8", "ignore").encode("gb18030", "replace")],
        "docx": [converter.convert(short, "docx").value, converter.convert(short, "docx", theme="official").value],
        "epub": [converter.convert(short, "epub").value],
    }


def damaged(data, chance):
    """Some bytes with one or more of: other bits, a piece missing, doubled, moved or strange, the end cut off."""
    data = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 8))):
        if not data:
            break
        start = chance.randrange(len(data))
        end = min(len(data), start + chance.choice((1, 2, 16, 256, 4096)))
        match chance.randrange(6):
            case 0:
                data[start] ^= 1 << chance.randrange(8)
            case 1:
                del data[start:end]
            case 2:
                data[start:start] = data[start:end] * chance.choice((1, 1, 50))
            case 3:
                data[start:start] = chance.choice(_NASTY)
            case 4:
                del data[start:]
            case _:
                data[start:end] = chance.randbytes(end - start)
    return bytes(data)


def mutant(data, chance):
    """A damaged upload: the file as a whole or, of a zip, a part inside it, which then still opens."""
    if not zipfile.is_zipfile(io.BytesIO(data)) or chance.random() < 0.4:
        return damaged(data, chance)
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            part = old.read(name)
            if name == chosen and chance.random() < 0.1:
                continue
            new.writestr(name, damaged(part, chance) if name == chosen else part)
    return packed.getvalue()


def mutants(count, seed=1):
    """So many of them, as name and bytes."""
    files, chance = originals(), random.Random(seed)  # noqa: S311 - damage, not secrets
    for number in range(count):
        ending = chance.choice(sorted(files))
        yield f"{number}.{ending}", mutant(chance.choice(files[ending]), chance)
