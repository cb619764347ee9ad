from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.special import expit, logit

from matching.domain import Dimension, Weighting
from matching.errors import DataError, InputError
from matching.features import FEATURES
from matching.models import BaselineRanker, Ranker
from matching.models.ranker import LambdaRanker
from matching.ranking.weights import (
    LEAST,
    MOST,
    Link,
    Reweighted,
    asked_dimensions,
    column_weights,
    parse_weights,
    read_weights,
    reweighted,
    weighting,
    weighting_sentences,
)
from matching.settings import shipped_data
from matching.wording import load_wording
from tests.models.frames import a_frame, nothing_known

NAMES = [column.name for column in FEATURES]
DIMENSIONS = np.array([str(column.dimension) for column in FEATURES])
EVERYTHING = frozenset(Dimension)
SKILLS, REACH, LANGUAGES = Dimension.SKILLS, Dimension.REACH, Dimension.LANGUAGES
BASE = 0.3
ITALIAN = load_wording(shipped_data() / "wording", "it")

# Few values, so that equal weights and weights of 0 and 1 are drawn often.
one_weight = st.sampled_from([0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0])
some_weights = st.fixed_dictionaries(dict.fromkeys(Dimension, one_weight)).filter(
    lambda weights: any(weights.values())
)
# What features add to a score, in units of what is left above and below the starting point.
some_units = hnp.arrays(float, (3, len(NAMES)), elements=st.floats(-1.0, 1.0, width=32))
links = st.sampled_from(list(Link))


def parts_of(units: np.ndarray, link: Link) -> pd.DataFrame:
    """Parts that a ranker of this link may give: they add up to scores between 0 and 1."""
    if link is Link.IDENTITY:
        parts = np.where(units > 0, (1 - BASE) * units, BASE * units) / len(NAMES)
    else:
        total = units.sum(axis=1, keepdims=True)
        moved = expit(logit(BASE) + total) - BASE
        near = np.abs(total) < 1e-9
        parts = units * np.where(near, BASE * (1 - BASE), moved / np.where(near, 1.0, total))
    return pd.DataFrame(parts, columns=NAMES)


def under(
    parts: pd.DataFrame, weights: Mapping[Dimension, float], link: Link, **known: np.ndarray
) -> Reweighted:
    score = BASE + parts.to_numpy().sum(axis=1)
    values = {
        "score": score,
        "lower": np.maximum(score - 0.1, 0.0),
        "upper": np.minimum(score + 0.2, 1.0),
        "judged": np.ones(len(parts), dtype=bool),
    }
    return reweighted(
        parts, **(values | known), base=BASE, weights=weighting(weights, EVERYTHING), link=link
    )


@given(some_units, some_weights, links)
def test_a_weighted_score_and_its_interval_stay_between_0_and_1_and_the_parts_add_up(
    units: np.ndarray, weights: dict[Dimension, float], link: Link
) -> None:
    new = under(parts_of(units, link), weights, link)
    assert np.all((new.lower >= 0) & (new.lower <= new.score + 1e-12))
    assert np.all((new.upper <= 1) & (new.upper >= new.score - 1e-12))
    added = BASE + new.contributions.to_numpy().sum(axis=1)
    np.testing.assert_allclose(added, new.score, atol=1e-9)


@given(some_units, links)
def test_with_every_weight_at_1_everything_is_the_models_byte_for_byte(
    units: np.ndarray, link: Link
) -> None:
    parts = parts_of(units, link)
    score = (BASE + parts.to_numpy().sum(axis=1)).round(6)
    for weights in ({}, {SKILLS: 1.0}, dict.fromkeys(Dimension, 1.0)):
        new = under(parts, weights, link, score=score)
        assert new.score.tobytes() == score.tobytes()
        assert new.contributions is parts
        assert new.stretch == 1.0


@given(some_units, links, st.sampled_from(Dimension))
def test_a_weight_that_hardly_leaves_1_hardly_moves_a_score(
    units: np.ndarray, link: Link, dimension: Dimension
) -> None:
    parts = parts_of(units, link)
    new = under(parts, {dimension: 1 + 1e-9}, link)
    np.testing.assert_allclose(new.score, BASE + parts.to_numpy().sum(axis=1), atol=1e-7)


@given(some_units, some_weights, links, st.integers(0, len(NAMES) - 1))
def test_a_larger_part_makes_a_higher_score_unless_its_weight_is_0(
    units: np.ndarray, weights: dict[Dimension, float], link: Link, column: int
) -> None:
    more = units.copy()
    more[:, column] = units[:, column] / 2 + 0.5 + 1e-3  # up, to 1 and a little at most
    more = np.minimum(more, 1.0)
    raised = more[:, column] > units[:, column] + 1e-6
    before = under(parts_of(units, link), weights, link).score
    after = under(parts_of(more, link), weights, link).score
    if weights[FEATURES[column].dimension] == 0:
        np.testing.assert_allclose(after, before, atol=1e-9)
    else:
        assert np.all(after[raised] > before[raised])


@given(some_units, some_weights, links)
def test_the_score_of_a_pair_depends_on_no_other_pair(
    units: np.ndarray, weights: dict[Dimension, float], link: Link
) -> None:
    parts = parts_of(units, link)
    np.testing.assert_array_equal(
        under(parts, weights, link).score[:1], under(parts.iloc[:1], weights, link).score
    )


@given(some_units, some_weights, links)
def test_what_could_not_be_judged_keeps_the_no_information_score(
    units: np.ndarray, weights: dict[Dimension, float], link: Link
) -> None:
    judged = np.array([True, False, True])
    parts = parts_of(units, link)
    score = np.where(judged, BASE + parts.to_numpy().sum(axis=1), BASE)
    lower, upper = np.where(judged, score, 0.0), np.where(judged, score, 1.0)
    new = under(parts, weights, link, score=score, judged=judged, lower=lower, upper=upper)
    assert (new.score[1], new.lower[1], new.upper[1]) == (BASE, 0.0, 1.0)


@given(some_units, some_weights, links, st.floats(0.0, 0.3), st.floats(0.0, 0.3))
def test_a_wider_interval_is_never_narrower_under_weights(
    units: np.ndarray, weights: dict[Dimension, float], link: Link, one: float, other: float
) -> None:
    parts = parts_of(units, link)
    score = BASE + parts.to_numpy().sum(axis=1)
    narrow, wide = sorted((one, other))
    widths = []
    for half in (narrow, wide):
        new = under(parts, weights, link, lower=score - half, upper=score + half)
        widths.append(new.upper - new.lower)
    assert np.all(widths[1] >= widths[0] - 1e-12)
    assert np.all(widths[0] >= np.minimum(2 * narrow, 1.0) - 1e-9)


@given(some_weights, st.sampled_from([0.5, 2.0]))
def test_only_what_weights_are_to_one_another_counts_for_the_order(
    weights: dict[Dimension, float], factor: float
) -> None:
    parts = parts_of(np.random.default_rng(3).uniform(-1, 1, (30, len(NAMES))), Link.IDENTITY)
    small = {dimension: weight / 2 for dimension, weight in weights.items()}
    other = {dimension: weight * factor for dimension, weight in small.items()}
    orders = [under(parts, given_, Link.IDENTITY).score.argsort() for given_ in (small, other)]
    assert orders[0].tolist() == orders[1].tolist()


@cache
def fitted(link: Link) -> Ranker:
    frame = a_frame(300, seed=1)
    grades = (frame["skills_words"].fillna(0) > 0.5).astype(float)
    ranker: Ranker = LambdaRanker(trees=10, members=2) if link is Link.LOGIT else BaselineRanker()
    return ranker.fit(frame, grades, frame.index.get_level_values("vacancy_id").to_numpy())


def weighted_by(
    ranker: Ranker, link: Link, frame: pd.DataFrame, weights: Mapping[Dimension, float]
) -> Reweighted:
    lower, upper = ranker.predict_interval(frame)
    return reweighted(
        ranker.contributions(frame),
        score=ranker.predict(frame),
        lower=lower,
        upper=upper,
        judged=np.ones(len(frame), dtype=bool),
        base=ranker.no_information(),
        weights=weighting(weights, asked_dimensions(frame)),
        link=link,
    )


@pytest.mark.parametrize("link", Link)
def test_every_ranker_can_be_weighted(link: Link) -> None:
    ranker, frame = fitted(link), a_frame(60, seed=4)
    new = weighted_by(ranker, link, frame, {SKILLS: 3.0, REACH: 0.0})
    assert not np.allclose(new.score, ranker.predict(frame), atol=1e-3)
    added = ranker.no_information() + new.contributions.sum(axis=1)
    np.testing.assert_allclose(added, new.score, atol=1e-9)
    assert not new.contributions.loc[:, DIMENSIONS == REACH].to_numpy().any()


@pytest.mark.parametrize("link", Link)
def test_under_weights_too_a_blank_never_narrows_the_interval(link: Link) -> None:
    ranker, frame = fitted(link), a_frame(60, seed=4, unknown=0.0)
    for column in FEATURES:
        if column.question is None:
            continue
        less = frame.assign(**{column.name: np.nan})
        widths = [
            new.upper - new.lower
            for new in (
                weighted_by(ranker, link, known, {SKILLS: 2.0, REACH: 0.5})
                for known in (frame, less)
            )
        ]
        assert np.all(widths[1] >= widths[0] - 1e-9), column.name


def test_people_who_differ_only_where_the_weight_is_0_are_equal() -> None:
    ranker, near = fitted(Link.IDENTITY), a_frame(40, seed=5)
    far = near.assign(reach_minutes=near["reach_minutes"] + 30, reach_licence=0.0)
    one, other = (
        weighted_by(ranker, Link.IDENTITY, frame, {REACH: 0.0}).score for frame in (near, far)
    )
    np.testing.assert_allclose(one, other, atol=1e-12)


def test_a_dimension_that_counts_more_brings_up_whoever_is_strong_in_it() -> None:
    parts = pd.DataFrame(0.0, index=["skilled", "near"], columns=NAMES)
    parts.loc["skilled", "skills_words"], parts.loc["near", "reach_minutes"] = 0.10, 0.15
    assert under(parts, {}, Link.IDENTITY).score.tolist() == pytest.approx([0.40, 0.45])
    moved = under(parts, {SKILLS: 2.0}, Link.IDENTITY)
    assert moved.score.tolist() == pytest.approx([0.40, 0.375])
    assert moved.contributions.loc["near", "reach_minutes"] == pytest.approx(0.075)


def test_the_wrong_scale_is_refused_where_it_would_leave_0_to_1() -> None:
    parts = pd.DataFrame(0.0, index=range(1), columns=NAMES)
    parts["skills_words"], parts["reach_minutes"] = 0.9, -0.7
    with pytest.raises(DataError, match=r"a score is 1\.2.*give its own link"):
        under(parts, {REACH: 0.0}, Link.IDENTITY)


@pytest.mark.parametrize("score", [0.9, np.nan])
def test_parts_of_another_ranker_are_refused(score: float) -> None:
    with pytest.raises(DataError, match=r"do not add up to them from 0\.3"):
        under(
            parts_of(np.zeros((1, len(NAMES))), Link.LOGIT), {}, Link.LOGIT, score=np.array([score])
        )


def test_what_a_vacancy_asks_is_told_by_dimension() -> None:
    nothing = nothing_known(3, asked=0.0)
    assert asked_dimensions(nothing) == frozenset()
    assert asked_dimensions(nothing.assign(asked_place=1.0)) == {REACH}
    assert asked_dimensions(nothing_known(3)) == EVERYTHING


def test_preferred_and_applied_weights_are_both_kept() -> None:
    made = weighting({SKILLS: 9.0, REACH: -1.0, LANGUAGES: 2.0}, EVERYTHING - {LANGUAGES})
    assert made.preferred == {SKILLS: 9.0, REACH: -1.0, LANGUAGES: 2.0}
    assert made.applied == dict.fromkeys(Dimension, 1.0) | {SKILLS: MOST, REACH: LEAST}


def test_no_weight_is_the_models() -> None:
    assert set(weighting({}, EVERYTHING).applied.values()) == {1.0}


@pytest.mark.parametrize("asked", [EVERYTHING, frozenset()])
def test_all_weights_at_0_are_refused(asked: frozenset[Dimension]) -> None:
    with pytest.raises(InputError, match="weight above 0 to one of skills, experience"):
        weighting(dict.fromkeys(Dimension, 0.0), asked)


def test_weights_of_0_wherever_something_is_asked_are_refused() -> None:
    with pytest.raises(InputError, match=r"weight above 0 to one of skills, reach\.$"):
        weighting({SKILLS: 0.0, REACH: -2.0}, frozenset({SKILLS, REACH}))


def test_a_part_is_multiplied_by_the_weight_of_its_dimension() -> None:
    made = weighting({SKILLS: 2.0, REACH: 0.0}, EVERYTHING)
    on_score, on_odds = (column_weights(made, link) for link in (Link.IDENTITY, Link.LOGIT))
    assert (on_score["skills_words"], on_score["languages"], on_score["reach_minutes"]) == (
        1,
        0.5,
        0,
    )
    assert (on_odds["skills_words"], on_odds["languages"], on_odds["reach_minutes"]) == (2, 1, 0)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("skills=2,reach=0", {SKILLS: 2.0, REACH: 0.0}),
        (" Skills = 1.5 , languages=.5,", {SKILLS: 1.5, LANGUAGES: 0.5}),
        ("reach=-1", {REACH: -1.0}),
        ("", {}),
    ],
)
def test_weights_are_read_as_they_are_written(text: str, read: dict[Dimension, float]) -> None:
    assert parse_weights(text) == read


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("skills", "'skills' has no number"),
        ("skills=1,5", "'5' has no number"),
        ("skills=", "'skills' is ''"),
        ("skills=many", "'skills' is 'many'"),
        ("skills=nan", "'skills' is 'nan'"),
        ("skills=1e3", "'skills' is '1e3'"),
        ("skills=" + "9" * 400, "'skills' is inf"),
        ("skills=1,SKILLS=2", "'SKILLS' is given twice"),
        ("age=2", "'age' is of no dimension; use one of skills, experience"),
        ("=2", "'' is of no dimension"),
    ],
)
def test_what_is_no_weight_is_refused_with_its_words(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        parse_weights(text)


@pytest.mark.parametrize("value", [True, None, "2", [1], float("inf"), 10**400])
def test_in_a_request_a_weight_is_a_number(value: object) -> None:
    with pytest.raises(InputError, match="write a number from 0 to 3"):
        read_weights({"skills": value})


def test_what_applies_is_said_and_why_it_is_not_what_was_preferred() -> None:
    asked = EVERYTHING - {LANGUAGES}
    made = weighting({SKILLS: 9.0, REACH: 0.0, LANGUAGES: 2.0}, asked)
    assert weighting_sentences(made, asked, ITALIAN) == (
        "Ordine con pesi scelti: Competenze × 3, Raggiungibilità × 0. "
        "Per il resto vale il modello.",
        "Competenze: chiesto il peso 9, applicato 3, che è il limite.",
        "Lingue: l'offerta non chiede nulla; invece di 2 il peso resta 1.",
    )
    plain: Weighting = weighting({SKILLS: 1.0}, asked)
    assert weighting_sentences(plain, asked, ITALIAN) == ("Pesi: quelli del modello.",)
