"""The modules of a VBA project, and what Excel cannot take in one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

__all__ = ["CODE_PAGE", "Kind", "VbaModule", "module_of"]

CODE_PAGE: Final = "cp1252"

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")
_LONGEST_LINE: Final = 1023
_MOST_CONTINUATIONS: Final = 24
_BASES: Final = {
    "class": "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}",
    "workbook": "0{00020819-0000-0000-C000-000000000046}",
    "sheet": "0{00020820-0000-0000-C000-000000000046}",
}


class Kind(StrEnum):
    """What a module is."""

    STANDARD = "standard"
    CLASS = "class"
    WORKBOOK = "workbook"
    """The module of the workbook itself, ThisWorkbook."""
    SHEET = "sheet"
    """The module of a worksheet; its name is the sheet's name in code."""


@dataclass(frozen=True, slots=True)
class VbaModule:
    """A module.

    Attributes
    ----------
    name, kind
        What it is called, and what it is.
    source
        Its text, without the attributes that stand before the first line.
    """

    name: str
    kind: Kind
    source: str = ""

    def encoded(self) -> bytes:
        """Return the text as it stands in the project: attributes first, lines ended by CR LF.

        Raises
        ------
        ValueError
            If Excel would not take the module.
        """
        self._check()
        lines = [f'Attribute VB_Name = "{self.name}"', *self._attributes(), *self.source.splitlines()]
        try:
            return "".join(f"{line}\r\n" for line in lines).encode(CODE_PAGE)
        except UnicodeEncodeError as error:
            line = error.object[: error.start].count("\r\n") + 1
            message = f"{self.name}, line {line}: {error.object[error.start]!r} is no letter of {CODE_PAGE}"
            raise ValueError(message) from error

    def _attributes(self) -> list[str]:
        if self.kind is Kind.STANDARD:
            return []
        document = str(self.kind is not Kind.CLASS)
        return [
            f'Attribute VB_Base = "{_BASES[self.kind]}"',
            "Attribute VB_GlobalNameSpace = False",
            "Attribute VB_Creatable = False",
            f"Attribute VB_PredeclaredId = {document}",
            f"Attribute VB_Exposed = {document}",
            "Attribute VB_TemplateDerived = False",
            f"Attribute VB_Customizable = {document}",
        ]

    def _check(self) -> None:
        if not _NAME.fullmatch(self.name):
            message = f"{self.name!r} is no name of a module"
            raise ValueError(message)
        run = 0
        for number, line in enumerate(self.source.splitlines(), start=1):
            run = run + 1 if line.endswith(" _") else 0
            if line.startswith("Attribute VB_Name"):
                message = f"{self.name}, line {number}: the name stands in the text too"
            elif len(line) > _LONGEST_LINE:
                message = f"{self.name}, line {number}: longer than {_LONGEST_LINE} characters"
            elif run > _MOST_CONTINUATIONS:
                message = f"{self.name}, line {number}: more than {_MOST_CONTINUATIONS} continuations"
            else:
                continue
            raise ValueError(message)


def module_of(text: str, kind: Kind) -> VbaModule:
    """Return the module that an exported .bas or .cls file holds.

    Raises
    ------
    ValueError
        If the file does not name its module.
    """
    lines = text.splitlines()
    if lines and lines[0].startswith("VERSION "):
        lines = lines[lines.index("END") + 1 :]
    name = ""
    while lines and lines[0].startswith("Attribute VB_"):
        match = re.fullmatch(r'Attribute VB_Name = "(\w+)"', lines[0])
        name = match[1] if match else name
        del lines[0]
    if not name:
        message = "the file does not begin with Attribute VB_Name"
        raise ValueError(message)
    return VbaModule(name, kind, "\n".join(lines))
