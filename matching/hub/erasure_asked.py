"""An erasure that somebody asked for: whether accounts keep a part of the file for some years."""

from dataclasses import dataclass
from datetime import date

from matching.errors import ConflictError
from matching.hub.erasure import Cause, Erased, erase
from matching.hub.people import RESTRICTED, row_of, tell_opening
from matching.hub.retention_policy import Duty, RetentionPolicy
from matching.store import Work
from matching.store.person_keys import key_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureAsked:
    """What is asked, and what is known of money that the fund paid.

    ``ledger_day`` is the last day on which the ledger of the installation has something for her,
    ``paid_on`` what whoever asks knows besides; None where nothing is known.
    """

    person_id: str
    cause: Cause
    ledger_day: date | None = None
    paid_on: date | None = None
    reason: str | None = None


def erase_as_asked(work: Work, asked: ErasureAsked, policy: RetentionPolicy) -> Erased:
    """Erase a person, or restrict her file as long as accounts about her must be kept.

    Raises
    ------
    UnknownError
        Where there is no such person for whoever asks.
    ForbiddenError
        For a protected file, by somebody else than its manager, without a reason.
    ConflictError
        For a file that is restricted already and whose time is not over.
    """
    row = row_of(work, asked.person_id)
    today = work.today
    if row.state == RESTRICTED and row.restricted_until >= today:
        raise ConflictError(
            "All that could be erased of this person is erased. The rest is kept for accounts "
            f"until {row.restricted_until}, untouched, and then goes by itself."
        )
    tell_opening(work, row, key_of(work, asked.person_id), asked.reason)
    paid = max((day for day in (asked.ledger_day, asked.paid_on) if day is not None), default=None)
    until = None if paid is None else policy.restricted_until(Duty.ACCOUNTS, paid)
    return erase(
        work,
        asked.person_id,
        cause=asked.cause,
        restrict_until=until if until is not None and until >= today else None,
    )
