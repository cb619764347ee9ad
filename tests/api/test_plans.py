"""A path for a person, by the API: stateless, without a household."""

from typing import Any

import pytest

from matching.service import Service
from tests.api.conftest import Hub, answered, is_problem
from tests.api.rows import AS_OF, COOK, KEEPER, OFFERS, people, vacancies

PLANS = "/v1/persons/{}/plans"


def a_plan(text: str = KEEPER, **more: Any) -> dict[str, Any]:
    body = {
        "person": {"text": text},
        "vacancies": vacancies(*OFFERS),
        "needs": ["food"],
        "as_of": AS_OF,
    }
    return {**body, **more}


@pytest.fixture(scope="module")
def answer(hub: Hub) -> dict[str, Any]:
    return answered(hub, PLANS.format("p-1"), a_plan(paper="it", name="Aldo Prova"))


def test_a_path_says_its_steps_in_order_with_the_reasons(answer: dict[str, Any]) -> None:
    assert (answer["person_id"], answer["as_of"], answer["state"]) == ("p-1", AS_OF, "ok")
    assert "non costa nulla" in answer["proposal"]
    assert "CAF, patronato" in answer["rights_first"]
    steps = {step["service"]: step for step in answer["steps"]}
    assert "emporio" in steps
    assert all(step["order"] for step in answer["steps"] if step["paid_by"] == "fund")
    assert answer["cost_eur"] == sum(step["cost_eur"] for step in answer["steps"])


def test_the_page_to_print_comes_with_it_where_it_is_asked_for(
    hub: Hub, answer: dict[str, Any]
) -> None:
    assert answer["paper"].startswith("<!DOCTYPE html>")
    assert "Per: Aldo Prova" in answer["paper"]
    assert answered(hub, PLANS.format("p"), a_plan())["paper"] is None
    arabic = answered(hub, PLANS.format("p"), a_plan(paper="ar"))["paper"]
    assert '<html lang="ar" dir="rtl">' in arabic


def test_places_are_told_among_the_pool(hub: Hub) -> None:
    told = answered(hub, PLANS.format("p-1"), a_plan(COOK, pool=people(KEEPER), needs=[]))
    assert [note["id"] for note in told["warnings"]] == ["v3"]  # a vacancy without a text
    assert told["in_view"]


def test_a_text_that_cannot_be_read_gives_a_path_by_needs_alone(hub: Hub) -> None:
    told = answered(hub, PLANS.format("p-1"), a_plan(""))
    assert [note["code"] for note in told["warnings"] if note["id"] == "p-1"] == ["no_text"]
    assert [step["needs"] for step in told["steps"]] == [["food"]]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"needs": ["hunger"]}, "needs[0]"),
        ({"household": {}}, "household"),
        ({"sex": "f"}, "sex"),
        ({"budget_eur": -1}, "budget_eur"),
        ({"vacancies": [*vacancies(*OFFERS), *vacancies(*OFFERS)]}, "vacancies"),
    ],
)
def test_what_is_not_asked_for_or_cannot_be_is_refused(
    hub: Hub, more: dict[str, Any], field: str
) -> None:
    problem = is_problem(hub.post(PLANS.format("p"), a_plan(**more)), 422)
    assert any(field in error["field"] for error in problem["errors"])


def test_a_language_that_the_territory_does_not_print_is_refused(hub: Hub) -> None:
    problem = is_problem(hub.post(PLANS.format("p"), a_plan(paper="de")), 422)
    assert "it, en, fr, ro, ar" in problem["detail"]


def test_nothing_of_a_risk_is_read_or_answered(hub: Hub, with_risk: Service) -> None:
    told = answered(hub, PLANS.format("p-1"), a_plan())
    assert "risk" not in str(told)
    assert with_risk.risk is not None
