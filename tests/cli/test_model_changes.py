"""``models promote``, ``confirm`` and ``rollback`` in an installation, signed by its accounts."""

import json
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest
from fastapi import FastAPI
from typer.testing import CliRunner

from matching.cli.serve import _run
from matching.domain.access import EVERYWHERE, Act, Role
from matching.errors import ModelError, StoreError
from matching.models.registry import Registry
from matching.operations.doctor import examine
from matching.operations.places import everywhere
from matching.service import Service
from matching.service.champions import Champions
from matching.settings import read_settings
from matching.store import Work
from matching.store.tables import journal, sessions
from tests.cli.installed import Home, home
from tests.hub.entering import PASSWORD, Clock, an_account, timed, with_factor
from tests.models.packages import DAY
from training.cli import make_whole_app

__all__ = ["home"]

Serving = Callable[[], tuple[FastAPI, Callable[[], None]]]

ADA, BEA = "ada@hub.example", "bea@hub.example"


class Hub:
    """An installation whose second ranker serves, and its people with their telephones."""

    def __init__(self, home: Home, registered: Path) -> None:
        self.home = home
        self.telephones: dict[str, pyotp.TOTP] = {}
        shutil.copytree(registered / "registry", home.path / "registry")
        for username, role in ((ADA, Role.ADMIN), (BEA, Role.EVALUATOR)):
            with home.store() as store:
                an_account(store, username, role=role, hub=EVERYWHERE)
                # The step before: the code of now is another one.
                past = Clock(store.clock())
                past.goes_on(seconds=-60)
                self.telephones[username] = with_factor(timed(store, past), username, past)

    def run(
        self, *arguments: str, username: str, password: str = PASSWORD, ahead: int = 0,
        code: int = 0,
    ) -> Any:  # fmt: skip
        """A command, signed; a telephone ``ahead`` by a step shows a code that is not used yet."""
        with self.home.store() as store:
            digits = self.telephones[username].at(store.clock(), counter_offset=ahead)
        done = CliRunner(env={"COLUMNS": "120"}).invoke(
            make_whole_app(), ["models", *arguments, "--by", username],
            input=f"{password}\n{digits}\n",
        )  # fmt: skip
        assert done.exit_code == code, (done.output, done.exception)
        return done

    def champion(self) -> int | None:
        found = Registry(self.home.path).champion_version("ranker")
        return found and found.version

    def told(self) -> list[tuple[str, str]]:
        """The entries of models: in which role, and which step."""
        with self.home.store() as store, store.reading(everywhere(store.engine)) as work:
            rows = work.rows(journal, journal.c.act == Act.PROMOTE_MODEL, order=[journal.c.number])
        return [(row.role, json.loads(row.detail)["step"]) for row in rows]

    def waiting(self) -> list[str]:
        found = examine(read_settings(home=self.home.path))
        return [one.values["name"] for one in found if one.key == "doctor.model_waits"]


@pytest.fixture
def hub(home: Home, registered_home: Path) -> Hub:
    return Hub(home, registered_home)


def test_two_people_put_a_model_into_service_and_one_takes_it_back(hub: Hub) -> None:
    before = hub.home.count(sessions)
    said = hub.run("promote", "ranker", "--version", "1", username=ADA)
    assert "valoriamo models confirm ranker" in said.stdout
    assert (hub.champion(), hub.waiting()) == (2, ["ranker"])

    said = hub.run("confirm", "ranker", username=BEA)
    assert f"con proposta di {ADA}" in " ".join(said.stderr.split())
    assert "È in servizio il modello ranker, versione 1" in said.stdout
    assert (hub.champion(), hub.waiting()) == (1, [])

    said = hub.run("rollback", "ranker", username=ADA, ahead=1)
    assert "È in servizio il modello ranker, versione 2" in said.stdout
    assert hub.champion() == 2
    assert hub.told() == [
        ("admin", "proposed"), ("evaluator", "confirmed"), ("system", "carried_out"),
        ("admin", "rollback"), ("system", "carried_out"),
    ]  # fmt: skip
    assert hub.home.count(sessions) == before
    with hub.home.store() as store:
        assert store.verified().problems == ()
    # The registry keeps whose accounts they were, never a name.
    history = [str(one.history) for one in Registry(hub.home.path).versions("ranker")]
    assert not any("hub.example" in one for one in history)


def test_who_has_no_password_and_code_for_it_changes_nothing(hub: Hub) -> None:
    arguments = ("promote", "ranker", "--version", "1")
    for wrong in (
        {"username": ADA, "password": "un'altra parola lunga"},
        {"username": ADA, "ahead": 9},
        {"username": ADA, "ahead": -2},
    ):
        assert "do not fit" in hub.run(*arguments, **wrong, code=1).stderr
    hub.telephones["carla@hub.example"] = hub.telephones[ADA]
    assert "do not fit" in hub.run(*arguments, username="carla@hub.example", code=1).stderr
    with hub.home.store() as store:
        an_account(store, "carla@hub.example")
    said = hub.run(*arguments, username="carla@hub.example", code=1)
    assert "by the administration and by evaluators" in said.stderr
    assert (hub.champion(), hub.told()) == (2, [])


def test_one_person_alone_changes_nothing(hub: Hub) -> None:
    assert "Nothing is proposed" in hub.run("confirm", "ranker", username=ADA, code=1).stderr
    hub.run("promote", "ranker", "--version", "1", username=ADA)
    said = hub.run("confirm", "ranker", username=ADA, ahead=1, code=1)
    assert "ask somebody else" in said.stderr
    assert (hub.champion(), hub.told()) == (2, [("admin", "proposed")])


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("promote", "ranker", "--version", "3"), "above the baseline: -0.02"),
        (("promote", "ranker", "--version", "2"), "in service already"),
        (("rollback", "risk"), "no version of the risk to go back to"),
    ],
)
def test_what_the_registry_refuses_nobody_is_asked_to_sign(
    hub: Hub, arguments: tuple[str, ...], why: str
) -> None:
    said = hub.run(*arguments, username=ADA, code=1)
    assert why in said.stderr
    assert "Password" not in said.output
    assert hub.told() == []


def test_a_command_that_was_cut_is_told_by_the_next(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.run("promote", "ranker", "--version", "1", username=ADA)

    def killed(*given: Any, **more: Any) -> None:
        raise SystemExit(9)

    with monkeypatch.context() as patch:
        patch.setattr(Registry, "promote", killed)
        hub.run("confirm", "ranker", username=BEA, code=9)
    assert hub.waiting() == ["ranker"]
    said = hub.run("confirm", "ranker", username=BEA, ahead=1, code=1)
    assert "va deciso di nuovo" in said.stdout.lower().replace("\n", " ")
    assert hub.told()[-1] == ("system", "given_up")
    assert (hub.champion(), hub.waiting()) == (2, [])


@pytest.mark.parametrize("is_hub", [True, False])
def test_what_is_trained_in_an_installation_waits_for_two_people(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, service: Service, is_hub: bool
) -> None:
    asked: list[bool] = []

    def published(*given: object, promote: bool, **more: object) -> None:
        asked.append(promote)
        raise ModelError("It ends here.")

    monkeypatch.setenv("VALORIAMO_HOME", str(home.path if is_hub else tmp_path / "other"))
    monkeypatch.setattr("training.cli.train.build", lambda settings, ranker: service)
    monkeypatch.setattr("training.cli.train.risk_from", lambda *given, **more: None)
    monkeypatch.setattr("training.cli.train.publish", published)
    home.run("train", "risk", "--synthetic", "mild", "--people", "5", code=1)
    assert asked == [not is_hub]


def test_the_demonstration_is_not_given_in_an_installation(home: Home) -> None:
    said = home.run("demo", "--home", home.path, code=2)
    assert "nothing invented is to serve" in " ".join(said.stderr.split())


@pytest.fixture
def serving(hub: Hub, service: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serving]:
    """Serves the hub as ``valoriamo serve`` does, up to listening: the application, and a look."""
    taken: list[tuple[FastAPI, Callable[[], None]]] = []

    def run(app: FastAPI, *given: object, look: Callable[[], None], **more: object) -> None:
        taken.append((app, look))

    monkeypatch.setattr("matching.api.running.run", run)
    monkeypatch.setattr("matching.api.running.settle", lambda: None)
    settings = read_settings(home=hub.home.path)
    with hub.home.store() as store, socket.create_server(("127.0.0.1", 0)) as listener:

        def begin() -> tuple[FastAPI, Callable[[], None]]:
            _run(Champions(service, hub.home.path), store, settings, listener)
            return taken[-1]

        yield begin


def test_what_serves_is_on_record_whoever_changed_it_and_once(hub: Hub, serving: Serving) -> None:
    app, look = serving()
    assert hub.told() == [("system", "serves")]
    look()
    serving()
    assert hub.told() == [("system", "serves")]
    # With MLflow's own tools, as it were: no command of an installation has said so.
    Registry(hub.home.path).rollback("ranker", by="nobody", on=DAY)
    look()
    look()
    serving()
    assert app.state.service.model.version == 1
    assert hub.told() == [("system", "serves")] * 2


def test_a_model_that_cannot_be_entered_into_the_journal_does_not_serve_as_yet(
    hub: Hub,
    serving: Serving,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app, look = serving()
    Registry(hub.home.path).rollback("ranker", by="nobody", on=DAY)

    def full(self: Work, *given: Any, **more: Any) -> None:
        raise StoreError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(Work, "tell", full)
        for _ in range(2):
            with pytest.raises(StoreError):
                look()
            assert app.state.service.model.version == 2
    look()
    assert app.state.service.model.version == 1
    assert hub.told() == [("system", "serves")] * 2
