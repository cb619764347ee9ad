import pytest

from matching.api.hub.gate import COOKIE, Allowance, csrf_token
from matching.domain.access import Act, Role
from tests.api.hub.desk import Desk, a_desk
from tests.databases import LECCO

REQUEST = "0f6cbd3a-6a55-4a52-9d0c-6f5d4f9c3b21"


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_allowance_fills_again_evenly() -> None:
    clock = Clock()
    allowance = Allowance(60, clock)
    assert [allowance.seconds_to_wait("ada") for _ in range(6)] == [0] * 6
    assert allowance.seconds_to_wait("ada") == pytest.approx(1)
    assert allowance.seconds_to_wait("eva") == 0
    clock.now += 2
    assert [allowance.seconds_to_wait("ada") for _ in range(2)] == [0, 0]
    assert allowance.seconds_to_wait("ada") > 0


def test_whoever_asks_too_often_is_told_how_long_to_wait(risky, tmp_path) -> None:  # type: ignore[no-untyped-def]
    from tests.databases import made

    engine = made("sqlite", tmp_path)
    with a_desk(risky, engine, tmp_path, api_per_minute=20) as desk:
        answers = [desk.get("/v1/me") for _ in range(4)]
    engine.dispose()
    assert [one.status_code for one in answers][:2] == [200, 200]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert answers[-1].headers["content-type"] == "application/problem+json"


def test_a_session_without_the_desks_own_token_changes_nothing(desk: Desk) -> None:
    session = desk.session(Role.COMMUNITY_MANAGER)
    headers = {"cookie": f"{COOKIE}={session}"}
    body = {"contacts": {"given_name": "Ada", "family_name": "Prova"}}
    forged = desk.post("/v1/persons", body, role=None, headers=headers)
    assert forged.status_code == 403
    assert desk.get("/v1/me", role=None, headers=headers).status_code == 200
    headers["x-csrf-token"] = csrf_token(session)
    assert desk.post("/v1/persons", body, role=None, headers=headers).status_code == 201


def test_a_token_does_no_more_than_it_was_made_for(desk: Desk) -> None:
    token = desk.token(Role.MACHINE, LECCO, [Act.LIST_VACANCIES])
    headers = {"authorization": f"Bearer {token}"}
    assert desk.get("/v1/vacancies", role=None, headers=headers).status_code == 200
    refused = desk.get("/v1/persons", role=None, headers=headers)
    assert refused.status_code == 403
    assert "scope" in refused.json()["detail"]


def test_a_request_has_an_identifier_that_the_journal_has_too(desk: Desk) -> None:
    answer = desk.post(
        "/v1/vacancies",
        {"title": "Cuoco", "text": "Cerchiamo un cuoco con esperienza in mensa."},
        headers={"x-request-id": REQUEST},
    )
    assert answer.headers["x-request-id"] == REQUEST
    with desk.store.engine.connect() as connection:
        said = connection.exec_driver_sql("SELECT act, request FROM journal").all()
    assert ("add_vacancy", REQUEST) in [tuple(row) for row in said]


@pytest.mark.parametrize("sent", ["Ada Prova <ada@example.org>", "PRVDAA80A41E507X", "3471234567"])
def test_what_is_no_uuid_is_no_request_identifier_and_is_not_repeated(
    desk: Desk, sent: str
) -> None:
    answer = desk.get("/v1/me", headers={"x-request-id": sent})
    assert sent not in answer.headers["x-request-id"]


def test_a_body_over_the_limit_is_refused_before_it_is_read(desk: Desk) -> None:
    answer = desk.post("/v1/vacancies", {"title": "x", "text": "y" * 11_000_000})
    assert answer.status_code == 413


def test_a_database_that_is_away_is_said_and_nothing_is_answered(desk: Desk, tmp_path) -> None:  # type: ignore[no-untyped-def]
    session = desk.session(Role.COMMUNITY_MANAGER)
    assert session
    desk.store.engine.dispose()
    (tmp_path / "hub.db").rename(tmp_path / "away.db")
    (tmp_path / "hub.db").mkdir()
    answer = desk.get("/v1/persons")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert desk.get("/readyz", role=None).status_code == 503
    assert desk.get("/healthz", role=None).status_code == 200
