from datetime import timedelta

import pytest

from matching.access.oidc import Identity
from matching.domain.access import EVERYWHERE, Role
from matching.errors import ConflictError, UnknownError
from matching.hub.accounts import INVITATION_HOURS, account, invite, invite_again
from matching.hub.accounts_invitations import (
    accept_with_identity,
    accept_with_password,
    read_invitation,
)
from matching.hub.accounts_sign_in import Outcome, sign_in_with_identity
from matching.hub.sessions import actor_of_session
from matching.store import Store
from matching.store.tables import accounts
from tests.databases import LECCO, everybody
from tests.hub.entering import (
    ANNA,
    HUBS,
    OTHER,
    PASSWORD,
    QUICK,
    Clock,
    an_account,
    an_admin,
    session_token,
    timed,
    tries,
    with_factor,
)

CHOSEN = QUICK.hashed(PASSWORD, username=ANNA)
ANNAS = Identity(issuer="https://id.example", subject="TINIT-INVENTED-1", confirmed=False)


def an_invitation(store: Store, username: str = ANNA) -> str:
    with store.writing(everybody()) as work:
        return invite(work, username, role=Role.COMMUNITY_MANAGER, hub=LECCO).token


def test_a_link_says_whom_it_is_for_and_whether_a_second_factor_is_needed(store: Store) -> None:
    with store.writing(everybody()) as work:
        plain = invite(work, ANNA, role=Role.COMMUNITY_MANAGER, hub=LECCO)
        admin = invite(work, "admin@x", role=Role.ADMIN, hub=EVERYWHERE)
        welcome = read_invitation(work, plain.token)
        assert (welcome.username, welcome.role) == (ANNA, Role.COMMUNITY_MANAGER)
        assert not welcome.needs_second_factor
        assert read_invitation(work, admin.token).needs_second_factor
    assert plain.token not in repr(plain)
    assert ANNA not in repr(welcome)


def test_a_link_is_followed_once(store: Store) -> None:
    token = an_invitation(store)
    with store.writing(everybody()) as work:
        accept_with_password(work, token, CHOSEN)
    with pytest.raises(UnknownError), store.writing(everybody()) as work:
        accept_with_password(work, token, QUICK.hashed(OTHER, username=ANNA))
    with pytest.raises(UnknownError), store.reading(everybody()) as work:
        read_invitation(work, token)
    assert tries(store).outcome is Outcome.SIGNED_IN


def test_a_link_is_good_for_a_day(store: Store) -> None:
    clock = Clock()
    store = timed(store, clock)
    token = an_invitation(store)
    clock.goes_on(hours=INVITATION_HOURS, seconds=-1)
    with store.reading(everybody()) as work:
        assert read_invitation(work, token).expires_at - clock.now == timedelta(seconds=1)
    clock.goes_on(seconds=1)
    with pytest.raises(UnknownError), store.writing(everybody()) as work:
        accept_with_password(work, token, CHOSEN)


def test_what_is_no_link_is_answered_as_one_that_was_followed(store: Store) -> None:
    token = an_invitation(store)
    with store.writing(everybody()) as work:
        accept_with_password(work, token, CHOSEN)
    said = set()
    for one in (token, "x", "", "\x00", "a" * 100_000):
        with pytest.raises(UnknownError) as refused, store.reading(everybody()) as work:
            read_invitation(work, one)
        said.add(str(refused.value))
    assert len(said) == 1


def test_a_new_link_ends_the_last_one_and_the_password_and_sessions_when_it_is_followed(
    store: Store,
) -> None:
    account_id = an_account(store)
    session = session_token(store)
    with store.writing(everybody()) as work:
        first, second = invite_again(work, account_id), invite_again(work, account_id)
    with pytest.raises(UnknownError), store.writing(everybody()) as work:
        accept_with_password(work, first.token, CHOSEN)
    with store.reading(everybody()) as work:
        assert actor_of_session(work, session, HUBS) is not None
    with store.writing(everybody()) as work:
        accept_with_password(work, second.token, QUICK.hashed(OTHER, username=ANNA))
    with store.reading(everybody()) as work:
        assert actor_of_session(work, session, HUBS) is None
    assert tries(store).outcome is Outcome.REFUSED
    assert tries(store, password=OTHER).outcome is Outcome.SIGNED_IN


def test_a_new_password_leaves_the_second_factor_as_it_is(store: Store) -> None:
    clock = Clock()
    store = timed(store, clock)
    account_id = an_admin(store)
    telephone = with_factor(store, "admin@hub.example", clock)
    with store.writing(everybody()) as work:
        link = invite_again(work, account_id)
    with store.writing(everybody()) as work:
        accept_with_password(work, link.token, CHOSEN)
    assert tries(store, "admin@hub.example").outcome is Outcome.CODE_WANTED
    code = telephone.at(clock.now)
    assert tries(store, "admin@hub.example", code=code).outcome is Outcome.SIGNED_IN


def test_an_account_is_tied_to_one_identity_and_makes_itself_for_none(store: Store) -> None:
    token, other = an_invitation(store), an_invitation(store, "bruno@hub.example")
    with store.writing(everybody()) as work:
        assert sign_in_with_identity(work, ANNAS).outcome is Outcome.REFUSED
        assert work.count(accounts) == 2
    with store.writing(everybody()) as work:
        account_id = accept_with_identity(work, token, ANNAS)
    with store.writing(everybody()) as work:
        done = sign_in_with_identity(work, ANNAS)
    assert done.outcome is Outcome.SIGNED_IN
    assert done.session is not None
    with store.reading(everybody()) as work:
        actor = actor_of_session(work, done.session.token, HUBS)
        kept = work.one(accounts, accounts.c.id == account_id)
        assert account(work, account_id).is_external
    assert actor is not None
    assert actor.id == account_id
    # A provider's name for somebody may be a tax code.
    assert ANNAS.subject not in str(kept)
    assert kept.password_hash is None
    with pytest.raises(ConflictError), store.writing(everybody()) as work:
        accept_with_identity(work, other, ANNAS)
    elsewhere = Identity(issuer="https://other.example", subject=ANNAS.subject, confirmed=True)
    with store.writing(everybody()) as work:
        assert sign_in_with_identity(work, elsewhere).outcome is Outcome.REFUSED
