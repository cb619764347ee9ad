"""A store on each of the two databases: every test of this folder runs on both."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from matching.store import Store
from tests.databases import KINDS, a_server, a_store, made


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server, one for each process of a run."""
    with a_server(tmp_path_factory.mktemp("postgresql")) as url:
        yield url


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    server = None if request.param == "sqlite" else request.getfixturevalue("postgresql")
    found = made(request.param, tmp_path, server)
    yield found
    found.dispose()


@pytest.fixture
def store(engine: Engine, tmp_path: Path) -> Store:
    return a_store(engine, tmp_path)
