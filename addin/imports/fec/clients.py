"""Clients of FEC files: what they are called, and codes that are likely one client's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.imports.facts import account_key
from addin.imports.fec.fec_file import FecFile
from addin.refusals import Refusal
from scoring.books.accounting import Books, client_codes
from scoring.text import fold

__all__ = ["changed_codes", "joined", "names"]

_SAME_NAME: Final = 90.0
_MOST_NAMED: Final = 8
_LEGAL_FORM: Final = re.compile(
    r"(?<!\w)(?:s\.?a\.?s\.?u?|s\.?a\.?r\.?l|s\.?a|e\.?u\.?r\.?l|s\.?c\.?i|ets|etablissements?|ste|societe|et|&)(?!\w)\.?"
)
_ESCAPED: Final = re.compile(r"\\([\"\\])")


def joined(
    files: Sequence[FecFile], joins: Mapping[str, str], told: Iterable[str]
) -> tuple[list[FecFile], dict[str, str]]:
    """Give the lines of clients that are called otherwise now their new code.

    Parameters
    ----------
    files
        The files, which are left as they are.
    joins
        New code by the key of the old one.
    told
        Old codes that the person at the keyboard named.

    Returns
    -------
    The files with the lines of both under the new code, and the joins that they hold anything of, by the
    key of the old code.

    Raises
    ------
    Refusal
        If the joins lead back to where they began, or no file holds an account that was named.
    """
    if not joins:
        return list(files), {}
    last = {old: _last(old, joins) for old in joins}
    found: dict[str, str] = {}
    seen: set[str] = set()
    renamed = []
    for file in files:
        codes = client_codes(file.entries)
        keys = {code: account_key(str(code)) for code in pd.unique(codes)}
        seen |= set(keys.values())
        new = {code: last[key] for code, key in keys.items() if key in last}
        found |= {keys[code]: to for code, to in new.items()}
        renamed.append(_renamed(file, codes, new) if new else file)
    missing = next((code for code in told if account_key(code) not in seen), None)
    if missing is not None:
        raise Refusal("join_unknown", account=missing, known=sorted(seen - {""})[:_MOST_NAMED])
    return renamed, found


def _last(old: str, joins: Mapping[str, str]) -> str:
    """Return the code at the end of a row of joins."""
    code, seen = joins[old], {old}
    while account_key(code) in joins:
        if account_key(code) in seen:
            raise Refusal("join_circle", account=code)
        seen.add(account_key(code))
        code = joins[account_key(code)]
    if account_key(code) in seen:
        raise Refusal("join_circle", account=code)
    return code


def _renamed(file: FecFile, codes: npt.NDArray[np.object_], new: Mapping[object, str]) -> FecFile:
    """Return a file with another auxiliary code, which goes before the account, on lines of some clients."""
    is_old = np.fromiter((code in new for code in codes), dtype=np.bool_, count=len(codes))
    entries = file.entries
    aux, labels = (entries[name].to_numpy(dtype=object).copy() for name in ("aux", "aux_label"))
    by_account = is_old & (aux == "")
    labels[by_account] = entries["account_label"].to_numpy(dtype=object)[by_account]
    aux[is_old] = [new[code] for code in codes[is_old]]
    return replace(file, entries=entries.assign(aux=aux, aux_label=labels))


def names(books: Books) -> dict[str, str]:
    """Name of each client: the label of its latest line, of several the first by alphabet."""
    entries = books.entries
    codes = books.clients[books.client]
    known = codes != ""
    frame = pd.DataFrame(
        {
            "code": codes[known],
            "date": entries["date"].to_numpy()[known],
            "label": np.where(
                entries["aux"].to_numpy(dtype=object)[known] != "",
                entries["aux_label"].to_numpy(dtype=object)[known],
                entries["account_label"].to_numpy(dtype=object)[known],
            ),
        }
    )
    latest = frame.sort_values(["date", "label"], ascending=[False, True]).drop_duplicates("code")
    found = {
        str(code): _shown(str(label)) for code, label in zip(latest["code"], latest["label"], strict=True)
    }
    buyers = books.clients[np.unique(books.buyer)].tolist()
    return {buyer: buyer for buyer in buyers if buyer} | found


def _shown(label: str) -> str:
    r"""Return a name without the marks that some programs put before a quotation mark or a backslash.

    >>> _shown('Société \\"Le  Phare\\"')
    'Société "Le Phare"'
    """
    return " ".join(_ESCAPED.sub(r"\1", label).split())


def changed_codes(clients: pd.DataFrame, named: Mapping[str, str], n_years: int) -> list[tuple[str, str]]:
    """Return pairs of codes that are likely one client: one ends as the other begins, under one name.

    Parameters
    ----------
    clients
        ``client``, ``year`` (its place) and ``turnover``, a row a client and year.
    named
        Name by code.
    n_years
        Number of the years.
    """
    from rapidfuzz import fuzz, process

    pairs: list[tuple[str, str]] = []
    sold = clients[clients["turnover"] != 0]
    seen = sold.groupby("client")["year"].agg(["min", "max"])
    for year in range(1, n_years):
        old = {str(code): _plain(named.get(str(code), "")) for code in seen.index[seen["max"] == year - 1]}
        new = {str(code): _plain(named.get(str(code), "")) for code in seen.index[seen["min"] == year]}
        for code, name in sorted(new.items()):
            if not name:
                continue
            best = process.extractOne(name, old, scorer=fuzz.token_sort_ratio, score_cutoff=_SAME_NAME)
            if best is not None:
                pairs.append((str(best[2]), code))
                del old[best[2]]
    return pairs


def _plain(name: str) -> str:
    return " ".join(_LEGAL_FORM.sub(" ", fold(name)).split())
