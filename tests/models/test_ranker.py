from dataclasses import fields
from functools import cache
from itertools import permutations
from typing import Any

import lightgbm as lgb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit
from sklearn.exceptions import NotFittedError
from sklearn.metrics import ndcg_score

from matching.errors import DataError
from matching.features import COLUMNS, FEATURES
from matching.models import BaselineRanker, Judgement
from matching.models.baseline import weighted
from matching.models.boosting import Pairs, bagged
from matching.models.chances import Chances
from matching.models.ranker import LambdaRanker
from matching.models.slopes import squashing
from tests.models.frames import a_frame, best_and_worst, nothing_known
from tests.models.ranker_contract import NAMES, QUESTIONS, RankerContract

_PEOPLE = 20  # pairs of a vacancy in a frame of tests.models.frames


class TestLambdaRanker(RankerContract):
    @classmethod
    def make(cls) -> LambdaRanker:
        return LambdaRanker(members=3, trees=20, leaves=7, least_rows=20, penalty=1.0)


def vacancies_of(frame: pd.DataFrame) -> np.ndarray:
    return frame.index.get_level_values("vacancy_id").to_numpy()


def grades_of(frame: pd.DataFrame, *, seed: int = 5) -> np.ndarray:
    """Grade 0 to 3 by two features that count only together, and some chance."""
    known = frame[NAMES].fillna(0.5)
    together = known["education_level"] * known["availability_hours"]
    noise = np.random.default_rng(seed).normal(0.0, 0.1, len(frame))
    return np.digitize(together + noise, [0.3, 0.5, 0.8]).astype(float)


def a_small_ranker(**parameters: int) -> LambdaRanker:
    frame = a_frame(200, seed=1)
    given_ = {"members": 2, "trees": 10, "leaves": 7, "least_rows": 20, "penalty": 1} | parameters
    ranker = LambdaRanker(**given_)
    return ranker.fit(frame, grades_of(frame), vacancies_of(frame))


@cache
def learnt() -> LambdaRanker:
    frame = a_frame(2000, seed=11)
    ranker = LambdaRanker(members=3, trees=60, learning_rate=0.15)
    return ranker.fit(frame, grades_of(frame), vacancies_of(frame))


@cache
def saved() -> tuple[str, str]:
    ranker = a_small_ranker().with_calibration(rank_scale=1.7, chances=some_chances())
    return ranker.to_json(), ranker.to_text()


def some_chances() -> Chances:
    position = np.linspace(-2.0, 2.0, 200)
    return Chances.fitted(position, np.random.default_rng(6).random(200) < expit(2 * position))


def test_what_counts_only_together_is_learnt_and_beats_stated_weights_on_new_vacancies() -> None:
    frame = a_frame(1000, seed=12)
    truth = grades_of(frame, seed=13).reshape(-1, _PEOPLE)

    def ndcg(scores: np.ndarray) -> float:
        return float(ndcg_score(truth, scores.reshape(-1, _PEOPLE), k=10))

    baseline = BaselineRanker().fit(frame)
    assert ndcg(learnt().predict(frame)) > ndcg(baseline.predict(frame)) + 0.15
    known = frame[NAMES].fillna(0.5)
    best = known["education_level"] * known["availability_hours"]
    assert ndcg(learnt().predict(frame)) > ndcg(best.to_numpy()) - 0.06


def test_the_score_estimates_the_share_of_the_highest_grade_on_new_vacancies() -> None:
    frame = a_frame(2000, seed=14)
    share = grades_of(frame, seed=15) / 3.0
    score = learnt().predict(frame)
    assert score.mean() == pytest.approx(share.mean(), abs=0.03)
    high = score > np.quantile(score, 0.8)
    assert score[high].mean() == pytest.approx(share[high].mean(), abs=0.07)


def test_what_an_outcome_hangs_on_has_the_most_at_stake() -> None:
    ranges = dict(zip(NAMES, learnt().ranges_, strict=True))
    ranked = sorted(ranges, key=ranges.__getitem__, reverse=True)
    assert set(ranked[:2]) == {"education_level", "availability_hours"}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_blank_is_neither_worse_than_the_worst_nor_better_than_the_best(name: str) -> None:
    frame = a_frame(300, seed=16)
    best, worst = best_and_worst(name)
    blank = learnt().predict(frame.assign(**{name: np.nan}))
    assert (learnt().predict(frame.assign(**{name: worst})) <= blank + 1e-12).all()
    assert (blank <= learnt().predict(frame.assign(**{name: best})) + 1e-12).all()


def test_what_a_vacancy_asks_and_how_long_a_cv_is_do_not_move_the_score() -> None:
    frame = a_frame(100, seed=17)
    context = {name: 0.0 for name in COLUMNS if name not in NAMES}
    np.testing.assert_array_equal(
        learnt().predict(frame), learnt().predict(frame.assign(**context))
    )


def test_what_is_not_known_has_no_part_in_the_score() -> None:
    frame = a_frame(300, seed=18)
    parts = learnt().contributions(frame)
    assert (parts.to_numpy()[frame[NAMES].isna().to_numpy()] == 0.0).all()
    assert (parts.abs().sum() > 0).sum() > 2


def test_contributions_are_the_mean_of_what_each_feature_adds_in_every_order() -> None:
    names = ["education_level", "availability_hours", "languages"]
    pair = nothing_known().assign(education_level=1.0, availability_hours=0.9, languages=0.1)
    ranker = learnt()

    def margin(known: tuple[str, ...]) -> float:
        hidden = {name: np.nan for name in names if name not in known}
        score = ranker.predict(pair.assign(**hidden))[0]
        return float(np.log(score / (1.0 - score)))

    added = dict.fromkeys(names, 0.0)
    for order in permutations(names):
        for number, name in enumerate(order):
            added[name] += (margin(order[: number + 1]) - margin(order[:number])) / 6.0
    scale = (ranker.predict(pair)[0] - ranker.no_information()) / sum(added.values())
    parts = ranker.contributions(pair).iloc[0]
    assert [parts[name] for name in names] == pytest.approx([added[n] * scale for n in names])
    assert abs(added["education_level"]) > 0.1


def test_contributions_of_more_pairs_than_are_taken_at_once_sum_up_alike() -> None:
    frame = a_frame(600, seed=19)
    together = learnt().contributions(frame)
    apart = pd.concat([learnt().contributions(frame.iloc[n : n + 200]) for n in (0, 200, 400)])
    pd.testing.assert_frame_equal(together, apart)


def test_an_interval_worked_by_hand() -> None:
    ranker = learnt()
    frame = nothing_known(asked=0.0).assign(asked_education=1.0)
    lower, upper = ranker.predict_interval(frame)
    spread = ranker.ranges_[NAMES.index("education_level")] ** 2 / 12.0
    half = 1.2815515655446004 * np.sqrt(spread + ranker.residual_**2)
    middle = ranker.no_information()
    below, above = max(half - middle, 0.0), max(middle + half - 1.0, 0.0)
    assert lower == pytest.approx([max(middle - half - above, 0.0)])
    assert upper == pytest.approx([min(middle + half + below, 1.0)])


def test_a_short_history_leaves_more_room_around_the_score_than_a_long_one() -> None:
    short = a_small_ranker(members=6, trees=100, least_rows=5)
    assert short.residual_ > learnt().residual_ + 0.005
    frame = nothing_known(asked=0.0)
    wide = np.subtract(*short.predict_interval(frame)[::-1])
    assert (wide > np.subtract(*learnt().predict_interval(frame)[::-1])).all()


def test_a_history_of_chance_tells_pairs_less_apart_than_one_with_a_rule() -> None:
    frame = a_frame(2000, seed=11)
    chance = np.random.default_rng(20).integers(0, 4, len(frame)).astype(float)
    lost = LambdaRanker(members=3, trees=60, leaves=31, least_rows=5)
    lost.fit(frame, chance, vacancies_of(frame))
    assert lost.slope_ < 0.5 * learnt().slope_
    assert np.ptp(lost.predict(frame)) < 0.5 * np.ptp(learnt().predict(frame))


def test_training_twice_gives_the_same_text_and_state() -> None:
    one, other = a_small_ranker(), a_small_ranker()
    assert (one.to_json(), one.to_text()) == (other.to_json(), other.to_text())
    assert a_small_ranker(seed=1).to_text() != one.to_text()


def test_a_trained_ranker_is_calibrated_with_what_was_learnt_on_later_decisions() -> None:
    ranker = a_small_ranker()
    frame = a_frame(100, seed=23)
    plain = ranker.judge(frame)
    assert plain.probability is None
    assert ranker.rank_scale_ == 1.0
    chances = some_chances()
    assert ranker.with_calibration(rank_scale=2.5, chances=chances) is ranker
    found = ranker.judge(frame)
    assert ranker.rank_scale_ == 2.5
    assert found.probability is not None
    np.testing.assert_array_equal(found.probability, chances.at(found.position))
    for name in ("score", "lower", "upper", "position", "members"):
        np.testing.assert_array_equal(getattr(found, name), getattr(plain, name))


def test_training_anew_forgets_a_calibration() -> None:
    frame = a_frame(200, seed=1)
    ranker = a_small_ranker().with_calibration(rank_scale=2.5, chances=some_chances())
    ranker.fit(frame, grades_of(frame), vacancies_of(frame))
    assert ranker.rank_scale_ == 1.0
    assert ranker.judge(frame).probability is None


def test_a_ranker_that_was_not_trained_cannot_be_calibrated() -> None:
    with pytest.raises(NotFittedError):
        LambdaRanker().with_calibration(rank_scale=1.0, chances=None)


def test_the_score_is_learnt_from_boosters_that_had_not_drawn_the_pair_s_vacancy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unseen: list[np.ndarray] = []
    asked: list[tuple[np.ndarray, np.ndarray]] = []

    def drawing(pairs: Pairs, parameters: Any, **options: Any) -> Any:
        members, flags = bagged(pairs, parameters, **options)
        unseen.append(flags)
        return members, flags

    def squashed(margin: np.ndarray, target: np.ndarray) -> tuple[float, float]:
        asked.append((margin, target))
        return squashing(margin, target)

    monkeypatch.setattr("matching.models.ranker.bagged", drawing)
    monkeypatch.setattr("matching.models.ranker.squashing", squashed)
    ranker = a_small_ranker(members=3)
    frame = a_frame(200, seed=1)  # its vacancies v0 to v9, in order
    members = ranker.judge(frame).members
    (flags,), ((margin, target),) = unseen, asked
    some = flags.any(axis=0)
    assert 0 < some.sum() < 200  # some vacancies were drawn by all three
    mean = [members[flags[:, pair], pair].mean() for pair in np.flatnonzero(some)]
    np.testing.assert_allclose(margin, mean, atol=1e-12)
    np.testing.assert_allclose(target, grades_of(frame)[some] / 3.0)
    assert (ranker.slope_, ranker.intercept_) == squashing(margin, target)
    moved = ranker.predict(frame)[some] - expit(ranker.slope_ * margin + ranker.intercept_)
    assert ranker.residual_ == pytest.approx(max(np.sqrt((moved**2).mean()), 0.05))


def test_two_vacancies_are_enough_whatever_is_drawn() -> None:
    frame = a_frame(40, seed=24)
    for seed in range(6):
        ranker = LambdaRanker(members=2, trees=2, least_rows=5, seed=seed)
        ranker.fit(frame, grades_of(frame), vacancies_of(frame))
        assert np.isfinite([ranker.slope_, ranker.intercept_, ranker.residual_]).all()


def test_grades_count_in_proportion() -> None:
    head = a_small_ranker().to_text()
    gains = next(line for line in head.splitlines() if line.startswith("[label_gain:"))
    assert gains == f"[label_gain: {','.join(str(grade) for grade in range(31))}]"


def test_the_text_holds_the_trees_of_every_booster() -> None:
    ranker = a_small_ranker(members=3)
    texts = ranker.to_text().split("\n=== next booster ===\n")
    assert len(texts) == 3
    frame = a_frame(50, seed=25)
    filled = frame[NAMES].fillna(dict(zip(NAMES, ranker.typical_, strict=True))).to_numpy()
    start = weighted(frame[NAMES].to_numpy()).sum(axis=1)
    margins = [
        lgb.Booster(model_str=text).predict(filled, raw_score=True) + prior * start
        for text, prior in zip(texts, ranker.priors_, strict=True)
    ]
    np.testing.assert_allclose(ranker.judge(frame).members, margins, atol=1e-12)


@pytest.mark.parametrize("change", ["left out", "turned", "twice"])
def test_boosters_left_out_in_another_order_or_repeated_are_refused(change: str) -> None:
    state, text = saved()
    between = "\n=== next booster ===\n"
    first, second = text.split(between)
    assert first != second
    parts = {"left out": [first], "turned": [second, first], "twice": [first, second, second]}
    with pytest.raises(DataError, match="trees were altered"):
        LambdaRanker.from_json(state, between.join(parts[change]))


def test_pairs_of_a_vacancy_may_stand_apart() -> None:
    frame = a_frame(200, seed=1)
    grades = pd.Series(grades_of(frame), index=frame.index)
    # By person: no two pairs of a vacancy stand together, and their order in it is kept.
    turned = frame.sort_index(level="person_id", key=lambda ids: ids.str[1:].astype(int))
    turned = turned.iloc[np.argsort(turned.index.get_level_values("person_id"), kind="stable")]
    apart = LambdaRanker(members=2, trees=10, least_rows=20)
    apart.fit(turned, grades.loc[turned.index], vacancies_of(turned))
    side_by_side = turned.sort_index(level="vacancy_id", sort_remaining=False, kind="stable")
    near = LambdaRanker(members=2, trees=10, least_rows=20)
    near.fit(side_by_side, grades.loc[side_by_side.index], vacancies_of(side_by_side))
    assert vacancies_of(turned)[0] != vacancies_of(turned)[1]
    assert apart.to_text() == near.to_text()
    assert apart.to_json() == near.to_json()


def test_a_restored_ranker_answers_exactly_as_the_one_that_was_saved() -> None:
    ranker = a_small_ranker(members=3).with_calibration(rank_scale=1.3, chances=some_chances())
    again = LambdaRanker.from_json(ranker.to_json(), ranker.to_text())
    frame = a_frame(300, seed=21)
    found, before = again.judge(frame), ranker.judge(frame)
    for field in fields(Judgement):
        np.testing.assert_array_equal(getattr(found, field.name), getattr(before, field.name))
    assert again.rank_scale_ == 1.3
    np.testing.assert_array_equal(again.predict(frame), ranker.predict(frame))
    np.testing.assert_array_equal(again.predict_interval(frame), ranker.predict_interval(frame))
    pd.testing.assert_frame_equal(again.contributions(frame), ranker.contributions(frame))
    assert again.get_params() == ranker.get_params()
    assert (again.to_json(), again.to_text()) == (ranker.to_json(), ranker.to_text())


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_trees_cut_or_edited_anywhere_are_refused_before_they_are_read(data: st.DataObject) -> None:
    state, text = saved()
    place = data.draw(st.integers(0, len(text) - 1))
    damaged = data.draw(
        st.sampled_from([text[:place], text[:place] + "7" + text[place + 1 :], text + "\n"])
    )
    if damaged != text:
        with pytest.raises(DataError, match="trees were altered"):
            LambdaRanker.from_json(state, damaged)


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_a_state_cut_or_edited_anywhere_is_refused(data: st.DataObject) -> None:
    state, text = saved()
    place = data.draw(st.integers(0, len(state) - 2))
    damaged = data.draw(st.sampled_from([state[:place], state[:place] + "q" + state[place + 1 :]]))
    if damaged != state:
        with pytest.raises(DataError, match="state was altered"):
            LambdaRanker.from_json(damaged, text)


@pytest.mark.parametrize("state", ["", "[]", "null", "{}", "[" * 100_000])
def test_a_state_that_is_none_is_refused(state: str) -> None:
    with pytest.raises(DataError, match="state was altered"):
        LambdaRanker.from_json(state, saved()[1])


def test_a_ranker_without_chances_is_restored_without() -> None:
    ranker = a_small_ranker()
    again = LambdaRanker.from_json(ranker.to_json(), ranker.to_text())
    assert again.judge(a_frame(10)).probability is None
    assert again.to_json() == ranker.to_json()


def test_nothing_of_trees_that_are_not_the_state_s_own_is_given_to_lightgbm(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    state, text = saved()

    def reading(**given: object) -> None:
        raise AssertionError("LightGBM was given a text")

    monkeypatch.setattr("matching.models.ranker.lgb.Booster", reading)
    for one, other in ((state, text[:-1]), (state[:-2], text), (state, "")):
        with pytest.raises(DataError, match="altered"):
            LambdaRanker.from_json(one, other)
    with pytest.raises(AssertionError):
        LambdaRanker.from_json(state, text)


def test_a_ranker_of_another_catalog_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    state, text = saved()
    monkeypatch.setattr("matching.models.ranker.FEATURES", FEATURES[::-1])
    with pytest.raises(DataError, match="train it anew"):
        LambdaRanker.from_json(state, text)


@pytest.mark.parametrize(
    ("grades", "groups", "message"),
    [
        (None, ["v", "v", "w", "w"], "grades of shape"),
        ([1.0, 0.0], ["v", "v", "w", "w"], "4 pairs have grades of shape"),
        ([1.0, 0.5, 0.0, 0.0], ["v", "v", "w", "w"], r"grade 0\.5 is not a whole number"),
        ([1.0, -1.0, 0.0, 0.0], ["v", "v", "w", "w"], r"grade -1\.0 is not"),
        ([1.0, np.nan, 0.0, 0.0], ["v", "v", "w", "w"], "grade nan is not"),
        ([1.0, 31.0, 0.0, 0.0], ["v", "v", "w", "w"], r"grade 31\.0 is not"),
        ([1.0, 0.0, 1.0, 0.0], None, "vacancies of shape"),
        ([1.0, 0.0, 1.0, 0.0], ["v", "w"], "vacancies of shape"),
        ([1.0, 0.0, 1.0, 0.0], ["v", "v", None, "w"], "A pair has no vacancy"),
        ([1.0, 0.0, 1.0, 0.0], ["v", "v", "v", "v"], "1 vacancies are too few"),
    ],
)
def test_what_cannot_be_learnt_from_is_refused(
    grades: object, groups: object, message: str
) -> None:
    with pytest.raises(DataError, match=message):
        LambdaRanker().fit(a_frame(4), grades, groups)


def test_more_pairs_of_a_vacancy_than_lightgbm_takes_are_refused() -> None:
    frame = nothing_known(10_002)
    with pytest.raises(DataError, match="has 10001 pairs; give 10000 at most"):
        LambdaRanker().fit(frame, np.zeros(10_002), ["v"] * 10_001 + ["w"])


@pytest.mark.parametrize("members", [1, 0])
def test_fewer_than_two_boosters_are_refused(members: int) -> None:
    with pytest.raises(DataError, match=f"members={members}; give 2 or more"):
        a_small_ranker(members=members)


@pytest.mark.parametrize("grade", [0.0, 1.0])
def test_a_history_that_decides_nothing_ranks_nobody(grade: float) -> None:
    frame = a_frame(100, seed=22)
    ranker = LambdaRanker(members=2, trees=5)
    ranker.fit(frame, np.full(100, grade), vacancies_of(frame))
    assert np.ptp(ranker.predict(frame)) < 1e-12
    assert ranker.no_information() == pytest.approx(grade, abs=0.02)
    assert (ranker.contributions(frame) == 0.0).all(axis=None)
    assert set(ranker.ranges_) == {0.0}


def test_pairs_of_which_nothing_is_known_teach_nothing() -> None:
    frame = nothing_known(40)
    grades = np.tile([0.0, 1.0], 20)
    ranker = LambdaRanker(members=2, trees=5).fit(frame, grades, np.repeat(["v", "w"], 20))
    assert ranker.predict(a_frame(10)) == pytest.approx([ranker.no_information()] * 10)
    assert ranker.no_information() == pytest.approx(0.5, abs=0.01)
