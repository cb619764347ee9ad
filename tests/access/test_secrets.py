from hypothesis import given
from hypothesis import strategies as st

from matching.access.secrets import MACHINE_PREFIX, new_secret, same, secret_digest


def test_a_secret_has_256_bits_and_is_never_made_twice() -> None:
    made = {new_secret() for _ in range(500)}
    assert len(made) == 500
    assert {len(one) for one in made} == {43}


def test_a_token_of_a_machine_can_be_searched_for_where_it_was_left() -> None:
    assert new_secret(MACHINE_PREFIX).startswith("valoriamo_")


@given(st.text(st.characters(), max_size=60))
def test_a_digest_says_nothing_of_its_secret_and_is_always_the_same(secret: str) -> None:
    digest = secret_digest(secret)
    assert len(digest) == 64
    assert digest == secret_digest(secret) != secret_digest(secret + "x")


def test_what_is_longer_than_any_secret_has_no_digest() -> None:
    assert secret_digest("a" * 100_000) == ""


@given(st.text(max_size=8), st.text(max_size=8))
def test_texts_are_the_same_where_they_are_equal(one: str, other: str) -> None:
    assert same(one, other) == (one == other)
    assert same(one, one)
