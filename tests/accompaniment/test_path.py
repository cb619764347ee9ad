from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from matching.accompaniment import Catalogue, plan_for
from matching.accompaniment.path import vacancies_in_view
from matching.domain import (
    Need,
    Plan,
    PlanState,
    Profile,
    Vacancy,
)
from matching.features import asked_of, judged, pair_features
from matching.models import BaselineRanker
from matching.wording import Wording
from tests.accompaniment.plans import AS_OF, slugs
from tests.factories import (
    HILL,
    a_catalogue,
    a_profile,
    a_service,
    a_space,
    a_vacancy,
)
from tests.features.strategies import profiles, seldom, vacancies

SPACE = a_space()
BASELINE = BaselineRanker().fit(pair_features([], [], SPACE))

# The small world's storekeeper lacks the forklift, and the kitchen is far from her.
STORES = a_vacancy(
    "stores", title="Magazzino", essential=["forklift", "pallets"], jobs=["storekeeper"]
)
KITCHEN = a_vacancy("kitchen", title="Cucina", essential=["cooking"], jobs=["cook"])
ANNA = a_profile("anna", skills=["pallets"], jobs={"storekeeper": 60}, comune=HILL)
COURSE = a_service("course", teaches=["forklift"], cost_eur=100)


def path(
    profile: Profile, vacancies: Sequence[Any], catalogue: Catalogue | None, **options: Any
) -> Plan:
    options = {"needs": [], "as_of": AS_OF, **options}
    return plan_for(
        profile,
        vacancies,
        [profile],
        catalogue=catalogue,
        space=SPACE,
        ranker=BASELINE,
        wording=Wording("it", {}),
        **options,
    )


def test_a_path_starts_from_the_vacancies_that_are_near() -> None:
    cooking = a_service("cooking", teaches=["cooking"])
    found = path(ANNA, [KITCHEN, STORES], a_catalogue(COURSE, cooking))
    assert found.in_view == ("Magazzino",)
    (step,) = found.steps
    assert step.service == "course"
    (opened,) = step.opens
    assert opened.vacancy_id == "stores"
    assert opened.score_after > opened.score_before
    assert found.opens == step.opens


def test_a_vacancy_that_she_has_chosen_is_in_view_however_far() -> None:
    cooking = a_service("cooking", teaches=["cooking"])
    near = path(ANNA, [KITCHEN], a_catalogue(cooking))
    assert (near.in_view, near.steps) == ((), ())
    chosen = path(ANNA, [KITCHEN], a_catalogue(cooking), near_only=False)
    assert (chosen.in_view, slugs(chosen)) == (("Cucina",), ["cooking"])


def test_who_has_no_work_to_go_by_gets_a_path_from_needs_alone() -> None:
    food = a_service("food", needs=[Need.FOOD])
    blank = a_profile("blank", licences=["B"])
    found = path(blank, [STORES], a_catalogue(COURSE, food), needs=[Need.FOOD], near_only=False)
    assert (found.in_view, slugs(found), found.opens) == ((), ["food"], ())


def test_soft_skills_and_what_only_the_trade_implies_are_no_ground_for_a_course() -> None:
    vacancy = a_vacancy(essential=["teamwork", "pallets"], trade=["forklift"], jobs=["storekeeper"])
    team = a_service("team", teaches=["teamwork", "forklift"])
    found = path(ANNA, [vacancy], a_catalogue(team))
    assert (found.in_view, found.steps, found.without_skills) == (("Offerta di prova",), (), ())


def test_a_licence_or_language_is_missing_only_where_the_cv_answers() -> None:
    vacancy = a_vacancy(
        essential=["pallets"], jobs=["storekeeper"], licences=["B"], languages=[("de", "B1")]
    )
    catalogue = a_catalogue(
        a_service("licence", teaches=["licence-b"]), a_service("german", teaches=["de"])
    )
    assert path(ANNA, [vacancy], catalogue).steps == ()
    rides = replace(ANNA, facts=replace(a_profile(licences=["AM"], languages=[("en", "B1")]).facts))
    assert slugs(path(rides, [vacancy], catalogue)) == ["german", "licence"]
    some = replace(ANNA, facts=replace(a_profile(languages=[("de", None)]).facts))
    assert path(some, [vacancy], catalogue).steps == ()


@seldom
@given(profiles(), st.lists(vacancies(), max_size=6))
def test_in_view_are_the_vacancies_that_score_best_among_those_that_can_be_judged(
    person: Profile, drawn: list[Vacancy]
) -> None:
    offered = [replace(one, id=str(number)) for number, one in enumerate(drawn)]
    found = vacancies_in_view(
        person, offered, asked_of(offered, SPACE), SPACE, BASELINE, most=3, least=0.3
    )
    scores = {
        one.id: BASELINE.predict(pair_features([one], [person], SPACE)).round(6)[0]
        for one in offered
        if judged(one, SPACE) and judged(person, SPACE)
    }
    best = sorted(scores, key=lambda one: (-scores[one], one))[:3]
    assert [one.id for one in found] == [one for one in best if scores[one] >= 0.3]


def test_a_path_without_a_catalogue_says_so() -> None:
    found = path(ANNA, [STORES], None)
    assert (found.state, found.steps) == (PlanState.NO_CATALOGUE, ())
    assert found.without_skills == ("saper fare forklift",)
