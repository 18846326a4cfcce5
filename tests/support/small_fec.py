"""Accounting exports that fit on a page, entry by entry."""

_HEADER = (
    "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef"
    "|PieceDate|EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise"
)


class SmallFec:
    """A FEC of 2025, entry by entry; its last one is of 31 December."""

    def __init__(self):
        self.entries = []

    def entry(self, journal, day, client, amount, against, letter="", piece_day=None):
        """Two lines: the client, debited where the amount is positive, and the other account."""
        number = len(self.entries) + 1
        for account, code, cents in (("411000", client, amount), (against, "", -amount)):
            sides = (f"{abs(cents)},00" if on_side else "0,00" for on_side in (cents > 0, cents < 0))
            cells = [journal, journal, number, f"2025{day}", account, "", code, code.title(), f"P{number}"]
            cells += [f"2025{piece_day or day}", "", *sides, letter if code else "", "", "20260101", "", ""]
            self.entries.append("|".join(map(str, cells)))
        return self

    def invoice(self, day, client, amount, letter="", **more):
        return self.entry("VE", day, client, amount, "706000", letter, **more)

    def paid(self, day, client, amount, letter="", **more):
        return self.entry("BQ", day, client, -amount, "512000", letter, **more)

    def text(self):
        fees = ("512000", "0,00", "9,00"), ("627000", "9,00", "0,00")
        last = [f"BQ|BQ|999999|20251231|{a}||||FEES|20251231||{d}|{c}|||20260101||" for a, d, c in fees]
        return "\n".join([_HEADER, *self.entries, *last, ""])
