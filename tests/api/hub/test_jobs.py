from matching.domain.access import Act, Role
from matching.jobs.kinds import JobKind
from matching.jobs.queue import ask
from tests.api.hub.desk import Desk
from tests.api.hub.importing import HEAD, asked, sent
from tests.api.hub.test_imports import worked
from tests.databases import LECCO, everybody
from tests.interchange.files import csv_of


def imports(desk: Desk, count: int) -> list[str]:
    return [
        asked(desk, sent(csv_of(HEAD, f"Ada{'a' * n};Prova;;"))).json()["id"] for n in range(count)
    ]


def test_jobs_come_in_pages_and_each_is_on_one(desk: Desk) -> None:
    made = imports(desk, 5)
    seen: list[str] = []
    cursor = ""
    while True:
        page = desk.get(f"/v1/jobs?limit=2{cursor}").json()
        seen += [one["id"] for one in page["jobs"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert sorted(seen) == sorted(made)
    assert len(seen) == len(made)
    assert desk.get("/v1/jobs?cursor=none").status_code == 422
    assert desk.get("/v1/jobs?state=asleep").status_code == 422


def test_jobs_are_shown_to_whoever_may_do_what_they_do(desk: Desk) -> None:
    with desk.store.writing(everybody()) as work:
        reminders, _ = ask(work, JobKind.REMINDERS, hub=LECCO)
        retention, _ = ask(work, JobKind.RETENTION, hub=LECCO)
    people = imports(desk, 2)
    shown = {one["id"] for one in desk.get("/v1/jobs?limit=1").json()["jobs"]}
    assert len(shown) == 1
    listed = {one["id"] for one in desk.get("/v1/jobs").json()["jobs"]}
    assert listed == set(people)
    # What comes back by itself is for whoever runs the installation.
    for job in (reminders, retention):
        assert desk.get(f"/v1/jobs/{job}").status_code == 404
        assert desk.ask("DELETE", f"/v1/jobs/{job}").status_code == 404
    assert desk.get("/v1/jobs", role=Role.CORPORATE_MANAGER).json()["jobs"] == []


def test_rows_come_in_pages_in_the_order_of_the_file(desk: Desk) -> None:
    lines = [f"Ada{'a' * n};Prova;;" for n in range(5)]
    job = asked(desk, sent(csv_of(HEAD, *lines))).json()["id"]
    worked(desk)
    seen: list[int] = []
    cursor = ""
    while True:
        page = desk.get(f"/v1/jobs/{job}/rows?limit=2{cursor}").json()
        seen += [one["row"] for one in page["rows"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert seen == [2, 3, 4, 5, 6]
    assert desk.get(f"/v1/jobs/{job}/rows?cursor=x").status_code == 422


def test_an_import_is_cancelled_once_by_whoever_could_have_asked_for_it(desk: Desk) -> None:
    (job,) = imports(desk, 1)
    answer = desk.ask("DELETE", f"/v1/jobs/{job}")
    assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")
    assert desk.ask("DELETE", f"/v1/jobs/{job}").status_code == 409
    assert desk.get("/v1/jobs?state=cancelled").json()["jobs"][0]["id"] == job
    with desk.store.engine.connect() as connection:
        said = connection.exec_driver_sql("SELECT act, detail FROM journal").all()
    assert any(act == Act.IMPORT and "cancelled" in detail for act, detail in said)
