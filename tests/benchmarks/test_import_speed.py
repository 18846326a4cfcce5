"""Importing a ledger of 1,000,000 lines beside pandas' read_csv and groupby of the same file."""

import shutil

import numpy as np
import pytest
from benchmarks.own_process import work_alone
from benchmarks.targets import Figure

N, QUARTER = 1_000_000, 250_000
ACCOUNTS = 20_000
ROUNDS = 3
HEADER = "Code client;Raison sociale;N° facture;Date facture;Échéance;Réglé le;Montant HT;Commercial"

IMPORT = """
import datetime as dt
from pathlib import Path
from addin.workbook.port import Table
from addin.catalogue import catalogue
from addin.imports.importing import Options, look_at, plan_import

headers = tuple(catalogue("fr").headers("accounts").values())
clients = Table("Clients", "Clients", 4, 2, headers, tuple([None] for _ in headers))

def work(path):
    done = plan_import(look_at([clients], [Path(path)], dt.date(2026, 6, 30), Options()))
    report = done.reports[0]
    return report.n_read, report.n_used, float(report.units_used / 10_000)
"""

PANDAS = """
import pandas as pd

def work(path):
    frame = pd.read_csv(path, sep=";", encoding="cp1252", decimal=",")
    return len(frame), len(frame), float(frame.groupby("Code client")["Montant HT"].sum().sum())
"""

# What the import does beside adding up: each of the three dates is read.
PANDAS_WITH_DATES = """
import pandas as pd

def work(path):
    frame = pd.read_csv(
        path, sep=";", encoding="cp1252", decimal=",",
        parse_dates=["Date facture", "Échéance", "Réglé le"], date_format="%d/%m/%Y",
    )
    return len(frame), len(frame), float(frame.groupby("Code client")["Montant HT"].sum().sum())
"""


def written(path, n_lines, *, blank="", mark="", odd=False):
    """Write a ledger as programs export it; with blanks between thousands, all in quotes, with odd lines."""
    rng = np.random.default_rng(20_260_630)
    days = np.datetime64("2023-07-01") + rng.integers(0, 1096, n_lines)
    paid = rng.random(n_lines) < 0.9
    shown = [
        np.char.add(np.char.add(parts[:, 2], "/"), np.char.add(np.char.add(parts[:, 1], "/"), parts[:, 0]))
        for parts in (
            np.array(np.char.split(each.astype("datetime64[D]").astype(str), "-").tolist())
            for each in (days, days + 30, days + rng.integers(5, 90, n_lines))
        )
    ]
    cents = np.rint(rng.lognormal(11, 1.2, n_lines)).astype(np.int64)
    cents *= np.where(rng.random(n_lines) < 0.05, -1, 1)
    accounts = rng.integers(0, ACCOUNTS, n_lines)
    texts = (each.tolist() for each in (*shown, cents, accounts, paid))
    with path.open("w", encoding="cp1252", newline="") as stream:
        stream.write(HEADER + "\r\n")
        for place, (date, due, settled, amount, account, is_paid) in enumerate(zip(*texts, strict=True)):
            whole = f"{abs(amount) // 100:,}".replace(",", blank)
            number = f"{'-' if amount < 0 else ''}{whole},{abs(amount) % 100:02}"
            name = f"Société n° {account:05} œuvres"
            if odd and place % 100_000 == 99_999:
                name = f'"{name} 3" de long'
            cells = (
                *(f"C{account:05}", name, f"F{place:07}", date, due, settled if is_paid else ""),
                *(number, f"R{account % 40:02}"),
            )
            stream.write(mark + f"{mark};{mark}".join(cells) + mark + "\r\n")
    return path


@pytest.fixture(scope="session")
def ledgers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ledgers")
    files = {
        "regular": (N, {}),
        "quarter": (QUARTER, {}),
        "quoted": (N, {"mark": '"'}),
        "blanks": (N, {"blank": "\u00a0"}),
        "odd": (N, {"odd": True}),
    }
    yield {name: written(folder / f"{name}.csv", n, **how) for name, (n, how) in files.items()}
    shutil.rmtree(folder)  # half a gigabyte


@pytest.mark.parametrize(
    ("name", "code", "file"),
    [
        ("import", IMPORT, "regular"),
        ("pandas", PANDAS, "regular"),
        ("pandas dates", PANDAS_WITH_DATES, "regular"),
        ("import blanks", IMPORT, "blanks"),
        ("import quoted", IMPORT, "quoted"),
        ("import odd", IMPORT, "odd"),
    ],
)
def test_import_of_a_ledger(name, code, file, ledgers, figures):
    figures[name], (n_read, n_used, amount) = work_alone(code, ledgers[file], rounds=ROUNDS)
    assert n_read == n_used == N
    assert amount > 0


@pytest.mark.parametrize(("name", "code"), [("import", IMPORT), ("pandas", PANDAS)])
def test_memory_by_number_of_lines(name, code, ledgers, figures):
    quarter, _ = work_alone(code, ledgers["quarter"])
    whole = figures[name] if name in figures else work_alone(code, ledgers["regular"])[0]
    figures[f"{name} growth"] = Figure(whole.seconds - quarter.seconds, whole.megabytes - quarter.megabytes)
    assert whole.megabytes > quarter.megabytes
