"""Runs the commands of ClientScore in this Python, in both languages, and notes what came of each.

``python -m support.windows.all_commands FOLDER NOTES``: works in FOLDER, and writes to NOTES the exit code
and the words of each command, and what its files hold then, as JSON.
"""

import contextlib
import datetime as dt
import hashlib
import io
import json
import os
import re
import sys
import zipfile
from pathlib import Path

from addin import cli

TODAY = dt.date(2026, 11, 23)
# A folder as it is called in France, with all that a shell could take for a sign of its own.
PLACE = Path("Données de l’été (1) & Cie", "100 % à jour")


def main(folder, notes):
    """Run all commands in both languages."""
    found = {}
    for language in ("en", "fr"):
        place = Path(folder, PLACE, language)
        place.mkdir(parents=True)
        os.chdir(place)
        for number, arguments in enumerate(commands(language)):
            code, said = run(arguments)
            found[f"{language} {number:02} {' '.join(arguments)}"] = [code, plain(said, folder), held(place)]
    Path(notes).write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


def commands(language):
    """What is typed, one command after the other."""
    lang = ("--lang", language)
    book = "Portefeuille d’été n° 1.xlsm"
    years = [f"clientscore-exports/987654321FEC{year}1231.txt" for year in (2023, 2024, 2025)]
    lists = ["clientscore-exports/crm_accounts.csv", "clientscore-exports/visites_2025.csv"]
    files = {"en": lists, "fr": [*years, *lists]}[language]  # each takes its time under Wine
    begun = [("start", *lists, "--book", "début/livre.xlsx", *lang)] if language == "en" else []
    return [
        ("demo", *lang),
        ("demo", "--exports", *lang),
        *begun,
        ("new", book, *lang),
        ("new", book, *lang),
        ("import", book, *lists, "--dry-run"),
        ("import", book, *files, "--yes", "--json"),
        ("check", book, "--json"),
        ("refresh", book, "--output", "à côté.xlsm"),
        ("refresh", book),
        ("scales", book, "--apply"),
        ("undo", book),
        ("undo", book),
        ("undo", book),
        ("import", book, "n’est pas là.csv"),
        ("refresh", lists[0]),
        ("refresh", "clientscore-exports"),
        ("refresh",),
        ("--help",),
    ]


def run(arguments):
    """Run a command in this process; returns its exit code and what it wrote to both streams."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
        try:
            cli.main(arguments, TODAY)
        except SystemExit as ended:
            stream.flush()
            return ended.code, stream.buffer.getvalue().decode("utf-8")


def plain(said, folder):
    """What was said, without what differs from one system and one minute to the next."""
    said = said.replace("\\\\", "\\").replace(str(folder), "").replace("\\", "/").replace("\r\n", "\n")
    return re.sub(r"\b\d\d:\d\d\b", "(time)", said)


def held(place):
    """Digests of the files of a folder; of a workbook, of each of its parts."""
    digests = {}
    for path in sorted(file for file in place.rglob("*") if file.is_file()):
        name = path.relative_to(place).as_posix()
        if path.suffix != ".xlsm":
            digests[name] = digest(path.read_bytes())
            continue
        with zipfile.ZipFile(path) as package:
            digests |= {f"{name}!{part}": digest(package.read(part)) for part in package.namelist()}
    return digests


def digest(content):
    """Short digest of some bytes."""
    return hashlib.sha256(content).hexdigest()[:16]


if __name__ == "__main__":
    main(*sys.argv[1:])
