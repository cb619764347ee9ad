from dataclasses import replace

import pyotp
import pytest

from matching.domain.access import Act
from matching.errors import ConflictError, KeyringError, UnknownError
from matching.hub.accounts import disable
from matching.hub.accounts_second_factor import begin_factor, confirm_factor, seal_factors_anew
from matching.hub.accounts_sign_in import Outcome
from matching.hub.sessions import actor_of_session
from matching.store import Store
from tests.databases import everybody
from tests.hub.entering import (
    HUBS,
    Clock,
    account_row,
    an_account,
    an_admin,
    session_token,
    timed,
    tries,
    with_factor,
)

ADMIN = "admin@hub.example"


def test_a_factor_counts_once_its_first_code_confirms_it(store: Store) -> None:
    clock = Clock()
    store = timed(store, clock)
    an_admin(store)
    token, elsewhere = session_token(store, ADMIN), session_token(store, ADMIN)
    with pytest.raises(ConflictError, match="begun"), store.writing(everybody()) as work:
        confirm_factor(work, token, "000000")
    with store.writing(everybody()) as work:
        lost = begin_factor(work, token)
        made = begin_factor(work, token)
    assert lost.secret != made.secret
    assert made.secret not in repr(made)
    assert tries(store, ADMIN).outcome is Outcome.SIGNED_IN
    with store.writing(everybody()) as work:
        assert not confirm_factor(work, token, pyotp.TOTP(lost.secret).at(clock.now))
        assert confirm_factor(work, token, pyotp.TOTP(made.secret).at(clock.now))
    with store.reading(everybody()) as work:
        actor = actor_of_session(work, token, HUBS)
        assert actor is not None
        assert actor.confirmed
        # Whoever else had signed in with the password alone is out.
        assert actor_of_session(work, elsewhere, HUBS) is None
        kept = account_row(work, ADMIN).totp_sealed
    assert made.secret.encode() not in kept
    # The code that confirmed it is used up.
    code = pyotp.TOTP(made.secret).at(clock.now)
    assert tries(store, ADMIN, code=code).outcome is Outcome.REFUSED


def test_a_factor_in_use_is_not_changed_by_whoever_took_a_session(store: Store) -> None:
    clock = Clock()
    store = timed(store, clock)
    an_admin(store)
    telephone = with_factor(store, ADMIN, clock)
    token = session_token(store, ADMIN, telephone.at(clock.now))
    with pytest.raises(ConflictError), store.writing(everybody()) as work:
        begin_factor(work, token)
    with pytest.raises(ConflictError), store.writing(everybody()) as work:
        confirm_factor(work, token, telephone.at(clock.now))


def test_without_a_session_no_factor_is_set_up(store: Store) -> None:
    clock = Clock()
    store = timed(store, clock)
    account_id = an_account(store)
    idle, live = session_token(store), session_token(store)
    clock.goes_on(hours=12)
    for token in ("x", idle):
        with pytest.raises(UnknownError), store.writing(everybody()) as work:
            begin_factor(work, token)
    clock.goes_on(hours=-12)
    with store.writing(everybody()) as work:
        disable(work, account_id)
    with pytest.raises(UnknownError), store.writing(everybody()) as work:
        begin_factor(work, live)


def test_factors_are_sealed_anew_with_a_new_key_and_still_take_codes(store: Store) -> None:
    clock = Clock()
    store = timed(store, clock)
    an_admin(store)
    an_account(store)
    telephone = with_factor(store, ADMIN, clock)
    turned = replace(store, ring=store.ring.turned())
    with turned.writing(everybody()) as work:
        assert (seal_factors_anew(work), seal_factors_anew(work)) == (1, 0)
        work.tell(Act.ROTATE_KEYS, "installation", None)
    with pytest.raises(KeyringError):
        tries(store, ADMIN, code=telephone.at(clock.now))
    only = replace(turned, ring=turned.ring.without(frozenset({"k1"})))
    code = telephone.at(clock.now)
    assert tries(only, ADMIN, code=code).outcome is Outcome.SIGNED_IN
