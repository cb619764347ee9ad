from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from matching.accompaniment import Service
from matching.domain import (
    Band,
    Matter,
    Profile,
    ToConfirm,
    Weekday,
)
from tests.accompaniment.plans import plan
from tests.factories import (
    a_profile,
    a_service,
)


def confirmed(service: Service, profile: Profile, missing: str = "forklift") -> list[ToConfirm]:
    (step,) = plan(service, missing=missing, profile=profile).steps
    return list(step.to_confirm)


def test_what_is_required_and_the_cv_does_not_show_is_to_confirm() -> None:
    service = a_service(
        "a", teaches=["forklift"], requires=["cooking", "inventory", "licence-b", "de", "pallets"]
    )
    knows = a_profile(
        skills=["pallets"], jobs={"storekeeper": 12}, own_vehicle=True, languages=[("de", "B1")]
    )
    assert confirmed(service, knows) == [
        ToConfirm(matter=Matter.REQUIRED_SKILL, about="saper fare cooking")
    ]


@pytest.mark.parametrize(
    ("bands", "facts", "about"),
    [
        ([Band.MORNING], {"shifts_refused": ["morning"]}, ["morning"]),
        ([Band.MORNING], {"shifts": ["morning"]}, []),
        ([Band.AFTERNOON, Band.EVENING], {"shifts": ["morning"]}, ["afternoon", "evening"]),
        ([Band.WEEKEND], {"shifts_refused": ["weekend"]}, ["weekend"]),
        ([Band.WEEKEND, Band.EVENING], {"shifts": ["rotating"]}, []),
        ([Band.MORNING], {}, []),
    ],
)
def test_times_that_the_cv_does_not_offer_are_to_confirm(
    bands: list[Band], facts: Mapping[str, Any], about: list[str]
) -> None:
    service = a_service("a", teaches=["forklift"], bands=bands)
    expected = [ToConfirm(matter=Matter.BAND, about=band) for band in about]
    assert confirmed(service, a_profile(**facts)) == expected


@pytest.mark.parametrize(
    ("hours", "facts", "matters"),
    [
        (400, {"weekly_hours": 20}, [(Matter.WEEKLY_HOURS, "40")]),
        (400, {"weekly_hours": 40}, []),
        (16, {"weekly_hours": 20}, []),
        (400, {"hours": ["part_time"]}, [(Matter.PART_TIME, "40")]),
        (30, {"hours": ["part_time"]}, []),
        (400, {"hours": ["part_time", "full_time"]}, []),
    ],
)
def test_more_hours_than_the_cv_offers_are_to_confirm(
    hours: int, facts: Mapping[str, Any], matters: list[tuple[Matter, str]]
) -> None:
    # Five working days, mornings and afternoons: 40 hours a week at most.
    service = a_service(
        "a",
        teaches=["forklift"],
        hours=hours,
        weekdays=list(Weekday)[:5],
        bands=[Band.MORNING, Band.AFTERNOON],
    )
    expected = [ToConfirm(matter=matter, about=about) for matter, about in matters]
    assert confirmed(service, a_profile(**facts)) == expected


def test_the_level_that_a_language_course_reaches_is_to_confirm() -> None:
    assert confirmed(a_service("a", teaches=["de"]), a_profile(), missing="de") == [
        ToConfirm(matter=Matter.LANGUAGE_LEVEL, about="lingua tedesca")
    ]


@pytest.mark.parametrize(
    ("other", "clashes"),
    [
        ({"starts": [date(2027, 2, 1)]}, True),
        ({"starts": [date(2027, 2, 8)]}, True),
        ({"starts": [date(2027, 2, 9)]}, False),  # the first takes two weeks of four hours
        ({"starts": [date(2027, 2, 1)], "bands": [Band.EVENING]}, False),
        ({"starts": [date(2027, 2, 1)], "weekdays": [Weekday.TUE]}, False),
        ({}, False),
    ],
)
def test_two_steps_at_the_same_time_are_to_confirm(other: Mapping[str, Any], clashes: bool) -> None:
    first = a_service("a", teaches=["forklift"], starts=[date(2027, 2, 1)], hours=8)
    found = plan(first, a_service("b", teaches=["cooking"], **other), missing="forklift cooking")
    expected = ToConfirm(matter=Matter.SAME_TIME, about="Servizio a")
    steps = {step.service: step.to_confirm for step in found.steps}
    assert steps["a"] == ()
    assert steps["b"] == ((expected,) if clashes else ())
