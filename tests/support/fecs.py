"""FEC files made by hand, line by line, as programs write them."""

import datetime as dt

HEADER = (
    "JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib PieceRef "
    "PieceDate EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise Idevise"
)
LABELS = {"VE": "Ventes", "BQ": "Banque", "OD": "Operations diverses", "AN": "A nouveaux"}


def entry(journal, number, day, *sides, label=None, piece="", piece_day=None, letter=""):
    """The lines of an entry: its sides are account, client and amount [cents], a credit below 0."""
    journal_label = LABELS.get(journal, "") if label is None else label
    date, piece_date = (f"{dt.date.fromisoformat(one):%Y%m%d}" for one in (day, piece_day or day))
    lines = []
    for account, client, cents in sides:
        debit, credit = (f"{max(one, 0) / 100:.2f}".replace(".", ",") for one in (cents, -cents))
        lines.append(
            [
                *(journal, journal_label, number, date, account, f"Compte {account}"),
                *(client, f"Client {client}" if client else "", piece or number, piece_date, "Texte"),
                *(debit, credit, letter if account.startswith("411") else "", "", date, "", ""),
            ]
        )
    return lines


def invoice(number, day, client, net, *, account="411000", **more):
    """An invoice with 20 % of tax; a credit note where its amount [cents] is below 0."""
    tax = net // 5
    sides = (account, client, net + tax), ("707000", "", -net), ("445710", "", -tax)
    return entry("VE", number, day, *sides, **more)


def payment(number, day, client, cents, **more):
    """Money from a client, by the bank."""
    return entry("BQ", number, day, ("512000", "", cents), ("411000", client, -cents), **more)


def fec(*entries, more=()):
    """The bytes of a FEC; ``more`` are further columns, empty but for what a line has beyond its own."""
    width = len(HEADER.split()) + len(more)
    rows = [[*HEADER.split(), *more], *(line for lines in entries for line in lines)]
    return "".join("\t".join([*row, *[""] * (width - len(row))]) + "\r\n" for row in rows).encode()


def name(end, company="123456782"):
    """What the FEC of a year that ends on a day is called."""
    return f"{company}FEC{dt.date.fromisoformat(end):%Y%m%d}.txt"
