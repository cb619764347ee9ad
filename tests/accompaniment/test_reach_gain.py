"""What a service opens is what the matcher says of the person that she would be."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.accompaniment.market import Market, market
from matching.accompaniment.reach_gain import after_service, reach_gains, reach_of
from matching.domain import Profile, Vacancy
from matching.domain.reach import Barrier, Reach
from matching.features import judged, pair_features
from matching.models import BaselineRanker
from matching.ranking.eligibility import hard_requirements
from matching.ranking.eligibility_pool import not_met, pool_answers
from matching.ranking.rules import Rules
from matching.service import Service
from matching.territory.priorities import ReachPolicy
from tests.factories import HILL, VALLEY, a_profile, a_service, a_space, a_vacancy
from tests.features.strategies import COUNTED, profiles, seldom, vacancies

SPACE = a_space()
RULES = Rules(rules=(), codes={"licence-c": "C"})
AS_OF = date(2027, 1, 10)
BASELINE = BaselineRanker().fit(pair_features([], [], SPACE))
POLICY = ReachPolicy(suitable=0.1, near_minutes=20, most_minutes=60, reason="prova")


class Stores(BaselineRanker):
    """Scores a pair by the essential skills held alone; nothing known is worth nothing."""

    def predict(self, X: pd.DataFrame) -> Any:
        return np.nan_to_num(X["skills_essential"].to_numpy(dtype=float))

    def no_information(self) -> float:
        return 0.0


STORES_ALONE = Stores().fit(pair_features([], [], SPACE))
HALF = ReachPolicy(suitable=0.5, near_minutes=20, most_minutes=60, reason="prova")


def a_market(*now: Vacancy, past: tuple[Vacancy, ...] = (), days: int = 0) -> Market:
    return market(now, past=past, past_days=days, space=SPACE, rules=RULES, as_of=AS_OF)


def gains(person: Profile, found: Market, *services: Any, **changes: Any) -> Any:
    options = {"ranker": STORES_ALONE, "policy": HALF, **changes}
    return reach_gains(person, services, found, space=SPACE, rules=RULES, **options)


STORES = a_vacancy("stores", essential=["forklift", "pallets"], jobs=["storekeeper"])
KITCHEN = a_vacancy("kitchen", essential=["cooking"], jobs=["cook"])
ANNA = a_profile("anna", skills=["pallets"])


def test_a_course_opens_the_vacancies_that_ask_for_what_it_teaches() -> None:
    course = a_service("cooking", teaches=["cooking"])
    own, (gain,) = gains(ANNA, a_market(STORES, KITCHEN), course)
    assert own.suitable == 1
    assert gain.before == own
    assert gain.after.suitable == 2
    assert gain.opened == ("kitchen",)
    assert gain.gain == 1.0


def test_what_a_service_renews_opens_nothing() -> None:
    renewal = a_service("again", teaches=["cooking"], requires=["cooking"])
    own, (gain,) = gains(ANNA, a_market(STORES, KITCHEN), renewal)
    assert gain.after == own
    assert gain.opened == ()


def test_a_service_that_teaches_nothing_leaves_the_profile_as_it_is() -> None:
    assert after_service(ANNA, a_service("food"), SPACE.taxonomy) is ANNA


def test_of_somebody_with_nothing_to_go_by_no_vacancy_is_said_to_suit() -> None:
    own, _ = gains(a_profile("blank"), a_market(STORES, KITCHEN))
    assert own == Reach(
        suitable=0,
        near=0,
        near_minutes=20,
        unknown=0,
        expected=None,
        monthly=None,
        monthly_expected=None,
    )


def test_hours_are_lifted_only_where_they_were_said() -> None:
    care = a_service("care", lifts=(Barrier.HOURS,))
    full = a_vacancy("full", essential=["pallets"], jobs=["storekeeper"], hours=["full_time"])
    part = a_profile("part", skills=["pallets"], hours=["part_time"], weekly_hours=20)
    own, (gain,) = gains(part, a_market(full), care)
    assert (own.suitable, gain.after.suitable) == (0, 1)
    silent = a_profile("silent", skills=["pallets"])
    assert after_service(silent, care, SPACE.taxonomy) is silent


def test_shifts_and_a_vehicle_are_lifted_where_they_stand_in_the_way() -> None:
    nights = a_vacancy("nights", essential=["pallets"], jobs=["storekeeper"], shifts=["night"])
    refusing = a_profile("refusing", skills=["pallets"], shifts_refused=["night"])
    nanny = a_service("nanny", lifts=(Barrier.SHIFTS,))
    own, (gain,) = gains(refusing, a_market(nights), nanny)
    assert (own.suitable, gain.opened) == (0, ("nights",))
    lent = a_service("scooter", lifts=(Barrier.VEHICLE,))
    walking = a_profile("walking", own_vehicle=False)
    assert after_service(walking, lent, SPACE.taxonomy).facts.own_vehicle.value is True
    assert after_service(ANNA, lent, SPACE.taxonomy) is ANNA


def test_a_journey_too_long_suits_nobody_and_an_unknown_one_is_counted_as_unknown() -> None:
    away = a_vacancy("away", essential=["pallets"], jobs=["storekeeper"], comune=VALLEY)
    home = a_profile("home", skills=["pallets"], comune=HILL)
    minutes = float(pair_features([away], [home], SPACE)["reach_minutes"].iloc[0])
    short = ReachPolicy(suitable=0.5, near_minutes=1, most_minutes=int(minutes) - 1, reason="p")
    near = ReachPolicy(
        suitable=0.5, near_minutes=int(minutes) + 1, most_minutes=int(minutes) + 2, reason="p"
    )
    assert gains(home, a_market(away), policy=short)[0].suitable == 0
    own = gains(home, a_market(away), policy=near)[0]
    assert (own.suitable, own.near, own.unknown) == (1, 1, 0)
    own = gains(ANNA, a_market(away), policy=short)[0]
    assert (own.suitable, own.near, own.unknown) == (1, 0, 1)


def test_the_usual_flow_is_counted_by_the_month() -> None:
    found = a_market(STORES, past=(STORES, KITCHEN, STORES), days=61)
    own, (gain,) = gains(ANNA, found, a_service("cooking", teaches=["cooking"]))
    assert own.monthly == pytest.approx(2 / (61 / 30.4375))
    assert gain.after.monthly == pytest.approx(3 / (61 / 30.4375))
    assert gains(ANNA, a_market(STORES))[0].monthly is None


def _by_hand(person: Profile, found: Market, offered: list[Vacancy]) -> list[str]:
    """Every vacancy scored anew, one person and one rule at a time."""
    frame = pair_features(offered, [person], SPACE)
    score = BASELINE.predict(frame).round(6)
    nothing = BASELINE.no_information()
    least = round(nothing + POLICY.suitable * (1 - nothing), 6)
    minutes = frame["reach_minutes"].to_numpy()
    answers = pool_answers([person], RULES)
    return [
        vacancy.id
        for row, vacancy in enumerate(offered)
        if judged(person, SPACE)
        and judged(vacancy, SPACE)
        and score[row] >= least
        and not minutes[row] > POLICY.most_minutes
        and not not_met(hard_requirements(vacancy, RULES, as_of=AS_OF), answers)[0]
    ]


taught = st.lists(st.sampled_from(COUNTED), unique=True, max_size=3)
lifted = st.lists(st.sampled_from(Barrier), unique=True, max_size=3)


@seldom
@given(
    profiles(),
    st.lists(vacancies(), min_size=1, max_size=4),
    st.lists(st.tuples(taught, lifted), max_size=3),
)
def test_only_what_is_touched_is_scored_and_nothing_differs_from_scoring_all(
    person: Profile, drawn: list[Vacancy], courses: list[tuple[list[str], list[Barrier]]]
) -> None:
    offered = [
        Vacancy(**{**_fields(vacancy), "id": f"v{number}"}) for number, vacancy in enumerate(drawn)
    ]
    services = [
        a_service(f"s{number}", teaches=skills, lifts=tuple(barriers))
        for number, (skills, barriers) in enumerate(courses)
    ]
    found = a_market(*offered)
    own, made = reach_gains(
        person, services, found, space=SPACE, rules=RULES, ranker=BASELINE, policy=POLICY
    )
    before = _by_hand(person, found, offered)
    assert own.suitable == len(before)
    for service, gain in zip(services, made, strict=True):
        after = _by_hand(after_service(person, service, SPACE.taxonomy), found, offered)
        assert gain.after.suitable == len(after)
        assert list(gain.opened) == [one for one in after if one not in before]


def _fields(vacancy: Vacancy) -> dict[str, Any]:
    return {name: getattr(vacancy, name) for name in Vacancy.__dataclass_fields__}


def test_the_catalogue_opens_something_to_somebody_of_the_product(service: Service) -> None:
    assert service.catalogue is not None
    asked = service.vacancy(
        "v",
        "Magazziniere con patentino del muletto, due anni di esperienza. Sede: Lecco.",
        as_of=AS_OF,
    )
    person = service.person("p", "Magazziniere dal 2015 al 2020, carico e scarico.", as_of=AS_OF)
    found = market([asked], space=service.space, rules=service.rules, as_of=AS_OF)
    options = {"space": service.space, "rules": service.rules, "ranker": service.ranker}
    taught = [one for one in service.catalogue.services if one.teaches]
    variants = [after_service(person, one, service.space.taxonomy) for one in taught]
    frame = pair_features([asked], [person, *variants], service.space)
    own, *others = service.ranker.predict(frame)
    assert max(others) > own
    # Suitable is from half way between her score and the best that a course leads to.
    nothing = service.ranker.no_information()
    share = ((own + max(others)) / 2 - nothing) / (1 - nothing)
    policy = ReachPolicy(suitable=share, near_minutes=20, most_minutes=60, reason="prova")
    assert reach_of(person, found, policy=policy, **options).suitable == 0
    _, made = reach_gains(person, service.catalogue.services, found, policy=policy, **options)
    opening = {gain.service for gain in made if gain.opened}
    assert opening == {
        one.slug
        for one, score in zip(taught, others, strict=True)
        if score > (own + max(others)) / 2
    }
