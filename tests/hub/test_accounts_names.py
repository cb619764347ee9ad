from dataclasses import replace

import pytest
import sqlalchemy as sa

from matching.domain.access import Act, Role
from matching.errors import ConflictError, KeyringError, UnknownError
from matching.hub.accounts import invite, invite_person, list_accounts
from matching.hub.accounts_invitations import accept_with_password, read_invitation
from matching.hub.accounts_names import name_of, names_of, seal_names_anew
from matching.hub.accounts_sign_in import Outcome
from matching.store import Store
from matching.store.person_keys import destroy_key
from matching.store.tables import accounts
from tests.databases import LECCO, MERATE, a_manager, everybody
from tests.hub.entering import ANNA, PASSWORD, QUICK, a_person, account_row, an_account, tries
from tests.hub.lives import dump

ADA = "ada.zampogna@posta.example"


def her_account(store: Store, username: str = ADA) -> str:
    """The account of a person, whose link was followed; her file."""
    with store.writing(everybody()) as work:
        person = a_person(work)
        token = invite_person(work, person, username).token
        welcome = read_invitation(work, token)
    chosen = QUICK.hashed(PASSWORD, username=welcome.username)
    with store.writing(everybody()) as work:
        accept_with_password(work, token, chosen)
    return person


def test_no_name_that_somebody_signs_in_with_lies_open(store: Store) -> None:
    an_account(store)
    her_account(store, "Ada.Zampogna@posta.example")
    assert [tries(store, one).outcome for one in (ADA, ANNA)] == [Outcome.SIGNED_IN] * 2
    with store.reading(everybody()) as work:
        assert [one.username for one in list_accounts(work)] == [ADA, ANNA]
    content = str(dump(store))
    assert [word for word in ("zampogna", "Zampogna", ADA, ANNA) if word in content] == []


def test_a_persons_name_is_gone_with_her_key_whatever_is_left_of_the_account(store: Store) -> None:
    person = her_account(store)
    with store.writing(everybody()) as work:
        row = account_row(work, ADA)
        assert (name_of(work, row), row.name_key_id) == (ADA, None)
        with pytest.raises(KeyringError):
            work.unseal(row.sealed_name, work.ring.current, f"accounts.sealed_name:{row.id}")
        destroy_key(work, person)
        with pytest.raises(UnknownError):
            name_of(work, row)
        work.tell(Act.ERASE_PERSON, "person", None)


def test_a_persons_name_is_not_opened_by_another_hub(store: Store) -> None:
    her_account(store)
    with store.reading(everybody()) as work:
        row = account_row(work, ADA)
    with store.reading(a_manager()) as work:
        assert name_of(work, row) == ADA
    with store.reading(a_manager(MERATE)) as work, pytest.raises(UnknownError, match=row.id):
        name_of(work, row)


def test_the_names_of_a_list_take_one_statement(store: Store) -> None:
    for number in range(3):
        her_account(store, f"{number}.{ADA}")
        an_account(store, f"{number}.{ANNA}")
    said: list[str] = []
    with store.reading(everybody()) as work:
        rows = work.rows(accounts)
        sa.event.listen(
            work.connection, "before_cursor_execute", lambda *given: said.append(given[2])
        )
        assert len(set(names_of(work, rows).values())) == 6
    assert len([one for one in said if "person_keys" in one]) == 1


def test_names_are_sealed_anew_with_a_new_key_and_a_persons_stays(store: Store) -> None:
    an_account(store)
    her_account(store)
    with store.reading(everybody()) as work:
        hers, version = account_row(work, ADA).sealed_name, account_row(work).version
    turned = replace(store, ring=store.ring.turned())
    with turned.writing(everybody()) as work:
        assert [seal_names_anew(work, at_most=5), seal_names_anew(work, at_most=5)] == [1, 0]
        work.tell(Act.ROTATE_KEYS, "keyring", None)
        assert account_row(work, ADA).sealed_name == hers
        assert (account_row(work).name_key_id, account_row(work).version) == ("k2", version)
    only = replace(turned, ring=turned.ring.without(frozenset({"k1"})))
    with only.reading(everybody()) as work:
        assert name_of(work, account_row(work)) == ANNA


def test_one_name_is_of_one_account_a_persons_or_not(store: Store) -> None:
    her_account(store)
    with pytest.raises(ConflictError), store.writing(everybody()) as work:
        invite(work, ADA, role=Role.COMMUNITY_MANAGER, hub=LECCO)
