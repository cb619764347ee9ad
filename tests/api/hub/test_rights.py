import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from matching.accompaniment.fund.ledger_file import Seal, append_entries
from matching.api.hub.gate import COOKIE
from matching.domain.access import Role
from matching.operations.erased_file import read_erased
from matching.service import Service
from matching.store.person_keys import key_of
from matching.store.tables import accounts, journal, persons
from tests.accompaniment.fund.worlds import a_ledger, commit, day, grant
from tests.api.hub.desk import Desk, a_desk
from tests.api.hub.test_documents import a_file, added
from tests.databases import MERATE, everybody, made

PROTECTED = {"sex": "f", "birth_year": 1983, "citizenship": "it"}


def pseudonym_of(desk: Desk, person: str) -> str:
    with desk.store.reading(everybody()) as work:
        return key_of(work, person).pseudonym


def test_a_person_gets_everything_about_her_as_data_as_a_page_and_with_her_documents(
    desk: Desk,
) -> None:
    person = desk.add_person("Zenobia")
    added(desk, person, a_file(name="curriculum.txt"))
    desk.ask("PUT", f"/v1/persons/{person}/protected-attributes", PROTECTED)
    path, hers = f"/v1/persons/{person}/export", {"role": Role.PERSON, "name": person}
    data = desk.get(path, **hers).json()
    assert data["tables"]["identities"][0]["content"]["given_name"] == "Zenobia"
    assert data["protected"] == {"sex": "f", "born_from": 1980, "citizenship": "it"}
    assert data["files"] == ["documents/001-curriculum.txt"]
    page = desk.get(path, headers={"accept": "text/html,*/*;q=0.1"}, **hers)
    assert page.headers["content-type"].startswith("text/html")
    assert "<h1>I dati che l&#x27;hub conserva</h1>" in page.text
    assert "Zenobia" in page.text
    # Its own style and nothing else may be applied or loaded.
    assert "style-src 'sha256-" in page.headers["content-security-policy"]
    archive = desk.get(path, headers={"accept": "application/zip"}, **hers)
    names = zipfile.ZipFile(io.BytesIO(archive.content)).namelist()
    assert names == ["person.json", "person.html", "documents/001-curriculum.txt"]
    assert desk.get(path, headers={"accept": "image/png"}, **hers).status_code == 406
    with desk.store.reading(everybody()) as work:
        assert len(work.rows(journal, journal.c.act == "export_person")) == 3


def test_an_export_is_for_herself_and_her_hub_alone(desk: Desk) -> None:
    person, other = desk.add_person(), desk.add_person("Eva", is_protected=True)
    path = f"/v1/persons/{person}/export"
    assert desk.get(path).status_code == 200
    assert desk.get(path, hub=MERATE).status_code == 404
    assert desk.get(path, role=Role.PERSON, name=other).status_code == 404
    for role in (Role.MACHINE, Role.EVALUATOR, Role.ADMIN, Role.CORPORATE_MANAGER, Role.AGENCY):
        assert desk.get(path, role=role).status_code == 403
    protected = f"/v1/persons/{other}/export"
    assert desk.get(protected, name="a colleague").status_code == 403
    reason = {"x-reason": "Richiesta scritta"}
    assert desk.get(protected, name="a colleague", headers=reason).status_code == 200


def test_nothing_of_whoever_is_erased_is_left_and_it_is_said_what_stays_where(
    desk: Desk, tmp_path: Path
) -> None:
    person = desk.add_person("Zenobia")
    added(desk, person, a_file("Zenobia saldava tubi", name="zenobia.txt"))
    pseudonym = pseudonym_of(desk, person)
    session = desk.session(Role.PERSON, name=person)
    assert desk.get("/v1/me", role=Role.PERSON, name=person).status_code == 200
    answer = desk.ask("DELETE", f"/v1/persons/{person}")
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert (said["state"], said["restricted_until"], said["recipients"]) == ("erased", None, [])
    assert any("chiave" in line for line in said["said"])
    assert any("24 mesi" in line for line in said["said"])
    assert pseudonym not in answer.text
    # Outside the database, for a backup that knows her still.
    assert read_erased(tmp_path / "erased.pseudonyms") == {pseudonym}
    raw = b"".join(path.read_bytes() for path in tmp_path.glob("hub.db*"))
    assert b"Zenobia" not in raw
    assert person.encode() not in raw
    assert (tmp_path / "hub.db-wal").stat().st_size == 0
    # Her account lets nobody in any more.
    shown = {"cookie": f"{COOKIE}={session}"}
    assert desk.get("/v1/me", role=None, headers=shown).status_code == 401
    with desk.store.reading(everybody()) as work:
        assert work.one(accounts, accounts.c.role == "person").sealed_name is None
    for method in ("GET", "DELETE"):
        assert desk.ask(method, f"/v1/persons/{person}").status_code == 404
    assert desk.store.verified().problems == ()


def test_an_erasure_sent_again_with_its_key_says_the_same(desk: Desk, tmp_path: Path) -> None:
    person = desk.add_person()
    pseudonym, key = pseudonym_of(desk, person), {"idempotency-key": "una-volta"}
    first = desk.ask("DELETE", f"/v1/persons/{person}", headers=key)
    # The note outside was lost, as where the process was killed before it was written.
    (tmp_path / "erased.pseudonyms").unlink()
    again = desk.ask("DELETE", f"/v1/persons/{person}", headers=key)
    assert first.content == again.content
    assert read_erased(tmp_path / "erased.pseudonyms") == {pseudonym}


def paid(desk: Desk, folder: Path, person: str) -> None:
    """The fund of the installation paid a course for somebody, on the fourth of November."""
    ledger = a_ledger(commit(10_000, person=pseudonym_of(desk, person)), grant(10_000))
    path = folder / "fund" / "ledger.jsonl"
    path.parent.mkdir(exist_ok=True)
    append_entries(path, ledger, Seal())


@pytest.fixture
def lately(risky: Service, tmp_path: Path) -> Iterator[Desk]:
    """A desk in the month in which the fund paid."""
    engine = made("sqlite", tmp_path)
    noon = datetime(2026, 11, 29, 12, tzinfo=UTC)
    with a_desk(risky, engine, tmp_path, clock=lambda: noon) as found:
        yield found
    engine.dispose()


def test_where_the_fund_paid_for_her_her_file_is_restricted_and_it_is_said_until_when(
    lately: Desk, tmp_path: Path
) -> None:
    desk = lately
    person, other = desk.add_person(), desk.add_person("Eva")
    paid(desk, tmp_path, person)
    said = desk.ask("DELETE", f"/v1/persons/{person}").json()
    assert said["state"] == "restricted"
    assert said["restricted_until"] == str(day(4).replace(year=day(4).year + 10))
    assert "fondo" in said["said"][0]
    assert "04/11/2036" in said["said"][0]
    assert not (tmp_path / "erased.pseudonyms").exists()
    with desk.store.reading(everybody()) as work:
        assert work.one(persons, persons.c.id == person).state == "restricted"
    # Nothing is done with what is left, and it does not go before its time.
    assert desk.post(f"/v1/persons/{person}/matches", {}).status_code == 409
    assert desk.post(f"/v1/persons/{person}/documents", a_file()).status_code == 409
    assert desk.ask("DELETE", f"/v1/persons/{person}").status_code == 409
    assert desk.ask("DELETE", f"/v1/persons/{other}").json()["state"] == "erased"


def test_whoever_erases_may_know_of_money_that_no_ledger_here_does(desk: Desk) -> None:
    person, other = desk.add_person(), desk.add_person("Eva")
    lately = f"?paid_on={date.today()}"
    assert desk.ask("DELETE", f"/v1/persons/{person}{lately}").json()["state"] == "restricted"
    long_ago = "?paid_on=1999-01-01"
    assert desk.ask("DELETE", f"/v1/persons/{other}{long_ago}").json()["state"] == "erased"


def test_a_protected_file_is_erased_by_its_manager_or_with_a_reason(desk: Desk) -> None:
    person = desk.add_person(is_protected=True)
    path = f"/v1/persons/{person}"
    assert desk.ask("DELETE", path, name="a colleague").status_code == 403
    reason = {"x-reason": "Richiesta scritta"}
    assert desk.ask("DELETE", path, name="a colleague", headers=reason).status_code == 200


def test_what_is_said_for_the_audit_is_kept_and_read_by_nobody_over_these_routes(
    desk: Desk,
) -> None:
    person = desk.add_person()
    path = f"/v1/persons/{person}/protected-attributes"
    assert desk.ask("PUT", path, PROTECTED).json() == {"done": True}
    file = desk.get(f"/v1/persons/{person}").json()
    assert "1980" not in json.dumps(file)
    assert desk.get(path).status_code == 405
    assert desk.ask("PUT", path, PROTECTED | {"religion": "x"}).status_code == 422
    assert desk.ask("PUT", path, {"birth_year": 1850}).status_code == 422
    assert desk.ask("PUT", path, PROTECTED, role=Role.PERSON, name=person).status_code == 403
    assert desk.ask("DELETE", path).json() == {"done": True}
    assert desk.ask("DELETE", path).json() == {"done": False}


def test_whoever_evaluates_sees_counts_and_no_group_of_fewer_than_ten(desk: Desk) -> None:
    for number in range(24):
        person = desk.add_person(f"Persona{'abcdefghijklmnopqrstuvwx'[number]}", informed=False)
        said = {"sex": "f" if number % 2 else "m", "citizenship": "it" if number < 21 else "eu"}
        desk.ask("PUT", f"/v1/persons/{person}/protected-attributes", said)
    path = "/v1/protected-attributes/counts"
    counts = desk.get(path, role=Role.EVALUATOR).json()
    assert counts["people"] == 24
    groups = {(one["attribute"], one["value"]): one["people"] for one in counts["groups"]}
    assert (groups["sex", "f"], groups["sex", "m"]) == (12, 12)
    # Three are a difference away from the others: neither is told.
    assert groups["citizenship", "eu"] is groups["citizenship", "it"] is None
    for role in (Role.COMMUNITY_MANAGER, Role.ADMIN, Role.MACHINE):
        assert desk.get(path, role=role).status_code == 403


def test_the_few_people_of_a_small_hub_are_in_no_count(desk: Desk) -> None:
    for _ in range(12):
        desk.add_person(informed=False)
    desk.add_person(informed=False, hub=MERATE)
    counts = desk.get("/v1/protected-attributes/counts", role=Role.EVALUATOR).json()
    assert counts["people"] == 13
    hubs = [one["people"] for one in counts["groups"] if one["attribute"] == "hub"]
    assert hubs == [None, None]


def test_the_file_of_the_database_is_sound_after_an_erasure(desk: Desk, tmp_path: Path) -> None:
    person = desk.add_person()
    desk.ask("DELETE", f"/v1/persons/{person}")
    with sqlite3.connect(tmp_path / "hub.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
