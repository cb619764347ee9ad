"""``valoriamo serve`` on an installation: a real process, its checks, its faults, its end."""

import json
import resource
import signal
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from typer.testing import CliRunner

from matching.api.hub.gate import COOKIE, csrf_token
from matching.domain.access import Role
from matching.operations.serving import open_for_serving
from matching.settings import read_settings
from tests.api.hub.desk import Remote, make_ready
from tests.served import Served, a_hub_home, served
from training.cli import make_whole_app

PERSON = {"contacts": {"given_name": "Ada", "family_name": "Prova"}}
UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, shared_cache: Path) -> Path:
    found = tmp_path_factory.mktemp("hub") / "home"
    a_hub_home(found, shared_cache)
    return found


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Served]:
    with served(home, VALORIAMO_API_PER_MINUTE="100000") as found:
        yield found


@pytest.fixture(scope="module")
def desk(home: Path, server: Served) -> Iterator[Remote]:
    store = open_for_serving(read_settings(home=home))
    make_ready(store)
    with server.client() as client:
        yield Remote(FastAPI(), store, client=client)
    store.engine.dispose()


def refused(home: Path, *arguments: str) -> str:
    variables = {"VALORIAMO_HOME": str(home), "VALORIAMO_API_TOKEN": ""}
    outcome = CliRunner().invoke(make_whole_app(), ["serve", *arguments], env=variables)
    assert outcome.exit_code == 1, outcome.output
    return outcome.stderr


def test_a_home_with_an_installation_serves_the_hub_and_says_so(
    server: Served, home: Path, desk: Remote
) -> None:
    said = "".join(server.said)
    assert f"serving the hub; home: {home}\n" in said
    assert "VALORIAMO_PUBLIC_URL" in said
    ready = desk.get("/readyz", role=None).json()
    assert (ready["status"], ready["scoring"], ready["problems"]) == ("ready", "on", 0)
    person, vacancy = desk.add_person(), desk.add_vacancy()
    shortlist = desk.post(f"/v1/vacancies/{vacancy}/shortlists", {}).json()
    assert len(shortlist["matches"]) == 1
    assert desk.get(f"/v1/persons/{person}").json()["contacts"]["given_name"] == "Ada"


def test_the_scoring_api_alone_is_served_only_where_it_is_asked_for(home: Path) -> None:
    assert "VALORIAMO_API_TOKEN is not set" in refused(home, "--scoring-only")


def test_an_installation_whose_database_is_lost_is_not_served_as_if_it_were_none(
    tmp_path: Path,
) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "keyring.json").write_text("{}")
    said = refused(tmp_path, "--port", "0")
    assert "valoriamo restore" in said
    assert not (tmp_path / "hub.db").exists()


def test_with_no_room_for_a_byte_more_a_write_is_refused_and_works_once_there_is_room(
    server: Served, home: Path, desk: Remote
) -> None:
    assert desk.post("/v1/persons", PERSON).status_code == 201
    before = desk.store.verified()
    # As on a full disk: no file of that process may grow over this.
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (100, UNLIMITED[1]))
    try:
        answer = desk.post("/v1/persons", PERSON)
        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"
        assert desk.get("/healthz", role=None).status_code == 200
        assert desk.get("/readyz", role=None).status_code == 200
    finally:
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, UNLIMITED)
    assert desk.store.verified() == before
    assert desk.post("/v1/persons", PERSON).status_code == 201
    assert desk.store.verified().problems == ()


def test_a_database_that_is_taken_away_is_said_until_it_is_back(home: Path, desk: Remote) -> None:
    desk.session(Role.COMMUNITY_MANAGER)
    file = home / "hub.db"
    file.rename(home / "away.db")
    try:
        assert desk.post("/v1/persons", PERSON).status_code == 503
        assert desk.get("/readyz", role=None).status_code == 503
        assert desk.get("/healthz", role=None).status_code == 200
        assert not file.exists()
    finally:
        (home / "away.db").rename(file)
    assert desk.post("/v1/persons", PERSON).status_code == 201


def test_told_to_end_it_finishes_what_it_is_doing_and_leaves_nothing_open(
    server: Served, home: Path, desk: Remote
) -> None:
    session = desk.session(Role.COMMUNITY_MANAGER)
    content = json.dumps(PERSON).encode()
    head = (
        "POST /v1/persons HTTP/1.1", "Host: hub", "Content-Type: application/json",
        f"Content-Length: {len(content)}", f"Cookie: {COOKIE}={session}",
        f"X-CSRF-Token: {csrf_token(session)}", "Expect: 100-continue", "", "",
    )  # fmt: skip
    address = urlsplit(server.address)
    with socket.create_connection((address.hostname, address.port), timeout=60) as asking:
        asking.sendall("\r\n".join(head).encode())
        # It goes on only when the route reads the body: by then the request is being answered.
        assert b"100 Continue" in asking.recv(100)
        server.process.send_signal(signal.SIGTERM)
        assert server.heard("Waiting for connections to close")
        asking.sendall(content)
        answer = b"".join(iter(lambda: asking.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 201 ")
    code, out, said = server.ended()
    assert (code, out) == (0, "")
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert {one["message"] for one in lines if one.get("status") == 201} >= {"POST /v1/persons"}
    # Why a write was refused is told by the kind of error and the place.
    assert {one["error"] for one in lines if "error" in one} == {"StoreError"}
    assert "Traceback" not in said
    assert "Prova" not in said
    person = json.loads(answer.partition(b"\r\n\r\n")[2])["id"]
    assert [one["id"] for one in rows_of(home) if one["id"] == person] == [person]


def rows_of(home: Path) -> list[sqlite3.Row]:
    with closing(sqlite3.connect(home / "hub.db")) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute("SELECT id FROM persons").fetchall()
