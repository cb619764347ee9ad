from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matching.accompaniment import Service
from matching.accompaniment.asking import ages, area_names, asked_of_her
from matching.domain import Audience, Matter, Need, Profile
from matching.territory import Territory
from tests.accompaniment.plans import AS_OF, plan, slugs
from tests.factories import HILL, VALLEY, a_profile, a_service, a_territory


def asked(
    service: Service,
    profile: Profile | None = None,
    territory: Territory | None = None,
    as_of: date = AS_OF,
) -> list[tuple[Matter, str]]:
    found = asked_of_her(profile or a_profile(), service, territory or a_territory(), as_of)
    return [(one.matter, one.about) for one in found]


def with_months(months: int | None) -> Territory:
    territory = a_territory()
    return replace(territory, limits=replace(territory.limits, service_months=months))


def test_nobody_is_left_out_by_whom_a_service_is_for() -> None:
    services = [
        a_service("a", needs=[Need.CARE], audiences=[Audience.WOMEN, Audience.CARERS], max_age=20)
    ]
    (step,) = plan(*services, needs=[Need.CARE]).steps
    matters = [(one.matter, one.about) for one in step.to_confirm]
    assert matters == [
        (Matter.AUDIENCE, Audience.WOMEN),
        (Matter.AUDIENCE, Audience.CARERS),
        (Matter.AGE, "0-20"),
    ]


def test_a_service_for_everyone_leaves_nothing_to_ask() -> None:
    assert asked(a_service("a", audiences=[Audience.EVERYONE], area=["territory"])) == []


@pytest.mark.parametrize(
    ("bounds", "written"),
    [((None, None), ""), ((18, None), "18+"), ((None, 14), "0-14"), ((16, 29), "16-29")],
)
def test_ages_are_written_with_both_bounds(
    bounds: tuple[int | None, int | None], written: str
) -> None:
    assert ages(a_service("a", min_age=bounds[0], max_age=bounds[1])) == written


@pytest.mark.parametrize(
    ("area", "home", "about"),
    [
        ([HILL], HILL, []),
        ([HILL], VALLEY, ["Borgo in Collina"]),
        ([HILL, VALLEY], None, ["Borgo in Collina, Borgo in Valle"]),
        (["territory"], None, []),
        ([], VALLEY, []),
    ],
)
def test_where_she_lives_is_to_confirm_only_where_it_may_matter(
    area: Sequence[str], home: str | None, about: list[str]
) -> None:
    facts: dict[str, Any] = {} if home is None else {"comune": home}
    found = asked(a_service("a", area=list(area)), a_profile(**facts))
    assert found == [(Matter.AREA, names) for names in about]


def test_an_entry_not_confirmed_lately_stays_and_says_so() -> None:
    service = a_service("a", needs=[Need.CARE], assured=date(2026, 7, 9))
    territory = with_months(6)
    assert asked(service, territory=territory, as_of=date(2027, 1, 9)) == []
    assert asked(service, territory=territory) == [(Matter.STALE, "2026-07-09")]
    undated = replace(service, assured=None)
    assert asked(undated, territory=territory) == [(Matter.UNDATED, service.name)]
    assert asked(undated, territory=with_months(None)) == []


def test_of_two_that_answer_as_much_the_one_for_people_of_her_place_is_proposed() -> None:
    near = a_service("b", needs=[Need.CARE], area=[VALLEY], place=HILL)
    far = a_service("a", needs=[Need.CARE], area=[HILL], place=VALLEY)
    home = a_profile(comune=VALLEY)
    assert slugs(plan(near, far, needs=[Need.CARE], profile=home)) == ["b"]
    assert slugs(plan(near, far, needs=[Need.CARE])) == ["a"]
    # With nothing better, the one for people of elsewhere is proposed all the same.
    (step,) = plan(far, needs=[Need.CARE], profile=home).steps
    assert [one.matter for one in step.to_confirm] == [Matter.AREA]


def test_an_ambito_is_told_from_the_municipality_of_its_name(territory: Territory) -> None:
    ambito = territory.ambiti[0]
    seat = territory.find_municipality(ambito.name)
    assert seat is not None
    both = a_service("a", area=[ambito.code, seat.istat])
    assert area_names(both, territory) == (f"{ambito.name} (ambito)", seat.name)
