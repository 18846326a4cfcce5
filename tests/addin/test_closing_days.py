"""Days on which nobody works: France by law, other countries by the library, days of the company's own."""

import datetime as dt

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jours_feries_france import JoursFeries

from addin.closing_days import closed_days, is_country
from addin.refusals import Refusal

YEARS = st.integers(1983, 2099)  # in 1983 overseas departments got their day

ZONES = {
    "FR": "Métropole",
    "FR-57": "Alsace-Moselle",
    "fr-67": "Alsace-Moselle",
    "Alsace-Moselle": "Alsace-Moselle",
    "France (Alsace-Moselle)": "Alsace-Moselle",
    "FR-971": "Guadeloupe",
    "GP": "Guadeloupe",
    "FR-972": "Martinique",
    "FR-973": "Guyane",
    "FR-974": "La Réunion",
    "La Réunion": "La Réunion",
    "France métropolitaine": "Métropole",
    "FR-75": "Métropole",
    "FR-2A": "Métropole",
    "FR-BRE": "Métropole",
}


def year_of(country, year, own=()):
    return closed_days(country, dt.date(year, 1, 1), dt.date(year, 12, 31), own)


@pytest.mark.parametrize(("country", "zone"), ZONES.items())
@given(year=YEARS)
def test_french_holidays_are_those_that_an_official_list_has(country, zone, year):
    assert year_of(country, year) == set(JoursFeries.for_year(year, zone=zone).values())


@given(year=st.integers(2008, 2099))  # the library has no Whit Monday for 2005-2007, when it was worked
def test_mainland_holidays_are_those_of_a_general_library_too(year):
    assert year_of("FR", year) == set(holidays.country_holidays("FR", years=year))


def test_eleven_legal_days_thirteen_in_alsace_moselle_twelve_overseas():
    counts = {country: len(year_of(country, 2026)) for country in ("FR", "FR-57", "FR-974", "FR-976", "BL")}
    assert counts == {"FR": 11, "FR-57": 13, "FR-974": 12, "FR-976": 12, "BL": 12}


@pytest.mark.parametrize(
    ("country", "day", "closed"),
    [
        ("DE-BY", dt.date(2026, 1, 6), True),  # Epiphany, in Bavaria
        ("DE", dt.date(2026, 1, 6), False),
        ("BE", dt.date(2026, 7, 21), True),
        ("CH-GE", dt.date(2026, 9, 10), True),
        ("NOR", dt.date(2026, 5, 17), True),
        ("FR-NC", dt.date(2026, 9, 24), True),
    ],
)
def test_other_countries_and_their_regions_have_their_own_days(country, day, closed):
    assert (day in year_of(country, 2026)) is closed


def test_a_blank_country_has_no_holidays_but_the_days_of_the_company():
    bridge = dt.date(2026, 5, 15)
    assert year_of(" ", 2026, [bridge, dt.date(2027, 5, 15)]) == {bridge}


def test_a_span_over_new_year_has_the_days_of_both_years():
    found = closed_days("FR", dt.date(2026, 12, 20), dt.date(2027, 1, 5))
    assert found == {dt.date(2026, 12, 25), dt.date(2027, 1, 1)}


@pytest.mark.parametrize("country", ["Atlantis", "FR-999", "DE-XX", "???"])
def test_a_country_that_is_not_known_is_refused_rather_than_without_holidays(country):
    assert not is_country(country)
    with pytest.raises(Refusal, match="country_unknown"):
        year_of(country, 2026)
