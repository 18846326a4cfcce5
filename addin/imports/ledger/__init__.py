"""Ledgers: lists of invoices, measured account by account."""
