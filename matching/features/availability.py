"""Hours, shifts, contract and start: what a person can do against what a vacancy needs."""

from collections.abc import Sequence

import numpy as np

from matching.domain import Contract, Fact, Facts, Hours, Shift
from matching.features.tables import Array, PersonTables, VacancyTables

_OTHER_HOURS = 0.3  # asked full time, wants part time, or the other way round
_OTHER_CONTRACT = 0.3


def availability_features(vacancies: VacancyTables, persons: PersonTables) -> dict[str, Array]:
    """Compatibility of working conditions.

    Returns
    -------
    dict
        Arrays of shape (vacancies, persons) in [0, 1], NaN where either side says nothing:
        ``availability_hours``, ``availability_shifts`` (share of the shifts asked that the
        person accepts; a refused one counts 0), ``availability_contract``,
        ``availability_start``; and the ``asked_`` columns.
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


def _shifts(asked: Sequence[Facts], given: Sequence[Facts]) -> Array:
    values = [str(shift) for shift in Shift]
    wanted = _flags([f.shifts for f in asked], values)
    accepted = _flags([f.shifts for f in given], values)
    refused = _flags([f.shifts_refused for f in given], values)
    # Who accepts rotating shifts accepts the day, the morning and the afternoon in turn.
    rotating, by_day = values.index(Shift.ROTATING), [
        values.index(shift) for shift in (Shift.DAY, Shift.MORNING, Shift.AFTERNOON)
    ]  # fmt: skip
    accepted[:, by_day] = np.maximum(accepted[:, by_day], accepted[:, [rotating]])
    total = wanted.sum(axis=1)[:, None]
    answered = wanted @ np.maximum(accepted, refused).T
    yes = wanted @ (accepted * (1 - refused)).T
    # Somebody who names only part of the day has answered for the rest of it.
    half_days = accepted[:, [values.index(Shift.MORNING), values.index(Shift.AFTERNOON)]]
    partial = (half_days.sum(axis=1) > 0) & (accepted[:, rotating] == 0)
    answered = np.where(partial[None, :], total, answered)
    known = (total > 0) & (answered > 0)
    return np.where(known, yes / np.where(known, answered, 1.0), np.nan)


def _start(asked: Sequence[Facts], given: Sequence[Facts]) -> Array:
    needed = np.array([f.start is not None for f in asked], dtype=bool)[:, None]
    ready = np.array([f.start is not None for f in given], dtype=bool)[None, :]
    return np.where(needed & ready, 1.0, np.nan)


def _asked(flags: Sequence[bool], shape: tuple[int, int]) -> Array:
    return np.broadcast_to(np.array(flags, dtype=float).reshape(-1, 1), shape)
