#!/bin/sh
# One missing score moves the classes of all other accounts, or puts them all in one, depending on the library.
#
# Guess    A library for natural breaks refuses a missing value, or leaves it out.
# Seen     kmeans1d 0.5.0, mapclassify 2.10.0, ckmeans 1.2.0 with numpy 2.4.6, 2026-11-29, on three pairs of scores.
#          kmeans1d parts 1 from 2 and throws 10 and 20 together; mapclassify counts all seven in its first class, and
#          its bounds are nan; both without a word. Only ckmeans refuses.
#          Printed: "kmeans1d: 001122 -> 012222, mapclassify: [2, 2, 2] -> [7, 0, 0], ckmeans: refused"
# Source   kmeans1d/core.py (sorts, and nan has no order); mapclassify, classifiers.py: _fisher_jenks_means.
# Here     scoring/breaks.py raises on a score that is no finite number; an account without a score has no part in it.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
uv venv -q "$work/venv"
uv pip install -q --python "$work/venv" numpy==2.4.6 kmeans1d==0.5.0 mapclassify==2.10.0 ckmeans==1.2.0
"$work/venv/bin/python" -W ignore - <<'PY'
import sys

import ckmeans
import kmeans1d
import mapclassify
import numpy as np

scores = [1.0, 2.0, 10.0, 11.0, 20.0, 21.0]
with_a_gap = [*scores[:4], float("nan"), *scores[4:]]


def labels(values):
    """The groups of the six known scores by kmeans1d, as digits."""
    groups = kmeans1d.cluster(values, 3).clusters
    return "".join(str(group) for group, value in zip(groups, values, strict=True) if value == value)


def counts(values):
    """How many scores mapclassify puts in each class."""
    return mapclassify.FisherJenks(np.array(values), k=3).counts.tolist()


one_way = (labels(scores), labels(with_a_gap))
if one_way != ("001122", "012222"):
    sys.exit(f"kmeans1d now groups the scores without and with a gap: {one_way}.")
other_way = (counts(scores), counts(with_a_gap))
if other_way != ([2, 2, 2], [7, 0, 0]):
    sys.exit(f"mapclassify now counts without and with a gap: {other_way}.")
try:
    ckmeans.ckmeans(with_a_gap, 3)
except Exception:
    refused = "refused"
else:
    sys.exit("ckmeans now takes a missing score.")
print(
    f"kmeans1d: {one_way[0]} -> {one_way[1]}, mapclassify: {other_way[0]} -> {other_way[1]}, ckmeans: {refused}"
)
PY
