"""A copy of a workbook in which each of some sheets prints on one page, and no other prints at all."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, unescape

__all__ = ["Shown", "one_page_each"]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a sheet: its area, and what is typed before, by cell."""

    area: str
    typed: Mapping[str, str]


_SETUP: Final = (
    '<pageMargins left="0.2" right="0.2" top="0.2" bottom="0.2" header="0" footer="0"/>'
    '<pageSetup paperSize="8" orientation="landscape" fitToWidth="1" fitToHeight="1"/>'
)
_PAGE: Final = re.compile(
    r"<printOptions[^>]*/>|<pageMargins[^>]*/>|<pageSetup [^>]*/>|<headerFooter.*?</headerFooter>|"
    r"<rowBreaks.*?</rowBreaks>",
    re.DOTALL,
)
_BEFORE_SETUP: Final = re.compile(
    r"</sheetData>|</mergeCells>|</conditionalFormatting>|</dataValidations>|</hyperlinks>|"
    r"<autoFilter[^>]*/>|<sheetProtection[^>]*/>"
)


def one_page_each(book: Path, pages: Path, shown: Mapping[str, Shown]) -> Sequence[str]:
    """Write the copy, and return the names of the sheets in the order of their pages.

    Parameters
    ----------
    book
        The workbook.
    pages
        Where to.
    shown
        What is shown, by the name of the sheet.
    """
    with zipfile.ZipFile(book) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    workbook = parts["xl/workbook.xml"].decode()
    relations = _relations(parts["xl/_rels/workbook.xml.rels"].decode())
    sheets = {unescape(_attribute(one, "name")): one for one in re.findall(r"<sheet [^>]*/>", workbook)}
    order = [name for name in sheets if name in shown]
    for name, sheet in sheets.items():
        plain = re.sub(r' state="\w+"', "", sheet)
        hidden = plain.replace("<sheet ", '<sheet state="hidden" ')
        workbook = workbook.replace(sheet, plain if name in shown else hidden)
    for name in order:
        part = f"xl/{relations[_attribute(sheets[name], 'r:id')]}"
        parts[part] = _one_page(parts[part].decode(), shown[name].typed).encode()
    places = {name: at for at, name in enumerate(sheets)}
    areas = [
        f'<definedName name="_xlnm.Print_Area" localSheetId="{places[name]}">'
        f"'{escape(name)}'!{shown[name].area}</definedName>"
        for name in order
    ]
    workbook = re.sub(r'<definedName name="_xlnm.Print_\w+".*?</definedName>', "", workbook)
    workbook = workbook.replace("<definedNames>", f"<definedNames>{''.join(areas)}")
    workbook = re.sub(r' (?:activeTab|firstSheet)="\d+"', "", workbook)
    first = f'<workbookView activeTab="{places[order[0]]}" '
    parts["xl/workbook.xml"] = workbook.replace("<workbookView ", first, 1).encode()
    with zipfile.ZipFile(pages, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return order


def _attribute(element: str, name: str) -> str:
    found = re.search(rf' {name}="([^"]*)"', element)
    assert found is not None, (element, name)
    return found[1]


def _relations(part: str) -> Mapping[str, str]:
    """Return the places of the sheets by the name of the relation."""
    found = re.findall(r"<Relationship [^>]*>", part)
    return {_attribute(one, "Id"): _attribute(one, "Target").removeprefix("/xl/") for one in found}


def _one_page(sheet: str, typed: Mapping[str, str]) -> str:
    """Return a sheet that is set up for one page, with what is typed on it."""
    sheet = _PAGE.sub("", sheet)
    if "fitToPage" not in sheet:
        sheet = re.sub(r"<sheetPr([^>]*?)/>", r'<sheetPr\1><pageSetUpPr fitToPage="1"/></sheetPr>', sheet)
        if "fitToPage" not in sheet:
            sheet = sheet.replace("</sheetPr>", '<pageSetUpPr fitToPage="1"/></sheetPr>')
    for cell, text in typed.items():
        sheet, count = re.subn(
            rf'<c r="{cell}"( s="\d+")?(?: t="\w+")?(?:/>|>.*?</c>)',
            rf'<c r="{cell}"\1 t="inlineStr"><is><t>{escape(text)}</t></is></c>',
            sheet,
        )
        assert count == 1, cell
    # where the page is set up: behind the last of what stands in a sheet before it
    behind = max(found.end() for found in _BEFORE_SETUP.finditer(sheet))
    return sheet[:behind] + _SETUP + sheet[behind:]
