import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import DataError, ModelError
from matching.linking.reranker import Trees, train_reranker
from matching.linking.weights import Calibration, Weights, load_weights, save_weights

COLUMNS = ("useful", "noise")
ROWS = np.random.default_rng(3).random((60, 2)).astype(np.float32)
CURVE = Calibration(slope=2.0, intercept=-0.5)


def trees(seed=0):
    grown = Trees(rounds=5, leaves=3, least_rows=5, seed=seed, rows_per_tree=0.5)
    return train_reranker([(ROWS, ROWS[:, 0] > 0.5)], COLUMNS, trees=grown)


@pytest.fixture
def folder(tmp_path):
    save_weights(tmp_path, "some", trees(), calibration=CURVE, card={"learned_from": "nothing"})
    return tmp_path


def edit(folder, **changed):
    path = folder / "some.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changed), "utf-8")


def test_what_is_written_is_read_again(folder):
    weights = load_weights(folder, "some", COLUMNS)
    assert weights.calibration == CURVE
    assert weights.card["learned_from"] == "nothing"
    assert weights.card["sha256"] == trees().sha256
    assert np.array_equal(weights.reranker.predict(ROWS), trees().predict(ROWS))


def test_writing_twice_gives_the_same_files(folder):
    before = [path.read_bytes() for path in sorted(folder.iterdir())]
    save_weights(folder, "some", trees(), calibration=CURVE, card={"learned_from": "nothing"})
    assert [path.read_bytes() for path in sorted(folder.iterdir())] == before


@pytest.mark.parametrize("missing", ["some.txt", "some.json"])
def test_half_a_pair_is_missing(folder, missing):
    (folder / missing).unlink()
    with pytest.raises(DataError, match=f"{missing} is missing"):
        load_weights(folder, "some", COLUMNS)


@pytest.mark.parametrize(
    "damage", [lambda text: text[:-50], lambda text: text + "\n", lambda text: ""]
)
def test_damaged_trees_are_refused_before_they_are_read(folder, damage):
    # LightGBM itself would end the process on some of them.
    path = folder / "some.txt"
    path.write_text(damage(path.read_text()))
    with pytest.raises(ModelError, match="not those of their card"):
        load_weights(folder, "some", COLUMNS)


def test_trees_of_another_training_are_refused(folder):
    assert trees(seed=1).text != trees().text
    (folder / "some.txt").write_text(trees(seed=1).text)
    with pytest.raises(ModelError, match="not those of their card"):
        load_weights(folder, "some", COLUMNS)


def test_trees_that_are_no_text_are_refused(folder):
    (folder / "some.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match="some.txt"):
        load_weights(folder, "some", COLUMNS)


def test_trees_over_other_columns_are_refused(folder):
    with pytest.raises(ModelError, match="train again"):
        load_weights(folder, "some", ("noise", "useful"))


@pytest.mark.parametrize("content", ["", "[]", "{}", '"text"', "{", '{"sha256": '])
def test_a_card_that_is_none_is_refused(folder, content):
    (folder / "some.json").write_text(content)
    with pytest.raises(DataError, match="some.json: cannot be read as a linker's card"):
        load_weights(folder, "some", COLUMNS)


@pytest.mark.parametrize(
    "curve",
    [
        {"slope": 1.0},
        {"slope": "1", "intercept": 0.0},
        {"slope": None, "intercept": 0.0},
        {"slope": math.nan, "intercept": 0.0},
        {"slope": 1.0, "intercept": math.inf},
        [1.0, 0.0],
        3,
    ],
)
def test_a_calibration_that_is_no_curve_is_refused(folder, curve):
    edit(folder, calibration=curve)
    with pytest.raises(DataError, match="some.json"):
        load_weights(folder, "some", COLUMNS)


def test_without_calibration_weights_order_and_have_no_confidence(tmp_path):
    save_weights(tmp_path, "some", trees(), calibration=None, card={})
    weights = load_weights(tmp_path, "some", COLUMNS)
    assert weights.calibration is None
    assert len(weights.reranker.predict(ROWS)) == len(ROWS)
    with pytest.raises(ModelError, match="not calibrated"):
        weights.confidence(ROWS)


def test_confidence_is_the_curve_over_what_the_trees_say():
    weights = Weights(trees(), CURVE, {})
    assert np.allclose(weights.confidence(ROWS), CURVE.confidence(trees().predict(ROWS)))


def test_a_curve_of_slope_one_through_nought_changes_nothing():
    chances = np.array([0.1, 0.5, 0.9])
    assert np.allclose(Calibration(1.0, 0.0).confidence(chances), chances)


def test_a_curve_worked_by_hand():
    # Of even odds the slope takes nothing: 1 / (1 + exp(0.5)).
    assert CURVE.confidence(np.array([0.5]))[0] == pytest.approx(0.3775407)
    # Odds of 4 to 1: 2 * log(4) - 0.5 = 2.2725887.
    assert CURVE.confidence(np.array([0.8]))[0] == pytest.approx(1 / (1 + math.exp(-2.2725887)))


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=20),
    st.floats(0.1, 5),
    st.floats(-5, 5),
)
def test_confidence_lies_between_0_and_1_and_keeps_the_order(chances, slope, intercept):
    row = np.sort(np.array(chances))
    sure = Calibration(slope, intercept).confidence(row)
    assert (sure >= 0).all()
    assert (sure <= 1).all()
    assert (np.diff(sure) >= 0).all()
