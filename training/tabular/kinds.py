"""What each column of a table is: what is doubtful is said, and nothing is dropped.

Nothing here knows what a column means; whoever has the table may say that numbers are codes.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from training.tabular.cells import (
    days,
    has_short_years,
    is_code,
    is_year_last,
    month_first,
    numbers,
    yes_no,
)
from training.tabular.columns import (
    Column,
    Distinct,
    Kind,
    Writing,
    check_known,
    distinct,
    two_letters,
)
from training.tabular.reading import RawTable
from training.tabular.texts import names_rows, text_kind
from training.tabular.words import words

MOSTLY = 0.8
"""Share of the cells of a column that must be numbers, or days, for it to be one of them."""
FEW = 8
"""Up to so many distinct values a number may well be a code."""

_DATE_WORDS = frozenset({"data", "date", "dt", "day", "giorno"})
# Ways to write "not asked" or "no answer" as a number.
_SENTINELS = frozenset(
    float(digit * times) * sign for digit in "6789" for times in range(2, 7) for sign in (1, -1)
) | {-1.0}
_FAR = 3.0
_SOME = 0.3


def infer(raw: RawTable, *, categories: Sequence[str] = ()) -> tuple[Column, ...]:
    """The columns of a table, in its order.

    Parameters
    ----------
    raw
        The table.
    categories
        Columns whose values are names even where they look like numbers or days.

    Raises
    ------
    InputError
        For a category that is no column.
    """
    check_known(categories, raw.names, "--category")
    cells = {name: distinct(raw.frame[name]) for name in raw.names}
    comma = _writes_commas(raw, [cells[name] for name in raw.names if name not in categories])
    return tuple(
        _forced(name, cells[name]) if name in categories else _column(name, cells[name], comma)
        for name in raw.names
    )


def _writes_commas(raw: RawTable, columns: Sequence[Distinct]) -> bool | None:
    """Whether the table has decimal commas; None if nothing of it tells."""
    total = sum(_tells(numbers(cells.texts).says) for cells in columns)
    if total:
        return total < 0
    # Where the semicolon separates columns, the comma was needed for decimals.
    return True if raw.separator == ";" else None


def _tells(says: npt.NDArray[np.int8]) -> int:
    return int(np.sign(says.sum(dtype=int)))


def _forced(name: str, cells: Distinct) -> Column:
    read = numbers(cells.texts).point
    codes = len(read) > 0 and not np.isnan(read).any() and not is_code(cells.texts).any()
    found = len(np.unique(read)) if codes else len(cells.texts)
    kind = Kind.CATEGORY if found > 1 or (found and cells.missing) else Kind.CONSTANT
    letters = Writing.TWO_LETTERS if two_letters(cells.texts) else Writing.PLAIN
    return Column(
        name=name,
        kind=kind if found else Kind.EMPTY,
        form=Writing.CODES if codes else letters,
        rows=len(cells.codes),
        missing=cells.missing,
        distinct=found,
        notes=("Its values were said to be categories.",),
    )


def _column(name: str, cells: Distinct, comma: bool | None) -> Column:
    basic: dict[str, Any] = {
        "name": name,
        "rows": len(cells.codes),
        "missing": cells.missing,
        "distinct": len(cells.texts),
    }
    if not len(cells.texts):
        return Column(kind=Kind.EMPTY, **basic)
    made = (
        _as_answer(cells, basic)
        or _as_date(name, cells, basic)
        or _as_number(name, cells, basic, comma)
        or _as_text(name, cells, basic)
    )
    if made.distinct == 1 and not made.missing and not made.unread:
        return replace(made, kind=Kind.CONSTANT, notes=())
    return made


def _as_answer(cells: Distinct, basic: dict[str, Any]) -> Column | None:
    read = yes_no(cells.texts)
    if read is None:
        return None
    return Column(kind=Kind.YES_NO, **{**basic, "distinct": len(np.unique(read))})


def _as_number(
    name: str, cells: Distinct, basic: dict[str, Any], comma: bool | None
) -> Column | None:
    read = numbers(cells.texts)
    sound = ~np.isnan(read.point)
    held = int(cells.counts[sound].sum())
    share = held / cells.counts.sum()
    notes: list[str] = []
    if share < MOSTLY or is_code(cells.texts).any():
        return None
    form, doubt = _number_form(read.says, read.either, comma)
    notes += [doubt] if doubt else []
    values = (read.comma if form is Writing.COMMA else read.point)[sound]
    apart = np.unique(values)
    wrong = int(cells.counts.sum()) - held
    if wrong:
        notes.append(
            f"{wrong} cells are no number, or none that can be (endless, or beyond 1e15), and "
            "count as unknown."
        )
    kind = Kind.NUMBER
    whole = bool((apart == np.floor(apart)).all())
    if whole and names_rows(name, apart, held, len(cells.codes)):
        kind = Kind.IDENTIFIER
    elif whole and len(apart) == held >= 20:
        notes.append("Each value stands once: exclude it if it names persons or rows.")
    elif whole and 2 < len(apart) <= FEW:
        notes.append("Few whole values: if they are codes without an order, say --category.")
    if odd := _sentinel(apart):
        notes.append(f"{odd:g} stands far from the others: if it means unknown, blank it.")
    return Column(
        kind=kind, form=form, **{**basic, "distinct": len(apart)}, unread=wrong, notes=tuple(notes)
    )


def _number_form(
    says: npt.NDArray[np.int8], either: npt.NDArray[np.bool_], comma: bool | None
) -> tuple[Writing, str]:
    """How to read the numbers that can be read in two ways, and what to say of the doubt."""
    own = _tells(says)
    if not either.any():
        return (Writing.COMMA if own < 0 else Writing.PLAIN), ""
    if own:
        form, why = own < 0, ", as most others of the column"
    elif comma is not None:
        form, why = comma, ", as the rest of the file suggests"
    else:
        form, why = False, ", as nothing in the table tells"
    written = "a decimal comma" if form else "a decimal point"
    if own and np.abs(says.sum(dtype=int)) == np.abs(says).sum(dtype=int):
        return (Writing.COMMA if form else Writing.PLAIN), ""
    return (
        Writing.COMMA if form else Writing.PLAIN,
        f"Numbers such as 1.234 or 1,234 were read with {written}{why}; write decimals and "
        "thousands in one way if that is wrong.",
    )


def _sentinel(apart: npt.NDArray[np.float64]) -> float | None:
    """A value that may stand for "no answer", far from all others."""
    if len(apart) < 4:
        return None
    for value, rest in ((apart[-1], apart[:-1]), (apart[0], apart[1:])):
        spread = max(rest[-1] - rest[0], 1.0)
        gap = min(abs(value - rest[0]), abs(value - rest[-1]))
        if value in _SENTINELS and (gap > _FAR * spread or (value < 0 <= rest[0])):
            return float(value)
    return None


def _as_date(name: str, cells: Distinct, basic: dict[str, Any]) -> Column | None:
    compact = bool(_DATE_WORDS & set(words(name)))
    day, month = month_first(cells.texts)
    swapped = month > day
    read = days(cells.texts, month_first=swapped, compact=compact)
    sound = ~np.isnan(read)
    held = int(cells.counts[sound].sum())
    if held < MOSTLY * cells.counts.sum():
        return None
    notes = []
    if is_year_last(cells.texts) and not day and not month:
        notes.append("No date tells day and month apart; they were read as day/month/year.")
    elif day and month:
        order = "month/day/year" if swapped else "day/month/year"
        notes.append(f"Some dates have the day first, some the month; they were read as {order}.")
    if has_short_years(cells.texts):
        notes.append("Years of two digits were read as 1950 to 2049.")
    wrong = int(cells.counts.sum()) - held
    if wrong:
        notes.append(f"{wrong} cells are no date from 1800 to 2199 and count as unknown.")
    form = Writing.MONTH_FIRST if swapped else Writing.COMPACT if compact else Writing.PLAIN
    return Column(
        kind=Kind.DATE,
        form=form,
        **{**basic, "distinct": len(np.unique(read[sound]))},
        unread=wrong,
        notes=tuple(notes),
    )


def _as_text(name: str, cells: Distinct, basic: dict[str, Any]) -> Column:
    notes = []
    share = cells.counts[~np.isnan(numbers(cells.texts).point)].sum() / cells.counts.sum()
    if share == 1:
        notes.append("Numbers that begin with 0 were read as codes.")
    elif share > _SOME:
        notes.append(f"{share:.0%} of the cells are numbers, too few to read it as a number.")
    small = {text.casefold() for text in cells.texts}
    if len(small) < len(cells.texts):
        notes.append("Some values differ only in capitals, and are told apart.")
    form = Writing.TWO_LETTERS if two_letters(cells.texts) else Writing.PLAIN
    if form is Writing.TWO_LETTERS and {"NA", "ND"} & set(cells.texts):
        notes.append("NA or ND was read as a value, as the others have two capital letters too.")
    kind = Kind(text_kind(name, cells.texts, cells.counts))
    return Column(kind=kind, form=form, **basic, notes=tuple(notes))
