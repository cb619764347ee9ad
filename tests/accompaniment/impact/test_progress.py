from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.accompaniment.impact import Progress, ProgressState
from matching.accompaniment.impact.following import Split
from matching.accompaniment.impact.progress import progress, projection
from matching.accompaniment.impact.rates import rate, wilson
from matching.domain import Contract, Measure
from matching.domain.outcomes import Accepted
from matching.territory import Per, Period, Target, TargetKind, Territory
from tests.accompaniment.impact.paths import a_home, a_job, a_path, many, records
from tests.factories import a_territory

START = date(2025, 1, 1)


def a_target(kind: TargetKind, number: int = 90, **known: Any) -> Target:
    given: dict[str, Any] = {
        "kind": kind,
        "number": number,
        "period": Period.MONTHS,
        "months": 36,
        "per": Per.TERRITORY,
        "services": (),
        "source": "prova",
        "assumed": False,
        "reason": "",
    }
    return Target(**(given | known))


def towards(target: Target, *rows: Any, as_of: date = date(2026, 6, 30)) -> Progress:
    territory: Territory = replace(a_territory(), targets=(target,))
    (found,) = progress(records(*rows), territory, since=START, as_of=as_of)
    return found


def test_two_jobs_of_one_person_are_two_opportunities_of_one_person() -> None:
    found = towards(
        a_target(TargetKind.JOB_OPPORTUNITIES),
        a_path("p1", Measure.COURSE),
        a_job("j1"),
        a_job("j2", starts_on=date(2025, 9, 1)),
    )
    assert (found.done, len(found.people)) == (2, 1)


def test_an_internship_is_no_job_opportunity_and_an_open_length_is_to_be_settled() -> None:
    found = towards(
        a_target(TargetKind.JOB_OPPORTUNITIES),
        a_path("p1", Measure.COURSE),
        a_job("j1", contract=Contract.INTERNSHIP, planned_days=180),
        a_job("j2", planned_days=None),
        a_job("j3", planned_days=10),
        a_home("h1"),
    )
    assert (found.done, found.open) == (0, 1)


def test_homes_are_counted_apart_from_jobs() -> None:
    rows = (a_path("p1", Measure.HOUSING), a_home("h1"), a_home("h2"), a_job())
    assert towards(a_target(TargetKind.HOUSING_OPPORTUNITIES), *rows).done == 2


def test_a_family_counts_once_and_one_that_is_not_known_is_to_be_settled() -> None:
    found = towards(
        a_target(TargetKind.FAMILIES_WITH_FOOD),
        a_path("p1", Measure.FOOD, household_id="n1"),
        a_path("p2", Measure.FOOD, household_id="n1"),
        a_path("p3", Measure.FOOD),
        a_path("p4", Measure.COURSE, household_id="n4"),
    )
    assert (found.done, found.open, found.people) == (1, 1, {"p1", "p2"})


def test_places_are_those_of_the_services_that_the_target_is_about() -> None:
    def took(name: str, service: str) -> Any:
        step = Accepted(measure=Measure.COURSE, service=service)
        return a_path(name, accepted=(step,))

    target = a_target(
        TargetKind.COURSE_PLACES, 12, period=Period.PROJECT, months=None, services=("magazzino",)
    )
    found = towards(target, took("p1", "magazzino"), took("p2", "altro"))
    assert (found.done, found.state, found.until) == (1, ProgressState.NO_TIME, None)


def test_people_accompanied_took_something_up_and_are_counted_in_their_year() -> None:
    target = a_target(TargetKind.PEOPLE_ACCOMPANIED, 500, period=Period.YEAR, months=12)
    rows = (
        *many(3, Measure.COURSE, start="a", agreed_on=date(2025, 3, 1)),
        a_path("b", Measure.FOOD, agreed_on=date(2026, 2, 1)),
        a_path("again", Measure.FOOD, person_id="a000", agreed_on=date(2026, 3, 1)),
        a_path("nothing", agreed_on=date(2026, 3, 1)),
    )
    found = towards(target, *rows)
    assert (found.since, found.until) == (date(2026, 1, 1), date(2026, 12, 31))
    assert found.people == {"b", "a000"}


def test_a_number_for_each_hub_is_that_of_all_together() -> None:
    target = a_target(TargetKind.PEOPLE_ACCOMPANIED, 90, per=Per.HUB)
    assert towards(target).number == 90


@pytest.mark.parametrize(
    ("count", "months", "number", "state"),
    [
        (90, 6, 90, ProgressState.REACHED),
        (60, 18, 90, ProgressState.ABOVE),
        (45, 18, 90, ProgressState.ACROSS),
        (20, 18, 90, ProgressState.BELOW),
        (9, 18, 90, ProgressState.EARLY),
        (60, 6, 500, ProgressState.EARLY),
        (20, 40, 90, ProgressState.MISSED),
    ],
)
def test_what_is_said_of_a_target_is_what_its_pace_allows(
    count: int, months: int, number: int, state: ProgressState
) -> None:
    rows = many(count, Measure.COURSE, agreed_on=START)
    as_of = START + timedelta(days=round(months * 30.44))
    found = towards(a_target(TargetKind.PEOPLE_ACCOMPANIED, number), *rows, as_of=as_of)
    assert found.state is state
    if found.projected is not None:
        assert found.lower is not None
        assert found.upper is not None
        assert found.done <= found.lower <= found.upper


def test_a_period_that_has_not_begun_foretells_nothing() -> None:
    found = towards(a_target(TargetKind.JOB_OPPORTUNITIES), as_of=date(2024, 12, 1))
    assert (found.state, found.projected) == (ProgressState.NOT_BEGUN, None)


def test_the_projection_holds_what_comes_as_often_as_it_says() -> None:
    rng = np.random.default_rng(4)
    held = []
    for _ in range(400):
        pace = rng.gamma(4.0, 0.02)
        done = int(rng.poisson(pace * 300))
        final = done + int(rng.poisson(pace * 700))
        _, lower, upper = projection(done, 300, 700)
        held.append(lower <= final <= upper)
    assert 0.74 <= np.mean(held) <= 0.9


def test_a_period_that_is_over_needs_no_projection() -> None:
    assert projection(7, 100, 0) == (7.0, 7, 7)


@settings(max_examples=80, deadline=None)
@given(yes=st.integers(0, 60), no=st.integers(0, 60), unknown=st.integers(0, 60))
def test_a_share_lies_in_its_interval_and_in_its_bounds(yes: int, no: int, unknown: int) -> None:
    people = [
        frozenset(f"{part}{n}" for n in range(count))
        for part, count in enumerate((yes, no, unknown))
    ]
    made = rate(Split(yes=people[0], no=people[1], unknown=people[2]))
    assert made.followed == yes + no + unknown
    assert (made.share is None) == (yes + no == 0)
    if made.share is not None:
        assert made.lower - 1e-12 <= made.share <= made.upper + 1e-12
        assert made.least - 1e-12 <= made.share <= made.most + 1e-12
    assert 0 <= made.lower <= made.upper <= 1


def test_nothing_known_is_an_interval_of_everything() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert rate(Split()).share is None
