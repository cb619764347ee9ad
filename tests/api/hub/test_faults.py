"""A database that is away, a full disk, a lost registry, a clock that is set: what is answered.

Never half an act, never a wrong score: either it is done and on record, or it is refused.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from matching.api.hub.app import renew
from matching.domain import ModelStamp
from matching.domain.access import Act, Role
from matching.service import Service
from matching.store import open_engine
from matching.store.engine import make_to_serve
from matching.store.tables import journal, persons, results
from tests.api.hub.desk import Desk, a_desk
from tests.databases import KINDS, everybody, made
from tests.models.packages import a_ranker

Away = Callable[[], AbstractContextManager[None]]
PERSON = {"contacts": {"given_name": "Ada", "family_name": "Prova"}}


@dataclass(frozen=True)
class Faulty:
    """An application, and a way to take its database away for a while."""

    desk: Desk
    away: Away

    def counts(self) -> tuple[int, ...]:
        entries = self.desk.store.verified().entries
        with self.desk.store.reading(everybody()) as work:
            return entries, work.count(persons), work.count(results)


@pytest.fixture(params=KINDS)
def faulty(request: pytest.FixtureRequest, risky: Service, tmp_path: Path) -> Iterator[Faulty]:
    if request.param == "sqlite":
        engine = made("sqlite", tmp_path)
        away: Away = lambda: without_file(tmp_path / "hub.db")  # noqa: E731
    else:
        server = str(request.getfixturevalue("postgresql"))
        plain = made("postgresql", tmp_path, server)
        # The server as this application reaches it: by a link, which can be taken away.
        link = tmp_path / "server"
        link.symlink_to(str(plain.url.query["host"]))
        url = plain.url.update_query_dict({"host": str(link)})
        plain.dispose()
        engine = open_engine(url.render_as_string(False))
        away = lambda: without_server(link, server, engine)  # noqa: E731
    make_to_serve(engine)
    with a_desk(risky, engine, tmp_path) as desk:
        yield Faulty(desk, away)
    engine.dispose()


@contextmanager
def without_file(file: Path) -> Iterator[None]:
    moved = file.with_name("away.db")
    file.rename(moved)
    yield
    moved.rename(file)


@contextmanager
def without_server(link: Path, server: str, engine: Engine) -> Iterator[None]:
    target = link.readlink()
    link.unlink()
    owner = open_engine(server)
    with owner.begin() as connection:
        connection.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname=:n"
            ),
            {"n": engine.url.database},
        )
    owner.dispose()
    yield
    link.symlink_to(target)


def test_while_the_database_is_away_everything_is_refused_and_afterwards_all_works_again(
    faulty: Faulty,
) -> None:
    desk = faulty.desk
    person, vacancy = desk.add_person(), desk.add_vacancy()
    before = faulty.counts()
    with faulty.away():
        answers = [
            desk.get("/v1/persons"),
            desk.get(f"/v1/persons/{person}"),
            desk.post("/v1/persons", PERSON),
            desk.post(f"/v1/vacancies/{vacancy}/shortlists", {}),
            desk.post(f"/v1/persons/{person}/matches", {}),
            desk.post("/v1/sessions", {"username": "ada", "password": "x" * 12}, role=None),
        ]
        for answer in answers:
            assert answer.status_code == 503, answer.text
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.headers["retry-after"] == "5"
        assert desk.get("/readyz", role=None).status_code == 503
        assert desk.get("/healthz", role=None).status_code == 200
    assert faulty.counts() == before
    assert desk.get("/readyz", role=None).status_code == 200
    shortlist = desk.post(f"/v1/vacancies/{vacancy}/shortlists", {})
    assert shortlist.status_code == 201, shortlist.text
    assert faulty.counts()[2] == before[2] + 1
    assert desk.store.verified().problems == ()


def test_a_database_that_goes_away_while_people_are_ranked_leaves_no_shortlist(
    faulty: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = faulty.desk
    desk.add_person()
    vacancy = desk.add_vacancy()
    before = faulty.counts()
    held: list[AbstractContextManager[None]] = []
    matcher = type(desk.app.state.pools.service.matcher)
    ranked = matcher.shortlist

    def and_then_away(*given: object, **more: object) -> object:
        found = ranked(*given, **more)  # type: ignore[arg-type]
        gone = faulty.away()
        gone.__enter__()
        held.append(gone)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(matcher, "shortlist", and_then_away)
        answer = desk.post(f"/v1/vacancies/{vacancy}/shortlists", {})
        held[0].__exit__(None, None, None)
    assert answer.status_code == 503, answer.text
    assert faulty.counts() == before
    assert desk.store.verified().problems == ()


@pytest.fixture
def filled(desk: Desk) -> Iterator[Desk]:
    """A desk whose database cannot grow by a page (SQLITE_FULL), as on a full disk."""

    def limit(connection: sa.Connection) -> None:
        (pages,) = connection.exec_driver_sql("PRAGMA page_count").one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    desk.session(Role.COMMUNITY_MANAGER)
    sa.event.listen(desk.store.engine, "begin", limit)
    yield desk
    sa.event.remove(desk.store.engine, "begin", limit)


def test_on_a_full_disk_what_would_leave_no_trace_is_refused_whole(filled: Desk) -> None:
    body = {"contacts": {**PERSON["contacts"], "caution": "Una parola sola. " * 1000}}
    made = [filled.post("/v1/persons", body) for _ in range(30)]
    there = [answer.json()["id"] for answer in made if answer.status_code == 201]
    refused = [answer for answer in made if answer.status_code != 201]
    assert refused
    assert {answer.status_code for answer in refused} == {503}
    assert "nothing was changed" in refused[-1].json()["detail"]
    with filled.store.reading(everybody()) as work:
        assert {row.id for row in work.rows(persons)} == set(there)
    # Who looked has to be on record: once there is no room for that either, nobody looks.
    looked = [filled.get("/v1/persons").status_code for _ in range(60)]
    assert set(looked) <= {200, 503}
    assert looked[-1] == 503
    with filled.store.reading(everybody()) as work:
        assert work.count(journal, journal.c.act == Act.LIST_PERSONS) == looked.count(200)
    assert filled.get("/v1/me").status_code == 200
    assert filled.get("/readyz", role=None).status_code == 200
    assert filled.store.verified().problems == ()


def test_a_lost_registry_is_said_and_every_result_names_the_model_that_made_it(
    desk: Desk, risky: Service
) -> None:
    desk.add_person()
    vacancy = desk.add_vacancy()
    learned = replace(risky, ranker=a_ranker(), model=ModelStamp(name="ranker", version=1))
    before = desk.post(f"/v1/vacancies/{vacancy}/shortlists", {}).json()
    renew(desk.app, learned)
    promoted = desk.post(f"/v1/vacancies/{vacancy}/shortlists", {}).json()
    said = "The registry cannot be used: its file is away. The last good ranker serves instead."
    renew(desk.app, replace(learned, problems=(said,)))
    lost = desk.post(f"/v1/vacancies/{vacancy}/shortlists", {}).json()
    assert [one["model"]["name"] for one in (before, promoted, lost)] == [
        "baseline", "ranker", "ranker"
    ]  # fmt: skip
    assert lost["matches"] == promoted["matches"]
    assert desk.get("/v1/models").json()["problems"] == [said]
    ready = desk.get("/readyz", role=None)
    assert (ready.status_code, ready.json()["problems"]) == (200, 1)
    # Where the registry is, whoever is not signed in is not told.
    assert "registry" not in ready.text
    kept = desk.get(f"/v1/shortlists/{before['id']}").json()
    assert kept == before


@dataclass
class Clock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now


def test_whatever_the_clock_does_the_journal_keeps_its_order_and_a_session_its_end(
    risky: Service, tmp_path: Path
) -> None:
    began = datetime(2026, 11, 29, 9, tzinfo=UTC)
    clock = Clock(began)
    engine = made("sqlite", tmp_path)
    with a_desk(risky, engine, tmp_path, clock=clock) as desk:
        desk.session(Role.COMMUNITY_MANAGER)
        answers = []
        for minutes in (0, -120, 20, 13 * 60, 25, 13 * 60 + 1):
            clock.now = began + timedelta(minutes=minutes)
            answers.append(desk.post("/v1/persons", PERSON).status_code)
        # Back in time nobody is signed in for longer: the end is a moment, not a duration.
        assert answers == [201, 201, 201, 401, 201, 401]
        assert desk.store.verified().problems == ()
    with engine.connect() as connection:
        moments = connection.execute(
            sa.select(journal.c.at).where(journal.c.act == "add_person").order_by(journal.c.number)
        ).scalars()  # fmt: skip
        assert [round((one - began).total_seconds() / 60) for one in moments] == [0, -120, 20, 25]
    engine.dispose()
