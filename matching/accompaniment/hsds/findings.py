"""What is wrong with, or missing from, a file: row by row, and grouped for people."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

_SHOWN = 60  # characters of a value
_EXAMPLES = 3  # values of a group that are shown


class Gravity(StrEnum):
    """``ERROR`` keeps a service out; ``TO_COMPLETE`` is left for a person; ``NOT_READ`` is lost."""

    ERROR = "error"
    TO_COMPLETE = "to_complete"
    NOT_READ = "not_read"


class Problem(StrEnum):
    """What is wrong."""

    MISSING = "missing"
    NO_NUMBER = "no_number"
    NO_DATE = "no_date"
    NO_ADDRESS = "no_address"
    UNKNOWN_CODE = "unknown_code"
    UNKNOWN_REFERENCE = "unknown_reference"
    UNKNOWN_PLACE = "unknown_place"
    UNKNOWN_SKILL = "unknown_skill"
    REPEATED = "repeated"
    TOO_LONG = "too_long"
    DISAGREES = "disagrees"
    SHAPE = "shape"
    NOT_ACTIVE = "not_active"
    NOT_KNOWN_HERE = "not_known_here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found in one place; ``line`` is a line of the file, or the number of an object."""

    gravity: Gravity
    file: str
    line: int
    field: str
    problem: Problem
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The same thing found in the same field of a file, with the ranges of lines where it is.

    ``values`` are up to three of the values found, shortened.
    """

    gravity: Gravity
    file: str
    field: str
    problem: Problem
    lines: tuple[tuple[int, int], ...]
    count: int
    values: tuple[str, ...]


def grouped(findings: Iterable[Finding]) -> tuple[Group, ...]:
    """Findings by gravity, file, field and problem; the gravest first, then in order of place."""
    found: dict[tuple[Gravity, str, str, Problem], list[Finding]] = {}
    for one in findings:
        found.setdefault((one.gravity, one.file, one.field, one.problem), []).append(one)
    order = list(Gravity)
    groups = [
        Group(
            gravity=gravity,
            file=file,
            field=field,
            problem=problem,
            lines=ranges({one.line for one in ones}),
            count=len(ones),
            values=tuple(dict.fromkeys(shortened(one.value) for one in ones if one.value))[
                :_EXAMPLES
            ],
        )
        for (gravity, file, field, problem), ones in found.items()
    ]
    return tuple(
        sorted(groups, key=lambda g: (order.index(g.gravity), g.file, g.lines[0], g.field))
    )


def ranges(lines: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Numbers as ranges without gaps, both ends included.

    >>> ranges([3, 4, 5, 9])
    ((3, 5), (9, 9))
    """
    ordered = sorted(set(lines))
    if not ordered:
        return ()
    breaks = [(a, b) for a, b in pairwise(ordered) if b - a > 1]
    starts = [ordered[0], *(b for _, b in breaks)]
    ends = [*(a for a, _ in breaks), ordered[-1]]
    return tuple(zip(starts, ends, strict=True))


def shortened(value: str) -> str:
    """The beginning of a value on one line, for a screen."""
    flat = " ".join(value.split())
    return flat if len(flat) <= _SHOWN else f"{flat[: _SHOWN - 1]}…"
