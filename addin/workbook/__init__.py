"""What the workbook is, whoever holds it: tables, settings, and the way from cells to scoring."""
