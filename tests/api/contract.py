"""An API held against its own OpenAPI document by Schemathesis, in process.

One run tries operations with what the document allows and with what it forbids, in the order that
answers make possible, and finds what is answered otherwise than the document says.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import schemathesis
from fastapi import FastAPI
from schemathesis.config import SchemathesisConfig
from schemathesis.core.errors import NoLinksFound
from schemathesis.core.failures import Failure
from schemathesis.core.transport import Response
from schemathesis.engine import Status, events, from_schema
from schemathesis.generation.case import Case

EXAMPLES, COVERAGE, FUZZING, STATEFUL = "examples", "coverage", "fuzzing", "stateful"

# What a schema cannot say of a field. How fields go together is told of the body as a whole.
BEYOND_A_SCHEMA = ("identifiers must differ",)


class Asks(Protocol):
    """Who asks: signs each request before it is sent, and knows what there is."""

    @property
    def known(self) -> Mapping[str, Sequence[str]]:
        """Identifiers of what there is, by the name of the parameter that takes them."""

    def prepare(self, case: Case) -> None:
        """Sign a request."""


@dataclass
class Findings:
    """What a run found: statuses by operation, and each breach of the document once.

    ``statuses`` are of all requests, ``allowed`` of those that the document allows.
    """

    statuses: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    allowed: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    breaches: dict[tuple[str, str], str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add(self, other: "Findings") -> None:
        """Take in what another run found."""
        for operation, counted in other.statuses.items():
            self.statuses[operation].update(counted)
            self.allowed[operation].update(other.allowed[operation])
        self.breaches = {**other.breaches, **self.breaches}
        self.problems += other.problems

    @property
    def requests(self) -> int:
        """How many requests were sent."""
        return sum(counted.total() for counted in self.statuses.values())

    @property
    def server_errors(self) -> int:
        """How many requests were answered by an error of the service."""
        every = (pair for counted in self.statuses.values() for pair in counted.items())
        return sum(number for status, number in every if status >= 500)

    def taken(self, operation: str) -> float:
        """The share of an operation's requests, of those that are allowed, answered 2xx."""
        counted = self.allowed[operation]
        good = sum(number for status, number in counted.items() if 200 <= status < 300)
        return good / counted.total() if counted else 0.0

    def check(self) -> None:
        """Fail with whatever was found."""
        lines = [
            f"{operation}: {what}\n{found}" for (operation, what), found in self.breaches.items()
        ]
        assert not lines, f"{len(lines)} breaches of the document\n" + "\n\n".join(lines)
        assert not self.problems, self.problems


def hold(
    app: FastAPI,
    asker: Asks,
    *,
    phases: Collection[str],
    operations: Sequence[str] | None = None,
    examples: int = 5,
    steps: int = 6,
    seed: int = 1,
) -> Findings:
    """Hold an application against its document.

    Parameters
    ----------
    phases
        Of Schemathesis: `examples` of the document, `coverage` (each bound, each way to break it),
        `fuzzing` (by chance), `stateful` (in orders that answers make possible).
    operations
        Those to try, as ``GET /v1/me``; all without.
    examples, steps
        Tries of each operation by chance and sequences, requests in one sequence.
    """
    # A schema of its own for each run: hooks and filters stay with it.
    document = app.openapi()
    enumerated = _enumerated(document)
    known = {name: ids for name, ids in asker.known.items() if name not in enumerated}
    schema = schemathesis.openapi.from_dict(
        document, config=_config(phases, known, examples, steps, seed)
    )
    schema.app = app
    if operations is not None:
        schema = schema.include(name=list(operations))
    schema.hook("filter_failure")(_is_breach)
    _ask_as(schema, asker)
    found = Findings()
    for event in from_schema(schema).execute():
        _note(event, found)
    return found


def _enumerated(document: Mapping[str, Any]) -> set[str]:
    """Parameters whose values the document lists; Schemathesis takes no others for these."""
    return {
        parameter["name"]
        for methods in document["paths"].values()
        for operation in methods.values()
        for parameter in operation.get("parameters", ())
        if "$ref" in parameter["schema"]
    }


def _config(
    phases: Collection[str],
    known: Mapping[str, Sequence[str]],
    examples: int,
    steps: int,
    seed: int,
) -> SchemathesisConfig:
    return SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "cache": {"enabled": False},
            "dictionaries": {name: {"values": list(ids)} for name, ids in known.items()},
            "parameters": {
                f"path.{name}": {"dictionary": name, "probability": 0.9} for name in known
            },
            "generation": {
                "max-examples": examples,
                "deterministic": True,
                "database": "none",
                "no-shrink": True,
            },
            "checks": {"negative_data_rejection": {"expected-statuses": _REFUSED}},
            "phases": {
                EXAMPLES: {"enabled": EXAMPLES in phases},
                COVERAGE: {"enabled": COVERAGE in phases},
                FUZZING: {"enabled": FUZZING in phases},
                STATEFUL: {"enabled": STATEFUL in phases, "max-steps": steps},
            },
        }
    )


_REFUSED = ["400", "401", "403", "404", "405", "409", "412", "413", "415", "422"]


def _ask_as(schema: Any, asker: Asks) -> None:
    class Asking:
        def get(self, case: Case, context: Any) -> bool:
            return True

        def set(self, case: Case, data: bool, context: Any) -> None:
            asker.prepare(case)

    schema.auth(refresh_interval=None)(Asking)


def _is_breach(context: Any, failure: Failure, case: Case, response: Response) -> bool:
    """Whether a request that the document allows, and that was refused, should have been taken.

    It may be refused for the state of things (412), for its size, which an installation sets
    (413), for what was said in its fields (422 of another kind than of fields), and for how fields
    go together, which no schema says.
    """
    if type(failure).__name__ != "RejectedPositiveData":
        return True
    if response.status_code in (412, 413):
        return False
    if response.status_code != 422:
        return True
    problem = json.loads(response.content)
    if problem["type"] != "urn:valoriamo:problem:fields":
        return False
    return not all(
        error["field"] == "body" or any(one in error["message"] for one in BEYOND_A_SCHEMA)
        for error in problem["errors"]
    )


def _note(event: events.EngineEvent, found: Findings) -> None:
    # A role may have nothing to follow from one operation to another.
    if isinstance(event, events.NonFatalError) and not isinstance(event.value, NoLinksFound):
        found.problems.append(f"{event.label}: {event.value!r}")
    if isinstance(event, events.FatalError):
        raise event.exception
    if not isinstance(event, events.ScenarioFinished):
        return
    recorder = event.recorder
    for number, sent in recorder.interactions.items():
        case = recorder.cases[number].value
        if sent.response is not None:
            status = int(sent.response.status_code)
            found.statuses[case.operation.label][status] += 1
            # Without: a request that a check sent of itself, as one that nobody signed.
            if case.meta is not None and case.meta.generation.mode.is_positive:
                found.allowed[case.operation.label][status] += status != 401
    for number, checks in recorder.checks.items():
        for check in checks:
            if check.status is not Status.FAILURE or check.failure_info is None:
                continue
            case, failure = recorder.cases[number].value, check.failure_info.failure
            sent = recorder.interactions.get(number)
            answered = None if sent is None or sent.response is None else sent.response
            told = "" if answered is None else f"{answered.status_code} {answered.content[:600]!r}"
            key = (case.operation.label, f"{check.name}, {failure.title}")
            sample = check.failure_info.code_sample[:2000]
            found.breaches.setdefault(key, f"{failure.message}\n{sample}\n{told}")
