"""A button, a formula and a command are each defined in one place: a copy of the product gets one more."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


class Copy:
    """A copy of the product's files, to change and to run."""

    def __init__(self, folder):
        self._folder = folder
        ignored = shutil.ignore_patterns("__pycache__", "*.png")
        shutil.copytree(ROOT / "addin", folder / "addin", ignore=ignored)
        self.touched = set()

    def write(self, file, text):
        (self._folder / file).write_text(text, encoding="utf-8")
        self.touched.add(file)

    def insert(self, file, line, text):
        """Put text behind the one line of a file that reads like this."""
        old = (self._folder / file).read_text(encoding="utf-8")
        assert old.count(f"\n{line}\n") == 1, f"{line} in {file}"
        self.write(file, old.replace(f"\n{line}\n", f"\n{line}\n{text}\n"))

    def append(self, file, text):
        self.write(file, (self._folder / file).read_text(encoding="utf-8") + text)

    def run(self, *command):
        paths = os.pathsep.join([str(self._folder), str(ROOT / "tests")])
        environment = os.environ | {"PYTHONPATH": paths, "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(
            [sys.executable, "-B", *command],
            capture_output=True,
            check=False,
            cwd=self._folder,
            encoding="utf-8",
            env=environment | {"XDG_STATE_HOME": str(self._folder / "state")},
        )
        assert not done.returncode, done.stderr
        return done.stdout

    def told(self, code):
        """What some lines of Python tell: the dictionary ``told``."""
        return json.loads(self.run("-c", f"{code}\nimport json\nprint(json.dumps(told))"))


@pytest.fixture
def copy(tmp_path):
    return Copy(tmp_path)


BUTTON = """
import datetime, io, types, zipfile
import addin.ribbon
from addin.template import build_template
from support.formulas import Excel

template = build_template()
open("book.xlsm", "wb").write(template)
excel = Excel("book.xlsm", "en", None)
excel.press("greet")
said = []
app = types.SimpleNamespace(api=types.SimpleNamespace(Ready=True), alert=lambda text, **_: said.append(text))
book = types.SimpleNamespace(app=app, name="Margaux.xlsm")
for language in ("en", "fr"):
    addin.ribbon.answer(book, "greet", language, datetime.date(2026, 11, 23))
ribbon = zipfile.ZipFile(io.BytesIO(template)).read("customUI/customUI14.xml").decode()
told = {"ribbon": ribbon, "asked": excel.machine.scripts, "said": said}
"""


def test_one_more_button_takes_its_line_its_handler_and_a_text_in_each_language(copy):
    copy.insert(
        "addin/buttons.py",
        "CONTROLS: Final[Sequence[Control]] = (",
        '    Button("greet", "workbook", "HappyFace", Runs("addin.presses.greet:press")),',
    )
    copy.write(
        "addin/presses/greet.py",
        "def press(pressed):\n"
        "    return f\"{pressed.words.text('ribbon', 'buttons', 'greet', 'title')} {pressed.book.name}\"\n",
    )
    for language, hello in (("en", "Hello"), ("fr", "Bonjour")):
        texts = f'\n[buttons.greet]\nkey = "G"\nlabel = "{hello}"\ntitle = "{hello}"\ntip = "{hello} !"\n'
        copy.append(f"addin/catalogue/{language}/ribbon.toml", texts)
    told = copy.told(BUTTON)
    assert '<button id="ClientScore_greet" label="Hello" imageMso="HappyFace"' in told["ribbon"]
    assert told["asked"] == ["import addin.ribbon; addin.ribbon.press('greet', 'en')"]
    assert told["said"] == ["Hello Margaux.xlsm", "Bonjour Margaux.xlsm"]
    assert len(copy.touched) == 4, "one definition, its handler and the two catalogues"


FORMULA = """
import datetime as dt
import importlib
from pathlib import Path
from addin.catalogue import catalogue
from addin.fresh import new_workbook
from addin.package import PackageBook
from addin.refresh.score_tables import score_tables
from support.formulas import Excel

class Python:
    def call_udf(self, module, function, arguments):
        return getattr(importlib.import_module(module), function)(*arguments)

path = Path("book.xlsm")
turnover = {"turnover": 5000.0, "turnover_1": 4000.0, "turnover_2": 3000.0, "potential": 9000.0}
status = catalogue("fr").word("status", "client")
rows = [
    {"account": "C-1", "name": "Lemoine", "status": status, **turnover},
    {"account": "C-2", "name": "Artois", "status": status, **turnover, "turnover": 0.0},
]
new_workbook(path, "fr", rows)
book = PackageBook(path)
book.apply(score_tables(book.tables(), dt.date(2026, 11, 23)).changes)
excel = Excel(str(path), "fr", Python())
excel.run("DescribeFunctions")
told = {
    "stored": [excel.formula("CLIENTSTATE", code) for code in ("C-1", "C-2")],
    "what if": [excel.formula("CLIENTSTATE", code, "Criteria[#All]") for code in ("C-1", "C-2")],
    "asked": len(excel.machine.calls),
    "wizard": [[name, about] for name, about, *_ in excel.machine.described],
    "class": excel.formula("CLIENTCLASS", "C-1", "Criteria[#All]") == excel.formula("CLIENTCLASS", "C-1"),
}
"""


def test_one_more_formula_takes_its_line_and_a_text_in_each_language(copy):
    copy.insert("addin/workbook/formulas.py", "FORMULAS: Final = (", '    Formula("CLIENTSTATE", "state"),')
    for language, text in (("en", "State of an account."), ("fr", "Situation d’un compte.")):
        copy.insert(f"addin/catalogue/{language}/ribbon.toml", "[functions]", f'state = "{text}"')
    told = copy.told(FORMULA)
    assert told["stored"] == ["Actif", "Perdu"]
    assert told["what if"] == ["Actif", "Perdu"]
    assert told["asked"] == 1
    assert told["class"] is True
    assert told["wizard"][0] == ["CLIENTSTATE", "Situation d’un compte."]
    assert len(copy.touched) == 3, "one definition and the two catalogues"


TABLE = """
import datetime as dt
from pathlib import Path
from addin.catalogue import catalogue
from addin.fresh import new_workbook
from addin.package import PackageBook
from addin.refresh.score_tables import score_tables
from addin.template.macros import macro_modules
from addin.workbook.located_tables import Layout, kind_of
from addin.workbook.port import Table

told = {}
for language in ("en", "fr"):
    path = Path(f"{language}.xlsm")
    new_workbook(path, language)
    book = PackageBook(path)
    tables = book.tables()
    located = Layout(tables).named["parcels"]
    copied = Table("Parcels2", "X", 4, 1, located.table.headers, located.table.columns)
    report = score_tables([*tables, copied], dt.date(2026, 11, 23)).report
    texts = next(one.source for one in macro_modules(language, []) if one.name == "ClientScoreTexts")
    told[language] = {
        "sheet": located.table.sheet, "shown": located.table.shown, "headers": located.table.headers,
        "columns": sorted(located.columns), "copy": kind_of(copied.headers), "stopped": report.stopped,
        "findings": len(report.findings), "macros": "HeadersParcelsSent" in texts,
    }
"""


def test_one_more_table_takes_its_definition_and_its_texts_in_each_language(copy):
    copy.insert(
        "addin/workbook/tables.py",
        "TABLES: Final = (*_MODEL, *_BOARD, *_KEPT, *_USES)",
        """TABLES = (
    *TABLES,
    Table(
        "Parcels",
        "parcels",
        Role.PERSON,
        (
            Column("account", CODE, 12, marks=True),
            Column("score", NUMBER, 12, least=0, marks=True),
            Column("class", CLASS, 12, source="ClassLetters", marks=True),
            Column("sent", DATE, 12, marks=True),
        ),
    ),
)""",
    )
    for language, sheet, sent in (("en", "Parcels", "Sent on"), ("fr", "Colis", "Envoyé le")):
        fields = f"addin/catalogue/{language}/fields.toml"
        accounts = {"en": ("Account", "Score", "Class"), "fr": ("Compte", "Score", "Classe")}[language]
        account, score, letter = accounts
        copy.insert(fields, "[sheets]", f'parcels = "{sheet}"')
        copy.append(
            fields,
            f'\n[parcels]\naccount = "{account}"\nscore = "{score}"\nclass = "{letter}"\nsent = "{sent}"\n',
        )
        notes = "".join(f'{key} = "..."\n' for key in ("account", "score", "class", "sent"))
        texts = f'\n[parcels]\ntitle = "{sheet}"\nsubtitle = "..."\n\n[notes.parcels]\n{notes}'
        copy.append(f"addin/catalogue/{language}/template.toml", texts)
    for language, told in copy.told(TABLE).items():
        assert told == {
            "sheet": {"en": "Parcels", "fr": "Colis"}[language],
            "shown": False,
            "headers": told["headers"],
            "columns": ["account", "class", "score", "sent"],
            "copy": "parcels",
            "stopped": False,
            "findings": 0,
            "macros": True,
        }
    catalogues = {file for file in copy.touched if "/catalogue/" in file}
    assert len(copy.touched - catalogues) == 1, "one definition; all else stands in the two catalogues"


SETTING = """
from pathlib import Path
from addin.fresh import new_workbook
from addin.package import PackageBook
from addin.workbook.located_tables import Layout
from addin.workbook.model_tables import read_settings

path = Path("book.xlsx")
new_workbook(path, "fr")
rows, faults = read_settings(Layout(PackageBook(path).tables()))
sheet = [row["setting"] for row in Layout(PackageBook(path).tables()).named["settings"].rows()]
told = {"value": dict(rows)["pallets"], "faults": len(faults), "last": sheet[-1]}
"""


def test_one_more_setting_takes_its_line_and_its_texts_in_each_language(copy):
    copy.insert(
        "addin/workbook/settings.py",
        '    Setting("seed", Holds.NOTE, 1, least=0, most=999_999, whole=True, message="seed"),',
        '    Setting("pallets", Holds.NOTE, 12, least=0, most=99, message="positive"),',
    )
    for language, name in (("en", "Pallets"), ("fr", "Palettes")):
        copy.insert(f"addin/catalogue/{language}/fields.toml", "[setting_names]", f'pallets = "{name}"')
        copy.insert(f"addin/catalogue/{language}/template.toml", "[settings.help]", 'pallets = "..."')
    assert copy.told(SETTING) == {"value": 12.0, "faults": 0, "last": "Palettes"}
    catalogues = {file for file in copy.touched if "/catalogue/" in file}
    assert len(copy.touched - catalogues) == 1, "one definition; all else stands in the two catalogues"


USE = """
import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from addin.catalogue import catalogue
from addin.fresh import new_workbook
from addin.package import PackageBook
from addin.template.ribbon import custom_ui
from addin.template.words import Words
from addin.workbook.located_tables import Layout

told = {}
for language in ("en", "fr"):
    path = Path(f"{language}.xlsx")
    status = catalogue(language).word("status", "client")
    new_workbook(path, language, [{"account": "C-1", "name": "Lemoine", "status": status, "turnover": 9.0}])
    def clientscore(*arguments):
        command = [sys.executable, "-B", "-m", "addin.cli", *arguments]
        return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    before = Layout(PackageBook(path).tables()).named["hello"].table
    printed = json.loads(clientscore("hello", str(path), "--json"))
    said = clientscore("hello", str(path))
    after = Layout(PackageBook(path).tables()).named["hello"]
    told[language] = {
        "hidden": not before.shown, "printed": printed["tables"], "shown": after.table.shown,
        "rows": after.rows(), "sheet": after.table.sheet in said,
        "line": b"ClientScore_hello" in custom_ui(Words(language)),
    }
"""

DEFINITION = """
from addin.workbook.definitions import Column, FilledBy, Holds, Role, Table
from addin.workbook.uses.use import Use

COLUMNS = (
    Column("account", Holds.CODE, 12, FilledBy.REFRESH, marks=True),
    Column("wave", Holds.WORD, 12, FilledBy.REFRESH, words="yes_no", marks=True),
)
TABLES = (Table("Hello", "hello", Role.LIST, COLUMNS, optional=True),)
HELLO = Use("hello", "HappyFace", TABLES, ("name",), "addin.uses.hello:hello")
"""

HANDLER = """
from addin.uses.accounts import scored_accounts
from addin.uses.result import Result


def hello(scored):
    codes = scored_accounts(scored)["account"]
    return Result({"hello": [{"account": code, "wave": True} for code in codes]})
"""


def test_one_more_use_takes_its_definition_what_works_it_out_and_its_texts(copy):
    registry = "addin/workbook/uses/__init__.py"
    copy.write("addin/workbook/uses/hello.py", DEFINITION)
    copy.write("addin/uses/hello.py", HANDLER)
    copy.insert(
        registry,
        "from addin.workbook.uses.effort import EFFORT",
        "from addin.workbook.uses.hello import HELLO",
    )
    copy.insert(registry, '"""In the order of the menu and of the sheets."""', "USES = (*USES, HELLO)")
    for language, sheet in (("en", "Hello"), ("fr", "Bonjour")):
        folder = f"addin/catalogue/{language}"
        copy.insert(f"{folder}/fields.toml", "[sheets]", f'hello = "{sheet}"')
        copy.append(
            f"{folder}/fields.toml", '\n[hello]\naccount = "Code"\nwave = "Hi"\n[hellonotes]\nnote = "Note"\n'
        )
        notes = '[notes.hello]\naccount = "..."\nwave = "..."\n[notes.hellonotes]\nnote = "..."\n'
        copy.append(f"{folder}/template.toml", f'\n[hello]\ntitle = "{sheet}"\nsubtitle = "..."\n{notes}')
        texts = "".join(f'{key} = "..."\n' for key in ("key", "label", "title", "tip"))
        copy.append(f"{folder}/ribbon.toml", f"\n[buttons.hello]\n{texts}")
        copy.insert(f"{folder}/cli.toml", "[help]", 'hello = "..."')
    for language, told in copy.told(USE).items():
        assert told == {
            "hidden": True,
            "printed": {"Hello": [{"account": "C-1", "wave": True}]},
            "shown": True,
            "rows": [{"account": "C-1", "wave": {"en": "Yes", "fr": "Oui"}[language]}],
            "sheet": True,
            "line": True,
        }
    catalogues = {file for file in copy.touched if "/catalogue/" in file}
    assert len(copy.touched - catalogues) == 3, "its definition, the list of uses, and what works it out"


COMMAND = '''"""The command greet."""

import click

from addin.commands.command import Command, flag
from addin.commands.screen import words_in


def _run(*, json):
    click.echo(words_in(None).text("cli", "help", "greet") + "!" * json)


GREET = Command("greet", lambda words: [flag(words, "--json")], _run)
'''


def test_one_more_command_takes_its_module_its_place_among_them_and_a_text_in_each_language(copy):
    copy.write("addin/commands/greet.py", COMMAND)
    registry = "addin/commands/__init__.py"
    copy.insert(registry, "from typing import Final", "from addin.commands.greet import GREET")
    copy.insert(registry, "COMMANDS: Final = (", "    GREET,")
    for language, text in (("en", "Says hello"), ("fr", "Dit bonjour")):
        copy.insert(f"addin/catalogue/{language}/cli.toml", "[help]", f'greet = "{text}"')
    assert copy.run("-m", "addin.cli", "--lang", "fr", "greet", "--json") == "Dit bonjour!\n"
    listed = copy.run("-m", "addin.cli", "--help").partition("Commands:\n")[2]
    assert listed.startswith("  greet ")
    assert "Says hello" in copy.run("-m", "addin.cli", "greet", "--help")
    assert len(copy.touched) == 4, "its module, the list of commands and the two catalogues"
