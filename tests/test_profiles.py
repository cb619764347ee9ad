from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain import (
    DocumentKind,
    Extraction,
    Importance,
    OccupationMention,
    Situation,
    SkillMention,
)
from matching.errors import InputError
from matching.profiles import main_first, main_occupation, profile_from, situation_of, vacancy_from
from tests.factories import (
    HILL,
    VALLEY,
    a_profile,
    a_skill,
    a_taxonomy,
    an_occupation,
    some_facts,
)

TAXONOMY = a_taxonomy()


def a_mention(
    uri: str,
    start: int = 0,
    *,
    confidence: float = 0.9,
    importance: Importance | None = None,
    words: str | None = None,
) -> SkillMention:
    text = words or uri
    return SkillMention(
        uri=uri,
        label=f"saper fare {uri}",
        evidence=text,
        start=start,
        end=start + len(text),
        confidence=confidence,
        importance=importance,
    )


def a_job_mention(
    uri: str,
    start: int = 0,
    *,
    months: int | None = None,
    wanted: bool = False,
    confidence: float = 0.9,
) -> OccupationMention:
    return OccupationMention(
        uri=uri,
        label=f"mestiere di {uri}",
        isco08="4321",
        evidence=uri,
        start=start,
        end=start + len(uri),
        confidence=confidence,
        months=months,
        wanted=wanted,
    )


def a_cv(*found: SkillMention | OccupationMention, **facts: object) -> Extraction:
    return Extraction(
        kind=DocumentKind.CV,
        language="it",
        skills=tuple(item for item in found if isinstance(item, SkillMention)),
        occupations=tuple(item for item in found if isinstance(item, OccupationMention)),
        facts=some_facts(**facts),
    )


def an_advertisement(*found: SkillMention | OccupationMention, **facts: object) -> Extraction:
    return replace(a_cv(*found, **facts), kind=DocumentKind.VACANCY)


def test_a_skill_named_twice_is_held_once_with_the_surest_confidence_and_every_proof() -> None:
    profile = profile_from(
        "p",
        a_cv(a_mention("forklift", 3, confidence=0.5), a_mention("forklift", 40, words="muletto")),
    )
    (skill,) = profile.skills
    assert skill.confidence == 0.9
    assert [(e.text, e.start, e.end) for e in skill.evidence] == [
        ("forklift", 3, 11),
        ("muletto", 40, 47),
    ]


def test_a_job_that_is_wanted_is_no_experience() -> None:
    profile = profile_from(
        "p", a_cv(a_job_mention("cook", months=12), a_job_mention("driver", wanted=True))
    )
    assert [job.uri for job in profile.occupations] == ["cook"]
    assert [job.uri for job in profile.aspirations] == ["driver"]


@pytest.mark.parametrize(
    ("months", "total"),
    [([12, 6], 18), ([12, None], 12), ([None, None], None), ([0, None], 0)],
)
def test_months_in_one_job_add_up_and_stay_unknown_without_any_date(
    months: list[int | None], total: int | None
) -> None:
    mentions = [a_job_mention("cook", 10 * n, months=m) for n, m in enumerate(months)]
    (job,) = profile_from("p", a_cv(*mentions)).occupations
    assert job.months == total
    assert len(job.evidence) == 2


def test_the_comune_answered_in_the_form_wins_over_the_one_read() -> None:
    read = a_cv(comune=HILL)
    assert profile_from("p", read, comune=VALLEY).facts.comune is not None
    assert profile_from("p", read, comune=VALLEY).facts.comune.value == VALLEY  # type: ignore[union-attr]
    assert profile_from("p", read).facts.comune.value == HILL  # type: ignore[union-attr]
    asked = vacancy_from("v", "", an_advertisement(comune=HILL), TAXONOMY, comune=VALLEY)
    assert asked.facts.comune.value == VALLEY  # type: ignore[union-attr]


def test_an_answer_of_the_form_quotes_no_words_of_the_document() -> None:
    comune = profile_from("p", a_cv(), comune=VALLEY).facts.comune
    assert comune is not None
    assert (comune.evidence, comune.start, comune.end) == ("", 0, 0)


def test_a_document_in_which_nothing_is_read_makes_an_empty_profile() -> None:
    profile = profile_from("p", a_cv())
    assert (profile.skills, profile.occupations, profile.aspirations) == ((), (), ())


@pytest.mark.parametrize(
    ("ways", "importance"),
    [
        ([Importance.OPTIONAL, Importance.OPTIONAL], Importance.OPTIONAL),
        ([Importance.OPTIONAL, Importance.ESSENTIAL], Importance.ESSENTIAL),
        ([Importance.OPTIONAL, None], Importance.ESSENTIAL),
    ],
)
def test_a_skill_is_a_plus_only_where_every_mention_says_so(
    ways: list[Importance | None], importance: Importance
) -> None:
    mentions = [a_mention("forklift", 20 * n, importance=w) for n, w in enumerate(ways)]
    vacancy = vacancy_from("v", "", an_advertisement(*mentions), TAXONOMY)
    assert [skill.importance for skill in vacancy.skills] == [importance]


def test_what_the_trade_needs_and_nobody_wrote_is_implied() -> None:
    found = an_advertisement(a_job_mention("driver"), a_mention("forklift", 30))
    vacancy = vacancy_from("v", "Mulettista", found, TAXONOMY)
    assert vacancy.title == "Mulettista"
    assert [(s.uri, s.implied, s.importance) for s in vacancy.skills] == [
        ("forklift", False, Importance.ESSENTIAL),
        ("inventory", True, Importance.ESSENTIAL),
    ]
    assert vacancy.skills[1].evidence == ()


def test_a_skill_that_would_be_liked_is_not_implied_again_as_essential() -> None:
    found = an_advertisement(
        a_job_mention("cook"), a_mention("cooking", importance=Importance.OPTIONAL)
    )
    vacancy = vacancy_from("v", "", found, TAXONOMY)
    assert [(s.uri, s.importance) for s in vacancy.skills] == [("cooking", Importance.OPTIONAL)]


def _targets(*mentions: OccupationMention) -> list[str]:
    vacancy = vacancy_from("v", "", an_advertisement(*mentions), TAXONOMY)
    return [job.uri for job in vacancy.occupations]


def test_a_vacancy_is_for_the_jobs_in_the_surest_place() -> None:
    assert _targets(
        a_job_mention("driver", 0, confidence=0.95),
        a_job_mention("storekeeper", 20, confidence=0.9),
        a_job_mention("cook", 40, confidence=0.5),
    ) == ["driver", "storekeeper"]


def test_of_jobs_named_in_passing_only_the_first_counts() -> None:
    assert _targets(
        a_job_mention("storekeeper", 30, confidence=0.45),
        a_job_mention("driver", 5, confidence=0.45),
    ) == ["driver"]


def test_a_vacancy_that_names_no_job_has_none_and_implies_nothing() -> None:
    vacancy = vacancy_from("v", "", an_advertisement(a_mention("forklift")), TAXONOMY)
    assert vacancy.occupations == ()
    assert [skill.uri for skill in vacancy.skills] == ["forklift"]


@settings(deadline=None)
@given(
    st.permutations(
        [
            a_mention("forklift", 0),
            a_mention("cooking", 20),
            a_mention("pallets", 40),
            a_job_mention("driver", 60, months=3),
            a_job_mention("cook", 80, confidence=0.3),
        ]
    )
)
def test_the_order_of_mentions_changes_nothing(
    found: list[SkillMention | OccupationMention],
) -> None:
    inverted = found[::-1]
    assert profile_from("p", a_cv(*found)) == profile_from("p", a_cv(*inverted))
    assert vacancy_from("v", "", an_advertisement(*found), TAXONOMY) == vacancy_from(
        "v", "", an_advertisement(*inverted), TAXONOMY
    )


def test_a_situation_has_from_the_cv_what_the_answers_do_not_say() -> None:
    profile = a_profile(
        "p",
        education_level=4,
        languages=[("en", "C1"), ("it", "B2")],
        licences=["B"],
        own_vehicle=False,
        weekly_hours=30,
    )
    assert situation_of(profile, months_since_last_job=14) == Situation(
        person_id="p",
        months_since_last_job=14,
        education_level=4,
        italian_level="B2",
        driving_licence=True,
        own_vehicle=False,
        weekly_hours=30,
    )


def test_answers_win_over_the_cv_unless_they_are_none() -> None:
    profile = a_profile(weekly_hours=30, education_level=4, licences=["B"])
    found = situation_of(profile, weekly_hours=20, education_level=None, driving_licence=False)
    assert (found.weekly_hours, found.education_level, found.driving_licence) == (20, 4, False)


def test_a_cv_that_says_nothing_leaves_everything_unknown() -> None:
    assert situation_of(a_profile("p")) == Situation(person_id="p")
    assert situation_of(a_profile("p", languages=[("en", "B1")])).italian_level is None


@pytest.mark.parametrize(
    ("licences", "known"),
    [([], None), (["B"], True), (["A"], False), (["AM", "A"], False), (["C"], True)],
)
def test_licences_that_only_holders_of_b_have_are_a_b(
    licences: list[str], known: bool | None
) -> None:
    assert situation_of(a_profile(licences=licences)).driving_licence is known


def test_an_answer_to_what_no_situation_asks_is_refused() -> None:
    with pytest.raises(InputError, match="'mood'"):
        situation_of(a_profile(), mood=3)
    with pytest.raises(InputError, match="'person_id'"):
        situation_of(a_profile(), **{"person_id": "q"})


def main_of(kind: DocumentKind, *mentions: OccupationMention) -> str | None:
    found = Extraction(kind=kind, language="it", occupations=mentions)
    return main_occupation(found, TAXONOMY)


def test_the_main_occupation_of_a_cv_is_the_one_done_longest_in_all() -> None:
    mentions = (
        a_job_mention("driver", 0, months=12),
        a_job_mention("cook", 10, months=20),
        a_job_mention("driver", 20, months=12),
        a_job_mention("storekeeper", 30, months=90, wanted=True),
    )
    assert main_of(DocumentKind.CV, *mentions) == "driver"


def test_the_skills_of_a_cv_speak_for_the_occupation_that_needs_them() -> None:
    jobs = (a_job_mention("cook", 0), a_job_mention("driver", 10))
    bare = Extraction(kind=DocumentKind.CV, language="it", occupations=jobs)
    assert main_occupation(bare, TAXONOMY) == "cook"
    skills = tuple(a_mention(f"skill-{n}", 30 + n) for n in range(8))
    needing = a_taxonomy(
        [a_skill(mention.uri) for mention in skills],
        [
            an_occupation("cook", "5120"),
            an_occupation("driver", "8344", essential=[mention.uri for mention in skills]),
        ],
    )
    assert main_occupation(replace(bare, skills=skills), needing) == "driver"


def test_the_main_occupation_comes_first_and_nothing_is_lost() -> None:
    jobs = (
        a_job_mention("cook", 0, months=1),
        a_job_mention("driver", 10, months=120),
        a_job_mention("driver", 20, months=120),
    )
    found = main_first(Extraction(kind=DocumentKind.CV, language="it", occupations=jobs), TAXONOMY)
    assert found.occupations == (jobs[1], jobs[2], jobs[0])


def test_without_months_the_main_occupation_of_a_cv_is_the_one_named_first() -> None:
    mentions = (a_job_mention("driver", 20), a_job_mention("cook", 5))
    assert main_of(DocumentKind.CV, *mentions) == "cook"


def test_the_main_occupation_of_a_vacancy_stands_in_the_surest_place() -> None:
    mentions = (a_job_mention("cook", 0, confidence=0.45), a_job_mention("driver", 20))
    assert main_of(DocumentKind.VACANCY, *mentions) == "driver"


@pytest.mark.parametrize("kind", DocumentKind)
def test_where_no_occupation_is_named_there_is_no_main_one(kind: DocumentKind) -> None:
    assert main_of(kind) is None
    assert main_of(DocumentKind.CV, a_job_mention("cook", 0, wanted=True)) is None
