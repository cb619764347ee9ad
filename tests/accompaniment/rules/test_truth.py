from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.accompaniment.rules import (
    Ask,
    Check,
    Clause,
    Condition,
    Joined,
    Truth,
    every,
    some,
    what_changes,
    what_holds,
)
from matching.accompaniment.rules.truth import check, of_answer, of_flag, opposite
from matching.domain import Answer

H, F, U = Truth.HOLDS, Truth.FAILS, Truth.UNKNOWN
ASKS = (Ask.ISEE, Ask.EVICTION, Ask.SEX, Ask.OUT_OF_WORK)
LEAVES = st.sampled_from(ASKS).map(lambda ask: Condition(ask=ask))
CLAUSES = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        Joined, any_of=st.booleans(), parts=st.lists(inner, min_size=1, max_size=3).map(tuple)
    ),
    max_leaves=8,
)
WORLDS = st.fixed_dictionaries({ask: st.sampled_from(Truth) for ask in ASKS})


def checked(clause: Clause, world: dict[Ask, Truth]) -> Check:
    return check(clause, lambda condition: world[condition.ask])


@pytest.mark.parametrize(
    ("truths", "all_of", "one_of"),
    [
        ((H, H), H, H),
        ((H, U), U, H),
        ((H, F), F, H),
        ((U, U), U, U),
        ((U, F), F, U),
        ((F, F), F, F),
        ((), H, F),
    ],
)
def test_what_is_unknown_is_carried_through_unless_the_rest_settles_it(
    truths: tuple[Truth, ...], all_of: Truth, one_of: Truth
) -> None:
    assert every(truths) is all_of
    assert some(truths) is one_of


def test_a_closed_answer_and_a_flag_that_nobody_gave_are_unknown() -> None:
    assert [of_answer(one) for one in (*Answer, None)] == [H, F, U, U]
    assert [of_flag(one) for one in (True, False, None)] == [H, F, U]
    assert [opposite(one) for one in (H, F, U)] == [F, H, U]


def test_a_yes_that_is_not_enough_leaves_it_open_and_a_no_is_a_no() -> None:
    condition = Condition(ask=Ask.OWN_DISABILITY, enough=False)
    assert check(condition, lambda _: H).truth is U
    assert check(condition, lambda _: F).truth is F


@given(clause=CLAUSES, world=WORLDS, ask=st.sampled_from(ASKS), learnt=st.sampled_from((H, F)))
def test_learning_more_never_turns_what_was_settled(
    clause: Clause, world: dict[Ask, Truth], ask: Ask, learnt: Truth
) -> None:
    before = checked(clause, world | {ask: U}).truth
    after = checked(clause, world | {ask: learnt}).truth
    assert before is U or after is before


@given(clause=CLAUSES, world=WORLDS)
def test_what_is_said_to_change_it_would_change_it(clause: Clause, world: dict[Ask, Truth]) -> None:
    one = checked(clause, world)
    named = {leaf.clause.ask for leaf in what_changes([one])}  # type: ignore[union-attr]
    assert bool(named) == (one.truth is not H)
    if named:
        # With all of those answered well, nothing of the kind that stood in the way is left.
        assert checked(clause, world | dict.fromkeys(named, H)).truth is not one.truth


@given(clause=CLAUSES, world=WORLDS)
def test_what_cannot_be_told_is_settled_by_the_questions_that_are_named(
    clause: Clause, world: dict[Ask, Truth]
) -> None:
    one = checked(clause, world)
    if one.truth is U:
        named = {leaf.clause.ask for leaf in what_changes([one])}  # type: ignore[union-attr]
        for answers in product((H, F), repeat=len(named)):
            world_after = world | dict(zip(named, answers, strict=True))
            assert checked(clause, world_after).truth is not U


def test_of_alternatives_only_those_that_settle_it_are_told() -> None:
    held, other = Condition(ask=Ask.ISEE), Condition(ask=Ask.EVICTION)
    beside = Joined(any_of=False, parts=(Condition(ask=Ask.SEX), other))
    world = {Ask.ISEE: H, Ask.SEX: H, Ask.EVICTION: U, Ask.OUT_OF_WORK: U}
    one = checked(Joined(any_of=True, parts=(held, beside)), world)
    assert [leaf.clause for leaf in what_holds([one])] == [held]
    still_open = checked(Joined(any_of=True, parts=(other, beside)), world)
    assert [leaf.clause for leaf in what_holds([still_open])] == [Condition(ask=Ask.SEX)]
