from dataclasses import replace

import pytest

from converter.booklet.assemble import compile_booklet
from converter.booklet.manifest import Manifest, Part
from converter.errors import UsageError
from converter.model import (
    Document,
    Heading,
    HeadingKind,
    Metadata,
    Note,
    NoteRef,
    Paragraph,
    Quote,
    Section,
    Table,
    heading_text,
    inlines_of,
    is_volume,
    outline,
    plain,
    text,
)


def one(title, **more):
    return Document(metadata=Metadata(title=title), front=(Paragraph(inlines=text("正文。")),), **more)


def part(label):
    return Section(
        heading=Heading(inlines=text("题目"), label=label, kind=HeadingKind.PART),
        blocks=(Paragraph(inlines=text("正文。")),),
    )


def titles(volume):
    return [heading_text(s.heading) for s in volume.sections]


def test_each_text_becomes_a_section_under_its_title():
    volume = compile_booklet([one("甲"), one("乙")], title="文集", author="办公室", date="2012年7月").value
    assert titles(volume) == ["甲", "乙"]
    assert {s.heading.kind for s in volume.sections} == {HeadingKind.TEXT}
    assert volume.metadata == Metadata(title="文集", authors=("办公室",), date="2012年7月")


def test_a_collection_contributes_each_of_its_texts():
    collection = Document(sections=(part("第一篇："), part("第二篇：")))
    assert titles(compile_booklet([one("甲"), collection]).value) == ["甲", "第一篇：题目", "第二篇：题目"]


def test_a_volume_without_a_name_is_named_after_its_first_text():
    assert compile_booklet([one("甲"), one("乙")]).value.metadata.title == "甲等2篇"
    assert compile_booklet([one("甲")]).value.metadata.title == "甲"


def test_a_text_without_a_title_is_reported():
    result = compile_booklet([one("")])
    assert titles(result.value) == ["正文。"]
    assert [d.code for d in result.diagnostics] == ["BK101"]


def test_no_text_is_no_booklet():
    with pytest.raises(UsageError):
        compile_booklet([])


def test_the_volume_is_in_the_language_of_most_of_its_texts():
    assert (
        compile_booklet([one("甲", language="zh-Hant"), one("乙"), one("丙", language="zh-Hant")]).value.language
        == "zh-Hant"
    )


def test_parts_stand_above_their_texts():
    manifest = Manifest(
        title="文集", subtitle="上卷", organisation="局", authors=("张三",), date="2012年", edition="第一版",
        preface="前言.txt", colophon="后记.txt", titles=(("乙.txt", "新题"),),
        parts=(Part(title="第一部分", texts=("乙.txt",)), Part(title="第二部分", texts=("丙.txt", "甲.txt"))),
    )  # fmt: skip
    names = ["甲.txt", "乙.txt", "丙.txt", "前言.txt", "后记.txt"]
    volume = compile_booklet([one(name[:-4]) for name in names], names=names, manifest=manifest).value
    assert [(heading_text(e.section.heading), e.section.heading.kind.value, e.depth) for e in outline(volume)] == [
        ("前言", "text", 1), ("第一部分", "part", 1), ("新题", "text", 2), ("第二部分", "part", 1), ("丙", "text", 2),
        ("甲", "text", 2), ("后记", "text", 1),
    ]  # fmt: skip
    assert is_volume(volume)
    assert volume.metadata == Metadata(
        title="文集", subtitle="上卷", authors=("张三",), date="2012年", publisher="局", edition="第一版"
    )


def test_what_is_not_listed_is_left_out_with_a_note():
    result = compile_booklet([one("甲"), one("乙")], names=["甲.txt", "乙.txt"], manifest=Manifest(texts=("乙.txt",)))
    assert titles(result.value) == ["乙"]
    assert [d.code for d in result.diagnostics] == ["BK104"]


def test_a_text_without_a_title_is_called_by_its_file():
    result = compile_booklet([one("")], names=["稿/03 工作要点.txt"])
    assert titles(result.value) == ["工作要点"]
    assert [d.code for d in result.diagnostics] == ["BK101"]


def test_texts_that_are_there_twice_are_reported():
    long = Document(
        metadata=Metadata(title="甲"),
        front=(Paragraph(inlines=text("各单位要做好这一项工作，" * 3 + "不得推诿扯皮误事。")),),
    )
    other = replace(long, metadata=Metadata(title="乙"))
    near = replace(long, front=(*long.front, Paragraph(inlines=text("同志们辛苦了谢谢。"))))
    assert [d.code for d in compile_booklet([long, other, near]).diagnostics] == ["BK102", "BK103"]


def test_notes_are_counted_on():
    def noted(words):
        marked = Paragraph(inlines=(*text(words), NoteRef(number=1)))
        cell = Table(rows=(((NoteRef(number=2),),),))
        heading = Heading(inlines=(*text("节"), NoteRef(number=3)))
        notes = tuple(Note(blocks=(Paragraph(inlines=text(f"{words}{n}")),)) for n in (1, 2, 3))
        return Document(
            metadata=Metadata(title=words), front=(Quote(blocks=(marked,)), cell), notes=notes,
            sections=(Section(heading=heading, blocks=(marked,)),),
        )  # fmt: skip

    volume = compile_booklet([noted("甲"), one("丙"), noted("乙")]).value
    calls = [inline.number for inline in inlines_of(volume) if isinstance(inline, NoteRef)]
    assert sorted(calls) == [1, 1, 2, 3, 4, 4, 5, 6]
    assert [plain(note.blocks[0].inlines) for note in volume.notes] == ["甲1", "甲2", "甲3", "乙1", "乙2", "乙3"]
    second = volume.sections[2]
    assert second.blocks[0].blocks[0].inlines[-1] == NoteRef(number=4)
    assert second.sections[0].heading.inlines[-1] == NoteRef(number=6)


def test_texts_of_a_folder_follow_the_numbers_in_their_titles():
    documents = [one("第十篇"), one("第二篇")]
    assert titles(compile_booklet(documents, names=["x.txt", "y.txt"], sort=True).value) == ["第二篇", "第十篇"]
    assert titles(compile_booklet(documents, names=["1.txt", "2.txt"], sort=True).value) == ["第十篇", "第二篇"]
    assert titles(compile_booklet(documents, names=["x.txt", "y.txt"]).value) == ["第十篇", "第二篇"]


def test_authors_are_listed_by_sound_with_their_texts_before_the_colophon():
    texts = [
        replace(one(title), metadata=Metadata(title=title, authors=authors))
        for title, authors in (("甲", ("张三", "李四")), ("乙", ("张三",)), ("丙", ()), ("后记", ()))
    ]
    manifest = Manifest(contributors=True, colophon="4.txt")
    volume = compile_booklet(texts, names=["1.txt", "2.txt", "3.txt", "4.txt"], manifest=manifest).value
    assert titles(volume) == ["甲", "乙", "丙", "作者名录", "后记"]
    assert [plain(block.inlines) for block in volume.sections[3].blocks] == [
        "李四\u3000《甲》",
        "张三\u3000《甲》《乙》",
    ]
    assert volume.metadata.title == "甲等4篇"


def test_without_authors_there_is_no_list():
    assert titles(compile_booklet([one("甲")], manifest=Manifest(contributors=True)).value) == ["甲"]
