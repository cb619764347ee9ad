"""Hours, shifts, contract and start: what a person can do against what a vacancy needs."""

from collections.abc import Iterable, Sequence

import numpy as np

from matching.domain import Contract, Fact, Facts, Hours, Shift
from matching.features.tables import Array, PersonTables, VacancyTables

_OTHER_HOURS = 0.3  # asked full time, wants part time, or the other way round
_OTHER_CONTRACT = 0.3
_LATER = 0.3  # can start, later than asked
_IMMEDIATE = "immediate"


def availability_features(vacancies: VacancyTables, persons: PersonTables) -> dict[str, Array]:
    """Compatibility of working conditions.

    Returns
    -------
    dict
        Arrays of shape (vacancies, persons) in [0, 1], NaN where either side says nothing:
        ``availability_hours``, ``availability_shifts`` (share of the shifts asked that the
        person accepts, of those answered for; a refused one counts 0), ``availability_contract``,
        ``availability_start`` (1 in time, 0.3 later); and the ``asked_`` columns.
    """
    asked, given = vacancies.facts, persons.facts
    shape = (len(asked), len(given))
    hours_asked = _flags([f.hours for f in asked], [str(h) for h in Hours])
    hours_given = _flags([f.hours for f in given], [str(h) for h in Hours])
    contract_asked = _flags([f.contracts for f in asked], [str(c) for c in Contract])
    contract_given = _flags([f.contracts for f in given], [str(c) for c in Contract])
    return {
        "availability_hours": _overlap(hours_asked, hours_given, _OTHER_HOURS),
        "availability_contract": _overlap(contract_asked, contract_given, _OTHER_CONTRACT),
        "availability_shifts": _shifts(asked, given),
        "availability_start": _start(asked, given),
        "asked_hours": _asked([bool(f.hours) for f in asked], shape),
        "asked_contract": _asked([bool(f.contracts) for f in asked], shape),
        "asked_shifts": _asked([bool(f.shifts) for f in asked], shape),
        "asked_start": _asked([f.start is not None for f in asked], shape),
    }


def _flags(facts: Sequence[tuple[Fact, ...]], values: Sequence[str]) -> Array:
    return np.array(
        [[float(any(f.value == value for f in row)) for value in values] for row in facts]
    ).reshape(len(facts), len(values))


def _overlap(asked: Array, given: Array, otherwise: float) -> Array:
    known = (asked.sum(axis=1)[:, None] > 0) & (given.sum(axis=1)[None, :] > 0)
    return np.where(known, np.where(asked @ given.T > 0, 1.0, otherwise), np.nan)


def shift_answers(facts: Facts) -> dict[str, bool]:
    """Whether a person accepts each shift that the profile answers for.

    Who accepts rotating shifts accepts the day, the morning and the afternoon in turn; who names
    only part of the day has answered for the rest of the day, not for the weekend. A refusal
    wins over everything.
    """
    accepted = {str(item.value) for item in facts.shifts}
    if Shift.ROTATING in accepted:
        accepted |= {Shift.DAY, Shift.MORNING, Shift.AFTERNOON}
    elif accepted & {Shift.MORNING, Shift.AFTERNOON}:
        return _answers(accepted, facts) | {
            str(shift): False for shift in Shift if shift not in {*accepted, Shift.WEEKEND}
        }
    return _answers(accepted, facts)


def _answers(accepted: Iterable[str], facts: Facts) -> dict[str, bool]:
    return {str(shift): True for shift in accepted} | {
        str(item.value): False for item in facts.shifts_refused
    }


def _shifts(asked: Sequence[Facts], given: Sequence[Facts]) -> Array:
    values = [str(shift) for shift in Shift]
    wanted = _flags([f.shifts for f in asked], values)
    answers = [shift_answers(facts) for facts in given]
    size = (len(given), len(values))
    known = np.array([[v in row for v in values] for row in answers], dtype=float).reshape(size)
    yes = np.array([[row.get(v, False) for v in values] for row in answers], dtype=float)
    answered = wanted @ known.T
    accepted = wanted @ yes.reshape(size).T
    return np.where(answered > 0, accepted / np.where(answered > 0, answered, 1.0), np.nan)


def _start(asked: Sequence[Facts], given: Sequence[Facts]) -> Array:
    ready = [[_in_time(need.start, offer.start) for offer in given] for need in asked]
    return np.array(ready, dtype=float).reshape(len(asked), len(given))


def _in_time(needed: Fact | None, offered: Fact | None) -> float:
    if needed is None or offered is None:
        return np.nan
    if offered.value == _IMMEDIATE:
        return 1.0
    if needed.value == _IMMEDIATE:
        return np.nan  # whether a date is soon enough depends on today, which no feature sees
    return 1.0 if str(offered.value) <= str(needed.value) else _LATER


def _asked(flags: Sequence[bool], shape: tuple[int, int]) -> Array:
    return np.broadcast_to(np.array(flags, dtype=float).reshape(-1, 1), shape)
