"""A store on each of the two databases: every test of this folder runs on both."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy.engine import Engine

from matching.store import Store
from tests.databases import KINDS, a_server, a_store, made


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server, one for each process of a run.

    Not below pytest's own folder: every run that begins closes that to the server's user.
    """
    with TemporaryDirectory(prefix="valoriamo-") as folder, a_server(Path(folder) / "data") as url:
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
