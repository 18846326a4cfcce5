#!/bin/sh
# To the BG/NBD model a client who bought once, however long ago, is alive with certainty.
#
# Guess    The probability of being alive falls with silence, and falls first for those who bought once and never again.
# Seen     lifetimes 0.11.3, 2026-11-29, on its own CDNOW sample. All 1,411 clients without a second purchase have 1.0,
#          the one silent for 38 weeks too; of the 946 who came back none does, and half of them are below 0.6.
#          A list of losses by this number names the good clients and leaves out those who have gone.
#          Printed: "bought once: 1411 clients, all at 1.0; came back: 946, median 0.58"
# Source   Fader, Hardie and Lee (2005), "Counting your customers the easy way", Marketing Science 24(2): a client can
#          only drop out right after a repeat purchase; lifetimes, BetaGeoFitter.conditional_probability_alive.
# Here     Whether a client is lost goes by the days and turnover that are known, not by this probability.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
uv venv -q "$work/venv"
uv pip install -q --python "$work/venv" lifetimes==0.11.3 numpy==2.4.6 pandas==3.1.1 scipy==1.17.1 "setuptools==80.9.0"
"$work/venv/bin/python" -W ignore - <<'PY'
import sys

import numpy as np
from lifetimes import BetaGeoFitter
from lifetimes.datasets import load_cdnow_summary

clients = load_cdnow_summary(index_col=[0])
model = BetaGeoFitter().fit(clients["frequency"], clients["recency"], clients["T"])
alive = np.asarray(model.conditional_probability_alive(clients["frequency"], clients["recency"], clients["T"]))
once = (clients["frequency"] == 0).to_numpy()
longest = clients.loc[once, "T"].max()

if not (once.sum() == 1411 and longest > 38 and (alive[once] == 1.0).all()):
    sys.exit(f"Of {once.sum()} clients who bought once, up to {longest:.0f} weeks ago, some are no longer at 1.0.")
if not ((alive[~once] < 1.0).all() and np.median(alive[~once]) < 0.6):
    sys.exit(f"The clients who came back now have a median of {np.median(alive[~once]):.2f}.")
print(
    f"bought once: {once.sum()} clients, all at 1.0; came back: {(~once).sum()}, median {np.median(alive[~once]):.2f}"
)
PY
