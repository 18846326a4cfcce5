"""Presses on buttons of the ribbon, and what a person sees then."""

from addin.catalogue import catalogue
from addin.excel.values import cell_of

ACCOUNTS = ("Clients", "Prospects")


def state(excel):
    """All that a person sees of the workbook."""
    return {
        sheet.name: (dict(sheet.cells), {table.name: table.area for table in sheet.tables})
        for sheet in excel.book.sheets
    }


def press(excel, button):
    """Press a button; returns what the boxes say."""
    from addin import ribbon

    excel.boxes.clear()
    ribbon.press(button, excel.language)
    return "\n".join(excel.boxes)


def text(excel, surface, key, **details):
    return catalogue(excel.language).text(surface, key, **details)


def shown(excel, name):
    """Cells of a table as a person sees them, a row each."""
    sheet = next(sheet for sheet in excel.book.sheets for table in sheet.tables if table.name == name)
    value = sheet.table(name).get_Range().get_Value()
    return [[cell_of(cell) for cell in row] for row in value]
