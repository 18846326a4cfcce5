"""The workbook as a file: the port :class:`addin.workbook.port.Book` on an .xlsx or .xlsm."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import Path

from addin.package import lexer
from addin.package.archive import LIMITS, Archive, Limits
from addin.package.atomic import bring_back, write_atomically
from addin.package.contents import Contents, read_contents
from addin.package.edit import Parts, changed_parts
from addin.package.formula_text import formulas_in
from addin.package.inverse import spelled
from addin.package.locks import check_writable
from addin.package.moment import Replacing, Witness, digest_of
from addin.package.relations import is_signed, workbook_part
from addin.package.repack import repacked
from addin.package.sheet import SheetText
from addin.private import PRIVATE
from addin.refusals import Refusal
from addin.workbook.port import Cell, Changes, Table


class PackageBook:
    """A workbook as a file, read and written without any program but ours.

    Parameters
    ----------
    path
        An .xlsx or .xlsm file.
    limits
        What it may hold.

    Attributes
    ----------
    archive
        The file as it was read.
    inverse
        What puts back the cells as they were before the last :meth:`apply`.

    Raises
    ------
    Refusal
        If it is no such file, or damaged, or built to do harm.

    Notes
    -----
    The file is read once, as the book is made. A change from elsewhere
    between then and :meth:`apply` is noticed, never overwritten.
    """

    def __init__(self, path: Path, limits: Limits = LIMITS) -> None:
        self._path = Path(path)
        self._limits = limits
        self.inverse = Changes()
        self._load()

    def _load(self) -> None:
        bring_back(self._path)
        self.archive = Archive(self._path, self._limits)
        workbook_part(self.archive)
        self._contents: Contents | None = None

    def _read(self) -> Contents:
        if self._contents is None:
            self._contents = read_contents(self.archive)
        return self._contents

    def tables(self) -> list[Table]:
        """Every table of the workbook, in the order of its sheets.

        Raises
        ------
        Refusal
            If a part that is needed is missing, damaged or not allowed.
        """
        return [
            Table(table.name, sheet.name, table.top, table.area.left, table.headers, body, sheet.shown)
            for sheet, tables in self._read().sheets
            for table, body in tables
        ]

    def spelled(self, table: Table) -> list[list[Cell]]:
        """Return the cells of a table as they would have to be written again, one list a column.

        Raises
        ------
        KeyError
            If the workbook has no such table.
        """
        for sheet, tables in self._read().sheets:
            for part, body in tables:
                if part.name == table.name:
                    rows = range(part.top, part.top + part.n_rows)
                    return spelled(part, body, formulas_in(SheetText(self.archive, sheet.part), rows))
        raise KeyError(table.name)

    def check_writable(self, output: Path | None = None) -> None:
        """Refuse now what :meth:`apply` would refuse whatever the changes.

        Parameters
        ----------
        output
            The file to write to, the book's own if None.

        Raises
        ------
        Refusal
            If the file is read-only, open elsewhere or signed.
        """
        target = output or self._path
        # the mark of an open book stands beside the name by which it was opened, a link maybe
        for path in {target, target.resolve()}:
            check_writable(path)
        if is_signed(self.archive):
            raise Refusal("signed", file=self.archive.file)

    @property
    def digest(self) -> str:
        """What tells the file as it was read from what it was before and will be."""
        return digest_of(self.archive.raw)

    def apply(self, changes: Changes, output: Path | None = None, witness: Witness | None = None) -> bool:
        """Write the changes, all of them or none.

        Parameters
        ----------
        changes
            New values for cells and rows.
        output
            The file to write to, the book's own if None.
        witness
            Who keeps what is written into the book's own file.

        Returns
        -------
        bool
            Whether any cell or extent changed. If none did, the book's own
            file is not touched.

        Raises
        ------
        Refusal
            If something stands in the way; nothing is written then.
        ValueError, KeyError
            If the changes do not fit the tables.
        """
        target = (output or self._path).resolve()
        in_place = target == self._path.resolve()
        self.check_writable(output)
        changed, self.inverse = changed_parts(self.archive, self._read(), changes)
        if not changed and in_place:
            return False
        self.archive.verify()
        check_writable(target)
        if in_place:
            self._write(target, changed, witness)
        else:
            self._write_copy(target, changed)
        if in_place:
            self._load()
        return bool(changed)

    def rights(self) -> int:
        """Return the rights of the file, which a copy of it is to have."""
        try:
            return stat.S_IMODE(self._path.stat().st_mode)
        except OSError:
            return PRIVATE

    def _check_part(self, part: str, content: bytes) -> None:
        """Prove that what is about to be written is well-formed."""
        lexer.check(content, self.archive.file, part)

    def _new(self, changed: Parts) -> Iterable[bytes]:
        return repacked(self.archive, changed, self._check_part) if changed else [self.archive.raw]

    def _write(self, target: Path, changed: Parts, witness: Witness | None) -> None:
        """Write the package with its changes in the place of what was read."""
        raw, new = self.archive.raw, self._new(changed)
        if witness is None:
            write_atomically(target, new, read=raw)
        else:
            moment = Replacing(witness, self.inverse, raw)
            write_atomically(target, moment.seen(new), read=raw, moment=moment)

    def _write_copy(self, target: Path, changed: Parts) -> None:
        """Write the package with its changes elsewhere, with the rights of what was read."""
        write_atomically(target, self._new(changed), rights=self.rights())
