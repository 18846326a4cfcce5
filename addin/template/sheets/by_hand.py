"""The sheet By hand: the score of one account in plain formulas from the sheets Criteria and Scales."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook

from addin.catalogue import LANGUAGES, catalogue
from addin.template import style
from addin.template.figures import quoted, reference
from addin.template.names import literal
from addin.template.page import Page
from addin.template.sheets import explain
from addin.template.sheets.listing import FIRST, TOP
from addin.workbook.tables import BY_KEY
from addin.workbook.uses.explain import BY_HAND_LINES
from scoring.scales import MAX_POINTS
from scoring.trend import TREND_DECIMALS
from scoring.weighted_sum import MISSING_POINTS, SCORE_DECIMALS

__all__ = ["SCORE_CELL", "WIDTH", "finish"]

_TABLE: Final = BY_KEY["byhand"]
_LEFT: Final = len(_TABLE.columns) + 1
_STEPS: Final = (
    *("weight", "scale", "better", "missing", "measured"),
    *("n_below", "below", "below_points", "n_above", "above", "above_points"),
    *("points", "counted", "product"),
)
WIDTH: Final = 1 + len(_STEPS)
"""Columns beside the table: a gap, and the steps."""
_ARRAYS: Final = ("below", "above")
_RESULT: Final = 2
SCORE_CELL: Final = (_RESULT, 3)
"""Where the score by hand stands."""
_LAST_ROW: Final = FIRST + BY_HAND_LINES - 1


def finish(_: Workbook, page: Page) -> None:
    """Write the steps of the reckoning beside the table, a row a criterion, and the score above."""
    words, styles, sheet = page.words, page.styles, page.worksheet
    sheet.set_column(_LEFT - 1, _LEFT - 1, 2)
    sheet.set_row(TOP, 46)
    for place, key in enumerate(_STEPS, start=_LEFT):
        sheet.set_column(place, place, 11)
        header = styles.header({"align": "center"}, by_refresh=True, tall=True)
        sheet.write_string(TOP, place, words.text("byhand", "steps", key), header)
    look = styles(align="right", num_format="#,##0.####")
    for row in range(FIRST, _LAST_ROW + 1):
        for place, (key, formula) in enumerate(_formulas(page, row).items(), start=_LEFT):
            if key in _ARRAYS:
                sheet.write_array_formula(row, place, row, place, f"{{={formula}}}", look, "")
            else:
                sheet.write_formula(row, place, f"={formula}", look, "")
    _result(page)
    sheet.freeze_panes(FIRST, 1)


def _result(page: Page) -> None:
    """Write the score by hand beside that of the last refresh, and whether they are the same."""
    words, styles, sheet = page.words, page.styles, page.worksheet
    counted, product = (_range(key) for key in ("counted", "product"))
    by_hand = f'IF(SUM({counted})=0,"",ROUND({MAX_POINTS:g}*SUM({product})/SUM({counted}),{SCORE_DECIMALS}))'
    other = f"'{words.sheet('explain').replace(chr(39), chr(39) * 2)}'!"
    account = other + xl_rowcol_to_cell(*explain.ACCOUNT_CELL, row_abs=True, col_abs=True)
    exact = other + xl_rowcol_to_cell(*explain.EXACT_CELL, row_abs=True, col_abs=True)
    here = xl_rowcol_to_cell(*SCORE_CELL)
    sheet.set_row(_RESULT, 34)
    label = styles(bold=True, font_color=style.NAVY, text_wrap=True, align="right", bg_color=style.PANEL)
    value = styles(bold=True, font_size=13, num_format="0.0000", align="center", bg_color=style.PANEL)
    text = styles(bold=True, font_size=13, indent=1, bg_color=style.PANEL)
    sheet.write_formula(_RESULT, 0, f'=IF({account}="","",{account})', text, "")
    sheet.merge_range(_RESULT, 1, _RESULT, 2, words.text("byhand", "by_hand"), label)
    sheet.write_formula(*SCORE_CELL, f"={by_hand}", value, "")
    sheet.merge_range(_RESULT, 4, _RESULT, 6, words.text("byhand", "by_engine"), label)
    sheet.write_formula(_RESULT, 7, f'=IF({exact}="","",{exact})', value, "")
    same, other_, unscored = (quoted(words.text("byhand", key)) for key in ("same", "other", "unscored"))
    verdict = (
        f'IF(OR({here}="",{account}=""),"",IF({exact}="",{unscored},'
        f"IF(ABS({here}-{exact})<0.0000015,{same},{other_})))"
    )
    sheet.merge_range(_RESULT, 8, _RESULT, _LEFT + len(_STEPS) - 1, "", text)
    sheet.write_formula(_RESULT, 8, f"={verdict}", text, "")


def _range(key: str) -> str:
    place = _LEFT + _STEPS.index(key)
    first, last = (xl_rowcol_to_cell(row, place, row_abs=True, col_abs=True) for row in (FIRST, _LAST_ROW))
    return f"{first}:{last}"


def _formulas(page: Page, row: int) -> Mapping[str, str]:
    """Return the formulas of a row, by step."""
    name, value, second, third = (
        xl_rowcol_to_cell(row, _TABLE.keys.index(key), col_abs=True)
        for key in ("criterion", "value", "second", "third")
    )
    step = {key: xl_rowcol_to_cell(row, _LEFT + place, col_abs=True) for place, key in enumerate(_STEPS)}
    of = _columns(page)
    measured, scale = step["measured"], step["scale"]

    def here(test: str, formula: str) -> str:
        return f'IF({name}="","",IF({test},{formula},""))'

    def is_word(kind: str, key: str) -> Callable[[str], str]:
        listed = dict.fromkeys(quoted(catalogue(language).word(kind, key)) for language in LANGUAGES)
        return lambda cell: f"OR({','.join(f'{cell}={word}' for word in listed)})"

    linear, steps, listed, rank = (is_word("scale", key) for key in ("linear", "steps", "list", "rank"))
    low = is_word("better", "low")
    looked_up = f"MATCH({literal(name)},{of['criterion']},0)"
    rows_of = f"({of['scaled']}={name})"
    numbers = f"{rows_of}*ISNUMBER({of['value']})"
    with_rows = f'AND({measured}<>"",OR({linear(scale)},{steps(scale)}))'
    n_below, n_above = step["n_below"], step["n_above"]
    below, above, at_below, at_above = (
        step[key] for key in ("below", "above", "below_points", "above_points")
    )
    between = f"{at_below}+({at_above}-{at_below})*({measured}-{below})/({above}-{below})"
    on_line = f"IF({n_below}=0,{at_above},IF({n_above}=0,{at_below},{between}))"
    on_step = f"IF({n_below}=0,{at_above},{at_below})"
    in_list = f"SUMPRODUCT({rows_of}*({of['value']}={measured}),{of['points']})"
    ranked = f"{MAX_POINTS:g}*({second}-0.5)/{third}"
    of_rank = f"IF({low(step['better'])},{MAX_POINTS:g}-{ranked},{ranked})"
    known = (
        f"IF({rank(scale)},{of_rank},IF({listed(scale)},{in_list},"
        f"IF({linear(scale)},{on_line},IF({steps(scale)},{on_step},{measured}))))"
    )
    zero, neutral = (is_word("missing", key)(step["missing"]) for key in ("zero", "neutral"))
    unknown = f'IF({zero},{MISSING_POINTS["zero"]:g},IF({neutral},{MISSING_POINTS["neutral"]:g},""))'
    trend = _trend(value, second, third)
    return {
        "weight": here("TRUE", f"INDEX({of['weight']},{looked_up})"),
        "scale": here("TRUE", f"INDEX({of['scale']},{looked_up})"),
        "better": here(rank(scale), f'INDEX({of["better"]},{looked_up})&""'),
        "missing": here("TRUE", f'INDEX({of["missing"]},{looked_up})&""'),
        "measured": here(f'{value}<>""', f'IF(OR({second}="",{rank(scale)}),{value},{trend})'),
        "n_below": here(with_rows, f"SUMPRODUCT({numbers}*({of['value']}<={measured}))"),
        "below": here(with_rows, f"MAX(IF({numbers}*({of['value']}<={measured}),{of['value']}))"),
        "below_points": here(
            with_rows,
            f'IF({n_below}=0,"",SUMPRODUCT({numbers}*({of["value"]}={below}),{of["points"]}))',
        ),
        "n_above": here(with_rows, f"SUMPRODUCT({numbers}*({of['value']}>{measured}))"),
        "above": here(with_rows, f"MIN(IF({numbers}*({of['value']}>{measured}),{of['value']}))"),
        "above_points": here(
            with_rows,
            f'IF({n_above}=0,"",SUMPRODUCT({numbers}*({of["value"]}={above}),{of["points"]}))',
        ),
        "points": here("TRUE", f'IF({measured}<>"",{known},{unknown})'),
        "counted": here("TRUE", f'IF({step["points"]}="",0,{step["weight"]})'),
        "product": here("TRUE", f'IF({step["points"]}="",0,{step["points"]}*{step["weight"]})'),
    }


def _columns(page: Page) -> Mapping[str, str]:
    """Return the references to the columns of Criteria and Scales."""
    header = page.words.header
    found = {
        key: reference("Criteria", header("criteria", key))
        for key in ("criterion", "weight", "scale", "better", "missing")
    }
    found |= {key: reference("Scales", header("scales", key)) for key in ("value", "points")}
    return {**found, "scaled": reference("Scales", header("scales", "criterion"))}


def _trend(now: str, before: str, earlier: str) -> str:
    """Return the trend of three turnovers, those below 0 counted as 0: :func:`scoring.trend.trend`."""

    def growth(newer: str, older: str) -> str:
        both = f"(MAX({newer},0)+MAX({older},0))"
        return f"IF({both}=0,0,2*(MAX({newer},0)-MAX({older},0))/{both})"

    newer = growth(now, before)
    two_years = f"(2*{newer}+{growth(before, earlier)})/3"
    return f'ROUND(IF({earlier}="",{newer},{two_years}),{TREND_DECIMALS})'
