from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matching.api.examples import WORKLIST
from matching.service import Service
from tests.api.conftest import Hub, answered, is_problem
from tests.api.rows import AS_OF

PATH = "/v1/worklists"


def request(**more: Any) -> dict[str, Any]:
    value: dict[str, Any] = {**WORKLIST["two"]["value"], **more}
    return value


def test_everybody_is_listed_with_the_rules_that_call_and_why(hub: Hub) -> None:
    answer = answered(hub, PATH, request())
    first, second = answer["entries"]
    assert (first["person_id"], first["rules"]) == ("p-01", ["high", "rising", "event"])
    assert (second["person_id"], second["rules"]) == ("p-02", ["no_contact", "to_assess"])
    assert first["why"][1] == "La stima è salita di 13 punti dall'ultima volta."
    assert second["why"][0] == "Nessun contatto da 82 giorni."
    assert first["priority"] == {"band": "high", "lowest": "low", "highest": "high"}
    assert (second["priority"], second["no_work"]) == (None, None)
    assert len(answer["rules"]) == 6


def test_without_a_number_of_managers_the_territory_has_one(hub: Hub, with_risk: Service) -> None:
    territory = with_risk.territory
    given = request()
    del given["managers"]
    managers = territory.settings.community_managers_per_hub
    assert answered(hub, PATH, given)["caseload"] == managers * territory.policy.priority.worklist


def test_what_is_later_than_the_day_is_not_read(hub: Hub) -> None:
    people = [
        {"person_id": name, "since": day}
        for name, day in (("p-01", "2026-02-02"), ("p-02", "2026-09-01"))
    ]
    answer = answered(hub, PATH, request(as_of="2026-08-02", people=people))
    (only,) = answer["entries"]
    assert only["rose"] is None
    assert only["no_work"]["value"] == 0.48


@pytest.mark.parametrize("purpose", ["select", "offer_accompaniment "])
def test_another_purpose_is_refused(hub: Hub, purpose: str) -> None:
    is_problem(hub.post(PATH, request(purpose=purpose)), 403)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("people", []),
        ("people", [{"person_id": "p", "since": "2026-01-01", "sex": "f"}]),
        ("people", [{"person_id": "p", "since": "ieri"}]),
        ("people", [{"person_id": "p", "since": "2026-01-01"}] * 2),
        ("events", [{"person_id": "p", "on": "2026-01-01", "event": "married"}]),
        ("managers", 0),
        ("managers", "3"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(hub: Hub, field: str, value: object) -> None:
    problem = is_problem(hub.post(PATH, request(**{field: value})), 422)
    assert problem["errors"][0]["field"].startswith(field)


def test_a_contact_after_the_day_is_refused(hub: Hub) -> None:
    people = [{"person_id": "p", "since": "2026-01-01", "last_contact": "2027-01-01"}]
    problem = is_problem(hub.post(PATH, request(people=people)), 422)
    assert "last contact" in problem["detail"]


def test_an_assessment_says_its_band_where_the_model_knows_of_people(
    with_risk: Service, hub_of: Any
) -> None:
    reference = tuple(number / 100 for number in range(101))
    hub = hub_of(replace(with_risk, risk_reference=reference))
    body = {
        "purpose": "offer_accompaniment",
        "as_of": AS_OF,
        "persons": [{"person_id": "p", "driving_licence": False}, {"person_id": "nobody"}],
    }
    known, unknown = answered(hub, "/v1/risk-assessments", body)["assessments"]
    territory = with_risk.territory
    assert known["thresholds"]["people"] == territory.settings.cases_per_year
    assert known["priority"]["band"] in {"low", "medium", "high"}
    assert unknown["priority"] is None


def test_a_model_that_knows_of_nobody_gives_no_band(with_risk: Service) -> None:
    assert with_risk.risk_reference == ()
    (found,) = with_risk.assess([], as_of=date.fromisoformat(AS_OF)) or (None,)
    assert found is None
