"""What the doctor finds, and says."""

import json

from addin.catalogue import LANGUAGES, catalogue
from addin.machine.doctor import CHECKS, examine, lines, report_json

BOOK = r"C:\Users\eva\Documents\portfolio.xlsm"


def found(machine, key, book=None):
    """State, case and details of one check; every line can be said in both languages."""
    checks = examine(machine, book)
    for language in LANGUAGES:
        words = catalogue(language)
        shown = list(lines(checks, words, verbose=True))
        assert len(shown) == len(CHECKS) + 2
        assert not any("{" in line or "  " in line for line in shown)
        json.loads(report_json(checks, words))
    check = next(check for check in checks if check.key == key)
    return check.state, check.case, check.details
