"""What every test may lean on: the shipped data, loaded once."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

from matching.extraction import Extractor, Index
from matching.models.locks import locked
from matching.service import Service, build
from matching.settings import read_settings
from matching.taxonomy import Taxonomy
from matching.territory import Territory
from tests.models.packages import a_registered_home

# What it keeps between runs is not left in the repository.
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / f"valoriamo-hypothesis-{os.getuid()}")
# Tests are repeatable by default; `make prove` looks further.
settings.register_profile(
    "sample",
    deadline=None,
    max_examples=40,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "prove", deadline=None, max_examples=2_000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("sample")

SHARED = Path(os.environ.get("VALORIAMO_SHARED", Path(__file__).parents[1] / ".." / "shared"))


# Files with tests of a minute: begun last, they would keep one worker busy alone.
SLOW = (
    "training/cli/test_demo.py", "training/cli/test_train.py", "cli/test_command.py",
    "cli/test_serve.py", "cli/test_serve_hub.py", "hub/test_canaries.py",
    "test_readme_hub.py", "models/test_registry.py",
    "training/benchmarks/test_learned_ranking.py", "training/test_pipeline.py",
    "training/test_dataset.py", "training/test_invariance.py", "gold/test_gold_swaps.py",
)  # fmt: skip


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs the reference data where it is not there; slow files go first."""
    items.sort(key=lambda item: not item.path.as_posix().endswith(SLOW))
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
def registered_home(shared_home: Path) -> Path:
    """A home with models (see ``a_registered_home``), to be copied: one for all workers."""
    home = shared_home.with_name("registered")
    with locked(home.with_suffix(".lock"), seconds=300):
        if not home.exists():
            a_registered_home(home)
    return home


@pytest.fixture(scope="session")
def service(shared_home: Path) -> Iterator[Service]:
    made = build(read_settings(home=shared_home))
    yield made
    made.readers.close()


@pytest.fixture(scope="module")
def read_before(service: Service) -> Iterator[None]:
    """Services that are built take the lexicon and the linker that were read already.

    For tests of what else a service is wired from: reading takes seconds each time.
    """
    linker = service.extractor.loose
    with pytest.MonkeyPatch.context() as patch:
        composition = "matching.service.composition"
        patch.setattr(f"{composition}.load_lexicon", lambda folder: service.taxonomy)
        patch.setattr(f"{composition}.LooseLinker.of", lambda *given: linker)
        yield


@pytest.fixture(scope="session")
def extractor(service: Service) -> Extractor:
    """What a text names; what it means without naming it is tested with the linker."""
    return replace(service.extractor, loose=None, jobs=None, gate=None)


@pytest.fixture(scope="session")
def index(service: Service) -> Index:
    return service.extractor.index


@pytest.fixture(scope="session")
def taxonomy(service: Service) -> Taxonomy:
    return service.taxonomy


@pytest.fixture(scope="session")
def territory(service: Service) -> Territory:
    return service.territory
