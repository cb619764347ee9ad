"""Where a person may have left a trace besides her file: an account, work in the background."""

import sqlalchemy as sa

from matching.errors import KeyringError
from matching.hub.accounts import DISABLED, held
from matching.hub.accounts_names import NO_NAME
from matching.hub.requests import answer_place
from matching.store import Work
from matching.store.person_keys import PersonKey
from matching.store.tables import (
    accounts,
    invitations,
    job_rows,
    jobs,
    kept_requests,
    sessions,
)

_UNFINISHED = ("queued", "running")
_CANCELLED = "cancelled"


def clear_account(work: Work, person_id: str) -> int:
    """Disable and empty the account of a person; 1 or 0.

    The row stays, without anything of hers: the journal names it as who acted.
    """
    rows = work.rows(accounts, accounts.c.person_id == person_id)
    for row in rows:
        held(work, row.id)
        work.remove(sessions, sessions.c.account_id == row.id)
        work.remove(invitations, invitations.c.account_id == row.id)
        work.change(
            accounts,
            {
                **NO_NAME, "person_id": None, "state": DISABLED, "password_hash": None,
                "totp_sealed": None, "key_id": None, "totp_step": None, "external_subject": None,
                "locked_until": None,
            },
            accounts.c.id == row.id,
        )  # fmt: skip
    return len(rows)


def clear_work(work: Work, key: PersonKey) -> int:
    """Take a person out of work in the background, done or to be done; how many rows."""
    names = (key.person_id, key.pseudonym)
    done = work.change(job_rows, {"subject": None}, job_rows.c.subject.in_(names))
    about = sa.or_(
        *(
            column.contains(name, autoescape=True)
            for column in (jobs.c.settings, jobs.c.report, jobs.c.once_key)
            for name in names
        )
    )
    for row in work.rows(jobs, about):
        state = _CANCELLED if row.state in _UNFINISHED else row.state
        work.change(
            jobs,
            {"settings": "{}", "report": None, "once_key": None, "state": state},
            jobs.c.id == row.id,
        )
        done += 1
    return done


def clear_answers(work: Work, key: PersonKey) -> int:
    """Remove answers to requests, kept for a day or two, that tell of a person; how many."""
    names = (key.person_id.encode(), key.pseudonym.encode())
    gone = 0
    for row in work.rows(kept_requests):
        place = answer_place(row.actor, row.request_key)
        try:
            answer = work.unseal(row.sealed_answer, row.key_id, place)
        except KeyringError:
            # Nobody can say any more whom it tells of.
            answer = names[0]
        if any(name in answer for name in names):
            gone += work.remove(
                kept_requests,
                kept_requests.c.actor == row.actor,
                kept_requests.c.request_key == row.request_key,
            )
    return gone
