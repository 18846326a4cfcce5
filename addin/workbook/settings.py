"""The one definition of every setting: the rows of the table Settings, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from addin.workbook.definitions import Holds, Setting
from scoring.model import LIMITS, Settings

__all__ = ["BY_KEY", "SETTINGS"]


def _of_scoring(key: str, holds: Holds, message: str) -> Setting:
    """Return a setting that the score depends on: scoring knows what ships, and what is allowed."""
    least, most = LIMITS[key]
    return Setting(key, holds, getattr(Settings(), key), least=least, most=most, message=message)


SETTINGS: Final = (
    Setting("language", Holds.WORD, words="language"),
    Setting("currency", Holds.TEXT, "currency", optional=True),
    Setting("reference_date", Holds.DATE, optional=True),
    Setting("method", Holds.WORD, Settings().method, words="method"),
    _of_scoring("margin", Holds.NOTE, "margin"),
    _of_scoring("min_completeness", Holds.SHARE, "share"),
    _of_scoring("in_use_from", Holds.SHARE, "share"),
    _of_scoring("max_subjective", Holds.SHARE, "share"),
    _of_scoring("core_share", Holds.SHARE, "share"),
    Setting("review_months", Holds.NOTE, 12, least=1, most=120, message="months"),
    Setting("weeks", Holds.NOTE, 45, least=0, most=53, message="weeks"),
    Setting("visit_days", Holds.NOTE, 4, least=0, most=7, message="weekdays"),
    Setting("visits_per_day", Holds.NOTE, 5, least=0, most=50, message="visits"),
    Setting("due_from", Holds.SHARE, 0.7, least=0, most=1, message="share"),
    Setting("lower_share", Holds.SHARE, 0.1, least=0, most=1, message="share"),
    Setting("hold_days", Holds.NOTE, 60, least=0),
    Setting("working_hours", Holds.CODE, "working_hours", optional=True),
    Setting("working_days", Holds.CODE, "working_days", optional=True),
    Setting("country", Holds.CODE, "country", optional=True),
    Setting("periods", Holds.WORD, "months", words="periods"),
    Setting("year_end", Holds.NOTE, 12, least=1, most=12, whole=True, message="month"),
    Setting("payment_terms", Holds.NOTE, 30, least=0, most=365, whole=True, message="terms"),
    Setting("seed", Holds.NOTE, 1, least=0, most=999_999, whole=True, message="seed"),
)

BY_KEY: Final[Mapping[str, Setting]] = MappingProxyType({setting.key: setting for setting in SETTINGS})
