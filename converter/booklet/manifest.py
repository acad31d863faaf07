"""The manifest of a volume (book.toml): what it is called, what it holds, in which order."""

from __future__ import annotations

import dataclasses
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from converter.errors import InputError, UsageError, toml_reason
from converter.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Several texts under a title of their own (第一部分)."""

    title: str
    texts: tuple[str, ...]
    """Names of files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a manifest says. Files are named as they are from the manifest's folder."""

    title: str = ""
    subtitle: str = ""
    organisation: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    edition: str = ""
    theme: str = ""
    script: str = ""
    cover: str = ""
    """Which design the cover has: plain, frame, band, label."""
    cover_image: str = ""
    """A picture's file, which is the cover instead."""
    cover_alt: str = ""
    """What that picture shows, for those who cannot see it."""
    right_hand: bool = False
    """Whether each text opens on a right-hand page."""
    half_title: bool = False
    imprint: bool = False
    contributors: bool = False
    """Whether a list of the texts' authors stands behind the texts."""
    index: str = ""
    """An index of titles: pinyin or strokes."""
    back_cover: bool = False
    preface: str = ""
    """A file that stands before the texts."""
    colophon: str = ""
    """A file that stands after them."""
    texts: tuple[str, ...] = ()
    """The order of the texts; empty: as their names order them."""
    parts: tuple[Part, ...] = ()
    """Texts in groups, after `texts`."""
    titles: tuple[tuple[str, str], ...] = ()
    """Titles to use instead of the texts' own, by file."""

    @property
    def listed(self) -> tuple[str, ...]:
        """The texts that it lists, in order, without preface and colophon."""
        return (*self.texts, *(name for part in self.parts for name in part.texts))

    @property
    def options(self) -> dict[str, str | bool]:
        """What it says about the look of the volume, as options of writers."""
        chosen: dict[str, str | bool] = {
            "cover_design": self.cover,
            "right_hand": self.right_hand,
            "half_title": self.half_title,
            "imprint": self.imprint,
            "index": self.index,
            "back_cover": self.back_cover,
        }
        return {name: value for name, value in chosen.items() if value}

    def without(self, names: Iterable[str]) -> Manifest:
        """The same without these files."""
        gone = tuple(names)

        def stays(listed: str) -> bool:
            return not any(names_file(listed, name) for name in gone)

        def kept(texts: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(filter(stays, texts))

        parts = (dataclasses.replace(part, texts=kept(part.texts)) for part in self.parts)
        return dataclasses.replace(
            self,
            preface=self.preface if stays(self.preface) else "",
            colophon=self.colophon if stays(self.colophon) else "",
            texts=kept(self.texts),
            parts=tuple(part for part in parts if part.texts),
        )

    def title_of(self, name: str) -> str:
        """The title it gives to the text in the file `name`; empty if none."""
        return next((title for listed, title in self.titles if names_file(listed, name)), "")


def names_file(listed: str, name: str) -> bool:
    """Whether a manifest that says `listed` means the file `name`, whose path may begin further up."""
    wanted, there = PurePath(listed).parts, PurePath(name).parts
    return bool(wanted) and there[-len(wanted) :] == wanted


def arranged(manifest: Manifest, names: Sequence[str]) -> list[int]:
    """Which of the files `names` make the volume, in order: preface, texts, colophon; as positions in `names`.

    Raises UsageError for a text that the manifest lists and nobody gave, or lists twice.
    """
    ends = [listed for listed in (manifest.preface, manifest.colophon) if listed]
    at = {listed: _find(listed, names) for listed in (*ends, *manifest.listed)}
    chosen = [at[listed] for listed in manifest.listed]
    for place in chosen:
        if chosen.count(place) > 1:
            raise UsageError(f"The manifest lists {names[place]} twice.", f"清单中重复列出了 {names[place]}。")
    if not chosen:
        chosen = [place for place in range(len(names)) if place not in {at[listed] for listed in ends}]
    before = [at[manifest.preface]] if manifest.preface else []
    return [*before, *chosen, *([at[manifest.colophon]] if manifest.colophon else [])]


def _find(listed: str, names: Sequence[str]) -> int:
    for place, name in enumerate(names):
        if names_file(listed, name):
            return place
    raise UsageError.unknown("text among the files given", "给出的文件", listed, names)


def read_manifest(data: bytes) -> Manifest:
    """The manifest in a TOML file. Raises InputError, with the line, for what is no TOML or has a value of the wrong
    kind; UsageError for an unknown key, with the nearest known one.
    """
    import tomllib

    try:
        tree = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(
            f"The manifest is not UTF-8 at byte {error.start}.", f"清单不是 UTF-8 编码（第 {error.start} 字节）。"
        ) from None
    except tomllib.TOMLDecodeError as error:
        en, zh = toml_reason(error)
        raise InputError(f"The manifest is not TOML: {en}.", f"清单不是有效的 TOML：{zh}。") from None
    values: dict[str, Any] = {}
    known = {field.name: field.default for field in dataclasses.fields(Manifest)}
    for key, value in tree.items():
        if key not in known:
            raise UsageError.unknown("key of a manifest", "清单项目", key, known)
        if key == "parts":
            values[key] = tuple(_part(part, number) for number, part in enumerate(_tables(value), 1))
        elif key == "titles":
            values[key] = tuple((name, _text(f"titles.{name}", title)) for name, title in _table(key, value).items())
        elif isinstance(known[key], bool):
            values[key] = _yes_or_no(key, value)
        else:
            values[key] = _texts(key, value) if known[key] == () else _text(key, value)
    return Manifest(**values)


def _part(tree: dict[str, Any], number: int) -> Part:
    for key in tree:
        if key not in {"title", "texts"}:
            raise UsageError.unknown(f"key of part {number}", f"第 {number} 部分的项目", key, ("title", "texts"))
    title = _text(f"parts[{number}].title", tree.get("title", ""))
    texts = _texts(f"parts[{number}].texts", tree.get("texts", []))
    if not title or not texts:
        raise InputError(f"Part {number} needs a title and texts.", f"第 {number} 部分需要 title 和 texts。")
    return Part(title=title, texts=texts)


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(key, 'words in quotes: "…"', '引号内的文字："…"')
    return value.strip()


def _yes_or_no(key: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong(key, "true or false", " true 或 false")
    return value


def _texts(key: str, value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        raise _wrong(key, 'a list: ["…", "…"]', '列表：["…", "…"]')
    return tuple(_text(key, item) for item in value)


def _table(key: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(key, f"a table: [{key}]", f"表：[{key}]")
    return value


def _tables(value: Any) -> Iterable[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise _wrong("parts", "written as [[parts]], once for each", "写作 [[parts]]，每部分一次")
    return value


def _wrong(key: str, en: str, zh: str) -> InputError:
    return InputError(f"In the manifest “{key}” is {en}.", f"清单中“{key}”应为{zh}。")


def first_manifest(names: Sequence[str], titles: Sequence[str]) -> str:
    """A manifest to begin with: all keys explained in Chinese and English, the texts listed in their order with the
    titles that were found as comments.
    """
    width = max((len(_quoted(name)) for name in names), default=0) + 1
    listed = "\n".join(
        f"  {(_quoted(name) + ',').ljust(width)}  # {' '.join(title.split())}"
        for name, title in zip(names, titles, strict=True)
    )
    return _TEMPLATE.format(listed=listed, example=_quoted(names[0] if names else "一.txt"))


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "/").replace('"', '\\"')
    return f'"{escaped}"'


_TEMPLATE = """\
# 文集清单　The manifest of a volume.　用法 Use: converter booklet 文件夹/ --manifest book.toml -o 文集.pdf
# 去掉行首的 # 即可启用该项。　Take away the # to use a line.

# title = "党建工作文集"            # 书名　Title of the volume
# subtitle = "二〇一二年卷"          # 副书名　Subtitle
# organisation = "市委办公室"        # 编印单位　Office that publishes it
# authors = ["张三", "李四"]         # 编者　Authors or editors
# date = "2012年7月"                # 日期，任何写法　Date, in any form
# edition = "第一版"                # 版次　Edition
# theme = "book"                   # 版式　Look: article, official, book
# script = "hans"                  # 简繁转换　Characters: hans, hant, tw, hk
# cover = "frame"                  # 封面样式　Cover: plain 素面, frame 文武边框, band 色带, label 题签
# cover_image = "封面.jpg"          # 封面图片，铺满封面　A picture of yours as the cover
# cover_alt = "工作文集。红底金字"    # 封面图片的文字说明　What it shows, for those who cannot see it
# right_hand = true                # 各篇另页右起　Each text opens on a right-hand page
# half_title = true                # 扉页　The title alone on a page
# imprint = true                   # 版权页　Title, authors, publisher, edition, date
# contributors = true              # 作者名录　A list of the texts' authors
# index = "pinyin"                 # 篇名索引：pinyin 音序, strokes 笔画　An index of titles
# back_cover = true                # 封底　A back cover
# preface = "前言.txt"              # 前言（文件）　A file that stands first
# colophon = "后记.txt"             # 后记（文件）　A file that stands last

# 文章及其顺序；未列出的不收入。　The texts in their order; what is not listed is left out.
texts = [
{listed}
]

# 分部分：把上面的文章移到各部分中。　Parts: move texts from above into them.
# [[parts]]
# title = "第一部分　理论学习"
# texts = [{example}]

# 改用的标题　Titles to use instead of the texts' own.
# [titles]
# {example} = "新标题"
"""
