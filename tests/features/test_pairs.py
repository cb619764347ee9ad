"""What holds for the features of every pair."""

from dataclasses import fields, is_dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from matching.domain import Profile, SkillHeld, Vacancy
from matching.errors import FeatureError
from matching.features import (
    COLUMNS,
    FEATURES,
    asked_of,
    compare,
    feature_frame,
    pair_features,
    pairs,
    people_of,
)
from matching.features.experience import PersonJobs
from matching.service import Service
from tests.factories import a_profile, a_space, a_vacancy, the_features
from tests.features.strategies import held_skills, often, profiles, seldom, vacancies

SPACE = a_space()
SKILLS = [column.name for column in FEATURES if column.name.startswith("skills_")]


@often
@given(vacancies(), profiles())
def test_values_are_shares_or_minutes_or_kilometres_or_unknown(
    vacancy: Vacancy, profile: Profile
) -> None:
    found = the_features(vacancy, profile, SPACE)
    ways = {"reach_minutes": 5.0, "reach_stated": 5.0, "reach_public": 15.0, "reach_km": 0.0}
    for name, least in ways.items():
        value = found.pop(name)
        assert np.isnan(value) or value >= least
    assert found.pop("person_skills") == len(profile.skills)
    for value in found.values():
        assert np.isnan(value) or 0.0 <= value <= 1.0
    assert {found[str(c.asked_by)] for c in FEATURES} <= {0.0, 1.0}


@often
@given(vacancies(), profiles())
def test_what_is_not_asked_is_unknown(vacancy: Vacancy, profile: Profile) -> None:
    found = the_features(vacancy, profile, SPACE)
    for column in FEATURES:
        if found[str(column.asked_by)] == 0.0:
            assert np.isnan(found[column.name]), column.name


@often
@given(vacancies(), profiles())
def test_skills_that_are_asked_are_always_known(vacancy: Vacancy, profile: Profile) -> None:
    found = the_features(vacancy, profile, SPACE)
    for column in FEATURES:
        if column.question is None and found[str(column.asked_by)] == 1.0:
            assert not np.isnan(found[column.name]), column.name


@often
@given(vacancies())
def test_of_somebody_who_says_nothing_only_the_skills_are_known(vacancy: Vacancy) -> None:
    found = the_features(vacancy, a_profile(), SPACE)
    for column in FEATURES:
        if column.question is not None:
            assert np.isnan(found[column.name]), column.name


@often
@given(vacancies(), profiles(), held_skills())
def test_one_more_skill_never_lowers_a_skills_feature(
    vacancy: Vacancy, profile: Profile, skill: SkillHeld
) -> None:
    others = tuple(held for held in profile.skills if held.uri != skill.uri)
    before = the_features(vacancy, replace(profile, skills=others), SPACE)
    after = the_features(vacancy, replace(profile, skills=(*others, skill)), SPACE)
    for name in SKILLS:
        assert np.isnan(after[name]) == np.isnan(before[name])
        assert np.isnan(after[name]) or after[name] >= before[name] - 1e-12


def _held(tables: object) -> dict[str, object]:
    """What nested tables hold, by path; of jobs those that there are, however wide the table."""
    if isinstance(tables, PersonJobs):
        none = len(SPACE.occupations.numbers)
        done = zip(tables.done, tables.months, strict=True)
        return {
            "done": [
                [(job, month) for job, month in zip(jobs, months, strict=True) if job < none]
                for jobs, months in done
            ],
            "wanted": [[job for job in jobs if job < none] for jobs in tables.wanted],
        }
    found: dict[str, object] = {}
    for field in fields(tables):  # type: ignore[arg-type]
        value = getattr(tables, field.name)
        if is_dataclass(value):
            found |= {f"{field.name}.{name}": one for name, one in _held(value).items()}
        else:
            found[field.name] = value.toarray() if sparse.issparse(value) else value
    return found


@seldom
@given(st.lists(profiles(), min_size=1, max_size=5), st.data())
def test_some_of_the_people_are_those_people_read_alone(
    people: list[Profile], data: st.DataObject
) -> None:
    people = [replace(person, id=f"p{number}") for number, person in enumerate(people)]
    rows = data.draw(st.lists(st.integers(0, len(people) - 1), max_size=6))
    taken = people_of(people, SPACE).take(np.array(rows, dtype=np.int64))
    read = people_of([people[row] for row in rows], SPACE)
    assert len(taken) == len(read) == len(rows)
    np.testing.assert_equal(_held(taken), _held(read))


@seldom
@given(st.lists(vacancies(), max_size=3), st.lists(profiles(), max_size=4), st.data())
def test_each_vacancy_compared_alone_gives_to_the_last_bit_what_many_at_once_give(
    asked: list[Vacancy], people: list[Profile], data: st.DataObject
) -> None:
    pool = people_of(people, SPACE)
    together = compare(asked_of(asked, SPACE), pool, SPACE)
    assert together.shape == (len(asked), len(people), len(COLUMNS))
    for row, vacancy in enumerate(asked):
        alone = compare(asked_of([vacancy], SPACE), pool, SPACE)
        np.testing.assert_array_equal(alone[0], together[row])
        for column in range(len(people)):
            one = compare(asked_of([vacancy], SPACE), pool.take(np.array([column])), SPACE)
            np.testing.assert_array_equal(one[0, 0], together[row, column])


@seldom
@given(vacancies(), st.lists(profiles(), min_size=1, max_size=4))
def test_some_of_a_pool_are_compared_as_all_are_and_shares_known_already_are_taken(
    vacancy: Vacancy, pool: list[Profile]
) -> None:
    asked, people = asked_of([vacancy], SPACE), people_of(pool, SPACE)
    whole = compare(asked, people, SPACE)
    rows = np.array([len(pool) - 1, 0], dtype=np.int64)
    np.testing.assert_array_equal(compare(asked, people, SPACE, rows=rows), whole[:, rows])
    known = compare(asked, people, SPACE, rows=rows, shares=np.array([[0.25, 7.0]]))
    words = COLUMNS.index("skills_words")
    if asked.words.any[0]:
        assert known[0, :, words].tolist() == [0.25, 1.0]
    rest = np.arange(len(COLUMNS)) != words
    np.testing.assert_array_equal(known[..., rest], whole[:, rows][..., rest])


def test_a_frame_is_what_is_compared_with_its_pairs_named() -> None:
    asked = asked_of([a_vacancy("v1", jobs=["cook"]), a_vacancy("v2")], SPACE)
    people = people_of([a_profile("p1", jobs={"cook": 3}), a_profile("p2")], SPACE)
    frame = feature_frame(asked, people, SPACE)
    assert (asked.ids, people.ids) == (("v1", "v2"), ("p1", "p2"))
    np.testing.assert_array_equal(frame.to_numpy().reshape(2, 2, -1), compare(asked, people, SPACE))


def test_a_pool_says_of_whom_there_is_a_job_or_a_counted_skill_to_go_by() -> None:
    people = [
        a_profile("nothing"),
        a_profile("words", words={"forklift": 3}, education_level=4),
        a_profile("language", skills=["de", "licence-b"]),
        a_profile("skill", skills=["pallets"]),
        a_profile("job", jobs={"cook": None}),
    ]
    assert people_of(people, SPACE).judged.tolist() == [False, False, False, True, True]
    asked = [a_vacancy(), a_vacancy(essential=["de"]), a_vacancy(jobs=["cook"])]
    assert asked_of(asked, SPACE).judged.tolist() == [False, False, True]


@seldom
@given(vacancies("v1"), vacancies("v2"), profiles("p1"), profiles("p2"), profiles("p3"))
def test_neither_the_order_nor_the_company_changes_a_pair(
    v1: Vacancy, v2: Vacancy, p1: Profile, p2: Profile, p3: Profile
) -> None:
    together = pair_features([v1, v2], [p1, p2, p3], SPACE)
    turned = pair_features([v2, v1], [p3, p1, p2], SPACE)
    alone = pair_features([v2], [p2], SPACE)
    pd.testing.assert_frame_equal(together, turned.loc[together.index], rtol=0, atol=1e-12)
    pd.testing.assert_frame_equal(alone, together.loc[alone.index], rtol=0, atol=1e-12)


@often
@given(vacancies(), profiles())
def test_the_order_within_a_profile_changes_nothing(vacancy: Vacancy, profile: Profile) -> None:
    facts = profile.facts
    turned = replace(
        profile,
        skills=profile.skills[::-1],
        occupations=profile.occupations[::-1],
        aspirations=profile.aspirations[::-1],
        facts=replace(
            facts,
            licences=facts.licences[::-1],
            languages=facts.languages[::-1],
            shifts=facts.shifts[::-1],
        ),
    )
    assert the_features(vacancy, turned, SPACE) == pytest.approx(
        the_features(vacancy, profile, SPACE), nan_ok=True, rel=0, abs=1e-12
    )


@often
@given(vacancies(), profiles())
def test_the_order_within_a_vacancy_changes_nothing_to_the_last_bit(
    vacancy: Vacancy, profile: Profile
) -> None:
    # A set of skills has another order in another process, which must learn the same model.
    turned = replace(
        vacancy,
        skills=vacancy.skills[::-1],
        occupations=vacancy.occupations[::-1],
        words=vacancy.words[::-1],
    )
    people = people_of([profile], SPACE)
    found, other = (compare(asked_of([one], SPACE), people, SPACE) for one in (vacancy, turned))
    np.testing.assert_array_equal(found, other)


def test_a_frame_has_the_catalog_s_columns_and_one_row_per_pair_vacancies_slowest() -> None:
    frame = pair_features(
        [a_vacancy("v1"), a_vacancy("v2")], [a_profile("p1"), a_profile("p2")], SPACE
    )
    assert tuple(frame.columns) == COLUMNS
    assert set(frame.dtypes) == {np.dtype("float64")}
    assert list(frame.index) == [("v1", "p1"), ("v1", "p2"), ("v2", "p1"), ("v2", "p2")]
    assert frame.index.names == ["vacancy_id", "person_id"]


@pytest.mark.parametrize(("many", "people"), [(0, 0), (1, 0), (0, 1)])
def test_nobody_or_nothing_makes_an_empty_frame_with_all_columns(many: int, people: int) -> None:
    frame = pair_features([a_vacancy()] * many, [a_profile()] * people, SPACE)
    assert frame.shape == (0, len(COLUMNS))


def test_a_feature_that_the_catalog_does_not_declare_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    extra = {"shoe_size": np.zeros((1, 1))}
    monkeypatch.setattr(pairs, "reach_features", lambda *_: extra)
    with pytest.raises(FeatureError, match="shoe_size"):
        pair_features([a_vacancy()], [a_profile()], SPACE)


# A career whose dates are written in each of the usual ways, first as years, then as months.
CAREER = """\
Ginevra Tralcio
residente a Lecco

ESPERIENZE LAVORATIVE
03/{a} - 09/{b}  Magazziniera presso Ferramenta Brusa: carico e scarico merci, inventario
{b} - {c}  Addetta al picking, uso del muletto e del transpallet
da gennaio {d} a giugno {e}  Cassiera presso Alimentari Corti
nel {f}  Aiuto cuoca presso Trattoria del Pontile

ISTRUZIONE
Diploma di ragioneria nel {a}

Patente B, automunita. Inglese B1. Disponibile a turni, tempo pieno.
"""
ONGOING = CAREER.replace(
    "\nISTRUZIONE", "da marzo {g} ad oggi  Magazziniera presso Corriere Valtorta\n\nISTRUZIONE"
)


def _frame(service: Service, text: str, *, shift: int, as_of: date) -> pd.DataFrame:
    years = {name: 1996 + 2 * number + shift for number, name in enumerate("abcdefg")}
    person = service.person("p", text.format(**years), as_of=as_of)
    asked = [
        service.vacancy(str(number), words, as_of=as_of)
        for number, words in enumerate(
            (
                "Magazziniere con patentino del muletto e 2 anni di esperienza. Patente B. "
                "Contratto a tempo pieno su turni. Sede: Calolziocorte.",
                "Cercasi cassiera con inglese, diploma, esperienza di almeno un anno.",
                "Aiuto cuoco per ristorante a Lecco, anche prima esperienza.",
            )
        )
    ]
    return pair_features(asked, [person], service.space)


def test_the_career_of_the_tests_is_read(service: Service) -> None:
    frame = _frame(service, ONGOING, shift=0, as_of=date(2026, 11, 22))
    known = frame.notna().any()
    assert {
        "skills_related", "experience_proximity", "experience_months", "experience_required",
        "education_level", "reach_minutes", "reach_licence", "availability_shifts", "languages",
    } <= {name for name in frame.columns if known[name]}  # fmt: skip
    assert (frame["experience_proximity"] == 1.0).sum() >= 2


@pytest.mark.parametrize("shift", [-30, -7, 1, 10, 15])
def test_a_career_that_ended_long_ago_scores_like_a_recent_one(
    service: Service, shift: int
) -> None:
    today = date(2026, 11, 22)
    pd.testing.assert_frame_equal(
        _frame(service, CAREER, shift=shift, as_of=today),
        _frame(service, CAREER, shift=0, as_of=today),
    )


@pytest.mark.parametrize("shift", [-30, -7, 10])
def test_a_career_that_goes_on_scores_alike_in_any_year(service: Service, shift: int) -> None:
    pd.testing.assert_frame_equal(
        _frame(service, ONGOING, shift=shift, as_of=date(2026 + shift, 11, 22)),
        _frame(service, ONGOING, shift=0, as_of=date(2026, 11, 22)),
    )


def test_months_worked_since_do_count(service: Service) -> None:
    earlier = _frame(service, ONGOING, shift=0, as_of=date(2010, 11, 22))
    later = _frame(service, ONGOING, shift=0, as_of=date(2026, 11, 22))
    assert (later["experience_months"] > earlier["experience_months"]).any()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ginevra Tralcio", "Amadou Seck"),
        ("residente a Lecco", "nata il 3/4/1959, coniugata, tre figli\nresidente a Lecco"),
        (
            "residente a Lecco",
            "nata il 3/4/2001, nubile, cittadinanza peruviana\nresidente a Lecco",
        ),
        ("automunita", "automunito"),
    ],
)
def test_name_age_sex_family_and_origin_change_no_feature(
    service: Service, one: str, other: str
) -> None:
    today = date(2026, 11, 22)
    assert one in CAREER
    pd.testing.assert_frame_equal(
        _frame(service, CAREER.replace(one, other), shift=0, as_of=today),
        _frame(service, CAREER, shift=0, as_of=today),
    )
