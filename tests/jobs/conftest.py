"""Every test of this folder that asks for a store runs on both databases."""

from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from matching.store import Store
from tests.databases import a_store
from tests.hub.lives import Clock, timed
from tests.store.conftest import engine, postgresql

__all__ = ["engine", "postgresql"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(engine: Engine, tmp_path: Path, clock: Clock) -> Store:
    """A store whose time passes only where a test says so."""
    return timed(a_store(engine, tmp_path), clock)
