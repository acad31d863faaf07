"""What a stage has to say beside its value: findings, repairs, warnings.

A repair is a diagnostic with an edit that was applied: one type, one JSON shape, one table on the page.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Generic, TypeVar

from converter.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from converter.errors import Message
    from converter.source import Edit, Span

T_co = TypeVar("T_co", covariant=True)
U = TypeVar("U")


class Severity(Enum):
    """How much a diagnostic matters."""

    ERROR = "error"
    """Output is missing or wrong."""
    WARNING = "warning"
    """Somebody should look at it."""
    INFO = "info"
    """Good to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding about the text, or one change made to it."""

    code: str
    """Stable name of the rule, as in `ZH101`."""
    severity: Severity
    message: Message
    span: Span | None = None
    """Where in the decoded original; None for the whole document."""
    hints: tuple[str, ...] = ()
    """What could be done, the likeliest first."""
    edit: Edit | None = None
    """The change that was made, or that is proposed."""
    applied: bool = False
    """Whether the edit was carried out."""
    confidence: float = 1.0
    """How sure the rule is, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Result(Generic[T_co]):
    """A value, and what there is to say about how it came to be."""

    value: T_co
    diagnostics: tuple[Diagnostic, ...] = ()

    def then(self, step: Callable[[T_co], Result[U]]) -> Result[U]:
        """The result of the next step, with the diagnostics of both."""
        following = step(self.value)
        return Result(following.value, self.diagnostics + following.diagnostics)
