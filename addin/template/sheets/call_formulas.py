"""The plain formulas of the call desk: from what is typed to an account, a priority and a time to answer.

Each step stands in a cell of its own on the sheet of the index, which nobody
sees. They say the same as :mod:`scoring.uses.caller` and
:mod:`scoring.uses.priority`, and use no function that Excel 2010 or another
program lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from addin.template.figures import quoted, reference
from addin.template.words import Words
from addin.workbook.tables import BY_KEY
from scoring.uses.caller import (
    BAR,
    CALLING_CODES,
    LEAST_BEGINNING,
    LEAST_DIGITS,
    LETTERS,
    MOST_MATCHES,
    SEPARATORS,
)

__all__ = ["LETTER_STEPS", "CardCells", "Step", "field_formula", "steps"]

_SIREN, _SIRET, _VAT, _NATIONAL = 9, 14, 13, 9
_LETTERS_A_STEP: Final = 12
LETTER_STEPS: Final = tuple(f"letters_{place}" for place in range(1, -(-len(LETTERS) // _LETTERS_A_STEP) + 1))
"""The steps that take accents off what was typed."""
_MOMENT: Final = "1E-6"
"""A part of a second [days]: far less than a minute, far more than the noise of a serial number."""


@dataclass(frozen=True, slots=True)
class CardCells:
    """Addresses of the cells of the card in which a person types, with the sheet.

    Attributes
    ----------
    text, choice, request, received
        What somebody says, which of several accounts it is, what is asked, and when it came.
    labels
        The list of the accounts found, one below the other.
    """

    text: str
    choice: str
    request: str
    received: str
    labels: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the reckoning.

    Attributes
    ----------
    key
        What it gives.
    formula
        The formula, without the leading ``=``.
    array
        Whether it works on whole columns at once, which Excel must be told.
    """

    key: str
    formula: str
    array: bool = False


class _Columns:
    """References to the columns of a table."""

    def __init__(self, words: Words, table: str) -> None:
        self._words, self._table = words, BY_KEY[table]

    def __getattr__(self, key: str) -> str:
        return reference(self._table.name, self._words.header(self._table.key, key))


def _without(text: str, signs: str) -> str:
    """Return a formula of a text without some signs."""
    for sign in signs:
        text = f'SUBSTITUTE({text},"{sign}","")'
    return text


def _plain(text: str, at: Callable[[str], str]) -> Iterator[Step]:
    """Yield the formulas of :func:`scoring.uses.caller.plain_key`, some letters a step.

    Excel nests 64 functions at most, and other programs are slow long before.
    """
    text, letters = f"LOWER({text})", list(LETTERS.items())
    for place, key in enumerate(LETTER_STEPS):
        for sign, plain in letters[place * _LETTERS_A_STEP :][:_LETTERS_A_STEP]:
            text = f"SUBSTITUTE({text},{quoted(sign)},{quoted(plain)})"
        yield Step(key, text)
        text = at(key)
    # What hangs on a moving clock is reckoned as the file opens, after a refresh of the closed file too.
    yield Step("plain", f"TRIM({text})&T(NOW())")


def steps(words: Words, cells: CardCells, at: Callable[[str], str]) -> Iterator[Step]:
    """Yield the steps in their order; each refers to those before it.

    Parameters
    ----------
    words
        The language of the headers.
    cells
        Where a person types.
    at
        Gives the address of a step by its key.
    """
    index, hours = _Columns(words, "callindex"), _Columns(words, "callhours")
    yield from _typed(cells, at)
    yield from _found(index, at)
    yield from _chosen(cells, at)
    yield from _served(words, index, cells, at)
    yield from _timed(hours, cells, at)


def _typed(cells: CardCells, at: Callable[[str], str]) -> Iterator[Step]:
    """What was typed, as the keys of the accounts are written."""
    plain, bare, digits, rest = at("plain"), at("bare"), at("digits"), at("rest")
    abroad, number, dialled = at("abroad"), at("number"), at("dialled")
    yield from _plain(cells.text, at)
    yield Step("bare", _without(f'SUBSTITUTE({plain},"(0)","")', SEPARATORS))
    yield Step("abroad", f'IF(OR(LEFT({bare},1)="+",LEFT({bare},2)="00"),1,0)')
    yield Step("digits", f'IF({abroad}=0,{bare},IF(LEFT({bare},1)="+",MID({bare},2,40),MID({bare},3,40)))')
    yield Step("number", f'IF({digits}="",0,IF({_without(digits, "0123456789")}="",1,0))')
    behind = '""'
    for code in reversed(CALLING_CODES):
        behind = f'IF(LEFT({digits},{len(code)})="{code}",MID({digits},{len(code) + 1},40),{behind})'
    yield Step("rest", behind)
    yield Step("dialled", f'IF(LEFT({rest},1)="0",MID({rest},2,40),{rest})')
    yield Step(
        "phone",
        f'IF({number}=0,"",IF(AND({dialled}<>"",OR({abroad}=1,LEN({dialled})={_NATIONAL})),"0"&{dialled},'
        f'IF(AND(LEN({digits})={_NATIONAL},{abroad}=0,LEFT({digits},1)<>"0"),"0"&{digits},{digits})))',
    )
    joined = at("joined")
    yield Step("joined", _without(plain, SEPARATORS))
    yield Step(
        "company", f'IF(AND(LEN({joined})={_VAT},LEFT({joined},2)="fr"),RIGHT({joined},{_SIREN}),{joined})'
    )


def _found(index: _Columns, at: Callable[[str], str]) -> Iterator[Step]:
    """How many accounts each way of looking finds, and the rows of the first ones."""
    plain, phone, company, number = at("plain"), at("phone"), at("company"), at("number")
    bar = quoted(BAR)

    def by_number(wanted: str) -> str:
        by_phone = f"ISNUMBER(FIND({bar}&{phone}&{bar},{index.phone_keys}))*(LEN({phone})>={LEAST_DIGITS})"
        by_company = f"ISNUMBER(FIND({bar}&{wanted}&{bar},{index.company_keys}))*(LEN({wanted})>={_SIREN})"
        return f"(({by_phone}+{by_company})>0)*1"

    # A SIRET that nobody has finds the company, whose other establishments are known.
    yield Step("as_typed", f"SUMPRODUCT({by_number(company)})")
    yield Step(
        "company_used",
        f"IF(AND({at('as_typed')}=0,{number}=1,LEN({company})={_SIRET}),LEFT({company},{_SIREN}),{company})",
    )
    hits = {
        "code": f"({index.code_key}={plain})*1",
        "number": by_number(at("company_used")),
        "beginning": (
            f"(((LEFT({index.name_key},LEN({plain}))={plain})+(LEFT({index.code_key},LEN({plain}))={plain})"
            f"+{number}*(LEN({phone})>={LEAST_BEGINNING})*ISNUMBER(FIND({bar}&{phone},{index.phone_keys}))"
            f"+{number}*(LEN({company})>={LEAST_BEGINNING})"
            f"*ISNUMBER(FIND({bar}&{company},{index.company_keys})))>0)*1"
        ),
        "inside": f'ISNUMBER(FIND(" "&{plain},{index.name_key}))*1',
    }
    for way, hit in hits.items():
        yield Step(f"n_{way}", f'IF({plain}="",0,SUMPRODUCT({hit}))')
    counts = [at(f"n_{way}") for way in hits]
    places = list(enumerate(hits.values(), start=1))
    way, chosen = "0", "0"
    for (place, hit), count in zip(reversed(places), reversed(counts), strict=True):
        way = f"IF({count}>0,{place},{way})"
        chosen = f"IF({at('way')}={place},{hit},{chosen})"
    yield Step("way", way)
    yield Step("found", f"IF({at('way')}=0,0,CHOOSE({at('way')},{','.join(counts)}))")
    rows = f"(ROW({index.code_key})-MIN(ROW({index.code_key}))+1)"
    for place in range(1, MOST_MATCHES + 1):
        before = at(f"row_{place - 1}") if place > 1 else "0"
        next_one = f"MIN(IF(({chosen})*({rows}>{before})=1,{rows}))"
        yield Step(f"row_{place}", f"IF({at('found')}<{place},0,{next_one})", array=True)


def _chosen(cells: CardCells, at: Callable[[str], str]) -> Iterator[Step]:
    """The row of the account: the one found, or the one that was picked from the list."""
    found, picked = at("found"), at("picked")
    place = f"(ROW({cells.labels})-MIN(ROW({cells.labels}))+1)"
    is_picked = f'({cells.labels}={cells.choice})*({cells.choice}<>"")'
    yield Step("picked", f"IF({found}<2,{found},SUMPRODUCT(MAX({is_picked}*{place})))")
    rows = f"{at('row_1')}:{at(f'row_{MOST_MATCHES}')}"
    yield Step("account", f"IF({picked}=0,0,INDEX({rows},{picked}))")


def field_formula(words: Words, key: str, row: str) -> str:
    """Return the formula of a field of the account in a row of the index, empty where it has none."""
    column = getattr(_Columns(words, "callindex"), key)
    return f'IF({row}=0,"",IF(INDEX({column},{row})="","",INDEX({column},{row})))'


def _served(words: Words, index: _Columns, cells: CardCells, at: Callable[[str], str]) -> Iterator[Step]:
    """The class whose service counts, and what is asked."""
    types = _Columns(words, "requesttypes")
    account, kind = at("account"), at("kind")
    yield Step("importance", f"IF({account}=0,0,INDEX({index.importance},{account}))")
    hours = f"INDEX({index.answer_hours},{account})"
    yield Step("hours", f"IF({account}=0,0,IF(ISNUMBER({hours}),{hours},0))")
    # By equality: MATCH of a text would take signs in it for a pattern.
    asked = f"IFERROR(MATCH(1,({types.request}={cells.request})*1,0),0)"
    yield Step("kind", f'IF({cells.request}="",0,{asked})', array=True)
    urgency = f"INDEX({types.urgency},{kind})"
    is_urgency = f"OR({urgency}=1,{urgency}=2,{urgency}=3)"
    yield Step("urgency", f"IF({kind}=0,0,IF(ISNUMBER({urgency}),IF({is_urgency},{urgency},0),0))")


def _timed(hours: _Columns, cells: CardCells, at: Callable[[str], str]) -> Iterator[Step]:
    """Waiting and the time to answer, in whole working minutes."""

    def minute(column: str, row: str) -> str:
        return f"ROUND(INDEX({column},{row})*1440,0)"

    blocks, received, due, full = at("blocks"), at("received"), at("due_at"), at("full")
    yield Step("blocks", f"COUNT({hours.start})")
    yield Step("now", f"IF({at('account')}=0,0,INT(ROUND(NOW()*86400,0)/60))")
    typed = f"IF(ISNUMBER({cells.received}),INT(ROUND({cells.received}*86400,0)/60),0)"
    yield Step("received", f'IF({cells.received}="",{at("now")},{typed})')
    for key in ("now", "received"):
        row = at(f"{key}_row")
        before = f"IFERROR(MATCH({at(key)}/1440+{_MOMENT},{hours.start},1),0)"
        yield Step(f"{key}_row", f"IF({blocks}=0,0,{before})")
        within = f"MIN({at(key)},{minute(hours.end, row)})-{minute(hours.start, row)}"
        yield Step(f"{key}_at", f"IF({row}=0,0,INDEX({hours.before},{row})+{within})")
    length = f"{minute(hours.end, blocks)}-{minute(hours.start, blocks)}"
    yield Step("all", f"IF({blocks}=0,0,INDEX({hours.before},{blocks})+{length})")
    yield Step("full", f"IF({at('hours')}>0,MAX(INT({at('hours')}*60+0.5),1),0)")
    factored = f"{at('hours')}*CHOOSE({at('urgency')},0.5,1,2)*60"
    yield Step("minutes", f"IF(OR({full}=0,{at('urgency')}=0),0,MAX(INT({factored}+0.5),1))")
    waited = f"MAX(INT(({at('now_at')}-{at('received_at')})/{full}),0)"
    yield Step("lifted", f"IF(OR({full}=0,{blocks}=0),0,{waited})")
    base = f"MIN(MAX({at('importance')}+{at('urgency')}-1,1),4)"
    unknown = f"OR({at('account')}=0,{at('urgency')}=0,{received}=0)"
    yield Step("priority", f'IF({unknown},"","P"&MAX({base}-{at("lifted")},1))')
    yield Step("due_at", f"{at('received_at')}+{at('minutes')}")
    yield Step("due_row", f"IF({blocks}=0,0,IFERROR(MATCH({due}-0.5,{hours.before},1),0))")
    # Neither before the first working minute that is listed, nor after the last one.
    none = (
        f"OR({at('account')}=0,{at('minutes')}=0,{at('due_row')}=0,{due}>{at('all')},"
        f"{received}<ROUND(INT(N(INDEX({hours.start},1)))*1440,0))"
    )
    at_last = f"({minute(hours.start, at('due_row'))}+{due}-INDEX({hours.before},{at('due_row')}))/1440"
    yield Step("answer_by", f'IF({none},"",{at_last})')
