"""The sheet of a person: what hiring her could bring. Only she may hand it over.

It reveals age, sex, family, measures received, time without work. It is made for her, is never
shown to an agency or an employer by the hub, and is kept nowhere by what makes it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matching.accompaniment.incentives.hire import Hire, of_hire
from matching.accompaniment.incentives.law import Law
from matching.accompaniment.rights.answers import of_household
from matching.accompaniment.rules import (
    Check,
    Condition,
    Period,
    Rule,
    RuleState,
    Truth,
    judged,
    what_changes,
)
from matching.accompaniment.rules.condition import OF_THE_HIRE
from matching.accompaniment.rules.truth import Tell
from matching.domain.household import Household, WorkStatus

_ORDER = tuple(RuleState)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An incentive or a status, what is said of it for one person, and why."""

    rule: Rule
    state: RuleState
    checks: tuple[Check, ...]
    period: Period | None

    @property
    def would_change(self) -> tuple[Check, ...]:
        """Single conditions whose answer would change the state."""
        return what_changes(self.checks)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalSheet:
    """What hiring this person for this vacancy could bring, and her status, on a day.

    For the person: whoever holds it must not pass it on.
    """

    person_id: str
    vacancy_id: str | None
    day: date
    incentives: tuple[Judged, ...]
    statuses: tuple[Judged, ...]


def personal_sheet(
    law: Law,
    household: Household,
    status: WorkStatus,
    hire: Hire | None = None,
    *,
    as_of: date,
) -> PersonalSheet:
    """The sheet of the person whose work status is given, the likeliest first.

    Parameters
    ----------
    law
        The dated rules.
    household, status
        The person, as she told it.
    hire
        The vacancy, None for any; its day counts where it is known.
    as_of
        The day otherwise.

    Raises
    ------
    InputError
        Where the status is that of nobody in the household.
    """
    planned = hire or Hire(vacancy_id="")
    day = planned.starts_on or as_of
    tell = _of_both(planned, of_household(household, status, day))
    return PersonalSheet(
        person_id=status.member,
        vacancy_id=None if hire is None else hire.vacancy_id,
        day=day,
        incentives=_judged(law.incentives, tell, day),
        statuses=_judged(law.statuses, tell, day),
    )


def _of_both(hire: Hire, person: Tell) -> Tell:
    of_contract = of_hire(hire)

    def tell(condition: Condition) -> Truth:
        return (of_contract if condition.ask in OF_THE_HIRE else person)(condition)

    return tell


def _judged(rules: Sequence[Rule], tell: Tell, day: date) -> tuple[Judged, ...]:
    found = []
    for rule in rules:
        if not rule.begins_after(day):
            state, checks = judged(rule, tell, day)
            found.append(Judged(rule=rule, state=state, checks=checks, period=rule.period(day)))
    return tuple(sorted(found, key=lambda one: _ORDER.index(one.state)))
