"""What a vacancy could bring an employer, by whoever might be hired: no person is in it.

This is all that an agency or an employer may be shown. Nothing here takes a person or a household,
and the module cannot import them (import contract "incentives without a person").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matching.accompaniment.incentives.hire import Hire, of_hire
from matching.accompaniment.rules import Check, Clause, Period, Rule, RuleState, judged
from matching.accompaniment.rules.condition import OF_THE_HIRE
from matching.accompaniment.rules.reading import conditions


@dataclass(frozen=True, slots=True, kw_only=True)
class OfVacancy:
    """An incentive that a hire may bring, and whom it is for, in the law's words alone.

    ``expired`` where it is over on the day of the hire; ``hire`` are the conditions on contract
    and employer alone, ``person`` those that are also on whoever is hired, about whom nothing is
    said. ``period`` holds the thresholds of the day, None where they are not known here.
    """

    incentive: Rule
    expired: bool
    hire: tuple[Check, ...]
    person: tuple[Clause, ...]
    period: Period | None


def of_vacancy(incentives: Sequence[Rule], hire: Hire, *, as_of: date) -> tuple[OfVacancy, ...]:
    """The incentives that the contract and the employer leave open, those that are over last.

    Those that have not begun, and those that the contract or the employer rules out, are not
    listed. The day is that of the hire, where it is known.
    """
    day = hire.starts_on or as_of
    tell = of_hire(hire)
    found = []
    for rule in incentives:
        if rule.begins_after(day):
            continue
        state, checks = judged(rule, tell, day)
        if state is RuleState.UNLIKELY:
            continue
        found.append(
            OfVacancy(
                incentive=rule,
                expired=state is RuleState.EXPIRED,
                hire=tuple(one for one in checks if _of_the_hire(one)),
                person=tuple(one.clause for one in checks if not _of_the_hire(one)),
                period=rule.period(day),
            )
        )
    return tuple(sorted(found, key=lambda one: one.expired))


def _of_the_hire(check: Check) -> bool:
    return all(one.ask in OF_THE_HIRE for one in conditions((check.clause,)))
