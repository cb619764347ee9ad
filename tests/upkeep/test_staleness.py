"""What leaves the pool, on which day, and what is said of it."""

from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import Absence, Fact, Facts, Profile, Vacancy
from matching.features import COLUMNS
from matching.territory import Limits, Territory
from matching.upkeep import (
    Opening,
    deadline_of,
    profiles_left_out,
    still_here,
    vacancies_left_out,
)
from matching.wording import load_wording

WORDING = load_wording(Path(__file__).parents[2] / "data" / "wording", "it")
LIMITS = Limits(profile_months=6, vacancy_days=60, reason="prova", source="prova")
DAY = date(2026, 3, 31)


def profiles(confirmed: dict[str, date | None], as_of: date):  # type: ignore[no-untyped-def]
    return profiles_left_out(confirmed, limits=LIMITS, as_of=as_of, wording=WORDING)


def vacancies(opening: Opening, as_of: date):  # type: ignore[no-untyped-def]
    return vacancies_left_out([opening], limits=LIMITS, as_of=as_of, wording=WORDING)


def stating(value: str, evidence: str) -> Facts:
    return Facts(deadline=Fact(value=value, evidence=evidence, start=0, end=len(evidence)))


def test_a_profile_leaves_the_day_after_its_months_and_says_what_brings_it_back() -> None:
    assert profiles({"1": DAY}, date(2026, 9, 30)) == ()
    (left,) = profiles({"1": DAY}, date(2026, 10, 1))
    assert (left.id, left.why, left.since) == ("1", Absence.STALE_PROFILE, date(2026, 10, 1))
    assert left.text == (
        "Ultimo aggiornamento il 31/03/2026, più di 6 mesi fa: chieda alla persona se cerca "
        "ancora; con la conferma rientra."
    )


def test_a_vacancy_leaves_the_day_after_its_deadline_however_new_it_is() -> None:
    opening = Opening(id="v", opened=DAY, deadline=date(2026, 4, 10))
    assert vacancies(opening, date(2026, 4, 10)) == ()
    (left,) = vacancies(opening, date(2026, 4, 11))
    assert (left.why, left.since) == (Absence.EXPIRED_VACANCY, date(2026, 4, 11))
    assert "si chiudevano il 10/04/2026" in left.text


def test_a_vacancy_with_a_deadline_to_come_stays_however_old_it_is() -> None:
    assert vacancies(Opening(id="v", opened=date(2020, 1, 1), deadline=DAY), DAY) == ()


def test_a_vacancy_without_a_deadline_leaves_after_the_days_of_the_territory() -> None:
    opening = Opening(id="v", opened=DAY)
    assert vacancies(opening, DAY + timedelta(days=60)) == ()
    (left,) = vacancies(opening, DAY + timedelta(days=61))
    assert left.since == DAY + timedelta(days=61)
    assert "senza scadenza, più di 60 giorni fa" in left.text


def test_what_has_no_date_stays_and_is_known_to_be_undated() -> None:
    far = date(2199, 1, 1)
    assert profiles({"1": None}, far) == ()
    assert vacancies(Opening(id="v"), far) == ()
    assert not Opening(id="v").dated
    assert Opening(id="v", opened=DAY).dated
    assert Opening(id="v", deadline=DAY).dated


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 3000))
def test_who_has_left_stays_away_until_confirmed_and_nobody_leaves_early(
    confirmed: date, days: int
) -> None:
    as_of = confirmed + timedelta(days=days)
    left = profiles({"1": confirmed}, as_of)
    assert bool(left) == (days > 180) or 180 <= days <= 185
    assert not left or left[0].since <= as_of
    assert not left or profiles({"1": confirmed}, as_of + timedelta(days=1)) == left
    assert profiles({"1": as_of}, as_of) == ()


def test_a_date_after_the_day_is_no_reason_to_leave() -> None:
    assert profiles({"1": date(2027, 1, 1)}, DAY) == ()


def test_the_others_are_still_here_in_their_order() -> None:
    people = [Profile(id=name) for name in "cab"]
    left = profiles({"a": date(2020, 1, 1), "b": None, "c": DAY}, DAY)
    assert [person.id for person in still_here(people, left)] == ["c", "b"]


@pytest.mark.parametrize(
    ("facts", "opened", "deadline"),
    [
        (Facts(), DAY, None),
        (stating("2026-04-30", "entro il 30/04/2026"), None, date(2026, 4, 30)),
        (stating("2026-04-30", "scadenza 30.4.26"), DAY, date(2026, 4, 30)),
        (stating("2026-04-30", "entro il 2026-04-30"), None, date(2026, 4, 30)),
        # Read a year later, a day without a year would always be one to come.
        (stating("2027-04-30", "entro il 30 aprile"), DAY, date(2026, 4, 30)),
        (stating("2027-03-15", "entro il 15/03"), DAY, date(2027, 3, 15)),
        (stating("2028-02-29", "entro fine febbraio"), DAY, date(2027, 2, 28)),
        (stating("2027-04-30", "entro il 30 aprile"), None, None),
    ],
)
def test_a_deadline_without_a_year_is_the_first_from_the_opening_on(
    facts: Facts, opened: date | None, deadline: date | None
) -> None:
    assert deadline_of(facts, opened) == deadline


def test_no_date_of_update_can_reach_a_score() -> None:
    for kind in (Profile, Vacancy):
        names = {field.name for field in fields(kind)}
        assert not names & {"updated", "confirmed", "opened", "opens", "since"}
    parts = {part for column in COLUMNS for part in str(column).split("_")}
    assert not parts & {"updated", "confirmed", "opened", "opens", "deadline", "stale"}


def test_the_territory_says_its_limits_with_reason_and_source(territory: Territory) -> None:
    assert territory.limits.profile_months >= 1
    assert territory.limits.vacancy_days >= 1
    assert territory.limits.reason.startswith("Assunzione")
    assert territory.limits.source
