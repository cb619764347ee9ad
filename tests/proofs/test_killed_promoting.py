"""Killed while a model is put into service: one version serves, and the journal says which."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import Engine

from matching.domain.access import EVERYWHERE, Act, Actor, Role
from matching.hub.model_changes import (
    ModelChange,
    carry_out,
    confirm,
    open_change,
    propose,
    settle,
)
from matching.models.registry import Registry
from matching.models.versions import CHAMPION, ModelVersion
from matching.operations.places import Places, opened
from matching.store.tables import journal
from tests.databases import everybody
from tests.hub.entering import HUBS, an_account
from tests.models.packages import DAY
from tests.operations.installations import wait_until_alone
from tests.proofs.killing import Ended, Point, Process, check_whole, points, run
from tests.proofs.recording import met, record
from tests.repeats import in_full

KILLS = 200 if in_full() else 3


class Promoting:
    """An installation with a registry, which only processes that end have open."""

    def __init__(self, places: Places, registered: Path) -> None:
        self.places = places
        self.home = places.home
        shutil.copytree(registered / "registry", self.home / "registry")
        rankers = Registry(registered).versions("ranker")
        self.versions: dict[int, ModelVersion] = {one.version: one for one in rankers}
        with opened(places) as store:
            self.ada, self.bea = (
                Actor(
                    id=an_account(store, name, role=Role.ADMIN, hub=EVERYWHERE),
                    role=Role.ADMIN, hubs=HUBS | {EVERYWHERE}, confirmed=True,
                )
                for name in ("ada@hub.example", "bea@hub.example")
            )  # fmt: skip

    def propose(self, version: int) -> ModelChange:
        with opened(self.places) as store, store.writing(self.ada) as work:
            return propose(work, self.versions[version])

    def confirms(self, shown: ModelChange) -> Callable[[Process], None]:
        def act(process: Process) -> None:
            # The registry's engine as well as the hub's.
            process.watch(Engine)
            with opened(self.places) as store:
                registry = Registry(self.home)
                carry_out(
                    store, registry, lambda work: confirm(work, shown), actor=self.bea, on=DAY
                )
                process.acknowledge(version=shown.version)

        return act

    def settle(self) -> None:
        def act(process: Process) -> None:
            with opened(self.places) as store:
                settle(store, Registry(self.home), "ranker")

        run(act)

    def champion(self) -> int:
        """The version in service, asked of the file: MLflow would keep it open."""
        with closing(sqlite3.connect(self.home / "registry" / "mlflow.db")) as connection:
            (found,) = connection.execute(
                "SELECT version FROM registered_model_aliases WHERE alias = ? AND name = 'ranker'",
                (CHAMPION,),
            ).fetchall()
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return int(found[0])

    def left_open(self) -> ModelChange | None:
        with opened(self.places) as store, store.reading(everybody()) as work:
            return open_change(work, "ranker")

    def told(self) -> list[tuple[str, int]]:
        with opened(self.places) as store, store.reading(everybody()) as work:
            rows = work.rows(journal, journal.c.act == Act.PROMOTE_MODEL, order=[journal.c.number])
        said = [json.loads(row.detail) for row in rows]
        return [(one["step"], one["version"]) for one in said]


def test_whenever_it_is_killed_the_journal_says_which_model_serves(
    places: Places, registered_home: Path, kind: str
) -> None:
    ends: list[tuple[Point, Ended]] = []
    hub = Promoting(places, registered_home)
    whole = run(hub.confirms(hub.propose(1)))
    assert (len(whole.acknowledged), hub.champion()) == (1, 1)
    for point in points(KILLS, whole, seed=85):
        before = hub.champion()
        wanted = 3 - before
        shown = hub.propose(wanted)
        entered = len(hub.told())
        ended = run(hub.confirms(shown), point)
        ends.append((point, ended))
        wait_until_alone(places)
        check_whole(places)
        left = hub.left_open()
        if left == shown:
            # Nothing was decided, and nothing was done.
            assert (hub.champion(), hub.told()[entered:]) == (before, [])
        elif left is None:
            assert hub.champion() == wanted
            assert [step for step, _ in hub.told()[entered:]] == ["confirmed", "carried_out"]
        else:
            assert not ended.acknowledged
            assert hub.told()[entered:] == [("confirmed", wanted)]
            hub.settle()
            done = hub.champion() == wanted
            assert hub.told()[-1] == ("carried_out" if done else "given_up", wanted)
            assert hub.left_open() is None
        # Asked again, it is done.
        if hub.champion() != wanted:
            run(hub.confirms(hub.propose(wanted)))
        assert hub.champion() == wanted
        assert hub.told()[-1] == ("carried_out", wanted)
    check_whole(places)
    record("killed while promoting a model", kind, **met(ends), promotions=KILLS + 1)
