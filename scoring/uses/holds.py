"""What holds an account back: the gates that apply to it, whatever class it would have without them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.columns import Accounts
from scoring.gates import holds
from scoring.model import Gate

__all__ = ["applying_gates"]


def applying_gates(
    accounts: pd.DataFrame, completeness: npt.NDArray[np.float64], gates: Sequence[Gate]
) -> npt.NDArray[np.bool_]:
    """Tell which gates apply to which accounts.

    Parameters
    ----------
    accounts
        As scoring takes them.
    completeness
        Array of shape (n_accounts,) [fraction], at which a gate may look.
    gates
        The rules.

    Returns
    -------
    Bool array of shape (n_accounts, n_gates).

    Examples
    --------
    >>> late = Gate("days_late", ">", 60.0, best_class=2, reason="pays late")
    >>> applying_gates(pd.DataFrame({"days_late": [90.0, 10.0]}), np.ones(2), [late]).tolist()
    [[True], [False]]
    """
    columns = Accounts(accounts).with_completeness(completeness)
    applies = [holds(gate, columns(gate.column)) for gate in gates]
    return np.array(applies, dtype=bool).reshape(len(gates), len(accounts)).T
