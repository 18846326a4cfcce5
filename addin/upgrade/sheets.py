"""A sheet of one workbook in another: its cells, tables, notes and charts, and its names."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from addin.package import lexer, text
from addin.package.relations import relations_part
from addin.upgrade.package_parts import Parts
from addin.upgrade.styles import TakenStyles
from addin.upgrade.xml_lists import children, with_children

__all__ = ["Donor", "defined_names", "take_sheet"]

_CELL: Final = re.compile(rb'<c r="([A-Z]+\d+)"([^>]*?) t="s"([^>]*)><v>(\d+)</v></c>')
_STYLE: Final = re.compile(rb'(<(?:c|row|col)\b[^>]*?\b(?:s|style)=")(\d+)"')
_CHANGE: Final = re.compile(rb'(<cfRule\b[^>]*?\bdxfId=")(\d+)"')
_CODE_NAME: Final = re.compile(rb' codeName="[^"]*"')
_CHART_NAME: Final = re.compile(r"(?:'((?:[^']|'')*)'|([^\s'!(),;]+))!")
_NAMED: Final = ("id", "name", "displayName")


@dataclass(frozen=True, slots=True)
class Donor:
    """The workbook of today, from which sheets are taken.

    Attributes
    ----------
    parts
        Its parts, as the template writes them.
    strings
        Its shared strings.
    sheets
        Name of the part of each sheet, by its name, in their order.
    """

    parts: Parts
    strings: list[str | None]
    sheets: Mapping[str, str]

    @classmethod
    def of(cls, package: bytes) -> Donor:
        """Return a workbook that the template has just written."""
        parts = Parts.of_bytes(package)
        workbook = parts["xl/workbook.xml"]
        targets = {
            tag.get("Id"): f"xl/{tag.get('Target')}"
            for tag in lexer.elements(parts["xl/_rels/workbook.xml.rels"], "Relationship")
        }
        sheets = {
            lexer.attributes(tag.attributes)["name"]: targets[lexer.attributes(tag.attributes)["r:id"]]
            for tag in lexer.elements(workbook, "sheet")
        }
        return cls(parts, text.shared_strings(parts["xl/sharedStrings.xml"]), sheets)


def take_sheet(
    donor: Donor,
    name: str,
    new_name: str,
    target: Parts,
    workbook: str,
    styles: TakenStyles,
    table_names: Mapping[str, str],
    *,
    shown: bool,
    with_code_name: bool,
) -> None:
    """Put a copy of a sheet behind the last one of a workbook.

    Parameters
    ----------
    donor, name
        The sheet, by its name.
    new_name
        What it is called there.
    target, workbook
        The parts of the workbook that takes it, and the name of its main one.
    styles
        Takes over the formats.
    table_names
        What the tables of the sheet are called there, by their names.
    shown
        Whether it is shown, or kept out of Excel's own list of hidden sheets.
    with_code_name
        Whether it keeps its name in code.
    """
    part = donor.sheets[name]
    content = _inline(donor.parts[part], donor.strings)
    content = _STYLE.sub(lambda found: b'%b%d"' % (found[1], styles.cell(int(found[2]))), content)
    content = _CHANGE.sub(lambda found: b'%b%d"' % (found[1], styles.change(int(found[2]))), content)
    content = content.replace(b' tabSelected="1"', b"", 1)
    if not with_code_name:
        content = _CODE_NAME.sub(b"", content, count=1)
    new_part = target.free_name("xl/worksheets/sheet1.xml")
    target.add(new_part, content, donor.parts.kind(part))
    renamed = _Renamed(name, new_name, table_names)
    _take_relations(donor.parts, part, target, new_part, renamed)
    _list_sheet(target, workbook, new_part, new_name, shown=shown)
    _take_names(donor, name, target, workbook, renamed)


def defined_names(parts: Parts, workbook: str) -> list[tuple[str, int | None, str]]:
    """Return the names that a workbook defines: each with the sheet that it is of, and its formula."""
    listed = children(parts[workbook], "definedNames")
    found = []
    for item in listed.items if listed is not None else []:
        tag = lexer.root(item)
        local = tag.get("localSheetId")
        formula = lexer.unescape(item[tag.end : item.rindex(b"</")])
        found.append((tag.get("name") or "", int(local) if local else None, formula))
    return found


@dataclass(frozen=True, slots=True)
class _Renamed:
    """What a sheet and its tables were called, and are called now."""

    before: str
    after: str
    tables: Mapping[str, str]

    def formula(self, formula: str) -> str:
        """Return a formula that names the sheet by its new name."""
        return _CHART_NAME.sub(
            lambda found: (
                f"{quoted(self.after)}!"
                if (found[1] or found[2] or "").replace("''", "'") == self.before
                else found[0]
            ),
            formula,
        )


def quoted(sheet: str) -> str:
    """Return the name of a sheet as a formula has it.

    >>> quoted("Colonnes d'import")
    "'Colonnes d''import'"
    """
    return "'" + sheet.replace("'", "''") + "'"


def _inline(content: bytes, strings: list[str | None]) -> bytes:
    """Return a sheet whose texts stand in its cells rather than in the list of the workbook."""

    def cell(found: re.Match[bytes]) -> bytes:
        value = text.encoded(strings[int(found[4])] or "")
        return b'<c r="%b"%b t="inlineStr"%b><is><t xml:space="preserve">%b</t></is></c>' % (
            *(found[1], found[2], found[3]),
            value if isinstance(value, bytes) else value.encode(),
        )

    return _CELL.sub(cell, content)


def _take_relations(donor: Parts, part: str, target: Parts, new_part: str, renamed: _Renamed) -> None:
    """Take over what a part leads to, and what that leads to; the ids stay."""
    listed = relations_part(part)
    if listed not in donor:
        return
    relations = donor[listed]
    for tag in reversed(list(lexer.elements(relations, "Relationship"))):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(part), tag.get("Target") or ""))
        new_path = target.free_name(path)
        content = donor[path]
        if path.startswith("xl/tables/"):
            content = _renamed_table(content, target, renamed.tables)
        elif path.startswith("xl/charts/"):
            content = _renamed_chart(content, renamed)
        target.add(new_path, content, donor.kind(path))
        _take_relations(donor, path, target, new_path, renamed)
        span = lexer.attribute_span(tag, "Target")
        assert span is not None
        relative = posixpath.relpath(new_path, posixpath.dirname(new_part))
        relations = relations[: span[2]] + relative.encode() + relations[span[3] :]
    target[relations_part(new_part)] = relations


def _renamed_table(content: bytes, target: Parts, names: Mapping[str, str]) -> bytes:
    tag = lexer.root(lexer.masked(content))
    new = names[tag.get("displayName") or ""]
    values = dict(zip(_NAMED, (str(_next_table(target)), new, new), strict=True))
    for name, span in sorted(
        ((name, lexer.attribute_span(tag, name)) for name in _NAMED),
        key=lambda one: one[1] or (0,),
        reverse=True,
    ):
        assert span is not None
        content = content[: span[2]] + values[name].encode() + content[span[3] :]
    return content


def _next_table(target: Parts) -> int:
    """Return the first number that no table has."""
    numbers = [
        int(lexer.root(lexer.masked(target[part])).get("id") or 0) for part in target.of_folder("xl/tables/")
    ]
    return max([0, *numbers]) + 1


def _renamed_chart(content: bytes, renamed: _Renamed) -> bytes:
    if renamed.before == renamed.after:
        return content

    def formula(found: re.Match[bytes]) -> bytes:
        return b"<c:f>" + escape(renamed.formula(lexer.unescape(found[1]))).encode() + b"</c:f>"

    return re.sub(rb"<c:f>([^<]*)</c:f>", formula, content)


def _list_sheet(target: Parts, workbook: str, part: str, name: str, *, shown: bool) -> None:
    content = target[workbook]
    listed = [lexer.attributes(tag.attributes) for tag in lexer.elements(lexer.masked(content), "sheet")]
    numbers = [int(values.get("sheetId", "0")) for values in listed]
    key_name = next(key for values in listed for key in values if key.endswith(":id"))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    key = target.relate(workbook, kind, part)
    state = "" if shown else ' state="veryHidden"'
    attributes = f'name={quoteattr(name)} sheetId="{max(numbers) + 1}"{state} {key_name}="{key}"'
    target[workbook] = with_children(content, "sheets", [f"<sheet {attributes}/>".encode()])


def _take_names(donor: Donor, name: str, target: Parts, workbook: str, renamed: _Renamed) -> None:
    """Take over what prints on each page of the sheet, and what the workbook's own names lack."""
    place = list(donor.sheets).index(name)
    content = target[workbook]
    n_sheets = sum(1 for _ in lexer.elements(lexer.masked(content), "sheet"))
    known = {known.casefold() for known, local, _ in defined_names(target, workbook) if local is None}
    items = []
    for one, local, formula in defined_names(donor.parts, "xl/workbook.xml"):
        of_book = local is None and one.casefold() not in known
        if local != place and not (of_book and "!" not in formula):
            continue
        where = f' localSheetId="{n_sheets - 1}"' if local == place else ""
        hidden = ' hidden="1"' if one == "_xlnm._FilterDatabase" else ""
        shown = escape(renamed.formula(formula))
        items.append(f'<definedName name="{one}"{where}{hidden}>{shown}</definedName>'.encode())
    after = ("calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "fileRecoveryPr", "extLst")
    target[workbook] = with_children(content, "definedNames", items, after, counted=False)
