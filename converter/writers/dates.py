"""The time that a file says it was made at: fixed, so that the same input gives the same bytes."""

from __future__ import annotations

import datetime as dt
import os

from converter.errors import UsageError

_FIXED_TIME = "946684800"
"""2000-01-01T00:00:00Z, in place of the time of writing where SOURCE_DATE_EPOCH gives none."""


def time_of_writing() -> dt.datetime:
    """The time that SOURCE_DATE_EPOCH gives, else a fixed one, in UTC. Raises UsageError if it is no time."""
    given = os.environ.get("SOURCE_DATE_EPOCH") or _FIXED_TIME
    try:
        return dt.datetime.fromtimestamp(int(given), dt.UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            f"SOURCE_DATE_EPOCH must be a time in whole seconds since 1970, not “{given}”.",
            f"环境变量 SOURCE_DATE_EPOCH 应为自 1970 年起的整秒数，而不是“{given}”。",
        ) from None
