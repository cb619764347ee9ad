"""An installation for commands, and the whole command line run in it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from matching.operations.installing import make_installation
from matching.operations.places import everywhere, opened, places_of
from matching.service import Service
from matching.settings import read_settings
from matching.store import Store
from training.cli import make_whole_app


class Home:
    """A home with an installation; commands are run in it by the service that all tests share."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.places = places_of(read_settings(home=path))
        make_installation(self.places, "lucia")

    def run(self, *arguments: object, code: int = 0) -> Any:
        done = CliRunner(env={"COLUMNS": "120"}).invoke(
            make_whole_app(), [str(one) for one in arguments]
        )
        assert done.exit_code == code, (done.output, done.exception)
        return done

    @contextmanager
    def store(self) -> Iterator[Store]:
        with opened(self.places) as store:
            yield store

    def count(self, table: Any) -> int:
        with self.store() as store, store.reading(everywhere(store.engine)) as work:
            return work.count(table)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, service: Service) -> Home:
    for name in [name for name in os.environ if name.startswith("VALORIAMO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("VALORIAMO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("VALORIAMO_TERRITORY", "lecco")
    monkeypatch.setattr("matching.service.build", lambda settings, **choice: service)
    return Home(tmp_path / "home")
