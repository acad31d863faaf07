"""A writer of telegrams: every sentence ends with STOP."""

from dataclasses import dataclass

from converter import Result
from converter.model import Mark, blocks_of, plain


@dataclass(frozen=True)
class TelegramOptions:
    stop: str = "STOP"


class TelegramWriter:
    name = "telegram"
    media_type = "text/x-telegram"
    suffix = ".telegram"
    options_type = TelegramOptions
    cannot_show = frozenset(Mark)

    def write(self, document, theme, options):
        words = "".join(plain(block.inlines) for block in blocks_of(document))
        return Result(words.replace("。", f" {options.stop} ").encode())
