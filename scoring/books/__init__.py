"""Turnover, payment and purchases of clients out of their books: accounting exports and invoices."""
