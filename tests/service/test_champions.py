"""What is promoted or lost while others ask: served at the next look, or told."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from matching.domain import Profile, Vacancy
from matching.models.registry import Registry
from matching.service import Service
from matching.service.champions import Champions
from tests.models.packages import DAY


@pytest.fixture
def home(registered_home: Path, tmp_path: Path) -> Path:
    """A home whose second ranker serves, and whose first served before."""
    return Path(shutil.copytree(registered_home, tmp_path / "home"))


@pytest.fixture
def champions(service: Service, home: Path) -> Champions:
    return Champions(service, home)


def served(champions: Champions) -> tuple[str, int | None]:
    return champions.service.model.name, champions.service.model.version


def test_a_rollback_serves_at_the_next_look_and_what_was_begun_ends_as_it_was(
    champions: Champions, home: Path
) -> None:
    begun = champions.service
    assert served(champions) == ("ranker", 2)
    Registry(home).rollback("ranker", by="Ada", on=DAY)
    renewed = champions.renewed()
    assert renewed is champions.service
    assert served(champions) == ("ranker", 1)
    assert begun.model.version == 2
    pair = [Vacancy(id="v", title="")], [Profile(id="p")]
    assert begun.scores(*pair).notna().all(axis=None)


def test_a_risk_model_that_is_promoted_serves_beside_the_ranker(
    champions: Champions, home: Path
) -> None:
    assert champions.service.risk is None
    Registry(home).promote("risk", by="Ada", on=DAY)
    renewed = champions.renewed()
    assert renewed is not None
    assert str(renewed.risk_model).startswith("risk v1")
    assert served(champions) == ("ranker", 2)


def test_where_nothing_was_written_no_registry_is_opened(
    champions: Champions, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(*given: object, **more: object) -> Service:
        raise AssertionError("the registry was opened")

    monkeypatch.setattr("matching.service.champions.with_models", opened)
    assert [champions.renewed() for _ in range(3)] == [None] * 3


def test_a_registry_that_goes_away_leaves_what_serves_and_it_is_said(
    champions: Champions, home: Path
) -> None:
    (home / "registry").rename(home / "away")
    renewed = champions.renewed()
    assert renewed is not None
    assert served(champions) == ("ranker", 2)
    assert any("last good ranker, version 2, serves" in said for said in renewed.problems)
    (home / "away").rename(home / "registry")
    assert champions.renewed() is not None
    assert champions.service.problems == champions.base.problems


def test_with_everything_on_disk_lost_the_model_in_memory_goes_on(
    champions: Champions, home: Path
) -> None:
    shutil.rmtree(home / "registry")
    shutil.rmtree(home / "models")
    renewed = champions.renewed()
    assert renewed is not None
    assert served(champions) == ("ranker", 2)
    assert "ranker v2" in renewed.problems[-1]
    assert "goes on serving" in renewed.problems[-1]


def test_a_risk_model_that_is_lost_goes_on_with_what_was_learnt_of_it(
    service: Service, home: Path
) -> None:
    Registry(home).promote("risk", by="Ada", on=DAY)
    champions = Champions(service, home)
    before = champions.service
    shutil.rmtree(home / "registry")
    shutil.rmtree(home / "models")
    renewed = champions.renewed()
    assert renewed is not None
    assert renewed.risk is before.risk
    assert renewed == replace(before, problems=renewed.problems)


def test_an_altered_champion_is_not_served_in_place_of_the_last_good_one(
    champions: Champions, home: Path
) -> None:
    Registry(home).rollback("ranker", by="Ada", on=DAY)
    for file in (home / "registry" / "artifacts").rglob("*.json"):
        file.write_bytes(file.read_bytes() + b" ")
    renewed = champions.renewed()
    assert renewed is not None
    assert served(champions) == ("ranker", 2)
    assert any("cannot be used" in said for said in renewed.problems)
