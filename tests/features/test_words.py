from dataclasses import replace
from math import isnan, log

import pytest
from hypothesis import given

from matching.domain import Profile, Vacancy
from matching.features import shared_words
from matching.features.words import word_space
from tests.factories import a_profile, a_space, a_vacancy, some_words, the_features
from tests.features.strategies import often, profiles, trade_words, vacancies

SPACE = a_space()


def test_a_word_of_many_concepts_weighs_less_than_a_word_of_one() -> None:
    space = word_space({"a": {"bed", "make"}, "b": {"bath", "make"}, "c": {"glass"}})
    weights = {word: space.weights[number] for word, number in space.numbers.items()}
    assert weights["bed"] == pytest.approx(log(4 / 2))
    assert weights["make"] == pytest.approx(log(4 / 3))


def test_a_cv_with_all_the_words_holds_all_and_one_with_none_holds_none() -> None:
    words = {"forklift": 1, "pallets": 2}
    whole = the_features(a_vacancy(words=words), a_profile(words=words))
    assert whole["skills_words"] == pytest.approx(1.0)
    apart = the_features(a_vacancy(words={"forklift": 1}), a_profile(words={"cooking": 1}))
    assert apart["skills_words"] == 0.0


# 8 skills have "saper ..." and "doing ...", 3 jobs "mestiere ...", each one word of its own ("fare"
# and "job" are words of every text): of 11 concepts they weigh log(12/9), log(12/4) and log(12/2).
COMMON, JOB, OWN = log(12 / 9), log(12 / 4), log(12 / 2)


def test_the_share_through_the_labels_of_concepts_worked_by_hand() -> None:
    # Asked, at half weight: two common words, "pallets", one job word, "cook". Held, by half:
    # all of them but "pallets".
    asked = 2 * COMMON**2 + JOB**2 + 2 * OWN**2
    found = the_features(
        a_vacancy(essential=["pallets"], jobs=["cook"]),
        a_profile(skills=["packing"], jobs={"cook": 0}),
    )
    assert found["skills_words"] == pytest.approx(0.5 * (asked - OWN**2) / asked)


def test_a_word_repeated_in_the_vacancy_weighs_more_and_in_the_cv_not() -> None:
    vacancy = a_vacancy(words={"forklift": 3, "pallets": 1})
    more, once = (1 + log(3)) ** 2, 1.0
    held = the_features(vacancy, a_profile(words={"forklift": 1}))["skills_words"]
    assert held == pytest.approx(more / (more + once))
    assert the_features(vacancy, a_profile(words={"forklift": 9}))["skills_words"] == held


def test_what_the_trade_may_need_counts_less_than_what_is_named() -> None:
    # "storekeeper" may need the forklift: its three words come in at 0.3.
    asked = 0.25 * (JOB**2 + OWN**2) + 0.09 * (2 * COMMON**2 + OWN**2)
    found = the_features(a_vacancy(jobs=["storekeeper"]), a_profile(words={"forklift": 1}))
    assert found["skills_words"] == pytest.approx(0.09 * OWN**2 / asked)


def test_a_vacancy_without_trade_words_asks_for_none_and_a_cv_without_shows_none() -> None:
    silent = the_features(a_vacancy(words={"forklift": 1}), a_profile())
    assert (silent["skills_words"], silent["asked_words"]) == (0.0, 1.0)
    nothing_asked = the_features(a_vacancy(), a_profile(words={"forklift": 1}))
    assert isnan(nothing_asked["skills_words"])
    assert nothing_asked["asked_words"] == 0.0


@often
@given(vacancies(), profiles(), trade_words)
def test_more_words_in_a_cv_never_lower_the_share(
    vacancy: Vacancy, profile: Profile, words: dict[str, int]
) -> None:
    before = the_features(vacancy, profile)["skills_words"]
    more = {word.key: word.count for word in profile.words} | words
    after = the_features(vacancy, replace(profile, words=some_words(more)))["skills_words"]
    assert isnan(before) == isnan(after)
    assert isnan(after) or after >= before - 1e-12


def test_words_outside_every_label_do_not_count() -> None:
    with_more = a_profile(words={"forklift": 1, "unheard": 9})
    without = a_profile(words={"forklift": 1})
    vacancy = a_vacancy(words={"forklift": 1, "unheard": 9})
    assert the_features(vacancy, with_more)["skills_words"] == pytest.approx(1.0)
    assert the_features(vacancy, without)["skills_words"] == pytest.approx(1.0)


def test_shared_words_come_most_telling_first_with_how_each_side_writes_them() -> None:
    vacancy = a_vacancy(words={"forklift": 1, "saper": 3, "unheard": 1})
    profile = a_profile(words={"saper": 1, "forklift": 1, "unheard": 1, "cooking": 2})
    pairs = shared_words(vacancy, profile, SPACE.words)
    assert [(mine.evidence, asked.evidence) for mine, asked in pairs] == [
        ("FORKLIFT", "FORKLIFT"),
        ("SAPER", "SAPER"),
    ]


@often
@given(vacancies(), profiles())
def test_likeness_is_a_share_or_not_known(vacancy: Vacancy, profile: Profile) -> None:
    found = the_features(vacancy, profile)["skills_words"]
    assert isnan(found) or 0.0 <= found <= 1.0


@often
@given(trade_words)
def test_a_text_is_fully_like_itself(words: dict[str, int]) -> None:
    alike = the_features(a_vacancy(words=words), a_profile(words=words))["skills_words"]
    assert isnan(alike) or alike == pytest.approx(1.0)
