"""Appointments and the log of contacts. What was said is not kept, nor why one was not held."""

from dataclasses import replace
from datetime import date

from matching.accompaniment.referrals.steps import language, named, not_before
from matching.domain import Appointment, AppointmentState, ContactChannel, ContactMade
from matching.errors import InputError


def book(
    *,
    id: str,
    person_id: str,
    on: date,
    place: str,
    by: str,
    as_of: date,
    interpreter: str | None = None,
) -> Appointment:
    """Book a meeting for a day that is not past.

    Parameters
    ----------
    interpreter
        Language of the interpreter needed (ISO 639-1), "" for none, None where nobody asked yet.

    Raises
    ------
    InputError
        For a blank name, a day that is past, or a language that is none.
    """
    return Appointment(
        id=named(id, "id"),
        person_id=named(person_id, "person_id"),
        on=not_before(on, as_of, "on"),
        place=named(place, "place"),
        by=named(by, "by"),
        interpreter=language(interpreter, "interpreter"),
    )


def held(appointment: Appointment, *, by: str, as_of: date) -> Appointment:
    """Record that it was held.

    Raises
    ------
    InputError
        Where it is not booked, its day is still to come, or for a blank name.
    """
    return _over(appointment, AppointmentState.HELD, by=by, as_of=as_of)


def not_held(appointment: Appointment, *, by: str, as_of: date) -> Appointment:
    """Record that it was not held. It counts against nobody.

    Raises
    ------
    InputError
        As :func:`held`.
    """
    return _over(appointment, AppointmentState.NOT_HELD, by=by, as_of=as_of)


def moved(
    appointment: Appointment, *, id: str, on: date, by: str, as_of: date
) -> tuple[Appointment, Appointment]:
    """Move it to another day: the one before, closed, and the one that takes its place.

    Raises
    ------
    InputError
        Where it is not booked, the new day is past, or for a blank name or the same id.
    """
    _must_be_booked(appointment)
    if id == appointment.id:
        raise InputError(f"id = {id!r} is that of the appointment that is moved; give another.")
    later = replace(
        appointment,
        id=named(id, "id"),
        on=not_before(on, as_of, "on"),
        by=named(by, "by"),
    )
    before = replace(appointment, state=AppointmentState.MOVED, next_id=id, by=by)
    return before, later


def cancelled(appointment: Appointment, *, by: str) -> Appointment:
    """Call it off; no reason is asked.

    Raises
    ------
    InputError
        Where it is not booked, or for a blank name.
    """
    _must_be_booked(appointment)
    return replace(appointment, state=AppointmentState.CANCELLED, by=named(by, "by"))


def contacted(
    *,
    person_id: str,
    on: date,
    by: str,
    channel: ContactChannel,
    reached: bool,
    as_of: date,
    interpreter: str | None = None,
) -> ContactMade:
    """Log a contact that was made or tried.

    Raises
    ------
    InputError
        For a blank name, a day still to come, or a language that is none.
    """
    if on > as_of:
        raise InputError(f"on = {on} is after {as_of}; log a contact once it was made.")
    return ContactMade(
        person_id=named(person_id, "person_id"),
        on=on,
        by=named(by, "by"),
        channel=channel,
        reached=reached,
        interpreter=language(interpreter, "interpreter"),
    )


def _over(
    appointment: Appointment, state: AppointmentState, *, by: str, as_of: date
) -> Appointment:
    _must_be_booked(appointment)
    if appointment.on > as_of:
        raise InputError(
            f"appointment {appointment.id!r} is on {appointment.on}, after {as_of}; move it or "
            "call it off instead."
        )
    return replace(appointment, state=state, by=named(by, "by"))


def _must_be_booked(appointment: Appointment) -> None:
    if appointment.state is not AppointmentState.BOOKED:
        raise InputError(
            f"appointment {appointment.id!r} is {appointment.state.value!r}, not booked any more; "
            "book another."
        )
