"""Pages for a browser: one file each, which needs no network and runs nothing."""

from addin.reports.page.handover import handover_page, page_name

__all__ = ["handover_page", "page_name"]
