from datetime import date
from typing import Any

import pytest

from matching.accompaniment.impact import unfilled_of_shortlist, unmet_of_plan
from matching.accompaniment.impact.unmet import missing, unfilled
from matching.domain import Match, ModelStamp, Need, Plan, PlanState, Shortlist, State
from matching.domain.outcomes import UnfilledVacancy, UnmetNeed
from matching.errors import TerritoryError
from tests.factories import HILL, VALLEY, a_territory, a_vacancy

ON = date(2026, 11, 28)


def a_plan(**known: Any) -> Plan:
    given: dict[str, Any] = {
        "person_id": "p1",
        "as_of": ON,
        "state": PlanState.OK,
        "without_needs": (Need.MOBILITY,),
        "without_skills": ("saldare",),
    }
    return Plan(**(given | known))


def a_shortlist(*states: State, **known: Any) -> Shortlist:
    matches = [
        Match(
            vacancy_id="v1",
            person_id=f"p{number}",
            rank=number,
            score=0.1,
            lower=0.0,
            upper=0.2,
            state=state,
        )
        for number, state in enumerate(states, start=1)
    ]
    given: dict[str, Any] = {
        "vacancy": a_vacancy("v1"),
        "as_of": ON,
        "model": ModelStamp(name="prova"),
        "matches": matches,
    }
    return Shortlist(**(given | known))


def test_a_plan_says_which_needs_and_skills_no_service_answers() -> None:
    need, skill = unmet_of_plan(a_plan(), municipality=HILL)
    assert (need.need, need.municipality, need.person_id) == (Need.MOBILITY, HILL, "p1")
    assert (skill.skill, skill.need) == ("saldare", None)


@pytest.mark.parametrize("state", [PlanState.NO_CATALOGUE, PlanState.CATALOGUE_NOT_VALID])
def test_without_a_catalogue_nothing_is_known_to_be_missing(state: PlanState) -> None:
    assert list(unmet_of_plan(a_plan(state=state), municipality=HILL)) == []


def test_a_vacancy_that_suits_nobody_of_the_pool_is_registered() -> None:
    found = unfilled_of_shortlist(
        a_shortlist(State.OK, State.OK), suits=[], municipality=HILL, occupation="7223"
    )
    assert found == UnfilledVacancy(
        vacancy_id="v1", on=ON, municipality=HILL, occupation="7223", considered=2
    )


def test_a_vacancy_that_suits_or_might_suit_somebody_is_not() -> None:
    assert unfilled_of_shortlist(a_shortlist(State.OK), suits=["p1"], municipality=None) is None
    unsure = a_shortlist(State.OK, State.NOT_ENOUGH_DATA)
    assert unfilled_of_shortlist(unsure, suits=[], municipality=None) is None


def test_a_reserved_vacancy_for_which_nobody_is_ranked_is_not_one_that_nobody_fits() -> None:
    reserved = a_shortlist(reserved=True)
    assert unfilled_of_shortlist(reserved, suits=[], municipality=None) is None


def test_the_register_counts_each_person_once_by_need_and_place_the_most_first() -> None:
    def of(person: str, place: str | None, need: Need = Need.MOBILITY) -> UnmetNeed:
        return UnmetNeed(person_id=person, on=ON, municipality=place, need=need)

    found = missing(
        [of("p1", HILL), of("p2", HILL), of("p2", HILL), of("p3", VALLEY), of("p3", None)],
        a_territory(),
    )
    assert [(one.municipality, len(one.people)) for one in found] == [
        (HILL, 2),
        (None, 1),
        (VALLEY, 1),
    ]
    assert (found[0].ambito, found[1].ambito) == ("prova", None)


def test_a_place_that_the_territory_does_not_know_is_refused() -> None:
    with pytest.raises(TerritoryError, match="999999"):
        missing([UnmetNeed(person_id="p", on=ON, municipality="999999")], a_territory())


def test_a_vacancy_counts_once_as_it_was_last_seen() -> None:
    def of(vacancy: str, day: int, occupation: str) -> UnfilledVacancy:
        return UnfilledVacancy(
            vacancy_id=vacancy, on=date(2026, 11, day), municipality=HILL, occupation=occupation
        )

    found = unfilled([of("v1", 2, "7223"), of("v1", 1, "5131"), of("v2", 1, "7223")], a_territory())
    assert [(one.occupation, len(one.vacancies)) for one in found] == [("7223", 2)]
