"""Protected files that somebody else opened, told to the manager in charge."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from matching.domain.access import Act
from matching.hub.accounts_names import names_of
from matching.hub.charge import protected_in_charge
from matching.hub.notes import texts_of
from matching.store import Work
from matching.store.tables import accounts, journal


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFile:
    """A protected file that somebody else opened: who, when, and the reason that was given.

    ``opened_by`` is an account, ``username`` its name, None once it was removed.
    """

    person_id: str = field(repr=False)
    opened_by: str
    username: str | None
    opened_at: datetime
    reason: str = field(repr=False)


def opened_by_others(work: Work, since: datetime) -> Sequence[OpenedFile]:
    """Openings, since a moment, of protected files that whoever acts is in charge of.

    The first comes first. Each is there until the manager in charge opens that file after it.
    Telling the journal is left to the caller.
    """
    keys = protected_in_charge(work)
    by_others = sa.and_(journal.c.act == Act.OPEN_PROTECTED_FILE, journal.c.actor != work.actor.id)
    read = sa.and_(journal.c.act == Act.READ_PERSON, journal.c.actor == work.actor.id)
    waiting: dict[str, list[sa.Row[tuple[object, ...]]]] = {}
    for entry in work.rows(
        journal, journal.c.subject.in_(sorted(keys)), journal.c.at >= since,
        sa.or_(by_others, read), order=[journal.c.number],
    ):  # fmt: skip
        if entry.act == Act.READ_PERSON:
            waiting.pop(entry.subject, None)
        else:
            waiting.setdefault(entry.subject, []).append(entry)
    found = sorted((one for some in waiting.values() for one in some), key=lambda one: one.number)
    names = names_of(work, work.rows(accounts, accounts.c.id.in_({one.actor for one in found})))
    noted = {json.loads(one.detail)["note"]: keys[one.subject] for one in found}
    reasons = texts_of(work, noted)
    return [
        OpenedFile(
            person_id=keys[one.subject].person_id, opened_by=one.actor,
            username=names.get(one.actor), opened_at=one.at, reason=reasons[note],
        )
        for one, note in zip(found, noted, strict=True)
    ]  # fmt: skip
