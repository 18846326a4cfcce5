"""The VBA that follows from the buttons: what may be asked of Python, and which sheets are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.buttons import CONTROLS, Control, handlers, shown_sheets
from addin.workbook.uses import USES

__all__ = ["buttons_source"]


def buttons_source(controls: Sequence[Control] = CONTROLS) -> str:
    """Return the source of the module of buttons."""
    return "\n".join(
        [
            "' What the buttons of the ribbon do; made from addin/buttons.py.",
            "Option Explicit",
            "Option Private Module",
            "",
            "' Whether Python does what a button says: the list of allowed calls.",
            "Public Function AsksPython(ByVal Button As String) As Boolean",
            "    Select Case Button",
            *(f'        Case "{key}": AsksPython = True' for key in handlers(controls)),
            "    End Select",
            "End Function",
            "",
            "' The sheet that a button shows, with or without Python, by its name in code; empty for none.",
            "Public Function SheetShownBy(ByVal Button As String) As String",
            "    Select Case Button",
            *_sheets(controls),
            "    End Select",
            "End Function",
            "",
            "' The line of the menu that fills a sheet, by its name in code; empty for one that none fills.",
            "Public Function LineThatFills(ByVal NameInCode As String) As String",
            "    Select Case NameInCode",
            *(f'        Case "{sheet}": LineThatFills = "{key}"' for sheet, key in _filled()),
            "    End Select",
            "End Function",
        ]
    )


def _filled() -> Iterator[tuple[str, str]]:
    """Yield the sheets of the uses by their names in code, and the line of the menu that fills each."""
    for use in USES:
        for sheet in use.sheets:
            first = next(table for table in use.tables if table.sheet == sheet)
            yield f"{first.name}Sheet", use.button


def _sheets(controls: Sequence[Control]) -> Iterator[str]:
    for key, sheet in shown_sheets(controls).items():
        yield f'        Case "{key}": SheetShownBy = "{sheet}"'
