import logging
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

import pytest

from matching.api.schemas import SituationGiven
from matching.domain import CalibrationState, HubCalibration, Situation
from matching.features.situation import SITUATION
from matching.service import Service
from tests.api.conftest import RISK, Hub, is_problem
from tests.api.rows import AS_OF, a_risk

ASSESSMENTS = "/v1/risk-assessments"
BOUNDED = [column for column in SITUATION if column.allowed]


def assessed(hub: Hub, *persons: dict[str, Any]) -> dict[str, Any]:
    response = hub.post(ASSESSMENTS, a_risk(*persons))
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def test_the_api_says_what_the_service_says(hub: Hub, with_risk: Service) -> None:
    given = {"person_id": "p", "driving_licence": False, "weekly_hours": 25, "local_demand": 0.7}
    (shown,) = assessed(hub, given)["assessments"]
    (found,) = with_risk.assess([Situation(**given)], as_of=date.fromisoformat(AS_OF))
    assert shown["horizons"] == [asdict(horizon) for horizon in found.horizons]
    assert shown["factors"] == [asdict(factor) for factor in found.factors]
    asked = [{"key": one.key, "text": one.text, "swing": one.swing} for one in found.questions]
    assert shown["questions"] == asked
    assert (shown["typical"], shown["state"]) == (found.typical, "ok")
    assert {factor["name"] for factor in shown["factors"]} == set(given) - {"person_id"}


def test_a_synthetic_model_is_called_synthetic(hub: Hub, with_risk: Service) -> None:
    answer = assessed(hub)
    assert answer["synthetic"] is True
    assert answer["notice"] == with_risk.wording.say("risk_screen.synthetic")
    assert answer["model"] == {
        "name": "risk", "version": 3, "digest": RISK.digest, "synthetic": True, "known_until": None
    }  # fmt: skip
    assert (answer["purpose"], answer["as_of"]) == ("offer_accompaniment", AS_OF)


def test_it_is_said_whether_the_chances_are_those_of_the_hub(
    hub: Hub, hub_of: Callable[[Service], Hub], with_risk: Service
) -> None:
    assert assessed(hub)["calibration"] == []
    few = HubCalibration(
        months=12, state=CalibrationState.FEW, outcomes=80, exits=40, needed=400, needed_exits=100
    )
    told = hub_of(replace(with_risk, risk_calibration=(few,)))
    answer = assessed(told)
    assert answer["calibration"] == [asdict(few)]
    assert answer["calibration"][0]["state"] == "not enough data here"
    assert "non ci sono ancora abbastanza esiti" in answer["calibration_notes"][0]
    page = told.get("/v1/models").json()
    assert page["risk_calibration"] == answer["calibration"]
    assert page["risk_calibration_notes"] == answer["calibration_notes"]


def test_an_age_is_refused_where_the_territory_keeps_it_out(
    hub: Hub, hub_of: Callable[[Service], Hub], with_risk: Service
) -> None:
    asked = a_risk(ages=[{"person_id": "p", "age": 47}])
    problem = is_problem(hub.post(ASSESSMENTS, asked), 422)
    assert "the age is no input" in problem["detail"]
    policy = with_risk.territory.policy
    lets_in = replace(policy, risk=replace(policy.risk, age=True))
    other = replace(with_risk, territory=replace(with_risk.territory, policy=lets_in))
    answer = hub_of(other).post(ASSESSMENTS, asked).json()
    # The model in service does not read it.
    assert answer["assessments"] == assessed(hub)["assessments"]
    for wrong in ([{"person_id": "p", "age": 9}], [{"person_id": "p", "age": 40}] * 2):
        is_problem(hub_of(other).post(ASSESSMENTS, a_risk(ages=wrong)), 422)


def test_everybody_is_assessed_in_the_given_order_and_alone_as_together(hub: Hub) -> None:
    persons = [{"person_id": f"p{n}", "months_since_last_job": n} for n in range(100)]
    together = assessed(hub, *persons)["assessments"]
    assert [one["person_id"] for one in together] == [one["person_id"] for one in persons]
    assert assessed(hub, persons[60])["assessments"] == [together[60]]


def test_of_whom_nothing_is_known_there_are_questions_only(hub: Hub) -> None:
    (shown,) = assessed(hub, {"person_id": "p", "own_rating": None})["assessments"]
    assert shown["state"] == "not_enough_data"
    assert shown["factors"] == []
    assert shown["questions"]
    assert (shown["horizons"][0]["no_work"]["lower"], shown["horizons"][0]["no_work"]["upper"]) == (
        0,
        1,
    )


@pytest.mark.parametrize("purpose", ["select", "", "OFFER_ACCOMPANIMENT", "offer_accompaniment "])
def test_a_risk_is_not_assessed_for_another_purpose_and_that_is_logged(
    hub: Hub, log: pytest.LogCaptureFixture, purpose: str
) -> None:
    response = hub.post(ASSESSMENTS, a_risk(purpose=purpose))
    assert "offer_accompaniment" in is_problem(response, 403)["detail"]
    (said,) = [record for record in log.records if record.levelno >= logging.WARNING]
    assert said.levelname == "WARNING"
    assert "another purpose" in said.getMessage()


@pytest.mark.parametrize(
    "attribute", ["sex", "age", "citizenship", "name", "children", "health", "birth_year"]
)
def test_a_field_that_is_no_answer_is_refused(hub: Hub, attribute: str) -> None:
    response = hub.post(ASSESSMENTS, a_risk({"person_id": "p", attribute: "f"}))
    problem = is_problem(response, 422)
    assert [error["field"] for error in problem["errors"]] == [f"persons[0].{attribute}"]


@pytest.mark.parametrize("column", BOUNDED, ids=lambda column: column.name)
def test_an_answer_has_the_bounds_of_the_catalog(hub: Hub, column: Any) -> None:
    least, most = column.allowed
    assert assessed(hub, *({"person_id": f"p{v}", column.name: v} for v in (least, most)))
    for value in (least - 1, most + 1, "1", True):
        response = hub.post(ASSESSMENTS, a_risk({"person_id": "p", column.name: value}))
        (error,) = is_problem(response, 422)["errors"]
        assert error["field"] == f"persons[0].{column.name}"


@pytest.mark.parametrize(
    ("field", "value"),
    [("driving_licence", "yes"), ("driving_licence", 1), ("italian_level", "B3")],
)
def test_an_answer_of_another_kind_is_refused(hub: Hub, field: str, value: object) -> None:
    response = hub.post(ASSESSMENTS, a_risk({"person_id": "p", field: value}))
    assert is_problem(response, 422)["errors"][0]["field"] == f"persons[0].{field}"


def test_a_number_that_is_none_is_refused(hub: Hub) -> None:
    body = (
        '{"purpose": "offer_accompaniment", "persons": [{"person_id": "p", "local_demand": NaN}]}'
    )
    response = hub.post(ASSESSMENTS, content=body, headers={"content-type": "application/json"})
    assert is_problem(response, 422)["errors"][0]["field"] == "persons[0].local_demand"


@pytest.mark.parametrize(
    "persons", [[], [{"person_id": "p"}] * 2, [{"person_id": f"p{n}"} for n in range(101)]]
)
def test_nobody_too_many_or_the_same_twice_is_refused(
    hub: Hub, persons: list[dict[str, Any]]
) -> None:
    response = hub.post(ASSESSMENTS, {**a_risk(), "persons": persons})
    assert is_problem(response, 422)["errors"][0]["field"] == "persons"


def test_without_a_risk_model_it_is_said_what_to_do(
    hub_of: Callable[[Service], Hub], service: Service
) -> None:
    problem = is_problem(hub_of(service).post(ASSESSMENTS, a_risk()), 503)
    assert problem["type"] == "urn:valoriamo:problem:model"
    assert "valoriamo train risk" in problem["detail"]


def test_what_is_asked_for_is_a_situation_field_for_field() -> None:
    assert list(SituationGiven.model_fields) == [field.name for field in fields(Situation)]
