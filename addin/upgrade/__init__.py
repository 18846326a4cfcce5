"""An older workbook brought to the sheets, tables, columns and settings of today, losing nothing."""

from addin.upgrade.upgraded import Upgraded
from addin.upgrade.upgrading import upgrade_file

__all__ = ["Upgraded", "upgrade_file"]
