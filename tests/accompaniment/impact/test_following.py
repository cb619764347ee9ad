from datetime import date
from typing import Any

import pytest

from matching.accompaniment.impact.following import (
    Split,
    before,
    counts_as_work,
    index,
    observed,
    split,
)
from matching.domain import Contract, Measure
from matching.domain.outcomes import Before, OutcomeKind
from matching.territory import LostAs, OutcomePolicy
from tests.accompaniment.impact.paths import AS_OF, a_home, a_job, a_path, an_outcome, records

POLICY = OutcomePolicy(work_days=30, lost=LostAs.INACTIVE, reason="prova")


def came(kind: OutcomeKind, months: int, *rows: Any, compared: bool = False) -> Split:
    found = index(records(*rows))
    return split(found, kind, months, policy=POLICY, as_of=AS_OF, compared=compared)


@pytest.mark.parametrize(
    ("known", "counts"),
    [
        ({"planned_days": 30}, True),
        ({"planned_days": 29}, False),
        ({"planned_days": None, "contract": Contract.PERMANENT}, True),
        ({"planned_days": None, "contract": Contract.FIXED_TERM}, None),
        ({"planned_days": None, "contract": None}, None),
        ({"planned_days": None, "contract": None, "self_employed": True}, True),
        ({"planned_days": 300, "contract": Contract.INTERNSHIP}, False),
    ],
)
def test_a_job_counts_by_the_rule_of_the_territory_and_an_internship_never(
    known: dict[str, Any], counts: bool | None
) -> None:
    assert counts_as_work(a_job(**known), POLICY) is counts


def test_a_home_is_no_work() -> None:
    assert counts_as_work(a_home(), POLICY) is False


def test_work_is_found_by_a_horizon_and_counts_from_then_on() -> None:
    rows = (a_path("p1", Measure.COURSE), a_job(starts_on=date(2025, 9, 1)))
    assert came(OutcomeKind.WORK, 6, *rows).unknown == {"p1"}
    assert came(OutcomeKind.WORK, 12, *rows).yes == {"p1"}


def test_no_record_is_not_known_and_never_no() -> None:
    assert came(OutcomeKind.WORK, 12, a_path("p1", Measure.COURSE)).unknown == {"p1"}
    said = (a_path("p1", Measure.COURSE), an_outcome(came=False))
    assert came(OutcomeKind.WORK, 12, *said).no == {"p1"}
    asked = (a_path("p1", Measure.COURSE), an_outcome(came=None))
    assert came(OutcomeKind.WORK, 12, *asked).unknown == {"p1"}


def test_a_job_that_may_count_leaves_a_no_open() -> None:
    rows = (a_path("p1", Measure.COURSE), an_outcome(came=False), a_job(planned_days=None))
    assert came(OutcomeKind.WORK, 12, *rows).unknown == {"p1"}


def test_an_internship_leaves_the_answer_as_it_was() -> None:
    internship = a_job(contract=Contract.INTERNSHIP, planned_days=200)
    rows = (a_path("p1", Measure.INTERNSHIP), an_outcome(came=False), internship)
    assert came(OutcomeKind.WORK, 12, *rows).no == {"p1"}


def test_a_horizon_that_is_still_to_come_follows_nobody() -> None:
    assert came(OutcomeKind.WORK, 24, a_path("p1", Measure.COURSE)).followed == frozenset()


def test_an_interrupted_path_is_followed_like_any_other() -> None:
    path = a_path("p1", Measure.COURSE, interrupted_on=date(2025, 3, 1))
    assert came(OutcomeKind.WORK, 12, path, an_outcome(came=False)).no == {"p1"}


def test_a_person_with_two_paths_and_two_jobs_is_one_person() -> None:
    rows = (
        a_path("p1", Measure.COURSE),
        a_path("p2", Measure.FOOD, person_id="p1", agreed_on=date(2025, 4, 1)),
        a_job("j1", "p1"),
        a_job("j2", "p2", starts_on=date(2025, 5, 1)),
    )
    found = came(OutcomeKind.WORK, 6, *rows)
    assert (found.yes, found.followed) == ({"p1"}, {"p1"})


@pytest.mark.parametrize(
    ("known", "kept"),
    [
        ({"confirmed_on": date(2025, 9, 1)}, "yes"),
        ({"ended_on": date(2025, 9, 1)}, "yes"),
        ({"ended_on": date(2025, 8, 31)}, "no"),
        ({"confirmed_on": date(2025, 8, 31)}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_a_job_is_kept_where_somebody_says_so_six_months_later(
    known: dict[str, Any], kept: str
) -> None:
    found = came(OutcomeKind.RETAINED, 12, a_path("p1", Measure.COURSE), a_job(**known))
    assert getattr(found, kept) == {"p1"}


def test_who_found_no_job_in_time_is_not_asked_whether_it_was_kept() -> None:
    late = a_job(starts_on=date(2025, 8, 1))
    assert not came(OutcomeKind.RETAINED, 12, a_path("p1", Measure.COURSE), late).followed


def test_an_outcome_is_about_those_who_took_up_what_it_is_about() -> None:
    rows = (
        a_path("p1", Measure.HOUSING),
        a_path("p2", Measure.COURSE),
        a_path("p3", Measure.FOOD, offered=(Measure.HOUSING,)),
        an_outcome("p1", OutcomeKind.HOME_KEPT, came=True),
        an_outcome("p3", OutcomeKind.HOME_KEPT, came=False),
    )
    assert came(OutcomeKind.HOME_KEPT, 12, *rows).followed == {"p1"}
    assert came(OutcomeKind.HOME_KEPT, 12, *rows, compared=True).no == {"p3"}


def test_those_compared_on_work_took_nothing_up() -> None:
    rows = (a_path("p1", Measure.COURSE), a_path("p2"), an_outcome("p2", came=False))
    assert came(OutcomeKind.WORK, 12, *rows, compared=True).followed == {"p2"}


def test_the_last_answer_counts() -> None:
    rows = (
        a_path("p1", Measure.HOUSING),
        an_outcome(kind=OutcomeKind.HOME_KEPT, came=True, seen_on=date(2026, 5, 1)),
        an_outcome(kind=OutcomeKind.HOME_KEPT, came=False, seen_on=date(2026, 2, 1)),
    )
    assert came(OutcomeKind.HOME_KEPT, 12, *rows).yes == {"p1"}


def test_the_baseline_is_what_was_stated_and_is_not_known_otherwise() -> None:
    found = index(
        records(
            a_path("p1", Measure.COURSE, before=(Before(kind=OutcomeKind.WORK, was=False),)),
            a_path("p2", Measure.COURSE),
        )
    )
    base = before(found, OutcomeKind.WORK, frozenset({"p1", "p2"}))
    assert (base.no, base.unknown) == ({"p1"}, {"p2"})


def test_effects_are_learnt_from_one_entry_per_person_and_horizons_that_are_past() -> None:
    found = index(
        records(
            a_path("p1", Measure.COURSE),
            a_path("p9", Measure.FOOD, person_id="p1", agreed_on=date(2025, 5, 1)),
            a_job(),
        )
    )
    (one,) = observed(found, policy=POLICY, as_of=AS_OF)
    assert one.path.id == "p1"
    assert one.worked == {6: True, 12: True}
