"""The days on which nobody works: public holidays of a country or region, and days of the company's own.

France is reckoned here, from the eleven days of the Labour Code and what law
adds in Alsace-Moselle and overseas: general libraries add days of custom there,
which are no legal holidays. Other countries come from the library holidays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from dateutil.easter import easter

from addin.refusals import Refusal
from scoring.text import fold

__all__ = ["closed_days", "is_country"]

_FIXED: Final = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_AFTER_EASTER: Final = (1, 39, 50)
"""Easter Monday, Ascension Day, Whit Monday [days]."""
_ABOLITION: Final = {
    "971": (5, 27),
    "972": (5, 22),
    "973": (6, 10),
    "974": (12, 20),
    "976": (4, 27),
    "977": (10, 9),
    "978": (5, 28),
}
"""The day that recalls the abolition of slavery (month, day), by department overseas."""
_ALSACE_MOSELLE: Final = "als"
_REGIONS: Final = {
    # Departments of the mainland come first: three of them are told apart below.
    **dict.fromkeys((*(f"{number:02d}" for number in range(1, 96)), "2a", "2b"), ""),
    # The regions of the mainland but Grand Est, part of which is Alsace-Moselle.
    **dict.fromkeys(
        ["ara", "bfc", "bre", "cor", "cvl", "hdf", "idf", "naq", "nor", "occ", "pac", "pdl", "20r"], ""
    ),
    **dict.fromkeys(("", "metropole", "metropolitaine", "france metropolitaine"), ""),
    **dict.fromkeys(("als", "57", "67", "68", "6ae", "alsace", "moselle", "alsace moselle"), _ALSACE_MOSELLE),
    **dict.fromkeys(("gp", "gua", "guadeloupe"), "971"),
    **dict.fromkeys(("mq", "martinique"), "972"),
    **dict.fromkeys(("gf", "guyane", "guyane francaise"), "973"),
    **dict.fromkeys(("re", "lre", "reunion", "la reunion"), "974"),
    **dict.fromkeys(("yt", "may", "mayotte"), "976"),
    **dict.fromkeys(("bl", "saint barthelemy"), "977"),
    **dict.fromkeys(("mf", "saint martin"), "978"),
    **{department: department for department in _ABOLITION},
}
"""How a region of France may be written, without accents and hyphens, and whose days it has."""
_COUNTRIES_TOO: Final = frozenset({"nor"})
"""Codes of French regions that, alone, are those of a country."""
_OF_LIBRARY: Final = frozenset({"nc", "pf", "pm", "tf", "wf"})
"""Communities overseas with holidays of their own."""


def closed_days(
    country: str, first: dt.date, last: dt.date, own: Iterable[dt.date] = ()
) -> frozenset[dt.date]:
    """Return the days of a span on which nobody works, weekends apart.

    Parameters
    ----------
    country
        Code of a country, alone or with that of a region, as in ``"FR"``,
        ``"FR-57"`` or ``"DE-BY"``; blank for no public holidays at all.
    first, last
        First and last day of the span.
    own
        Further days on which the company is closed.

    Raises
    ------
    Refusal
        Where the holidays of the country are not known.

    Examples
    --------
    >>> friday = dt.date(2026, 4, 3)
    >>> sorted(map(str, closed_days("FR", friday, dt.date(2026, 4, 30))))
    ['2026-04-06']
    >>> sorted(map(str, closed_days("FR-67", friday, dt.date(2026, 4, 30), [dt.date(2026, 4, 7)])))
    ['2026-04-03', '2026-04-06', '2026-04-07']
    """
    holidays = _holidays(country, range(first.year, last.year + 1))
    if holidays is None:
        raise Refusal("country_unknown", country=country)
    return frozenset(day for day in (*holidays, *own) if first <= day <= last)


def is_country(text: str) -> bool:
    """Whether the public holidays of what somebody typed as a country are known.

    >>> is_country("Alsace-Moselle"), is_country("Atlantis")
    (True, False)
    """
    return _holidays(text, range(2000, 2001)) is not None


def _holidays(country: str, years: range) -> list[dt.date] | None:
    """Public holidays of some years; None for a country that is not known."""
    if not country.strip():
        return []
    plain = " ".join("".join(sign if sign.isalnum() else " " for sign in fold(country)).split())
    if not plain:
        return None
    code, _, region = plain.partition(" ")
    is_french = code in {"fr", "france"}
    days_of = _REGIONS.get(region if is_french else plain)
    if days_of is not None and plain not in _COUNTRIES_TOO:
        return [day for year in years for day in _french(days_of, year)]
    return None if is_french and region not in _OF_LIBRARY else _of_library(code, region, years)


def _french(region: str, year: int) -> Iterator[dt.date]:
    """Yield the legal holidays of a year (Code du travail, L3133-1, L3134-13, L3422-2)."""
    sunday = easter(year)
    yield from (dt.date(year, month, day) for month, day in _FIXED)
    yield from (sunday + dt.timedelta(days=days) for days in _AFTER_EASTER)
    if region == _ALSACE_MOSELLE:
        yield sunday - dt.timedelta(days=2)
        yield dt.date(year, 12, 26)
    elif region:
        yield dt.date(year, *_ABOLITION[region])


def _of_library(code: str, region: str, years: range) -> list[dt.date] | None:
    import holidays

    try:
        return list(holidays.country_holidays(code.upper(), subdiv=region.upper() or None, years=years))
    except NotImplementedError:  # the library's word for a country or a region that it does not know
        return None
