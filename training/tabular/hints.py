"""What the name of a column gives away of when it was measured."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from training.tabular.words import words

# Column names of English and of Italian tables: three letters tell a month.
_MONTHS: Mapping[str, int] = MappingProxyType(
    {name: number for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )}
    | {"gen": 1, "mag": 5, "giu": 6, "lug": 7, "ago": 8, "set": 9, "ott": 10, "dic": 12}
)  # fmt: skip
_LONG_MONTHS: Mapping[str, int] = MappingProxyType(
    {name: number for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september",
         "october", "november", "december"), 1
    )}
    | {name: number for number, name in enumerate(
        ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
         "settembre", "ottobre", "novembre", "dicembre"), 1
    )}
)  # fmt: skip
_AFTERWARDS = frozenset(
    {
        "outcome", "esito", "exit", "uscita", "cessazione", "conclusione", "followup", "after",
        "afterwards", "dopo", "post", "final", "finale", "fine", "end", "ended",
    }
)  # fmt: skip
_WAVE = re.compile(r"(?P<stem>.*[^\W\d_]{3}_?(?:t|w|wave|onda)?)_?(?P<number>[0-9])", re.IGNORECASE)


def last_day_named(name: str) -> tuple[date, bool] | None:
    """The end of the month, or else of the year, that a name states; and whether it is a month.

    >>> last_day_named("Jul.93"), last_day_named("stato_2024_03"), last_day_named("reddito 2019")
    ((datetime.date(1993, 7, 31), True), (datetime.date(2024, 3, 31), True), \
(datetime.date(2019, 12, 31), False))
    """
    parts = words(name)
    for first, second in zip(parts, (*parts[1:], ""), strict=True):
        month, year = _month(first), _year(second)
        if month and second.isdecimal() and (year or len(second) == 2):
            short = int(second)
            return _end(year or short + (2000 if short < 50 else 1900), month), True
        if _year(first) and second.isdecimal() and len(second) == 2 and 1 <= int(second) <= 12:
            return _end(_year(first), int(second)), True
    years = [_year(part) for part in parts if _year(part)]
    return (date(years[0], 12, 31), False) if years and len(parts) > 1 else None


def says_afterwards(name: str) -> bool:
    """Whether a word of the name is one for what comes at the end, or after it."""
    found = words(name)
    return bool(_AFTERWARDS & {*found}) or ("follow", "up") in zip(found, found[1:], strict=False)


def waves(names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Columns that end in a number after those of the same name with a smaller one, by column.

    >>> waves(["depress1", "depress2", "q1", "q2", "eta"])
    {'depress2': ('depress1',)}
    """
    families: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        if match := _WAVE.fullmatch(name):
            families.setdefault(match["stem"].casefold(), []).append((int(match["number"]), name))
    found = {}
    for family in families.values():
        ordered = sorted(family)
        for number, name in ordered:
            if earlier := tuple(other for less, other in ordered if less < number):
                found[name] = earlier
    return found


def _month(word: str) -> int:
    return _LONG_MONTHS.get(word) or _MONTHS.get(word, 0)


def _year(word: str) -> int:
    return int(word) if len(word) == 4 and word.isdecimal() and word[:2] in ("19", "20") else 0


def _end(year: int, month: int) -> date:
    return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
