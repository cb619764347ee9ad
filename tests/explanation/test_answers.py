from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from matching.domain import Facts, Profile, Vacancy
from matching.errors import FeatureError
from matching.explanation import answers as module
from matching.explanation.answers import Answers, answers, with_skills
from matching.explanation.extremes import extremes
from matching.explanation.pair import Pair
from matching.features import COLUMNS, FEATURES, judged
from tests.explanation.claims import WORDINGS
from tests.factories import HILL, VALLEY, a_fact, a_profile, a_space, a_vacancy, the_features
from tests.features.strategies import often, profiles, seldom, vacancies

SPACE = a_space()
BY_KEY = {str(column.question): column for column in FEATURES if column.question}


def _answers(
    vacancy: Vacancy, profile: Profile, features: Mapping[str, float] | None = None
) -> dict[str, Answers]:
    pair = Pair(vacancy, profile, SPACE, WORDINGS["it"])
    known = features or the_features(vacancy, profile, SPACE)
    found = answers(pair, known, extremes(vacancy, SPACE))
    assert len({one.key for one in found}) == len(found)
    return {one.key: one for one in found}


def _facts(vacancy: Vacancy, key: str, **known: Any) -> list[Facts]:
    return [
        one.facts for one in _answers(vacancy, a_profile(skills=["cooking"], **known))[key].profiles
    ]


def _values(facts: Iterable[Any]) -> list[Any]:
    return [fact.value for fact in facts]


def test_every_question_of_the_catalog_has_its_answers() -> None:
    silent = dict.fromkeys(COLUMNS, 1.0) | {column.name: float("nan") for column in FEATURES}
    vacancy = a_vacancy(
        jobs=["driver"],
        months_required=12,
        comune=VALLEY,
        licences=["B"],
        education_level=4,
        languages=[("de", "B1")],
        hours=["full_time"],
        shifts=["night"],
        contracts=["permanent"],
        start="2026-03-01",
    )
    found = _answers(vacancy, a_profile(skills=["cooking"]), silent)
    # How long a job was done is asked of somebody whose job is known.
    known = silent | {"experience_proximity": 1.0}
    found |= _answers(vacancy, a_profile(jobs={"driver": None}), known)
    # Whether there is a vehicle is asked of somebody whose licences and home are known.
    known = silent | {"reach_licence": 1.0}
    found |= _answers(vacancy, a_profile(comune=HILL, licences=["B"]), known)
    assert BY_KEY.keys() <= found.keys()


def test_a_question_without_answers_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ANSWERS", {})
    with pytest.raises(FeatureError, match=r"'ask\.hours'.*answers\.py"):
        _answers(a_vacancy(hours=["full_time"]), a_profile(skills=["cooking"]))


@often
@given(vacancies(), profiles())
def test_only_what_is_asked_and_not_known_or_not_shown_is_open(
    vacancy: Vacancy, profile: Profile
) -> None:
    features = the_features(vacancy, profile, SPACE)
    silent = {
        column.question
        for column in FEATURES
        if np.isnan(features[column.name]) and features[str(column.asked_by)] == 1.0
    }
    jobs = {
        uri for job in profile.occupations for uri in SPACE.taxonomy.concepts[job.uri].essential
    }
    shown = jobs | {skill.uri for skill in profile.skills}
    for key, one in _answers(vacancy, profile).items():
        if one.uri is not None:
            assert one.uri not in shown
            assert key == f"ask.skill:{one.uri}"
        elif key == "ask.vehicle":
            assert profile.facts.own_vehicle is None
        elif key == "ask.experience":
            assert not profile.occupations
        else:
            assert key in silent


@seldom
@given(vacancies(), profiles())
def test_some_answer_makes_known_what_was_asked(vacancy: Vacancy, profile: Profile) -> None:
    features = the_features(vacancy, profile, SPACE)
    for key, one in _answers(vacancy, profile).items():
        columns = [
            column.name
            for column in FEATURES
            if column.question == key
            and np.isnan(features[column.name])
            and features[str(column.asked_by)] == 1.0
        ]
        after = [the_features(vacancy, each, SPACE) for each in one.profiles]
        for name in columns:
            assert any(not np.isnan(row[name]) for row in after), (key, name)
        if key == "ask.experience":
            assert all(judged(each, SPACE) for each in one.profiles)


@often
@given(vacancies(), profiles())
def test_an_answer_contradicts_nothing_that_is_known(vacancy: Vacancy, profile: Profile) -> None:
    for one in _answers(vacancy, profile).values():
        for each in one.profiles:
            assert each.id == profile.id
            assert each.words == profile.words
            assert {s.uri for s in profile.skills} <= {s.uri for s in each.skills}
            assert len(each.occupations) >= len(profile.occupations)
            for name in Facts.__slots__:
                before, after = getattr(profile.facts, name), getattr(each.facts, name)
                if isinstance(before, tuple):
                    assert set(before) <= set(after), name
                elif before is not None:
                    assert after == before, name


def test_a_job_is_tried_long_and_short_and_another_one_too() -> None:
    vacancy = a_vacancy(jobs=["driver"], months_required=60)
    found = _answers(vacancy, a_profile(skills=["cooking"]))
    assert [
        [(job.uri, job.months) for job in each.occupations]
        for each in found["ask.experience"].profiles
    ] == [[("driver", 60)], [("driver", 3)], [("cook", 36)]]
    assert "ask.experience_months" not in found


def test_of_jobs_without_dates_the_nearest_is_dated() -> None:
    profile = a_profile(jobs={"cook": 5, "storekeeper": None, "driver": None})
    found = _answers(a_vacancy(jobs=["driver"]), profile)["ask.experience_months"]
    assert [[job.months for job in each.occupations] for each in found.profiles] == [
        [5, None, 36],
        [5, None, 3],
    ]


def test_somebody_of_whom_no_work_is_known_is_asked_for_it_whatever_the_vacancy_names() -> None:
    found = _answers(a_vacancy(essential=["cooking"]), a_profile(comune=VALLEY))
    assert list(found) == ["ask.experience", "ask.skill:cooking"]


def test_levels_around_the_one_asked_are_tried() -> None:
    def tried(asked: int) -> list[Any]:
        found = _facts(a_vacancy(education_level=asked), "ask.education")
        return [facts.education_level.value for facts in found if facts.education_level]

    assert tried(4) == [1, 3, 4, 5]
    assert tried(1) == [1, 2]
    assert tried(8) == [5, 7, 8]


def test_a_licence_is_there_or_another_one_is_with_and_without_a_vehicle() -> None:
    def tried(**known: Any) -> list[tuple[list[Any], Any]]:
        found = _facts(a_vacancy(licences=["B"]), "ask.licence", **known)
        return [
            (_values(facts.licences), facts.own_vehicle and facts.own_vehicle.value)
            for facts in found
        ]

    assert tried() == [(["B"], True), (["B"], False), (["AM"], False)]
    assert tried(own_vehicle=False) == [(["B"], False), (["AM"], False)]


def test_somebody_who_lists_licences_is_asked_for_the_vehicle_alone() -> None:
    found = _facts(a_vacancy(own_vehicle=True), "ask.licence", licences=["B"])
    assert [
        (_values(facts.licences), facts.own_vehicle and facts.own_vehicle.value) for facts in found
    ] == [(["B"], True), (["B"], False)]


def test_a_vehicle_is_asked_for_where_it_decides_the_journey_or_is_required() -> None:
    both = _answers(a_vacancy(comune=VALLEY), a_profile(skills=["cooking"], comune=VALLEY))
    assert [
        each.facts.own_vehicle and each.facts.own_vehicle.value
        for each in both["ask.vehicle"].profiles
    ] == [True, False]
    needed = a_vacancy(licences=["B"], own_vehicle=True)
    assert "ask.vehicle" in _answers(needed, a_profile(skills=["cooking"], licences=["B"]))
    assert "ask.vehicle" not in _answers(a_vacancy(comune=VALLEY), a_profile(skills=["cooking"]))
    # The question about the licence asks for the vehicle too.
    assert "ask.vehicle" not in _answers(needed, a_profile(skills=["cooking"]))


def test_conditions_are_accepted_or_not() -> None:
    shifts = _facts(a_vacancy(shifts=["night", "weekend"]), "ask.shifts")
    assert [(_values(f.shifts), _values(f.shifts_refused)) for f in shifts] == [
        (["night", "weekend"], []),
        ([], ["night", "weekend"]),
    ]
    contracts = _facts(a_vacancy(contracts=["permanent"]), "ask.contract")
    assert [_values(facts.contracts) for facts in contracts] == [["permanent"], ["fixed_term"]]


def test_hours_are_full_or_part_time_of_few_or_many() -> None:
    def tried(**known: Any) -> list[tuple[list[Any], Any]]:
        found = _facts(a_vacancy(hours=["full_time"]), "ask.hours", **known)
        return [
            (_values(facts.hours), facts.weekly_hours and facts.weekly_hours.value)
            for facts in found
        ]

    assert tried() == [(["full_time"], None), (["part_time"], 16), (["part_time"], 30)]
    assert tried(hours=["part_time"]) == [(["part_time"], 16), (["part_time"], 30)]
    assert tried(weekly_hours=20) == [(["full_time"], 20), (["part_time"], 20)]


def test_a_start_is_now_or_later_and_only_now_where_no_date_tells_whether_it_is_soon() -> None:
    dated = _facts(a_vacancy(start="2026-03-01"), "ask.start")
    assert [facts.start and facts.start.value for facts in dated] == ["immediate", "2026-05-30"]
    soon = _facts(a_vacancy(start="immediate"), "ask.start")
    assert [facts.start and facts.start.value for facts in soon] == ["immediate"]


def test_somebody_who_said_when_she_can_start_is_not_asked_again() -> None:
    profile = a_profile(skills=["cooking"], start="2026-09-01")
    assert "ask.start" not in _answers(a_vacancy(start="immediate"), profile)


def test_languages_are_known_well_a_little_or_not_at_all() -> None:
    asked = a_vacancy(languages=[("de", "C1"), ("fr", None)])
    tried = _facts(asked, "ask.languages", languages=[("it", "C2")])
    assert [[(item.code, item.level) for item in facts.languages] for facts in tried] == [
        [("it", "C2"), ("de", "C1"), ("fr", "B2")],
        [("it", "C2"), ("de", "A1"), ("fr", "A1")],
        [("it", "C2"), ("en", None)],
    ]


def test_of_the_skills_not_shown_the_three_most_telling_of_either_sort_are_asked() -> None:
    vacancy = a_vacancy(
        essential=["teamwork", "cooking", "forklift", "inventory", "pallets"], trade=["packing"]
    )
    found = _answers(vacancy, a_profile(skills=["inventory"]))
    assert [key.removeprefix("ask.skill:") for key in found] == [
        "pallets", "cooking", "forklift", "packing",
    ]  # fmt: skip


def test_a_skill_is_held_surely_with_the_licence_that_it_is() -> None:
    rides = a_profile(skills=["forklift"], licences=["AM"])
    able = with_skills(rides, ["licence-b", "forklift"], SPACE.taxonomy)
    assert {skill.uri: skill.confidence for skill in able.skills} == {
        "forklift": 1.0,
        "licence-b": 1.0,
    }
    assert _values(able.facts.licences) == ["AM", "B"]
    silent = with_skills(a_profile(), ["licence-b"], SPACE.taxonomy)
    assert silent.facts.licences == ()
    again = with_skills(a_profile(licences=[a_fact("B")]), ["licence-b"], SPACE.taxonomy)
    assert _values(again.facts.licences) == ["B"]
