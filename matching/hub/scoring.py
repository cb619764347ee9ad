"""Whether anything may be computed about people here: approved, and not stopped."""

import json

from matching.domain.access import Act
from matching.errors import ConflictError, InputError
from matching.store import Work
from matching.store.chain import canonical
from matching.store.tables import installation

APPROVAL, STOPPED, REASON = "dpia_approval", "scoring_stopped", "scoring_reason"
LONGEST = 200
_REASON_PLACE = f"installation.value:{REASON}"


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


def stop(work: Work, *, stopped: bool, reason: str | None = None) -> None:
    """Stop computing, or begin again; it counts from the next request on, everywhere.

    A ``reason`` is kept, sealed, until it is switched again; the journal says that there was one.
    """
    set_fact(work, STOPPED, json.dumps(stopped))
    work.remove(installation, installation.c.name == REASON)
    if reason is not None:
        set_fact(work, REASON, _sealed(work, reason))
    work.tell(
        Act.STOP_SCORING, "installation", None, stopped=stopped, has_reason=reason is not None
    )


def reason_of_switch(work: Work) -> str | None:
    """Why computing was stopped, or began again, the last time; None where nobody said."""
    kept = fact(work, REASON)
    if kept is None:
        return None
    held = json.loads(kept)
    return work.unseal(bytes.fromhex(held["sealed"]), held["key_id"], _REASON_PLACE).decode()


def seal_reason_anew(work: Work) -> int:
    """Seal with the current key a reason that an older one sealed; 1 or 0."""
    kept, reason = fact(work, REASON), reason_of_switch(work)
    if kept is None or reason is None or json.loads(kept)["key_id"] == work.ring.current:
        return 0
    set_fact(work, REASON, _sealed(work, reason))
    return 1


def _sealed(work: Work, reason: str) -> str:
    sealed, key_id = work.seal(reason.encode(), _REASON_PLACE)
    return canonical({"key_id": key_id, "sealed": sealed.hex()})


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
