"""What a press on Help does: it opens the guide in the browser, in the language of the workbook."""

from __future__ import annotations

from addin.help import open_page
from addin.presses import Press

__all__ = ["press"]


def press(pressed: Press) -> str:
    """Open the guide.

    Raises
    ------
    Refusal
        ``guide_unopened`` where no program opens it.
    """
    open_page(pressed.words.language)
    return ""
