"""Which part of the package is which: followed by relations, never guessed from names."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from addin.package import lexer
from addin.refusals import Refusal

if TYPE_CHECKING:
    from addin.package.archive import Archive

TYPES: Final = "[Content_Types].xml"
_RELATION_IDS: Final = re.compile(
    rb"""\sxmlns:([^\s=]+)\s*=\s*["'][^"']*/officeDocument/(?:2006/)?relationships["']"""
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation from one part to another.

    Attributes
    ----------
    key
        Its id.
    kind
        The last word of its type, the same in the transitional and the strict dialect.
    target
        Name of the part it leads to.
    """

    key: str
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet.

    Attributes
    ----------
    name
        Its name.
    number
        Its ``sheetId``.
    part
        Name of its part.
    shown
        Whether it is shown.
    """

    name: str
    number: int
    part: str
    shown: bool = True


def relations_part(part: str) -> str:
    """Name of the part that holds the relations of a part.

    >>> relations_part("xl/worksheets/sheet1.xml")
    'xl/worksheets/_rels/sheet1.xml.rels'
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(archive: Archive, part: str) -> list[Relation]:
    """Return the relations of a part within the package, none if it has none."""
    listed = relations_part(part)
    if listed not in archive:
        return []
    found = []
    for tag in lexer.elements(lexer.masked(archive.xml(listed)), "Relationship"):
        values = lexer.attributes(tag.attributes)
        if values.get("TargetMode") == "External":
            continue
        target = unquote(values.get("Target", ""))
        path = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target))
        found.append(
            Relation(values.get("Id", ""), values.get("Type", "").rsplit("/", 1)[-1], path.lstrip("/"))
        )
    return found


def one_of_kind(archive: Archive, part: str, kind: str) -> str | None:
    """Return the first part of a kind that a part is related to, or None."""
    for relation in relations(archive, part):
        if relation.kind == kind and relation.target in archive:
            return archive.name(relation.target)
    return None


def workbook_part(archive: Archive) -> str:
    """Return the name of the workbook's main part.

    Raises
    ------
    Refusal
        If the package holds no workbook, or a binary one.
    """
    part = one_of_kind(archive, "", "officeDocument")
    if part is None or TYPES not in archive:
        raise Refusal("not_a_workbook", file=archive.file)
    if part.casefold().endswith(".bin"):
        raise Refusal("xlsb", file=archive.file)
    if lexer.root(lexer.masked(archive.xml(part))).name != "workbook":
        raise Refusal("not_a_workbook", file=archive.file)
    return part


def sheets(archive: Archive, workbook: str) -> list[Sheet]:
    """Return the worksheets in the order of their tabs; chart sheets have no cells and are left out.

    Raises
    ------
    Refusal
        ``sheet_missing``, with its name, if a worksheet has no part.
    """
    targets = {relation.key: relation for relation in relations(archive, workbook)}
    text = lexer.masked(archive.xml(workbook))
    prefix, ids = lexer.root(text).prefix, _id_names(text)
    found = []
    for tag in lexer.elements(text, "sheet"):
        if tag.prefix != prefix:
            continue
        values = lexer.attributes(tag.attributes)
        key = next((values[name] for name in ids if name in values), "")
        relation = targets.get(key)
        if relation is None or relation.target not in archive:  # its accounts would be gone without a word
            part = relation.target if relation is not None else key
            raise Refusal("sheet_missing", file=archive.file, sheet=values.get("name", ""), part=part)
        if relation.kind != "worksheet":
            continue
        number = values.get("sheetId", "")
        found.append(
            Sheet(
                values.get("name", ""),
                int(number) if number.isdigit() else 0,
                archive.name(relation.target),
                shown=values.get("state", "visible") == "visible",
            ),
        )
    return found


def tables(archive: Archive, sheet: Sheet) -> list[str]:
    """Return the parts of the tables of a worksheet.

    Raises
    ------
    Refusal
        ``table_missing``, with the name of the sheet, if one has no part or no relation leads to it.
    """
    related = {one.key: one.target for one in relations(archive, sheet.part) if one.kind == "table"}
    missing = [target for target in related.values() if target not in archive]
    if not missing and not related:
        # no table; or the list of the relations went, and with it accounts without a word
        missing = _listed_tables(archive, sheet)
    if missing:
        raise Refusal("table_missing", file=archive.file, sheet=sheet.name, part=missing[0])
    return [archive.name(target) for target in related.values()]


def _listed_tables(archive: Archive, sheet: Sheet) -> list[str]:
    """Return the keys of the tables that a worksheet lists."""
    if b"tablePart" not in archive.read(sheet.part):
        return []
    text = lexer.masked(archive.xml(sheet.part))
    prefix, ids = lexer.root(text).prefix, _id_names(text)
    listed = [
        lexer.attributes(tag.attributes) for tag in lexer.elements(text, "tablePart") if tag.prefix == prefix
    ]
    return [next((values[name] for name in ids if name in values), "") for values in listed]


def _id_names(text: bytes) -> list[str]:
    """Return how the attribute that names a relation may be called in a part, wherever that is declared."""
    declared = _RELATION_IDS.findall(text)
    return [f"{prefix.decode()}:id" for prefix in dict.fromkeys(declared)]


def is_signed(archive: Archive) -> bool:
    """Whether the package carries a digital signature, which any change would void."""
    return one_of_kind(archive, "", "origin") is not None or any(
        entry.info.filename.casefold().startswith("_xmlsignatures/") for entry in archive.entries
    )
