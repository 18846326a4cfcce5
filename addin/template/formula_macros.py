"""The VBA that follows from the formulas: their functions, and where each result stands in an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from addin.template.text_macros import about_name, headers_name
from addin.workbook.formulas import ANSWER_FIELDS, FORMULAS, PLACE_FIELDS, Formula

__all__ = ["fields_source", "functions_source"]

_MOST_TABLES: Final = 8
"""Tables that may be given to a formula."""
_TABLES: Final = tuple(f"Table{number}" for number in range(1, _MOST_TABLES + 1))
_IN_A_LINE: Final = 3

_ABOUT_FUNCTIONS: Final = """\
' The formulas, such as =CLIENTSCORE(); made from addin/workbook/formulas.py.
'
' Account  a code or a range of codes; left out, inside an account table, the account of the own row
' N        how many reasons, the strongest first
' TableN   tables that stand in for those of the workbook, such as Criteria[#All]; without any, the
'          formulas answer from the last refresh
'
' Unknown account, no score: #N/A. Too little known: ? for the class. Tables that cannot be used: #VALUE!.
Option Explicit"""

_ABOUT_FIELDS: Final = """\
' Where each result stands in an answer, and what is told of a table; made from addin/workbook/formulas.py.
Option Explicit
Option Private Module
"""


def functions_source() -> str:
    """Return the source of the module of formulas: a function each."""
    return "\n".join([_ABOUT_FUNCTIONS, *(line for formula in FORMULAS for line in _function(formula))])


def _function(formula: Formula) -> Iterator[str]:
    arguments = ["Account", *(["N"] if formula.has_n else []), *_TABLES]
    optional = [f"Optional {name} As Variant" for name in arguments]
    n = "N" if formula.has_n else "0"
    yield ""
    yield f"Public Function {formula.name}( _"
    yield from _continued(optional)
    yield f"    {formula.name} = AnswerOf({_at(formula.field)}, Account, {n}, _"
    yield f"        Array({', '.join(_TABLES)}))"
    yield "End Function"


def _continued(parts: Sequence[str]) -> Iterator[str]:
    """Yield arguments over several lines, the bracket and the type of the function behind them."""
    lines = [", ".join(parts[at : at + _IN_A_LINE]) for at in range(0, len(parts), _IN_A_LINE)]
    yield from (f"        {line}, _" for line in lines[:-1])
    yield f"        {lines[-1]}) As Variant"


def fields_source() -> str:
    """Return the source of the module of positions and of what the function wizard is told."""
    constants = {_at(key): at for at, key in enumerate(ANSWER_FIELDS)}
    constants |= {"LAST_ANSWER": len(ANSWER_FIELDS) - 1}
    constants |= {f"PLACE_{key.upper()}": at for at, key in enumerate(PLACE_FIELDS)}
    constants |= {"LAST_PLACE": len(PLACE_FIELDS) - 1}
    return "\n".join(
        [
            _ABOUT_FIELDS,
            *(f"Public Const {name} As Long = {value}" for name, value in constants.items()),
            "",
            "' The headers of the column that holds a result, between bars.",
            "Public Function HeadersOf(ByVal Field As Long) As String",
            "    Select Case Field",
            *(f"        Case {_at(key)}: HeadersOf = {headers_name(key)}" for key in ANSWER_FIELDS),
            "    End Select",
            "End Function",
            "",
            "' Names and explains each formula to the function wizard.",
            "Public Sub DescribeEach()",
            *map(_description, FORMULAS),
            _described("CLIENTPRIORITY", "priority", ["code", "request", "received"]),
            "End Sub",
        ]
    )


def _description(formula: Formula) -> str:
    return _described(formula.name, formula.key, ["account", *(["n"] if formula.has_n else []), "table"])


def _described(name: str, key: str, arguments: Sequence[str]) -> str:
    texts = ", ".join(map(about_name, arguments))
    return f'    DescribeFunction "{name}", {about_name(key)}, Array({texts})'


def _at(key: str) -> str:
    """Return the constant that says where a result stands."""
    return f"AT_{key.upper()}"
