"""The process of the command line: interruptions and outputs first, then what takes its time to load."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Sequence

from addin.interruptions import listen
from addin.output import make_lasting

__all__ = ["console", "main"]


def console() -> None:
    """Run the command line of a process of its own."""
    gc.disable()  # millions of cells live until the end: looking for cycles among them only costs time
    listen()
    make_lasting()
    main()


def main(arguments: Sequence[str] | None = None, today: dt.date | None = None) -> None:
    """Run the command line and exit: 0 done, 1 something stopped it, 2 wrong usage.

    Parameters
    ----------
    arguments
        What was typed behind the name of the program; None for that of this process.
    today
        The day on which it runs; None for that at the keyboard.
    """
    from addin.command_line import run

    run(arguments, today)


if __name__ == "__main__":
    console()
