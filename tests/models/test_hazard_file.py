import json
from collections.abc import Callable

import pytest

from matching.errors import DataError
from matching.models.risk import DiscreteHazard
from tests.models.histories import history

MODEL = DiscreteHazard().fit(*history())


@pytest.mark.parametrize(
    "damage",
    [
        lambda m: m.pop("coef_"),
        lambda m: m.update(format="another/1"),
        lambda m: m.update(covariates=None),
        lambda m: m.update(covariates=["skill", 3]),
        lambda m: m.update(covariates=["skill"]),
        lambda m: m.update(parameters={}),
        lambda m: m["parameters"].update(months="24"),
        lambda m: m["parameters"].update(steps=[6, 3]),
        lambda m: m["parameters"].update(steps=None),
        lambda m: m["mean_"].append(1.0),
        lambda m: m["mean_"].__setitem__(0, "two"),
        lambda m: m["scale_"].__setitem__(0, float("nan")),
        lambda m: m["scale_"].__setitem__(0, 0.0),
        lambda m: m["signs_"].__setitem__(0, 2),
        lambda m: m["parameters"].update(directions={"skill": "up"}),
        lambda m: m["coef_"][0].pop(),
    ],
)
def test_a_damaged_file_is_refused(damage: Callable[[dict], object]) -> None:
    content = json.loads(MODEL.to_json())
    damage(content)
    with pytest.raises(DataError):
        DiscreteHazard.from_json(json.dumps(content))


@pytest.mark.parametrize("text", ["", "[]", "{}", MODEL.to_json()[:-40]])
def test_what_is_no_model_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="restore the file or train again"):
        DiscreteHazard.from_json(text)
