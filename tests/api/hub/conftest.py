"""The application of a hub on SQLite; what depends on the database is tested on both elsewhere."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from matching.service import Service
from tests.api.conftest import RISK, a_hazard
from tests.api.hub.desk import Desk, a_desk
from tests.databases import made
from tests.store.conftest import postgresql

__all__ = ["postgresql"]


@pytest.fixture(scope="session")
def risky(service: Service) -> Service:
    return replace(service, risk=a_hazard(), risk_model=RISK)


@pytest.fixture(scope="module")
def shared_desk(risky: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk for all tests of a module, where none minds what another left there."""
    folder = tmp_path_factory.mktemp("shared")
    engine = made("sqlite", folder)
    with a_desk(risky, engine, folder) as found:
        yield found
    engine.dispose()


@pytest.fixture
def desk(risky: Service, tmp_path: Path) -> Iterator[Desk]:
    engine = made("sqlite", tmp_path)
    with a_desk(risky, engine, tmp_path) as found:
        yield found
    engine.dispose()
