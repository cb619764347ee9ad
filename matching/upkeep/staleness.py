"""What has become stale leaves the pool, and it is seen that it does, since when, and what helps.

A vacancy leaves after its deadline, or, where it states none, when it has been open for as long as
the territory allows; a profile when nobody has confirmed it for as long. What has no date stays,
and is said to be undated. Dates of update and opening enter no score: who is in the pool is
compared as if all had been confirmed today.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar

from matching.domain import Absence, Facts, LeftOut
from matching.domain.days import months_later
from matching.territory import Limits
from matching.wording import Wording


class Identified(Protocol):
    """Anything with an identifier: a profile, a vacancy, a row."""

    @property
    def id(self) -> str:
        """The identifier."""


_Item = TypeVar("_Item", bound=Identified)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """When a vacancy opened, and the last day on which one may apply; None where not known."""

    id: str
    opened: date | None = None
    deadline: date | None = None

    @property
    def dated(self) -> bool:
        """Whether it can be known to have become stale."""
        return self.opened is not None or self.deadline is not None


def profiles_left_out(
    confirmed: Mapping[str, date | None], *, limits: Limits, as_of: date, wording: Wording
) -> tuple[LeftOut, ...]:
    """Profiles that nobody has confirmed for longer than the territory allows.

    Parameters
    ----------
    confirmed
        By identifier, the day on which the profile was last brought up to date or confirmed;
        None where it is not known.
    limits
        Of the territory.
    as_of
        The day for which the pool is drawn.
    wording
        Says what brings a profile back.

    Returns
    -------
    tuple of LeftOut
        In the order given. ``since`` is the first day out of the pool.
    """
    found: list[LeftOut] = []
    for record_id, day in confirmed.items():
        if day is None:
            continue
        since = months_later(day, limits.profile_months) + timedelta(days=1)
        if since <= as_of:
            text = wording.say("upkeep.stale_profile", on=day, months=limits.profile_months)
            found.append(LeftOut(id=record_id, why=Absence.STALE_PROFILE, since=since, text=text))
    return tuple(found)


def vacancies_left_out(
    openings: Iterable[Opening], *, limits: Limits, as_of: date, wording: Wording
) -> tuple[LeftOut, ...]:
    """Vacancies past their deadline, or, without one, open for longer than the territory allows.

    The day of the deadline is still in time. See :func:`profiles_left_out`.
    """
    found: list[LeftOut] = []
    for opening in openings:
        if opening.deadline is not None:
            since = opening.deadline + timedelta(days=1)
            text = wording.say("upkeep.past_deadline", on=opening.deadline)
        elif opening.opened is not None:
            since = opening.opened + timedelta(days=limits.vacancy_days + 1)
            text = wording.say("upkeep.long_open", on=opening.opened, days=limits.vacancy_days)
        else:
            continue
        if since <= as_of:
            found.append(
                LeftOut(id=opening.id, why=Absence.EXPIRED_VACANCY, since=since, text=text)
            )
    return tuple(found)


def still_here(items: Sequence[_Item], left_out: Iterable[LeftOut]) -> tuple[_Item, ...]:
    """The items that did not leave, in their order."""
    gone = {one.id for one in left_out}
    return tuple(item for item in items if item.id not in gone)


def deadline_of(facts: Facts, opened: date | None) -> date | None:
    """The deadline that a vacancy states.

    A day without a year (*entro il 30 aprile*) is the first such day from the opening on, and not,
    as read on some later day, always one to come; where the opening is not known either, it is
    not known.
    """
    if facts.deadline is None:
        return None
    day = date.fromisoformat(str(facts.deadline.value))
    year = f"{day:%Y}"
    if re.search(rf"{year}|(?:[./-]|['’])\s?{year[2:]}(?!\d)", facts.deadline.evidence):
        return day
    if opened is None:
        return None
    this_year = _in_year(day, opened.year)
    return this_year if this_year >= opened else _in_year(day, opened.year + 1)


def _in_year(day: date, year: int) -> date:
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
