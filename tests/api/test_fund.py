from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from matching.accompaniment.fund.ledger_file import Seal, append_entries
from matching.api import create_app
from matching.api.examples import FUND_PROPOSAL
from matching.domain.fund import ClosePeriod
from matching.service import Service
from matching.settings import Settings, ledger_path, read_settings
from tests.accompaniment.fund.test_publication import helped, people
from tests.accompaniment.fund.worlds import a_ledger, day
from tests.api.conftest import MAX_BYTES, TOKEN, Hub, answered, is_problem

PATH = "/v1/fund/proposals"


def request(**more: Any) -> dict[str, Any]:
    value: dict[str, Any] = {**FUND_PROPOSAL["three"]["value"], **more}
    return value


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    return read_settings(api_token=TOKEN, api_max_bytes=MAX_BYTES, home=tmp_path)


@pytest.fixture
def own(service: Service, home: Settings) -> Hub:
    """The application with a home of its own."""
    return Hub(create_app(service, home))


def test_a_proposal_says_who_gets_what_and_why_others_do_not(hub: Hub) -> None:
    answer = answered(hub, PATH, request())
    assert [(one["id"], one["cents"]) for one in answer["funded"]] == [
        ("p-01-1", 18_000),
        ("p-01-2", 29_000),
    ]
    (left,) = answer["left_out"]
    assert left["id"] == "p-02-1"
    assert left["blocks"][0]["obstacle"] == "budget"
    assert left["blocks"][0]["text"].startswith("Il budget va a passi")
    assert answer["proven"] is True
    assert answer["budgets"] == answer["curve"] == answer["beside"] == []
    assert [one["group"] for one in answer["by_quartile"]] == ["1", "4"]


def test_compared_it_also_says_what_else_could_be_done(hub: Hub) -> None:
    answer = answered(hub, PATH, request(compared=True))
    assert len(answer["budgets"]) == 4
    assert answer["marginal_steps"] == ["p-02-1"]
    assert answer["marginal_value"] > 0


def test_lines_pay_for_what_they_may(hub: Hub) -> None:
    lines = [
        {"code": "cura", "cents": 20_000, "measures": ["care"]},
        {"code": "libera", "cents": 20_000},
    ]
    answer = answered(hub, PATH, request(lines=lines))
    assert {one["id"]: one["lines"] for one in answer["funded"]} == {
        "p-01-1": [["cura", 18_000]],
        "p-02-1": [["libera", 15_750]],
    }


def test_what_somebody_had_counts_for_her_cap(hub: Hub) -> None:
    answer = answered(hub, PATH, request(had=[{"person": "p-02", "cents": 299_000}]))
    blocks = {one["id"]: one["blocks"][0]["obstacle"] for one in answer["left_out"]}
    assert blocks["p-02-1"] == "over_cap"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("requests", []),
        ("requests", [{**FUND_PROPOSAL["three"]["value"]["requests"][0], "risk": 0.9}]),
        ("requests", [FUND_PROPOSAL["three"]["value"]["requests"][0]] * 2),
        ("budget_cents", -1),
        ("budget_cents", "1000"),
        ("lines", [{"code": "x", "cents": 1}] * 2),
        ("had", [{"person": "p", "cents": 1}] * 2),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(hub: Hub, field: str, value: object) -> None:
    problem = is_problem(hub.post(PATH, request(**{field: value})), 422)
    assert problem["errors"][0]["field"].startswith(field)


def test_requests_that_contradict_each_other_are_refused(hub: Hub) -> None:
    one = {**FUND_PROPOSAL["three"]["value"]["requests"][0], "after": ["nobody"]}
    problem = is_problem(hub.post(PATH, request(requests=[one])), 422)
    assert problem["type"] == "urn:valoriamo:problem:fund"
    assert "after = 'nobody'" in problem["detail"]


def test_a_territory_without_a_fund_says_so(
    service: Service, hub_of: Callable[[Service], Hub]
) -> None:
    without = hub_of(replace(service, fund_policy=None))
    assert "has no fund" in is_problem(without.post(PATH, request()), 422)["detail"]
    assert without.get("/v1/fund").json()["state"] == "no_fund"


def test_without_a_ledger_there_is_nothing_to_show_and_nothing_is_made(
    own: Hub, home: Settings
) -> None:
    answer = own.get("/v1/fund").json()
    assert (answer["state"], answer["came_in"], answer["lines"]) == ("no_ledger", 0, [])
    assert not ledger_path(home).parent.exists()


def test_around_midnight_the_day_is_that_of_the_hubs(service: Service, home: Settings) -> None:
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    answer = Hub(create_app(service, home, clock=lambda: late)).get("/v1/fund").json()
    assert answer["as_of"] == "2026-07-02"


def test_what_anybody_may_see_names_nobody(own: Hub, home: Settings) -> None:
    path = ledger_path(home)
    path.parent.mkdir()
    closed = ClosePeriod(id="c", on=day(1, 12), year=2026, month=11)
    append_entries(path, a_ledger(*helped(people(12)), closed), Seal())
    response = own.get("/v1/fund")
    answer = response.json()
    assert answer["state"] == "ok"
    if date.today() >= day(30):
        assert answer["stretches"][0]["people"] == 12
    for secret in ("p0", "p11", "k2026", '"source"'):
        assert secret not in response.text


def test_a_ledger_that_was_altered_is_not_shown(own: Hub, home: Settings) -> None:
    path = ledger_path(home)
    path.parent.mkdir()
    append_entries(path, a_ledger(), Seal())
    path.write_text(path.read_text("utf-8").replace("100000", "900000", 1), "utf-8")
    assert "was changed" in is_problem(own.get("/v1/fund"), 503)["detail"]
