"""Whether Excel turned a call away because a person is at work in it, and waiting for that person.

While a cell is being edited or a dialogue is open Excel rejects what other programs ask of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final, TypeVar

__all__ = ["PATIENCE", "is_busy", "patiently"]

_BUSY: Final = frozenset((-2_147_418_111, -2_147_417_846, -2_146_777_998))
"""COM's numbers for it: RPC_E_CALL_REJECTED (0x80010001) and RPC_E_SERVERCALL_RETRYLATER (0x8001010A), and
0x800AC472, with which Excel answers while a cell is edited; so xlwings knows them too."""

PATIENCE: Final = 30.0
"""Seconds for which what must not be left undone is tried again: longer than most people type in a cell."""
_BREATH: Final = 0.25
"""Seconds between two tries."""

T = TypeVar("T")


def is_busy(failure: BaseException | None) -> bool:
    """Whether a failure comes of a call that Excel rejected, at first or second hand.

    >>> is_busy(ValueError("no"))
    False
    """
    while failure is not None:
        details: Any = getattr(failure, "excepinfo", None)
        numbers = {getattr(failure, "hresult", None), details[5] if details else None}
        if numbers & _BUSY or type(failure).__name__ == "ExcelBusyError":  # the one that xlwings makes of it
            return True
        failure = failure.__cause__ or failure.__context__
    return False


def patiently(call: Callable[[], T], until: float | None = None) -> T:
    """Call a function, again for as long as Excel is busy, until a moment has come.

    Parameters
    ----------
    call
        What asks something of Excel.
    until
        The moment, in the seconds of :func:`time.monotonic`; :data:`PATIENCE` from now if None.
    """
    last = time.monotonic() + PATIENCE if until is None else until
    while True:
        try:
            return call()
        except Exception as failure:
            if not is_busy(failure) or time.monotonic() >= last:
                raise
        time.sleep(_BREATH)
