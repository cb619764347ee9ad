from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import given

from matching.accompaniment import Catalogue, Service
from matching.accompaniment.changes import changes
from matching.accompaniment.what_if import what_if
from matching.domain import Change, Course, Grade, Payer, Profile, Vacancy
from matching.features import judged, pair_features
from tests.accompaniment.test_what_if import ANNA, BASELINE, POOL, SPACE, STORES, OneColumn
from tests.explanation.tried import trials_of
from tests.factories import HILL, VALLEY, a_catalogue, a_profile, a_service, a_vacancy
from tests.features.strategies import profiles, seldom, vacancies

AS_OF = date(2027, 1, 10)


def _changes(
    vacancy: Vacancy,
    person: Profile,
    *services: Service,
    pool: Sequence[Profile] = (),
    ranker: Any = BASELINE,
    catalogue: Catalogue | None = None,
    as_of: date = AS_OF,
    **options: Any,
) -> tuple[Change, ...]:
    everybody = [person, *(other for other in pool if other.id != person.id)]
    known = [other for other in everybody if judged(other, SPACE) and judged(vacancy, SPACE)]
    scores = ranker.predict(pair_features([vacancy], known, SPACE))
    schools = catalogue or (a_catalogue(*services) if services else None)
    trials = trials_of(vacancy, [person], scores, space=SPACE, ranker=ranker)
    (found,) = changes(trials, schools, as_of=as_of, **options)
    return found


def test_a_missing_skill_says_score_and_rank_with_it_and_who_teaches_it() -> None:
    course = a_service(
        "pallets", teaches=["pallets"], place=VALLEY, cost_eur=120, starts=[date(2027, 2, 1)]
    )
    person = a_profile("anna", skills=["forklift"], comune=VALLEY)
    (change,) = _changes(STORES, person, course, pool=POOL, ranker=OneColumn())
    assert change == Change(
        uri="pallets",
        label="saper fare pallets",
        score=1.0,
        rank=1,
        courses=(
            Course(
                slug="pallets",
                name="Servizio pallets",
                provider="Scuola di prova",
                place="Borgo in Valle",
                start=date(2027, 2, 1),
                minutes=5.0,
                cost_eur=120,
                paid_by=Payer.FUND,
            ),
        ),
    )


def test_the_greatest_gain_comes_first_and_what_nobody_teaches_is_said_too() -> None:
    # Cooking weighs 1/2, packing 1.
    vacancy = a_vacancy(essential=["cooking", "packing", "inventory"])
    found = _changes(vacancy, a_profile(skills=["teamwork"]), a_service("s", teaches=["cooking"]))
    assert [(change.uri, len(change.courses)) for change in found] == [
        ("packing", 0),
        ("cooking", 1),
        ("inventory", 0),
    ]


def test_without_a_catalogue_or_outside_its_validity_there_are_no_courses() -> None:
    course = a_service("s", teaches=["pallets"])
    for found in (
        _changes(STORES, ANNA),
        _changes(STORES, ANNA, course, as_of=date(2028, 1, 1)),
        _changes(STORES, ANNA, a_service("over", teaches=["pallets"], starts=[date(2027, 1, 9)])),
    ):
        assert [(change.uri, change.courses) for change in found] == [("pallets", ())]


def test_courses_come_in_the_order_of_a_path_and_three_at_most() -> None:
    dear = a_service("dear", teaches=["pallets"], cost_eur=300)
    cheap = a_service("cheap", teaches=["pallets"], cost_eur=100)
    proven = a_service("proven", teaches=["pallets"], cost_eur=100, grade=Grade.B)
    free = a_service("free", teaches=["pallets"])
    (change,) = _changes(STORES, ANNA, dear, cheap, proven, free)
    assert [course.slug for course in change.courses] == ["free", "proven", "cheap"]


def test_what_a_service_requires_it_renews_and_does_not_teach() -> None:
    renewal = a_service("renewal", teaches=["pallets"], requires=["pallets"])
    (change,) = _changes(STORES, ANNA, renewal)
    assert change.courses == ()


def test_written_skills_are_tried_before_usual_ones_and_five_at_most() -> None:
    vacancy = a_vacancy(essential=["inventory"], trade=["cooking", "pallets"])
    person = a_profile(skills=["teamwork"])
    assert {c.uri for c in _changes(vacancy, person, most=2)} == {"inventory", "pallets"}
    assert {c.uri for c in _changes(vacancy, person)} == {"inventory", "pallets", "cooking"}


def test_soft_skills_and_languages_are_no_reason_for_a_course() -> None:
    vacancy = a_vacancy(essential=["teamwork"], languages=[("de", "B1")])
    assert _changes(vacancy, a_profile(skills=["cooking"], languages=[("en", "B1")])) == ()


def test_a_licence_that_the_profile_says_is_missing_counts() -> None:
    vacancy = a_vacancy(jobs=["driver"], licences=["B"])
    school = a_service("driving-school", teaches=["licence-b"], place=HILL)
    person = a_profile(jobs={"cook": 5}, licences=["AM"])
    (change,) = _changes(vacancy, person, school)
    assert (change.uri, [course.slug for course in change.courses]) == (
        "licence-b",
        ["driving-school"],
    )
    assert _changes(vacancy, a_profile(jobs={"cook": 5}), school) == ()


def test_a_licence_that_is_the_work_counts_as_a_skill() -> None:
    school = a_service("driving-school", teaches=["licence-c"])
    (change,) = _changes(a_vacancy(essential=["licence-c"]), ANNA, school)
    assert (change.uri, len(change.courses)) == ("licence-c", 1)


def test_nothing_is_promised_to_somebody_of_whom_nothing_is_known() -> None:
    assert _changes(STORES, a_profile("blank", licences=["B"]), pool=POOL) == ()
    assert _changes(a_vacancy(words={"pallets": 2}), ANNA) == ()


def test_what_would_not_raise_the_score_is_left_out() -> None:
    assert _changes(STORES, ANNA, ranker=OneColumn("languages")) == ()


@seldom
@given(vacancies(), profiles("p"), profiles("q"), profiles("r"))
def test_each_change_is_what_the_skill_alone_would_open(
    vacancy: Vacancy, person: Profile, second: Profile, third: Profile
) -> None:
    pool = [person, second, third]
    found = _changes(vacancy, person, pool=pool)
    for change in found:
        (opened,) = what_if(person, [vacancy], pool, [change.uri], SPACE, BASELINE)
        assert (change.score, change.rank) == (opened.score_after, opened.rank_after)
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
