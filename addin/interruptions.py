"""Ctrl-C, and whatever else asks the program to end: never between two things that belong together."""

from __future__ import annotations

import _thread
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

__all__ = ["end_listening", "heed", "listen", "unbroken"]

_SIGNALS: Final = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""What asks a program to end: Ctrl-C, a system or scheduler, a terminal that closes (SIGBREAK on Windows)."""
_LATER: Final = 0.01
"""Seconds after which an interruption that came at a bad moment comes again."""
_DEAF: Final = 0.5
"""Seconds after an interruption in which another changes nothing: the first is being dealt with."""


class _Interruptions:
    """Whether an interruption may take place now, and whether one waits until it may."""

    def __init__(self) -> None:
        self.listens = False
        self.depth = 0
        self.waits = False
        self.last = -_DEAF

    def arrive(self, _: int, frame: FrameType | None) -> None:
        """Break off what is under way, or do so later."""
        if self.depth:
            self.waits = True
        elif _is_importing(frame):
            # Modules written in C turn the interruption into an error of their own, and print it.
            _again()
        elif time.monotonic() - self.last > _DEAF:
            self.last = time.monotonic()
            raise KeyboardInterrupt

    def go_on(self) -> None:
        """Take up an interruption that waited, if it may take place now."""
        if self.waits and not self.depth:
            self.waits = False
            self.last = time.monotonic()
            raise KeyboardInterrupt


_STATE: Final = _Interruptions()


def listen() -> None:
    """Let everything that asks the program to end do so in one way: as a KeyboardInterrupt.

    It waits until :func:`heed`. What the program was started to ignore, as by nohup, it goes on to ignore.
    """
    _STATE.listens, _STATE.depth = True, 1
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _STATE.arrive)
    sys.unraisablehook = _unraisable


def heed() -> None:
    """Let interruptions take place: there is somebody now who says what came of it."""
    if _STATE.listens:
        _STATE.depth = 0
        _STATE.go_on()


def end_listening() -> None:
    """Ignore from now on what asks the program to end: it is about to, and says so."""
    if _STATE.listens:
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                signal.signal(number, signal.SIG_IGN)


@contextmanager
def unbroken() -> Iterator[None]:
    """Let an interruption wait until the end of a few lines that belong together.

    Only where the program listens: elsewhere, as inside Excel, signals are not ours.
    """
    _STATE.depth += 1
    try:
        yield
    finally:
        _STATE.depth -= 1
    _STATE.go_on()


def _is_importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _unraisable(failure: UnraisableHookArgs) -> None:
    """Take up again an interruption that came where nothing can be raised, such as while memory is freed."""
    if issubclass(failure.exc_type, KeyboardInterrupt):
        _STATE.last = -_DEAF
        _again()
    else:
        sys.__unraisablehook__(failure)


def _again() -> None:
    import threading

    later = threading.Timer(_LATER, _thread.interrupt_main)
    later.daemon = True
    later.start()
