"""What stands between a person and a vacancy: only what both say, and nothing hidden."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import (
    Barrier,
    BarrierState,
    Hours,
    Importance,
    Profile,
    Shift,
    Vacancy,
)
from matching.features.reach import everyday_answers
from matching.ranking.eligibility import hard_requirements
from matching.ranking.eligibility_licences import LICENCES, licence_answers
from matching.ranking.eligibility_pool import not_met, pool_answers
from matching.ranking.eligibility_sentences import barriers
from matching.ranking.rules import Rules, load_rules
from matching.settings import shipped_data
from matching.taxonomy import load_lexicon
from matching.wording import load_wording
from tests.factories import a_fact, a_profile, a_vacancy
from tests.features.strategies import often
from tests.ranking.eligible_world import AS_OF, TAXONOMY, some_rules

WORDING = load_wording(shipped_data() / "wording", "it")
NOT_MET, TO_CHECK = BarrierState.NOT_MET, BarrierState.TO_CHECK
OPTIONAL = Importance.OPTIONAL


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    return some_rules(tmp_path_factory.mktemp("rules"))


Between = Callable[[Vacancy, Profile], tuple[Barrier, ...]]


@pytest.fixture(scope="module")
def between(rules: Rules) -> Between:
    def found(vacancy: Vacancy, profile: Profile) -> tuple[Barrier, ...]:
        asked = hard_requirements(vacancy, rules, as_of=AS_OF)
        stated = barriers(asked, profile, taxonomy=TAXONOMY, wording=WORDING)
        alone = not_met(asked, pool_answers([profile], rules))
        assert bool(alone[0]) is any(barrier.state is NOT_MET for barrier in stated)
        return stated

    return found


def states(found: tuple[Barrier, ...]) -> dict[str, BarrierState]:
    return {barrier.rule: barrier.state for barrier in found}


LORRY = a_vacancy(jobs=["lorry-driver"])


@pytest.mark.parametrize(
    ("licences", "expected"),
    [
        (["C"], {"goods_driver_card": TO_CHECK}),
        (["C1"], {"goods_driver_card": TO_CHECK}),
        (["CE", "CQC-M"], {}),
        # A card alone: it is of use only with a licence, which the CV does not name.
        (["CQC-M"], {"lorry_licence": TO_CHECK}),
        (["B"], {"lorry_licence": NOT_MET, "goods_driver_card": TO_CHECK}),
        ([], {"lorry_licence": TO_CHECK, "goods_driver_card": TO_CHECK}),
    ],
)
def test_the_law_asks_a_lorry_driver_for_a_licence(
    between: Between, licences: list[str], expected: dict[str, BarrierState]
) -> None:
    assert states(between(LORRY, a_profile(licences=licences))) == expected


def test_a_licence_asked_for_in_writing_is_that_one(between: Between) -> None:
    vacancy = a_vacancy(licences=["CE"])
    assert states(between(vacancy, a_profile(licences=["C"]))) == {"lorry_licence": NOT_MET}
    assert states(between(vacancy, a_profile(licences=["CE"]))) == {}
    both = a_vacancy(licences=["C", "CE"])
    assert states(between(both, a_profile(licences=["C"]))) == {"lorry_licence": TO_CHECK}


def test_a_licence_named_as_a_skill_is_one(between: Between) -> None:
    holder = a_profile(skills=["licence-C"])
    assert states(between(a_vacancy(licences=["C"]), holder)) == {}
    assert states(between(a_vacancy(essential=["licence-C"]), a_profile(licences=["B"]))) == {
        "lorry_licence": NOT_MET
    }


def test_what_the_trade_implies_is_not_asked_for_in_writing(between: Between) -> None:
    assert between(a_vacancy(trade=["licence-C", "lift-permit"]), a_profile(licences=["B"])) == ()


def test_a_job_that_only_may_need_a_licence_is_to_be_checked(between: Between) -> None:
    found = states(between(a_vacancy(jobs=["tipper-driver"]), a_profile(licences=["B"])))
    assert found == {"lorry_licence": TO_CHECK}


def test_of_several_jobs_offered_one_may_not_need_it(between: Between) -> None:
    either = a_vacancy(jobs=["lorry-driver", "carer"])
    found = states(between(either, a_profile(licences=["B"])))
    assert set(found.values()) == {TO_CHECK}


def test_a_licence_to_get_to_work_is_no_barrier(between: Between) -> None:
    walker = a_profile(licences=["AM"])
    assert between(a_vacancy(licences=["B"], own_vehicle=True), walker) == ()
    assert states(between(a_vacancy(jobs=["courier"], licences=["B"]), walker)) == {
        "car_licence": NOT_MET
    }


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("senza patente", {"lorry_licence": NOT_MET, "goods_driver_card": TO_CHECK}),
        ("no car", {"lorry_licence": TO_CHECK, "goods_driver_card": TO_CHECK}),
    ],
)
def test_who_says_that_there_is_no_licence_has_answered(
    between: Between, words: str, expected: dict[str, BarrierState]
) -> None:
    found = between(LORRY, a_profile(own_vehicle=a_fact(False, words)))
    assert states(found) == expected
    if expected["lorry_licence"] is NOT_MET:
        assert found[0].person_evidence == ("senza patente",)


def test_a_certificate_that_nobody_names_is_to_be_checked(between: Between) -> None:
    carer = a_vacancy(jobs=["carer"])
    assert states(between(carer, a_profile())) == {"care_worker": TO_CHECK}
    for held in ("care-title", "care-title-plus"):
        assert between(carer, a_profile(skills=[held])) == ()


def test_a_certificate_that_presupposes_a_licence_is_missing_without_it(between: Between) -> None:
    taxi = a_vacancy(jobs=["taxi-driver"])
    assert states(between(taxi, a_profile(licences=["AM"]))) == {"hire_driver_certificate": NOT_MET}
    assert states(between(taxi, a_profile(licences=["B"]))) == {"hire_driver_certificate": TO_CHECK}
    held = a_profile(licences=["AM"], skills=["taxi-card"])
    assert between(taxi, held) == ()


def test_what_the_employer_gives_is_missing_only_where_asked_for_in_writing(
    between: Between,
) -> None:
    without = a_profile(licences=["AM"])
    assert states(between(a_vacancy(jobs=["lift-driver"]), without)) == {"forklift": TO_CHECK}
    asked = a_vacancy(jobs=["lift-driver"], essential=["lift-permit"])
    assert states(between(asked, without)) == {"forklift": NOT_MET}
    liked = a_vacancy(jobs=["lift-driver"], optional=["lift-permit"])
    assert between(liked, without) == ()


def test_what_would_merely_be_liked_is_no_barrier(between: Between) -> None:
    liked = a_vacancy(
        optional=["lift-permit", "care-title"],
        licences=[a_fact("CE", importance=OPTIONAL)],
        hours=[a_fact(str(Hours.FULL_TIME), importance=OPTIONAL)],
        weekly_hours=a_fact(40, importance=OPTIONAL),
        shifts=[a_fact(str(Shift.NIGHT), importance=OPTIONAL)],
    )
    person = a_profile(
        licences=["B"],
        hours=[str(Hours.PART_TIME)],
        weekly_hours=20,
        shifts_refused=[str(Shift.NIGHT)],
    )
    assert between(liked, person) == ()


def test_the_law_holds_also_where_the_vacancy_would_merely_like_it_but_is_to_be_checked(
    between: Between,
) -> None:
    vacancy = a_vacancy(jobs=["lorry-driver"], licences=[a_fact("C", importance=OPTIONAL)])
    assert states(between(vacancy, a_profile(licences=["B"])))["lorry_licence"] is TO_CHECK


def test_a_job_done_before_is_evidence_and_no_proof(between: Between) -> None:
    (found,) = between(a_vacancy(jobs=["carer"]), a_profile(jobs={"carer": 60}))
    assert found.state is TO_CHECK
    assert found.person_evidence == ("lavoro: carer",)
    assert "racconta un lavoro" in found.text


def test_a_barrier_says_the_rule_the_law_the_words_and_what_changes_it(between: Between) -> None:
    vacancy = a_vacancy(licences=[a_fact("C", "patente C obbligatoria")])
    (found,) = between(vacancy, a_profile(licences=[a_fact("B", "Patente: B")]))
    assert (found.rule, found.law) == ("lorry_licence", "Legge di prova")
    assert found.vacancy_evidence == ("patente C obbligatoria",)
    assert found.person_evidence == ("Patente: B",)
    assert "patente C" in found.text
    assert "patente C" in found.answer
    (care,) = between(a_vacancy(jobs=["carer"]), a_profile())
    assert care.law == "Norma regionale (da verificare)"
    assert care.answer == "Da chiedere: c'è già? (attestato care-title)"


def test_rules_out_of_date_ask_for_nothing(rules: Rules) -> None:
    asked = hard_requirements(a_vacancy(jobs=["carer"]), rules, as_of=date(2027, 1, 1))
    assert asked.requirements == ()


FULL, PART = str(Hours.FULL_TIME), str(Hours.PART_TIME)


@pytest.mark.parametrize(
    ("asked", "given", "barred"),
    [
        ({"hours": [FULL]}, {"hours": [PART]}, True),
        ({"hours": [FULL]}, {"hours": [FULL, PART]}, False),
        ({"hours": [FULL, PART]}, {"hours": [PART]}, False),
        ({"hours": [FULL, PART], "weekly_hours": 40}, {"hours": [PART], "weekly_hours": 20}, False),
        ({"hours": [FULL]}, {}, False),
        ({}, {"hours": [PART]}, False),
        ({"hours": [PART]}, {"hours": [FULL]}, False),
        ({"hours": [PART], "weekly_hours": 30}, {"hours": [PART], "weekly_hours": 20}, True),
        ({"hours": [PART], "weekly_hours": 20}, {"hours": [PART], "weekly_hours": 20}, False),
        ({"hours": [PART], "weekly_hours": 30}, {"hours": [FULL], "weekly_hours": 20}, False),
        ({"hours": [PART], "weekly_hours": 30}, {"hours": [PART]}, False),
        ({"weekly_hours": 30}, {"weekly_hours": a_fact(20, "20-30 ore settimanali")}, False),
        ({"weekly_hours": 36}, {"weekly_hours": a_fact(20, "20-30 ore settimanali")}, True),
    ],
)
def test_hours_are_a_barrier_only_where_both_say_that_they_cannot_be(
    between: Between, asked: dict[str, Any], given: dict[str, Any], barred: bool
) -> None:
    found = between(a_vacancy(**asked), a_profile(**given))
    assert states(found) == ({"hours": NOT_MET} if barred else {})
    for barrier in found:
        assert barrier.law is None
        assert barrier.person_evidence
        assert barrier.vacancy_evidence


def test_part_time_that_is_merely_possible_is_offered_too(between: Between) -> None:
    vacancy = a_vacancy(hours=[FULL, a_fact(PART, importance=OPTIONAL)])
    assert between(vacancy, a_profile(hours=[PART])) == ()


@pytest.mark.parametrize(
    ("asked", "refused", "accepted", "barred"),
    [
        (["night"], ["night"], [], True),
        (["night", "rotating"], ["night"], [], False),
        (["night", "weekend"], ["night", "weekend", "day"], [], True),
        # Who works in the morning has not refused the night in words.
        (["night"], [], ["morning"], False),
        ([], ["night"], [], False),
    ],
)
def test_shifts_are_a_barrier_only_where_all_are_refused_in_words(
    between: Between, asked: list[str], refused: list[str], accepted: list[str], barred: bool
) -> None:
    person = a_profile(shifts=accepted, shifts_refused=refused)
    found = between(a_vacancy(shifts=asked), person)
    assert states(found) == ({"shifts": NOT_MET} if barred else {})


several = st.lists(st.sampled_from(LICENCES), unique=True, max_size=4)
JOBS = ("lorry-driver", "tipper-driver", "courier", "taxi-driver", "lift-driver", "carer")
SKILLS = ("taxi-card", "lift-permit", "care-title", "care-title-plus", "licence-C", "packing")
VEHICLES = [None, a_fact(True), a_fact(False, "no auto"), a_fact(False, "Senza patente")]
WEEKLY = [None, a_fact(20), a_fact(30, "30/35 ore"), a_fact(40)]
importances = st.sampled_from([None, Importance.ESSENTIAL, OPTIONAL])


def _some(values: Any) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from([str(value) for value in values]), unique=True, max_size=3)


@st.composite
def persons(draw: st.DrawFn) -> Profile:
    return a_profile(
        skills=draw(_some(SKILLS)),
        jobs=dict.fromkeys(draw(_some(JOBS)), 12),
        licences=draw(several),
        own_vehicle=draw(st.sampled_from(VEHICLES)),
        hours=draw(_some(Hours)),
        weekly_hours=draw(st.sampled_from(WEEKLY)),
        shifts_refused=draw(_some(Shift)),
    )


@st.composite
def offers(draw: st.DrawFn) -> Vacancy:
    def facts(values: list[str]) -> list[Any]:
        return [a_fact(value, importance=draw(importances)) for value in values]

    asked = draw(_some(SKILLS))
    weekly = draw(st.sampled_from([None, 20, 24, 40]))
    return a_vacancy(
        essential=asked[:1],
        optional=asked[1:2],
        trade=asked[2:],
        jobs=draw(_some(JOBS)),
        licences=facts(draw(several)),
        hours=facts(draw(_some(Hours))),
        weekly_hours=None if weekly is None else a_fact(weekly, importance=draw(importances)),
        shifts=facts(draw(_some(Shift))),
    )


@often
@given(vacancy=offers(), pool=st.lists(persons(), max_size=6))
def test_a_whole_pool_is_read_as_each_person_is(
    rules: Rules, vacancy: Vacancy, pool: list[Profile]
) -> None:
    asked = hard_requirements(vacancy, rules, as_of=AS_OF)
    one_by_one = [
        any(b.state is NOT_MET for b in barriers(asked, p, taxonomy=TAXONOMY, wording=WORDING))
        for p in pool
    ]
    found = not_met(asked, pool_answers(pool, rules))
    assert found.dtype == np.bool_
    assert found.tolist() == one_by_one


@often
@given(vacancy=offers(), person=persons())
def test_every_barrier_can_be_defended(rules: Rules, vacancy: Vacancy, person: Profile) -> None:
    asked = hard_requirements(vacancy, rules, as_of=AS_OF)
    found = barriers(asked, person, taxonomy=TAXONOMY, wording=WORDING)
    order = [barrier.state for barrier in found]
    assert order == sorted(order, key=lambda state: state is not NOT_MET)
    for barrier in found:
        assert barrier.vacancy_evidence
        assert not re.search(r"[{}]", barrier.text + barrier.answer)
        if barrier.state is NOT_MET:
            assert barrier.person_evidence  # her own words, or it would be to check


@often
@given(vacancy=offers(), person=persons())
def test_a_profile_that_says_nothing_is_never_barred(
    rules: Rules, vacancy: Vacancy, person: Profile
) -> None:
    asked = hard_requirements(vacancy, rules, as_of=AS_OF)
    silent = replace(a_profile(), occupations=person.occupations, words=person.words)
    stated = barriers(asked, silent, taxonomy=TAXONOMY, wording=WORDING)
    assert {barrier.state for barrier in stated} <= {TO_CHECK}


@often
@given(vacancy=offers(), person=persons())
def test_dates_of_jobs_and_what_else_is_known_of_a_person_change_no_barrier(
    rules: Rules, vacancy: Vacancy, person: Profile
) -> None:
    asked = hard_requirements(vacancy, rules, as_of=AS_OF)
    other = replace(
        person,
        id="somebody else",
        occupations=tuple(replace(job, months=None) for job in person.occupations),
        facts=replace(
            person.facts, experience_months=480, last_job_end=a_fact("1999-01"), comune=None
        ),
    )
    assert barriers(asked, person, taxonomy=TAXONOMY, wording=WORDING) == barriers(
        asked, other, taxonomy=TAXONOMY, wording=WORDING
    )


@often
@given(person=persons())
def test_everyday_licences_are_read_as_the_features_read_them(person: Profile) -> None:
    everyday = everyday_answers(person.facts)
    answers = licence_answers(replace(person, skills=()), {})
    if "B" in everyday:
        assert answers["B"] is bool(everyday["B"])


@pytest.mark.parametrize(
    ("held", "also"), [("CE", {"C", "C1", "B", "BE"}), ("DE", {"D", "D1", "B"}), ("C", {"B", "C1"})]
)
def test_a_licence_holds_what_it_is_issued_upon(held: str, also: set[str]) -> None:
    answers = licence_answers(a_profile(licences=[held]), {})
    assert {code for code, answer in answers.items() if answer} >= also | {held}
    assert answers.get("CE" if held != "CE" else "D") is False


def test_an_empty_pool_has_an_empty_answer(rules: Rules) -> None:
    asked = hard_requirements(LORRY, rules, as_of=AS_OF)
    assert not_met(asked, pool_answers([], rules)).shape == (0,)


def test_the_shipped_rules_speak_of_a_real_vacancy() -> None:
    taxonomy = load_lexicon(shipped_data() / "lexicon")
    shipped = load_rules(shipped_data() / "rules", taxonomy)
    by_slug = {concept.slug: concept.uri for concept in taxonomy.concepts.values()}
    vacancy = a_vacancy(jobs=[by_slug["camionista"]], licences=[a_fact("CE", "patente CE")])
    asked = hard_requirements(vacancy, shipped, as_of=AS_OF)
    for language in ("it", "en"):
        words = load_wording(shipped_data() / "wording", language)
        found = barriers(asked, a_profile(licences=["C"]), taxonomy=taxonomy, wording=words)
        assert states(found) == {"lorry_licence": NOT_MET, "goods_driver_card": TO_CHECK}
    # D1 has a code and no name in the lexicon.
    buses = hard_requirements(a_vacancy(jobs=[by_slug["autista-autobus"]]), shipped, as_of=AS_OF)
    said = barriers(buses, a_profile(licences=["B"]), taxonomy=taxonomy, wording=WORDING)
    assert "patente D1" in said[0].answer
