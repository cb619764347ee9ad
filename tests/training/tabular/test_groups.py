import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact
from sklearn.metrics import brier_score_loss, roc_auc_score

from matching.errors import DataError
from tests.repeats import examples
from tests.training.tabular.audited import people, repeated
from training.tabular.groups import Cell, Group, GroupAudit, Verdict, audit_groups
from training.tabular.parts import parts
from training.tabular.scored import Scored, scored


def audited(who: Scored, top_share: float = 0.2, **columns: object) -> GroupAudit:
    table = pd.DataFrame(columns, index=range(len(who)))
    return audit_groups(who, parts(table, list(columns)), top_share=top_share)


def group(found: GroupAudit, name: str) -> Group:
    return next(one for one in found.groups if one.name == name)


def cell(found: GroupAudit, name: str, metric: str) -> Cell:
    return next(one for one in group(found, name).cells if one.metric == metric)


def two_groups() -> tuple[Scored, list[str]]:
    """Twenty of each: in x four of ten at .8 are bad and one of ten at .2; in y two at .5."""
    who = repeated((0.8, 1, 4), (0.8, 0, 6), (0.2, 1, 1), (0.2, 0, 9), (0.5, 1, 2), (0.5, 0, 18))
    return who, ["x"] * 20 + ["y"] * 20


def test_every_metric_of_a_group_worked_by_hand() -> None:
    who, sides = two_groups()
    # A quarter is followed: the ten at .8. Left are ten at .2 and all of y.
    found = audited(who, 0.25, side=sides)
    wanted = {
        "fnr": (1 / 5, 1.0),  # one of the five bad in x is not followed; both of y are not
        "false_omission": (1 / 10, 2 / 20),
        "fpr": (6 / 15, 0.0),
        "precision": (4 / 10, None),
        "gap": (5 / 20 - 0.5, 0.0),
        "auc": ((4 * 9 + 0.5 * (4 * 6 + 1 * 9)) / (5 * 15), 0.5),
        "brier": ((4 * 0.04 + 6 * 0.64 + 0.64 + 9 * 0.04) / 20, 0.25 * 0.75),
    }
    for metric, (value, reference) in wanted.items():
        one = cell(found, "side = x", metric)
        assert one.value == pytest.approx(value), metric
        assert one.reference == (None if reference is None else pytest.approx(reference)), metric
        assert (one.n, one.positives, one.negatives) == (20, 5, 15)
    # One bin of twenty: a mean of .5 against a quarter.
    assert cell(found, "side = x", "ece").value == pytest.approx(0.25, abs=0.02)
    held = group(found, "side = x")
    assert (held.n, held.mean_risk) == (20, pytest.approx(0.5))
    assert held.observed is not None
    assert held.observed.value == pytest.approx(0.25)
    assert held.small


def test_four_fifths_is_a_flag_with_fisher_s_test_beside_it() -> None:
    who, sides = two_groups()
    screened = group(audited(who, 0.25, side=sides), "side = y").screening
    assert screened is not None
    assert (screened.ratio, screened.flag, screened.against) == (0.0, True, "side = x")
    assert screened.p == pytest.approx(fisher_exact([[0, 20], [10, 10]]).pvalue)
    first = group(audited(who, 0.25, side=sides), "side = x").screening
    assert first is not None
    assert (first.ratio, first.flag, first.p) == (1.0, False, 1.0)


def test_area_and_brier_score_are_those_of_scikit_learn() -> None:
    who, table = people(2000, seed=1, lost=True)
    found = audit_groups(who, parts(table, ["sex"]))
    for sex in ("F", "M"):
        mine = who.where((table["sex"] == sex).to_numpy()).seen()
        for metric, measure in (("auc", roc_auc_score), ("brier", brier_score_loss)):
            held = measure(mine.bad, mine.risk, sample_weight=mine.weight)
            assert cell(found, f"sex = {sex}", metric).value == pytest.approx(held, abs=1e-9)


def width(one: Cell) -> float:
    return (1.0 if one.high is None else one.high) - (0.0 if one.low is None else one.low)


@pytest.mark.parametrize(
    ("who", "columns", "name"),
    [
        (repeated((0.1, 0, 60)), {"a": ["x"] * 60}, "a = x"),
        (repeated((0.1, 1, 60)), {"a": ["x"] * 60}, "a = x"),
        (repeated((0.1, 1, 20), (0.1, 0, 40)), {"a": ["x"] * 12 + ["y"] * 48}, "a = x"),
        (repeated((0.0, 0, 40)), {"a": ["x"] * 12 + ["y"] * 28}, "a = x"),
        (repeated((0.1, 0, 30), (0.2, 1, 30)), {"a": [None] * 20 + ["y"] * 40}, "a = unknown"),
    ],
    ids=["no positives", "only positives", "twelve, all bad", "risks of 0", "unknown"],
)
def test_a_group_of_which_little_is_known_is_never_fair(
    who: Scored, columns: dict[str, object], name: str
) -> None:
    found = audited(who, **columns)
    held = group(found, name)
    assert held.small
    for one in held.cells:
        assert width(one) > 0, one.metric
        if one.value is None:
            assert one.verdict is Verdict.INSUFFICIENT, one.metric
    assert held.observed is not None
    assert (held.observed.low or 0) < (held.observed.high or 0)
    rates = [one for one in held.cells if one.metric in ("fnr", "auc", "slope")]
    assert all(one.verdict is not Verdict.WITHIN for one in rates)


def test_one_person_and_those_who_would_give_her_away_are_not_shown() -> None:
    who = repeated((0.1, 0, 40), (0.2, 1, 20))
    found = audited(who, a=["x"] + ["y"] * 15 + ["z"] * 44)
    for name in ("a = x", "a = y"):
        held = group(found, name)
        assert (held.shown, held.n, held.positives, held.observed) == (False, None, None, None)
        assert held.cells == ()
        assert held.curve is None
        assert held.screening is None
    assert group(found, "a = z").shown


def test_a_group_of_nobody_is_said_to_be_one() -> None:
    who = repeated((0.1, 0, 40), (0.2, 1, 20))
    table = pd.DataFrame({"sex": ["F"] * 60})
    found = audit_groups(who, parts(table, ["sex"], expected={"sex": ["F", "M"]}))
    held = group(found, "sex = M")
    assert (held.n, held.positives, held.small) == (0, 0, True)
    assert held.cells
    assert {one.verdict for one in held.cells} == {Verdict.INSUFFICIENT}
    assert {one.value for one in held.cells} == {None}


def test_a_column_that_the_table_does_not_have_is_absent_and_not_fair() -> None:
    who = repeated((0.1, 0, 40), (0.2, 1, 20))
    found = audit_groups(who, parts(pd.DataFrame({"a": ["x"] * 60}), ["sex"]))
    assert found.absent == ("sex",)
    assert [one.name for one in found.groups] == ["everybody"]


def test_nobody_s_outcome_seen_leaves_nothing_to_say() -> None:
    who = scored(np.full(40, 0.3), np.full(40, np.nan))
    found = audited(who, a=["x"] * 20 + ["y"] * 20)
    assert {one.verdict for one in group(found, "a = x").cells} == {Verdict.INSUFFICIENT}
    assert group(found, "a = x").mean_risk is None


def test_well_calibrated_large_groups_are_within_and_a_planted_one_is_outside() -> None:
    who, table = people(30_000, seed=2, planted=0.08, share=0.2)
    found = audit_groups(who, parts(table, ["trait"]))
    assert cell(found, "trait = 0", "gap").verdict is Verdict.WITHIN
    one = cell(found, "trait = 1", "gap")
    assert one.verdict is Verdict.OUTSIDE
    assert one.away is not None
    assert (one.away.low or 0) < 0.08 < (one.away.high or 0)


def test_rates_count_the_lost_through_the_weights() -> None:
    who, table = people(30_000, seed=3, lost=True)
    whole, _ = people(30_000, seed=3)
    found = audit_groups(who, parts(table, ["sex"]))
    truth = audit_groups(whole, parts(table, ["sex"]))
    for metric in ("fnr", "false_omission", "fpr", "precision", "auc", "brier", "gap"):
        one, other = (cell(audit, "sex = F", metric) for audit in (found, truth))
        assert one.value == pytest.approx(other.value, abs=0.03), metric
        assert one.value != other.value
        assert width(one) > width(other)  # fewer were seen


@settings(max_examples=examples(15))
@given(st.integers(0, 10_000))
def test_names_and_the_order_of_rows_decide_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    risk = np.round(rng.random(120), 1)
    bad = (rng.random(120) < risk).astype(float)
    side = rng.choice(["x", "y"], 120)
    order = rng.permutation(120)
    one = audited(scored(risk, bad), side=side)
    other = audited(scored(risk[order], bad[order]), side=np.where(side == "x", "q", "p")[order])
    for first, second in (("side = x", "side = q"), ("side = y", "side = p")):
        for metric in ("fnr", "gap", "auc", "brier", "slope", "ece"):
            mine, theirs = cell(one, first, metric), cell(other, second, metric)
            assert mine.verdict == theirs.verdict
            assert mine.value == (None if theirs.value is None else pytest.approx(theirs.value))


def test_groups_of_other_rows_are_refused() -> None:
    with pytest.raises(DataError, match="groups are of 3 rows and 2 were scored"):
        audit_groups(repeated((0.1, 0, 2)), parts(pd.DataFrame({"a": [1, 2, 3]}), ["a"]))
