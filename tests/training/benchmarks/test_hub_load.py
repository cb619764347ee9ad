"""The load on a hub, tiny and within this process: what is measured, not how fast it is."""

import io
import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any

import pytest
import uvicorn
from rich.console import Console

from matching.api.hub import create_hub_app
from matching.errors import InputError, StoreError
from matching.operations.places import opened
from matching.settings import read_settings
from matching.store import open_store
from matching.store.tables import journal, persons, vacancies
from tests.databases import everybody
from training.benchmarks import hub_load, hub_load_run
from training.benchmarks.hub_load_bare import FILE, bare_app, keep_rows
from training.benchmarks.hub_load_clients import Question, Reply, load
from training.benchmarks.hub_load_material import Hub, filled
from training.benchmarks.hub_load_mix import MIX, RANKS, READS, WRITES, Manager, managers
from training.benchmarks.hub_load_run import HubLoadRun, print_hub_load, read_hub_load
from training.benchmarks.hub_load_serving import Server, served


@pytest.fixture(scope="module")
def hub(service: Any, tmp_path_factory: pytest.TempPathFactory) -> Hub:
    home = tmp_path_factory.mktemp("loaded")
    return filled(
        home, service, people=12, vacancies=6, managers=3, seed=5, today=date.today()
    )  # fmt: skip


@contextmanager
def within(app: Any) -> Iterator[Server]:
    """An application served by a thread of this process, as a server of its own would be."""
    server = uvicorn.Server(
        uvicorn.Config(app, port=0, log_level="warning", access_log=False, lifespan="off")
    )
    serving = threading.Thread(target=server.run)
    serving.start()
    try:
        last = time.monotonic() + 20
        while not server.started:
            assert time.monotonic() < last
            time.sleep(0.01)
        yield Server(server.servers[0].sockets[0].getsockname()[1], threading.get_native_id())
    finally:
        server.should_exit = True
        serving.join(20)


@pytest.fixture
def in_this_process(hub: Hub, service: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Has both servers run here; answers what was to be started."""
    started: list[str] = []

    @contextmanager
    def here(command: Sequence[str], log: Path, environment: Mapping[str, str]) -> Iterator[Server]:
        started.append(log.name)
        if log.name != "hub.log":
            with served(command, log, environment) as bare:
                yield bare
            return
        assert environment["VALORIAMO_HOME"] == str(hub.places.home)
        store = open_store(hub.places.database, hub.places.keyring, hub.places.anchor)
        settings = read_settings(home=hub.places.home, api_per_minute=1_000_000)
        with within(create_hub_app(service, store, settings, is_secure=False)) as server:
            yield server
        store.engine.dispose()

    monkeypatch.setattr(hub_load, "served", here)
    return started


def test_a_hub_is_filled_by_acts_that_are_on_record(hub: Hub, service: Any) -> None:
    with opened(hub.places) as store:
        assert store.verified().problems == ()
        whole = replace(everybody(), hubs=frozenset({"*"}))
        with store.reading(whole) as work:
            assert work.count(persons) == work.count(vacancies) == 0
        places = replace(whole, hubs=frozenset({service.territory.hubs[0].id}))
        with store.reading(places) as work:
            assert (work.count(persons), work.count(vacancies)) == (12, 6)
            acts = {row.act for row in work.rows(journal)}
    assert {"add_person", "give_notice", "add_vacancy"} <= acts
    assert len(set(hub.sessions)) == 3
    assert hub.sessions[0] not in repr(hub)


def test_reads_are_measured_beside_a_bare_endpoint_and_then_the_mix(
    hub: Hub, in_this_process: list[str]
) -> None:
    found = hub_load.hub_load(hub, seconds=1.5, rounds=1, read_seconds=0.4, seed=7)
    assert in_this_process == ["hub.log", "bare.log"]
    reads, mix = found["reads"], found["mix"]
    assert set(reads["kinds"]) == set(READS) - {"kept_list"}
    for name in ("hub", "bare"):
        assert reads[name]["errors"] == 0
        assert reads[name]["count"] > 10
        assert 0 < reads[name]["p50_ms"] <= reads[name]["p99_ms"]
    share = reads["share_of_bare"]
    assert share["least"] <= share["median"] <= share["most"]
    assert mix["errors"] == 0
    assert mix["requests"] == sum(one["count"] for one in mix["kinds"].values())
    assert mix["kinds"]["person"]["count"] > 0
    assert mix["kinds"]["shortlist"]["count"] > 0
    assert mix["memory_mb"]["most"] >= mix["memory_mb"]["ended"] > 10
    assert found["journal"]["problems"] == 0
    assert found["journal"]["entries"] > 50
    told = io.StringIO()
    print_hub_load(Console(file=told, width=200), {"benchmark": "hub-load", **found})
    assert "reads of the hub, by the bare endpoint's" in told.getvalue()
    assert "0 errors" in told.getvalue()


def test_a_journal_that_does_not_hold_together_is_no_result(
    hub: Hub, in_this_process: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (hub.places.home / FILE).unlink(missing_ok=True)
    with monkeypatch.context() as patch:
        patch.setattr(hub_load, "_reads", lambda *_: {})
        patch.setattr(hub_load, "_mix", lambda *_: {})
        noted = hub.places.anchor.read_text("ascii")
        hub.places.anchor.write_text(f"{noted}999999 {'0' * 64}\n", "ascii")
        with pytest.raises(StoreError, match="does not hold together"):
            hub_load.hub_load(hub, seconds=1, rounds=1, read_seconds=1, seed=7)
        hub.places.anchor.write_text(noted, "ascii")


def a_manager(**shares: int) -> Manager:
    return Manager(
        session="s", people=["p1", "p2"], vacancies=["v1"], chance=Random(1), shares=shares
    )  # fmt: skip


def reply(status: int = 200, **headers: str) -> Reply:
    return Reply(status, headers, b"", 0.01)


def test_the_mix_is_seventy_reads_twenty_lists_and_ten_writes() -> None:
    assert [sum(part.values()) for part in (READS, RANKS, WRITES)] == [70, 20, 10]
    assert isinstance(MIX, MappingProxyType)


def test_whoever_changes_something_has_read_it_and_says_which_version() -> None:
    manager = a_manager(change_person=1)
    first = manager(None)
    assert (first.kind, first.method) == ("person", "GET")
    second = manager(reply(etag='"3"'))
    assert (second.method, second.path, second.headers["if-match"]) == ("PATCH", first.path, '"3"')
    third = manager(reply(etag='"4"'))
    assert third.headers["if-match"] == '"4"'
    assert third.headers["idempotency-key"] != second.headers["idempotency-key"]


def test_a_list_is_read_again_once_one_was_made() -> None:
    manager = a_manager(kept_list=1)
    assert manager(None).kind == "shortlist"
    again = manager(reply(201, location="/v1/shortlists/x"))
    assert (again.kind, again.path) == ("kept_list", "/v1/shortlists/x")


def test_managers_share_a_hub_among_them(hub: Hub) -> None:
    asking = managers(hub, seed=1)
    people = [one for manager in asking for one in manager.people]
    assert sorted(people) == sorted(hub.people)
    assert {len(manager.vacancies) for manager in asking} == {2}


def test_what_a_server_answers_is_timed_and_an_error_counts(tmp_path: Path) -> None:
    rows = keep_rows(tmp_path, {"a": b'{"x": 1}'})
    asked = iter(["/rows/a", "/nowhere"] * 10_000)
    with within(bare_app(rows)) as server:
        found = load(
            server.port, [lambda reply: Question("x", "GET", next(asked))], seconds=0.3
        )  # fmt: skip
    assert {one.status for one in found} == {200, 404}
    assert all(0 < one.seconds <= one.at for one in found)


def test_a_server_that_does_not_start_is_told_with_its_last_words(tmp_path: Path) -> None:
    command = ("python3", "-c", "raise SystemExit('no such thing')")
    with pytest.raises(InputError, match="no such thing"), served(command, tmp_path / "log", {}):
        pass


def test_the_configuration_and_the_report_go_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    service: Any,
) -> None:  # fmt: skip
    lines = "\n".join(
        f"{name} = {value}"
        for name, value in {
            "people": 4, "vacancies": 2, "clients": 1, "seconds": 1, "rounds": 1,
            "read_seconds": 1, "seed": 3,
        }.items()
    )  # fmt: skip
    (tmp_path / "config.toml").write_text(f'benchmark = "hub-load"\n{lines}\n', "utf-8")
    run = read_hub_load(tmp_path, "hub-load")
    assert run == HubLoadRun(
        people=4, vacancies=2, clients=1, seconds=1, rounds=1, read_seconds=1, seed=3
    )
    asked: list[tuple[int, int]] = []

    def measured(hub: Hub, **options: Any) -> dict[str, Any]:
        asked.append((len(hub.people), options["seconds"]))
        return {"people": len(hub.people)}

    monkeypatch.setattr(hub_load, "hub_load", measured)
    hub_load_run.run_hub_load(lambda: service, record=tmp_path, as_json=True)
    assert asked == [(4, 1)]
    kept = json.loads((tmp_path / "results.json").read_text("utf-8"))
    assert kept == json.loads(capsys.readouterr().out) == {"benchmark": "hub-load", "people": 4}
