import json

import pytest

from matching.errors import DataError
from matching.linking.confidence import Confidence, Signs, exactness, load_confidence
from matching.settings import shipped_data

WEIGHTS = {"exactness": 3.0, "lead": 7.0, "neighbours": 0.1, "shared": -0.5}


def signs(**changed):
    return Signs(**{"exactness": 0.5, "lead": 0.0, "neighbours": 0.0, "shared": 0.0} | changed)


def test_confidence_grows_with_exactness_and_lead():
    curve = Confidence(-2.0, WEIGHTS)
    assert curve.of(signs(exactness=1.0)) > curve.of(signs())
    assert curve.of(signs(lead=0.3)) > curve.of(signs()) > curve.of(signs(lead=-0.3))


def test_exactness_falls_steeply_and_keeps_the_ends():
    assert (exactness(0.0), exactness(1.0)) == (0.0, 1.0)
    assert exactness(0.8) < 0.3


def test_the_shipped_curve_trusts_a_label_and_not_a_distant_word():
    curve = load_confidence(shipped_data() / "linking")
    assert curve.of(signs(exactness=1.0, lead=0.2, neighbours=0.5)) > 0.9
    assert curve.of(signs(exactness=exactness(0.4), lead=0.05, neighbours=0.3)) < 0.3


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        json.dumps({"intercept": 0.0}),
        json.dumps({"intercept": "0", "weights": WEIGHTS}),
        json.dumps({"intercept": 0.0, "weights": {"lead": 1.0}}),
        json.dumps({"intercept": 0.0, "weights": WEIGHTS | {"age": 1.0}}),
    ],
)
def test_a_curve_that_is_none_is_refused_with_its_name(tmp_path, content):
    (tmp_path / "titles.json").write_text(content, "utf-8")
    with pytest.raises(DataError, match=r"titles\.json"):
        load_confidence(tmp_path)


def test_a_missing_curve_is_refused(tmp_path):
    with pytest.raises(DataError, match="cannot be read"):
        load_confidence(tmp_path)
