"""Share of wallet: what an account buys of what it could buy."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["wallet_share"]

Floats = npt.NDArray[np.float64]


def wallet_share(turnover: Floats, potential: Floats) -> Floats:
    """Share of what an account could buy that it does buy: turnover / potential [fraction].

    Parameters
    ----------
    turnover, potential
        Arrays of shape (n_accounts,) [currency a year], NaN where unknown.

    Returns
    -------
    Array of shape (n_accounts,). NaN where either is unknown or the potential is not above 0; a
    turnover below 0 counts 0. Above 1 where an account buys more than was thought.

    Examples
    --------
    >>> wallet_share(np.array([30.0, -5, 10]), np.array([60.0, 10, 0])).tolist()
    [0.5, 0.0, nan]
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        shares: Floats = np.maximum(turnover, 0.0) / potential
    return np.where(potential > 0, shares, np.nan)
