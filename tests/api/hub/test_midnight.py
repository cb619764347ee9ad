"""Between midnight in Italy and midnight in UTC, a day of today is today's."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from matching.service import Service
from tests.api.hub.agreeing import COURSE, a_path, hers, step_to
from tests.api.hub.desk import Desk, a_desk
from tests.databases import made

SUMMER = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
WINTER = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)


@pytest.fixture(params=[SUMMER, WINTER], ids=["summer", "winter"])
def moment(request: pytest.FixtureRequest) -> datetime:
    found: datetime = request.param
    return found


@pytest.fixture
def late(risky: Service, tmp_path: Path, moment: datetime) -> Iterator[Desk]:
    engine = made("sqlite", tmp_path)
    with a_desk(risky, engine, tmp_path, clock=lambda: moment) as found:
        yield found
    engine.dispose()


@pytest.fixture
def today(moment: datetime) -> date:
    return moment.date() + timedelta(days=1)


def read(desk: Desk, path: str) -> dict[str, Any]:
    answer = desk.get(path)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_what_happened_today_is_recorded_and_what_happens_tomorrow_is_not(
    late: Desk, today: date
) -> None:
    person = late.add_person(informed=False)
    body = {"person_id": person, "kind": "work", "happened_on": str(today)}
    assert late.post("/v1/outcomes", body).status_code == 201
    tomorrow = {**body, "happened_on": str(today + timedelta(days=1))}
    assert late.post("/v1/outcomes", tomorrow).status_code == 422
    path = a_path(late, person, COURSE)
    agreed = {"more": {"on": str(today)}, **hers(person)}
    assert step_to(late, path, COURSE, "agreed", 2, **agreed).status_code == 200
    started = {"more": {"on": str(today + timedelta(days=1))}}
    assert step_to(late, path, COURSE, "started", 3, **started).status_code == 422


def test_a_file_and_its_confirmation_are_of_today(late: Desk, today: date) -> None:
    yesterday = str(today - timedelta(days=1))
    person = late.add_person(informed=False, taken_on=yesterday)
    file = read(late, f"/v1/persons/{person}")
    assert (file["taken_on"], file["confirmed_on"]) == (yesterday, str(today))
    changed = late.ask(
        "PATCH", f"/v1/persons/{person}", {"confirmed": True},
        headers={"if-match": f'"{file["version"]}"'},
    )  # fmt: skip
    assert changed.status_code == 200, changed.text
    assert read(late, f"/v1/persons/{person}")["confirmed_on"] == str(today)
    assert read(late, f"/v1/persons/{late.add_person('Eva')}")["taken_on"] == str(today)


def test_a_vacancy_of_today_is_ranked_today(late: Desk, today: date) -> None:
    vacancy = late.add_vacancy()
    dated = late.add_vacancy(opened_on=str(today), expires_on=str(today))
    assert read(late, f"/v1/vacancies/{vacancy}")["opened_on"] == str(today)
    person = late.add_person()
    answer = late.post(f"/v1/persons/{person}/matches", {}).json()
    assert answer["as_of"] == str(today)
    assert {one["vacancy_id"] for one in answer["matches"]} == {vacancy, dated}


def test_moments_stay_in_utc(late: Desk, moment: datetime) -> None:
    person = late.add_person(informed=False)
    assert late.post(f"/v1/persons/{person}/notes", {"text": "Un colloquio."}).status_code == 201
    (note,) = read(late, f"/v1/persons/{person}/notes")["notes"]
    assert note["written_at"] == moment.isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize(
    ("posted", "opened"),
    [
        ("2026-06-30T23:30:00Z", "2026-07-01"),
        ("2026-06-30T23:30:00+02:00", "2026-06-30"),
        ("2026-06-30T23:30", "2026-06-30"),
        ("9999-12-31T23:30:00-12:00", None),
    ],
)
def test_a_posting_of_the_web_is_of_the_day_that_its_moment_is_of_here(
    shared_desk: Desk, posted: str, opened: str | None
) -> None:
    posting = {
        "@context": "https://schema.org/", "@type": "JobPosting", "title": "Magazziniere/a",
        "description": "<p>Carico e scarico merci.</p>", "datePosted": posted,
    }  # fmt: skip
    headers = {"content-type": "application/ld+json"}
    answer = shared_desk.post("/v1/vacancies", posting, headers=headers)
    assert answer.status_code == (422 if opened is None else 201), answer.text
    if opened is not None:
        found = read(shared_desk, f"/v1/vacancies/{answer.json()['id']}")
        assert found["opened_on"] == opened
