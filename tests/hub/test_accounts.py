from collections.abc import Callable

import pytest

from matching.domain.access import EVERYWHERE, Actor, Role
from matching.errors import ConflictError, InputError, StaleError, UnknownError
from matching.hub.accounts import (
    EVERYWHERE_ROLES,
    ORGANISATION_ROLES,
    account,
    account_named,
    disable,
    hubs_of,
    invite,
    invite_again,
    list_accounts,
    unlock,
)
from matching.hub.accounts_invitations import accept_with_password, read_invitation
from matching.hub.accounts_names import known_username
from matching.hub.accounts_sign_in import Outcome
from matching.hub.organisations import OrganisationKind, add_organisation
from matching.hub.sessions import actor_of_session
from matching.store import Store, Work
from matching.store.tables import journal
from tests.databases import LECCO, MERATE, everybody
from tests.hub.entering import (
    ANNA,
    HUBS,
    OTHER,
    PASSWORD,
    QUICK,
    Clock,
    a_person,
    an_account,
    an_admin,
    session_token,
    timed,
    tries,
    with_factor,
)


def test_an_account_lets_nobody_in_until_its_link_was_followed(store: Store) -> None:
    with store.writing(everybody()) as work:
        invited = invite(work, ANNA, role=Role.COMMUNITY_MANAGER, hub=LECCO)
    assert tries(store).outcome is Outcome.REFUSED
    with store.reading(everybody()) as work:
        assert read_invitation(work, invited.token).username == ANNA
        assert account(work, invited.account_id).state == "invited"
    with store.writing(everybody()) as work:
        accept_with_password(work, invited.token, QUICK.hashed(PASSWORD, username=ANNA))
    assert tries(store).outcome is Outcome.SIGNED_IN


def test_a_username_is_of_one_account_however_it_is_written(store: Store) -> None:
    account_id = an_account(store, "Anna@Hub.Example")
    with store.reading(everybody()) as work:
        assert account_named(work, "ANNA@hub.example").id == account_id
    with pytest.raises(ConflictError) as refused, store.writing(everybody()) as work:
        invite(work, "anna@HUB.example", role=Role.CORPORATE_MANAGER, hub=LECCO)
    assert "anna" not in str(refused.value).lower()
    assert known_username(known_username("ÀNNA\ufb01")) == known_username("ÀNNA\ufb01")


def test_what_is_no_username_is_refused(store: Store) -> None:
    for username in ("", "ab", "a b c", "anna\x00", "a" * 201, "anna\u202e.x"):
        with pytest.raises(InputError, match="username"), store.writing(everybody()) as work:
            invite(work, username, role=Role.COMMUNITY_MANAGER, hub=LECCO)
        assert tries(store, username).outcome is Outcome.REFUSED


def test_a_role_is_of_one_hub_or_of_the_whole_territory_and_nothing_but_people_has_one(
    store: Store,
) -> None:
    for role in sorted(set(Role) - {Role.MACHINE, Role.SYSTEM}):
        wrong = LECCO if role in EVERYWHERE_ROLES else EVERYWHERE
        with pytest.raises(InputError, match="hub"), store.writing(everybody()) as work:
            invite(work, ANNA, role=role, hub=wrong)
    for role in (Role.MACHINE, Role.SYSTEM):
        with pytest.raises(InputError, match="no account"), store.writing(everybody()) as work:
            invite(work, ANNA, role=role, hub=LECCO)


def test_nobody_is_invited_to_a_hub_that_whoever_asks_does_not_see(store: Store) -> None:
    admin = Actor(id="a", role=Role.ADMIN, hubs=frozenset({LECCO, EVERYWHERE}), confirmed=True)
    for hub in (MERATE, "hub-nowhere"):
        with pytest.raises(UnknownError), store.writing(admin) as work:
            invite(work, ANNA, role=Role.COMMUNITY_MANAGER, hub=hub)


def test_a_company_is_of_its_organisation_which_is_of_its_kind_and_hub(store: Store) -> None:
    def organisation(kind: OrganisationKind, hub: str = LECCO) -> Callable[[Work], str]:
        return lambda work: add_organisation(work, hub=hub, kind=kind, name="Impresa inventata")

    with store.writing(everybody()) as work:
        ids = {kind: organisation(kind)(work) for kind in OrganisationKind}
        elsewhere = organisation(OrganisationKind.AGENCY, MERATE)(work)
    for role, kind in ORGANISATION_ROLES.items():
        other = next(one for one in OrganisationKind if one != kind)
        with pytest.raises(InputError, match="kind"), store.writing(everybody()) as work:
            invite(work, f"{role}@x", role=role, hub=LECCO)
        with pytest.raises(InputError, match="kind"), store.writing(everybody()) as work:
            invite(work, f"{role}@x", role=role, hub=LECCO, organisation_id=ids[other])
        with pytest.raises(UnknownError), store.writing(everybody()) as work:
            invite(work, f"{role}@x", role=role, hub=LECCO, organisation_id=elsewhere)
        own = ids[OrganisationKind(kind)]
        with store.writing(everybody()) as work:
            made = invite(work, f"{role}@x", role=role, hub=LECCO, organisation_id=own)
            assert account(work, made.account_id).organisation_id == own
    with pytest.raises(InputError, match="no organisation"), store.writing(everybody()) as work:
        invite(
            work, ANNA, role=Role.COMMUNITY_MANAGER, hub=LECCO,
            organisation_id=ids[OrganisationKind.AGENCY],
        )  # fmt: skip


def test_a_person_has_an_account_on_her_own_file_and_nobody_else_has(store: Store) -> None:
    with store.writing(everybody()) as work:
        here, there = a_person(work), a_person(work, MERATE)
        invited = invite(work, ANNA, role=Role.PERSON, hub=LECCO, person_id=here)
    with store.writing(everybody()) as work:
        accept_with_password(work, invited.token, QUICK.hashed(PASSWORD, username=ANNA))
    token = session_token(store)
    with store.reading(everybody()) as work:
        actor = actor_of_session(work, token, HUBS)
    assert actor is not None
    assert (actor.person_id, actor.hubs) == (here, {LECCO})
    with pytest.raises(UnknownError), store.writing(everybody()) as work:
        invite(work, "x@y", role=Role.PERSON, hub=LECCO, person_id=there)
    with pytest.raises(InputError, match="say whose file"), store.writing(everybody()) as work:
        invite(work, "x@y", role=Role.PERSON, hub=LECCO)
    with pytest.raises(InputError, match="no person's"), store.writing(everybody()) as work:
        invite(work, "x@y", role=Role.COMMUNITY_MANAGER, hub=LECCO, person_id=here)


def test_a_disabled_account_is_out_at_once_and_a_new_link_lets_it_in_again(store: Store) -> None:
    account_id = an_account(store)
    tokens = [session_token(store), session_token(store)]
    with store.writing(everybody()) as work:
        link = invite_again(work, account_id)
    with store.writing(everybody()) as work:
        disable(work, account_id)
    with store.reading(everybody()) as work:
        assert [actor_of_session(work, token, HUBS) for token in tokens] == [None, None]
        with pytest.raises(UnknownError):
            read_invitation(work, link.token)
    assert tries(store).outcome is Outcome.REFUSED
    with store.writing(everybody()) as work:
        again = invite_again(work, account_id)
    assert tries(store).outcome is Outcome.REFUSED
    with store.writing(everybody()) as work:
        accept_with_password(work, again.token, QUICK.hashed(OTHER, username=ANNA))
    assert tries(store).outcome is Outcome.REFUSED
    assert tries(store, password=OTHER).outcome is Outcome.SIGNED_IN


def test_whoever_decides_on_an_old_state_of_an_account_is_told(store: Store) -> None:
    account_id = an_account(store)
    with store.reading(everybody()) as work:
        version = account(work, account_id).version
    tries(store)
    tries(store, password="wrong password")
    with store.reading(everybody()) as work:
        assert account(work, account_id).version == version
    with store.writing(everybody()) as work:
        unlock(work, account_id)
    with pytest.raises(StaleError), store.writing(everybody()) as work:
        disable(work, account_id, version=version)


def test_whoever_lost_the_telephone_sets_up_another(store: Store) -> None:
    clock = Clock()
    store = timed(store, clock)
    account_id = an_admin(store)
    telephone = with_factor(store, "admin@hub.example", clock)
    token = session_token(store, "admin@hub.example", telephone.at(clock.now))
    with store.writing(everybody()) as work:
        unlock(work, account_id, second_factor=True)
    with store.reading(everybody()) as work:
        assert actor_of_session(work, token, HUBS) is None
        assert not account(work, account_id).has_second_factor
    done = tries(store, "admin@hub.example")
    assert (done.outcome, done.must_set_up) == (Outcome.SIGNED_IN, True)


def test_an_account_that_is_not_there_is_said_not_to_be(store: Store) -> None:
    verbs: list[Callable[[Work, str], object]] = [disable, unlock, invite_again, account]
    for verb in (*verbs, account_named):
        with pytest.raises(UnknownError), store.writing(everybody()) as work:
            verb(work, "no-such-account")


def test_the_journal_says_each_step_and_neither_names_nor_secrets(store: Store) -> None:
    account_id = an_account(store)
    token = session_token(store)
    tries(store, "nobody@hub.example", "a password that somebody typed")
    tries(store, password="wrong password")
    with store.writing(everybody()) as work:
        disable(work, account_id)
    with store.reading(everybody()) as work:
        rows = work.rows(journal, order=[journal.c.number])
        listed = list_accounts(work)
    acts = [(row.act, row.subject) for row in rows]
    assert acts == [
        ("manage_accounts", account_id), ("sign_in", account_id), ("sign_in", account_id),
        ("sign_in", None), ("sign_in", account_id), ("manage_accounts", account_id),
    ]  # fmt: skip
    shown = f"{rows} {listed} {account_id}"
    assert not [
        one for one in (PASSWORD, token, "nobody", "somebody typed", "$argon2") if one in shown
    ]
    assert ANNA not in str(rows)
    assert ANNA not in repr(listed)
    assert store.verified().problems == ()


def test_the_hubs_of_an_account_are_its_own_or_those_of_the_territory() -> None:
    assert hubs_of(LECCO, HUBS) == {LECCO}
    assert hubs_of(EVERYWHERE, HUBS) == {LECCO, MERATE, EVERYWHERE}
