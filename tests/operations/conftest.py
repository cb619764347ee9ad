"""An installation on each of the two databases: tests that ask for one run on both."""

from collections.abc import Callable
from pathlib import Path

import pytest

from matching.operations.backup_secret import Secret, read_backup_key
from matching.operations.places import Places
from tests.databases import KINDS
from tests.operations.installations import an_installation, empty_places
from tests.store.conftest import postgresql

__all__ = ["postgresql"]


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def server(kind: str, request: pytest.FixtureRequest) -> str | None:
    return None if kind == "sqlite" else str(request.getfixturevalue("postgresql"))


@pytest.fixture
def places(kind: str, server: str | None, tmp_path: Path) -> Places:
    return an_installation(kind, tmp_path, server)


@pytest.fixture
def elsewhere(kind: str, server: str | None, tmp_path: Path) -> Callable[[], Places]:
    """Makes places with an empty database, as on another machine."""
    made = iter(range(100))
    return lambda: empty_places(kind, tmp_path / f"elsewhere{next(made)}", server)


@pytest.fixture
def secret(places: Places) -> Secret:
    return read_backup_key(places.backup_key)
