"""How far a job is: whoever waits for it can listen, whoever does it counts its steps and need not know who listens."""

from __future__ import annotations

import contextlib
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_listener: ContextVar[Callable[[int, int], object] | None] = ContextVar("listener", default=None)


@contextlib.contextmanager
def listening(listener: Callable[[int, int], object]) -> Iterator[None]:
    """Within it, `listener` is told the steps done and all steps, each time one is done."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


class Steps:
    """The steps of one job."""

    def __init__(self, total: int) -> None:
        self.done, self.total = 0, total

    def step(self) -> None:
        """One more is done."""
        self.done += 1
        if listener := _listener.get():
            listener(self.done, self.total)
