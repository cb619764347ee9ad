"""When to look at somebody's situation again: on what happens, and when an assessment runs out.

Never as a monthly mark on a person: without an event an assessment stands for its whole validity.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from matching.domain import Assessed, Attention, CaseEvent, Happened
from matching.domain.days import months_later


def latest(history: Iterable[Assessed], *, as_of: date) -> dict[str, tuple[Assessed, ...]]:
    """The assessments of each person known on a day, the last one first.

    Of two on one day that given later counts as the later. What is dated after the day has not
    happened yet.
    """
    found: dict[str, list[Assessed]] = {}
    for one in history:
        if one.as_of <= as_of:
            found.setdefault(one.person_id, []).append(one)
    return {
        person: tuple(sorted(rows, key=lambda row: row.as_of)[::-1])
        for person, rows in found.items()
    }


def expires(assessed: Assessed, *, months: int) -> date:
    """The first day on which an assessment is too old, so many calendar months later."""
    return months_later(assessed.as_of, months)


def due(
    assessed: Assessed | None, happened: Sequence[Happened], *, as_of: date, months: int
) -> tuple[Attention, ...]:
    """Why a person's situation is to be looked at again; empty where it is not.

    Parameters
    ----------
    assessed
        Her last assessment, None where there is none.
    happened
        What happened to her; what is later than the day is not read.
    as_of
        The day.
    months
        For how long an assessment is valid.
    """
    if assessed is None:
        return (Attention.TO_ASSESS,)
    found = []
    if since(assessed, happened, as_of=as_of):
        found.append(Attention.EVENT)
    if as_of >= expires(assessed, months=months):
        found.append(Attention.EXPIRED)
    return tuple(found)


def since(
    assessed: Assessed, happened: Sequence[Happened], *, as_of: date
) -> tuple[CaseEvent, ...]:
    """What happened to a person after her assessment, in order of time.

    On the day itself it counts as known to whoever assessed.
    """
    later = [one for one in happened if assessed.as_of < one.on <= as_of]
    return tuple(one.event for one in sorted(later, key=lambda one: one.on))
