"""What a cell says: nothing, a yes or no, a number, a day; Italian and English ways of writing.

Functions read the distinct texts of a column; a table of a million rows seldom has many.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]

BLANKS = frozenset(
    {
        "", "na", "n/a", "n.a.", "#n/a", "#n/d", "n/d", "n.d.", "n.d", "nd", "null", "nan",
        "<na>", "nat", "-", "--", ".", "..",
    }
)  # fmt: skip
YES = frozenset({"sì", "si", "si'", "s", "yes", "y", "vero", "true", "v", "t", "1"})
NO = frozenset({"no", "n", "falso", "false", "f", "0"})
# A letter alone may be anything, F most of all: it is read with the other one beside it.
_PAIRS = ({"s", "n"}, {"y", "n"}, {"v", "f"}, {"t", "f"})

FIRST_YEAR, LAST_YEAR = 1800, 2199
LARGEST = 1e15
"""Larger numbers stand for something else: not even each whole one can be told apart."""

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)"
    r"(?P<whole>\d+|[1-9]\d{0,2}(?P<mark>[.,' ])\d{3}(?:(?P=mark)\d{3})*)"
    r"(?:(?P<point>[.,])(?P<rest>\d+))?",
    re.ASCII,
)
_UNIT = re.compile(r"^(?:[€$£]|eur) ?| ?(?:[€$£%]|eur|euro)$", re.IGNORECASE)
_THREE = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_CODE = re.compile(r"0\d+", re.ASCII)
_TIME = r"(?:[T ]\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)? ?(?:Z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.ASCII)
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})|(\d{1,2})/(\d{4})", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Numbers:
    """Distinct texts as numbers, NaN for none: with a decimal point, and with a decimal comma.

    ``says`` is 1 where a text can only be read with a point, -1 only with a comma, 0 the same
    with both; ``either`` marks the others, such as 1.234.
    """

    point: Array
    comma: Array
    says: npt.NDArray[np.int8]
    either: Flags


def tidy(texts: Sequence[str] | Texts) -> Texts:
    r"""Texts in composed characters, without blanks at the ends or doubled inside.

    >>> tidy(["  Casa  propria ", "e\u0300"]).tolist()
    ['Casa propria', 'è']
    """
    made = [" ".join(unicodedata.normalize("NFC", text).split()) for text in texts]
    return np.array(made, dtype=object)


def numbers(texts: Texts) -> Numbers:
    """Read tidy texts as numbers; a currency or a percent sign is left out of account.

    >>> read = numbers(np.array(["1.234,5", "1,234.5", "1.234", "3,5", "7", "x"], dtype=object))
    >>> read.point.tolist()
    [1234.5, 1234.5, 1.234, 3.5, 7.0, nan]
    >>> read.comma.tolist()
    [1234.5, 1234.5, 1234.0, 3.5, 7.0, nan]
    >>> read.says.tolist(), read.either.tolist()
    ([-1, 1, 0, -1, 0, 0], [False, False, True, False, False, False])
    """
    point = _plain(texts)
    comma = point.copy()
    says = np.zeros(len(texts), dtype=np.int8)
    either = np.zeros(len(texts), dtype=bool)
    for place, known in enumerate(~np.isnan(point)):
        text = texts[place]
        if known and "." not in text:
            continue
        if not known:
            text = _UNIT.sub("", text)
        if _THREE.fullmatch(text):
            either[place] = True
            one, other = float(text.replace(",", ".")), float(re.sub("[.,]", "", text))
            point[place], comma[place] = (one, other) if "." in text else (other, one)
        elif known:
            says[place] = 1
        elif match := _NUMBER.fullmatch(text):
            value, sign = _value(match)
            point[place] = comma[place] = value
            says[place] = sign
    for values in (point, comma):
        values[~(np.abs(values) <= LARGEST)] = np.nan
    return Numbers(point=point, comma=comma, says=says, either=either)


def is_code(texts: Texts) -> Flags:
    """Whether each text is digits that begin with a 0, as postcodes do and numbers do not."""
    return np.array([_CODE.fullmatch(text) is not None for text in texts], dtype=bool)


def yes_no(texts: Texts) -> Array | None:
    """1 for each yes, 0 for each no; None if not all of the distinct texts are a yes or a no.

    >>> yes_no(np.array(["Sì", "NO"], dtype=object)).tolist()
    [1.0, 0.0]
    >>> yes_no(np.array(["F", "M"], dtype=object)) is None
    True
    """
    small = [_answer(text) for text in texts]
    if not small or not all(text in YES or text in NO for text in small):
        return None
    letters = {text for text in small if len(text) == 1 and text.isalpha()}
    if letters and letters not in _PAIRS:
        return None
    return np.array([float(text in YES) for text in small])


def answers(texts: Texts) -> Array:
    """1 for each yes, 0 for each no, NaN for anything else."""
    small = [_answer(text) for text in texts]
    read = [1.0 if text in YES else 0.0 if text in NO else np.nan for text in small]
    return np.array(read, dtype=float)


def days(texts: Texts, *, month_first: bool = False, compact: bool = False) -> Array:
    """Days since 1970-01-01 of texts that are dates from 1800 to 2199, NaN for others.

    Year first, or day (month if ``month_first``), month and year; a year of two digits is from
    1950 to 2049. A month alone is its first day. Times of the day are left out of account.
    ``compact`` reads 20240131 too.

    >>> days(np.array(["1970-01-03", "05/01/1970", "02/1970", "31/02/1970"], dtype=object)).tolist()
    [2.0, 4.0, 31.0, nan]
    """
    read = (_day(text, month_first=month_first, compact=compact) for text in texts)
    return np.array([np.nan if day is None else day.toordinal() for day in read]) - _EPOCH


def month_first(texts: Texts) -> tuple[int, int]:
    """How many texts are dates only with the day first, and how many only with the month first."""
    day = month = 0
    for text in texts:
        if match := _YEAR_LAST.fullmatch(text):
            first, second = int(match[1]), int(match[3])
            day += first > 12 >= second
            month += second > 12 >= first
    return day, month


def has_short_years(texts: Texts) -> bool:
    """Whether a date has a year of two digits."""
    found = (_YEAR_LAST.fullmatch(text) for text in texts)
    return any(match is not None and len(match[4]) == 2 for match in found)


def is_year_last(texts: Texts) -> bool:
    """Whether a date has its year at the end."""
    return any(_YEAR_LAST.fullmatch(text) for text in texts)


_EPOCH = float(date(1970, 1, 1).toordinal())


def _plain(texts: Texts) -> Array:
    """Numbers as computers write them; the rest, words for infinity and for none too, NaN."""
    series = pd.Series(texts, dtype=object)
    values = pd.to_numeric(series, errors="coerce").to_numpy(dtype=float, copy=True)
    odd = ~np.isfinite(values) | np.array(["_" in text for text in texts], dtype=bool)
    values[odd] = np.nan
    return values


def _value(match: re.Match[str]) -> tuple[float, int]:
    """The number in a text that can be read in one way, and whether by a point or a comma."""
    mark, point = match["mark"], match["point"]
    if mark is not None and mark == point:
        return np.nan, 0
    whole = match["whole"].replace(mark, "") if mark else match["whole"]
    value = float(f"{match['sign']}{whole}.{match['rest'] or 0}")
    if point or mark in (".", ","):
        return value, 1 if point == "." or (not point and mark == ",") else -1
    return value, 0


def _answer(text: str) -> str:
    small = text.casefold()
    return small[:1] if small in ("1.0", "0.0", "1,0", "0,0") else small


def _day(text: str, *, month_first: bool, compact: bool) -> date | None:
    if match := _YEAR_FIRST.fullmatch(text):
        return _date(int(match[1]), int(match[3]), int(match[4]))
    if match := _YEAR_LAST.fullmatch(text):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
        if len(match[4]) == 2:
            year += 2000 if year < 50 else 1900
        return _date(year, day, month) if month_first else _date(year, month, day)
    if match := _MONTH.fullmatch(text):
        return _date(int(match[1] or match[4]), int(match[2] or match[3]), 1)
    if compact and (match := _COMPACT.fullmatch(text)):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    return None


def _date(year: int, month: int, day: int) -> date | None:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, day) if day <= (following - date(year, month, 1)).days else None
