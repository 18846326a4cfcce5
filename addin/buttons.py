"""The buttons of the ribbon, each defined once.

The ribbon (addin/template/ribbon.py), the list of what its macro may call
(addin/template/button_macros.py) and what a press does in Python
(addin/ribbon.py) follow from :data:`CONTROLS`. What a button is called and
what its tip says stands in the catalogue (``ribbon``, ``buttons``) under its
key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from addin.workbook.uses import of_menu
from addin.workbook.uses.tour import FILES

__all__ = [
    "CONTROLS",
    "Button",
    "Control",
    "Line",
    "Menu",
    "Runs",
    "Shows",
    "deeds",
    "handlers",
    "shown_sheets",
]


@dataclass(frozen=True, slots=True)
class Runs:
    """Python does it.

    Attributes
    ----------
    handler
        Module and function, as in ``"addin.presses.undo:press"``, loaded when
        the button is pressed. It takes an :class:`addin.presses.Press` and
        returns what there is to say.
    without
        The sheet that comes to the front where Python does not work, by its name in code;
        empty for none.
    """

    handler: str
    without: str = ""


@dataclass(frozen=True, slots=True)
class Shows:
    """A sheet comes to the front, without Python.

    Attributes
    ----------
    sheet
        Its name in code, which it keeps when a person renames it.
    """

    sheet: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a menu.

    Attributes
    ----------
    key
        What the macros and the catalogue know it by: small letters and ``_``.
    picture
        The name of one of Office's own pictures.
    does
        What a press does.
    """

    key: str
    picture: str
    does: Runs | Shows


@dataclass(frozen=True, slots=True)
class Button:
    """A button.

    Attributes
    ----------
    key, picture, does
        As of a :class:`Line`.
    group
        Key of the group of the tab that it stands in.
    size
        How Excel draws it.
    """

    key: str
    group: str
    picture: str
    does: Runs | Shows
    size: Literal["large", "normal"] = "large"


@dataclass(frozen=True, slots=True)
class Menu:
    """A button that opens a list of lines; without lines it is not on the ribbon.

    Attributes
    ----------
    key, group, picture, size
        As of a :class:`Button`.
    lines
        What it lists.
    """

    key: str
    group: str
    picture: str
    lines: Sequence[Line]
    size: Literal["large", "normal"] = "large"


Control = Button | Menu


def _lines(menu: str) -> Sequence[Line]:
    """Return the lines of a menu whose lines fill sheets and show them."""
    return [Line(use.button, use.picture, Runs("addin.presses.uses:press")) for use in of_menu(menu)]


_TO_FILE: Final = Runs("addin.presses.tour_files:press")
_KINDS: Final = {"xlsx": "FileSaveAsExcelXlsx", "csv": "FileSaveAsOtherFormats"}
"""The pictures of files that are no other program's own."""

CONTROLS: Final[Sequence[Control]] = (
    Button("refresh", "scoring", "RefreshAll", Runs("addin.presses.refresh:press")),
    Button("check", "scoring", "ErrorChecking", Runs("addin.presses.check:press"), size="normal"),
    Button("undo", "scoring", "Undo", Runs("addin.presses.undo:press"), size="normal"),
    Button("import", "accounts", "GetExternalDataFromText", Runs("addin.presses.import_files:press")),
    Button("explain", "accounts", "FunctionWizard", Runs("addin.presses.explain:press")),
    Button("new_sheet", "accounts", "SheetInsert", Runs("addin.presses.new_sheet:press")),
    Button("fit_scales", "accounts", "ChartTrendline", Runs("addin.presses.fit_scales:press")),
    Menu(
        "uses",
        "daily",
        "TableInsertExcel",
        _lines("uses"),
    ),
    Menu(
        "tour_files",
        "daily",
        "FileSaveAs",
        [Line(f"tour_{kind}", _KINDS.get(kind, "FileSendAsAttachment"), _TO_FILE) for kind in FILES],
        size="normal",
    ),
    Button("sort_requests", "daily", "SortDialog", Runs("addin.presses.sort_requests:press"), size="normal"),
    Menu("trust", "doubts", "DataValidation", _lines("trust")),
    Button(
        "apply_strategy", "doubts", "PasteValues", Runs("addin.presses.apply_strategy:press"), size="normal"
    ),
    Button(
        "workshop_sheets", "doubts", "SheetInsert", Runs("addin.presses.workshop_sheets:press"), size="normal"
    ),
    Button(
        "apply_workshop", "doubts", "PasteValues", Runs("addin.presses.apply_workshop:press"), size="normal"
    ),
    Button("settings", "workbook", "PropertySheet", Shows("SettingsSheet")),
    Button("help", "workbook", "Help", Runs("addin.presses.guide:press", without="StartSheet")),
)
"""In the order of the tab; its groups stand in the order in which they come first."""


def deeds(controls: Sequence[Control] = CONTROLS) -> Iterator[tuple[str, Runs | Shows]]:
    """Yield the key of all that can be pressed, and what a press does."""
    for control in controls:
        for pressed in control.lines if isinstance(control, Menu) else (control,):
            yield pressed.key, pressed.does


def handlers(controls: Sequence[Control] = CONTROLS) -> Mapping[str, str]:
    """Return what Python does, by key."""
    return {key: does.handler for key, does in deeds(controls) if isinstance(does, Runs)}


def shown_sheets(controls: Sequence[Control] = CONTROLS) -> Mapping[str, str]:
    """Return the sheets that come to the front without Python, by key."""
    sheets = {key: does.sheet if isinstance(does, Shows) else does.without for key, does in deeds(controls)}
    return {key: sheet for key, sheet in sheets.items() if sheet}
