from typing import Any

import pytest

from matching.accompaniment.fund.allocation import Question, propose
from matching.accompaniment.fund.committee import commitments, decide, decision_row
from matching.accompaniment.fund.from_ledger import last_movement, money_of, spent_by_person
from matching.accompaniment.fund.ledger import post, post_all
from matching.accompaniment.fund.purse import one_budget
from matching.domain import Measure
from matching.domain.allocation import (
    ChangeReason,
    CommitteeChange,
    CommitteeDecision,
    Obstacle,
    Verdict,
)
from matching.domain.fund import WHOLE_TERRITORY, Refund, Release
from matching.errors import FundError
from tests.accompaniment.fund.worlds import (
    AS_OF,
    a_ledger,
    a_question,
    a_request,
    commit,
    day,
    gift,
    grant,
    loan,
    open_line,
)

HUBS = {"h1": "a", "h2": "b"}


def a_decision(*changes: CommitteeChange, **values: Any) -> CommitteeDecision:
    fields: dict[str, Any] = {
        "verdict": Verdict.CHANGE if changes else Verdict.ACCEPT,
        "text": "Riunione di dicembre.",
    }
    return CommitteeDecision(id="d1", on=AS_OF, by="comitato", changes=changes, **(fields | values))


def change(request: str, *, add: bool, **values: Any) -> CommitteeChange:
    fields: dict[str, Any] = {"reason": ChangeReason.NEED_KNOWN, "text": "sfratto a gennaio"}
    return CommitteeChange(request=request, add=add, **(fields | values))


@pytest.fixture
def question() -> Question:
    """20.00 for one of each pair: best and second, in an edition with one seat."""
    return a_question(
        a_request("best", 1_000, 3.0, seats_key="ed"),
        a_request("second", 1_000, 2.0, seats_key="ed"),
        a_request("other", 1_000, 1.0),
        money=2_000,
        seats={"ed": 1},
    )


def decided(question: Question, decision: CommitteeDecision) -> Any:
    proposal = propose(question, compared=False)
    return decide(proposal, decision, money=question.money, limits=question.limits)


def test_an_accepted_proposal_pays_for_what_was_proposed(question: Question) -> None:
    found = decided(question, a_decision())
    assert [one.candidate.request.id for one in found.paid] == ["best", "other"]
    assert found.over == ()


def test_a_rejected_proposal_pays_for_nothing(question: Question) -> None:
    assert decided(question, a_decision(verdict=Verdict.REJECT)).paid == ()


def test_the_committee_may_go_over_seats_and_it_is_kept(question: Question) -> None:
    found = decided(question, a_decision(change("other", add=False), change("second", add=True)))
    assert {one.candidate.request.id for one in found.paid} == {"best", "second"}
    ((key, block),) = found.over
    assert (key, block.obstacle) == ("second", Obstacle.SEATS)
    row = decision_row(found)
    assert row["event"] == "committee_decision"
    assert row["changes"][1] == {
        "request": "second",
        "add": True,
        "reason": "need_known",
        "text": "sfratto a gennaio",
    }
    assert row["over"] == [{"request": "second", "obstacle": "seats", "amount": 1}]
    assert len(row["proposal"]) == 16


def test_the_committee_cannot_spend_what_is_not_there(question: Question) -> None:
    with pytest.raises(FundError, match="1000 cents are missing"):
        decided(question, a_decision(change("second", add=True)))


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (a_decision(text=" "), "write both"),
        (a_decision(verdict=Verdict.CHANGE), "with 0 changes"),
        (a_decision(change("other", add=False), verdict=Verdict.ACCEPT), "with 1 changes"),
        (a_decision(change("nobody", add=True)), "is not left out by"),
        (a_decision(change("second", add=False)), "is not in"),
        (a_decision(change("other", add=False), change("other", add=False)), "changed twice"),
        (a_decision(change("other", add=False, reason=ChangeReason.OTHER, text="")), "needs words"),
    ],
)
def test_a_decision_that_says_nothing_or_too_much_is_refused(
    question: Question, decision: CommitteeDecision, said: str
) -> None:
    with pytest.raises(FundError, match=said):
        decided(question, decision)


def test_a_decision_sets_money_aside_on_the_lines_of_the_ledger() -> None:
    ledger = a_ledger(
        open_line("corsi", measures=(Measure.COURSE,)),
        gift(700, "corsi"),
        gift(5_000, hub=WHOLE_TERRITORY),
        gift(9_000, hub="h2"),
    )
    money = money_of(ledger, day=AS_OF, budget_cents=3_000, ambito_of=HUBS)
    assert {line.code: line.cents for line in money.lines} == {
        "corsi@h1": 700,
        "dono@h1": 100_000,
        "dono@h2": 9_000,
        "dono@territory": 5_000,
    }
    assert {line.code: set(line.ambiti) for line in money.lines}["dono@h2"] == {"b"}
    question = a_question(a_request("x", 1_000, 1.0), a_request("y", 2_000, 1.0), money=money)
    found = decided(question, a_decision())
    after = post_all(ledger, commitments(found))
    assert sum(one.open for one in after.commitments.values()) == 3_000
    assert spent_by_person(after, day=AS_OF) == {"person-x": 1_000, "person-y": 2_000}
    again = post_all(after, commitments(found))
    assert again.entries == after.entries


def test_money_of_no_ledger_is_not_set_aside(question: Question) -> None:
    assert question.money == one_budget(2_000)
    with pytest.raises(FundError, match="is of no ledger"):
        commitments(decided(question, a_decision()))


def test_a_hub_that_the_territory_does_not_have_is_refused() -> None:
    with pytest.raises(FundError, match="Hub 'h1'"):
        money_of(a_ledger(), day=AS_OF, budget_cents=1, ambito_of={"h2": "b"})


def test_lines_of_another_ambito_than_their_hub_s_pay_for_nobody() -> None:
    ledger = a_ledger(open_line("altri", ambiti=("b",)), gift(10, "altri"))
    money = money_of(ledger, day=AS_OF, budget_cents=1, ambito_of=HUBS)
    assert "altri@h1" not in {line.code for line in money.lines}


def test_what_a_person_had_counts_for_twelve_months_and_not_what_was_released() -> None:
    ledger = a_ledger(commit(10_000), grant(4_000))
    assert spent_by_person(ledger, day=AS_OF) == {"p": 10_000}
    assert spent_by_person(ledger, day=day(3).replace(year=2027)) == {}


def test_the_last_day_on_which_the_fund_moved_money_for_somebody() -> None:
    assert last_movement(a_ledger(), "p") is None
    set_aside = a_ledger(commit(10_000), commit(5_000, key="other", person="q"))
    assert last_movement(set_aside, "p") == day(3)
    released = post(set_aside, Release(id="r", on=day(5), commitment="k", cents=10_000))
    assert last_movement(released, "p") is None
    paid = post(set_aside, grant(10_000))
    assert last_movement(paid, "p") == day(4)
    # Money that was paid and came back is in the accounts all the same.
    back = post(paid, Refund(id="b", on=day(9), commitment="k", cents=10_000))
    assert last_movement(back, "p") == day(9)
    assert last_movement(a_ledger(loan(1_000)), "p") == day(3)
