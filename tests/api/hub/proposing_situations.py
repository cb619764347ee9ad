"""What has to be there before proposals, decisions and contests can be gone on with."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from schemathesis.generation.case import Case

from matching.domain.access import Role
from tests.api.hub.proposing import AGENCY, YES, accepted, asked, contested, decided, sent, step

if TYPE_CHECKING:
    from tests.api.hub.asker import Asker

OTHER = "somebody else"
DISCRIMINATING = {"answer": "not_suitable", "reason_code": "age"}


def _on(case: Case, name: str, thing: str, version: int | None = None) -> None:
    case.path_parameters = {name: thing}
    for header in [one for one in case.headers if one.lower() == "if-match"]:
        case.headers[header] = f'"{version}"'


def _is_asked(asker: "Asker", case: Case, session: str | None) -> str | None:
    case.body = {
        "person_id": asker.desk.add_person(),
        "vacancy_id": asker.desk.add_vacancy(role=AGENCY),
    }
    return session


def _may_reply(asker: "Asker", case: Case, session: str | None) -> str | None:
    by_herself = asker.role is Role.PERSON
    person = asker.things["person_id"] if by_herself else asker.desk.add_person()
    _on(case, "proposal_id", asked(asker.desk, person), 1)
    case.body = {**YES, "way": "account" if by_herself else "written", "contact": "hub"}
    return session


def _may_withdraw(asker: "Asker", case: Case, session: str | None) -> str | None:
    by_herself = asker.role is Role.PERSON
    person = asker.things["person_id"] if by_herself else asker.desk.add_person()
    _on(case, "proposal_id", asked(asker.desk, person), 1)
    return session


def _may_send(asker: "Asker", case: Case, session: str | None) -> str | None:
    _on(case, "proposal_id", accepted(asker.desk), 2)
    return session


def _may_answer(asker: "Asker", case: Case, session: str | None) -> str | None:
    person, vacancy = asker.desk.add_person(), asker.desk.add_vacancy(role=asker.role)
    _on(case, "proposal_id", _sent(asker, person, vacancy), 3)
    case.body = {"answer": "interview"}
    return session


def _decides(asker: "Asker", case: Case, session: str | None) -> str | None:
    case.body = {
        "person_id": asker.desk.add_person(),
        "vacancy_id": asker.desk.add_vacancy(),
        "outcome": "proposed",
    }
    return session


def _contests(asker: "Asker", case: Case, session: str | None) -> str | None:
    desk, by_herself = asker.desk, asker.role is Role.PERSON
    person = asker.things["person_id"] if by_herself else desk.add_person()
    decision = decided(desk, person, desk.add_vacancy())
    case.body = {"kind": "contest", "decision_id": decision}
    case.body |= {} if by_herself else {"person_id": person}
    return session


def _may_settle(asker: "Asker", case: Case, session: str | None) -> str | None:
    desk, person = asker.desk, asker.desk.add_person()
    decision = decided(desk, person, desk.add_vacancy(), name=OTHER)
    _on(case, "contest_id", contested(desk, person, decision, name=OTHER))
    case.body = {"state": "upheld", "reason_code": "checked"}
    return session


def _has_a_report(asker: "Asker", case: Case, session: str | None) -> str | None:
    desk = asker.desk
    proposal = _sent(asker, desk.add_person(), desk.add_vacancy(role=AGENCY))
    assert step(desk, proposal, "answer", 3, DISCRIMINATING, role=AGENCY).status_code == 200
    reports = desk.get("/v1/reserved-reports?state=open&limit=200", role=Role.EVALUATOR).json()
    _on(case, "report_id", reports["reports"][-1]["id"])
    return session


def _sent(asker: "Asker", person: str, vacancy: str) -> str:
    return sent(asker.desk, person, vacancy, contact="hub")


PROPOSING: Mapping[str, Callable[["Asker", Case, str | None], str | None]] = MappingProxyType(
    {
        "POST /v1/proposals": _is_asked,
        "POST /v1/proposals/{proposal_id}/reply": _may_reply,
        "POST /v1/proposals/{proposal_id}/sending": _may_send,
        "POST /v1/proposals/{proposal_id}/answer": _may_answer,
        "POST /v1/proposals/{proposal_id}/withdrawal": _may_withdraw,
        "POST /v1/decisions": _decides,
        "POST /v1/contests": _contests,
        "POST /v1/contests/{contest_id}/decision": _may_settle,
        "GET /v1/reserved-reports/{report_id}": _has_a_report,
        "POST /v1/reserved-reports/{report_id}/handling": _has_a_report,
    }
)
"""The operations that nothing else makes possible."""
