"""What a company does for the accounts of each class: visits, answers, shipping."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.table_rows import is_number, rows_of

__all__ = ["Service", "of_classes", "read_services"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Service:
    """The service of a class, as the table Classes has it.

    Attributes
    ----------
    letter, label
        The class.
    visits
        Visits a year; NaN where the cell is empty or no number of 0 or more.
    minutes
        Length of a visit [minutes]; NaN likewise.
    answer_hours
        Time to answer [working hours]; NaN likewise.
    call_priority, shipping, instructions
        As the company words them.
    """

    letter: str
    label: str = ""
    visits: float = math.nan
    minutes: float = math.nan
    answer_hours: float = math.nan
    call_priority: str = ""
    shipping: str = ""
    instructions: str = ""


def read_services(table: pd.DataFrame) -> tuple[Service, ...]:
    """Return the service of each class, best class first.

    Parameters
    ----------
    table
        The table Classes, as :func:`scoring.read_model.read_model` takes it.
    """
    found = []
    for _, cells in rows_of(table):
        if cells.get("class") is None:
            continue
        visits, minutes, hours = (
            float(cells[key]) if is_number(cells.get(key), 0) else math.nan
            for key in ("visits", "minutes", "answer_hours")
        )
        label, priority, shipping, instructions = (
            str(cells.get(key) or "") for key in ("label", "call_priority", "shipping", "instructions")
        )
        letter = str(cells["class"]).strip()
        found.append(Service(letter, label, visits, minutes, hours, priority, shipping, instructions))
    return tuple(found)


def of_classes(places: npt.NDArray[np.integer], services: Sequence[Service], measure: str) -> Floats:
    """Return a number of the service of each account's class.

    Parameters
    ----------
    places
        Array of shape (n_accounts,): the class by its position, -1 for none.
    services
        Best class first.
    measure
        ``"visits"`` or ``"minutes"``.

    Returns
    -------
    Array of shape (n_accounts,). Without visits in the table there are none, 0;
    how long one takes is then unknown, NaN, as it is for the class ``?``.
    """
    numbers = np.array([*(getattr(one, measure) for one in services), np.nan])
    of_accounts: Floats = (np.nan_to_num(numbers) if measure == "visits" else numbers)[places]
    return of_accounts
