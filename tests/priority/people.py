"""People in charge, assessments and events made up here."""

from datetime import date, timedelta

from matching.domain import Assessed, CaseEvent, Chance, Happened, InCharge

TODAY = date(2026, 11, 1)


def in_charge(person: str, *, since: int = 400, silent: int | None = 0) -> InCharge:
    """A person in charge for so many days, in touch so many days ago; None for never."""
    contact = None if silent is None else TODAY - timedelta(days=silent)
    return InCharge(person_id=person, since=TODAY - timedelta(days=since), last_contact=contact)


def assessed(
    person: str,
    value: float,
    *,
    ago: int = 10,
    around: float = 0.0,
    model: str = "risk 1",
    because: CaseEvent | None = None,
) -> Assessed:
    """An assessment made so many days ago; the interval lies ``around`` the chance."""
    return Assessed(
        person_id=person,
        as_of=TODAY - timedelta(days=ago),
        no_work=Chance(value=value, lower=max(value - around, 0.0), upper=min(value + around, 1.0)),
        model=model,
        because=because,
    )


def happened(person: str, event: CaseEvent, *, ago: int) -> Happened:
    return Happened(person_id=person, on=TODAY - timedelta(days=ago), event=event)
