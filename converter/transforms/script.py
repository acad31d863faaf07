"""Simplified ↔ Traditional, by OpenCC; text that is already in the target script is not touched."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING

from converter.diagnostics import Diagnostic, Result, Severity
from converter.errors import Message, ResourceError, UsageError
from converter.text.script import Script, script_of
from converter.transforms.rewrite import rewritten

if TYPE_CHECKING:
    from collections.abc import Callable

    from converter.model import Document

# (script of the text, target) → OpenCC configuration. What is not here is in the target already. OpenCC's own
# conversions are not idempotent (演算法 → 演演算法), so text in the target script must never go through one.
_CONFIGURATIONS = {
    (Script.HANT, Script.HANS): "t2s",
    (Script.HANS, Script.HANT): "s2t",
    (Script.HANS, Script.TW): "s2tw",
    (Script.HANS, Script.HK): "s2hk",
}


def to_script(document: Document, script: str | None) -> Result[Document]:
    """The document in the script `script`: hans, hant, tw or hk; None leaves it as it is.

    Each run of text is looked at by itself: what is already in the target script stays. Headings and metadata are
    converted too. Raises UsageError for an unknown script.
    """
    if script is None:
        return Result(document)
    if script not in list(Script):
        raise UsageError.unknown("script", "字体", script, list(Script))
    target = Script(script)
    changed = 0

    def words(text: str) -> str:
        nonlocal changed
        # A few words without a telling character may still hold ambiguous ones (后/後): go by the whole document.
        found = script_of(text) or whole
        configuration = _CONFIGURATIONS.get((found, target)) if found else None
        converted = _converter(configuration)(text) if configuration else text
        changed += sum(a != b for a, b in zip(text, converted, strict=False)) + abs(len(text) - len(converted))
        return converted

    whole = script_of(document.source.text if document.source else document.display_title)
    result = replace(rewritten(document, words), language=target.language)
    note = Diagnostic(
        code="SC101",
        severity=Severity.INFO,
        message=Message(
            f"{changed} characters were converted to {target.value}.", f"已转换 {changed} 个字（{target.value}）。"
        ),
    )
    return Result(result, (note,))


@functools.cache
def _converter(configuration: str) -> Callable[[str], str]:
    """OpenCC for one configuration: the fast engine if it is installed, else whichever is called `opencc`."""
    try:
        import opencc_pyo3

        return opencc_pyo3.OpenCC(configuration).convert
    except ImportError:
        pass
    try:
        import opencc

        return opencc.OpenCC(configuration).convert  # type: ignore[no-any-return]
    except ImportError:
        raise ResourceError(
            "No OpenCC is installed: pip install opencc-pyo3.", "未安装 OpenCC：请运行 pip install opencc-pyo3。"
        ) from None
