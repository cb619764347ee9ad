"""Small ledgers, rules and requests."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from matching.accompaniment.fund.allocation import Question
from matching.accompaniment.fund.ledger import Ledger, post_all
from matching.accompaniment.fund.policy import CoPayment, Counts, Floor, FundPolicy, Limit, Stated
from matching.accompaniment.fund.purse import Money, one_budget
from matching.accompaniment.fund.room import Limits
from matching.domain import Measure
from matching.domain.allocation import FundRequest
from matching.domain.fund import (
    Commit,
    Contribute,
    Grant,
    Lend,
    Line,
    LineKind,
    OpenLine,
    Operation,
)

AS_OF = date(2026, 12, 1)
SAID = {"reason": "prova", "source": "prova"}


def day(number: int, month: int = 11) -> date:
    return date(2026, month, number)


SECOND, FOURTH = day(2), day(4)


def open_line(code: str = "dono", kind: LineKind = LineKind.DONATION, **values: Any) -> OpenLine:
    line = Line(code=code, kind=kind, name=code.title(), **values)
    return OpenLine(id=f"open-{code}", on=day(1), line=line)


def gift(cents: int, line: str = "dono", hub: str = "h1", on: date = SECOND) -> Contribute:
    return Contribute(
        id=f"gift-{line}-{hub}-{on}-{cents}", on=on, hub=hub, line=line, cents=cents, source="x"
    )


def commit(cents: int, key: str = "k", **values: Any) -> Commit:
    fields: dict[str, Any] = {
        "on": day(3),
        "hub": "h1",
        "line": "dono",
        "request": "r",
        "person": "p",
        "measure": Measure.COURSE,
        "ambito": "a",
    }
    return Commit(id=key, cents=cents, **(fields | values))


def grant(cents: int, commitment: str = "k", key: str = "g", on: date = FOURTH) -> Grant:
    return Grant(id=key, on=on, commitment=commitment, cents=cents)


def loan(cents: int, key: str = "l", **values: Any) -> Lend:
    fields: dict[str, Any] = {
        "on": day(3),
        "hub": "h1",
        "line": "giro",
        "person": "p",
        "measure": Measure.HOUSING,
        "ambito": "a",
        "due": day(20),
    }
    return Lend(id=key, cents=cents, **(fields | values))


def a_ledger(*operations: Operation) -> Ledger:
    """A ledger with a line of donations and a revolving one, 1,000.00 and 500.00 in it."""
    first = (
        open_line(),
        open_line("giro", LineKind.REVOLVING),
        gift(100_000),
        gift(50_000, "giro"),
    )
    return post_all(Ledger(), (*first, *operations))


def a_policy(
    *,
    floors: Sequence[tuple[str | None, float]] = (),
    cap: int = 300_000,
    committee: int = 80_000,
    co_payment: float = 0.0,
) -> FundPolicy:
    return FundPolicy(
        valid_from=date(2026, 1, 1),
        valid_to=date(2027, 12, 31),
        person_cap=Limit(most=cap, **SAID),
        committee_over=Limit(most=committee, **SAID),
        people_per_manager=Limit(most=12, **SAID),
        left_share=0.05,
        left_reason=Stated(**SAID),
        co_payments=(
            CoPayment(
                measures=(Measure.TRANSPORT,), share=co_payment, waived_from_quartile=3, **SAID
            ),
        )
        if co_payment
        else (),
        priorities=(Counts(measures=(Measure.CARE,), number=2.0, **SAID),),
        unmeasured=(Counts(measures=(Measure.HOUSING,), number=0.5, **SAID),),
        floors=tuple(Floor(ambito=ambito, share=share, **SAID) for ambito, share in floors),
    )


def a_request(key: str = "r", cents: int = 10_000, benefit: float | None = 1.0, **values: Any):
    fields: dict[str, Any] = {
        "plan_id": f"plan-{key}",
        "step": "corso",
        "measure": Measure.COURSE,
        "person": f"person-{key}",
        "ambito": "a",
        "urgency": 1.0,
        "need_quartile": 1,
        "asked_on": day(1),
        "seats_key": f"seat-{key}",
    }
    return FundRequest(id=key, cost_cents=cents, benefit=benefit, **(fields | values))


def a_question(
    *requests: FundRequest,
    money: Money | int = 100_000,
    policy: FundPolicy | None = None,
    seats: dict[str, int] | None = None,
    people: dict[str, int] | None = None,
    spent: dict[str, int] | None = None,
    **values: Any,
) -> Question:
    rules = policy or a_policy()
    return Question(
        requests=requests,
        policy=rules,
        money=one_budget(money) if isinstance(money, int) else money,
        limits=Limits(
            seats=seats or {},
            people=people or {},
            person_cap_cents=rules.person_cap.most,
            spent_cents=spent or {},
        ),
        as_of=AS_OF,
        **values,
    )
