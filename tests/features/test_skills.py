"""Worked by hand: forklift weighs 0.5, inventory 0.2075, pallets and packing 1, see factories."""

from math import log

import pytest

from tests.factories import a_held_skill, a_profile, a_space, a_vacancy, the_features

SPACE = a_space()
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
