"""An engine for xlwings that has LibreOffice do what Excel does, as far as this product needs it.

Strict: what it does not support raises NotImplementedError.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import xlwings.base_classes as base
from support.calc import semantics
from support.calc.books import Books, Sheet
from support.calc.host import guarded
from support.calc.native import Native
from support.calc.ranges import Range
from support.calc.semantics import failed


@dataclass(frozen=True)
class Alert:
    """A message box that was shown."""

    prompt: str
    title: str | None
    buttons: str
    mode: str | None


@dataclass
class Calls:
    """What crossed to the host, each as (sheet, address, kind).

    ``before`` may be set to a function of (direction, sheet, address, kind)
    that is called first: it may raise, or make the host busy for later.
    """

    reads: list[tuple[str, str, str]] = field(default_factory=list)
    writes: list[tuple[str, str, str]] = field(default_factory=list)
    before: Callable[[str, str, str, str], None] | None = None

    def add(self, direction, sheet, address, kind):
        """Note a read or a write."""
        if self.before:
            self.before(direction, sheet, address, kind)
        getattr(self, direction).append((sheet, address, kind))

    def clear(self):
        """Start over."""
        self.reads.clear()
        self.writes.clear()


_BUTTONS = {
    "ok": ("ok",),
    "ok_cancel": ("ok", "cancel"),
    "yes_no": ("yes", "no"),
    "yes_no_cancel": ("yes", "no", "cancel"),
}


class Engine:
    """The engine; it has one app, which is there as long as the host.

    Attributes
    ----------
    host
        Its ``busy`` makes reads and writes fail.
    calls
        Reads and writes since they were last cleared.
    alerts
        Message boxes that were shown.
    reply
        What the next ones are answered: one of "ok", "cancel", "yes", "no", or
        None for the button that is first.
    """

    name, type = "excel", "desktop"

    def __init__(self, host):
        self.host, self.calls, self.alerts, self.reply = host, Calls(), [], None
        self.app = App(self)
        self.apps = Apps(self.app)

    def reset(self):
        """Forget all that a test has set or left behind."""
        for book in list(self.app.books):
            book.close()
        self.host.busy, self.reply = False, None
        self.calls.clear()
        self.calls.before = None
        self.alerts.clear()
        self.app.reset()

    @staticmethod
    def prepare_xl_data_element(value, _options):
        return semantics.prepare(value)

    @staticmethod
    def clean_value_data(data, dates, empty, numbers, err_to_str):
        return [[semantics.clean(v, dates, empty, numbers, err_to_str) for v in line] for line in data]


class Apps(base.Apps):
    """The one app."""

    def __init__(self, app):
        self._app = app

    def keys(self):
        return [self._app.pid]

    def __iter__(self):
        return iter([self._app])

    def __len__(self):
        return 1

    def __getitem__(self, pid):
        if pid != self._app.pid:
            raise KeyError(pid)
        return self._app


def _setting(name):
    """A property of the app that Excel keeps and that cannot be set while it is busy."""

    def get(self):
        return self.settings[name]

    def put(self, value):
        self.host.check_ready()
        self.settings[name] = bool(value)

    return property(get, put)


@guarded
class App(base.App):
    """Excel.

    Attributes
    ----------
    api
        Its ``Ready`` is False while the host is busy; tests may set it.
    shape_selected
        Whether something other than cells is selected.
    """

    engine = books = version = pid = api = None  # base.App has properties that cannot be set
    screen_updating = _setting("screen_updating")
    display_alerts = _setting("display_alerts")
    enable_events = _setting("enable_events")
    interactive = _setting("interactive")
    visible = _setting("visible")

    def __init__(self, engine):
        self.engine, self.host, self.calls = engine, engine.host, engine.calls
        self.pid, self.version = engine.host.pid, "16.0"
        self.books = Books(self)
        self.reset()

    def reset(self):
        """The state that Excel starts in."""
        self.settings = dict.fromkeys(
            ("screen_updating", "display_alerts", "enable_events", "interactive", "visible"), True
        )
        self.settings |= {"status_bar": False, "calculation": "automatic"}
        self.api = Native(
            "Application", {"Ready": lambda: not self.host.busy, "Version": lambda: self.version}
        )
        self.shape_selected = False

    def activate(self, steal_focus=False):  # noqa: FBT002 - xlwings has it so
        pass

    @property
    def status_bar(self):
        return self.settings["status_bar"]

    @status_bar.setter
    def status_bar(self, value):
        """False gives the status bar back to Excel; pywin32 makes a Null of None, which Excel refuses [R]."""
        self.host.check_ready()
        if value is None:
            raise failed("Unable to set the StatusBar property of the Application class")
        self.settings["status_bar"] = value if value is False else str(value)

    @property
    def calculation(self):
        return self.settings["calculation"]

    @calculation.setter
    def calculation(self, value):
        self.host.check_ready()
        if value not in ("automatic", "manual", "semiautomatic"):
            raise KeyError(value)
        self.settings["calculation"] = value
        for book in self.books:
            book.uno.enableAutomaticCalculation(value != "manual")

    def calculate(self):
        self.host.check_ready()
        for book in self.books:
            book.uno.calculate()

    @property
    def selection(self):
        book = self.books.active
        selected = book and book.uno.CurrentSelection
        if self.shape_selected or not selected or not hasattr(selected, "RangeAddress"):
            return None
        return Range.over(Sheet(book, selected.Spreadsheet), selected.RangeAddress)

    def alert(self, prompt, title, buttons, mode, callback):
        if callback is not None or buttons not in _BUTTONS or mode not in (None, "info", "critical"):
            raise NotImplementedError  # a box of another kind: the product shows none
        self.engine.alerts.append(Alert(prompt, title, buttons, mode))
        reply = self.engine.reply or _BUTTONS[buttons][0]
        if reply not in _BUTTONS[buttons]:
            message = f"no button {reply} among {buttons}"
            raise AssertionError(message)
        return reply

    def run(self, macro, args):
        """Run a Sub or Function; macro is ``'book.xlsm'!Module.Name``."""
        self.host.check_ready()
        book, _, name = macro.rpartition("!")
        return self.books(book.strip("'").replace("''", "'")).run(name, args)
