#!/bin/sh
# Min-max of a criterion on which all accounts are equal: full marks in one library, none in another, or not a number.
#
# Guess    (x - min) / (max - min) of equal values is an error, or the same convention everywhere.
# Seen     pymcdm 1.4.0 and scikit-criteria 0.10, 2026-11-29, three accounts with 10, 10, 10. pymcdm: 1; MinMaxScaler of
#          scikit-criteria: 0; its CenitDistanceMatrixScaler, the same formula: nan. And the CRITIC weights of pymcdm
#          are nan for the other criterion as well: one column without spread, and no account has a score.
#          Printed: "pymcdm [1, 1, 1], MinMaxScaler [0, 0, 0], CenitDistance [nan, nan, nan], CRITIC weights [nan, nan]"
# Source   pymcdm, normalizations.py and weights/weights.py; scikit-criteria, preprocessing/scalers.py.
# Here     Points come from a scale that people set, never from the spread of a column (scoring/scales.py).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
uv venv -q "$work/venv"
uv pip install -q --python "$work/venv" pymcdm==1.4.0 scikit-criteria==0.10 numpy==2.4.6
"$work/venv/bin/python" -W ignore - <<'PY'
import sys

import numpy as np
from pymcdm.normalizations import minmax_normalization
from pymcdm.weights import critic_weights
from skcriteria import mkdm
from skcriteria.preprocessing.scalers import CenitDistanceMatrixScaler, MinMaxScaler

accounts = np.array([[10.0, 1.0], [10.0, 2.0], [10.0, 3.0]])
decision = mkdm(matrix=accounts, objectives=[max, max], weights=[0.5, 0.5])


def scaled(scaler):
    """Points of the first criterion."""
    return scaler.transform(decision).matrix.to_numpy()[:, 0]


seen = {
    "pymcdm": minmax_normalization(accounts[:, 0]),
    "MinMaxScaler": scaled(MinMaxScaler(target="matrix")),
    "CenitDistance": scaled(CenitDistanceMatrixScaler()),
    "CRITIC weights": critic_weights(accounts),
}
shown = ", ".join(f"{name} [{', '.join(f'{value:g}' for value in values)}]" for name, values in seen.items())
expected = "pymcdm [1, 1, 1], MinMaxScaler [0, 0, 0], CenitDistance [nan, nan, nan], CRITIC weights [nan, nan]"
if shown != expected:
    sys.exit(f"The libraries now have: {shown}.")
print(shown)
PY
