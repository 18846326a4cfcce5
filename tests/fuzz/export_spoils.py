"""Cells and lines of an export that are not what they ought to be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """A cell that holds something else."""

    row: int
    column: int
    text: str

    def spoil(self, matrix):
        row = matrix[self.row % len(matrix)]
        if row:
            row[self.column % len(row)] = self.text


@dataclass(frozen=True)
class Line:
    """A line that is no row, or a row that stands there again, or has other cells than the header."""

    at: int
    way: str

    def spoil(self, matrix):
        LINES[self.way](matrix, self.at % len(matrix))


def _blank(matrix, at):
    matrix.insert(at, [None] * len(matrix[0]))


def _title(matrix, at):
    del at
    matrix[:0] = [["Export du 30/06/2026"], []]


def _total(matrix, at):
    del at
    matrix.append(["Total", *(_sum(matrix, column) for column in range(1, len(matrix[0])))])


def _again(matrix, at):
    matrix.insert(at, list(matrix[at]))


def _header(matrix, at):
    matrix.insert(at, list(matrix[0]))


def _short(matrix, at):
    del matrix[at][len(matrix[0]) // 2 :]


def _long(matrix, at):
    matrix[at].append("x")


def _empty_header(matrix, at):
    if matrix[0]:
        matrix[0][at % len(matrix[0])] = ""


def _same_header(matrix, at):
    if matrix[0]:
        matrix[0][at % len(matrix[0])] = matrix[0][0]


def _no_rows(matrix, at):
    del at, matrix[1:]


def _sum(matrix, column):
    cells = [row[column] for row in matrix[1:] if column < len(row)]
    numbers = [cell for cell in cells if isinstance(cell, float)]
    return sum(numbers) if numbers else None


LINES = {
    "blank": _blank,
    "title": _title,
    "total": _total,
    "again": _again,
    "header": _header,
    "short": _short,
    "long": _long,
    "empty header": _empty_header,
    "same header": _same_header,
    "no rows": _no_rows,
}
