"""Scoring a workbook: what a refresh writes, what formulas answer, why an account has its class."""
