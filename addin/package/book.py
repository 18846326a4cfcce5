"""The workbook as a file: the port :class:`addin.workbook.port.Book` on an .xlsx or .xlsm."""

from __future__ import annotations

from pathlib import Path

from addin.package import lexer
from addin.package.archive import LIMITS, Archive, Limits
from addin.package.atomic import write_atomically
from addin.package.contents import Contents, read_contents
from addin.package.edit import changed_parts
from addin.package.formula_text import formulas_in
from addin.package.held import when_free
from addin.package.inverse import spelled
from addin.package.locks import check_writable
from addin.package.moment import Replacing, Witness, digest_of
from addin.package.relations import is_signed, workbook_part
from addin.package.repack import repacked
from addin.package.sheet import SheetText
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
        self._archive = Archive(self._path, self._limits)
        workbook_part(self._archive)
        self._contents: Contents | None = None

    def _read(self) -> Contents:
        if self._contents is None:
            self._contents = read_contents(self._archive)
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
                    return spelled(part, body, formulas_in(SheetText(self._archive, sheet.part), rows))
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
        if is_signed(self._archive):
            raise Refusal("signed", file=self._archive.file)

    @property
    def digest(self) -> str:
        """What tells the file as it was read from what it was before and will be."""
        return digest_of(self._archive.raw)

    def apply(self, changes: Changes, output: Path | None = None, witness: Witness | None = None) -> bool:
        """Write the changes, all of them or none.

        Parameters
        ----------
        changes
            New values for cells and rows.
        output
            The file to write to, the book's own if None.
        witness
            Who keeps what is written.

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
        changed, self.inverse = changed_parts(self._archive, self._read(), changes)
        if not changed and in_place:
            return False
        self._archive.verify()
        self._check_current()
        check_writable(target)
        if changed:
            new = repacked(self._archive, changed, self._check_part)
            if witness is None:
                write_atomically(target, new)
            else:
                moment = Replacing(witness, self.inverse, self._archive.raw)
                write_atomically(target, moment.seen(new), moment)
        else:
            write_atomically(target, [self._archive.raw])
        if in_place:
            self._load()
        return bool(changed)

    def _check_part(self, part: str, content: bytes) -> None:
        """Prove that what is about to be written is well-formed."""
        lexer.check(content, self._archive.file, part)

    def _check_current(self) -> None:
        """Refuse if the file is no longer the one that was read."""
        try:
            current = when_free(self._path.read_bytes)
        except OSError as error:
            raise Refusal("changed_meanwhile", file=self._archive.file) from error
        if current != self._archive.raw:
            raise Refusal("changed_meanwhile", file=self._archive.file)
