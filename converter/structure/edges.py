"""Where a text ends: signature and date, notes, attachments, credits, the imprint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.model import Role
from converter.structure.patterns import (
    ATTACHMENT,
    CLOSING,
    COPIES,
    CREDIT,
    DATE,
    NOTE,
    PRINTED,
    both_scripts,
    ends_sentence,
    unspaced,
)
from converter.structure.reading import TITLED
from converter.structure.reasons import Rule

if TYPE_CHECKING:
    from converter.structure.reading import Reading

_LONGEST_SIGNATURE = 34
_NO_SIGNATURE = both_scripts(
    r"[^：:]{0,8}(?:联系|咨询|报名|电话|地址|邮编|邮箱|传真|网址|成员|组长|组|时间|地点|负责人)[^：:]{0,4}[：:].*"
)
"""联系人：…, 成员：…: what is told, not who signs."""
_CLERK = both_scripts(r"(?:书\s*记\s*员|法官助理|记录人|经办人|校对责任人)[\s：:]+\S{2,4}(?:\s+\S{2,4})*")
"""书　记　员　　某某某, below the date of a judgment."""
_TIME = both_scripts(r"[0-9]{1,2}[:：时][0-9]{2}")
_LAST_LINES, _PROSE = 12, 80
"""Credits stand among the last lines, below the last paragraph so long; the same words further up are the text's."""


def find_endings(reading: Reading, body: int) -> None:
    """Signatures, dates, notes, closings and credits; `body` is the index of the first line of the text proper."""
    _imprint(reading, body)
    prose = max((i for i, text in enumerate(reading.texts) if len(text) > _PROSE and text[-1] in "。！？”"), default=0)
    for index in reading.short(_LONGEST_SIGNATURE * 2):
        if index < body or not reading.free(index):
            continue
        text = reading.text(index)
        if DATE.fullmatch(unspaced(text)):
            _signed(reading, index, body)
        elif CLOSING.fullmatch(text) and _closes(reading, index):
            reading.give(index, Role.CLOSING, Rule.CLOSING)
        elif NOTE.fullmatch(text) and reading.role(index - 1) in {Role.DATE, Role.SIGNATURE, Role.NOTE}:
            reading.give(index, Role.NOTE, Rule.NOTE)
        elif CREDIT.fullmatch(text) and index >= max(len(reading) - _LAST_LINES, prose):
            reading.give(index, Role.CREDIT, Rule.CREDIT)
    _attachments(reading, body)


def _closes(reading: Reading, index: int) -> bool:
    """Whether a text ends here, this one or one of a collection; 谢谢 in the middle of a talk closes nothing."""
    if index >= len(reading) - _LAST_LINES // 2:
        return not any(reading.role(i) is Role.SPEAKER for i in range(max(0, index - 3), index))
    below = [reading.text(line) for line in range(index + 1, min(index + 4, len(reading)))]
    label = reading.label(index + 1)
    if below and CLOSING.fullmatch(below[0]) and _closes(reading, index + 1):
        return True  # 顺颂, and below it 商祺！
    return (label is not None and label.kind in TITLED) or any(
        DATE.fullmatch(unspaced(text)) or ATTACHMENT.fullmatch(text) for text in below if text
    )


def _signed(reading: Reading, index: int, body: int) -> None:
    """A date, and above it those who sign."""
    reading.give(index, Role.DATE, Rule.DATE)
    above = index - 1
    while above > body and index - above <= 3 and _is_name(reading, above):
        reading.give(above, Role.SIGNATURE, Rule.SIGNATURE)
        above -= 1


def _is_name(reading: Reading, index: int) -> bool:
    text = reading.text(index)
    return (
        reading.free(index)
        and reading.label(index) is None
        and len(unspaced(text)) <= _LONGEST_SIGNATURE
        and not ends_sentence(text)
        and not ATTACHMENT.fullmatch(text)
        and not _NO_SIGNATURE.fullmatch(text)
        and text[0] not in "（("
        and "，" not in text
    )


def _attachments(reading: Reading, body: int) -> None:
    """附件：… and the lines below it, up to the signature; a lone title after the date at the very end."""
    begin = max(body, 1)
    for index in [i for i in reading.beginning("附") if i >= begin]:
        text = reading.text(index)
        if reading.free(index) and ATTACHMENT.fullmatch(text) and not text.endswith("。"):
            reading.give(index, Role.ATTACHMENT, Rule.ATTACHMENT)
            following = index + 1
            while reading.free(following) and reading.label(following) and len(reading.text(following)) <= 60:
                reading.give(following, Role.ATTACHMENT, Rule.ATTACHMENT_MORE)
                following += 1
    last = len(reading) - 1
    if (
        last > 0
        and reading.free(last)
        and reading.role(last - 1) is Role.DATE
        and not ends_sentence(reading.text(last))
        and not _TIME.search(reading.text(last))
    ):
        if _CLERK.fullmatch(reading.text(last)):
            reading.give(last, Role.SIGNATURE, Rule.SIGNATURE)
        else:
            reading.give(last, Role.ATTACHMENT, Rule.ATTACHMENT_LAST)


def _imprint(reading: Reading, body: int) -> None:
    """The imprint (版记): from the last line up, who printed the document and when, and who gets copies."""
    index = len(reading) - 1
    if index > body and reading.free(index) and PRINTED.fullmatch(reading.text(index)):
        reading.give(index, Role.IMPRINT, Rule.PRINTED)
        index -= 1
    while index > body and reading.free(index) and COPIES.fullmatch(reading.text(index)):
        reading.give(index, Role.IMPRINT, Rule.COPIES)
        index -= 1
