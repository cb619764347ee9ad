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


@pytest.fixture
def desk(risky: Service, tmp_path: Path) -> Iterator[Desk]:
    engine = made("sqlite", tmp_path)
    with a_desk(risky, engine, tmp_path) as found:
        yield found
    engine.dispose()
