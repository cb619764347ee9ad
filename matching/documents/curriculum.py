"""The parts of a structured CV as lines, in the form of an ordinary Italian CV. Pure.

The readers of Europass and JSON Resume say what each part is; here it gets the header, the
order within an entry and the dates that a person would type. Names, street addresses, contacts,
birth, sex, citizenship and photographs are not among the parts.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from matching.documents.fragments import fragment_lines

NOW = "oggi"
ABILITIES: Mapping[str, str] = MappingProxyType(
    {
        "listening": "ascolto",
        "reading": "lettura",
        "interaction": "interazione",
        "production": "produzione orale",
        "writing": "produzione scritta",
    }
)
"""The abilities in which Europass grades a language, in its order, with their Italian names."""

_LEVEL = re.compile(r"[ABC][12]")
_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.]\d{1,2})?(?:T.*)?")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One job, course or other dated thing. ``details`` are texts or HTML, line by line."""

    title: str = ""
    period: str = ""
    where: str = ""
    details: tuple[str, ...] = ()


def section(header: str, lines: Iterable[str]) -> list[str]:
    """Return a header and its lines after a blank line; nothing if there is no line."""
    kept = list(lines)
    return ["", header, *kept] if any(line.strip() for line in kept) else []


def entries(header: str, found: Iterable[Entry]) -> list[str]:
    """Return a section of entries, a blank line between them."""
    lines: list[str] = []
    for entry in found:
        own = list(_entry_lines(entry))
        if own:
            lines.extend([*([""] if lines else []), *own])
    return section(header, lines)


def _entry_lines(entry: Entry) -> Iterator[str]:
    # The date stands on the line of its job, so that it cannot go with the one before or after.
    head = joined([entry.period, entry.title], by="\t")
    if head:
        yield head
    if entry.where:
        yield entry.where
    for detail in entry.details:
        yield from fragment_lines(detail)


def period(start: str, end: str, *, ongoing: bool) -> str:
    """Write a span of time from ISO dates; the day is left out.

    >>> period("2019-03-01", "2023-02", ongoing=False)
    '03/2019 - 02/2023'
    >>> period("2019", "", ongoing=True), period("", "2010-07", ongoing=False)
    ('2019 - oggi', '07/2010')
    """
    first, last = month(start), NOW if ongoing else month(end)
    if first and last and first != last:
        return f"{first} - {last}"
    return first if last == NOW and not first else (first or last)


def month(date: str) -> str:
    """Write the month of an ISO date, or its year where that is all; unknown forms stay.

    >>> month("2019-03-07"), month("2019"), month("marzo 2019")
    ('03/2019', '2019', 'marzo 2019')
    """
    found = _DATE.fullmatch(date.strip())
    if found is None:
        return " ".join(date.split())
    year, number = found[1], int(found[2] or 0)
    return f"{number:02d}/{year}" if 1 <= number <= 12 else year


def joined(parts: Iterable[str], *, by: str = ", ") -> str:
    """Join the parts that say something."""
    return by.join(part for part in (" ".join(part.split()) for part in parts) if part)


def place(city: str, country: str) -> str:
    """Write a town, with its country where that is not Italy.

    >>> place("Valdoro", "IT"), place("Iași", "ro"), place("", "Romania")
    ('Valdoro', 'Iași (RO)', 'Romania')
    """
    country = country.upper() if len(country.strip()) == 2 else country
    if country.strip().casefold() in {"", "it", "ita", "italia", "italy"}:
        return city
    return f"{city} ({country})" if city else country


def language_line(name: str, levels: Mapping[str, str]) -> str:
    """Write a language with its level in each ability.

    >>> language_line("inglese", {"listening": "B2", "writing": "B1"})
    'inglese: ascolto B2, produzione scritta B1'
    """
    graded = [
        f"{label} {level}"
        for ability, label in ABILITIES.items()
        if _LEVEL.fullmatch(level := levels.get(ability, "").strip().upper())
    ]
    return f"{name}: {', '.join(graded)}" if name and graded else name


def licence_line(categories: Sequence[str]) -> str:
    """Write the categories of driving licences on one line.

    >>> licence_line(["B", "CE"]), licence_line([])
    ('Patente: B, CE', '')
    """
    listed = joined(categories)
    return f"Patente: {listed}" if listed else ""


def home_lines(town: str) -> list[str]:
    """Return the section that says where the person lives; nothing else of her is kept."""
    return section("DATI PERSONALI", [f"Residenza: {town}"] if town else [])
