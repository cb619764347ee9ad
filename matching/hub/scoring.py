"""Whether anything may be computed about people here: approved, and not stopped."""

import json

from matching.domain.access import Act
from matching.errors import ConflictError, InputError
from matching.store import Work
from matching.store.tables import installation

APPROVAL, STOPPED = "dpia_approval", "scoring_stopped"
LONGEST = 200


def fact(work: Work, name: str) -> str | None:
    """A fact of the installation, None where it was never set."""
    row = work.by(installation, name=name)
    return None if row is None else str(row.value)


def set_fact(work: Work, name: str, value: str) -> None:
    """Set a fact of the installation. Telling the journal is left to the caller."""
    values = {"value": value, "changed_at": work.now}
    if not work.change(installation, values, installation.c.name == name):
        work.add(installation, {"name": name, **values})


def approve(work: Work, approval: str) -> None:
    """Record the number of the impact assessment (GDPR art. 35) under which people are scored.

    Raises
    ------
    InputError
        For a blank one, or one too long to be a number.
    """
    if not 0 < len(approval.strip()) <= LONGEST:
        raise InputError(f"The number of the assessment is of 1 to {LONGEST} characters.")
    set_fact(work, APPROVAL, json.dumps({"id": approval.strip(), "on": str(work.today)}))
    work.tell(Act.STOP_SCORING, "installation", None, approved=True)


def stop(work: Work, *, stopped: bool) -> None:
    """Stop computing, or begin again; it counts from the next request on, everywhere."""
    set_fact(work, STOPPED, json.dumps(stopped))
    work.tell(Act.STOP_SCORING, "installation", None, stopped=stopped)


def is_stopped(work: Work) -> bool:
    """Whether whoever watches over it stopped computing."""
    return fact(work, STOPPED) == "true"


def check_not_stopped(work: Work) -> None:
    """Refuse to compute where it was stopped.

    Raises
    ------
    ConflictError
        Saying so.
    """
    if is_stopped(work):
        raise ConflictError(
            "Computing was stopped here by whoever watches over it. Files, decisions and the desk "
            "work on; ask the administration when it begins again."
        )


def check_scoring(work: Work) -> None:
    """Refuse to compute about people on file where it was stopped, or never approved.

    Raises
    ------
    ConflictError
        Saying which, and what helps.
    """
    check_not_stopped(work)
    if fact(work, APPROVAL) is None:
        raise ConflictError(
            "No impact assessment (GDPR art. 35) is on record, so nothing is computed about "
            "people. The administration records its number with: valoriamo approve NUMBER."
        )
