"""What the column Why has to say of an account, beside what it says."""

import re

STATES = {
    "new": ("New: {} this year", "Nouveau : {} cette année"),
    "returned": ("Returned: {} this year", "De retour : {} cette année"),
    "lost": ("Lost: {} last year", "Perdu : {} l’an dernier"),
    "dormant": ("Dormant: {} two years ago", "Dormant : {} il y a deux ans"),
}
KNOWN_PART = ("? ({} by what is known)", "? ({} d’après ce qui est connu)")
TO_FILL_IN = ("To fill in: {}", "À renseigner : {}")
UNKNOWN_SHARE = ("{}% unknown, above all {}", "{} % inconnus, surtout {}")
ONE_YEAR = ("{} (over one year)", "{} (sur un an)")
SAID_UNDER = 0.7


def plain(text):
    """A text with blanks of one kind."""
    return " ".join(str(text or "").split())


def whole(amount, language):
    """An amount without cents as the languages group it."""
    return f"{round(amount):,}".replace(",", (",", " ")[language])


def missing(text, account, model):
    """What the text does not say though it has to."""
    text, language, wrong = plain(text), model.at, []
    state = account["state_key"]
    if state in STATES:
        first = STATES[state][language].format(whole(account["state_amount"], language))
        if not text.startswith(first):
            wrong.append(first)
    little = account["completeness"] is not None and account["completeness"] < SAID_UNDER - 1e-9
    heaviest = max(account["unknown"], key=lambda found: found[0])[1] if account["unknown"] else None
    if account["computed"] == "?" and not account["duplicate"]:
        known = account["class known"] and KNOWN_PART[language].format(account["class known"])
        if known and known not in text:
            wrong.append(known)
        if heaviest and TO_FILL_IN[language].format(plain(heaviest)) not in text:
            wrong.append(TO_FILL_IN[language].format(heaviest))
    elif little and heaviest:
        share = 100 * (1 - account["completeness"])
        words = re.escape(UNKNOWN_SHARE[language].format("", ""))
        found = re.search(rf"(?:^|\s)(\d+(?:[.,]\d)?){words}(.+)$", text)
        said = found and float(found[1].replace(",", "."))
        if not found or found[2] != plain(heaviest) or abs(said - share) > 0.05 + 1e-6:
            wrong.append(UNKNOWN_SHARE[language].format(share, heaviest))
    return wrong + of_one_year(text, account, model)


def of_one_year(text, account, model):
    """The names of criteria of a trend over one year that the text names without saying so."""
    names = [plain(one["name"]) for one in model.criteria if one["column"] == "trend"]
    short = account["trend"] is not None and account["one year"]
    said = {name: plain(text).count(ONE_YEAR[model.at].format(name)) for name in names}
    return [name for name in names if short and plain(text).count(name) != said[name]]
