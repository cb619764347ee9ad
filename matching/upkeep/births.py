"""Birth dates as they are written, and how two of them may be one.

They are compared with each other and go no further: no age is reckoned.
"""

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum

_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ].*)?")
_ITALIAN = re.compile(r"(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4})")
# Years apart: as much as a parent and a child of one name are, and no slip of the pen.
_A_GENERATION = 15


class BirthLikeness(StrEnum):
    """How alike two birth dates are."""

    SAME = "same"
    SLIP = "slip"
    OTHER = "other"


def read_day(written: str) -> date | None:
    """The day in a text such as ``1980-03-12`` or ``12/3/1980``; None where it is none.

    >>> read_day("12.3.1980"), read_day("31/02/1980")
    (datetime.date(1980, 3, 12), None)
    """
    found = _ISO.fullmatch(written.strip()) or _ITALIAN.fullmatch(written.strip())
    return None if found is None else _day(int(found["y"]), int(found["m"]), int(found["d"]))


def birth_likeness(first: date, second: date) -> BirthLikeness:
    """Whether two dates are the same, a slip apart, or of two people.

    A slip is day and month that changed places, one digit that differs, or two neighbouring
    digits that changed places, within less than a generation.

    >>> birth_likeness(date(1980, 3, 12), date(1980, 12, 3)).value
    'slip'
    """
    if first == second:
        return BirthLikeness.SAME
    if abs(first.year - second.year) >= _A_GENERATION:
        return BirthLikeness.OTHER
    parts = ((first.day, second.day), (first.month, second.month), (first.year, second.year))
    apart = [(one, other) for one, other in parts if one != other]
    if len(apart) == 1:
        return BirthLikeness.SLIP if _slip(*apart[0]) else BirthLikeness.OTHER
    swapped = first.year == second.year and first.day == second.month and first.month == second.day
    return BirthLikeness.SLIP if swapped else BirthLikeness.OTHER


def _slip(one: int, other: int) -> bool:
    """Whether two numbers differ in one digit, or in two neighbours that changed places."""
    digits, others = f"{one:04d}", f"{other:04d}"
    places = [place for place in range(4) if digits[place] != others[place]]
    if len(places) == 1:
        return True
    first, second = places[0], places[-1]
    is_pair = len(places) == 2 and second == first + 1
    return is_pair and digits[first] == others[second] and digits[second] == others[first]


def _day(year: int, month: int, day: int) -> date | None:
    if year < 1 or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)
