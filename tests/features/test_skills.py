"""Worked by hand: forklift weighs 0.5, inventory 0.2075, pallets and packing 1, see factories."""

from math import isnan, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import ConceptKind, Profile, Vacancy
from matching.features.skills import skill_features
from matching.features.tables import asked_skills, person_skills
from tests.factories import (
    SKILLS,
    a_held_skill,
    a_profile,
    a_skill,
    a_space,
    a_taxonomy,
    a_vacancy,
    the_features,
)
from tests.features.strategies import profiles, seldom, vacancies

SPACE = a_space()
# A world with a certificate beside the lorry licence: no trade needs either, so that both weigh 1.
CERTIFIED = a_space(a_taxonomy([*SKILLS, a_skill("haccp", kind=ConceptKind.CERTIFICATE)]))
INVENTORY = log(4 / 3) / log(4)


def test_coverage_is_the_share_held_of_the_weight_asked() -> None:
    found = the_features(
        a_vacancy(essential=["forklift", "pallets", "inventory"]),
        a_profile(skills=["forklift", "cooking"]),
        SPACE,
    )
    assert found["skills_essential"] == pytest.approx(0.5 / (0.5 + 1 + INVENTORY))


def test_a_soft_skill_weighs_a_third() -> None:
    found = the_features(
        a_vacancy(essential=["pallets", "teamwork"]), a_profile(skills=["teamwork"]), SPACE
    )
    assert found["skills_essential"] == pytest.approx((1 / 3) / (1 + 1 / 3))


def test_essential_optional_and_usual_skills_are_counted_apart() -> None:
    found = the_features(
        a_vacancy(essential=["pallets"], optional=["packing"], trade=["cooking"]),
        a_profile(skills=["packing"]),
        SPACE,
    )
    assert found["skills_essential"] == 0.0
    assert found["skills_optional"] == 1.0
    assert found["skills_trade"] == 0.0
    assert found["person_skills"] == 1.0


def test_a_kindred_skill_counts_two_fifths_in_related_and_nothing_elsewhere() -> None:
    found = the_features(
        a_vacancy(essential=["pallets"], trade=["forklift"]), a_profile(skills=["packing"]), SPACE
    )
    assert found["skills_essential"] == found["skills_trade"] == 0.0
    assert found["skills_related"] == pytest.approx(0.4)


def test_many_kindred_skills_are_worth_no_more_than_one() -> None:
    vacancy = a_vacancy(essential=["pallets"])
    one = the_features(vacancy, a_profile(skills=["packing"]), SPACE)
    two = the_features(vacancy, a_profile(skills=["packing", "forklift"]), SPACE)
    assert one["skills_related"] == two["skills_related"] == pytest.approx(0.4)


def test_kinship_does_not_lower_a_skill_that_is_held() -> None:
    found = the_features(
        a_vacancy(essential=["pallets"]), a_profile(skills=["packing", "pallets"]), SPACE
    )
    assert found["skills_related"] == 1.0


@pytest.mark.parametrize(("confidence", "credit"), [(0.45, 0.5), (0.9, 1.0), (1.0, 1.0)])
def test_a_doubtful_mention_counts_in_part(confidence: float, credit: float) -> None:
    person = a_profile(skills=[a_held_skill("pallets", confidence)])
    found = the_features(a_vacancy(essential=["pallets"]), person, SPACE)
    assert found["skills_essential"] == pytest.approx(credit)


@pytest.mark.parametrize(
    ("months", "credit"), [(6, 0.7), (120, 0.7), (5, 0.5), (0, 0.5), (None, 0.5)]
)
def test_a_job_held_vouches_in_part_for_what_it_cannot_do_without(
    months: int | None, credit: float
) -> None:
    found = the_features(
        a_vacancy(essential=["forklift"]), a_profile(jobs={"driver": months}), SPACE
    )
    assert found["skills_essential"] == pytest.approx(credit)


def test_a_job_vouches_for_nothing_that_it_can_do_without() -> None:
    found = the_features(
        a_vacancy(essential=["forklift"]), a_profile(jobs={"storekeeper": 60}), SPACE
    )
    assert found["skills_essential"] == 0.0


def test_a_stated_skill_wins_over_the_job_that_vouches_for_it() -> None:
    person = a_profile(skills=["forklift"], jobs={"driver": 3})
    found = the_features(a_vacancy(essential=["forklift"]), person, SPACE)
    assert found["skills_essential"] == 1.0


def test_languages_and_everyday_licences_are_not_skills_to_be_covered() -> None:
    found = the_features(a_vacancy(essential=["de", "licence-b"]), a_profile(), SPACE)
    assert found["asked_skills_essential"] == 0.0


def test_a_licence_that_is_the_work_itself_is_a_skill() -> None:
    found = the_features(a_vacancy(essential=["licence-c"]), a_profile(skills=["licence-c"]), SPACE)
    assert found["skills_essential"] == 1.0


def test_a_trade_whose_skills_are_all_written_asks_for_no_usual_ones() -> None:
    found = the_features(a_vacancy(essential=["cooking"], jobs=["cook"]), a_profile(), SPACE)
    assert found["asked_trade"] == 1.0
    assert found["asked_skills_trade"] == 0.0


def test_certificates_and_licences_to_work_are_counted_apart_from_the_other_essentials() -> None:
    vacancy = a_vacancy(essential=["haccp", "licence-c", "forklift"])
    found = the_features(vacancy, a_profile(skills=["haccp", "forklift"]), CERTIFIED)
    assert found["asked_certified"] == 1.0
    assert found["education_certified"] == pytest.approx(1 / 2)
    assert found["skills_essential"] == pytest.approx(1.5 / 2.5)


def test_a_doubtful_certificate_counts_in_part() -> None:
    person = a_profile(skills=[a_held_skill("haccp", 0.45)])
    found = the_features(a_vacancy(essential=["haccp"]), person, CERTIFIED)
    assert found["education_certified"] == pytest.approx(0.5)


def test_a_certificate_that_is_liked_or_usual_in_the_trade_is_not_asked_for() -> None:
    for way in ("optional", "trade"):
        found = the_features(a_vacancy(**{way: ["haccp"]}), a_profile(skills=["haccp"]), CERTIFIED)
        assert found["asked_certified"] == 0.0
        assert isnan(found["education_certified"])


def test_an_everyday_licence_or_a_plain_skill_is_no_certificate() -> None:
    found = the_features(a_vacancy(essential=["licence-b", "pallets"]), a_profile(), CERTIFIED)
    assert found["asked_certified"] == 0.0


@seldom
@given(st.lists(vacancies(), max_size=4), st.lists(profiles(), max_size=4))
def test_the_arrays_hold_what_a_reading_pair_by_pair_gives(
    asked: list[Vacancy], people: list[Profile]
) -> None:
    held = person_skills(people, SPACE.taxonomy, SPACE.skills)
    wanted = asked_skills(asked, SPACE.taxonomy, SPACE.skills)
    credit, kin = held.credit.toarray(), held.with_kin.toarray()
    found = skill_features(wanted, held)
    assert all(values.shape == (len(asked), len(people)) for values in found.values())
    for name, group, credits in (
        ("skills_essential", wanted.essential, credit),
        ("skills_optional", wanted.optional, credit),
        ("skills_trade", wanted.trade, credit),
        ("skills_related", wanted.essential + wanted.trade, kin),
        ("education_certified", wanted.certified, credit),
    ):
        for row, weights in enumerate(group.toarray()):
            covered = credits @ weights / weights.sum() if weights.any() else np.nan
            np.testing.assert_allclose(found[name][row], covered, atol=1e-12)
