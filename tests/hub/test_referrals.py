from datetime import date

import pytest

from matching.domain import ReferralState, SourceKind
from matching.domain.access import Actor, Role
from matching.errors import ConflictError, InputError, UnknownError
from matching.hub.organisations import OrganisationKind, add_organisation
from matching.hub.people import Contacts, read_person
from matching.hub.referrals import (
    NewReferral,
    move_referral,
    read_referral,
    refer,
    referral_state,
    referral_states,
    take_in_charge,
    withdraw_referral,
)
from matching.store import Store
from matching.store.tables import journal, referrals
from tests.databases import LECCO, MERATE, a_manager, everybody

AGREED = date(2026, 1, 15)
CONTACTS = Contacts(given_name="Zaira", family_name="Canarini", telephone="3330001122")


def a_referrer(store: Store, name: str = "Parrocchia") -> Actor:
    with store.writing(everybody()) as work:
        there = add_organisation(work, hub=LECCO, kind=OrganisationKind.REFERRER, name=name)
    return Actor(id=f"r-{name}", role=Role.REFERRER, hubs=frozenset({LECCO}), organisation=there)


def referred(store: Store, who: Actor, agreed: date = AGREED) -> str:
    new = NewReferral(hub=LECCO, source=SourceKind.PARISH, contacts=CONTACTS, agreed_on=agreed)
    with store.writing(who) as work:
        return refer(work, new)


def test_whoever_refers_sees_the_state_and_nothing_else(store: Store) -> None:
    referrer, other = a_referrer(store), a_referrer(store, "Scuola")
    referral = referred(store, referrer)
    with pytest.raises(UnknownError), store.writing(referrer) as work:
        read_referral(work, referral)
    for stranger in (other, a_manager(MERATE)):
        with store.writing(stranger) as work:
            assert referral_states(work) == []
        with pytest.raises(UnknownError), store.writing(stranger) as work:
            referral_state(work, referral)
    with pytest.raises(InputError, match="contacted"), store.writing(a_manager()) as work:
        take_in_charge(work, referral, version=1)
    with store.writing(a_manager()) as work:
        assert read_referral(work, referral).contacts == CONTACTS
        move_referral(work, referral, ReferralState.CONTACTED, version=1)
    with store.writing(a_manager()) as work:
        person = take_in_charge(work, referral, version=2)
        assert read_person(work, person).contacts == CONTACTS
        # Name and contacts are in her file now, and nowhere else.
        assert read_referral(work, referral).contacts is None
    with store.writing(referrer) as work:
        (view,) = referral_states(work)
    assert (view.state, view.referral_id) == (ReferralState.TAKEN_IN_CHARGE, referral)
    with pytest.raises(ConflictError, match="erased"), store.writing(a_manager()) as work:
        withdraw_referral(work, referral, version=3)
    with store.reading(everybody()) as work:
        told = " ".join(row.detail for row in work.rows(journal))
    assert not [word for word in ("Zaira", "Canarini", "3330001122") if word in told]


def test_an_agreement_that_is_taken_back_leaves_a_count(store: Store) -> None:
    referrer = a_referrer(store)
    referral = referred(store, referrer)
    with store.writing(referrer) as work:
        withdraw_referral(work, referral, version=1)
    with store.reading(everybody()) as work:
        row = work.one(referrals, referrals.c.id == referral)
    assert (row.sealed, row.organisation_id, row.made_by) == (None, None, "nobody")
    assert (row.agreed_on.day, row.source_kind) == (1, "parish")
    with pytest.raises(UnknownError), store.writing(a_manager()) as work:
        read_referral(work, referral)


def test_nobody_is_referred_before_she_agreed(store: Store) -> None:
    with pytest.raises(InputError, match="agreed"):
        referred(store, a_referrer(store), date(2999, 1, 1))
