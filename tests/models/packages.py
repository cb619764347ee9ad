"""Small models, packed: what the tests of packages and of the registry share."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from matching.domain import CalibrationState
from matching.models.boosted_hazard import BoostedHazard
from matching.models.gate import Check, Gate
from matching.models.package import Package, pack_ranker, pack_risk
from matching.models.package_files import MANIFEST
from matching.models.ranker import LambdaRanker
from matching.models.recalibration import Recalibration
from matching.models.registry import Registry
from matching.models.risk import DiscreteHazard
from matching.models.splined_hazard import SplinedHazard
from tests.models.frames import a_frame

DAY = date(2026, 11, 28)
CARD: Mapping[str, object] = {
    "purpose": "to try packages",
    "trained_on": "numbers drawn at random",
    "period": "2025",
    "synthetic": True,
    "known_until": "2026-06-30",
    "metrics": {"ndcg@10": {"model": 0.8, "baseline": 0.7}},
    "dataset_digest": "f" * 64,
    "limits": "it knows nothing",
}
PASSED = Gate((Check(name="above the baseline", passed=True, value=0.1, needed="above 0"),))
FAILED = Gate(
    (
        Check(name="above the baseline", passed=False, value=-0.02, needed="above 0"),
        Check(name="invariance", passed=True, value="all", needed="all"),
    )
)


@cache
def a_ranker(seed: int = 0) -> LambdaRanker:
    frame = a_frame(200, seed=seed)
    grades = (frame["skills_related"].fillna(0.5) > 0.5).astype(float)
    groups = frame.index.get_level_values("vacancy_id").to_numpy()
    return LambdaRanker(trees=5, members=2, least_rows=20).fit(frame, grades, groups)


@cache
def a_hazard() -> DiscreteHazard:
    months = pd.DataFrame({"months": [1, 2, 3, 5] * 10})
    spells = months.assign(event=["work", "inactive", "work", "censored"] * 10)
    return DiscreteHazard(months=12, steps=[3]).fit(people(40), spells)


@cache
def a_splined_hazard() -> SplinedHazard:
    return SplinedHazard(months=12, steps=[3]).fit(*_many())


@cache
def a_boosted_hazard() -> BoostedHazard:
    return BoostedHazard(months=12, steps=[3], members=2, most_trees=8).fit(*_many())


def _many() -> tuple[pd.DataFrame, pd.DataFrame]:
    months = pd.DataFrame({"months": [1, 2, 3, 5] * 50})
    return people(200), months.assign(event=["work", "inactive", "work", "censored"] * 50)


def people(count: int) -> pd.DataFrame:
    chance = np.random.default_rng(3)
    known = pd.DataFrame({"skill": chance.normal(size=count), "own_vehicle": True})
    return known.assign(
        own_vehicle=np.arange(count) % 2 == 0, skill=known["skill"].mask(known.index % 5 == 1)
    )


@cache
def a_ranker_package(seed: int = 0) -> Package:
    return pack_ranker(a_ranker(seed), a_frame(6, seed=9), CARD)


@cache
def a_risk_package() -> Package:
    return pack_risk(a_hazard(), people(6), CARD)


def some_lines() -> tuple[Recalibration, ...]:
    """Of one horizon the line is applied, of the other there was too little."""
    counts = {"outcomes": 700, "exits": 300, "needed": 400, "needed_exits": 100}
    done = {"intercept": 0.3, "slope": 0.8, "covariance": (0.01, 0.001, 0.01)}
    return (
        Recalibration(state=CalibrationState.DONE, horizon=6, **counts, **done),
        Recalibration(state=CalibrationState.FEW, horizon=12, **counts),
    )


@cache
def a_splined_package() -> Package:
    return pack_risk(a_splined_hazard(), people(6), CARD)


@cache
def a_boosted_package() -> Package:
    return pack_risk(a_boosted_hazard(), people(6), CARD)


@cache
def a_recalibrated_package() -> Package:
    return pack_risk(a_hazard(), people(6), CARD, some_lines())


def contents(package: Package) -> dict[str, bytes]:
    """Every file of a package, the manifest too."""
    return {
        name: text.encode() for name, text in {**package.files, MANIFEST: package.manifest}.items()
    }


def lay(files: Mapping[str, bytes], folder: Path) -> Path:
    """Write files as they are, in a folder that may hold others."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def a_registered_home(home: Path) -> Path:
    """A home with rankers 1 (served before), 2 (serves), 3 (failed), 4 (not checked), and a risk.

    Ranker 2 is of other data than the rest; the risk model is a candidate.
    """
    registry = Registry(home)
    for seed, gate in enumerate((PASSED, PASSED, FAILED, None)):
        registry.register(
            a_ranker_package(seed % 2),
            parameters={"trees": 5, "seed": seed},
            metrics={"ndcg@10": round(0.8 + seed / 100, 2), "auc": 0.7},
            gate=gate,
        )
        if seed < 2:
            registry.promote("ranker", by="Ada", on=DAY)
    registry.register(a_risk_package(), parameters={}, metrics={"auc": 0.6}, gate=PASSED)
    return home
