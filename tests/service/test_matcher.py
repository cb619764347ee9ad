"""Shortlists and lists of vacancies from one matcher."""

from dataclasses import replace
from datetime import date

import pytest

from matching.domain import BarrierState, Dimension, Fact, Profile, State, Vacancy
from matching.service import Service
from matching.service.matcher import Pool

AS_OF = date(2026, 11, 28)
TEXTS = {
    "anna": "Magazziniera dal 2019 al 2023: carico e scarico merci, muletto. Patente B.",
    "bice": "Cuoca dal 2010 al 2024 in mensa: preparazione dei pasti. Patente B, automunita.",
    "carla": "Commessa dal 2015 al 2020: cassa, vendita assistita, allestimento vetrine.",
    "dina": "",
}
VACANCIES = {
    "v1": ("Magazziniere/a", "Cerchiamo magazziniere: carico e scarico merci, uso del muletto."),
    "v2": ("Cuoco/a", "Cerchiamo cuoco per mensa: preparazione dei pasti. Tempo pieno."),
    "v3": (
        "Autista",
        "Cerchiamo autista di camion con patente C e CQC merci in corso di validità.",
    ),
}


@pytest.fixture(scope="module")
def people(service: Service) -> list[Profile]:
    return [
        service.person(key, text, as_of=AS_OF) if text else Profile(id=key)
        for key, text in TEXTS.items()
    ]


@pytest.fixture(scope="module")
def vacancies(service: Service) -> dict[str, Vacancy]:
    return {
        key: service.vacancy(key, text, title=title, as_of=AS_OF)
        for key, (title, text) in VACANCIES.items()
    }


def test_nobody_is_left_out_and_who_cannot_be_judged_comes_last(service, people, vacancies):
    found = service.shortlist(vacancies["v1"], people, as_of=AS_OF)
    assert {match.person_id for match in found.matches} == set(TEXTS)
    assert [match.person_id for match in found.matches][0] == "anna"
    assert found.matches[-1].person_id == "dina"
    assert found.matches[-1].state is State.NOT_ENOUGH_DATA


def test_a_pair_has_one_score_in_both_directions(service, people, vacancies):
    by_vacancy = {
        (match.vacancy_id, match.person_id): (match.score, match.lower, match.upper, match.state)
        for vacancy in vacancies.values()
        for match in service.shortlist(vacancy, people, as_of=AS_OF, explained=0).matches
    }
    for person in people:
        found = service.matches(person, list(vacancies.values()), as_of=AS_OF, explained=1)
        assert {match.vacancy_id for match in found.matches} == set(VACANCIES)
        for match in found.matches:
            key = (match.vacancy_id, person.id)
            assert (match.score, match.lower, match.upper, match.state) == by_vacancy[key]


def test_scores_of_the_file_are_those_of_the_shortlist(service, people, vacancies):
    table = service.scores([vacancies["v1"]], people).set_index("person_id")["score"]
    for match in service.shortlist(vacancies["v1"], people, as_of=AS_OF).matches:
        assert table[match.person_id] == match.score


def test_a_pool_read_once_gives_the_same_shortlist(service, people, vacancies):
    pool = service.matcher.pool(people)
    assert isinstance(pool, Pool)
    assert set(pool.people.ids) == set(TEXTS)
    for vacancy in vacancies.values():
        again = service.shortlist(vacancy, pool, as_of=AS_OF)
        assert again == service.shortlist(vacancy, people, as_of=AS_OF)


def test_who_says_she_has_other_licences_only_stands_apart_with_the_rule(
    service, people, vacancies
):
    found = service.shortlist(vacancies["v3"], people, as_of=AS_OF, explained=0)
    apart = [match for match in found.matches if match.apart]
    assert {match.person_id for match in apart} == {"anna", "bice"}
    assert found.matches[-len(apart) :] == tuple(apart)
    for match in apart:
        assert any(barrier.state is BarrierState.NOT_MET for barrier in match.barriers)
        assert all(barrier.answer for barrier in match.barriers)
        assert match.rank >= 1


def test_for_a_reserved_vacancy_nobody_is_ranked(service, people, vacancies):
    said = Fact(value=True, evidence="L. 68/99", start=0, end=8)
    reserved = replace(vacancies["v1"], facts=replace(vacancies["v1"].facts, reserved=said))
    found = service.shortlist(reserved, people, as_of=AS_OF)
    assert found.reserved
    assert found.matches == ()
    hers = service.matches(people[0], [reserved, vacancies["v2"]], as_of=AS_OF)
    assert hers.reserved == ("v1",)
    assert [match.vacancy_id for match in hers.matches] == ["v2"]
    rows = service.scores([reserved], people)
    assert set(rows["state"]) == {str(State.NOT_ENOUGH_DATA)}


def test_weights_of_one_are_the_model_and_other_weights_are_stated(service, people, vacancies):
    plain = service.shortlist(vacancies["v1"], people, as_of=AS_OF)
    same = service.shortlist(vacancies["v1"], people, as_of=AS_OF, weights={Dimension.SKILLS: 1.0})
    assert [match.score for match in same.matches] == [match.score for match in plain.matches]
    moved = service.shortlist(vacancies["v1"], people, as_of=AS_OF, weights={Dimension.SKILLS: 3.0})
    assert plain.weighting is None
    assert moved.weighting is not None
    assert moved.weighting.applied[Dimension.SKILLS] == 3.0
    assert [match.score for match in moved.matches] != [match.score for match in plain.matches]


def test_questions_reasons_and_changes_are_for_the_first_alone(service, people, vacancies):
    found = service.shortlist(vacancies["v1"], people, as_of=AS_OF, explained=1)
    first, *rest = found.matches
    assert first.reasons
    assert first.rank_lower is not None
    assert first.rank_lower <= first.rank <= first.rank_upper
    assert all(not match.reasons and not match.questions for match in rest)


def test_who_cannot_be_judged_is_asked_what_would_let_her_be(service, people, vacancies):
    found = service.shortlist(vacancies["v1"], people, as_of=AS_OF)
    empty = found.matches[-1]
    assert empty.questions
    assert empty.questions[0].key == "ask.experience"
