"""Makes the VBA projects that the package carries, with pyopenvba: where ClientScore runs, nothing makes any.

pyopenvba puts the modules into a project that Excel itself saved. Its references are those of every new
workbook: OLE Automation, and Office, which knows the types of the ribbon; Excel and VBA are implied.

References
----------
[MS-OVBA] Office VBA File Format Structure, sections 2.3.1 and 2.3.4.
[MS-CFB] Compound File Binary File Format, sections 2.2 and 2.6.
"""

from __future__ import annotations

import io
import re
import struct
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from pyopenvba import ExcelFile, VBAModuleKind
from pyopenvba.cfb import CFB
from pyopenvba.vba import compress, decompress, split_attribute_header
from xlsxwriter.workbook import Workbook

__all__ = ["Kind", "VbaModule", "module_of", "vba_project"]

_CODE_PAGE: Final = "cp1252"
_NAME: Final = "ClientScoreMacros"
"""Name of the project, which no procedure may bear too: CLIENTSCORE is one."""
_NAME_GIVEN: Final = "VBAProject"
_COOKIE: Final = 0xFFFF
_SECTOR, _ENTRY = 512, 128


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

    @property
    def text(self) -> str:
        """The source with lines that all end in CR LF.

        Raises
        ------
        UnicodeEncodeError
            If the code page lacks a letter: pyopenvba would write a question mark.
        """
        lines = self.source.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
        text = "".join(f"{line}\r\n" for line in lines)
        text.encode(_CODE_PAGE)
        return text


def module_of(text: str, kind: Kind) -> VbaModule:
    """Return the module that an exported .bas or .cls file holds.

    Raises
    ------
    ValueError
        If the file does not name its module.
    """
    header, body = split_attribute_header(text)
    name = re.search(r'^Attribute VB_Name = "(\w+)"', header, re.MULTILINE)
    if name is None:
        message = "the file does not begin with Attribute VB_Name"
        raise ValueError(message)
    return VbaModule(name[1], kind, body)


def vba_project(modules: Sequence[VbaModule]) -> bytes:
    """Return the content of ``vbaProject.bin``, the same for the same modules.

    Parameters
    ----------
    modules
        The modules, that of the workbook and of every sheet among them.

    Raises
    ------
    ValueError
        If two modules have one name, or the code page lacks a letter.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsm"
        path.write_bytes(_bare_workbook(modules))
        with ExcelFile(path) as book:
            project = book.add_vba_project()
            for module in modules:
                if module.kind is Kind.STANDARD:
                    project.add_module(module.name, module.text)
                elif module.kind is Kind.CLASS:
                    project.add_module(module.name, module.text, kind=VBAModuleKind.other)
                elif module.source:
                    book.set_module(module.name, module.text)
            # [MS-OVBA] 2.3.4.2.3.1 and 2.3.4.2.3.2.7: cookies MUST be FFFF on write.
            project.project_cookie = _COOKIE
            for made in project.modules:
                made.cookie = _COOKIE
            book.save()
            return _packed(_as_specified(CFB.from_bytes(book.vba_project_bytes())))


def _bare_workbook(modules: Sequence[VbaModule]) -> bytes:
    """Return a workbook whose sheets have names in code: pyopenvba makes a module for each."""
    stream = io.BytesIO()
    workbook = Workbook(stream, {"in_memory": True})
    for module in modules:
        if module.kind is Kind.WORKBOOK:
            workbook.set_vba_name(module.name)
        elif module.kind is Kind.SHEET:
            workbook.add_worksheet().set_vba_name(module.name)
    workbook.close()
    return stream.getvalue()


def _as_specified(container: CFB) -> CFB:
    """Put right what pyopenvba 6.5.0 writes otherwise than [MS-OVBA] prescribes, and name the project."""
    # 2.3.4.1: Version MUST be FFFF, PerformanceCache MUST NOT be present. pyopenvba keeps the version of the
    # Excel that saved its template, and a cache of zeros that is none. The seven bytes are those of the
    # example in 3.1.1, and stand in the workbook that xlwings ships.
    container.write_stream_in_storage("VBA", "_VBA_PROJECT", bytes.fromhex("cc61ffff000100"))
    # 2.3.4.2: dir ends with its terminator and four zeros; pyopenvba writes four zeros more.
    records = decompress(container.get_stream_in_storage("VBA", "dir"))
    end = struct.pack("<HI", 0x10, 0)
    records = records[: records.rindex(end) + len(end)]
    records = _replaced(records, _project_name(_NAME_GIVEN), _project_name(_NAME))
    container.write_stream_in_storage("VBA", "dir", compress(records))
    text = container.get_stream("PROJECT")
    given, wanted = (f'Name="{name}"\r\n'.encode(_CODE_PAGE) for name in (_NAME_GIVEN, _NAME))
    container.write_stream("PROJECT", _replaced(text, given, wanted))
    return container


def _project_name(name: str) -> bytes:
    """Return the record PROJECTNAME ([MS-OVBA] 2.3.4.2.1.6)."""
    return struct.pack("<HI", 0x04, len(name)) + name.encode(_CODE_PAGE)


def _replaced(content: bytes, given: bytes, wanted: bytes) -> bytes:
    assert content.count(given) == 1
    return content.replace(given, wanted)


def _packed(container: CFB) -> bytes:
    """Return the compound file with a valid tree and without times.

    pyopenvba marks all that it adds red, but two entries in a row MUST NOT be
    red; with every entry black the tree is valid ([MS-CFB] 2.6.4). Times may be
    zero (2.6.1); those of its template tell nothing of our modules.
    """
    packed = bytearray(container.to_bytes())
    # 2.2: where the directory and, behind it in what pyopenvba writes, the table of small streams begin.
    directory, behind = (struct.unpack_from("<I", packed, at)[0] for at in (48, 60))
    for at in range(_SECTOR * (directory + 1), _SECTOR * (behind + 1), _ENTRY):
        if packed[at + 66]:  # an entry in use
            packed[at + 67] = 1
            packed[at + 100 : at + 116] = bytes(16)
    return bytes(packed)
