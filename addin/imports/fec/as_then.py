"""FEC files as they would have been on an earlier day: later entries and their letters are not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from addin.imports.fec.fec_file import FecFile

__all__ = ["as_then"]

_LETTERED = ["account", "aux", "letter"]


def as_then(files: Sequence[FecFile], until: dt.date | None) -> list[FecFile]:
    """Return what the files would have held of entries up to a day; all of them where it is None.

    Notes
    -----
    A letter counts only if all its lines are dated up to then. They are those of
    the same file, client and letter; and, of a letter that does not balance in
    its file, those of the other files, since programs use letters again.
    """
    if until is None:
        return list(files)
    last = np.datetime64(until)
    is_later = [file.entries["date"].to_numpy().astype("datetime64[D]") > last for file in files]
    later = [
        _keys(file.entries[rows & _lettered(file.entries)])
        for file, rows in zip(files, is_later, strict=True)
    ]
    of_all = pd.MultiIndex.from_tuples(
        sorted({key for keys in later for key in keys.tolist()}), names=_LETTERED
    )
    found = []
    for file, rows, own in zip(files, is_later, later, strict=True):
        entries = file.entries[~rows].reset_index(drop=True)
        if not len(entries):
            continue
        keys, lettered = _keys(entries), _lettered(entries)
        left = (entries["debit"] - entries["credit"]).groupby([entries[key] for key in _LETTERED])
        open_ = (left.transform("sum") != 0).to_numpy()
        cleared = lettered & (keys.isin(own) | (open_ & keys.isin(of_all)))
        entries["letter"] = entries["letter"].mask(cleared, "")
        found.append(replace(file, entries=entries))
    return found


def _lettered(entries: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return (entries["letter"] != "").to_numpy(bool)


def _keys(entries: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(entries[_LETTERED])
