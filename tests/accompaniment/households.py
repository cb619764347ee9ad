"""Households made up here, and hires, for tests that are worked by hand."""

from datetime import date
from typing import Any

from matching.accompaniment.incentives.hire import EmployerKind, Hire
from matching.domain import Answer, Contract
from matching.domain.household import Household, Member, Relation, Sex, Tenure, WorkStatus

AS_OF = date(2026, 11, 28)


def an_applicant(**known: Any) -> Member:
    return Member(**({"id": "a", "relation": Relation.APPLICANT} | known))


def a_child(**known: Any) -> Member:
    return Member(**({"id": "c", "relation": Relation.CHILD} | known))


def a_household(*members: Member, **known: Any) -> Household:
    return Household(id="h", members=members or (an_applicant(),), **known)


def a_status(**known: Any) -> WorkStatus:
    return WorkStatus(member="a", **known)


def a_hire(**known: Any) -> Hire:
    given: dict[str, Any] = {
        "vacancy_id": "v",
        "contract": Contract.PERMANENT,
        "employer": EmployerKind.COMPANY,
        "net_growth": Answer.YES,
    }
    return Hire(**(given | known))


def the_fifty_year_old(**known: Any) -> Household:
    """Fifty, a son with a disability, renting, three months in arrears, on no public measure."""
    given: dict[str, Any] = {
        "tenure": Tenure.RENTED,
        "arrears_months": 3,
        "isee_eur": 4300,
        "receives": frozenset(),
    }
    return a_household(
        an_applicant(birth=date(1976, 3, 14), sex=Sex.MALE, disability=Answer.NO),
        a_child(birth=date(2004, 9, 2), disability=Answer.YES, dependant=True),
        **(given | known),
    )


def out_since_2010(**known: Any) -> WorkStatus:
    given: dict[str, Any] = {
        "out_of_work": Answer.YES,
        "declared": Answer.NO,
        "no_regular_job_since": date(2010, 7, 1),
        "job_ended_on": date(2010, 6, 30),
        "weeks_contributed": 0,
    }
    return a_status(**(given | known))
