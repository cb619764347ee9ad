from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from matching.accompaniment.referrals import (
    NEXT,
    advance,
    read_lines,
    receive,
    referral_lines,
    referrer_view,
    withdraw,
)
from matching.domain import Counted, Network, Referral, ReferralState, ReferrerView, SourceKind
from matching.errors import InputError

DAY = date(2026, 11, 3)


def a_referral(**known: object) -> Referral:
    given: dict[str, object] = {
        "id": "s1",
        "source": SourceKind.PARISH,
        "referrer": "Centro di ascolto",
        "person_id": "p-42",
        "agreed_on": DAY,
        "on": DAY,
        "by": "Ada",
    }
    made = receive(**(given | known))  # type: ignore[arg-type]
    assert isinstance(made, Referral)
    return made


def test_without_agreement_nothing_but_the_count_is_kept() -> None:
    kept = receive(
        id="s1",
        source=SourceKind.SCHOOL,
        referrer="Istituto",
        person_id="p-42",
        on=date(2026, 11, 17),
        by="Ada",
    )
    assert kept == Counted(source=SourceKind.SCHOOL, month=date(2026, 11, 1))
    assert {field.name for field in fields(Counted)} == {"source", "month"}


def test_taking_the_agreement_back_leaves_the_same_as_never_giving_it() -> None:
    moved = advance(a_referral(), ReferralState.CONTACTED, on=date(2026, 12, 9), by="Ugo")
    never = receive(
        id="s1", source=SourceKind.PARISH, referrer="x", on=DAY, by="Ada", person_id="p-42"
    )
    assert withdraw(moved) == never


def test_the_referrer_sees_the_state_and_nothing_of_the_person() -> None:
    view = referrer_view(advance(a_referral(), ReferralState.CONTACTED, on=DAY, by="Ugo"))
    assert view == ReferrerView(referral_id="s1", state=ReferralState.CONTACTED, since=DAY)
    assert "p-42" not in repr(view)
    assert "Ugo" not in repr(view)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"by": " "}, "by is blank"),
        ({"referrer": ""}, "referrer is blank"),
        ({"person_id": None}, "person_id is blank"),
        ({"agreed_on": DAY + timedelta(days=1)}, "agreed_on = 2026-11-04 is after"),
        ({"id": ""}, "id is blank"),
    ],
)
def test_a_referral_without_a_name_or_with_an_agreement_to_come_is_refused(
    known: dict[str, object], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        a_referral(**known)


@pytest.mark.parametrize("source", SourceKind)
def test_every_source_is_of_one_network(source: SourceKind) -> None:
    informal = {SourceKind.PARISH, SourceKind.ASSOCIATION, SourceKind.NEIGHBOUR}
    assert (source.network is Network.INFORMAL) is (source in informal)


@pytest.mark.parametrize("state", ReferralState)
@pytest.mark.parametrize("to", ReferralState)
def test_only_what_follows_a_state_may_follow_it(state: ReferralState, to: ReferralState) -> None:
    first = a_referral()
    referral = replace(first, moves=(*first.moves, replace(first.moves[0], state=state)))
    if to in NEXT[state]:
        assert advance(referral, to, on=DAY, by="Ugo").state is to
    else:
        with pytest.raises(InputError, match=f"is '{state}': '{to}' does not follow; .* may"):
            advance(referral, to, on=DAY, by="Ugo")


def test_nobody_is_taken_in_charge_whom_nobody_spoke_with() -> None:
    assert ReferralState.TAKEN_IN_CHARGE not in NEXT[ReferralState.RECEIVED]


def test_a_day_does_not_go_back_and_nothing_changes_without_a_name() -> None:
    with pytest.raises(InputError, match="on = 2026-11-02 is before 2026-11-03"):
        advance(a_referral(), ReferralState.CONTACTED, on=DAY - timedelta(days=1), by="Ugo")
    with pytest.raises(InputError, match="by is blank"):
        advance(a_referral(), ReferralState.CLOSED, on=DAY, by="")


class LifeOfAReferral(RuleBasedStateMachine):
    """Any sequence of steps: allowed ones follow the table, refused ones change nothing."""

    referral: Referral
    today: date

    @initialize(source=st.sampled_from(SourceKind))
    def receive(self, source: SourceKind) -> None:
        self.referral, self.today = a_referral(source=source), DAY

    @rule(days=st.integers(0, 90))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(to=st.sampled_from(ReferralState), by=st.sampled_from(["Ada", "Ugo"]))
    def step(self, to: ReferralState, by: str) -> None:
        before = self.referral
        if to in NEXT[before.state]:
            self.referral = advance(before, to, on=self.today, by=by)
            assert self.referral.moves[:-1] == before.moves
            assert (self.referral.state, self.referral.since) == (to, self.today)
        else:
            with pytest.raises(InputError):
                advance(before, to, on=self.today, by=by)

    @precondition(lambda self: self.referral.since > DAY)
    @rule(to=st.sampled_from(ReferralState))
    def step_into_the_past(self, to: ReferralState) -> None:
        with pytest.raises(InputError):
            advance(self.referral, to, on=DAY, by="Ada")

    @rule(to=st.sampled_from(ReferralState))
    def step_of_nobody(self, to: ReferralState) -> None:
        with pytest.raises(InputError):
            advance(self.referral, to, on=self.today, by="  ")

    @invariant()
    def every_move_has_a_name_and_days_go_forward(self) -> None:
        moves = self.referral.moves
        assert all(move.by.strip() for move in moves)
        assert [move.on for move in moves] == sorted(move.on for move in moves)
        assert moves[0].state is ReferralState.RECEIVED
        assert len(moves) <= len(ReferralState)

    @invariant()
    def it_is_written_and_read_back_as_it_is(self) -> None:
        assert read_lines(referral_lines(self.referral), name="x") == (self.referral,)

    @invariant()
    def nothing_is_left_of_it_once_the_agreement_is_taken_back(self) -> None:
        assert withdraw(self.referral) == Counted(
            source=self.referral.source, month=date(2026, 11, 1)
        )


TestLifeOfAReferral = LifeOfAReferral.TestCase
