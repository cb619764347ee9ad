"""Margins by the loops are LightGBM's own, to the last bit."""

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import ModelError
from matching.models.tree_loops import BLOCK, TreeLoops, compiled_tree_loops
from matching.models.trees import TreeScorer, tree_scorer

Array = npt.NDArray[np.float64]

FEATURES = 5
# What a feature can be beside what it was in training: missing, nearly 0, 0, and out of all range.
ODD = (np.nan, 0.0, -0.0, 1e-36, -1e-36, 1e-35, -1e-35, np.inf, -np.inf, 1e300, 1e308, -1e308, 0.5)
KINDS: dict[str, dict[str, object]] = {
    "none": {},
    "nan": {"holes": np.nan},
    "zero": {"holes": 0.0, "zero_as_missing": True},
    "no_missing": {"holes": np.nan, "use_missing": False},
}


def trained(*, leaves: int = 6, trees: int = 8, seed: int = 0, kind: str = "none") -> lgb.Booster:
    settings = dict(KINDS[kind])
    holes = settings.pop("holes", None)
    chance = np.random.default_rng(seed)
    rows = chance.normal(size=(600, FEATURES)).round(1)
    target = rows[:, 0] - rows[:, 1] * (rows[:, 2] > 0) + chance.normal(size=600)
    if holes is not None:
        rows[chance.random(rows.shape) < 0.2] = holes
        # Where a value is missing says something, in both directions.
        target += 2.0 * (np.isnan(rows[:, 3]) | (rows[:, 3] == 0.0)) - 2.0 * np.isnan(rows[:, 4])
    settings |= {
        "num_leaves": leaves, "min_data_in_leaf": 5, "verbosity": -1, "num_threads": 1, "seed": 0,
    }  # fmt: skip
    return lgb.train(settings, lgb.Dataset(rows, target, params=settings), num_boost_round=trees)


def sample(rows: int, *, seed: int = 1) -> Array:
    chance = np.random.default_rng(seed)
    values = chance.normal(size=(rows, FEATURES)).round(1)
    odd = chance.random(values.shape) < 0.3
    values[odd] = chance.choice(ODD, size=int(odd.sum()))
    return values


def lightgbm_says(boosters: list[lgb.Booster], rows: Array) -> Array:
    return np.array([b.predict(rows, raw_score=True, num_threads=1) for b in boosters])


@pytest.fixture(params=["loops", "compiled", "lightgbm"])
def loops(request: pytest.FixtureRequest) -> TreeLoops | None:
    return {"loops": TreeLoops(), "compiled": compiled_tree_loops(), "lightgbm": None}[
        str(request.param)
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rows", [1, 8, 9, BLOCK, BLOCK + 1])
def test_margins_are_those_of_lightgbm(kind: str, rows: int, loops: TreeLoops | None) -> None:
    boosters = [trained(kind=kind, seed=seed) for seed in (0, 1)]
    values = sample(rows)
    found = tree_scorer(boosters, loops=loops).margins(values)
    np.testing.assert_array_equal(found, lightgbm_says(boosters, values))


def test_missing_values_go_where_each_kind_of_tree_sends_them() -> None:
    """Else the test above would compare trees that do not care."""
    values = sample(200)
    plain = [trained(kind=kind).predict(np.nan_to_num(values, nan=0.7)) for kind in KINDS]
    holes = [trained(kind=kind).predict(values) for kind in KINDS]
    assert all((one != other).any() for one, other in zip(plain, holes, strict=True))


def test_boosters_of_different_sizes_are_scored_together(loops: TreeLoops | None) -> None:
    boosters = [trained(leaves=2, trees=1), trained(leaves=16, trees=20, kind="nan")]
    values = sample(40)
    scorer = tree_scorer(boosters, loops=loops)
    np.testing.assert_array_equal(scorer.margins(values), lightgbm_says(boosters, values))


def test_a_tree_without_a_split_counts_as_its_only_leaf(loops: TreeLoops | None) -> None:
    rows = np.zeros((50, FEATURES))
    settings = {"num_leaves": 4, "verbosity": -1, "num_threads": 1}
    booster = lgb.train(settings, lgb.Dataset(rows, np.arange(50.0)), num_boost_round=2)
    assert booster.dump_model()["tree_info"][0]["num_leaves"] == 1
    for count in (1, 20):
        values = sample(count)
        found = tree_scorer([booster], loops=loops).margins(values)
        np.testing.assert_array_equal(found, lightgbm_says([booster], values))


def test_no_rows_have_no_margins(loops: TreeLoops | None) -> None:
    scorer = tree_scorer([trained(), trained(seed=1)], loops=loops)
    assert scorer.margins(np.empty((0, FEATURES))).shape == (2, 0)


def test_rows_of_another_order_in_memory_are_read_as_they_are() -> None:
    scorer = tree_scorer([trained()], loops=compiled_tree_loops())
    values = sample(30)
    np.testing.assert_array_equal(
        scorer.margins(np.asfortranarray(values)), scorer.margins(values.copy())
    )


SCORER = tree_scorer([trained(kind="nan", leaves=12, trees=30)], loops=compiled_tree_loops())


@given(
    st.lists(
        st.tuples(*[st.one_of(st.floats(), st.sampled_from(ODD))] * FEATURES),
        min_size=1,
        max_size=20,
    )
)
def test_no_value_is_scored_otherwise_than_lightgbm_scores_it(
    rows: list[tuple[float, ...]],
) -> None:
    values = np.array(rows, dtype=float)
    expected = lightgbm_says(list(SCORER.boosters), values)
    np.testing.assert_array_equal(SCORER.margins(values), expected)


def test_a_model_read_from_its_text_scores_alike() -> None:
    booster = trained(kind="nan")
    assert "threshold=inf" in booster.model_to_string()
    again = lgb.Booster(model_str=booster.model_to_string())
    values = sample(50)
    scorer: TreeScorer = tree_scorer([again], loops=compiled_tree_loops())
    np.testing.assert_array_equal(scorer.margins(values), lightgbm_says([booster], values))


def test_without_numba_there_are_no_compiled_loops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.models.tree_loops.find_spec", lambda name: None)
    compiled_tree_loops.cache_clear()
    try:
        assert compiled_tree_loops() is None
    finally:
        compiled_tree_loops.cache_clear()


def test_rows_of_another_width_are_refused(loops: TreeLoops | None) -> None:
    scorer = tree_scorer([trained()], loops=loops)
    with pytest.raises(ModelError, match=r"\(3, 2\).*over 5 features"):
        scorer.margins(np.zeros((3, 2)))


def test_boosters_over_different_features_are_refused() -> None:
    other = lgb.train(
        {"verbosity": -1}, lgb.Dataset(np.random.default_rng(0).random((90, 2)), np.arange(90.0)), 1
    )
    with pytest.raises(ModelError, match=r"\[2, 5\]"):
        tree_scorer([trained(), other], loops=None)
    with pytest.raises(ModelError, match=r"over \[\]"):
        tree_scorer([], loops=None)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"objective": "multiclass", "num_class": 3}, "several trees a round"),
        (
            {"objective": "binary", "boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.5},
            "averages",
        ),
        ({"objective": "regression", "linear_tree": True}, "linear"),
        ({"objective": "regression", "categorical_feature": [0]}, "categorical"),
    ],
)
def test_boosters_that_do_not_add_up_plain_trees_are_refused(
    settings: dict[str, object], said: str
) -> None:
    chance = np.random.default_rng(0)
    rows = chance.integers(0, 3, size=(300, FEATURES)).astype(float)
    target = rows[:, 0] % 3 if "num_class" in settings else (rows[:, 0] == 1).astype(float)
    given_settings = {"verbosity": -1, "num_threads": 1, "min_data_in_leaf": 5, **settings}
    categorical = given_settings.pop("categorical_feature", "auto")
    data = lgb.Dataset(
        rows,
        target,
        categorical_feature=categorical,
        params=given_settings,
    )
    booster = lgb.train(given_settings, data, num_boost_round=3)
    with pytest.raises(ModelError, match=said):
        tree_scorer([booster], loops=TreeLoops())
