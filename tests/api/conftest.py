"""The application on the shared service, with a small risk model, and a way to ask it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Any

import httpx
import numpy as np
import pandas as pd
import pytest
from fastapi import FastAPI

from matching.api import create_app
from matching.domain import ModelStamp
from matching.features.situation import SITUATION_COLUMNS
from matching.models.risk import DiscreteHazard
from matching.service import Service
from matching.settings import Settings, read_settings
from tests.api.rows import AS_OF, CVS, OFFERS, people, vacancies
from tests.models.packages import a_ranker

TOKEN = "k3Jd9-sLw0QpZx7VbN2mRt6YhGfEa1Cu"
RISK = ModelStamp(name="risk", version=3, digest="ab" * 32, synthetic=True)
MAX_BYTES = 200_000


def a_hazard() -> DiscreteHazard:
    """A model in which work is found sooner with a licence; nothing else plays a part."""
    rng = np.random.default_rng(1)
    X = pd.DataFrame(rng.uniform(size=(300, len(SITUATION_COLUMNS))), columns=SITUATION_COLUMNS)
    X["driving_licence"] = (X["driving_licence"] > 0.4).astype(float)
    months = rng.geometric(np.where(X["driving_licence"] > 0, 0.2, 0.05))
    event = np.where(months > 24, "censored", np.where(rng.random(300) < 0.1, "inactive", "work"))
    spells = pd.DataFrame({"months": np.minimum(months, 24), "event": event})
    return DiscreteHazard().fit(X, spells)


@dataclass(frozen=True)
class Hub:
    """Asks the application as a client would, with the token unless told otherwise."""

    app: FastAPI

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"authorization": f"Bearer {TOKEN}", **options.pop("headers", {})}
        headers = {name: value for name, value in headers.items() if value is not None}

        async def once() -> httpx.Response:
            # An error that nobody foresaw is answered to the client, as a server would.
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://hub") as client:
                return await client.request(method, path, headers=headers, **options)

        return asyncio.run(once())

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.ask("GET", path, **options)

    def post(self, path: str, body: object = None, **options: Any) -> httpx.Response:
        return self.ask("POST", path, **({} if body is None else {"json": body}), **options)


@pytest.fixture(scope="session")
def settings() -> Settings:
    return read_settings(api_token=TOKEN, api_max_bytes=MAX_BYTES)


@pytest.fixture(scope="session")
def with_risk(service: Service) -> Service:
    return replace(service, risk=a_hazard(), risk_model=RISK)


@pytest.fixture(scope="session")
def hub(with_risk: Service, settings: Settings) -> Hub:
    return Hub(create_app(with_risk, settings))


@pytest.fixture
def hub_of(settings: Settings) -> Callable[[Service], Hub]:
    return lambda service: Hub(create_app(service, settings))


@pytest.fixture
def log(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> pytest.LogCaptureFixture:
    """What the API logs, whatever was done to its logger in this process.

    A server keeps its log to itself, and MLflow may switch off the loggers that it finds.
    """
    logger = logging.getLogger("valoriamo.api")
    monkeypatch.setattr(logger, "propagate", True)
    monkeypatch.setattr(logger, "disabled", False)
    caplog.set_level(logging.DEBUG, logger.name)
    return caplog


async def in_parts(data: bytes, size: int = 10_000) -> AsyncIterator[bytes]:
    """A body of which the length is not said."""
    for start in range(0, len(data), size):
        yield data[start : start + size]


def is_problem(response: httpx.Response, status: int) -> dict[str, Any]:
    """The problem in an answer, after what is true of every problem was seen to be."""
    problem: dict[str, Any] = response.json()
    assert response.status_code == status, problem
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert problem["status"] == status
    assert {"type", "title", "status", "detail", "instance"} <= set(problem)
    return problem


def answered(hub: Hub, path: str, body: dict[str, Any]) -> dict[str, Any]:
    response = hub.post(path, body)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def read(hub: Hub, text: str, kind: str = "cv") -> dict[str, Any]:
    return answered(hub, "/v1/extractions", {"text": text, "kind": kind, "as_of": AS_OF})


@pytest.fixture(scope="session")
def read_cvs(hub: Hub) -> list[dict[str, Any]]:
    """Rows of people, read once: those without a text stay without."""
    return [
        {**row, "text": ""} if not row["text"] else _kept(hub, row, "cv") for row in people(*CVS)
    ]


@pytest.fixture(scope="session")
def read_offers(hub: Hub) -> list[dict[str, Any]]:
    return [row if not row["text"] else _kept(hub, row, "vacancy") for row in vacancies(*OFFERS)]


def _kept(hub: Hub, row: dict[str, Any], kind: str) -> dict[str, Any]:
    return {"id": row["id"], "extraction": read(hub, row["text"], kind)}


@pytest.fixture(scope="session")
def learned(with_risk: Service) -> Service:
    return replace(with_risk, ranker=a_ranker(), model=ModelStamp(name="ranker", version=1))


@pytest.fixture(scope="session")
def learned_hub(learned: Service, settings: Settings) -> Hub:
    return Hub(create_app(learned, settings))
