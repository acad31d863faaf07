"""The rules of lint: stable codes, severity, and what each is about."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from converter.diagnostics import Diagnostic, Severity
from converter.errors import Message

if TYPE_CHECKING:
    from converter.source import Span

_WARNING, _INFO = Severity.WARNING, Severity.INFO


class Rule(Enum):
    """Code, severity, in English, in Chinese."""

    MISSING_NUMBER = ("LT101", _WARNING, "A number is missing", "缺号")
    REPEATED_NUMBER = ("LT102", _WARNING, "A number comes twice", "重号")
    NUMBER_OUT_OF_ORDER = ("LT103", _WARNING, "A number is out of order", "序号颠倒")
    LATE_FIRST_NUMBER = ("LT104", _INFO, "A sequence does not begin with one", "序号不从一开始")
    MIXED_PUNCTUATION = ("LT105", _INFO, "Numbers of one kind are written in two ways", "同类序号写法不一")
    WITHOUT_PARENT = ("LT111", _WARNING, "（一） stands without 一、 above it", "（一）之上没有一、")
    LEVEL_JUMP = ("LT112", _INFO, "A level is passed over", "跳级")
    EMPTY_SECTION = ("LT121", _WARNING, "A heading has nothing below it", "标题下没有内容")
    DOUBLED_HEADING = ("LT122", _WARNING, "Two headings say the same", "标题重复")
    DOUBLED_TITLE = ("LT123", _WARNING, "The title stands twice", "题名重复")
    NO_DATE = ("LT131", _WARNING, "A document of this kind wants a date", "公文缺少成文日期")
    NO_SIGNATURE = ("LT132", _INFO, "A document of this kind wants a signature", "公文缺少落款")
    UNPAIRED = ("LT141", _WARNING, "A bracket or quotation mark has no partner", "括号、引号或书名号不成对")
    CUT_OFF = ("LT151", _WARNING, "The text breaks off", "文末不完整")
    WRONG_WORD = ("LT161", _WARNING, "A wrong character", "错别字")
    DOUBTFUL_WORD = ("LT162", _INFO, "Perhaps a wrong character", "疑似错别字")

    @property
    def code(self) -> str:
        """The stable name, as in LT101."""
        return self.value[0]

    @property
    def severity(self) -> Severity:
        """How much a finding matters."""
        return self.value[1]

    @property
    def title(self) -> Message:
        """What the rule is about."""
        return Message(self.value[2], self.value[3])

    def finding(self, span: Span | None, en: str, zh: str, *hints: str) -> Diagnostic:
        """One finding of this rule; `hints` say what could stand there instead."""
        return Diagnostic(code=self.code, severity=self.severity, message=Message(en, zh), span=span, hints=hints)
