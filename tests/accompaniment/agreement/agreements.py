"""Agreed paths made up for tests."""

from datetime import date, timedelta
from typing import Any

from matching.accompaniment.agreement import begin, happen
from matching.domain import InternshipRecord, Measure
from matching.domain.agreement import (
    Agreement,
    Attendance,
    Event,
    Proposer,
    SessionRecorded,
    StepAgreed,
    StepProposed,
    StepStarted,
)

DAY = date(2027, 1, 10)
BY = "Manager di prova"


def on(days: int = 0) -> dict[str, Any]:
    """When and by whom, so many days after the beginning."""
    return {"on": DAY + timedelta(days=days), "by": BY}


def a_path(*events: Event) -> Agreement:
    path = begin(id="percorso-1", person_id="p-01", **on())
    for event in events:
        path = happen(path, event)
    return path


def proposed(step: str = "corso", days: int = 0, **values: Any) -> StepProposed:
    made = {"title": f"Passo {step}", "proposer": Proposer.HUB, "service": step}
    return StepProposed(step=step, **{**made, **values}, **on(days))


def a_started_path(days: int = 0, **values: Any) -> Agreement:
    """A path whose one step was proposed, agreed to and begun."""
    return a_path(
        proposed(**values),
        StepAgreed(step="corso", **on()),
        StepStarted(step="corso", **on(days)),
    )


def attended(path: Agreement, *sessions: tuple[int, Attendance]) -> Agreement:
    for days, attendance in sessions:
        held = DAY + timedelta(days=days)
        path = happen(
            path, SessionRecorded(step="corso", held_on=held, attendance=attendance, **on(days))
        )
    return path


def an_internship(**values: Any) -> InternshipRecord:
    """One with all its papers."""
    made: dict[str, Any] = {
        "id": "tirocinio-1",
        "person_id": "p-01",
        "promoter": "Ente promotore",
        "host": "Officina",
        "agreement_on": DAY,
        "project_on": DAY,
        "promoter_tutor": "Tutor uno",
        "host_tutor": "Tutor due",
        "accident_insured_from": DAY,
        "liability_insured_from": DAY,
        "starts_on": DAY + timedelta(days=5),
    }
    return InternshipRecord(**{**made, **values})


INTERNSHIP = {"measure": Measure.INTERNSHIP}
