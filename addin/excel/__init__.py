"""The open workbook, through xlwings: its cells, filters and dialogues."""
