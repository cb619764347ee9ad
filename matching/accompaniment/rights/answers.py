"""What a household and the work of one of its members say of a condition on a day.

Nothing that is not known is taken for a no; learning more never turns a *holds* into a *fails* nor
the other way round, as long as what was known stays as it was.
"""

from collections.abc import Callable, Mapping
from datetime import date

from matching.accompaniment.rules.bounds import age, aged, lasted, within
from matching.accompaniment.rules.condition import Ask, Condition
from matching.accompaniment.rules.truth import (
    Tell,
    Truth,
    every,
    of_answer,
    of_flag,
    opposite,
    some,
)
from matching.domain import Answer
from matching.domain.household import Household, Member, Relation, WorkStatus
from matching.errors import InputError

_ADULT = 18

_OfHousehold = Callable[[Household, Condition, date], Truth]
_OfWork = Callable[[WorkStatus, Condition, date], Truth]


def of_household(household: Household, status: WorkStatus | None, as_of: date) -> Tell:
    """What these say of a condition on a day; what is asked of the hire is not known here.

    Raises
    ------
    InputError
        Where the status is that of nobody in the household.
    """
    person = household.applicant if status is None else _member(household, status)

    def tell(condition: Condition) -> Truth:
        if told := _HOUSEHOLD.get(condition.ask):
            return told(household, condition, as_of)
        if condition.ask in _PERSON:
            if person is None:
                return Truth.UNKNOWN
            if condition.ask is Ask.ALONE_WITH_DEPENDANTS:
                return _alone_with_dependants(person, household)
            return _person(person, condition, as_of)
        if status is not None and (worked := _WORK.get(condition.ask)):
            return worked(status, condition, as_of)
        return Truth.UNKNOWN

    return tell


def _member(household: Household, status: WorkStatus) -> Member:
    for one in household.members:
        if one.id == status.member:
            return one
    raise InputError(
        f"household {household.id!r}: the work status is of {status.member!r}, who is no member; "
        f"write one of {', '.join(repr(one.id) for one in household.members)}."
    )


def _someone_aged(household: Household, condition: Condition, on: date) -> Truth:
    return some(aged(condition, one.birth, on) for one in household.members)


def _everyone_aged(household: Household, condition: Condition, on: date) -> Truth:
    return every(aged(condition, one.birth, on) for one in household.members)


def _someone_with_disability(household: Household, condition: Condition, on: date) -> Truth:
    return some(of_answer(one.disability) for one in household.members)


def _dependent_child(household: Household, condition: Condition, on: date) -> Truth:
    children = (one for one in household.members if one.relation is Relation.CHILD)
    return some(every((of_flag(one.dependant), aged(condition, one.birth, on))) for one in children)


def _minor_children(household: Household, condition: Condition, on: date) -> Truth:
    births = [one.birth for one in household.members if one.relation is Relation.CHILD]
    minors = sum(birth is not None and age(birth, on) < _ADULT for birth in births)
    at_most = minors + sum(birth is None for birth in births)
    fewest, most = within(condition, minors), within(condition, at_most)
    return fewest if fewest is most else Truth.UNKNOWN


def _alone_with_dependants(person: Member, household: Household) -> Truth:
    others = [one for one in household.members if one is not person]
    if not others or any(one.relation is Relation.PARTNER for one in others):
        return Truth.FAILS
    return every(of_flag(one.dependant) for one in others)


def _tenure(household: Household, condition: Condition, on: date) -> Truth:
    return of_flag(None if household.tenure is None else household.tenure in condition.values)


def _eviction(household: Household, condition: Condition, on: date) -> Truth:
    return Truth.UNKNOWN if household.eviction_on is None else Truth.HOLDS


def _receives(household: Household, condition: Condition, on: date) -> Truth:
    held = household.receives
    return of_flag(None if held is None else not held.isdisjoint(condition.values))


_HOUSEHOLD: Mapping[Ask, _OfHousehold] = {
    Ask.ISEE: lambda household, condition, on: within(condition, household.isee_eur),
    Ask.FAMILY_INCOME: lambda household, condition, on: within(condition, household.income_eur),
    Ask.SOMEONE_AGED: _someone_aged,
    Ask.EVERYONE_AGED: _everyone_aged,
    Ask.SOMEONE_WITH_DISABILITY: _someone_with_disability,
    Ask.DEPENDENT_CHILD: _dependent_child,
    Ask.MINOR_CHILDREN: _minor_children,
    Ask.CARE_PROGRAMME: lambda household, condition, on: of_answer(household.care_programme),
    Ask.TENURE: _tenure,
    Ask.ARREARS: lambda household, condition, on: within(condition, household.arrears_months),
    Ask.EVICTION: _eviction,
    Ask.RECEIVES: _receives,
}


_PERSON = frozenset({Ask.OWN_AGE, Ask.SEX, Ask.OWN_DISABILITY, Ask.ALONE_WITH_DEPENDANTS})


def _person(person: Member, condition: Condition, on: date) -> Truth:
    if condition.ask is Ask.OWN_AGE:
        return aged(condition, person.birth, on)
    if condition.ask is Ask.SEX:
        return of_flag(None if person.sex is None else person.sex in condition.values)
    return of_answer(person.disability)


def _declared(status: WorkStatus, condition: Condition, on: date) -> Truth:
    known = status.declared if status.declared_on is None else Answer.YES
    if status.declared_on is not None and status.declared_on > on:
        known = Answer.NO
    if condition.at_least is None and condition.more_than is None:
        return of_answer(known)
    if known is Answer.NO:
        return Truth.FAILS
    return lasted(condition, status.declared_on, on)


def _no_regular_job(status: WorkStatus, condition: Condition, on: date) -> Truth:
    # A job of these days may be an irregular one, or too small to count: it settles nothing.
    return lasted(condition, status.no_regular_job_since, on)


def _days_since_job(status: WorkStatus, condition: Condition, on: date) -> Truth:
    ended = status.job_ended_on
    return within(condition, None if ended is None else (on - ended).days)


_WORK: Mapping[Ask, _OfWork] = {
    Ask.TARGETED_PLACEMENT: lambda status, _, on: of_answer(status.targeted_placement),
    Ask.OUT_OF_WORK: lambda status, _, on: of_answer(status.out_of_work),
    Ask.DECLARED: _declared,
    Ask.EMPLOYEE_INCOME: lambda status, asked, on: within(asked, status.employee_income_eur),
    Ask.OWN_INCOME: lambda status, asked, on: within(asked, status.own_income_eur),
    Ask.LOST_INVOLUNTARILY: lambda status, _, on: of_answer(status.lost_involuntarily),
    Ask.EMPLOYEE: lambda status, _, on: opposite(of_answer(status.collaboration)),
    Ask.COLLABORATION: lambda status, _, on: of_answer(status.collaboration),
    Ask.NOT_RESIGNED: lambda status, _, on: opposite(of_answer(status.resigned)),
    Ask.WEEKS_SINCE_RESIGNING: lambda status, asked, on: within(
        asked, status.weeks_since_resigning
    ),
    Ask.WEEKS_CONTRIBUTED: lambda status, asked, on: within(asked, status.weeks_contributed),
    Ask.DAYS_SINCE_JOB: _days_since_job,
    Ask.NO_REGULAR_JOB: _no_regular_job,
    Ask.NEVER_PERMANENT: lambda status, _, on: opposite(of_answer(status.ever_permanent)),
    Ask.NO_FIRST_JOB: lambda status, _, on: opposite(of_answer(status.first_job)),
    Ask.EDUCATION: lambda status, asked, on: within(asked, status.education_level),
    Ask.EDUCATION_ENDED: lambda status, asked, on: lasted(asked, status.education_ended_on, on),
}
