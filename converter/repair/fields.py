"""What a web page says about its text, as `label: value` fields on one line (信息来源:本级  时间:2008/7/9).

The labels are those of news sites, of essay sites, and of the index table (信息公开索引) above documents on government
sites. One table, for the rule that takes such lines out and for the metadata that is read from them.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from converter.records import NamedTuple
from converter.regex import compiled
from converter.repair.lines import SPACE

if TYPE_CHECKING:
    from collections.abc import Sequence


class Kind(Enum):
    """What a field says."""

    SOURCE = "source"
    DATE = "date"
    PUBLISHED = "published"
    AUTHOR = "author"
    EDITOR = "editor"
    VIEWS = "views"
    SIZE = "size"
    """A switch for the size of letters: 字号：大 中 小."""
    ISSUER = "issuer"
    NUMBER = "number"
    """The document number (发文字号)."""
    ENACTED = "enacted"
    """The date of the document (成文日期)."""
    INDEX = "index"
    SUBJECT = "subject"
    TITLE = "title"
    KEYWORDS = "keywords"


class Field(NamedTuple):
    """One field of a line."""

    kind: Kind
    value: str


_LABELS = {
    Kind.SOURCE: "信息来源 文章来源 稿件来源 新闻来源 来源于 来源 信息來源 文章來源 新聞來源 來源 稿源",
    Kind.PUBLISHED: (
        "发布时间 发布日期 发表时间 发表日期 更新时间 更新日期 录入时间 添加时间 公开日期 發布時間 發布日期 發表時間 "
        "發表日期 更新時間 更新日期 公開日期"
    ),
    Kind.DATE: "时间 日期 時間",
    Kind.AUTHOR: "文章作者 作者 撰稿人 撰稿",
    Kind.EDITOR: "责任编辑 责编 编辑 审核 责任校对 校对 編輯 責任編輯 責編 審核 录入者 录入 发布人 编审",
    Kind.VIEWS: (
        "阅读次数 浏览次数 点击次数 访问次数 阅读量 浏览量 点击量 访问量 点击数 点击率 阅读数 浏览数 评论数 "
        "阅读 浏览 点击 人气 评论 閱讀次數 瀏覽次數 點擊次數 訪問次數 閱讀量 瀏覽量 點擊數 訪問量 閱讀 瀏覽 點擊 人氣"
    ),
    Kind.SIZE: "字体大小 字号 字体 字體大小 字號 字體 视力保护色",
    Kind.ISSUER: "发文机关 发文机构 发文单位 发布机构 发布单位 制发机关 發文機關 發文機構 發文單位 發布機構",
    Kind.NUMBER: "发文字号 文号 發文字號 文號",
    Kind.ENACTED: "成文日期 生成日期 发文日期 發文日期",
    Kind.INDEX: "索引号 索引號",
    Kind.SUBJECT: "主题分类 信息分类 所属分类 公文种类 主題分類 信息分類 所屬分類 有效性 组配分类 体裁分类 信息类别",
    Kind.TITLE: "标题 信息名称 名称 内容概述 標題 信息名稱 名稱 內容概述",
    Kind.KEYWORDS: "主题词 关键词 关键字 标签 主題詞 關鍵詞 關鍵字 標簽",
}
_KINDS = {label: kind for kind, labels in _LABELS.items() for label in labels.split()}
_GAP = r"\s*"
# Labels are padded to one width in tables: 标　　题, 索 引 号.
_LABEL = compiled(
    rf"(?<![\w])(?:{'|'.join(_GAP.join(label) for label in sorted(_KINDS, key=len, reverse=True))}){_GAP}[：:]"
)
_TIME = r"\d{1,2}(?:[:：]\d{2}(?:[:：]\d{2})?|[时時]\d{2}分(?:\d{2}秒)?)"
DATE_TIME = compiled(
    rf"(?:\d{{4}}[-/.年\u00ad]\s?\d{{1,2}}[-/.月\u00ad]\s?\d{{1,2}}日?)(?:\s*(?:星期.|{_TIME}))*|{_TIME}"
)
"""A date in digits, with or without the time of day."""
_ANYTHING = compiled(".*")
_FORMS = dict.fromkeys(Kind, _ANYTHING) | {
    Kind.VIEWS: compiled(r"[\d,，]*\s*[次条人]?"),
    Kind.SIZE: compiled(r"[大中小超特缩放A+\-\s\]\[【】]*"),
}
_SECONDS = compiled(r"\d[:：]\d\d[:：]\d\d")
_EDGES = SPACE + "|｜丨【】[]()（）>•·"
_LONGEST_VALUE = 60
_SITE = compiled(r"^(?:https?://)?[\w.-]+\.(?:com|cn|net|org)(?:/\S*)?\s+", re.ASCII)


def fields_of(line: str) -> list[Field]:
    """The fields that a line consists of; none if anything else stands on it.

    >>> [(field.kind.value, field.value) for field in fields_of("信息来源:本级  时间:2008/7/9  阅读次数:4985")]
    [('source', '本级'), ('date', '2008/7/9'), ('views', '4985')]
    >>> fields_of("时间是最好的老师。来源：生活")
    []
    """
    if len(line) > 300:
        return []
    labels = list(_LABEL.finditer(line))
    fields = []
    lead = line[: labels[0].start()].strip(_EDGES) if labels else line.strip(_EDGES)
    if lead:
        stamp = DATE_TIME.fullmatch(_SITE.sub("", lead).removeprefix("发表于").removeprefix("发布于").strip(_EDGES))
        if not stamp or not (labels or ":" in lead or "分" in lead):
            return []
        fields.append(Field(Kind.PUBLISHED, stamp[0]))
    ends = (*(match.start() for match in labels[1:]), len(line))
    for match, end in zip(labels, ends, strict=False):
        value = line[match.end() : end].strip(_EDGES)
        kind = _KINDS["".join(c for c in match[0] if c not in SPACE).rstrip("：:")]
        if (
            len(value) > _LONGEST_VALUE
            or any(mark in value for mark in "。；;，！？")
            or not _FORMS[kind].fullmatch(value)
        ):
            return []
        fields.append(Field(kind, value))
    return fields


def speaks(fields: Sequence[Field]) -> bool:
    """Whether fields are those that a site writes, and no author does."""
    values = dict(fields)
    kinds = values.keys()
    if values.get(Kind.VIEWS) or (Kind.VIEWS in kinds and len(kinds) > 1) or kinds & {Kind.SIZE, Kind.INDEX}:
        return True
    if Kind.PUBLISHED in kinds and (DATE_TIME.match(values[Kind.PUBLISHED]) or len(kinds) > 1):
        return True
    if Kind.DATE in kinds and _SECONDS.search(values[Kind.DATE]):
        return True
    return Kind.SOURCE in kinds and len(kinds & {Kind.DATE, Kind.AUTHOR, Kind.EDITOR, Kind.SUBJECT}) > 0
