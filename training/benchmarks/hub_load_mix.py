"""What managers of a hub ask for, in what shares: most of it reads, some of it ranks or writes.

Each manager has people and vacancies of her own among those of the hub, so that whatever she
changes is as she read it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from types import MappingProxyType

from matching.api.hub.gate import COOKIE, csrf_token
from training.benchmarks.hub_load_clients import Question, Reply
from training.benchmarks.hub_load_material import Hub

READS = MappingProxyType(
    {"person": 30, "persons": 8, "vacancy": 15, "vacancies": 5, "notes": 7, "kept_list": 5}
)
RANKS = MappingProxyType({"shortlist": 20})
WRITES = MappingProxyType({"change_person": 4, "add_note": 4, "change_vacancy": 2})
MIX = MappingProxyType({**READS, **RANKS, **WRITES})
"""Shares of a hundred: 70 read, 20 rank everybody for a vacancy, 10 write."""

PAGE = 20
"""Files of a page."""


@dataclass
class Manager:
    """Says what a manager asks next; called with the answer to her last question."""

    session: str = field(repr=False)
    people: Sequence[str]
    vacancies: Sequence[str]
    chance: Random
    shares: Mapping[str, int]
    versions: dict[str, str] = field(default_factory=dict)
    lists: list[str] = field(default_factory=list)
    run: str = "load"
    number: int = 0
    _last: Question | None = None

    def __call__(self, reply: Reply | None) -> Question:
        """The next question."""
        if reply is not None and self._last is not None:
            self._learn(self._last, reply)
        (kind,) = self.chance.choices(tuple(self.shares), tuple(self.shares.values()))
        self._last = self._question(kind)
        return self._last

    def _learn(self, asked: Question, reply: Reply) -> None:
        if "etag" in reply.headers:
            self.versions[asked.path] = reply.headers["etag"]
        if asked.kind == "shortlist" and reply.status == 201:
            self.lists = [*self.lists[-9:], reply.headers["location"]]

    def _question(self, kind: str) -> Question:
        person = f"/v1/persons/{self.chance.choice(self.people)}"
        vacancy = f"/v1/vacancies/{self.chance.choice(self.vacancies)}"
        match kind:
            case "person":
                return self._read(kind, person)
            case "persons":
                return self._read(kind, f"/v1/persons?limit={PAGE}")
            case "vacancy":
                return self._read(kind, vacancy)
            case "vacancies":
                return self._read(kind, f"/v1/vacancies?limit={PAGE}")
            case "notes":
                return self._read(kind, f"{person}/notes")
            case "kept_list" if self.lists:
                return self._read(kind, self.chance.choice(self.lists))
            case "shortlist" | "kept_list":
                # Before she made a list there is none to read again.
                return self._write("shortlist", "POST", f"{vacancy}/shortlists", {})
            case "add_note":
                return self._write(kind, "POST", f"{person}/notes", {"text": "Ha richiamato."})
            case "change_vacancy":
                return self._change(kind, vacancy, {"answer_hours": self.chance.randint(24, 72)})
            case _:
                return self._change("change_person", person, {"confirmed": True})

    def _change(self, kind: str, path: str, body: object) -> Question:
        """Change something that she has read; before she has read any, read it."""
        folder = path.rpartition("/")[0]
        read = [one for one in self.versions if one.startswith(folder)]
        if not read:
            return self._read("vacancy" if kind == "change_vacancy" else "person", path)
        chosen = self.chance.choice(read)
        return self._write(kind, "PATCH", chosen, body, **{"if-match": self.versions[chosen]})

    def _read(self, kind: str, path: str) -> Question:
        return Question(kind, "GET", path, headers={"cookie": f"{COOKIE}={self.session}"})

    def _write(self, kind: str, method: str, path: str, body: object, **more: str) -> Question:
        self.number += 1
        headers = {
            "cookie": f"{COOKIE}={self.session}",
            "x-csrf-token": csrf_token(self.session),
            "idempotency-key": f"{self.run}-{self.number}",
            **more,
        }
        return Question(kind, method, path, json.dumps(body).encode(), headers)


def managers(hub: Hub, *, seed: int, shares: Mapping[str, int] = MIX) -> list[Manager]:
    """All managers of a hub, each with an equal part of it."""
    count = len(hub.sessions)
    return [
        Manager(
            session=session,
            people=hub.people[number::count],
            vacancies=hub.vacancies[number::count],
            chance=Random(seed * 1000 + number),
            shares=shares,
            run=f"{seed}",
        )
        for number, session in enumerate(hub.sessions)
    ]
