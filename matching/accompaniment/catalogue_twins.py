"""The same service twice in a catalogue: proposed for merging, with what is different.

Two entries are compared where provider, measure and place are the same. Nothing is merged: whoever
keeps the catalogue decides.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import combinations

from rapidfuzz import fuzz

from matching.accompaniment.catalogue import Service
from matching.normalisation import plain

_SAME_NAME = 95.0  # points in a hundred, of names
_NEAR_NAME = 80.0
_NEAR_TEXT = 80.0  # of descriptions
_WORD = re.compile(r"\w+")
_LEVEL = re.compile(r"\b\w*\d\w*\b")  # A1, 2, 2027: what tells two levels of a course apart
_IDENTITY = frozenset({"slug", "provider", "measure", "place"})


class Likeness(StrEnum):
    """How sure it is that two entries are of one service."""

    VERY_LIKELY = "very_likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field in which two entries differ, with both values."""

    field: str
    first: object
    second: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Twins:
    """Two entries, by slug, that may be of one service; ``names`` and ``texts`` in 0 to 100."""

    first: str
    second: str
    likeness: Likeness
    names: float
    texts: float
    differences: tuple[Difference, ...]


def twins(services: Sequence[Service]) -> tuple[Twins, ...]:
    """Pairs of entries that may be of one service, the surest first.

    Very likely where the names are the same, word order and accents aside, and the descriptions
    near; possible where both are near, or the names are the same. Entries whose names differ in a
    word with a digit (level A1 and A2) are no twins.
    """
    found = [pair for one, other in _neighbours(services) if (pair := _compare(one, other))]
    order = list(Likeness)
    return tuple(
        sorted(
            found, key=lambda t: (order.index(t.likeness), -t.names - t.texts, t.first, t.second)
        )
    )


def _neighbours(services: Sequence[Service]) -> Iterator[tuple[Service, Service]]:
    groups: dict[tuple[str, str, str], list[Service]] = {}
    for service in services:
        groups.setdefault((service.provider, service.measure, service.place), []).append(service)
    for group in groups.values():
        yield from combinations(group, 2)


def _compare(one: Service, other: Service) -> Twins | None:
    if _levels(one) != _levels(other):
        return None
    names = fuzz.token_sort_ratio(_words(one.name), _words(other.name))
    texts = fuzz.token_sort_ratio(_words(one.description), _words(other.description))
    likeness = _likeness(names, texts)
    if likeness is None:
        return None
    return Twins(
        first=one.slug,
        second=other.slug,
        likeness=likeness,
        names=names,
        texts=texts,
        differences=tuple(_differences(one, other)),
    )


def _likeness(names: float, texts: float) -> Likeness | None:
    if names >= _SAME_NAME and texts >= _NEAR_TEXT:
        return Likeness.VERY_LIKELY
    if names >= _SAME_NAME or (names >= _NEAR_NAME and texts >= _NEAR_TEXT):
        return Likeness.POSSIBLE
    return None


def _differences(one: Service, other: Service) -> Iterator[Difference]:
    for field in fields(Service):
        first, second = getattr(one, field.name), getattr(other, field.name)
        if field.name not in _IDENTITY and first != second:
            yield Difference(field=field.name, first=first, second=second)


def _levels(service: Service) -> frozenset[str]:
    return frozenset(_LEVEL.findall(plain(service.name)))


def _words(text: str) -> str:
    return " ".join(_WORD.findall(plain(text)))
