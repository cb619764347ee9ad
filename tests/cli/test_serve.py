"""``valoriamo serve``: refused before it starts, or a real server in a process of its own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from training.cli import make_whole_app

COMMAND = Path(sys.executable).with_name("valoriamo")
TOKEN = "k3Jd9-sLw0QpZx7VbN2mRt6YhGfEa1Cu"
KEEPER = "Magazziniere dal 2019 al 2023: muletto, carico e scarico merci. Patente B."


@pytest.fixture
def environment(shared_cache: Path) -> dict[str, str]:
    # The home in which the shared service has left its index.
    kept = {key: value for key, value in os.environ.items() if not key.startswith("VALORIAMO_")}
    return {**kept, "VALORIAMO_HOME": str(shared_cache.parent), "VALORIAMO_API_TOKEN": TOKEN}


@dataclass(frozen=True)
class Running:
    process: "subprocess.Popen[str]"
    said: str
    address: str


@pytest.fixture
def server(environment: dict[str, str]) -> Iterator[Running]:
    with subprocess.Popen(
        [COMMAND, "serve", "--port", "0"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        said = ""
        try:
            for line in process.stderr:
                said += line
                if "startup complete" in line or "Started server" in line:
                    break
            found = re.search(r"listening on (http://127\.0\.0\.1:\d+)", said)
            assert found, said
            yield Running(process, said, found[1])
        finally:
            process.kill()


def refused(*arguments: str, **variables: str) -> str:
    outcome = CliRunner().invoke(make_whole_app(), ["serve", *arguments], env=variables)
    assert outcome.exit_code == 1, outcome.output
    return outcome.stderr


def test_a_server_answers_and_ends_cleanly_when_it_is_told_to(server: Running) -> None:
    assert server.said.startswith("ranker: baseline; risk: none\n")
    with httpx.Client(
        base_url=server.address,
        headers={"authorization": f"Bearer {TOKEN}"},
        transport=httpx.HTTPTransport(retries=5),
        timeout=60,
    ) as client:
        ready = client.get("/readyz", headers={"authorization": ""})
        assert ready.json() == {
            "status": "ready", "ranker": "baseline", "risk": None, "problems": 0
        }  # fmt: skip
        assert "server" not in ready.headers
        body = {
            "vacancy": {"id": "v", "text": "Cerchiamo magazziniere con patente B."},
            "persons": [{"id": "p", "text": KEEPER}],
        }
        answer = client.post("/v1/rankings?name=Canarini", json=body)
        assert [match["state"] for match in answer.json()["matches"]] == ["ok"]
        file = {"file": ("cv.txt", KEEPER.encode())}
        assert client.post("/v1/extractions", files=file, data={"kind": "cv"}).status_code == 200
        assert client.post("/v1/rankings", content=b" " * 11_000_000).status_code == 413
    server.process.send_signal(signal.SIGTERM)
    out, rest = server.process.communicate(timeout=30)
    assert (server.process.returncode, out) == (0, ""), rest
    lines = [json.loads(line) for line in rest.splitlines() if line.startswith("{")]
    assert ("POST /v1/rankings", 200) in [(one["message"], one.get("status")) for one in lines]
    assert "Traceback" not in rest
    assert not re.search(f"Canarini|Magazzin|muletto|{TOKEN}", server.said + rest)


def test_ctrl_c_ends_a_server_as_cleanly(server: Running) -> None:
    server.process.send_signal(signal.SIGINT)
    server.process.communicate(timeout=30)
    assert server.process.returncode == 0


def test_without_a_token_it_is_refused_and_said_how_to_make_one() -> None:
    said = refused(VALORIAMO_API_TOKEN="")
    assert "VALORIAMO_API_TOKEN is not set" in said
    assert "secrets.token_urlsafe(32)" in said


@pytest.mark.parametrize("token", ["changeme", "x" * 40, "segretissimo-ma-corto"])
def test_a_weak_token_is_refused_and_not_repeated(token: str) -> None:
    said = refused(VALORIAMO_API_TOKEN=token)
    assert "VALORIAMO_API_TOKEN" in said
    assert token not in said


def test_an_address_in_use_is_refused_before_anything_is_loaded() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refused("--port", str(port), VALORIAMO_API_TOKEN=TOKEN)
    assert said.startswith(f"valoriamo: 127.0.0.1, port {port}: cannot be listened on: Address")
    assert "--port" in said


def test_an_address_that_is_not_of_this_machine_is_refused() -> None:
    said = refused("--host", "192.0.2.1", VALORIAMO_API_TOKEN=TOKEN)
    assert said.startswith("valoriamo: 192.0.2.1, port 8000: cannot be listened on: ")
