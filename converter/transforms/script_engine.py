"""The engines that know OpenCC's dictionaries, behind one function.

Three packages hold them. `opencc_pyo3` is the default: fast, right in nine of ten of OpenCC's own cases. Under the name
`opencc` either the official wheel or a pure Python one may be installed; the latter knows fewer configurations.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from converter.errors import ResourceError
from converter.regex import compiled

if TYPE_CHECKING:
    from collections.abc import Callable

CONFIGURATIONS = (
    "s2t", "s2tw", "s2twp", "s2hk", "s2hkp",
    "t2s", "tw2s", "tw2sp", "hk2s", "hk2sp",
    "t2tw", "tw2t", "t2hk", "hk2t", "t2jp", "jp2t",
)  # fmt: skip
"""OpenCC's configurations, by their names: from, to; `p` changes words of the region as well (软件 → 軟體)."""

_SURROGATES = compiled("([\ud800-\udfff]+)")


@functools.cache
def engine(configuration: str) -> Callable[[str], str]:
    """OpenCC for one configuration. Raises ResourceError where no installed engine knows it."""
    for load in (_fast, _named_opencc):
        convert = load(configuration)
        if convert is not None:
            return convert
    raise ResourceError(
        f"No installed OpenCC knows the conversion {configuration}: pip install opencc-pyo3.",
        f"已安装的 OpenCC 不支持转换方案 {configuration}：请运行 pip install opencc-pyo3。",
    )


def _fast(configuration: str) -> Callable[[str], str] | None:
    try:
        import opencc_pyo3
    except ImportError:
        return None
    if not opencc_pyo3.OpenCC.is_valid_config(configuration):
        return None
    convert = opencc_pyo3.OpenCC(configuration).convert

    def converted(text: str) -> str:
        try:
            return convert(text)
        except UnicodeEncodeError:  # a lone surrogate, which no string of Rust can hold
            return "".join(p if n % 2 else convert(p) for n, p in enumerate(_SURROGATES.split(text)))

    return converted


def _named_opencc(configuration: str) -> Callable[[str], str] | None:
    try:
        import opencc
    except ImportError:
        return None
    # Where it has no such file, the official wheel says RuntimeError or ValueError, the other FileNotFoundError.
    try:
        return opencc.OpenCC(configuration).convert  # type: ignore[no-any-return]
    except (OSError, RuntimeError, ValueError):
        return None
