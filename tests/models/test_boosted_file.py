import hashlib
import json
from collections.abc import Callable

import pytest

from matching.errors import DataError
from matching.models.boosted_hazard import BoostedHazard
from tests.models.histories import history

MODEL = BoostedHazard(members=2, most_trees=20, directions={}).fit(*history(300))


def sealed(content: dict) -> str:
    """The file of a content that somebody changed, and gave the hash that it then has."""
    content.pop("sha256", None)
    text = json.dumps(content, sort_keys=True, indent=1)
    return json.dumps({**content, "sha256": hashlib.sha256(text.encode()).hexdigest()})


def test_a_file_that_is_sealed_anew_is_the_same() -> None:
    assert BoostedHazard.from_json(sealed(json.loads(MODEL.to_json()))).to_json() == MODEL.to_json()


@pytest.mark.parametrize(
    "damage",
    [
        lambda m: m.update(format="another/1"),
        lambda m: m.update(covariates=None),
        lambda m: m.update(covariates=["skill", 3]),
        lambda m: m.update(covariates=["skill"]),
        lambda m: m.update(parameters={}),
        lambda m: m["parameters"].pop("seed"),
        lambda m: m["parameters"].update(months="24"),
        lambda m: m["parameters"].update(months=23),
        lambda m: m["parameters"].update(leaves=0),
        lambda m: m.pop("usual_"),
        lambda m: m["blank_"].append(1.0),
        lambda m: m["answers_"][0].pop(),
        lambda m: m["signs_"].__setitem__(0, 2),
        lambda m: m["signs_"].__setitem__(0, float("nan")),
        lambda m: m.update(fits=[]),
        lambda m: m.update(fits=None),
        lambda m: m["fits"].append(None),
        lambda m: m["fits"][0].update(trees=None),
        lambda m: m["fits"][0].update(trees=["", None, None]),
        lambda m: m["fits"][0].update(trees=[7, None]),
        lambda m: m["fits"][0].update(trees=["tree", None]),
        lambda m: m["fits"][1]["level"].pop(),
        lambda m: m["fits"][0]["level"][0].__setitem__(0, None),
    ],
)
def test_a_file_that_was_changed_and_sealed_anew_is_refused(
    damage: Callable[[dict], object],
) -> None:
    content = json.loads(MODEL.to_json())
    damage(content)
    with pytest.raises(DataError):
        BoostedHazard.from_json(sealed(content))


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", "[" * 100_000])
def test_what_is_no_model_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="restore the file or train again"):
        BoostedHazard.from_json(text)
