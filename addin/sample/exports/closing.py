"""What ends a fiscal year of the made-up company: VAT, accruals, tax, the next opening, lettering."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

from addin.sample.exports.company import YEARS, Draws, business_day, fiscal_year
from addin.sample.exports.journal import NOBODY, Books, Entry, Line
from addin.sample.exports.names import JOURNALS
from addin.sample.exports.overheads import months

__all__ = ["FILED", "close_years", "letter_and_number"]

FILED = {year: dt.date(year + 1, 3, 31) for year in YEARS}
"""Day on which the entries of a fiscal year become final."""

_NOT_BILLED_YET = {2023: 1_215_000, 2024: 1_467_500, 2025: 938_000}
"""Net amount delivered but not billed at the end of each fiscal year [cents]."""

_NEVER_LETTERED = "00247"


def close_years(books: Books) -> None:
    """Close one fiscal year after the other."""
    for year, (_, last) in YEARS.items():
        for _, end in months():
            if fiscal_year(end) == year:
                _settle_vat(books, year, end)
        _accrue(books, year, last)
        _end_year(books, year, last)
        if year + 1 in YEARS:
            opening = last + dt.timedelta(days=1)
            books.post("AN", opening, "RAN", "A nouveaux", books.close(year))


def _settle_vat(books: Books, year: int, end: dt.date) -> None:
    """Post the VAT of a month and its payment on the 20th."""
    accounts = ("445710", "445200", "445660", "445670")
    balances = books.balances(year, end)
    lines = [Line(account, -balances[account]) for account in accounts]
    due = sum(line.cents for line in lines)
    lines.append(Line("445510" if due >= 0 else "445670", -due))
    label = f"TVA {end:%m/%Y}"
    books.post("OD", end, f"CA3-{end:%y%m}", label, lines)
    if due > 0:
        paid = business_day(end + dt.timedelta(days=20))
        books.post("BQ", paid, f"PRLV{paid:%y%m%d}", label, [Line("445510", due), Line("512000", -due)])


def _accrue(books: Books, year: int, last: dt.date) -> None:
    """Post what is delivered but not billed, and take it back on the first business day."""
    net = _NOT_BILLED_YET[year]
    gross = net * 6 // 5
    lines = [Line("418100", gross), Line("707000", -net), Line("445870", net - gross)]
    books.post("OD", last, f"FAE{year}", "Factures à établir", lines, {NOBODY: net})
    back = [Line(line.account, -line.cents) for line in lines]
    day = business_day(last + dt.timedelta(days=2))
    books.post("OD", day, f"EXT-FAE{year}", "Extourne factures à établir", back, {NOBODY: -net})


def _end_year(books: Books, year: int, last: dt.date) -> None:
    """Post depreciation, stock and tax; next year the tax is paid and the result appropriated."""
    draws = Draws(f"closing {year}")
    wear = 8_640_000 * (15 if year == 2023 else 12) // 12
    books.post(
        "OD", last, "AMORT", "Dotation aux amortissements", [Line("681100", wear), Line("281000", -wear)]
    )
    more = draws.whole(-900_000, 2_400_000)
    books.post("OD", last, "STOCK", "Variation de stock", [Line("370000", more), Line("603700", -more)])
    profit = -sum(cents for account, cents in books.balances(year, last).items() if account[0] in "67")
    tax = max(0, profit) // 4
    books.post("OD", last, "IS", "Impôt sur les sociétés", [Line("695000", tax), Line("444000", -tax)])
    paid = dt.date(year + 1, 5, 15)
    books.post("BQ", business_day(paid), "IS", "Solde IS", [Line("444000", tax), Line("512000", -tax)])
    dividends = (profit - tax) * 4 // 10
    books.post(
        "OD",
        business_day(dt.date(year + 1, 6, 27)),
        "AGO",
        "Affectation du résultat",
        [Line("120000", profit - tax), Line("457000", -dividends), Line("110000", dividends - profit + tax)],
    )
    paid = business_day(dt.date(year + 1, 7, 15))
    lines = [Line("457000", dividends), Line("512000", -dividends)]
    books.post("BQ", paid, "DIVID", "Paiement des dividendes", lines)


def letter_and_number(books: Books) -> None:
    """Letter what is paid, put the entries in order and number them, each year in its own way."""
    for year in YEARS:
        _letter(books, year)
        _number(books.entries[year], year)


def _letter(books: Books, year: int) -> None:
    """Letter most of the cleared groups; in 2025, those that are partly paid in small letters."""
    draws = Draws(f"lettering {year}")
    groups: dict[tuple[str, str, str], list[tuple[dt.date, Line]]] = defaultdict(list)
    for entry, line in sorted(books.lines(year), key=lambda pair: pair[0].day):
        if line.group:
            groups[line.account, line.party, line.group].append((entry.day, line))
    counts: Counter[tuple[str, str]] = Counter()
    for (account, party, _), members in groups.items():
        cleared = sum(line.cents for _, line in members) == 0
        if (
            len(members) < 2
            or party == _NEVER_LETTERED
            or draws.chance(0.06)
            or not (cleared or year == 2025)
        ):
            continue
        whose = ("", "") if year == 2024 else (account, party)
        letters = _letters(counts[whose], 3 if year == 2024 else 2)
        counts[whose] += 1
        day = max(day for day, _ in members)
        done = min(FILED[year], (day + dt.timedelta(days=31)).replace(day=8))
        for _, line in members:
            line.letter = letters if cleared else letters.lower()
            line.lettered = done if cleared else None


def _letters(n: int, length: int) -> str:
    """Return the code of the n-th group.

    >>> _letters(0, 2), _letters(27, 2), _letters(26, 3)
    ('AA', 'BB', 'ABA')
    """
    code = ""
    for _ in range(length):
        n, digit = divmod(n, 26)
        code = chr(ord("A") + digit) + code
    return code


def _number(entries: list[Entry], year: int) -> None:
    """Number the entries: by journal in 2023, through all journals in 2024, by journal and year in 2025."""
    order = {journal: n for n, journal in enumerate(JOURNALS)}
    if year == 2023:
        entries.sort(key=lambda entry: (order[entry.journal], entry.day))
    else:
        entries.sort(key=lambda entry: (entry.day, order[entry.journal]))
    counts: Counter[str] = Counter()
    for n, entry in enumerate(entries, start=1):
        counts[entry.journal] += 1
        by_journal = counts[entry.journal]
        entry.number = (
            f"{by_journal:08}"
            if year == 2023
            else str(n)
            if year == 2024
            else f"{entry.journal}25{by_journal:05}"
        )
