"""The exports of the made-up company are what their script writes, and what their model says."""

import csv
import io
from collections import Counter, defaultdict
from functools import cache

import pytest
from stdnum import luhn
from stdnum.fr import siret

from addin.sample.exports import copy_exports, sample_files
from addin.sample.exports.make_exports import main, make, truth

WRITTEN = {2023: ("cp1252", "|"), 2024: ("utf-8-sig", "\t"), 2025: ("iso8859-15", "\t")}
COLUMNS = (
    *(
        "journal",
        "lib",
        "number",
        "date",
        "account",
        "account_lib",
        "code",
        "name",
        "ref",
        "ref_date",
        "label",
    ),
    *("debit", "credit", "letter", "lettered", "valid", "foreign", "currency"),
)

told = cache(truth)


@cache
def contents():
    return {file.name: file.read_bytes() for file in sample_files()}


def said(year):
    return told()["years"][year]


def cents(text):
    whole, part = text.split(",")
    return int(whole) * 100 + int(part)


@cache
def read(year):
    """Return the header and the lines of an export, each a mapping from the lawful header."""
    encoding, separator = WRITTEN[year]
    header, *lines = contents()[said(year)["file"]].decode(encoding).splitlines()
    rows = []
    for line in lines:
        fields = line.split(separator)
        extra = len(fields) - len(header.split(separator))
        fields[10 : 11 + extra] = [separator.join(fields[10 : 11 + extra])]
        row = dict(zip(COLUMNS, (field.strip() for field in fields), strict=False))
        row |= {"cents": cents(row["debit"]) - cents(row["credit"]), "extra": extra}
        rows.append(row)
    return header, rows


def lines_of(year):
    return read(year)[1]


def sums(year, *keys):
    found = Counter()
    for row in lines_of(year):
        found[tuple(row[key] for key in keys)] += row["cents"]
    return found


def attributed(year):
    """Return turnover by client: within the entry, then by document; the rest under ""."""
    owed = defaultdict(Counter)
    for row in lines_of(year):
        if row["account"].startswith("411") and row["journal"] != "AN":
            owed[row["journal"], row["number"], row["date"]][row["code"]] += row["cents"]
            owed[row["ref"]][row["code"]] += row["cents"]
    found = Counter()
    for row in lines_of(year):
        if row["account"].startswith("70") and row["journal"] != "AN":
            clients = (
                owed.get((row["journal"], row["number"], row["date"])) or owed.get(row["ref"]) or {"": 1}
            )
            for client, part in clients.items():
                share, rest = divmod(-row["cents"] * part, sum(clients.values()))
                assert rest == 0
                found[client] += share
    return found


def test_the_files_are_what_the_script_writes():
    assert make() == contents()


def test_check_says_what_differs(tmp_path, capsys):
    copied = copy_exports(tmp_path / "new" / "folder")
    assert {path.name: path.read_bytes() for path in copied} == contents()
    copied[0].write_bytes(copied[0].read_bytes().replace(b"\r\n", b"\n"))
    copied[1].unlink()
    assert main(["--check", "--folder", str(copied[0].parent)]) == 1
    assert capsys.readouterr().out == f"{copied[0]} differs\n{copied[1]} differs\n"
    assert main(["--folder", str(copied[0].parent)]) == 0
    assert {path.name: path.read_bytes() for path in copied} == contents()


@pytest.mark.parametrize("year", WRITTEN)
def test_a_year_balances_and_tells_the_truth(year):
    facts = said(year)
    assert len(lines_of(year)) == facts["lines"]
    assert 2_500 <= facts["lines"] <= 4_000
    assert len(contents()[facts["file"]]) < 600_000
    assert sum(row["cents"] for row in lines_of(year)) == 0
    total = -sum(row["cents"] for row in lines_of(year) if row["account"].startswith("70"))
    assert total == facts["total"] == sum(facts["turnover"].values()) + facts["not_assigned"]
    assert 300_000_000 < total < 500_000_000
    found = attributed(year)
    assert found.pop("") == facts["not_assigned"]
    assert found == facts["turnover"]


@pytest.mark.parametrize("year", WRITTEN)
def test_each_entry_balances_but_for_two_of_2024_over_two_journals(year):
    open_entries = {key for key, balance in sums(year, "journal", "number").items() if balance}
    assert len(open_entries) == (4 if year == 2024 else 0)
    if year == 2024:
        assert not any(sums(year, "number", "date").values())
        refs = {row["ref"] for row in lines_of(year) if (row["journal"], row["number"]) in open_entries}
        assert "FA24-0148" in refs
        assert len(refs) == 2


@pytest.mark.parametrize("year", WRITTEN)
def test_full_lettering_is_cleared_and_most_payments_are_lettered(year):
    balances = sums(year, "account", "code", "letter")
    lettered = {key: balance for key, balance in balances.items() if key[2]}
    assert not any(balance for key, balance in lettered.items() if key[2].isupper())
    partly = [key for key in lettered if key[2].islower()]
    assert bool(partly) == (year == 2025)
    assert all(lettered[key] for key in partly)
    paid = [row for row in lines_of(year) if row["account"].startswith("411") and row["journal"] == "BQ"]
    assert 0.8 < sum(bool(row["letter"]) for row in paid) / len(paid) < 1
    assert all(bool(row["lettered"]) == row["letter"].isupper() for row in lines_of(year))


@pytest.mark.parametrize("year", [2024, 2025])
def test_the_opening_carries_over_the_year_before(year):
    new_codes = dict(told()["changed_codes"]) if year == 2025 else {}
    before, opening = Counter(), Counter()
    for row in lines_of(year - 1):
        account = row["account"] if row["account"][0] not in "67" else "120000"
        before[account, new_codes.get(row["code"], row["code"])] += row["cents"]
    for row in lines_of(year):
        if row["journal"] == "AN":
            opening[row["account"][:6], row["code"]] += row["cents"]
    assert opening == Counter({key: balance for key, balance in before.items() if balance})
    items = [row for row in lines_of(year) if row["journal"] == "AN" and row["account"].startswith("411")]
    assert any(row["ref"].startswith(f"FA{year % 100 - 1}-") for row in items)


def test_a_few_clients_hold_most_of_the_turnover_and_the_list_changes():
    assert len(set().union(*(facts["turnover"] for facts in told()["years"].values()))) == 72 + 5
    for facts in told()["years"].values():
        sizes = sorted(facts["turnover"].values(), reverse=True)
        assert 0.70 < sum(sizes[: len(sizes) // 5]) / sum(sizes) < 0.80
    first, second, third = (set(said(year)["turnover"]) for year in WRITTEN)
    old, new = (set(codes) for codes in zip(*told()["changed_codes"], strict=True))
    assert old <= first & second
    assert not old & third
    assert new <= third
    assert not new & (first | second)
    assert first - second
    assert second - first
    assert second - third - old
    assert third - second - new


def test_changed_codes_keep_nearly_the_same_name():
    names = {year: {row["code"]: row["name"] for row in lines_of(year) if row["code"]} for year in WRITTEN}
    pairs = [(names[2024][old], names[2025][new]) for old, new in told()["changed_codes"]]
    assert len(pairs) == 5
    assert sum(old == new for old, new in pairs) == 1
    assert ("Pradeval Bâtiment", "Pradeval Batiment") in pairs


def test_the_kinds_of_entries_are_there():
    for year in WRITTEN:
        rows = lines_of(year)
        accounts = {row["account"][:4] for row in rows}
        assert accounts >= {
            "4110",
            "4130",
            "4191",
            "5310",
            "5112",
            "6132",
            "6270",
            "6411",
            "7097",
            "7010",
            "7085",
        }
        assert all(not row["code"] for row in rows if row["account"].startswith("70"))
        clients = Counter(
            (row["number"], row["date"])
            for row in rows
            if row["account"].startswith("411") and row["journal"] == "VE"
        )
        assert sorted(clients.values())[-2:] == [1, 3]
        assert any(row["ref"].startswith("AV") for row in rows)
        assert ("4160" in accounts) == (year > 2023)
        assert {row["currency"] for row in rows} == {"", "CHF"}


def test_what_is_odd_about_2023():
    header, rows = read(2023)
    content = contents()["987654321FEC20231231.txt"]
    assert header.endswith("|Idevise|")
    assert content.count(b"\r\n") == content.count(b"\n") == len(rows) + 1
    assert {len(row["debit"]) for row in rows} == {len("0000000074,70")}
    assert [(row["label"], row["extra"]) for row in rows if row["extra"]] == [("Panneaux 19|22 mm", 1)]
    assert b"\x92" in content
    assert b"\x9c" in content
    assert all(row["name"].isascii() for row in rows)
    assert len({row["date"] for row in rows if row["date"] < "20230101"}) > 60
    assert {row["date"][:6] for row in rows} >= {"202210", "202312"}


def test_what_is_odd_about_2024():
    header, rows = read(2024)
    assert contents()["987654321FEC20241231.txt"].startswith(b"\xef\xbb\xbfJournalCode\t")
    assert len(header.split("\t")) == 18
    assert all(row["date"][2] == row["date"][5] == "/" and row["date"].endswith("/2024") for row in rows)


def test_what_is_odd_about_2025():
    header, rows = read(2025)
    content = contents()["987654321FEC20251231.txt"]
    assert {"EcrtureLet", "MontantDevise", "IDevise"} <= set(header.split("\t"))
    assert b"\r" not in content
    assert b"\xa4/u" in content
    assert b"\xbd" in content
    assert any("?" in row["label"] for row in rows if row["journal"] == "AN")
    assert {len(row["account"]) for row in rows} == {8}
    assert any(row["label"].startswith("=FA25-") for row in rows)


def test_names_that_spreadsheets_spoil():
    assert not luhn.is_valid("987654321")
    assert any(code.startswith("00") for code in said(2025)["turnover"])
    assert "+ de Bois" in {row["name"] for row in lines_of(2025)}


def table(name, encoding):
    return list(csv.reader(io.StringIO(contents()[name].decode(encoding), newline=""), delimiter=";"))


def test_the_crm_lists_every_client_of_2025_prospects_and_two_duplicates():
    header, *rows, last = table("crm_accounts.csv", "cp1252")
    accounts = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    assert len(accounts) == len(rows)
    kinds = {
        kind: [code for code in accounts if accounts[code]["Type de compte"] == kind]
        for kind in told()["accounts"]
    }
    assert kinds == told()["accounts"]
    assert set(kinds["Client"]) == set(said(2025)["turnover"])
    assert len(kinds["Prospect"]) + len(kinds["Suspect"]) == 27
    one, other = (accounts[code]["SIRET"] for code in told()["same_siret"])
    assert one == other
    assert siret.is_valid(one)
    counts = Counter(account["SIRET"] for account in accounts.values() if account["SIRET"])
    assert [number for number, n in counts.items() if n > 1] == [one]
    one, other = (accounts[code] for code in told()["same_name"])
    assert (one["Raison sociale"], one["CP"]) == (other["Raison sociale"], other["CP"])
    assert "\n" in accounts["00142"]["Raison sociale"]
    potentials = [account["CA potentiel"] for account in accounts.values()]
    assert "" in potentials
    total = sum(cents(text.replace("\xa0", "")) for text in potentials if text)
    assert last[0] == "TOTAL"
    assert cents(last[8].replace("\xa0", "")) == total
    assert last[8].count("\xa0") == 2


def test_visits_name_one_account_that_no_list_knows():
    header, *rows = table("visites_2025.csv", "utf-8-sig")
    assert header == ["Code client", "Date de visite", "Commercial"]
    known = {code for codes in told()["accounts"].values() for code in codes}
    assert [code for code, _, _ in rows if code not in known] == [told()["unknown_account"]]
    assert max(Counter(code for code, _, _ in rows).values()) > 2
    assert all(day[2] == day[5] == "/" and day.endswith("/2025") for _, day, _ in rows)
