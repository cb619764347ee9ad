"""What a rule may ask: a closed list, each with the bounds that it takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Ask(StrEnum):
    """What a condition asks. The unit of its bounds stands beside it, where it has any."""

    ISEE = "isee"  # euros
    FAMILY_INCOME = "family_income"  # euros a year
    SOMEONE_AGED = "someone_aged"  # years
    EVERYONE_AGED = "everyone_aged"  # years
    SOMEONE_WITH_DISABILITY = "someone_with_disability"
    DEPENDENT_CHILD = "dependent_child"  # years
    MINOR_CHILDREN = "minor_children"  # how many
    ALONE_WITH_DEPENDANTS = "alone_with_dependants"
    CARE_PROGRAMME = "care_programme"
    TENURE = "tenure"  # values of Tenure
    ARREARS = "arrears"  # months
    EVICTION = "eviction"
    RECEIVES = "receives"  # ids of public measures
    OWN_AGE = "own_age"  # years
    SEX = "sex"  # values of Sex
    OWN_DISABILITY = "own_disability"
    TARGETED_PLACEMENT = "targeted_placement"
    OUT_OF_WORK = "out_of_work"
    DECLARED = "declared"  # months since the declaration, or none
    EMPLOYEE_INCOME = "employee_income"  # euros a year
    OWN_INCOME = "own_income"  # euros a year
    LOST_INVOLUNTARILY = "lost_involuntarily"
    EMPLOYEE = "employee"
    COLLABORATION = "collaboration"
    NOT_RESIGNED = "not_resigned"
    WEEKS_SINCE_RESIGNING = "weeks_since_resigning"  # weeks
    WEEKS_CONTRIBUTED = "weeks_contributed"  # weeks
    DAYS_SINCE_JOB = "days_since_job"  # days
    NO_REGULAR_JOB = "no_regular_job"  # months
    NEVER_PERMANENT = "never_permanent"
    NO_FIRST_JOB = "no_first_job"
    EDUCATION = "education"  # EQF level
    EDUCATION_ENDED = "education_ended"  # months ago
    SAID_BY_THE_PERSON = "said_by_the_person"
    CONTRACT = "contract"  # values of Contract
    FULL_TIME = "full_time"
    NET_GROWTH = "net_growth"
    ON_SIISL = "on_siisl"
    EMPLOYER = "employer"  # values of EmployerKind
    UNDERREPRESENTED = "underrepresented"  # values of Underrepresented


OF_THE_HIRE = frozenset(
    {
        Ask.CONTRACT,
        Ask.FULL_TIME,
        Ask.NET_GROWTH,
        Ask.ON_SIISL,
        Ask.EMPLOYER,
        Ask.UNDERREPRESENTED,
    }
)
"""What is asked of the contract and the employer. All else is asked of a person or household."""

_BOTH, _MOST, _LEAST = {"at_least", "at_most"}, {"at_most"}, {"at_least"}
BOUNDS: Mapping[Ask, frozenset[str]] = {
    ask: frozenset(keys)
    for ask, keys in {
        Ask.ISEE: _MOST,
        Ask.FAMILY_INCOME: _MOST,
        Ask.SOMEONE_AGED: _BOTH,
        Ask.EVERYONE_AGED: _BOTH,
        Ask.DEPENDENT_CHILD: _MOST,
        Ask.MINOR_CHILDREN: _LEAST,
        Ask.TENURE: {"values"},
        Ask.ARREARS: _LEAST,
        Ask.RECEIVES: {"values"},
        Ask.OWN_AGE: _BOTH,
        Ask.SEX: {"values"},
        Ask.DECLARED: {"at_least", "more_than"},
        Ask.EMPLOYEE_INCOME: _MOST,
        Ask.OWN_INCOME: _MOST,
        Ask.WEEKS_SINCE_RESIGNING: _LEAST,
        Ask.WEEKS_CONTRIBUTED: _LEAST,
        Ask.DAYS_SINCE_JOB: _MOST,
        Ask.NO_REGULAR_JOB: {"at_least", "more_than"},
        Ask.EDUCATION: _MOST,
        Ask.EDUCATION_ENDED: _MOST,
        Ask.CONTRACT: {"values"},
        Ask.EMPLOYER: {"values"},
        Ask.UNDERREPRESENTED: {"values"},
    }.items()
}
"""The bounds that each takes; the others are asked as yes or no."""

MAY_GO_WITHOUT = frozenset({Ask.DECLARED, Ask.DEPENDENT_CHILD})
"""Asks whose bounds may all be left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One thing that a rule asks.

    ``perhaps`` widens the bounds: between it and the bound the law's words leave it open, and the
    answer is unknown. Where ``beyond`` is true, past the bound it is always unknown (a threshold
    that only the desk can compute). Where ``enough`` is false, a yes is not sufficient: it is
    unknown what it comes to.
    """

    ask: Ask
    at_least: int | None = None
    at_most: int | None = None
    more_than: int | None = None
    values: tuple[str, ...] = ()
    perhaps: int | None = None
    beyond: bool = False
    enough: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Clauses of which all must hold, or (``any_of``) at least one."""

    any_of: bool
    parts: tuple["Clause", ...]


Clause = Condition | Joined
