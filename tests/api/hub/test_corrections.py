"""What a person asks of her hub, and how it is answered: to correct her data, or to erase them."""

from typing import Any

from matching.domain.access import Role
from matching.store.tables import journal
from tests.api.hub.desk import Desk
from tests.databases import MERATE, everybody

WRONG = "Il telefono finisce per 12, non per 21."


def hers(person: str) -> dict[str, Any]:
    return {"role": Role.PERSON, "name": person}


def asked(desk: Desk, person: str, kind: str, **more: Any) -> str:
    answer = desk.post("/v1/contests", {"kind": kind, **more}, **hers(person))
    assert answer.status_code == 201, answer.text
    found: str = answer.json()["id"]
    return found


def answered(desk: Desk, request: str, state: str, **options: Any) -> Any:
    reason = "checked" if state == "upheld" else "error_found"
    body = {"state": state, "reason_code": reason, "text": "Riletto insieme."}
    return desk.post(f"/v1/contests/{request}/decision", body, **options)


def test_a_correction_is_asked_for_made_and_answered(desk: Desk) -> None:
    person = desk.add_person("Zenobia")
    request = asked(desk, person, "correction", text=WRONG)
    waiting = desk.get("/v1/contests?state=open").json()["contests"]
    assert [(one["id"], one["kind"], one["text"]) for one in waiting] == [
        (request, "correction", None)
    ]
    assert desk.get(f"/v1/contests/{request}").json()["text"] == WRONG
    # The manager corrects, goes through the rest with her, and answers.
    etag = desk.get(f"/v1/persons/{person}").headers["etag"]
    contacts = {"given_name": "Zenobia", "family_name": "Prova", "telephone": "0341 000012"}
    body = {"contacts": contacts, "confirmed": True}
    changed = desk.ask("PATCH", f"/v1/persons/{person}", body, headers={"if-match": etag})
    assert changed.status_code == 200, changed.text
    assert answered(desk, request, "changed").status_code == 201
    told = desk.get(f"/v1/contests/{request}", **hers(person)).json()
    assert told["state"] == "changed"
    decision = desk.get(f"/v1/decisions/{told['decided']}", **hers(person))
    assert decision.status_code == 200
    assert "Riletto insieme." in decision.text
    with desk.store.reading(everybody()) as work:
        acts = [row.act for row in work.rows(journal, order=[journal.c.number])]
        said = str(work.rows(journal))
    assert [one for one in acts if one in ("contest", "decide_contest")] == [
        "contest", "decide_contest",
    ]  # fmt: skip
    assert "0341 000012" not in said
    assert "Zenobia" not in said


def test_a_correction_says_what_is_wrong_and_is_her_own(desk: Desk) -> None:
    ada, eva = desk.add_person("Ada"), desk.add_person("Eva")
    assert desk.post("/v1/contests", {"kind": "correction"}, **hers(ada)).status_code == 422
    other = {"kind": "correction", "text": WRONG, "person_id": eva}
    assert desk.post("/v1/contests", other, **hers(ada)).status_code == 404
    assert desk.post("/v1/contests", other, hub=MERATE).status_code == 404
    request = asked(desk, ada, "correction", text=WRONG)
    assert desk.get(f"/v1/contests/{request}", **hers(eva)).status_code == 404
    # Another thing may be wrong as well.
    asked(desk, ada, "correction", text="Anche l'indirizzo.")


def test_an_erasure_that_she_asks_for_is_done_and_ends_the_request(desk: Desk) -> None:
    person = desk.add_person()
    request = asked(desk, person, "erasure")
    again = desk.post("/v1/contests", {"kind": "erasure"}, **hers(person))
    assert again.status_code == 409
    # To say yes is not enough.
    refused = answered(desk, request, "changed")
    assert (refused.status_code, "DELETE /v1/persons" in refused.json()["detail"]) == (409, True)
    assert desk.ask("DELETE", f"/v1/persons/{person}").json()["state"] == "erased"
    assert desk.get(f"/v1/contests/{request}").status_code == 404
    assert desk.get("/v1/contests").json()["contests"] == []


def test_an_erasure_is_refused_with_a_reason_by_somebody_with_a_name(desk: Desk) -> None:
    person = desk.add_person()
    request = asked(desk, person, "erasure", text="Vorrei uscire da qui.")
    assert answered(desk, request, "upheld").status_code == 201
    told = desk.get(f"/v1/contests/{request}", **hers(person)).json()
    assert (told["kind"], told["state"]) == ("erasure", "upheld")
    decision = desk.get(f"/v1/decisions/{told['decided']}", **hers(person))
    assert "Riletto insieme." in decision.text
    # She may ask again at any time.
    asked(desk, person, "erasure")


def test_an_erasure_is_of_the_whole_file(desk: Desk) -> None:
    person = desk.add_person()
    made = desk.post(f"/v1/vacancies/{desk.add_vacancy()}/shortlists", {}).json()["id"]
    body = {"kind": "erasure", "result_id": made}
    assert desk.post("/v1/contests", body, **hers(person)).status_code == 422


def test_whoever_wrote_a_request_down_for_her_does_not_refuse_it(desk: Desk) -> None:
    person = desk.add_person()
    body = {"kind": "erasure", "person_id": person}
    request = desk.post("/v1/contests", body).json()["id"]
    assert answered(desk, request, "upheld").status_code == 403
    assert answered(desk, request, "upheld", name="a colleague").status_code == 201
