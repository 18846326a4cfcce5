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
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
"""What ends a line for Excel: str.splitlines ends them at U+2028 too, which makes code of a comment."""
_CONTINUED: Final = re.compile(r"(?:^|[ \t])_[ \t]*$")
_HEADER: Final = re.compile(r"\s*(?:VERSION\s+\d.*CLASS\b|Attribute\s+VB_Name\b)", re.IGNORECASE)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_TAKEN: Final = frozenset({"dir"})
"""Names of streams that stand beside the modules; a module of that name would replace one."""
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
        lines = [f'Attribute VB_Name = "{self.name}"', *self._attributes(), *_lines(self.source)]
        return "".join(f"{line}\r\n" for line in lines).encode(CODE_PAGE)

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
        if not _NAME.fullmatch(self.name) or self.name.casefold() in _TAKEN:
            message = f"{self.name!r} is no name of a module"
            raise ValueError(message)
        run = 0
        for number, line in enumerate(_lines(self.source), start=1):
            run = run + 1 if _CONTINUED.search(line) else 0
            foreign = _foreign(line)
            if foreign:
                message = f"{self.name}, line {number}: {foreign!r} is no letter of {CODE_PAGE}"
            elif _HEADER.match(line):
                message = f"{self.name}, line {number}: the name stands in the text too"
            elif len(line) > _LONGEST_LINE:
                message = f"{self.name}, line {number}: longer than {_LONGEST_LINE} characters"
            elif run > _MOST_CONTINUATIONS:
                message = f"{self.name}, line {number}: more than {_MOST_CONTINUATIONS} continuations"
            else:
                continue
            raise ValueError(message)


def _lines(text: str) -> list[str]:
    """Return the lines of a text; a line end at its very end begins no further one."""
    lines = _LINE_END.split(text)
    return lines if lines[-1] else lines[:-1]


def _foreign(line: str) -> str:
    """Return the first letter of a line that a module cannot hold, or nothing."""
    control = _CONTROL.search(line)
    if control:
        return control[0]
    try:
        line.encode(CODE_PAGE)
    except UnicodeEncodeError as error:
        return line[error.start]
    return ""


def module_of(text: str, kind: Kind) -> VbaModule:
    """Return the module that an exported .bas or .cls file holds.

    Raises
    ------
    ValueError
        If the file does not name its module, or its preamble does not end.
    """
    lines = _lines(text.removeprefix("\ufeff"))
    if lines and lines[0].startswith("VERSION "):
        end = next((at for at, line in enumerate(lines) if line.strip().upper() == "END"), None)
        if end is None:
            message = "the preamble VERSION ... has no END"
            raise ValueError(message)
        lines = lines[end + 1 :]
    name = ""
    while lines and lines[0].startswith("Attribute VB_"):
        match = re.fullmatch(r'Attribute VB_Name = "(\w+)"\s*', lines[0])
        name = match[1] if match else name
        del lines[0]
    if not name:
        message = "the file does not begin with Attribute VB_Name"
        raise ValueError(message)
    return VbaModule(name, kind, "\n".join(lines))
