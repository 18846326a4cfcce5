"""The workbook, built by code in every language from one definition."""

from addin.template.build import build_template, build_workbook
from addin.template.content import AccountSheet, Content, empty_content
from addin.template.words import solidity_word

__all__ = [
    "AccountSheet",
    "Content",
    "build_template",
    "build_workbook",
    "empty_content",
    "solidity_word",
]
