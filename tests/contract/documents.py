"""Documents for the tests of readers and writers: every node of the model at least once."""

import base64

from converter.model import (
    Document,
    Figure,
    Heading,
    HeadingKind,
    LineBreak,
    Link,
    List,
    Mark,
    Metadata,
    Note,
    NoteRef,
    Paragraph,
    Preformatted,
    Quote,
    Role,
    Ruby,
    Section,
    Separator,
    Table,
    Text,
    Verse,
    text,
)

# A red dot of 2 × 2 pixels.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg=="
)


def section(label, words, kind, *blocks, run_in=False, sections=()):
    heading = Heading(label=label, inlines=text(words), kind=kind, run_in=run_in)
    return Section(heading=heading, blocks=blocks, sections=sections)


def paragraph(words, role=Role.BODY):
    return Paragraph(inlines=text(words), role=role)


STRONG = frozenset({Mark.STRONG})

RICH = Document(
    metadata=Metadata(
        title="诸体", authors=("甲", "乙"), date="2012年7月", publisher="某社", subject="示例", keywords=("一", "二"), subtitle="副题", edition="第一版", number="某发〔2012〕3号", source="某网"
    ),
    front=(
        Paragraph(inlines=(Text(text="见注"), NoteRef(number=1), Text(text="及"), Link(text="某站", target="https://a.cn/b?c=1&d=2"), Text(text="，"), Ruby(base="龘", annotation="dá"), Text(text="字。"))),
        List(items=((paragraph("其一"),), (paragraph("其二"), paragraph("续段"), List(items=((paragraph("子项"),), (paragraph("子项乙"),)), ordered=True, start=3)))),
        List(items=((paragraph("另列甲"),), (paragraph("另列乙"),))),
        List(items=((paragraph("序"),),), ordered=True),
        paragraph("列后一段"),
        Quote(blocks=(paragraph("引文一段。"), Quote(blocks=(paragraph("引中之引。"),)), List(items=((paragraph("引中列"),),)))),
        Quote(blocks=(paragraph("又引"),)),
        Verse(lines=(text("床前明月光，"), text("疑是地上霜。"), (), (Text(text="举头", marks=STRONG), Text(text="望明月。")))),
        Preformatted(text="def f(x):\n    return `x` | 1\n\n# 完 ```\n"),
        Separator(),
    ),
    sections=(
        Section(
            heading=Heading(inlines=(Text(text="表与图"), NoteRef(number=2)), label="一、", kind=HeadingKind.COUNT),
            blocks=(
                Table(
                    head=((text("科目"), text("数|量")),),
                    rows=((text("甲"), (Text(text="12", marks=STRONG), LineBreak(), Text(text="3"))), (text("乙"), ()), (text("短行"),)),
                ),
                Table(rows=((text("无头"), text("表")),)),
                Figure(data=PNG, media_type="image/png", alt="红点", caption=text("图一　红点")),
                Figure(data=PNG, media_type="image/png"),
                paragraph("图后。"),
            ),
        ),
        section("1、", "坚持学习制度。", HeadingKind.DECIMAL, Paragraph(inlines=(Text(text="正文"), NoteRef(number=3), Text(text="。"))), run_in=True),
    ),
    notes=(
        Note(blocks=(paragraph("第一条注。"), paragraph("注的第二段。"))),
        Note(blocks=(Paragraph(inlines=(Link(text="出处", target="https://a.cn/"), Text(text="，页3。"))),)),
        Note(blocks=(paragraph("末注。"), List(items=((paragraph("注中列"),),)))),
    ),
)  # fmt: skip
