#!/bin/sh
# A number of Martinique as it is dialled there is valid for phonenumbers, in mainland France; one of Guadeloupe is not.
#
# Guess    Read with region FR, all French landlines as dialled at home are treated alike, and 0596 60 00 00 is the same
#          number as +596 596 60 00 00.
# Seen     phonenumberslite 9.0.42, 2026-11-29. 0596 (Martinique) and 0269 (Mayotte) become +33 596... and +33 269...,
#          valid, in region FR: nobody can be reached there. 0590, 0594 and 0262 become +33 too, but are invalid. None
#          matches its own international form: one client typed both ways is two.
#          Printed: "valid as +33: 0269, 0596; invalid: 0262, 0590, 0594; matched with their own: none"
# Source   The library's metadata of FR against that of MQ (596), YT and RE (262), GP (590) and GF (594).
# Here     A telephone stays the text that it was.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
uv venv -q "$work/venv"
uv pip install -q --python "$work/venv" phonenumberslite==9.0.42
"$work/venv/bin/python" - <<'PY'
import sys

from phonenumbers import MatchType, is_number_match, is_valid_number, parse, region_code_for_number

# Country code by what a landline of the department begins with at home; the rest is the library's own example.
OVERSEAS = {"0262": ("262", "161234"), "0269": ("262", "601234"), "0590": ("590", "201234")}
OVERSEAS |= {"0594": ("594", "101234"), "0596": ("596", "301234")}

valid, invalid, matched = [], [], []
for start, (country, rest) in OVERSEAS.items():
    at_home, abroad = parse(start + rest, "FR"), parse(f"+{country}{start[1:]}{rest}")
    if not is_valid_number(abroad) or at_home.country_code != 33:
        sys.exit(f"{start} is read otherwise: {abroad} from abroad, {at_home} at home.")
    if is_number_match(at_home, abroad) != MatchType.NO_MATCH:
        matched.append(start)
    fine = is_valid_number(at_home) and region_code_for_number(at_home) == "FR"
    (valid if fine else invalid).append(start)
if (valid, invalid, matched) != (["0269", "0596"], ["0262", "0590", "0594"], []):
    sys.exit(f"Valid as +33 are now {valid}, invalid {invalid}, matched {matched}.")
print(f"valid as +33: {', '.join(valid)}; invalid: {', '.join(invalid)}; matched with their own: none")
PY
