"""What every ranker must do, the baseline and learned ones alike.

A model passes by a class of its own in a test module::

    class TestBaseline(RankerContract):
        @classmethod
        def make(cls) -> BaselineRanker:
            return BaselineRanker()
"""

import numpy as np
import pandas as pd
import pytest
from scipy.special import logit
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from matching.errors import FeatureError
from matching.features import BY_NAME, COLUMNS, FEATURES
from matching.models import Link, Ranker
from tests.models.frames import TOP, a_frame, best_and_worst, nothing_known

NAMES = [column.name for column in FEATURES]
QUESTIONS = [column.name for column in FEATURES if column.question is not None]
METHODS = ["predict", "predict_interval", "judge", "contributions"]
_CLOSE = 1e-9


class RankerContract:
    """Tests that hold for every ranker. Subclasses say how to make one, not fitted."""

    @classmethod
    def make(cls) -> Ranker:
        raise NotImplementedError

    @pytest.fixture(scope="class")
    @classmethod
    def ranker(cls) -> Ranker:
        return cls._fitted()

    @classmethod
    def _fitted(cls) -> Ranker:
        frame = a_frame(400, seed=1)
        # A person suits the work more, the more of what is asked is there; some chance beside.
        good = frame[[name for name in NAMES if name not in TOP]].mean(axis=1).fillna(0.5)
        outcome = (good + np.random.default_rng(2).normal(0, 0.2, len(good)) > 0.5).astype(float)
        groups = frame.index.get_level_values("vacancy_id").to_numpy()
        return cls.make().fit(frame, outcome, groups)

    def test_it_can_be_cloned_with_its_parameters(self) -> None:
        ranker = self.make()
        copy = clone(ranker)
        assert type(copy) is type(ranker)
        assert copy.get_params() == ranker.get_params()  # type: ignore[attr-defined]

    @pytest.mark.parametrize("method", METHODS)
    def test_it_answers_nothing_before_it_is_fitted(self, method: str) -> None:
        with pytest.raises(NotFittedError):
            getattr(self.make(), method)(a_frame(2))

    def test_fitting_returns_the_ranker_itself_and_remembers_the_columns(self) -> None:
        ranker = self.make()
        frame = a_frame(400, seed=1)
        outcome = (frame["skills_related"].fillna(0.5) > 0.5).astype(float)
        groups = frame.index.get_level_values("vacancy_id").to_numpy()
        assert ranker.fit(frame, outcome, groups) is ranker
        assert list(ranker.feature_names_in_) == list(COLUMNS)  # type: ignore[attr-defined]
        assert ranker.n_features_in_ == len(COLUMNS)  # type: ignore[attr-defined]

    @pytest.mark.parametrize("method", METHODS)
    def test_other_columns_and_another_order_are_refused(self, ranker: Ranker, method: str) -> None:
        frame = a_frame(3)
        for wrong in (
            frame.drop(columns="languages"),
            frame.assign(shoe_size=1.0),
            frame[list(COLUMNS[::-1])],
            frame.assign(reach_minutes=np.inf),
        ):
            with pytest.raises(FeatureError):
                getattr(ranker, method)(wrong)
        with pytest.raises(FeatureError):
            self.make().fit(frame[list(COLUMNS[::-1])], [0.0, 1.0, 1.0], ["v", "v", "v"])

    def test_the_frame_given_is_left_as_it_was(self, ranker: Ranker) -> None:
        frame = a_frame(20)
        before = frame.copy(deep=True)
        for method in METHODS:
            getattr(ranker, method)(frame)
        pd.testing.assert_frame_equal(frame, before)

    def test_a_judgement_says_at_once_what_is_said_one_by_one(self, ranker: Ranker) -> None:
        frame = a_frame(150, seed=21)
        found = ranker.judge(frame)
        np.testing.assert_array_equal(found.score, ranker.predict(frame))
        np.testing.assert_array_equal((found.lower, found.upper), ranker.predict_interval(frame))
        for values in (found.position, found.steepness, found.blanks):
            assert values.shape == (150,)
            assert np.isfinite(values).all()
        assert found.members.ndim == 2
        assert found.members.shape[1] == 150

    def test_the_position_orders_the_pairs_as_the_score_does(self, ranker: Ranker) -> None:
        found = ranker.judge(pd.concat([a_frame(300, seed=22), _extremes()]))
        order = np.argsort(found.position, kind="stable")
        assert (np.diff(found.score[order]) >= 0).all()
        apart = np.diff(found.position[order]) > _CLOSE
        assert (np.diff(found.score[order])[apart] > 0).all()

    def test_the_position_is_on_the_scale_that_the_link_names(self, ranker: Ranker) -> None:
        found = ranker.judge(a_frame(200, seed=23))
        on_scale = found.score if ranker.link is Link.IDENTITY else logit(found.score)
        slope, start = np.polyfit(found.position, on_scale, 1)
        np.testing.assert_allclose(on_scale, slope * found.position + start, atol=1e-8)
        assert slope > 0

    def test_the_steepness_says_how_fast_the_score_moves_with_the_position(
        self, ranker: Ranker
    ) -> None:
        found = ranker.judge(a_frame(400, seed=24))
        order = np.argsort(found.position, kind="stable")
        gaps, moved = np.diff(found.position[order]), np.diff(found.score[order])
        steep = found.steepness[order]
        near = (gaps > 1e-6) & (gaps < 0.02)
        assert near.sum() > 30
        np.testing.assert_allclose(
            moved[near] / gaps[near], ((steep[1:] + steep[:-1]) / 2)[near], rtol=1e-2
        )

    def test_a_position_is_the_mean_of_those_of_the_members(self, ranker: Ranker) -> None:
        found = ranker.judge(a_frame(100, seed=25))
        if len(found.members):
            np.testing.assert_allclose(found.members.mean(axis=0), found.position, atol=1e-12)
            assert (np.ptp(found.members, axis=0) > 0).any()
        assert len(found.members) != 1
        assert ranker.rank_scale_ > 0

    def test_blanks_widen_where_something_is_asked_and_not_known_and_nowhere_else(
        self, ranker: Ranker
    ) -> None:
        frame = a_frame(200, seed=26)
        blanks = ranker.judge(frame).blanks
        answered = frame.assign(**{str(column.asked_by): 0.0 for column in FEATURES})
        assert (ranker.judge(answered).blanks == 0.0).all()
        at_stake = [name for name in QUESTIONS if _moves(ranker, frame, name)]
        open_ = np.column_stack(
            [frame[n].isna() & (frame[str(BY_NAME[n].asked_by)] > 0) for n in at_stake]
        ).any(axis=1)
        assert ((blanks > 0) == open_).all()

    def test_the_score_lies_in_its_interval_and_both_between_0_and_1(self, ranker: Ranker) -> None:
        frame = pd.concat([a_frame(300, seed=3), _extremes()])
        score = ranker.predict(frame)
        lower, upper = ranker.predict_interval(frame)
        assert score.shape == lower.shape == upper.shape == (len(frame),)
        for low, high in ((0.0, lower), (lower, score), (score, upper), (upper, 1.0)):
            assert np.all(np.asarray(low) <= np.asarray(high))

    def test_no_score_is_certain(self, ranker: Ranker) -> None:
        lower, upper = ranker.predict_interval(pd.concat([a_frame(100), _extremes()]))
        assert (upper - lower > 0.01).all()

    def test_contributions_sum_to_the_score_less_no_information(self, ranker: Ranker) -> None:
        frame = a_frame(300, seed=4)
        parts = ranker.contributions(frame)
        assert list(parts.columns) == NAMES
        assert parts.index.equals(frame.index)
        np.testing.assert_allclose(
            parts.sum(axis=1) + ranker.no_information(), ranker.predict(frame), atol=1e-6
        )

    @pytest.mark.parametrize("name", NAMES)
    def test_a_better_value_never_lowers_the_score(self, ranker: Ranker, name: str) -> None:
        frame = a_frame(100, seed=5).assign(**{str(BY_NAME[name].asked_by): 1.0})
        best, worst = best_and_worst(name)
        scores = np.array(
            [ranker.predict(frame.assign(**{name: v})) for v in np.linspace(worst, best, 16)]
        )
        assert (np.diff(scores, axis=0) >= -_CLOSE).all()

    @pytest.mark.parametrize("name", QUESTIONS)
    def test_knowing_less_never_narrows_the_interval(self, ranker: Ranker, name: str) -> None:
        known = a_frame(300, seed=6)
        known = pd.concat([known[known[name].notna()], _extremes()])
        width = np.subtract(*ranker.predict_interval(known)[::-1])
        wider = np.subtract(*ranker.predict_interval(known.assign(**{name: np.nan}))[::-1])
        assert (wider >= width - _CLOSE).all()

    @pytest.mark.parametrize("asked", [0.0, 1.0])
    def test_where_nothing_is_known_the_score_says_so(self, ranker: Ranker, asked: float) -> None:
        frame = nothing_known(asked=asked)
        assert ranker.predict(frame) == pytest.approx([ranker.no_information()])
        assert (ranker.contributions(frame).abs() < 1e-6).all(axis=None)

    def test_one_pair_scores_as_it_does_among_others_in_any_order(self, ranker: Ranker) -> None:
        frame = a_frame(60, seed=8)
        shuffled = frame.sample(frac=1.0, random_state=9)
        whole = pd.Series(ranker.predict(frame), index=frame.index)
        turned = pd.Series(ranker.predict(shuffled), index=shuffled.index)
        pd.testing.assert_series_equal(whole, turned.loc[frame.index], atol=1e-12, rtol=0)
        lower, upper = ranker.predict_interval(frame)
        for number in range(0, 60, 7):
            alone = frame.iloc[[number]]
            assert ranker.predict(alone)[0] == pytest.approx(whole.iloc[number], abs=1e-12)
            low, high = ranker.predict_interval(alone)
            assert (low[0], high[0]) == pytest.approx((lower[number], upper[number]), abs=1e-12)

    def test_fitting_twice_gives_the_same_scores(self, ranker: Ranker) -> None:
        frame = a_frame(60, seed=10)
        np.testing.assert_array_equal(ranker.predict(frame), ranker.predict(frame))
        np.testing.assert_array_equal(ranker.predict(frame), self._fitted().predict(frame))

    def test_an_empty_frame_gives_empty_answers(self, ranker: Ranker) -> None:
        frame = a_frame(5).iloc[:0]
        assert ranker.predict(frame).shape == (0,)
        assert [end.shape for end in ranker.predict_interval(frame)] == [(0,), (0,)]
        assert ranker.contributions(frame).shape == (0, len(NAMES))
        found = ranker.judge(frame)
        assert found.position.shape == found.blanks.shape == found.steepness.shape == (0,)
        assert found.members.shape[1] == 0


def _moves(ranker: Ranker, frame: pd.DataFrame, name: str) -> bool:
    """Tell whether the best of a feature scores otherwise than its worst, for any pair."""
    best, worst = (ranker.predict(frame.assign(**{name: end})) for end in best_and_worst(name))
    return bool((best != worst).any())


def _extremes() -> pd.DataFrame:
    """Return pairs where everything asked is there, and where nothing of it is."""
    best = nothing_known(1)
    worst = nothing_known(1)
    for column in FEATURES:
        best[column.name], worst[column.name] = best_and_worst(column.name)
    # One value unlike all others: the corners where an interval touches an end.
    corners = []
    for column in FEATURES:
        for most, one in ((worst, best), (best, worst)):
            corners.append(most.assign(**{column.name: one[column.name].iloc[0]}))
    return pd.concat([best, worst, *corners])
