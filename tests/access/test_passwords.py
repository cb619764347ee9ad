from typing import Any

import pytest
from argon2 import extract_parameters
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.access.passwords import (
    LONGEST,
    MEMORY_KIB,
    PASSES,
    Passwords,
    check_password,
    open_passwords,
)
from matching.errors import InputError

GOOD = "cavallo graffetta batteria giusto"


@pytest.fixture(scope="module")
def quick() -> Passwords:
    """Parameters that no installation has, so that tests are quick."""
    return open_passwords(memory_kib=8, passes=1)


@pytest.fixture
def counted(quick: Passwords, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hashes that passwords were checked against."""
    checked: list[str] = []
    verify = type(quick.hasher).verify

    def counting(self: Any, kept: str, password: str) -> bool:
        checked.append(kept)
        return bool(verify(self, kept, password))

    monkeypatch.setattr(type(quick.hasher), "verify", counting)
    return checked


def test_what_is_kept_is_argon2id_with_at_least_what_owasp_asks_for() -> None:
    kept = open_passwords().hashed(GOOD, username="anna")
    found = extract_parameters(kept)
    assert kept.startswith("$argon2id$")
    assert (found.memory_cost, found.time_cost) == (MEMORY_KIB, PASSES)
    assert found.memory_cost >= 47_104
    assert found.salt_len >= 16


def test_a_password_opens_its_own_hash_and_no_other_does(quick: Passwords) -> None:
    kept = quick.hashed(GOOD, username="anna")
    assert quick.verified(GOOD, kept)
    assert not quick.verified(GOOD + " ", kept)
    assert quick.hashed(GOOD, username="anna") != kept


def test_a_password_is_the_same_however_its_letters_are_typed(quick: Passwords) -> None:
    kept = quick.hashed("perché così è più lungo", username="anna")
    assert quick.verified("perche\u0301 cosi\u0300 e\u0300 piu\u0300 lungo", kept)


@given(password=st.text(st.characters(), max_size=40))
@settings(max_examples=40)
def test_without_an_account_nothing_is_right(quick: Passwords, password: str) -> None:
    assert not quick.verified(password, None)


@pytest.mark.parametrize("password", [GOOD, "x", "", "a" * 100_000, "\ud800" * 12])
@pytest.mark.parametrize("is_there", [True, False])
def test_exactly_one_hash_is_checked_whoever_is_asked_for(
    quick: Passwords, counted: list[str], password: str, is_there: bool
) -> None:
    kept = quick.hashed("tutt'altra parola lunga", username="anna") if is_there else None
    assert not quick.verified(password, kept)
    assert counted == [kept if is_there else quick.nobody]


def test_what_is_no_hash_opens_for_nobody(quick: Passwords) -> None:
    assert not quick.verified(GOOD, "$argon2id$broken")
    assert not quick.verified(GOOD, "")


def test_a_hash_with_weaker_parameters_is_renewed_and_one_with_these_is_not(
    quick: Passwords,
) -> None:
    stronger = open_passwords(memory_kib=16, passes=2)
    old = quick.hashed(GOOD, username="anna")
    new = stronger.renewed(GOOD, old)
    assert new is not None
    assert stronger.verified(GOOD, new)
    assert stronger.renewed(GOOD, new) is None


def test_no_password_and_no_hash_is_shown_where_the_object_is(quick: Passwords) -> None:
    assert "argon2" not in repr(quick)
    assert quick.nobody not in repr(quick)


@pytest.mark.parametrize(
    "password",
    [
        "undicilette",
        "aaaaaaaaaaaaaaaa",
        "abababababababab",
        "Password1234",
        "password!!!!2026",
        "123456789012",
        "987654321098",
        "qwertyuiop12",
        "Valoriamo2026!",
        "Community-Manager-1",
    ],
)
def test_what_anybody_would_try_first_is_refused(password: str) -> None:
    with pytest.raises(InputError) as refused:
        check_password(password, username="anna.rossi@hub.example")
    assert password not in str(refused.value)


@pytest.mark.parametrize(
    "password",
    ["anna.rossi@hub.example", "ANNA.ROSSI@HUB.EXAMPLE", "AnnaRossi2026", "annarossi..99"],
)
def test_the_username_is_no_password(password: str) -> None:
    with pytest.raises(InputError, match="username"):
        check_password(password, username="anna.rossi@hub.example")


@pytest.mark.parametrize(
    "password",
    [GOOD, "tuttominuscolosenzacifre", "48 15 16 23 42 91 77", "Ligabue e il lago d'inverno"],
)
def test_no_mixture_of_signs_is_asked_for(password: str) -> None:
    check_password(password, username="anna.rossi@hub.example")


def test_a_password_may_be_long_but_not_without_end() -> None:
    check_password(("abcdefgh" * 40)[:LONGEST], username="anna")
    with pytest.raises(InputError, match="at most"):
        check_password("abcdefgh" * 40, username="anna")
