"""Excel as it was: what a long piece of work switches off is switched on again, whatever happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Final

from addin.excel.busy import patiently

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["quiet"]

# In the order in which they are switched off. They come back the other way round: the screen last, so
# that it is drawn once, with everything calculated.
_OFF: Final = {"screen_updating": False, "enable_events": False, "calculation": "manual"}


@contextmanager
def quiet(app: xw.App, steps: Mapping[str, str]) -> Iterator[Callable[[str], None]]:
    """Keep Excel still, and show the step under way in the status bar.

    Parameters
    ----------
    app
        Excel.
    steps
        What the status bar shows, by the name of the step.

    Yields
    ------
    A function that takes the name of a step.
    """
    with ExitStack() as stack:
        stack.callback(_set, app, "status_bar", _status_bar(app))
        for name, value in _OFF.items():
            before = getattr(app, name)
            if before != value:
                stack.callback(_set, app, name, before)
                setattr(app, name, value)

        def step(name: str) -> None:
            app.status_bar = steps[name]

        yield step


def _set(app: xw.App, name: str, value: Any) -> None:
    """Put back a property: a person who has begun to type is waited for, or Excel would stay switched off."""
    patiently(lambda: setattr(app, name, value))


def _status_bar(app: xw.App) -> Any:
    """Text of the status bar, or False where Excel itself writes it."""
    shown = app.status_bar
    return shown if isinstance(shown, str) and shown not in ("", "FALSE", "False") else False
