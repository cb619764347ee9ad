"""Three values: what is not known is neither true nor false, and is carried through."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from matching.accompaniment.rules.condition import Clause, Condition, Joined
from matching.domain import Answer


class Truth(StrEnum):
    """What can be said of a condition (Kleene's strong logic)."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A clause and what can be said of it, with those of its parts where it has any."""

    clause: Clause
    truth: Truth
    parts: tuple["Check", ...] = ()


Tell = Callable[[Condition], Truth]
"""Says of a condition whether it holds of somebody or something."""


def of_answer(answer: Answer | None) -> Truth:
    """What a closed answer says of what was asked."""
    match answer:
        case Answer.YES:
            return Truth.HOLDS
        case Answer.NO:
            return Truth.FAILS
        case _:
            return Truth.UNKNOWN


def of_flag(known: bool | None) -> Truth:
    """What a yes or no says, None being not known."""
    if known is None:
        return Truth.UNKNOWN
    return Truth.HOLDS if known else Truth.FAILS


def opposite(truth: Truth) -> Truth:
    """What is said of the contrary.

    >>> opposite(Truth.UNKNOWN).value
    'unknown'
    """
    swapped = {Truth.HOLDS: Truth.FAILS, Truth.FAILS: Truth.HOLDS}
    return swapped.get(truth, Truth.UNKNOWN)


def every(truths: Iterable[Truth]) -> Truth:
    """Of several that must all hold: one failure settles it, one unknown leaves it open."""
    found = set(truths)
    if Truth.FAILS in found:
        return Truth.FAILS
    return Truth.UNKNOWN if Truth.UNKNOWN in found else Truth.HOLDS


def some(truths: Iterable[Truth]) -> Truth:
    """Of several of which one is enough."""
    return opposite(every(opposite(truth) for truth in truths))


def check(clause: Clause, tell: Tell) -> Check:
    """Go through a clause, asking ``tell`` about each of its conditions."""
    if isinstance(clause, Condition):
        truth = tell(clause)
        if truth is Truth.HOLDS and not clause.enough:
            truth = Truth.UNKNOWN
        return Check(clause=clause, truth=truth)
    parts = tuple(check(part, tell) for part in clause.parts)
    join = some if clause.any_of else every
    return Check(clause=clause, truth=join(part.truth for part in parts), parts=parts)


def leaves(checks: Iterable[Check]) -> Iterator[Check]:
    """The single conditions of some checks, in their order."""
    for one in checks:
        if one.parts:
            yield from leaves(one.parts)
        else:
            yield one


def what_changes(checks: Iterable[Check]) -> tuple[Check, ...]:
    """The single conditions whose answer would change what is said: none where all hold.

    Where something fails, only that would change it; else what is unknown would. Of alternatives,
    those that may still hold are named; where all fail, any would do.
    """
    found = tuple(checks)
    return tuple(_changing(found, every(one.truth for one in found)))


def _changing(checks: Iterable[Check], truth: Truth) -> Iterator[Check]:
    if truth is Truth.HOLDS:
        return
    for one in checks:
        if one.truth is truth and one.parts:
            yield from _changing(one.parts, truth)
        elif one.truth is truth:
            yield one


def what_holds(checks: Iterable[Check]) -> tuple[Check, ...]:
    """The single conditions that hold and count.

    Of alternatives only those that settle what is said of them all are told: an alternative that
    fails is left out, even where a part of it holds.
    """
    return tuple(_holding(checks))


def _holding(checks: Iterable[Check]) -> Iterator[Check]:
    for one in checks:
        if not one.parts:
            if one.truth is Truth.HOLDS:
                yield one
        elif isinstance(one.clause, Joined) and one.clause.any_of:
            yield from _holding(part for part in one.parts if part.truth is one.truth)
        else:
            yield from _holding(one.parts)
