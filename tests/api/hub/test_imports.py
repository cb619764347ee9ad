import json
import re
from threading import Event
from typing import Any

import pytest

from matching.access.matrix import MATRIX
from matching.api.hub.examples_imports import CONFIRM, IMPORT, PREVIEW
from matching.domain.access import EVERYWHERE, Act, Role
from matching.interchange import FileKind, read_table
from matching.jobs.gazetteer import gazetteer_of
from matching.jobs.import_writers import hub_writers
from matching.jobs.imports import import_handler
from matching.jobs.kinds import JobKind
from matching.jobs.worker import Worker, work_off
from matching.store.tables import job_files, jobs, journal, persons
from tests.api.hub.desk import Desk
from tests.api.hub.importing import ADA, HEAD, PREVIEWED, an_import, asked, previewed, sent
from tests.databases import LECCO, MERATE, everybody
from tests.interchange.files import csv_of

BAD = "Ida;Prova;31/02/1991;Atlantide"
VACANCIES = csv_of("codice;titolo;testo", "A1;Cuoco;Cerchiamo un cuoco per una mensa.")


def worked(desk: Desk) -> None:
    """What waits is done, by a worker that reads texts as the hub does."""
    service = desk.app.state.service
    handler = import_handler(hub_writers(service), gazetteer_of(service.territory))
    hubs = frozenset({LECCO, MERATE, EVERYWHERE})
    worker = Worker(name="w", hubs=hubs, handlers={JobKind.IMPORT: handler})
    work_off(desk.store, worker, Event())


def count(desk: Desk, table: Any) -> int:
    with desk.store.reading(everybody()) as work:
        return work.count(table)


def test_a_preview_tells_how_a_file_is_read_and_writes_nothing(desk: Desk) -> None:
    body = sent(csv_of(HEAD, ADA, BAD))
    desk.session(Role.COMMUNITY_MANAGER)
    before = count(desk, journal)
    answer = previewed(desk, body)
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert (shown["rows"], shown["good"], shown["known"], shown["problems_total"]) == (2, 1, 0, 2)
    assert [tuple(one[name] for name in ("row", "column", "value", "code"))
            for one in shown["problems"]] == [
        (3, "nato il", "31/02/1991", "not_a_date"),
        (3, "comune", "Atlantide", "unknown_municipality"),
    ]  # fmt: skip
    assert shown["first"][0] == ["Ada", "Prova", "02/04/1971", "Lecco"]
    assert {"what": "dates", "how": ""} in shown["assumptions"]
    assert (count(desk, journal), count(desk, jobs)) == (before, 0)


def test_a_file_is_imported_as_it_was_previewed_and_confirmed(desk: Desk) -> None:
    answer = asked(desk, sent(csv_of(HEAD, ADA, BAD)), manner={"mode": "good_rows"})
    assert answer.status_code == 202, answer.text
    job = answer.json()
    assert answer.headers["location"] == f"/v1/jobs/{job['id']}"
    assert (job["kind"], job["of"], job["state"], job["total"]) == (
        "import", "persons", "queued", 2
    )  # fmt: skip
    worked(desk)
    done = desk.get(f"/v1/jobs/{job['id']}").json()
    assert (done["state"], done["counts"]) == (
        "done", {"written": 1, "known": 0, "held": 0, "refused": 1}
    )  # fmt: skip
    first, second = desk.get(f"/v1/jobs/{job['id']}/rows").json()["rows"]
    assert (first["row"], first["state"]) == (2, "written")
    assert (second["row"], second["code"], second["field"]) == (3, "not_a_date", "birth_date")
    person = desk.get(f"/v1/persons/{first['subject']}").json()
    assert person["contacts"]["given_name"] == "Ada"
    assert person["profile"]["municipality"] == "097042"
    assert count(desk, job_files) == 0


def test_what_was_not_previewed_is_not_imported(desk: Desk) -> None:
    confirm = previewed(desk, PREVIEWED).json()["confirm"]
    other = sent(csv_of(HEAD, ADA, "Eva;Prova;;"), confirm=confirm)
    answer = desk.post("/v1/imports", other)
    assert answer.status_code == 409
    assert "Preview it again" in answer.json()["detail"]
    assert desk.post("/v1/imports", dict(PREVIEWED)).status_code == 422
    assert count(desk, jobs) == 0


def test_a_file_sent_twice_is_imported_once(desk: Desk) -> None:
    first = asked(desk, PREVIEWED).json()["id"]
    assert asked(desk, PREVIEWED).json()["id"] == first
    worked(desk)
    again = asked(desk, PREVIEWED).json()
    assert (again["id"], again["state"]) == (first, "done")
    assert count(desk, persons) == 1
    assert previewed(desk, PREVIEWED).json()["known"] == 1


def test_the_same_request_with_its_key_is_done_once(desk: Desk) -> None:
    confirm = previewed(desk, PREVIEWED).json()["confirm"]
    body = {**PREVIEWED, "confirm": confirm}
    key = {"idempotency-key": "una-volta"}
    first, again = (desk.post("/v1/imports", body, headers=key) for _ in range(2))
    assert first.status_code == again.status_code == 202
    assert first.content == again.content
    # With another key the same file is answered with the job that has it.
    other = desk.post("/v1/imports", body, headers={"idempotency-key": "un'altra"})
    assert (other.status_code, other.json()["id"]) == (202, first.json()["id"])


def test_a_file_may_come_in_a_form(desk: Desk) -> None:
    columns = json.dumps([{"column": "Tel. casa", "field": "telephone"}])
    content = csv_of("nome;cognome;Tel. casa", "Ada;Prova;0341 123456")
    files = {"file": ("elenco.csv", content, "text/csv")}
    shown = desk.post(
        "/v1/imports/preview", files=files, data={"kind": "persons", "columns": columns}
    )
    assert shown.status_code == 200, shown.text
    data = {"kind": "persons", "columns": columns, "confirm": shown.json()["confirm"]}
    answer = desk.post("/v1/imports", files=files, data={**data, "mode": "good_rows"})
    assert answer.status_code == 202, answer.text
    wrong = desk.post("/v1/imports", files=files, data={**data, "columns": "[{"})
    assert wrong.status_code == 422
    assert "columns" in wrong.json()["detail"]
    assert desk.post("/v1/imports", files=files, data={"kind": "persons"}).status_code == 422
    assert desk.post("/v1/imports/preview", content=b"x", headers={
        "content-type": "text/csv"}).status_code == 415  # fmt: skip


def test_a_column_that_is_not_clear_cannot_be_confirmed_and_one_of_health_stops_the_file(
    desk: Desk,
) -> None:
    unclear = previewed(desk, sent(csv_of("nome;cognome;telefonno", "Ada;Prova;1"))).json()
    assert unclear["confirm"] is None
    assert unclear["proposals"] == [{"column": "telefonno", "field": "telephone", "likeness": 94}]
    body = sent(csv_of("nome;cognome;diagnosi", "Ada;Prova;segretissima"))
    forbidden = previewed(desk, body)
    assert forbidden.json()["refused"] == [{"column": "diagnosi", "ground": "health"}]
    assert "segretissima" not in forbidden.text
    answer = desk.post("/v1/imports", {**body, "confirm": "0" * 64})
    assert answer.status_code == 422
    assert "health" in answer.json()["detail"]


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"%PDF-1.7", b"\xff\xfe\x00", b"nome;nome\r\na;b", b'nome;"x'],
)
def test_what_is_no_file_of_rows_is_refused_and_nothing_of_it_repeated(
    desk: Desk, content: bytes
) -> None:
    answer = previewed(desk, sent(content))
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_error_repeats_no_heading_sheet_or_value_of_a_file(desk: Desk) -> None:
    content = csv_of("Zenobia;Zenobia", "a;b")
    body = sent(content, columns=[{"column": "Zenobia", "field": "zenobia"}], sheet="Zenobia")
    for one in (body, sent(csv_of("a;b", "c;d"), columns=body["columns"])):
        answer = previewed(desk, one)
        assert answer.status_code == 422
        assert "zenobia" not in answer.text.lower()


def test_the_corporate_manager_imports_vacancies_and_not_people(desk: Desk) -> None:
    role = Role.CORPORATE_MANAGER
    assert asked(desk, sent(VACANCIES, "vacancies"), role=role).status_code == 202
    for path in ("/v1/imports/preview", "/v1/imports"):
        for kind in ("persons", "outcomes"):
            body = {**PREVIEWED, "kind": kind, "confirm": "0" * 64}
            if path.endswith("preview"):
                del body["confirm"]
            assert desk.post(path, body, role=role).status_code == 403
    mine = desk.get("/v1/jobs", role=role).json()["jobs"]
    assert [one["of"] for one in mine] == ["vacancies"]
    theirs = an_import(desk)
    assert desk.get(f"/v1/jobs/{theirs}", role=role).status_code == 404
    assert desk.get(f"/v1/jobs/{theirs}/rows", role=role).status_code == 404
    assert desk.ask("DELETE", f"/v1/jobs/{theirs}", role=role).status_code == 404
    assert desk.get("/v1/exports/vacancies", role=role).status_code == 200
    assert desk.get("/v1/exports/persons", role=role).status_code == 403
    assert desk.get("/v1/exports/outcomes", role=role).status_code == 403


def test_no_company_imports_or_exports(desk: Desk) -> None:
    for role in (Role.AGENCY, Role.EMPLOYER, Role.REFERRER, Role.PROVIDER, Role.EVALUATOR):
        assert previewed(desk, PREVIEWED, role=role).status_code == 403
        for kind in FileKind:
            assert desk.get(f"/v1/exports/{kind}", role=role).status_code == 403
    for act in (Act.EXPORT, Act.EXPORT_PEOPLE, Act.IMPORT):
        assert not {Role.AGENCY, Role.EMPLOYER} & set(MATRIX[act])


def test_another_hubs_vacancies_people_and_jobs_are_not_there(desk: Desk) -> None:
    assert previewed(desk, sent(csv_of(HEAD, ADA), hub=MERATE)).status_code == 404
    confirm = previewed(desk, PREVIEWED).json()["confirm"]
    body = {**PREVIEWED, "hub": MERATE, "confirm": confirm}
    assert desk.post("/v1/imports", body).status_code == 404
    assert desk.get(f"/v1/exports/persons?hub={MERATE}").status_code == 404
    theirs = an_import(desk, hub=MERATE)
    assert desk.get("/v1/jobs").json()["jobs"] == []
    assert desk.get(f"/v1/jobs/{theirs}").status_code == 404


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_people_are_exported_without_protected_files_and_without_a_formula(
    desk: Desk, form: str
) -> None:
    desk.add_person("=Ada", informed=False)
    desk.add_person("Protetta", is_protected=True, informed=False)
    answer = desk.get(f"/v1/exports/persons?form={form}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"] == f"attachment; filename=persons.{form}"
    assert answer.headers["cache-control"] == "no-store"
    table = read_table(answer.content)
    rows = [dict(zip(table.headings, one.cells, strict=True)) for one in table.rows]
    assert [(one["nome"], one["comune"], one["stato"]) for one in rows] == [
        ("=Ada", "Lecco", "open")
    ]  # fmt: skip
    assert "Protetta" not in answer.content.decode("latin-1")
    if form == "csv":
        assert not re.search(r"(?m)(^|;)=", answer.text)
    again = asked(desk, sent(answer.content))
    worked(desk)
    assert desk.get(f"/v1/jobs/{again.json()['id']}").json()["counts"]["known"] == 1
    with desk.store.reading(everybody()) as work:
        (entry,) = work.rows(journal, journal.c.act == Act.EXPORT_PEOPLE)
    assert (entry.hub, json.loads(entry.detail)) == (LECCO, {"count": 1})


def test_outcomes_and_vacancies_are_exported_and_known_again(desk: Desk) -> None:
    person, hidden = desk.add_person(), desk.add_person("Protetta", is_protected=True)
    desk.add_vacancy(external_id="A1")
    for one in (person, hidden):
        body = {"person_id": one, "kind": "work", "happened_on": "2026-11-20", "note": "bene"}
        assert desk.post("/v1/outcomes", body).status_code == 201
    exported = desk.get("/v1/exports/outcomes")
    table = read_table(exported.content)
    (row,) = (dict(zip(table.headings, one.cells, strict=True)) for one in table.rows)
    assert (row["id persona"], row["esito"], row["note"]) == (person, "lavoro", "bene")
    assert hidden not in exported.text
    for kind, content in (
        ("outcomes", exported.content), ("vacancies", desk.get("/v1/exports/vacancies").content)
    ):  # fmt: skip
        job = asked(desk, sent(content, kind)).json()["id"]
        worked(desk)
        counts = desk.get(f"/v1/jobs/{job}").json()["counts"]
        assert counts == {"written": 0, "known": 1, "held": 0, "refused": 0}


def test_the_examples_of_the_document_can_be_sent_as_they_stand(desk: Desk) -> None:
    shown = previewed(desk, PREVIEW["one"]["value"]).json()
    assert (shown["good"], shown["confirm"]) == (2, CONFIRM)
    assert desk.post("/v1/imports", IMPORT["one"]["value"]).status_code == 202
