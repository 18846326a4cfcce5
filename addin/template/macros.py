"""The macros of the workbook: our modules, their texts in its language, and those of xlwings."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from addin.buttons import CONTROLS, Control
from addin.template.button_macros import buttons_source
from addin.template.formula_macros import fields_source, functions_source
from addin.template.sheets.configuration import PROJECT
from addin.template.text_macros import texts_source
from addin.template.vba_project import Kind, VbaModule, module_of

__all__ = ["macro_modules"]

_OWN: Final = (
    "ClientScoreRibbon",
    "ClientScorePython",
    "ClientScoreWizard",
    "ClientScoreAnswers",
    "ClientScorePriority",
    "ClientScoreTables",
)


def macro_modules(
    language: str, sheets: Iterable[str], controls: Sequence[Control] = CONTROLS
) -> list[VbaModule]:
    """Return all modules of a workbook.

    Parameters
    ----------
    language
        Language of its texts.
    sheets
        The names in code of its sheets.
    controls
        The buttons of its ribbon.
    """
    made = {
        "ClientScoreFunctions": functions_source(),
        "ClientScoreFields": fields_source(),
        "ClientScoreButtons": buttons_source(controls),
        "ClientScoreTexts": texts_source(language),
    }
    return [
        module_of(_own_text("ThisWorkbook.cls"), Kind.WORKBOOK),
        *(VbaModule(name, Kind.SHEET) for name in sheets),
        *(module_of(_own_text(f"{name}.bas"), Kind.STANDARD) for name in _OWN),
        *(VbaModule(name, Kind.STANDARD, source) for name, source in made.items()),
        *_xlwings(),
    ]


def _own_text(file: str) -> str:
    return resources.files(__package__).joinpath("vba", file).read_text(encoding="ascii")


@functools.cache
def _xlwings() -> tuple[VbaModule, VbaModule]:
    """Return the modules by which xlwings runs in a workbook without its add-in, as installed here."""
    spec = find_spec("xlwings")  # without loading it, which takes its time
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent
    stock = (folder / "xlwings.bas").read_text(encoding="utf-8")
    ours, count = re.subn(r'(Const PROJECT_NAME As String = )"xlwings"', rf'\1"{PROJECT}"', stock)
    assert count == 1
    dictionary = (folder / "addin" / "Dictionary.cls").read_text(encoding="utf-8")
    return module_of(ours, Kind.STANDARD), module_of(dictionary, Kind.CLASS)
