"""What a repair rule finds: a stretch of text, and what it should read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.diagnostics import Severity
from converter.records import NamedTuple

if TYPE_CHECKING:
    from converter.errors import Message


class Finding(NamedTuple):
    """One stretch of damage, `text[start:end]`. A replacement equal to what stands there only reports it."""

    start: int
    end: int
    replacement: str
    message: Message
    severity: Severity = Severity.INFO
    confidence: float = 1.0
    """How sure the rule is, 0 to 1: the share of such findings that a careful editor would call right."""
