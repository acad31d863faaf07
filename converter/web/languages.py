"""In which language, and in which characters, the page and the answers speak to whoever asks."""

from __future__ import annotations

import functools
from contextvars import ContextVar
from typing import Any

from converter.regex import compiled
from converter.transforms.script import words_to_script
from converter.transforms.script_glossary import Glossary

LANGUAGES = {"zh-Hans": "简体", "zh-Hant": "繁體", "en": "English"}
"""BCP 47 tag and own name of each language."""

_QUOTED = compiled(r"“([^”]*)”")
# What OpenCC's words of Taiwan (s2twp) would make something else of: 來原始檔夾, 規則程式碼, 許可權, 句子已連線.
_OUR_WORDS = Glossary(
    {
        "文本": "文字",
        "来源文件夹": "來源資料夾",
        "代码": "代碼",
        "权限": "權限",
        "连接": "連接",
        "循环": "循環",
        "参数": "參數",
        "像素": "像素",
    }
)
_asking: ContextVar[str] = ContextVar("asking", default="en")


def negotiate(accept: str) -> str:
    """The best of LANGUAGES for an `Accept-Language`; English where none of them is asked for.

    >>> negotiate("zh-TW,zh;q=0.9,en;q=0.8"), negotiate("zh-CN"), negotiate("fr, en;q=0.5")
    ('zh-Hant', 'zh-Hans', 'en')
    """

    def quality(item: str) -> float:
        try:
            return float(item.partition("q=")[2] or 1)
        except ValueError:
            return 0

    for item in sorted(accept.split(","), key=quality, reverse=True):
        tag = item.partition(";")[0].strip().lower()
        if tag.split("-")[0] == "zh" and quality(item) > 0:
            return "zh-Hant" if {"hant", "tw", "hk", "mo"} & set(tag.split("-")) else "zh-Hans"
        if tag.split("-")[0] == "en" and quality(item) > 0:
            return "en"
    return "en"


def hear(accept: str) -> None:
    """Remembers, for as long as this request lasts, the `Accept-Language` it came with."""
    _asking.set(negotiate(accept))


def asking() -> str:
    """The language of the request that is being answered."""
    return _asking.get()


@functools.lru_cache(maxsize=4096)
def traditional(chinese: str) -> str:
    """What we say in Simplified characters in Traditional ones; what it quotes from a text stays as it is there.

    >>> traditional("“发展”之前缺 1 个序号。")
    '「发展」之前缺 1 個序號。'
    """
    said, last = [], 0
    for quoted in _QUOTED.finditer(chinese):
        said += [_converted(chinese[last : quoted.start()]), f"「{quoted[1]}」"]
        last = quoted.end()
    return "".join([*said, _converted(chinese[last:])])


def _converted(chinese: str) -> str:
    return words_to_script(chinese, "s2twp", glossary=_OUR_WORDS)


def for_asking(data: Any) -> Any:
    """Plain data to be sent: all that is said in Chinese (`…_zh`) in the characters that the request asks for."""
    return _in_traditional(data) if asking() == "zh-Hant" else data


def _in_traditional(data: Any) -> Any:
    if isinstance(data, dict):
        return {
            key: traditional(value) if key.endswith("_zh") and isinstance(value, str) else _in_traditional(value)
            for key, value in data.items()
        }
    return [_in_traditional(one) for one in data] if isinstance(data, list | tuple) else data
