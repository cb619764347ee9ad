import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from matching.errors import DataError
from tests.training.tabular.audited import people, repeated
from training.tabular.parts import parts
from training.tabular.scored import Scored, scored
from training.tabular.variants import Change, Variants, with_and_without


def change(found: Variants, name: str, metric: str) -> Change:
    group = next(one for one in found.groups if one.name == name)
    return next(one for one in group.changes if one.metric == metric)


def compared(one: Scored, other: Scored, top_share: float = 0.25, **columns: object) -> Variants:
    table = pd.DataFrame(columns, index=range(len(one)))
    return with_and_without(
        one, other, parts(table, list(columns)), left_out=("age",), top_share=top_share
    )


def test_what_an_input_is_worth_worked_by_hand() -> None:
    # With the input ten of the forty stand apart, of whom eight are bad; without it nobody does.
    with_it = repeated((0.8, 1, 8), (0.8, 0, 2), (0.1, 1, 3), (0.1, 0, 27))
    without_it = scored(np.full(40, 0.275), with_it.bad)
    found = compared(with_it, without_it, a=["x"] * 40)
    fnr = change(found, "a = x", "fnr")
    assert fnr.with_it == pytest.approx(3 / 11)
    assert fnr.without_it == pytest.approx(0.75)  # a quarter of everybody, at random
    assert fnr.cost.value == pytest.approx(0.75 - 3 / 11)
    auc = change(found, "a = x", "auc")
    assert auc.with_it == pytest.approx((8 * 27 + 0.5 * (8 * 2 + 3 * 27)) / (11 * 29))
    assert (auc.without_it, auc.worse) == (0.5, True)
    brier = change(found, "a = x", "brier")
    assert brier.with_it == pytest.approx((8 * 0.04 + 2 * 0.64 + 3 * 0.81 + 27 * 0.01) / 40)
    assert brier.without_it == pytest.approx(0.275 * 0.725)
    gap = change(found, "a = x", "gap")
    assert (gap.with_it, gap.without_it) == (pytest.approx(0.0), pytest.approx(0.0, abs=1e-12))
    assert gap.worse is None


def test_the_group_that_pays_is_told_from_the_one_that_does_not() -> None:
    rng = np.random.default_rng(1)
    old = rng.random(20_000) < 0.3
    skill = rng.normal(size=20_000)
    true = expit(-2 + skill + 1.5 * old)
    bad = (rng.random(20_000) < true).astype(float)
    blind = expit(-1.55 + skill)
    found = compared(scored(true, bad), scored(blind, bad), old=np.where(old, "yes", "no"))
    cost = change(found, "old = yes", "gap")
    assert cost.worse is True
    assert cost.without_it is not None
    assert cost.without_it > 0.15
    assert change(found, "old = yes", "fnr").worse is True
    assert change(found, "old = no", "fnr").worse is False
    assert change(found, "everybody", "auc").worse is True
    # Among the old the order is that of the skill under both.
    assert change(found, "old = yes", "auc").cost.value == pytest.approx(0.0, abs=1e-9)


def test_two_models_that_are_the_same_cost_nobody_anything_for_certain() -> None:
    who, table = people(400, seed=2, lost=True)
    found = with_and_without(who, who, parts(table, ["sex"]), left_out=("age",))
    for group in found.groups:
        for one in group.changes:
            assert one.cost.value == pytest.approx(0.0)
            assert one.worse is None
            assert one.cost.low is not None
            assert one.cost.high is not None
            assert one.cost.low < 0 < one.cost.high


def test_differences_of_areas_and_scores_lie_in_their_intervals_as_often_as_said() -> None:
    rng = np.random.default_rng(3)
    trials, held = 100, {"auc": 0, "brier": 0}
    truth: dict[str, float] = {}
    for trial in range(trials + 1):
        count = 200_000 if trial == 0 else 600  # the first is as good as the truth
        skill, hidden = rng.normal(size=count), rng.normal(size=count)
        bad = (rng.random(count) < expit(-1 + skill + hidden)).astype(float)
        found = compared(
            scored(expit(-1 + skill + hidden), bad), scored(expit(-0.85 + 0.85 * skill), bad),
            a=["x"] * count,
        )  # fmt: skip
        for metric in held:
            cost = change(found, "a = x", metric).cost
            if trial == 0:
                truth[metric] = cost.value or 0.0
            else:
                held[metric] += (cost.low or 0) <= truth[metric] <= (cost.high or 0)
    assert min(held.values()) >= 0.9 * trials


def test_small_groups_are_not_shown_and_few_people_give_no_area() -> None:
    with_it = repeated((0.8, 1, 8), (0.8, 0, 2), (0.1, 1, 3), (0.1, 0, 27))
    found = compared(with_it, with_it, a=["x"] * 2 + ["y"] * 18 + ["z"] * 20)
    assert [(one.name, one.shown, one.n) for one in found.groups] == [
        ("everybody", True, 40),
        ("a = x", False, None),
        ("a = y", False, None),
        ("a = z", True, 20),
    ]
    assert change(found, "a = z", "auc").cost.value is None


def test_models_of_other_people_are_refused() -> None:
    one, other = repeated((0.1, 0, 30)), repeated((0.1, 1, 30))
    with pytest.raises(DataError, match="other people, outcomes or weights"):
        compared(one, other, a=["x"] * 30)
    with pytest.raises(DataError, match="groups are of 20 rows"):
        with_and_without(one, one, parts(pd.DataFrame({"a": ["x"] * 20}), ["a"]), left_out=("a",))
