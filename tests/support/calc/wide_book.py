"""A wide table to try the engine on."""

from addin.workbook.account_columns import ACCOUNT_COLUMNS
from addin.workbook.port import column_letters

WIDTH = len(ACCOUNT_COLUMNS)


LAST = column_letters(WIDTH)


ROWS = [
    {"account": "00123", "name": "Nordvik", "status": "Client", "turnover": 1000.5, "rep": "Ann"},
    {"account": "C2", "name": "Łódź & Söhne", "status": "Client", "turnover": 250, "rep": "Bob"},
    {"account": "C3", "name": "'Quoted", "status": "Client", "turnover": 75.25, "rep": "Ann"},
]
