"""What each line of an accounting export is: its side, its day, its client.

Entries are a DataFrame with one row an accounting line, on a RangeIndex:
``year`` (int, position of the fiscal year, 0 for the oldest), ``journal``,
``journal_label``, ``number`` (EcritureNum), ``date`` (datetime, EcritureDate),
``account`` (CompteNum), ``account_label``, ``aux`` (CompAuxNum, "" for none),
``aux_label``, ``piece`` (PieceRef), ``piece_date`` (datetime, NaT for none),
``letter`` (EcritureLet), ``debit`` and ``credit`` (int64 [cents]); and, where
the books are those of a profession without commerce, ``buyer`` (IdClient).
Texts are stripped. A negative debit is a credit, and the other way round.

References
----------
Livre des procédures fiscales, art. A47 A-1: the columns. Plan comptable
général: 41 clients, 411 invoiced, 416 doubtful, 419 advances received, 51
banks, 53 cash, 58 transfers between them, 70 sales.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["NEVER", "NOBODY", "Lines", "added", "client_codes", "one_code"]

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Texts = npt.NDArray[np.object_]

NEVER: int = np.iinfo(np.int64).min
"""Day of what has no date."""

NOBODY = 0
"""Position of "" among the clients: no client."""


def one_code(*keys: Ints) -> Ints:
    """Return a code from 0 that is the same for two rows just if all their keys are.

    Parameters
    ----------
    keys
        Int64 arrays of shape (n_rows,), >= 0.

    Examples
    --------
    >>> one_code(np.array([4, 4, 7, 4]), np.array([0, 1, 0, 0])).tolist()
    [0, 1, 2, 0]
    """
    code, room = np.zeros(len(keys[0]), dtype=np.int64), 1
    for key in keys:
        width = int(key.max(initial=0)) + 1
        if room * width > 2**62:
            code = pd.factorize(code)[0].astype(np.int64)
            room = len(code)
        code, room = code * width + key, room * width
    return pd.factorize(code)[0].astype(np.int64)


def added(codes: Ints, amounts: Ints, n_codes: int | None = None) -> Ints:
    """Sum of amounts by code from 0, exact, shape (n_codes,)."""
    size = n_codes if n_codes is not None else int(codes.max(initial=-1)) + 1
    sums = np.zeros(size, dtype=np.int64)
    np.add.at(sums, codes, amounts)
    return sums


class Lines:
    """Accounting lines whose columns are looked at once, however many measures need them.

    Parameters
    ----------
    entries
        Accounting lines, in any order. They must not change afterwards.
    """

    def __init__(self, entries: pd.DataFrame) -> None:
        self.entries = entries
        self._columns: dict[str, tuple[Ints, Texts]] = {}

    def __len__(self) -> int:
        return len(self.entries)

    def codes(self, column: str) -> Ints:
        """Return a code from 0 for each distinct value of a column, shape (n_lines,)."""
        return self._column(column)[0]

    def is_true(self, column: str, holds: Callable[[str], bool]) -> Bools:
        """Return where a test of a text column holds, shape (n_lines,); done once a distinct text."""
        codes, distinct = self._column(column)
        return np.fromiter(map(holds, distinct), dtype=np.bool_, count=len(distinct))[codes]

    def _column(self, name: str) -> tuple[Ints, Texts]:
        if name not in self._columns:
            values = self.entries[name].to_numpy()
            if values.dtype.kind == "M":
                values = values.astype(np.int64)
            codes, distinct = pd.factorize(values)
            self._columns[name] = codes.astype(np.int64), np.asarray(distinct)
        return self._columns[name]

    def on(self, *prefixes: str) -> Bools:
        """Return which lines are on accounts that start so, shape (n_lines,)."""
        return self.is_true("account", lambda account: account.startswith(prefixes))

    @cached_property
    def amount(self) -> Ints:
        """Debit less credit [cents]: the amount on its true side."""
        debit, credit = (self.entries[side].to_numpy(np.int64) for side in ("debit", "credit"))
        amount: Ints = debit - credit
        return amount

    @cached_property
    def year(self) -> Ints:
        """Position of the fiscal year."""
        return self.entries["year"].to_numpy(np.int64)

    def day(self, column: str = "date") -> Ints:
        """Days of a column since 1970-01-01; :data:`NEVER` for NaT."""
        return self.entries[column].to_numpy().astype("datetime64[D]").astype(np.int64)

    @cached_property
    def clients(self) -> Texts:
        """Codes of the clients, sorted, after "" at :data:`NOBODY`."""
        return self._clients[0]

    @cached_property
    def client(self) -> Ints:
        """Position of the client of each line in :attr:`clients`."""
        return self._clients[1]

    @cached_property
    def buyer(self) -> Ints:
        """Position in :attr:`clients` of whom each line names as its buyer, :data:`NOBODY` for nobody."""
        if "buyer" not in self.entries:
            return np.full(len(self), NOBODY, dtype=np.int64)
        codes, names = self._column("buyer")
        return np.searchsorted(self.clients, names.astype(object)).astype(np.int64)[codes]

    @cached_property
    def _clients(self) -> tuple[Texts, Ints]:
        (account, accounts), (aux, auxes) = self._column("account"), self._column("aux")
        pairs = one_code(account, aux)
        first = np.unique(pairs, return_index=True)[1]
        names = [
            _client(str(accounts[i]), str(auxes[j])) for i, j in zip(account[first], aux[first], strict=True)
        ]
        buyers = self._column("buyer")[1].tolist() if "buyer" in self.entries else []
        ordered = sorted({"", *names, *buyers})
        positions = {name: position for position, name in enumerate(ordered)}
        of_pair = np.array([positions[name] for name in names], dtype=np.int64)
        return np.array(ordered, dtype=object), of_pair[pairs]


def client_codes(entries: pd.DataFrame) -> Texts:
    """Code of the client that each line is about, "" for none.

    Parameters
    ----------
    entries
        Accounting lines; ``account`` and ``aux`` are read.

    Returns
    -------
    Object array of shape (n_lines,), of str.

    Notes
    -----
    On accounts 411 the auxiliary code, else the account where it says more
    than 411 followed by zeros; on other accounts 41 the auxiliary code alone.

    Examples
    --------
    >>> lines = pd.DataFrame({"account": ["411000", "41100012", "411000", "418000", "706000"],
    ...                       "aux": ["C1", "", "", "C1", "X"]})
    >>> client_codes(lines).tolist()
    ['C1', '41100012', '', 'C1', '']
    """
    lines = Lines(entries)
    return lines.clients[lines.client]


def _client(account: str, aux: str) -> str:
    if not account.startswith("41"):
        return ""
    subdivided = account.startswith("411") and account[3:].strip("0") != ""
    return aux or (account if subdivided else "")
