"""The process in which formulas are answered by Python: see ``marshalling/worker.py``."""

import datetime as dt
import os
import pickle
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

from support.calc.semantics import ERRORS

from addin.workbook.port import CellError

ROOT = Path(__file__).parents[2]

NEWER_ERRORS = {
    "#GETTING_DATA": -2146826245,
    "#SPILL!": -2146826243,
    "#CONNECT!": -2146826242,
    "#BLOCKED!": -2146826241,
    "#UNKNOWN!": -2146826240,
    "#FIELD!": -2146826239,
    "#CALC!": -2146826238,
}
"""Error values that Excel got later, which xlwings does not know: 2043 to 2050 of XlCVError."""

EMPTY_ARGUMENT = -2147352572
"""An argument that is left out, as COM hands it over."""


class WorkerError(Exception):
    """What went wrong in the other process, with its traceback."""


class Worker:
    """Answers as the Python that Excel starts does."""

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory()
        self.log = Path(self._folder.name) / "clientscore" / "log" / "clientscore.log"
        self._process = subprocess.Popen(
            [sys.executable, "-B", str(ROOT / "tests" / "marshalling" / "worker.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT), "XDG_STATE_HOME": self._folder.name},
        )
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait(timeout=20)
        self._process.stdout.close()
        self._folder.cleanup()

    def _ask(self, name, *arguments):
        pickle.dump((name, arguments), self._process.stdin)
        self._process.stdin.flush()
        fine, answer = pickle.load(self._process.stdout)  # noqa: S301 - from our own child
        if not fine:
            raise WorkerError(answer)
        return answer

    def call_udf(self, module, function, args):
        """Call a function as the workbook's VBA does, through xlwings' ``CallUDF``."""
        return self._ask("call_udf", module, function, args)

    def scoring_runs(self):
        """How many times the portfolio was scored since the process has started."""
        return self._ask("scoring_runs")

    def exec(self, code):
        """Run some lines of Python there; the answer is what they leave in ``result``."""
        return self._ask("exec", code)


def com_value(cell, *, currency=False):
    """A cell of a table as COM hands over its ``Value``."""
    match cell:
        case CellError(text):
            return (ERRORS | NEWER_ERRORS)[text]
        case bool() | str() | None | dt.datetime():
            return cell
        case _ if currency:
            return Decimal(str(cell)).quantize(Decimal("0.0001"))
    return float(cell)


def com_arguments(tables, given=(), currency=()):
    """Arguments of ``score_portfolio``, as the workbook's VBA makes them and COM hands them over.

    Parameters
    ----------
    tables
        Tables of the workbook.
    given
        Tables given to the formula; of those that are no Table, rows, only the values are known.
    currency
        Headers of the columns whose cells have a currency format.
    """
    places, blocks = [], []
    for number, table in enumerate((*tables, *given)):
        is_given = number >= len(tables)
        if isinstance(table, tuple):
            places.append(("", "", 1.0, 1.0, is_given))
            blocks.append(table)
            continue
        places.append((table.name, table.sheet, float(table.top - 1), float(table.left), is_given))
        body = [
            [com_value(cell, currency=header in currency) for cell in column]
            for header, column in zip(table.headers, table.columns, strict=True)
        ]
        blocks.append((table.headers, *zip(*body, strict=True)))
    return [tuple(places), *blocks]
