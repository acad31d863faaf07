"""Plain text: decode → repair → structure."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from converter.options import option
from converter.records import dataclass
from converter.regex import compiled

if TYPE_CHECKING:
    from converter.diagnostics import Result
    from converter.model import Document
    from converter.repair.rules import Selection
    from converter.structure.overrides import Overrides


@dataclass(frozen=True, slots=True, kw_only=True)
class TxtOptions:
    """How to read plain text."""

    encoding: str | None = option(
        None,
        "Encoding of the text, if the guess is wrong: utf-8, gb18030, big5 …",
        "文本编码（自动识别有误时指定）：utf-8、gb18030、big5 等",
    )
    only: str = option(
        "",
        "Codes of the only repairs to make, with commas: ZH101,ZH201",
        "只进行这些代码的修复，以逗号分隔：ZH101,ZH201",
    )
    skip: str = option("", "Codes of repairs not to make, with commas", "不进行这些代码的修复，以逗号分隔")
    unsafe: bool = option(
        False, "Make doubtful repairs too, which otherwise are only proposed", "把握不大、通常仅作建议的修复也予以执行"
    )
    accept: str = option(
        "",
        "Single doubtful changes to make all the same, with commas: ZH201@22-23 (rule, start and end of the span)",
        "仍要执行的个别存疑修改，以逗号分隔：ZH201@22-23（规则代码、起止位置）",
    )
    reject: str = option(
        "",
        "Single changes not to make, with commas: ZH201@22-23",
        "不执行的个别修改，以逗号分隔：ZH201@22-23",
    )
    rules: str = option(
        "",
        "What lines of the text are, and which changes are made, where we are wrong: TOML, as in docs/structure.md",
        "指定某些行是什么、哪些修改要做（TOML 文本，写法见 docs/structure.md）",
    )
    chrome: str = option(
        "",
        "Lines that belong to the site around the text and not to the text, one a line",
        "不属于正文、属于网站页面的行，每行一条",
    )

    def selection(self, overrides: Overrides) -> Selection:
        """Which repairs are to be made, by these options and by what the rules say of changes."""
        # Here, not above: the options are wanted without the rules, whose patterns take a tenth of a second to compile.
        from converter.repair.recurring_lines import fingerprint
        from converter.repair.rules import Selection, read_changes

        return Selection(
            only=_codes(self.only),
            skip=_codes(self.skip) | overrides.skip,
            unsafe=self.unsafe,
            accept=read_changes(_codes(self.accept) | overrides.accept),
            reject=read_changes(_codes(self.reject) | overrides.reject),
            chrome=frozenset(fingerprint(line) for line in self.chrome.splitlines() if line.strip()),
        )


_CODE = compiled(r"[^\s,，、;；]+")


def _codes(listed: str) -> frozenset[str]:
    return frozenset(_CODE.findall(listed.upper()))


class TxtReader:
    """Reads Chinese plain text of any common encoding."""

    name = "txt"
    media_types = ("text/plain",)
    suffixes = (".txt", ".text")
    options_type = TxtOptions

    def read(self, data: bytes, options: TxtOptions) -> Result[Document]:
        """The document in `data`, with its source and its ledger.

        Raises InputError where the bytes are no text, UsageError for an unknown encoding or rule.
        """
        from converter.repair.rules import repair
        from converter.structure.overrides import Overrides, read_overrides
        from converter.structure.parse import parse
        from converter.text.decoding import decode

        overrides = read_overrides(options.rules) if options.rules else Overrides()
        selection = options.selection(overrides)
        selection.rules()  # a wrong request is refused before any work
        structure = partial(parse, overrides=overrides)
        made = decode(data, options.encoding).then(partial(repair, selection=selection)).then(structure)
        return replace(made, value=replace(made.value, ledger=made.diagnostics))
