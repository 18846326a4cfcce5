"""The calculation chain: the list of all cells with formulas, kept true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addin.package import lexer, relations
from addin.package.part_edits import without_element

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from addin.package.archive import Archive


def without_cells(chain: bytes, gone: AbstractSet[tuple[int, str]]) -> bytes | None:
    """Return the chain without some cells, None if no cell is left.

    Parameters
    ----------
    chain
        The part.
    gone
        Number of the sheet and address of the cells that hold no formula any more.

    Notes
    -----
    An entry without ``i`` stands on the sheet of the entry before it, so
    where an entry with ``i`` goes, the next one has to say it.
    """
    pieces: list[bytes] = []
    done = 0
    left = 0
    sheet = said = 0
    for tag in lexer.elements(lexer.masked(chain), "c"):
        values = lexer.attributes(tag.attributes)
        number = values.get("i", "")
        sheet = int(number) if number.isdigit() else sheet
        if (sheet, values.get("r", "")) in gone:
            end = tag.end if tag.empty else chain.index(b">", tag.end) + 1
            pieces.append(chain[done : tag.start])
            done = end
            continue
        left += 1
        if not number and said != sheet:
            pieces += [chain[done : tag.attributes_at + len(tag.attributes.rstrip())], b' i="%d"' % sheet]
            done = tag.attributes_at + len(tag.attributes.rstrip())
        said = sheet
    pieces.append(chain[done:])
    return b"".join(pieces) if left else None


def chain_changes(
    archive: Archive,
    workbook: str,
    gone: AbstractSet[tuple[int, str]],
    *,
    whole: bool = False,
) -> dict[str, bytes | None]:
    """Return the parts that change as formulas go; None where a part goes too.

    With ``whole`` the chain itself goes, since formulas come: Excel makes a new one as it opens the workbook.
    """
    part = relations.one_of_kind(archive, workbook, "calcChain")
    if part is None or not (gone or whole):
        return {}
    chain = None if whole else without_cells(archive.xml(part), gone)
    if chain is not None:
        return {part: chain}
    keys = {
        item.key.casefold() for item in relations.relations(archive, workbook) if item.kind == "calcChain"
    }
    listed = archive.name(relations.relations_part(workbook))
    types = archive.name(relations.TYPES)
    return {
        part: None,
        listed: without_element(archive.xml(listed), "Relationship", "Id", frozenset(keys)),
        types: without_element(
            archive.xml(types), "Override", "PartName", frozenset({f"/{part}".casefold()})
        ),
    }
