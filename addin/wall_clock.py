"""Moments as the clock on the wall shows them."""

from __future__ import annotations

import datetime as dt
import time

__all__ = ["wall_clock"]


def wall_clock(moment: dt.datetime) -> dt.datetime:
    """Return date and time of a moment where the person is, without a zone.

    Systems allow zones of a whole day and more from Greenwich, Python's own datetime does not.

    Parameters
    ----------
    moment
        With its zone.
    """
    return dt.datetime(*time.localtime(moment.timestamp())[:6])  # noqa: DTZ001 - a clock shows no zone
