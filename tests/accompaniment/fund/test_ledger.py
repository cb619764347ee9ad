import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from matching.accompaniment.fund.ledger import Ledger, available, balances_on, post, post_all
from matching.accompaniment.fund.statement import statement
from matching.domain import Measure
from matching.domain.fund import (
    Account,
    AccountKind,
    BuyWelfare,
    ClosePeriod,
    Contribute,
    Correct,
    Grant,
    LineKind,
    Operation,
    Refund,
    Release,
    Repay,
    Transfer,
    WriteOff,
)
from matching.errors import FundError
from tests.accompaniment.fund.worlds import a_ledger, commit, day, gift, grant, loan, open_line


def balance(ledger: Ledger, kind: AccountKind, line: str = "dono", hub: str = "h1") -> int:
    return ledger.balances.get(Account(kind, hub, line), 0)


TENTH = day(10)


def correct(entry: str, on: date = TENTH, key: str = "fix") -> Correct:
    return Correct(id=key, on=on, entry=entry, reason="errore")


def test_money_set_aside_and_paid_is_no_longer_available() -> None:
    ledger = a_ledger(commit(30_000), grant(20_000))
    assert balance(ledger, AccountKind.AVAILABLE) == 70_000
    assert balance(ledger, AccountKind.COMMITTED) == 10_000
    assert balance(ledger, AccountKind.GRANTED) == 20_000
    assert sum(ledger.balances.values()) == 0


def test_what_is_released_or_comes_back_is_available_again() -> None:
    ledger = a_ledger(
        commit(30_000),
        grant(20_000),
        Release(id="x", on=day(5), commitment="k", cents=10_000),
        Refund(id="y", on=day(6), commitment="k", cents=5_000),
    )
    assert balance(ledger, AccountKind.AVAILABLE) == 85_000
    assert (ledger.commitments["k"].open, ledger.commitments["k"].paid) == (0, 15_000)


def test_a_loan_comes_back_to_its_line_or_is_lost() -> None:
    ledger = a_ledger(
        loan(20_000),
        Repay(id="b", on=day(5), loan="l", cents=12_000),
        WriteOff(id="w", on=day(6), loan="l", cents=8_000, reason="trasferita altrove"),
    )
    assert balance(ledger, AccountKind.AVAILABLE, "giro") == 42_000
    assert balance(ledger, AccountKind.LOST, "giro") == 8_000
    assert ledger.loans["l"].owed == 0


def test_a_purchase_of_local_services_leaves_a_share_to_the_fund() -> None:
    ledger = a_ledger(
        open_line("quota", LineKind.WELFARE_SHARE),
        BuyWelfare(
            id="w", on=day(3), hub="h1", line="quota", cents=10_000, left_cents=500,
            service="ore-di-cura", source="azienda",
        ),
    )  # fmt: skip
    assert balance(ledger, AccountKind.AVAILABLE, "quota") == 500
    assert balance(ledger, AccountKind.BOUGHT, "quota") == 9_500


def test_the_same_operation_sent_twice_is_entered_once() -> None:
    ledger = a_ledger(commit(30_000))
    again = post(ledger, commit(30_000))
    assert again.entries == ledger.entries
    with pytest.raises(FundError, match="already in the book, with another content"):
        post(ledger, commit(30_001))


def test_several_operations_are_all_entered_or_none() -> None:
    ledger = a_ledger()
    with pytest.raises(FundError):
        post_all(ledger, (commit(30_000), grant(40_000)))
    assert len(ledger.entries) == 4
    assert not ledger.commitments


def test_a_wrong_entry_is_taken_back_by_a_counter_entry() -> None:
    ledger = a_ledger(commit(30_000), grant(20_000), correct("g"))
    assert (ledger.commitments["k"].open, ledger.commitments["k"].paid) == (30_000, 0)
    ledger = post(ledger, correct("k", key="fix-2"))
    assert balance(ledger, AccountKind.AVAILABLE) == 100_000
    assert len(ledger.entries) == 8
    assert ledger.corrected == {"g", "k"}


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        (gift(0), "cents = 0"),
        (gift(100, line="altra"), "'altra' is not open"),
        (gift(100, on=date(2026, 10, 1)), "opened on 2026-11-01"),
        (replace(gift(100), source=" "), "source"),
        (commit(100_001), "are 100000"),
        (commit(1, line="giro"), "revolving: lend"),
        (grant(1, "nessuno"), "'nessuno' is not in the book"),
        (loan(1, line="dono"), "of kind donation"),
        (loan(50_001), "are 50000"),
        (loan(1, due=day(3)), "due = 2026-11-03"),
        (Repay(id="b", on=day(5), loan="l", cents=1), "loan 'l' is not in the book"),
        (Transfer(id="t", on=day(4), line="dono", from_hub="h1", to_hub="h1", cents=1, reason="x"),
         "name two hubs"),
        (Transfer(id="t", on=day(4), line="dono", from_hub="h2", to_hub="h1", cents=1, reason="x"),
         "are 0"),
        (ClosePeriod(id="c", on=day(30), year=2026, month=11), "the month ends on 2026-11-30"),
        (ClosePeriod(id="c", on=day(30), year=2026, month=13), "is no month"),
        (correct("nessuno"), "'nessuno' is not in the book"),
        (correct("open-dono"), "moves no money"),
        (correct("gift-dono-h1-2026-11-02-100000", on=day(1)), "is of 2026-11-02"),
        (replace(open_line(), id="twice"), "'dono' is open already"),
        (replace(open_line("x", target_cents=0)), "target_cents = 0"),
        (BuyWelfare(id="w", on=day(3), hub="h1", line="dono", cents=1, left_cents=0, service="s",
                    source="x"), "of kind donation"),
        (Operation(id="x", on=day(3)), "no operation of the fund"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_what_and_why(operation: Operation, said: str) -> None:
    ledger = a_ledger()
    with pytest.raises(FundError, match=re.escape(said)):
        post(ledger, operation)
    assert ledger.entries == a_ledger().entries


def test_a_line_pays_only_for_what_it_was_given_for() -> None:
    ledger = a_ledger(
        open_line("corsi", measures=(Measure.COURSE,), ambiti=("a",)), gift(10_000, "corsi")
    )
    post(ledger, commit(1, line="corsi"))
    with pytest.raises(FundError, match="pays for course, not for housing"):
        post(ledger, commit(1, line="corsi", measure=Measure.HOUSING))
    with pytest.raises(FundError, match="is for a, not for 'b'"):
        post(ledger, commit(1, line="corsi", ambito="b"))


def test_money_bound_to_a_hub_stays_there() -> None:
    ledger = a_ledger(open_line("sua", hub_bound=True), gift(100, "sua"))
    with pytest.raises(FundError, match="bound to the hub"):
        post(
            ledger,
            Transfer(
                id="t", on=day(4), line="sua", from_hub="h1", to_hub="h2", cents=1, reason="x"
            ),
        )


def test_more_than_was_set_aside_is_not_paid_nor_more_than_paid_refunded() -> None:
    ledger = a_ledger(commit(30_000), grant(20_000))
    with pytest.raises(FundError, match="is open 10000"):
        post(ledger, grant(10_001, key="g2"))
    with pytest.raises(FundError, match="was paid 20000"):
        post(ledger, Refund(id="y", on=day(5), commitment="k", cents=20_001))


def test_what_later_entries_rest_on_is_not_taken_back() -> None:
    ledger = a_ledger(
        commit(30_000), grant(20_000), Refund(id="y", on=day(5), commitment="k", cents=1)
    )
    for entry in ("k", "g"):
        with pytest.raises(FundError, match="later entries rest on"):
            post(ledger, correct(entry))
    with pytest.raises(FundError, match="are 70001"):
        post(ledger, correct("gift-dono-h1-2026-11-02-100000"))
    ledger = post(ledger, correct("y"))
    with pytest.raises(FundError, match="was corrected by 'fix' already"):
        post(ledger, correct("y", key="fix-2"))


def test_a_closed_month_takes_no_entry_and_a_correction_goes_to_an_open_one() -> None:
    ledger = a_ledger(commit(30_000), ClosePeriod(id="c", on=day(1, 12), year=2026, month=11))
    with pytest.raises(FundError, match="up to 2026-11-30 is closed"):
        post(ledger, gift(1, on=day(30)))
    with pytest.raises(FundError, match="closed already"):
        post(ledger, ClosePeriod(id="c2", on=day(2, 12), year=2026, month=10))
    fixed = post(ledger, correct("k", on=day(1, 12)))
    assert balances_on(fixed, day(30)) == balances_on(ledger, day(30))
    assert balance(fixed, AccountKind.AVAILABLE) == 100_000


def test_money_that_a_later_entry_needs_is_not_spent_before_it() -> None:
    ledger = a_ledger(commit(90_000, on=day(20)))
    assert available(ledger, day(5))["h1", "dono"] == 10_000
    with pytest.raises(FundError, match="are 10000"):
        post(ledger, commit(10_001, key="k2", on=day(5)))
    post(ledger, commit(10_000, key="k2", on=day(5)))


HUBS, LINES = ("h1", "h2"), ("dono", "giro", "corsi", "quota")
AMOUNTS = st.integers(1, 12_000)


class FundMachine(RuleBasedStateMachine):
    """Any sequence of operations, sensible or not: what is refused changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.ledger = Ledger()
        self.today = day(2)
        self.number = 0
        self.refused = 0
        self.closed: dict[date, dict[Account, int]] = {}

    def enter(self, operation: Operation) -> None:
        before = self.ledger.entries, dict(self.ledger.balances)
        try:
            self.ledger = post(self.ledger, operation)
        except FundError:
            self.refused += 1
            assert (self.ledger.entries, dict(self.ledger.balances)) == before

    def key(self) -> str:
        self.number += 1
        return f"op-{self.number}"

    @initialize()
    def lines(self) -> None:
        for operation in (
            open_line("dono"),
            open_line("giro", LineKind.REVOLVING),
            open_line("corsi", LineKind.CAMPAIGN, measures=(Measure.COURSE,), hub_bound=True),
            open_line("quota", LineKind.WELFARE_SHARE),
        ):
            self.enter(operation)
        for hub in HUBS:
            for line in LINES:
                self.give(hub, line, 30_000)
        # Something to go on with, so that few steps reach far.
        self.set_aside("h1", "dono", 9_000, Measure.COURSE, 0)
        self.lend("h2", "giro", 9_000)

    @rule(hub=st.sampled_from(HUBS), line=st.sampled_from(LINES), cents=AMOUNTS)
    def give(self, hub: str, line: str, cents: int) -> None:
        self.enter(
            Contribute(id=self.key(), on=self.today, hub=hub, line=line, cents=cents, source="x")
        )

    @rule(hub=st.sampled_from(HUBS), cents=AMOUNTS, left=st.integers(0, 13_000))
    def buy(self, hub: str, cents: int, left: int) -> None:
        self.enter(
            BuyWelfare(
                id=self.key(), on=self.today, hub=hub, line="quota", cents=cents, left_cents=left,
                service="s", source="x",
            )
        )  # fmt: skip

    @rule(
        hub=st.sampled_from(HUBS),
        line=st.sampled_from(LINES),
        cents=AMOUNTS,
        measure=st.sampled_from((Measure.COURSE, Measure.FOOD)),
        back=st.integers(0, 3),
    )
    def set_aside(self, hub: str, line: str, cents: int, measure: Measure, back: int) -> None:
        on = self.today - timedelta(days=back)
        self.enter(commit(cents, self.key(), hub=hub, line=line, measure=measure, on=on))

    @precondition(lambda self: self.ledger.commitments)
    @rule(data=st.data(), kind=st.sampled_from((Grant, Grant, Release, Refund)), cents=AMOUNTS)
    def move_on(self, data: st.DataObject, kind: type[Grant], cents: int) -> None:
        key = data.draw(st.sampled_from(sorted(self.ledger.commitments)))
        self.enter(kind(id=self.key(), on=self.today, commitment=key, cents=cents))

    @rule(hub=st.sampled_from(HUBS), line=st.sampled_from(LINES), cents=AMOUNTS)
    def lend(self, hub: str, line: str, cents: int) -> None:
        due = self.today + timedelta(days=30)
        self.enter(loan(cents, self.key(), hub=hub, line=line, on=self.today, due=due))

    @precondition(lambda self: self.ledger.loans)
    @rule(data=st.data(), lost=st.booleans(), cents=AMOUNTS)
    def repay(self, data: st.DataObject, lost: bool, cents: int) -> None:
        key = data.draw(st.sampled_from(sorted(self.ledger.loans)))
        self.enter(
            WriteOff(id=self.key(), on=self.today, loan=key, cents=cents, reason="x")
            if lost
            else Repay(id=self.key(), on=self.today, loan=key, cents=cents)
        )

    @rule(line=st.sampled_from(LINES), cents=AMOUNTS, there=st.booleans())
    def transfer(self, line: str, cents: int, there: bool) -> None:
        giving, taking = HUBS if there else HUBS[::-1]
        self.enter(
            Transfer(
                id=self.key(), on=self.today, line=line, from_hub=giving, to_hub=taking,
                cents=cents, reason="x",
            )
        )  # fmt: skip

    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        entry = data.draw(st.sampled_from(self.ledger.entries[-8:]))
        self.enter(correct(entry.operation.id, on=self.today, key=self.key()))

    @rule(data=st.data())
    def send_twice(self, data: st.DataObject) -> None:
        entry = data.draw(st.sampled_from(self.ledger.entries))
        count = len(self.ledger.entries)
        self.enter(entry.operation)
        assert len(self.ledger.entries) == count

    @rule(days=st.integers(1, 25))
    def wait(self, days: int) -> None:
        self.today += timedelta(days=days)

    @precondition(lambda self: (self.ledger.closed_to or day(1)) < self.today.replace(day=1))
    @rule()
    def close(self) -> None:
        end = self.today.replace(day=1) - timedelta(days=1)
        self.enter(ClosePeriod(id=self.key(), on=self.today, year=end.year, month=end.month))
        if self.ledger.closed_to is not None:
            self.closed.setdefault(
                self.ledger.closed_to, balances_on(self.ledger, self.ledger.closed_to)
            )

    @invariant()
    def no_money_appears_or_vanishes(self) -> None:
        assert sum(self.ledger.balances.values()) == 0
        for entry in self.ledger.entries:
            assert sum(one.cents for one in entry.postings) == 0

    @invariant()
    def what_the_fund_has_is_never_negative_on_any_day(self) -> None:
        running: dict[Account, int] = {}
        by_day = sorted(self.ledger.entries, key=lambda entry: entry.operation.on)
        for number, entry in enumerate(by_day):
            for one in entry.postings:
                running[one.account] = running.get(one.account, 0) + one.cents
            last = number + 1 == len(by_day)
            if last or by_day[number + 1].operation.on != entry.operation.on:
                for account, cents in running.items():
                    assert account.kind is AccountKind.OUTSIDE or cents >= 0, account

    def teardown(self) -> None:
        self.totals_of_a_replay_are_the_running_ones()
        self.a_statement_adds_up()

    def totals_of_a_replay_are_the_running_ones(self) -> None:
        again = post_all(Ledger(), (entry.operation for entry in self.ledger.entries))
        assert again.entries == self.ledger.entries
        assert dict(again.balances) == dict(self.ledger.balances)
        assert dict(again.commitments) == dict(self.ledger.commitments)
        assert dict(again.loans) == dict(self.ledger.loans)

    @invariant()
    def what_is_set_aside_and_owed_is_that_of_each_commitment_and_loan(self) -> None:
        held = dict.fromkeys(AccountKind, 0)
        for account, cents in self.ledger.balances.items():
            held[account.kind] += cents
        assert held[AccountKind.COMMITTED] == sum(
            one.open for one in self.ledger.commitments.values()
        )
        assert held[AccountKind.GRANTED] == sum(
            one.paid for one in self.ledger.commitments.values()
        )
        assert held[AccountKind.LENT] == sum(one.owed for one in self.ledger.loans.values())

    @invariant()
    def nothing_is_open_paid_or_owed_below_zero(self) -> None:
        for one in self.ledger.commitments.values():
            assert one.open >= 0
            assert 0 <= one.paid <= one.operation.cents
        for lent in self.ledger.loans.values():
            assert 0 <= lent.owed <= lent.operation.cents

    @invariant()
    def closed_months_stay_as_they_were(self) -> None:
        for end, before in self.closed.items():
            assert balances_on(self.ledger, end) == before

    def a_statement_adds_up(self) -> None:
        found = statement(self.ledger, as_of=self.today, since=day(15))
        for one in found.lines:
            left = one.granted + one.committed_more + one.lent_more + one.lost
            assert one.opening + one.came_in + one.transferred - left == one.available
        assert sum(one.transferred for one in found.lines) == 0


FundMachine.TestCase.settings = settings(stateful_step_count=40)
TestFundMachine = FundMachine.TestCase
