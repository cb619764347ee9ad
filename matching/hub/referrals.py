"""Referrals to a hub: with the person's agreement, sealed until the hub takes charge.

Whoever referred sees the state and nothing else. Without an agreement nothing is kept; one that is
taken back leaves the kind of source and the month. Once she is taken in charge, or not, name and
contacts are in her file or nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy import Row

from matching.accompaniment.referrals import advance, receive, referrer_view, withdraw
from matching.domain import Counted, Moved, Referral, ReferralState, ReferrerView, SourceKind
from matching.domain.access import Act, Role
from matching.errors import ConflictError, InputError, StaleError, UnknownError
from matching.hub.people import Contacts, NewPerson, add_person
from matching.store import Work
from matching.store.person_keys import key_of
from matching.store.tables import organisations, referrals
from matching.store.work import new_id

WITHDRAWN = "withdrawn"
"""The state of a referral to which the person no longer agrees: a count, and nobody's."""

_NOBODY = "nobody"
_HELD = frozenset({ReferralState.RECEIVED, ReferralState.CONTACTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReferral:
    """Somebody who agreed, on a day, that a hub is told of her."""

    hub: str
    source: SourceKind
    contacts: Contacts
    agreed_on: date
    note: str | None = field(default=None, repr=False)
    organisation_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralSeen:
    """A referral as the hub sees it; ``contacts`` and ``note`` until it was decided on."""

    referral: Referral
    hub: str
    version: int
    organisation_id: str | None
    contacts: Contacts | None = field(default=None, repr=False)
    note: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sealed:
    moves: tuple[Moved, ...]
    contacts: Contacts | None = None
    note: str | None = None


_SEALED = TypeAdapter(_Sealed)


def refer(work: Work, new: NewReferral) -> str:
    """Tell a hub of somebody who agreed to it; the referral's identifier.

    Raises
    ------
    UnknownError
        For a hub or an organisation that the actor may not touch.
    InputError
        For an agreement that is still to come.
    """
    today = work.today
    company = _organisation(work, new.organisation_id)
    referral_id = new_id()
    received = receive(
        id=referral_id, source=new.source, referrer=company or new.source.value, on=today,
        by=work.actor.id, person_id=referral_id, agreed_on=new.agreed_on,
    )  # fmt: skip
    if isinstance(received, Counted):
        raise InputError("Nobody is referred without her agreement; say on which day she gave it.")
    content = _Sealed(moves=received.moves, contacts=new.contacts, note=new.note)
    sealed, key_id = work.seal(_SEALED.dump_json(content), _place(referral_id))
    work.add(
        referrals,
        {
            "id": referral_id, "hub": new.hub, "organisation_id": company,
            "state": received.state, "source_kind": new.source, "network": new.source.network,
            "sealed": sealed, "key_id": key_id, "agreed_on": new.agreed_on,
            "made_by": work.actor.id, "made_at": work.now, "version": 1,
        },
    )  # fmt: skip
    work.tell(
        Act.REFER, "referral", referral_id, hub=new.hub, source=new.source, organisation=company
    )
    return referral_id


def referral_states(
    work: Work, *, after: str | None = None, limit: int | None = None
) -> Sequence[ReferrerView]:
    """What became of one's own referrals: the state and since when. A manager sees the hub's.

    In the order of their identifiers; ``after`` is the one that the page comes after.
    """
    rows = _page(work, after, limit)
    return [referrer_view(_referral(row, _opened(work, row))) for row in rows]


def list_referrals(
    work: Work,
    *,
    after: str | None = None,
    limit: int | None = None,
    state: ReferralState | None = None,
) -> Sequence[ReferralSeen]:
    """The referrals to a hub, for the hub, without names; pages as of :func:`referral_states`.

    Raises
    ------
    UnknownError
        For whoever refers.
    """
    if work.actor.role is Role.REFERRER:
        raise UnknownError("There is no list of a hub's referrals for whoever asks.")
    rows = _page(work, after, limit, *([] if state is None else [referrals.c.state == state]))
    return [
        ReferralSeen(
            referral=_referral(row, _opened(work, row)), hub=row.hub, version=row.version,
            organisation_id=row.organisation_id,
        )
        for row in rows
    ]  # fmt: skip


def referral_state(work: Work, referral_id: str) -> ReferrerView:
    """What became of one referral, for whoever made it.

    Raises
    ------
    UnknownError
        Where there is none of one's own.
    """
    row = _row(work, referral_id)
    work.tell(Act.READ_REFERRAL, "referral", row.id, hub=row.hub)
    return referrer_view(_referral(row, _opened(work, row)))


def read_referral(work: Work, referral_id: str) -> ReferralSeen:
    """A referral with name and contacts, for the hub; the reading is told to the journal.

    Raises
    ------
    UnknownError
        Where there is none for whoever asks, also for whoever made it.
    """
    row = _row_of_hub(work, referral_id)
    content = _opened(work, row)
    work.tell(Act.READ_REFERRAL, "referral", row.id, hub=row.hub, whole=True)
    return ReferralSeen(
        referral=_referral(row, content), hub=row.hub, version=row.version,
        organisation_id=row.organisation_id, contacts=content.contacts, note=content.note,
    )  # fmt: skip


def move_referral(work: Work, referral_id: str, to: ReferralState, *, version: int) -> int:
    """Record that she was contacted, directed elsewhere, or that it is closed; the new version.

    Raises
    ------
    UnknownError
        Where there is none for whoever asks.
    ConflictError
        For taking charge, which is done with her file.
    InputError
        For a state that does not follow.
    StaleError
        Where it changed meanwhile.
    """
    if to is ReferralState.TAKEN_IN_CHARGE:
        raise ConflictError("Whoever is taken in charge gets a file: take the referral in charge.")
    row = _row_of_hub(work, referral_id)
    _check_version(row, version)
    return _moved(work, row, _opened(work, row), to, version=version, pseudonym=row.pseudonym)


def take_in_charge(
    work: Work,
    referral_id: str,
    *,
    version: int,
    point: str | None = None,
    manager_id: str | None = None,
    is_protected: bool = False,
) -> str:
    """Take somebody in charge who was referred: her file is made; its identifier.

    Raises
    ------
    UnknownError
        Where there is no such referral for whoever asks.
    InputError
        Where nobody spoke with her yet, or it was decided on.
    StaleError
        Where it changed meanwhile.
    """
    row = _row_of_hub(work, referral_id)
    _check_version(row, version)
    content = _opened(work, row)
    # Refused before a file is made, where this state does not follow.
    advance(
        _referral(row, content), ReferralState.TAKEN_IN_CHARGE, on=work.today,
        by=work.actor.id,
    )  # fmt: skip
    if content.contacts is None:
        raise ConflictError("Of this referral name and contacts are no longer kept.")
    person_id = add_person(
        work,
        NewPerson(
            hub=row.hub, contacts=content.contacts, taken_on=work.today, point=point,
            manager_id=manager_id, is_protected=is_protected,
        ),
    )  # fmt: skip
    _moved(
        work, row, content, ReferralState.TAKEN_IN_CHARGE, version=version,
        pseudonym=key_of(work, person_id).pseudonym,
    )  # fmt: skip
    return person_id


def withdraw_referral(work: Work, referral_id: str, *, version: int | None = None) -> None:
    """Record that she takes back her agreement: a count of source and month is left.

    Whatever happened meanwhile, she may; with ``version`` only where nothing did.

    Raises
    ------
    UnknownError
        Where there is none for whoever asks.
    ConflictError
        Once she has a file: then it is the file that is erased.
    StaleError
        Where it changed meanwhile.
    """
    row = _row(work, referral_id)
    if row.pseudonym is not None:
        raise ConflictError("She was taken in charge: to be forgotten, her file is erased.")
    counted = withdraw(_referral(row, _opened(work, row)))
    work.change(
        referrals,
        {
            "state": WITHDRAWN, "sealed": None, "organisation_id": None, "made_by": _NOBODY,
            "agreed_on": counted.month,
            "made_at": row.made_at.replace(day=1, hour=0, minute=0, second=0, microsecond=0),
        },
        referrals.c.id == row.id,
        version=version,
    )  # fmt: skip
    work.tell(Act.REFER, "referral", row.id, hub=row.hub, state=WITHDRAWN)


def _moved(
    work: Work,
    row: Row[Any],
    content: _Sealed,
    to: ReferralState,
    *,
    version: int,
    pseudonym: str | None,
) -> int:
    after = advance(_referral(row, content), to, on=work.today, by=work.actor.id)
    held = to in _HELD
    kept = _Sealed(
        moves=after.moves,
        contacts=content.contacts if held else None,
        note=content.note if held else None,
    )
    sealed, key_id = work.seal(_SEALED.dump_json(kept), _place(row.id))
    work.change(
        referrals,
        {"state": to, "sealed": sealed, "key_id": key_id, "pseudonym": pseudonym},
        referrals.c.id == row.id,
        version=version,
    )
    work.tell(Act.TAKE_REFERRAL, "referral", row.id, hub=row.hub, state=to, person=pseudonym)
    return version + 1


def _referral(row: Row[Any], content: _Sealed) -> Referral:
    return Referral(
        id=row.id, source=SourceKind(row.source_kind),
        referrer=row.organisation_id or row.source_kind, person_id=row.pseudonym or row.id,
        agreed_on=row.agreed_on, moves=content.moves,
    )  # fmt: skip


def _opened(work: Work, row: Row[Any]) -> _Sealed:
    return _SEALED.validate_json(work.unseal(row.sealed, row.key_id, _place(row.id)))


def _check_version(row: Row[Any], version: int) -> None:
    # Said before what its state does not allow: whoever read it long ago knows another state.
    if row.version != version:
        raise StaleError(
            f"Somebody changed this referral since version {version}. Read it again and decide on "
            "what it says now."
        )


def _page(
    work: Work, after: str | None, limit: int | None, *conditions: sa.ColumnElement[bool]
) -> Sequence[Row[Any]]:
    where = [referrals.c.state != WITHDRAWN, *_own(work), *conditions]
    if after is not None:
        where.append(referrals.c.id > after)
    rows = work.rows(referrals, *where, order=[referrals.c.id], limit=limit)
    work.tell(Act.READ_REFERRAL, "referrals", None, count=len(rows))
    return rows


def _own(work: Work) -> list[Any]:
    if work.actor.role is not Role.REFERRER:
        return []
    # A referrer without an organisation sees nothing, rather than everybody's.
    return [referrals.c.organisation_id == (work.actor.organisation or "")]


def _row(work: Work, referral_id: str) -> Row[Any]:
    row = work.first(
        referrals, referrals.c.id == referral_id, referrals.c.state != WITHDRAWN, *_own(work)
    )
    if row is None:
        raise UnknownError("There is no such referral.")
    return row


def _row_of_hub(work: Work, referral_id: str) -> Row[Any]:
    if work.actor.role is Role.REFERRER:
        raise UnknownError("There is no such referral.")
    return _row(work, referral_id)


def _organisation(work: Work, asked: str | None) -> str | None:
    if work.actor.role is Role.REFERRER:
        if asked not in (None, work.actor.organisation) or work.actor.organisation is None:
            raise UnknownError("There is no such organisation for whoever asks.")
        return work.actor.organisation
    if asked is not None:
        work.one(organisations, organisations.c.id == asked)
    return asked


def _place(referral_id: str) -> str:
    return f"referrals.sealed:{referral_id}"
