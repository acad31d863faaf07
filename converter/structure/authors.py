"""Below the title of a paper: its authors, with the numbers of their offices, and these offices (GB/T 7713.2-2022)."""

from __future__ import annotations

from converter.regex import compiled
from converter.structure.patterns import both_scripts
from converter.structure.rows import FAMILY_NAMES

_NAME = r"[\u4e00-\u9fff][ \u3000]?[\u4e00-\u9fff]{1,2}"
_SIGN = r"[0-9¹²³⁴⁵*＊#△①-⑨]"
_SIGNS = rf"\s?[(（\[]?{_SIGN}(?:[,，]?{_SIGN}){{0,3}}[)）\]]?"
_AUTHORS = compiled(rf"{_NAME}(?:{_SIGNS})?(?:\s*[，,；;\s]\s*{_NAME}(?:{_SIGNS})?){{0,11}}[*＊]?")
_EACH = compiled(rf"({_NAME})({_SIGNS})?")
_OFFICE = "大学|学院|研究院|研究所|研究中心|研究室|实验室|医院|党校|学校|中学|小学|教育局|出版社|编辑部|公司"
_OFFICES = both_scripts(
    rf"[（(]?\s?(?:[0-9]{{1,2}}\s?[.．、]?\s?)?[^（）()。：:]{{0,30}}(?:{_OFFICE})[^（）()。]{{0,160}}[0-9]{{6}}\s?[；;]?[）)]?"
    rf"|[（(]\s?(?:[0-9]{{1,2}}\s?[.．、]?\s?)?[^（）()。：:，]{{2,30}}(?:{_OFFICE})(?:[，,\s][^（）()。：:]{{0,40}})?[）)]"
)


def names_authors(text: str) -> bool:
    """Whether a line is the names of authors with the numbers of their offices: two at least.

    >>> names_authors("王小明1，李红2，张伟1*"), names_authors("欧阳倩¹ 李红²")
    (True, True)
    >>> [names_authors(line) for line in ("方案1，方案2", "王小明，李红", "附件1", "安全，和谐")]
    [False, False, False, False]
    """
    if not _AUTHORS.fullmatch(text):
        return False
    found = _EACH.findall(text)
    names = {name for name, _ in found}
    known = sum(name[0] in FAMILY_NAMES for name in names)
    return 2 <= len(found) == len(names) <= 2 * known and any(sign for _, sign in found)


def names_offices(text: str) -> bool:
    """Whether a line says where authors work.

    >>> names_offices("（1. 清河大学 公共管理学院，河北 清河 054800；2. 清河市民政局，河北 清河 054800）")
    True
    >>> names_offices("关于清河大学招生工作的通知"), names_offices("在清河大学毕业典礼上的讲话（2019年）")
    (False, False)
    """
    return _OFFICES.fullmatch(text) is not None
