"""How a workbook writes days, and characters that XML cannot hold (ECMA-376, SpreadsheetML)."""

import re
from datetime import date, timedelta

SINCE_1900, SINCE_1904 = date(1899, 12, 30), date(1904, 1, 1)
"""The day with the number 0 in the two calendars of workbooks."""

_LEAP_DAY = 60  # 29 February 1900, which there was not and which spreadsheets count
_LAST = 2_958_465  # 31 December 9999
_FIRST = date(1900, 1, 1)
# Formats that are known by number: days, hours, and what East Asian versions write for them.
_DAYS = frozenset({*range(14, 23), *range(27, 37), *range(50, 59)})
_NO_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')
_DAY_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_NUMBERED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def day_of(serial: float, epoch: date) -> date | str | None:
    """The day with a number, the hour where it is of no day; None for a number that is of none.

    >>> day_of(26025.0, SINCE_1900), day_of(0.5, SINCE_1900)
    (datetime.date(1971, 4, 2), '12:00')
    """
    if not 0 <= serial <= _LAST:
        return None
    if serial < 1:
        minutes = round(serial * 24 * 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    early = epoch == SINCE_1900 and serial < _LEAP_DAY
    return epoch + timedelta(days=int(serial) + early)


def serial_of(day: date) -> int | None:
    """The number of a day in the calendar since 1900; None for one before it."""
    if day < _FIRST:
        return None
    number = (day - SINCE_1900).days
    return number if number > _LEAP_DAY else number - 1


def shows_days(number: int, code: str | None) -> bool:
    """Whether a format shows days: by its number, or by its own code where it has one."""
    if code is None:
        return number in _DAYS
    first = code.split(";")[0]
    return not _ELAPSED.search(first) and bool(_DAY_LETTERS.search(_NO_LETTERS.sub("", first)))


def unescaped(text: str) -> str:
    r"""The text with the characters that are written by their number.

    >>> unescaped("uno_x000A_due")
    'uno\ndue'
    """
    if "_x" not in text:
        return text
    return _NUMBERED.sub(lambda one: chr(int(one[1], 16)), text)
