"""What goes wrong inside Excel: a sentence for the person, what Excel answered for the log."""

import datetime as dt
from types import SimpleNamespace

import pytest

from addin import log, ribbon
from addin.refusals import Refusal


def declined(_):
    """A button whose write Excel does not take."""
    try:
        raise OSError(-2147352567, "0x800A03EC")  # noqa: TRY301 - as xlwings passes it on
    except OSError as failure:
        raise Refusal("excel_declines", sheet="Clients") from failure


def refused(_):
    """A button that declines for a reason of its own."""
    raise Refusal("no_account_selected")


@pytest.mark.parametrize(("button", "is_logged"), [(declined, True), (refused, False)])
def test_what_excel_answered_is_in_the_log_and_a_reason_of_our_own_is_not(
    monkeypatch, tmp_path, button, is_logged
):
    monkeypatch.setattr(log.platformdirs, "user_log_dir", lambda *_, **__: str(tmp_path))
    monkeypatch.setattr(ribbon, "handlers", lambda: {"pressed": f"{__name__}:{button.__name__}"})
    monkeypatch.setattr(ribbon.pkgutil, "resolve_name", lambda _: button)
    said = []
    app = SimpleNamespace(api=SimpleNamespace(Ready=True), alert=lambda text, **_: said.append(text))
    ribbon.answer(SimpleNamespace(app=app), "pressed", "en", dt.date(2026, 11, 29))
    assert len(said) == 1
    assert "Traceback" not in said[0]
    written = tmp_path / "clientscore.log"
    assert written.exists() == is_logged
    if is_logged:
        assert "0x800A03EC" in written.read_text(encoding="utf-8")
