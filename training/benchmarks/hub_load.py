"""What the hub's service takes when twenty managers use it at once, beside a bare endpoint.

Reads alone are asked of both in turn, so that what else the machine does strikes both alike; then
the whole mix of the hub. Servers run in processes of their own, and the clients on the same cores.
"""

import os
import platform
import sys
from collections.abc import Mapping, Sequence
from random import Random
from statistics import median
from types import MappingProxyType
from typing import Any
from urllib.request import Request, urlopen

import numpy as np

from matching.api.hub.gate import COOKIE
from matching.errors import StoreError
from matching.operations.places import opened
from training.benchmarks.hub_load_bare import keep_rows
from training.benchmarks.hub_load_clients import Asked, Question, load
from training.benchmarks.hub_load_material import Hub
from training.benchmarks.hub_load_mix import MIX, PAGE, READS, managers
from training.benchmarks.hub_load_serving import Server, served

COMPARED = MappingProxyType({kind: n for kind, n in READS.items() if kind != "kept_list"})
"""Reads that both are asked: a list of everybody would take a bare endpoint longer to write."""

_PYTHON = (sys.executable, "-c")
_HUB = (*_PYTHON, "from training.cli import main; main()", "serve", "--port", "0")
_BARE = "import pathlib, training.benchmarks.hub_load_bare as bare; bare.serve(pathlib.Path({!r}))"
_OF_EACH = 200  # people and vacancies whose rows the bare endpoint has
_WARMING = 3.0  # seconds
_QUOTED = "?&="  # what stands in an address between what is asked for and how


def hub_load(
    hub: Hub, *, seconds: float, rounds: int, read_seconds: float, seed: int
) -> Mapping[str, Any]:
    """Measure reads beside the bare endpoint, and the mix; see the module.

    Parameters
    ----------
    hub
        What is served and who asks.
    seconds
        How long the mix is asked.
    rounds, read_seconds
        How often, and how long each time, reads are asked of each server.
    seed
        Of what is asked.

    Raises
    ------
    StoreError
        Where the journal does not hold together afterwards: what is fast and loses the record is
        no service.
    """
    folder = hub.places.home
    environment = {
        "VALORIAMO_HOME": str(folder),
        "VALORIAMO_API_PER_MINUTE": "1000000",
        "VALORIAMO_DATABASE_URL": hub.places.database,
        "MALLOC_ARENA_MAX": "2",  # as deploy/ has it
    }
    before = _load()
    with served(_HUB, folder / "hub.log", environment) as server:
        paths = _paths(hub, Random(seed))
        rows = {_row(path): _content(server, hub, path) for some in paths.values() for path in some}
        bare_command = (*_PYTHON, _BARE.format(str(keep_rows(folder, rows))))
        with served(bare_command, folder / "bare.log", {}) as bare:
            reads = _reads(hub, server, bare, paths, rounds, read_seconds, seed)
        mix = _mix(hub, server, seconds, seed)
    with opened(hub.places) as store:
        verdict = store.verified()
    if verdict.problems:
        raise StoreError(f"The journal does not hold together: {verdict.problems[0]}.")
    return {
        "people": len(hub.people),
        "vacancies": len(hub.vacancies),
        "clients": len(hub.sessions),
        "seconds": seconds,
        "rounds": rounds,
        "read_seconds": read_seconds,
        "seed": seed,
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "reads": reads,
        "mix": mix,
        "journal": {"entries": verdict.entries, "problems": len(verdict.problems)},
        "load": {"before": before, "after": _load()},
    }


def _reads(
    hub: Hub,
    server: Server,
    bare: Server,
    paths: Mapping[str, Sequence[str]],
    rounds: int,
    seconds: float,
    seed: int,
) -> Mapping[str, Any]:
    runs: dict[str, list[dict[str, float]]] = {"hub": [], "bare": []}
    for number in range(rounds + 1):
        # The first warms both up and is not counted.
        lasting = seconds if number else min(_WARMING, seconds)
        asking = managers(hub, seed=seed + number, shares=COMPARED)
        for name, one, clients in (
            ("hub", server, asking),
            ("bare", bare, [_reader(paths, seed + number + at) for at in range(len(asking))]),
        ):
            busy = one.cpu_seconds()
            asked = load(one.port, clients, seconds=lasting)
            if number:
                runs[name].append(_run(asked, lasting, one.cpu_seconds() - busy))
    shares = [
        hub_run["per_second"] / bare_run["per_second"]
        for hub_run, bare_run in zip(runs["hub"], runs["bare"], strict=True)
    ]
    return {
        "kinds": dict(COMPARED),
        **{name: _medians(found) for name, found in runs.items()},
        "share_of_bare": {
            "median": round(median(shares), 3), "least": round(min(shares), 3),
            "most": round(max(shares), 3),
        },
    }  # fmt: skip


def _mix(hub: Hub, server: Server, seconds: float, seed: int) -> Mapping[str, Any]:
    load(server.port, managers(hub, seed=seed + 100), seconds=min(_WARMING, seconds))
    busy = server.cpu_seconds()
    with server.watched() as memory:
        asked = load(server.port, managers(hub, seed=seed + 200), seconds=seconds)
    run = _run(asked, seconds, server.cpu_seconds() - busy)
    third = len(memory) // 3
    return {
        "shares": dict(MIX),
        "requests": len(asked),
        **run,
        "kinds": {kind: _times([one for one in asked if one.kind == kind]) for kind in MIX},
        "memory_mb": {
            "begun": round(memory[0]),
            "after_a_third": round(memory[third]),
            "ended": round(memory[-1]),
            "most": round(max(memory)),
        },
    }


def _run(asked: Sequence[Asked], seconds: float, busy: float) -> dict[str, float]:
    within = [one for one in asked if one.at <= seconds]
    return {
        "per_second": round(len(within) / seconds, 1),
        "cpu_ms": round(1000 * busy / max(1, len(asked)), 3),
        "errors": sum(one.status >= 400 for one in asked),
        **_times(asked),
    }


def _times(asked: Sequence[Asked]) -> dict[str, float]:
    if not asked:
        return {"count": 0}
    times = np.array([one.seconds for one in asked]) * 1000
    p50, p99 = np.percentile(times, (50, 99))
    return {"count": len(asked), "p50_ms": round(float(p50), 1), "p99_ms": round(float(p99), 1)}


def _medians(runs: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    found = {name: round(median(run[name] for run in runs), 3) for name in runs[0]}
    return {**found, "errors": sum(run["errors"] for run in runs)}


def _paths(hub: Hub, chance: Random) -> Mapping[str, Sequence[str]]:
    """Addresses of every kind of read, of some people and vacancies."""
    people = chance.sample(hub.people, min(_OF_EACH, len(hub.people)))
    vacancies = chance.sample(hub.vacancies, min(_OF_EACH, len(hub.vacancies)))
    return {
        "person": [f"/v1/persons/{one}" for one in people],
        "persons": [f"/v1/persons?limit={PAGE}"],
        "vacancy": [f"/v1/vacancies/{one}" for one in vacancies],
        "vacancies": [f"/v1/vacancies?limit={PAGE}"],
        "notes": [f"/v1/persons/{one}/notes" for one in people],
    }


def _reader(paths: Mapping[str, Sequence[str]], seed: int) -> Any:
    chance = Random(seed)
    kinds, shares = tuple(COMPARED), tuple(COMPARED.values())

    def following(reply: object) -> Question:
        (kind,) = chance.choices(kinds, shares)
        return Question(kind, "GET", f"/rows/{_row(chance.choice(paths[kind]))}")

    return following


def _row(path: str) -> str:
    """The name of the row that has what is answered at an address."""
    return path.lstrip("/").translate({ord(mark): "-" for mark in _QUOTED})


def _content(server: Server, hub: Hub, path: str) -> bytes:
    headers = {"cookie": f"{COOKIE}={hub.sessions[0]}"}
    # An address of this machine alone, made here.
    with urlopen(Request(f"http://127.0.0.1:{server.port}{path}", headers=headers)) as answer:
        content: bytes = answer.read()
    return content


def _load() -> list[float]:
    return [round(one, 1) for one in os.getloadavg()]
