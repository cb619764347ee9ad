"""What every test may lean on: the shipped data, loaded once."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from matching.extraction import Extractor, Index
from matching.service import Service, build
from matching.settings import read_settings
from matching.taxonomy import Taxonomy
from matching.territory import Territory

# Tests are repeatable by default; `make prove` looks further.
settings.register_profile(
    "sample", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "prove", deadline=None, max_examples=2_000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("sample")

SHARED = Path(os.environ.get("VALORIAMO_SHARED", Path(__file__).parents[1] / ".." / "shared"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs the reference data where it is not there, and say so."""
    if SHARED.is_dir():
        return
    left = [item for item in items if item.get_closest_marker("shared_data")]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


@pytest.fixture(scope="session")
def shared() -> Path:
    return SHARED


@pytest.fixture(scope="session")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the shared service: one for all worker processes of a run."""
    home = tmp_path_factory.getbasetemp()
    home = home.parent if os.environ.get("PYTEST_XDIST_WORKER") else home
    return home / "home"


@pytest.fixture(scope="session")
def shared_cache(service: Service, shared_home: Path) -> Path:
    """The folder with the index of the shipped lexicon, built; it is safe to share."""
    return shared_home / "cache"


@pytest.fixture(scope="session")
def service(shared_home: Path) -> Iterator[Service]:
    made = build(read_settings(home=shared_home))
    yield made
    made.readers.close()


@pytest.fixture(scope="session")
def extractor(service: Service) -> Extractor:
    """What a text names; what it means without naming it is tested with the linker."""
    return replace(service.extractor, loose=None)


@pytest.fixture(scope="session")
def index(service: Service) -> Index:
    return service.extractor.index


@pytest.fixture(scope="session")
def taxonomy(service: Service) -> Taxonomy:
    return service.taxonomy


@pytest.fixture(scope="session")
def territory(service: Service) -> Territory:
    return service.territory
