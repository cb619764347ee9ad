"""A person is erased: her rows removed, her key destroyed, what stays is of nobody any more.

Results, decisions, answers and the journal stay as they were, under a pseudonym that leads
nowhere: without her key the texts in them open no more. Where accounts must be kept because the
fund paid something for her, her file is restricted instead (GDPR art. 18): what accounts do not
need is removed, and nothing that is left may be worked with.

After the commit the caller notes the pseudonym outside the database
(:func:`matching.operations.erased_file.note_erased`), so that a restored backup is gone over
again, and calls :func:`clear_log`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row

from matching.domain.access import Act
from matching.errors import InputError, StoreError
from matching.hub.erasure_traces import clear_account, clear_answers, clear_work
from matching.hub.households import leave_household
from matching.hub.people import RESTRICTED, row_of
from matching.hub.proposal_rows import LIVE, ProposalState
from matching.hub.protected import remove_protected
from matching.hub.revisions import PERSONS, changed
from matching.store import Store, Work
from matching.store.engine import is_sqlite
from matching.store.person_keys import PersonKey, destroy_key, key_of, key_of_pseudonym
from matching.store.tables import (
    consents,
    contests,
    decisions,
    documents,
    erased,
    identities,
    metadata,
    notes,
    notices_given,
    outcomes,
    person_keys,
    persons,
    plan_events,
    profiles,
    proposals,
    protected_attributes,
    referrals,
    reserved_reports,
    result_entries,
    results,
)


class Cause(StrEnum):
    """Why somebody is erased."""

    ASKED = "asked"
    RETENTION = "retention"
    MISTAKE = "mistake"
    RESTORED = "restored"


REMOVED: Sequence[sa.Table] = (
    consents, documents, notes, profiles, plan_events, referrals, result_entries, notices_given,
    identities,
)  # fmt: skip
"""Tables whose rows about her are removed, those that point to others first."""

NEEDED_FOR_ACCOUNTS: frozenset[sa.Table] = frozenset({plan_events, notices_given, identities})
"""Of these, those that accounts need: whom the fund paid for, and what was agreed."""

EMPTIED: Mapping[sa.Table, Mapping[str, None]] = MappingProxyType(
    {
        proposals: {"sealed_evidence": None, "sealed_reason": None},
        contests: {"sealed_text": None},
        decisions: {"sealed_reason": None},
        # The number that another program gave to an outcome may lead to her there.
        outcomes: {"sealed": None, "external_word": None},
    }
)  # fmt: skip
"""Tables whose rows stay, under the pseudonym, without what was written about her."""

UNCHANGED: Sequence[sa.Table] = (results,)
"""Tables that name her by pseudonym alone."""

_APART = (persons, person_keys, protected_attributes)  # each removed in a way of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What an erasure did: rows removed and emptied by table.

    ``restricted_until`` is the last day of a restriction, None where nothing of her is left;
    ``recipients`` are organisations that her name was sent to, who are to be told (GDPR art. 19).
    """

    pseudonym: str = field(repr=False)
    hub: str
    restricted_until: date | None
    removed: Mapping[str, int]
    emptied: Mapping[str, int]
    recipients: tuple[str, ...]


def erase(
    work: Work, person_id: str, *, cause: Cause, restrict_until: date | None = None
) -> Erased:
    """Erase a person, or restrict her file.

    Parameters
    ----------
    work
        Of whoever may (:attr:`matching.domain.access.Act.ERASE_PERSON`).
    person_id
        Whom.
    cause
        Why.
    restrict_until
        The last day on which accounts about her must be kept; None where the fund paid nothing.

    Raises
    ------
    UnknownError
        Where there is no such person for whoever asks.
    InputError
        For a day that is past.
    StoreError
        For a table about people that this module knows nothing of.
    """
    check_every_table()
    if restrict_until is not None and restrict_until < work.today:
        raise InputError(f"{restrict_until} is past: nothing needs to be kept until then.")
    row = row_of(work, person_id)
    key = key_of(work, person_id)
    kept = NEEDED_FOR_ACCOUNTS if restrict_until is not None else frozenset()
    recipients = _recipients(work, key)
    removed = _removed(work, key, kept)
    emptied = _emptied(work, key)
    if row.household_id is not None:
        gone = leave_household(work, row.household_id, key.pseudonym)
        removed["households"] = int(gone)
        emptied["households"] = int(not gone)
    removed["protected_attributes"] = remove_protected(work, key.pseudonym)
    removed["kept_requests"] = clear_answers(work, key)
    emptied["accounts"] = clear_account(work, person_id)
    emptied["jobs"] = clear_work(work, key)
    if restrict_until is None:
        removed["persons"] = work.remove(persons, persons.c.id == person_id)
        destroy_key(work, person_id)
        removed["person_keys"] = 1
        _note(work, key, row.hub, cause)
    else:
        _restrict(work, row, restrict_until)
    changed(work, row.hub, PERSONS)
    done = Erased(
        pseudonym=key.pseudonym, hub=row.hub, restricted_until=restrict_until,
        removed=_some(removed), emptied=_some(emptied), recipients=recipients,
    )  # fmt: skip
    work.tell(
        Act.ERASE_PERSON, "person", key.pseudonym, hub=row.hub, cause=cause,
        restricted_until=None if restrict_until is None else str(restrict_until),
        removed=dict(done.removed), emptied=dict(done.emptied),
    )  # fmt: skip
    return done


def erase_again(work: Work, pseudonym: str) -> None:
    """Erase whom a restored backup brought back; nothing where she is not in it."""
    key = key_of_pseudonym(work, pseudonym)
    if key is not None:
        erase(work, key.person_id, cause=Cause.RESTORED)


def clear_log(store: Store) -> None:
    """Write what was committed into the file itself, so that no older page lies in SQLite's log.

    Pages that a removed row was on are overwritten there (``secure_delete``). PostgreSQL clears
    its own with VACUUM.
    """
    if not is_sqlite(store.engine):
        return
    connection = store.engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def check_every_table() -> None:
    """Refuse to erase while a table about people is unknown here: something of her would stay.

    Raises
    ------
    StoreError
        Naming the table.
    """
    check_known(
        {*REMOVED, *EMPTIED, *UNCHANGED, *_APART},
        "and erasure does not know it. Nothing was erased; add it to matching.hub.erasure.",
    )


def check_known(known: Collection[sa.Table], otherwise: str) -> None:
    """Refuse a schema with a table about people that is not among those known.

    Raises
    ------
    StoreError
        Naming the table; ``otherwise`` ends the sentence.
    """
    for table in metadata.sorted_tables:
        if table.info["subject"] is not None and table not in known:
            raise StoreError(f"The table {table.name} is about people, {otherwise}")


def about_her(table: sa.Table, key: PersonKey) -> sa.ColumnElement[bool]:
    """The condition that a row of a table is about a person."""
    subject = str(table.info["subject"])
    name = key.pseudonym if subject == "pseudonym" else key.person_id
    return table.c[subject] == name


def _removed(work: Work, key: PersonKey, kept: frozenset[sa.Table]) -> dict[str, int]:
    return {
        table.name: work.remove(table, about_her(table, key))
        for table in REMOVED
        if table not in kept
    }


def _emptied(work: Work, key: PersonKey) -> dict[str, int]:
    hers = sa.select(proposals.c.id).where(work.seen(proposals), about_her(proposals, key))
    # A refusal that discriminated stays on record by its ground, without a word about her.
    done = {
        "reserved_reports": work.change(
            reserved_reports, {"sealed_text": None}, reserved_reports.c.proposal_id.in_(hers)
        )
    }
    work.change(
        proposals, {"state": ProposalState.WITHDRAWN}, about_her(proposals, key),
        proposals.c.state.in_(LIVE),
    )  # fmt: skip
    # What nobody decided yet nobody can decide any more: without her there is nothing to answer.
    work.remove(contests, about_her(contests, key), contests.c.decided_by.is_(None))
    for table, values in EMPTIED.items():
        done[table.name] = work.change(table, values, about_her(table, key))
    return done


def _recipients(work: Work, key: PersonKey) -> tuple[str, ...]:
    rows = work.rows(proposals, about_her(proposals, key), proposals.c.sent_at.is_not(None))
    return tuple(sorted({row.organisation_id for row in rows}))


def _restrict(work: Work, row: Row[Any], until: date) -> None:
    words = {"name_word": None, "contact_word": None}
    work.change(identities, words, identities.c.person_id == row.id)
    work.change(
        persons,
        {
            "state": RESTRICTED, "restricted_until": until, "manager_id": None, "point": None,
            "changed_at": work.now,
        },
        persons.c.id == row.id,
    )  # fmt: skip


def _note(work: Work, key: PersonKey, hub: str, cause: Cause) -> None:
    if work.first(erased, erased.c.pseudonym == key.pseudonym) is None:
        work.add(
            erased,
            {"pseudonym": key.pseudonym, "hub": hub, "erased_at": work.now, "cause": cause},
        )


def _some(counts: Mapping[str, int]) -> Mapping[str, int]:
    return MappingProxyType({name: count for name, count in sorted(counts.items()) if count})
