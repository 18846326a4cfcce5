"""The commands, one module each, in the order of a first day."""

from typing import Final

from addin.commands.actions import ACTIONS
from addin.commands.backtest import BACKTEST
from addin.commands.call import CALL
from addin.commands.check import CHECK
from addin.commands.demo import DEMO
from addin.commands.doctor import DOCTOR
from addin.commands.explain import EXPLAIN
from addin.commands.export import EXPORT
from addin.commands.handover import HANDOVER
from addin.commands.import_files import IMPORT
from addin.commands.moves import MOVES
from addin.commands.new import NEW
from addin.commands.refresh import REFRESH
from addin.commands.scales import SCALES
from addin.commands.start import START
from addin.commands.strategies import STRATEGIES
from addin.commands.target import TARGET
from addin.commands.tour import TOUR
from addin.commands.undo import UNDO
from addin.commands.uninstall import UNINSTALL
from addin.commands.upgrade import UPGRADE
from addin.commands.uses import USE_COMMANDS
from addin.commands.workshop import WORKSHOP

__all__ = ["COMMANDS"]

COMMANDS: Final = (
    START,
    NEW,
    REFRESH,
    UNDO,
    CHECK,
    IMPORT,
    SCALES,
    TOUR,
    *USE_COMMANDS,
    ACTIONS,
    HANDOVER,
    TARGET,
    CALL,
    EXPLAIN,
    MOVES,
    BACKTEST,
    STRATEGIES,
    WORKSHOP,
    EXPORT,
    UPGRADE,
    DEMO,
    DOCTOR,
    UNINSTALL,
)
"""In the order in which the help lists them."""
