"""Which part of the package is which: followed by relations, never guessed from names."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from addin.package import lexer
from addin.refusals import Refusal

if TYPE_CHECKING:
    from addin.package.archive import Archive

TYPES: Final = "[Content_Types].xml"


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
        If a worksheet has no part.
    """
    targets = {relation.key: relation for relation in relations(archive, workbook)}
    found = []
    for tag in lexer.elements(lexer.masked(archive.xml(workbook)), "sheet"):
        values = lexer.attributes(tag.attributes)
        key = next((value for name, value in values.items() if name.endswith(":id")), "")
        relation = targets.get(key)
        if relation is None:
            raise Refusal("part_missing", file=archive.file, part=f"{values.get('name', '')} ({key})")
        if relation.kind != "worksheet":
            continue
        if relation.target not in archive:  # its accounts would be gone without a word
            raise Refusal("part_missing", file=archive.file, part=relation.target)
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


def is_signed(archive: Archive) -> bool:
    """Whether the package carries a digital signature, which any change would void."""
    return one_of_kind(archive, "", "origin") is not None or any(
        entry.info.filename.casefold().startswith("_xmlsignatures/") for entry in archive.entries
    )
