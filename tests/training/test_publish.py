from datetime import date

import pytest

from matching.models.package import Kind
from matching.models.registry import Registry
from tests.models.packages import FAILED, PASSED, a_risk_package
from training.pipeline import Trained
from training.publish import publish
from training.splits import Split

DAY = date(2026, 11, 28)


def trained(*, passes: bool) -> Trained:
    return Trained(
        package=a_risk_package(),
        gate=PASSED if passes else FAILED,
        parameters={"C": 0.1},
        metrics={"concordance": 0.7},
        split=Split(cut=DAY, as_of=DAY, train=[], test=[], left_out={}),
    )


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    return Registry(tmp_path_factory.mktemp("home"))


def test_a_model_that_passes_serves_and_one_that_fails_waits(registry: Registry) -> None:
    first = publish(registry, trained(passes=True), by="anna", on=DAY)
    assert first.promoted
    assert "champion" in first.version.aliases
    second = publish(registry, trained(passes=False), by="anna", on=DAY)
    assert not second.promoted
    champion = registry.champion(Kind.RISK)
    assert champion is not None
    assert champion.version.version == first.version.version
    third = publish(registry, trained(passes=True), by="anna", on=DAY, promote=False)
    assert (third.promoted, third.version.aliases) == (False, ("candidate",))
