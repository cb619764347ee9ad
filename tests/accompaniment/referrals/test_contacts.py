from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import pytest

from matching.accompaniment.referrals import book, cancelled, contacted, held, moved, not_held
from matching.domain import Appointment, AppointmentState, ContactChannel, ContactMade
from matching.errors import InputError

TODAY = date(2026, 11, 10)
THEN = TODAY + timedelta(days=3)


def booked(**known: Any) -> Appointment:
    given: dict[str, Any] = {
        "id": "a1",
        "person_id": "p",
        "on": THEN,
        "place": "Hub",
        "by": "Ada",
        "as_of": TODAY,
    }
    return book(**(given | known))


@pytest.mark.parametrize("interpreter", [None, "", "uk"])
def test_an_interpreter_is_needed_not_needed_or_not_asked_about(interpreter: str | None) -> None:
    assert booked(interpreter=interpreter).interpreter == interpreter


@pytest.mark.parametrize("interpreter", ["ucraino", "UK", "u1", "é1"])
def test_an_interpreter_of_no_language_is_refused(interpreter: str) -> None:
    with pytest.raises(InputError, match="is no language"):
        booked(interpreter=interpreter)


def test_an_appointment_is_held_or_not_on_its_day_and_not_before() -> None:
    assert held(booked(), by="Ugo", as_of=THEN).state is AppointmentState.HELD
    assert not_held(booked(), by="Ugo", as_of=THEN).state is AppointmentState.NOT_HELD
    with pytest.raises(InputError, match="is on 2026-11-13, after 2026-11-12"):
        held(booked(), by="Ugo", as_of=THEN - timedelta(days=1))


def test_an_appointment_that_is_moved_leaves_one_closed_and_one_booked() -> None:
    later = THEN + timedelta(days=7)
    before, after = moved(booked(), id="a2", on=later, by="Ugo", as_of=TODAY)
    assert (before.state, before.next_id) == (AppointmentState.MOVED, "a2")
    assert (after.state, after.on, after.id) == (AppointmentState.BOOKED, later, "a2")
    with pytest.raises(InputError, match="is that of the appointment that is moved"):
        moved(booked(), id="a1", on=later, by="Ugo", as_of=TODAY)


def test_what_is_over_is_not_changed_again() -> None:
    for over in (
        cancelled(booked(), by="Ada"),
        held(booked(), by="Ada", as_of=THEN),
        moved(booked(), id="a2", on=THEN, by="Ada", as_of=TODAY)[0],
    ):
        with pytest.raises(InputError, match="not booked any more; book another"):
            cancelled(over, by="Ada")
        with pytest.raises(InputError, match="not booked any more"):
            held(over, by="Ada", as_of=THEN)


def test_an_appointment_is_booked_for_a_day_that_is_not_past_by_somebody() -> None:
    assert booked(on=TODAY).on == TODAY
    with pytest.raises(InputError, match="on = 2026-11-09 is before"):
        booked(on=TODAY - timedelta(days=1))
    with pytest.raises(InputError, match="by is blank"):
        booked(by=" ")


def test_a_contact_is_logged_once_it_was_made() -> None:
    given: dict[str, Any] = {
        "person_id": "p",
        "by": "Ada",
        "channel": ContactChannel.PHONE,
        "reached": False,
        "as_of": TODAY,
    }
    assert contacted(on=TODAY, interpreter="", **given).reached is False
    with pytest.raises(InputError, match="on = 2026-11-13 is after"):
        contacted(on=THEN, **given)


def test_there_is_no_field_for_what_was_said_nor_for_why() -> None:
    names = {field.name for kind in (Appointment, ContactMade) for field in fields(kind)}
    assert not names & {"note", "notes", "text", "reason", "why", "about"}
