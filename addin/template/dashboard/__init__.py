"""The sheet Dashboard: the portfolio at the last scoring, in figures and charts."""

from addin.template.dashboard.sheet import build

__all__ = ["build"]
