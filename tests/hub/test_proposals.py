import pytest
import sqlalchemy as sa

from matching.domain.access import Actor, Role
from matching.errors import ConflictError, InputError, StaleError, UnknownError
from matching.hub.people import change_person
from matching.hub.proposal_evidence import ContactChosen
from matching.hub.proposal_rows import AcceptedWay, ProposalState
from matching.hub.proposal_views import ProposalSeen, list_proposals, read_proposal
from matching.hub.proposals import (
    NewProposal,
    accept,
    decline,
    propose,
    send,
)
from matching.hub.vacancies import change_vacancy
from matching.hub.withdrawals import withdraw
from matching.store import Store
from matching.store.tables import journal
from tests.databases import MERATE, a_manager, everybody
from tests.hub.deciding import (
    MANAGER,
    NAME,
    POLICY,
    TAXONOMY,
    TELEPHONE,
    WORDS,
    Hub,
    a_hub,
    a_person,
    accepted,
    proposed,
    sent,
)


def seen(hub: Hub, who: Actor, proposal: str) -> ProposalSeen:
    with hub.store.writing(who) as work:
        return read_proposal(work, proposal)


def test_a_name_reaches_a_company_after_a_yes_and_not_before(store: Store) -> None:
    hub = a_hub(store)
    proposal = proposed(hub)
    with pytest.raises(UnknownError):
        seen(hub, hub.agency, proposal)
    before = seen(hub, hub.herself, proposal)
    assert before.shown is not None
    assert (before.shown.name, before.shown.contact) == (None, None)
    with pytest.raises(ConflictError, match="asked"), hub.store.writing(MANAGER) as work:
        send(work, proposal, version=1)
    with hub.store.writing(hub.herself) as work:
        accept(work, proposal, AcceptedWay.ACCOUNT, ContactChosen.TELEPHONE, version=1)
    with pytest.raises(UnknownError):
        seen(hub, hub.agency, proposal)
    with hub.store.writing(MANAGER) as work:
        send(work, proposal, version=2)
    shown = seen(hub, hub.agency, proposal)
    assert shown.shown is not None
    assert (shown.shown.name, shown.shown.contact) == (NAME, TELEPHONE)
    assert shown.shown.skills[0].words == (WORDS,)
    assert (shown.person_id, shown.accepted_way) == (None, None)
    assert shown.seen_at == hub.clock.now
    assert shown.due_at is not None
    assert shown.due_at.isoformat() == "2026-12-01T15:00:00+00:00"
    with pytest.raises(UnknownError):
        seen(hub, hub.rival, proposal)
    with hub.store.writing(hub.rival) as work:
        assert list_proposals(work) == []
    with hub.store.reading(everybody()) as work:
        whole = " ".join(row.detail for row in work.rows(journal))
    assert not [word for word in (NAME, TELEPHONE, WORDS, hub.person) if word in whole]
    assert hub.store.verified().problems == ()


def test_another_hub_and_another_person_see_no_proposal(store: Store) -> None:
    hub = a_hub(store)
    proposal = sent(hub)
    with hub.store.writing(MANAGER) as work:
        stranger = a_person(work, "Altra Persona")
    other = Actor(id="x", role=Role.PERSON, hubs=MANAGER.hubs, person_id=stranger)
    for who in (a_manager(MERATE), other):
        with pytest.raises(UnknownError):
            seen(hub, who, proposal)
        with hub.store.writing(who) as work:
            assert list_proposals(work) == []


def test_a_withdrawn_proposal_shows_nobody_any_more(store: Store) -> None:
    hub = a_hub(store)
    proposal = sent(hub)
    with hub.store.writing(hub.herself) as work:
        withdraw(work, proposal, version=3)
    shown = seen(hub, hub.agency, proposal)
    assert (shown.state, shown.shown) == (ProposalState.WITHDRAWN, None)
    # She may still ask who was told what.
    kept = seen(hub, hub.herself, proposal).shown
    assert kept is not None
    assert kept.name == NAME


def test_a_no_ends_it_and_leaves_nothing_to_show(store: Store) -> None:
    hub = a_hub(store)
    proposal = proposed(hub)
    with hub.store.writing(hub.herself) as work:
        decline(work, proposal, version=1)
    assert seen(hub, MANAGER, proposal).shown is None
    with pytest.raises(ConflictError, match="declined"), hub.store.writing(MANAGER) as work:
        accept(work, proposal, AcceptedWay.SPOKEN, ContactChosen.HUB, version=2)
    assert proposed(hub) != proposal


def test_whoever_is_protected_is_in_no_proposal(store: Store) -> None:
    hub = a_hub(store)
    with hub.store.writing(MANAGER) as work:
        hidden = a_person(work, "Nascosta Protetta", is_protected=True)
    with pytest.raises(UnknownError):
        proposed(hub, hidden)
    proposal = sent(hub)
    with hub.store.writing(MANAGER) as work:
        change_person(work, hub.person, version=2, is_protected=True)
    with pytest.raises(UnknownError):
        seen(hub, hub.agency, proposal)
    for who in (hub.agency, MANAGER):
        with hub.store.writing(who) as work:
            assert list_proposals(work) == []


def test_a_restricted_file_is_proposed_to_nobody(store: Store) -> None:
    hub = a_hub(store)
    with hub.store.writing(MANAGER) as work:
        change_person(work, hub.person, version=2, state="restricted")
    with pytest.raises(ConflictError, match="restricted"):
        proposed(hub)


def test_a_yes_does_not_hold_for_a_vacancy_that_changed(store: Store) -> None:
    hub = a_hub(store)
    proposal = accepted(hub)
    hub.clock.goes_on(minutes=1)
    with hub.store.writing(hub.agency) as work:
        change_vacancy(work, hub.vacancy, version=1, title="Altro lavoro")
    with pytest.raises(ConflictError, match="changed"), hub.store.writing(MANAGER) as work:
        send(work, proposal, version=2)
    hub.clock.goes_on(minutes=1)
    with hub.store.writing(hub.herself) as work:
        accept(work, proposal, AcceptedWay.ACCOUNT, ContactChosen.EMAIL, version=2)
    with hub.store.writing(MANAGER) as work:
        send(work, proposal, version=3)


def test_what_does_not_go_together_is_refused(store: Store) -> None:
    hub = a_hub(store)
    proposal = proposed(hub)
    with pytest.raises(ConflictError, match="already"):
        proposed(hub)
    with pytest.raises(InputError, match="account"), hub.store.writing(MANAGER) as work:
        accept(work, proposal, AcceptedWay.ACCOUNT, ContactChosen.HUB, version=1)
    with pytest.raises(InputError, match="spoken"), hub.store.writing(hub.herself) as work:
        accept(work, proposal, AcceptedWay.SPOKEN, ContactChosen.HUB, version=1)
    with pytest.raises(StaleError), hub.store.writing(MANAGER) as work:
        accept(work, proposal, AcceptedWay.SPOKEN, ContactChosen.HUB, version=9)
    elsewhere = NewProposal(person_id=hub.person, vacancy_id=hub.vacancy, organisation_id=hub.other)
    with pytest.raises(ConflictError, match="another company"), hub.store.writing(MANAGER) as work:
        propose(work, elsewhere, taxonomy=TAXONOMY, sender=POLICY.sender)


def test_the_database_itself_sends_nothing_without_a_yes(store: Store) -> None:
    hub = a_hub(store)
    proposal = proposed(hub)
    from matching.store.tables import proposals

    with pytest.raises(ConflictError), hub.store.writing(MANAGER) as work:
        work.connection.execute(
            sa.update(proposals).where(proposals.c.id == proposal).values(sent_at=work.now)
        )
