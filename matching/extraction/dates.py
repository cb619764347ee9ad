"""Moments as CVs write them: ``3/2015``, ``03.05.2015``, ``marzo 2015``, ``'98``, ``2015``.

Days of the near future too, as vacancies write them: ``15/12``, ``30 novembre``.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

MONTHS: Mapping[str, int] = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "gennaio genn gen january jan",
                "febbraio febbr febb feb february",
                "marzo mar march",
                "aprile apr april",
                "maggio magg mag may",
                "giugno giu june jun",
                "luglio lug july jul",
                "agosto ago august aug",
                "settembre sett set september sep sept",
                "ottobre ott october oct",
                "novembre nov november",
                "dicembre dic december dec",
            ),
            start=1,
        )
        for name in names.split()
    }
)
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
NOW = (
    r"(?P<now>(?:ad |a |a tutt['’])?oggi\b|in corso\b(?! di)|(?:alla )?data attuale|attual(?:e"
    r"|mente)\b"
    r"|(?:al )?presente\b|adesso\b|tuttora\b|present\b|now\b|ora\b|current\b|in essere\b)"
)
# Format with ``p``, the prefix of the group names. Several moments fit in one pattern.
MOMENT = (
    rf"(?:(?P<{{p}}d>\d{{{{1,2}}}})\s?[/.-]\s?(?P<{{p}}dm>\d{{{{1,2}}}})\s?[/.-]\s?(?P<{{p}}dy>{YEAR}|\d\d)(?!\d)"
    rf"|(?P<{{p}}m>\d{{{{1,2}}}})\s?[/.-]\s?(?P<{{p}}my>{YEAR})"
    rf"|(?P<{{p}}nd>\d{{{{1,2}}}}°?\s)?\b(?P<{{p}}n>{MONTH})\b"
    rf"\.?[,/-]?\s?(?:del )?(?P<{{p}}ny>{YEAR}|['’]\d\d)"
    rf"|(?P<{{p}}yy>{YEAR})\s(?P<{{p}}yn>{MONTH})\b(?!\.?\s?\d)"
    rf"|(?P<{{p}}y>{YEAR}|['’]\d\d\b))"
)

# A day to come. Without its number it is the last day of the month (*entro fine gennaio*).
DAY = (
    r"(?:(?P<iso>20\d\d-\d\d-\d\d)(?!\d)|(?P<d>\d{1,2})[°º]?\s?(?:[/.-]\s?(?P<m>\d{1,2})(?:\s?[/.-]\s?(?P<y>20\d\d|\d\d))?(?![\d/])"
    rf"|(?P<n>{MONTH})\b\.?(?:,?\s(?:del )?(?P<ny>20\d\d|['’]\d\d))?)"
    rf"|(?:(?:la )?fine (?:di |del mese di )?)?(?P<end>{MONTH})\b\.?(?:\s(?:del )?(?P<ey>20\d\d))?)"
)


class Moment(NamedTuple):
    """A month by number (``year * 12 + month - 1``). ``whole_year``: only the year is known."""

    first: int
    whole_year: bool = False
    day: bool = False

    @property
    def iso(self) -> str:
        """ISO month, or year where only that is known."""
        year, month = divmod(self.first, 12)
        return f"{year:04d}" if self.whole_year else f"{year:04d}-{month + 1:02d}"


def full_year(year: str) -> str:
    """Four digits: ``'97`` and ``97`` are 1997, ``05`` is 2005."""
    digits = year.lstrip("'’")
    if len(digits) == 4:
        return digits
    return ("19" if int(digits) > 40 else "20") + digits


def moment(group: Mapping[str, str | None], p: str) -> Moment | None:
    """The moment in the groups with prefix ``p``; None for an impossible one (month 13)."""
    if year := group[f"{p}y"]:
        return Moment(int(full_year(year)) * 12, whole_year=True)
    day = group[f"{p}d"] or group[f"{p}nd"]
    if name := group[f"{p}n"] or group[f"{p}yn"]:
        month = MONTHS[name]
    else:
        month = int(group[f"{p}dm"] or group[f"{p}m"] or 0)
    written = next(
        one for key in ("dy", "my", "ny", "yy") if (one := group[f"{p}{key}"]) is not None
    )
    if not 1 <= month <= 12 or (day and not 1 <= int(day.strip("° ")) <= 31):
        return None
    return Moment(int(full_year(written)) * 12 + month - 1, day=day is not None)


def day_to_come(group: Mapping[str, str | None], as_of: date) -> date | None:
    """The day in the groups of ``DAY``; without a year the next such day, ``as_of`` included.

    *31 giugno* means the last day of the month. None for an impossible day.
    """
    if group["iso"]:
        year, month, number = map(int, group["iso"].split("-"))
        return _last_valid(year, month, number) if 1 <= month <= 12 and 1 <= number <= 31 else None
    name = group["n"] or group["end"]
    month = MONTHS[name] if name else int(group["m"] or 0)
    number = int(group["d"]) if group["d"] else 31
    if not (1 <= month <= 12 and 1 <= number <= 31):
        return None
    written = group["y"] or group["ny"] or group["ey"]
    if written is not None:
        return _last_valid(2000 + int(written.lstrip("'’")) % 100, month, number)
    day = _last_valid(as_of.year, month, number)
    return day if day >= as_of else _last_valid(as_of.year + 1, month, number)


def _last_valid(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
