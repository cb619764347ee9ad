"""Hours, shifts, contract and start: what a person can do against what a vacancy needs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from matching.domain import Contract, Fact, Facts, Hours, Shift
from matching.features.tables import Array, Rows

_OTHER_HOURS = 0.3  # asked full time, wants part time, or the other way round
_OTHER_CONTRACT = 0.3
_LATER = 0.3  # can start, later than asked
_IMMEDIATE = "immediate"
_FULL_WEEK = 40.0
_HOURS = [str(hours) for hours in Hours]
_CONTRACTS = [str(contract) for contract in Contract]
_SHIFTS = [str(shift) for shift in Shift]


@dataclass(frozen=True, slots=True, eq=False)
class Terms(Rows):
    """Working conditions by row, of persons or of vacancies.

    ``hours`` and ``contracts`` have a column for each value, 1 where it is said; ``weekly`` is
    hours a week, NaN where not known; ``shifts`` has a column for each shift, 1 asked or accepted,
    0 refused or not asked, and ``answered`` says where that is known. ``start`` is the day as a
    number, 0 for at once, NaN where not known.
    """

    hours: Array
    contracts: Array
    weekly: Array
    shifts: Array
    answered: Array
    start: Array


def person_terms(facts: Sequence[Facts]) -> Terms:
    """What persons can do."""
    answers = [shift_answers(given) for given in facts]
    known = [[shift in row for shift in _SHIFTS] for row in answers]
    yes = [[row.get(shift, False) for shift in _SHIFTS] for row in answers]
    weekly = [_most_weekly(given) for given in facts]
    return _terms(facts, weekly, _table(yes, _SHIFTS), _table(known, _SHIFTS))


def asked_terms(facts: Sequence[Facts]) -> Terms:
    """What vacancies ask for."""
    wanted = _flags([given.shifts for given in facts], _SHIFTS)
    return _terms(facts, [_least_weekly(given) for given in facts], wanted, wanted)


def availability_features(asked: Terms, persons: Terms) -> dict[str, Array]:
    """Compatibility of working conditions.

    Returns
    -------
    dict
        Arrays of shape (vacancies, persons) in [0, 1], NaN where either side says nothing:
        ``availability_hours`` (full or part time), ``availability_weekly`` (share of the weekly
        hours asked that the person can work), ``availability_shifts`` (share of the shifts asked
        that the person accepts, of those answered for; a refused one counts 0),
        ``availability_contract``, ``availability_start`` (1 in time, 0.3 later); and the
        ``asked_`` columns.
    """
    shape = (len(asked.start), len(persons.start))

    def said(flags: npt.ArrayLike) -> Array:
        return np.broadcast_to(np.asarray(flags, dtype=float).reshape(-1, 1), shape)

    return {
        "availability_hours": _overlap(asked.hours, persons.hours, _OTHER_HOURS),
        "availability_weekly": np.minimum(1.0, persons.weekly[None, :] / asked.weekly[:, None]),
        "availability_contract": _overlap(asked.contracts, persons.contracts, _OTHER_CONTRACT),
        "availability_shifts": _shifts(asked.shifts, persons),
        "availability_start": _start(asked.start, persons.start),
        "asked_hours": said(asked.hours.any(axis=1)),
        "asked_weekly": said(~np.isnan(asked.weekly)),
        "asked_contract": said(asked.contracts.any(axis=1)),
        "asked_shifts": said(asked.shifts.any(axis=1)),
        "asked_start": said(~np.isnan(asked.start)),
    }


def _terms(
    facts: Sequence[Facts], weekly: Sequence[float], shifts: Array, answered: Array
) -> Terms:
    return Terms(
        hours=_flags([given.hours for given in facts], _HOURS),
        contracts=_flags([given.contracts for given in facts], _CONTRACTS),
        weekly=np.array(weekly, dtype=float),
        shifts=shifts,
        answered=answered,
        start=np.array([_day(given.start) for given in facts], dtype=float),
    )


def _most_weekly(facts: Facts) -> float:
    """The most hours a week that a person can work: at least a full week where full time is."""
    said = np.nan if facts.weekly_hours is None else float(facts.weekly_hours.value)
    full = any(item.value == Hours.FULL_TIME for item in facts.hours)
    return float(np.fmax(said, _FULL_WEEK)) if full else said


def _least_weekly(facts: Facts) -> float:
    """The least hours a week that will do: as said, or a full week where nothing else is offered.

    An offer of full or part time that gives no number leaves the choice.
    """
    if facts.weekly_hours is not None and facts.weekly_hours.value:
        return float(facts.weekly_hours.value)
    return _FULL_WEEK if {item.value for item in facts.hours} == {Hours.FULL_TIME} else np.nan


def _day(start: Fact | None) -> float:
    if start is None:
        return np.nan
    return 0.0 if start.value == _IMMEDIATE else date.fromisoformat(str(start.value)).toordinal()


def _table(rows: Sequence[Sequence[bool]], values: Sequence[str]) -> Array:
    return np.array(rows, dtype=float).reshape(len(rows), len(values))


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


def _shifts(wanted: Array, persons: Terms) -> Array:
    answered = wanted @ persons.answered.T
    accepted = wanted @ persons.shifts.T
    return np.where(answered > 0, accepted / np.where(answered > 0, answered, 1.0), np.nan)


def _start(needed: Array, offered: Array) -> Array:
    need, can = needed[:, None], offered[None, :]
    in_time = np.where(can <= need, 1.0, _LATER)
    # Whether a day is soon enough for "at once" depends on today, which no feature sees.
    found = np.where((need == 0.0) & (can > 0.0), np.nan, np.where(can == 0.0, 1.0, in_time))
    return np.where(np.isnan(need) | np.isnan(can), np.nan, found)
