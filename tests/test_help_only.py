"""A risk adds help and narrows none: nothing that is offered changes with it, or asks for it."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from matching.api import create_app
from matching.domain import ModelStamp, Need, Situation
from matching.features.situation import SITUATION_COLUMNS
from matching.models.risk import DiscreteHazard
from matching.service import Service
from matching.settings import read_settings
from tests.api.conftest import TOKEN
from tests.api.rows import CVS, OFFERS

AS_OF = date(2026, 11, 22)
STAMP = ModelStamp(name="risk", version=1, digest="ab" * 32)
MAY_SAY_RISK = {"/v1/risk-assessments", "/v1/worklists"}
OF_RISK = {"risk", "priority", "band", "no_work", "horizons", "assessments", "situation"}


def a_model(leaning: float) -> DiscreteHazard:
    """Everybody finds work at once, or nobody does."""
    rng = np.random.default_rng(3)
    X = pd.DataFrame(rng.uniform(size=(200, len(SITUATION_COLUMNS))), columns=SITUATION_COLUMNS)
    works = rng.random(200) < leaning
    spells = pd.DataFrame(
        {"months": np.where(works, 1, 24), "event": np.where(works, "work", "censored")}
    )
    return DiscreteHazard().fit(X, spells)


@pytest.fixture(scope="module")
def services(service: Service) -> list[Service]:
    """The same service without a risk model, and with two that say the opposite."""
    return [
        replace(service, risk=None, risk_model=None),
        replace(service, risk=a_model(0.95), risk_model=STAMP),
        replace(service, risk=a_model(0.05), risk_model=STAMP),
    ]


def test_the_two_models_say_the_opposite(services: list[Service]) -> None:
    asked = [Situation(person_id="p", local_demand=0.5)]
    low, high = (
        next(h.no_work.value for h in one.assess(asked, as_of=AS_OF)[0].horizons if h.months == 12)
        for one in services[1:]
    )
    assert low < 0.2
    assert high > 0.8


def test_whoever_is_at_whatever_risk_is_offered_the_same(services: list[Service]) -> None:
    texts = [text for text in CVS if text.strip()][:4]
    offered = []
    for one in services:
        people = [one.person(f"p{n}", text, as_of=AS_OF) for n, text in enumerate(texts)]
        vacancies = [
            one.vacancy(f"v{n}", text, as_of=AS_OF)
            for n, text in enumerate(text for text in OFFERS if text.strip())
        ]
        offered.append(
            (
                [tuple(one.shortlist(v, people, as_of=AS_OF).matches) for v in vacancies],
                [tuple(one.matches(p, vacancies, as_of=AS_OF).matches) for p in people],
                [
                    one.plan(p, vacancies, people, needs=[Need.WORK, Need.HOUSING], as_of=AS_OF)
                    for p in people
                ],
            )
        )
    assert offered[0] == offered[1] == offered[2]


def test_no_other_route_takes_or_answers_anything_of_a_risk(services: list[Service]) -> None:
    document = create_app(services[1], read_settings(api_token=TOKEN)).openapi()
    for path, operations in document["paths"].items():
        if path in MAY_SAY_RISK or not path.startswith("/v1/") or path == "/v1/models":
            continue
        names = set(property_names(operations, document["components"]["schemas"]))
        assert names, path
        assert not names & OF_RISK, path


def property_names(part: Any, schemas: dict[str, Any], seen: frozenset[str] = frozenset()) -> Any:
    """Names of all fields that a part of the document leads to."""
    if isinstance(part, list):
        for item in part:
            yield from property_names(item, schemas, seen)
    if not isinstance(part, dict):
        return
    name = str(part.get("$ref", "")).rpartition("/")[2]
    if name and name not in seen:
        yield from property_names(schemas[name], schemas, seen | {name})
    for key, value in part.items():
        if key == "properties":
            yield from value
        if key not in ("example", "examples", "description"):
            yield from property_names(value, schemas, seen)
