"""Which steps to fund this month: a proposal for people to decide on, with why and what else.

Need and urgency are what a manager and the person recorded, benefit what the steps are expected to
open. No estimate of risk is read here: there is no argument for one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from matching.accompaniment.fund.choosing import ORDERS, Choice, by_rule, choose
from matching.accompaniment.fund.policy import FundPolicy
from matching.accompaniment.fund.preparing import (
    HIGHEST_NEED,
    Prepared,
    counts_for,
    floors_of,
    prepare,
)
from matching.accompaniment.fund.program import FloorWanted, program_of
from matching.accompaniment.fund.purse import Money, MoneyLine, shares
from matching.accompaniment.fund.room import Candidate, Limits
from matching.accompaniment.fund.solving import Effort, shadow_value
from matching.domain.allocation import (
    Alternative,
    Block,
    FloorReached,
    Funded,
    FundRequest,
    NotFunded,
    Obstacle,
    Proposal,
    Shared,
)

MORE_CENTS = 100_000
"""The 1,000 euro more of which a proposal says what they would open."""

BUDGETS = (0.8, 0.9, 1.1, 1.2)
CURVE = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0)
QUICK = Effort(gap=2e-4, nodes=1_000, seconds=60.0, kernel=800)
"""How hard other budgets and floors are looked at: near the best, with a bound on how near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a proposal is made from; ``effort`` how hard to look."""

    requests: Sequence[FundRequest]
    policy: FundPolicy
    money: Money
    limits: Limits
    as_of: date
    effort: Effort = Effort()


def propose(question: Question, *, compared: bool = True) -> Proposal:
    """Propose which steps to fund.

    Parameters
    ----------
    question
        Requests, rules, money and limits on a day.
    compared
        Whether to solve again for other budgets and floors and for 1,000 euro more, and to show
        simple rules beside: it takes some ten times as long.

    Raises
    ------
    FundError
        Naming a request that cannot be used.
    """
    prepared, floors, choice = best(question)
    proposal = _told(question, prepared, floors, choice)
    if not compared:
        return proposal
    more = _more_money(question, prepared, floors, choice)
    program = program_of(prepared.candidates, question.money, question.limits, floors)
    return replace(
        proposal,
        marginal_value=more[0],
        marginal_steps=more[1],
        shadow_value=shadow_value(program) * MORE_CENTS / 100,
        beside=beside(question, prepared),
        budgets=tuple(_of_budget(question, factor) for factor in BUDGETS),
        curve=curve(question, prepared),
    )


def best(question: Question) -> tuple[Prepared, tuple[FloorWanted, ...], Choice]:
    """What can be chosen among, the floors, and the best choice found."""
    prepared = prepare(
        question.requests,
        policy=question.policy,
        money=question.money,
        limits=question.limits,
        as_of=question.as_of,
    )
    floors = floors_of(prepared.candidates, question.policy, question.money.budget_cents)
    return prepared, floors, _chosen(question, prepared, floors, question.effort)


def beside(question: Question, prepared: Prepared) -> tuple[Alternative, ...]:
    """What simple rules would choose within the same limits, without floors."""
    return tuple(
        alternative(
            name,
            by_rule(prepared.candidates, order, money=question.money, limits=question.limits),
            question.money.budget_cents,
        )
        for name, order in ORDERS.items()
    )


def curve(question: Question, prepared: Prepared) -> tuple[Alternative, ...]:
    """What is gained as the floor of the highest-need quarter rises.

    From none to all that this quarter gets where the highest need comes first; named by the share
    of that.
    """
    return tuple(
        alternative(f"{share:g}", choice, question.money.budget_cents)
        for share, choice in zip(CURVE, curve_choices(question, prepared), strict=True)
    )


def curve_choices(question: Question, prepared: Prepared) -> tuple[Choice, ...]:
    """The choices that :func:`curve` tells of."""
    first = by_rule(
        prepared.candidates,
        ORDERS["highest_need"],
        money=question.money,
        limits=question.limits,
    )
    most = alternative("", first, 0).highest_need_cents
    found = []
    for share in CURVE:
        floors = floors_of(
            prepared.candidates,
            question.policy,
            question.money.budget_cents,
            highest_need_cents=int(share * most),
        )
        found.append(_chosen(question, prepared, floors, QUICK))
    return tuple(found)


def alternative(name: str, choice: Choice, budget_cents: int) -> Alternative:
    """A choice in numbers."""
    highest = [one for one in choice.taken if one.request.need_quartile == HIGHEST_NEED]
    return Alternative(
        name=name,
        budget_cents=budget_cents,
        cents=choice.cents,
        value=choice.value,
        funded=len(choice.taken),
        people=len({one.request.person for one in choice.taken}),
        highest_need_cents=sum(one.cents for one in highest),
        highest_need_value=sum(one.value for one in highest),
        gap=choice.gap,
    )


def with_more(money: Money, cents: int) -> Money:
    """The same money, and so much more that may pay for anything."""
    line = MoneyLine(code="more", cents=cents)
    return Money(budget_cents=money.budget_cents + cents, lines=(*money.lines, line))


def _chosen(
    question: Question, prepared: Prepared, floors: Sequence[FloorWanted], effort: Effort
) -> Choice:
    return choose(
        prepared.candidates,
        money=question.money,
        limits=question.limits,
        floors=floors,
        effort=effort,
    )


def _more_money(
    question: Question, prepared: Prepared, floors: Sequence[FloorWanted], choice: Choice
) -> tuple[float, tuple[str, ...]]:
    """What 1,000 euro more open, the floors staying as they are, and which steps come in."""
    richer = replace(question, money=with_more(question.money, MORE_CENTS))
    again = prepare(
        richer.requests,
        policy=richer.policy,
        money=richer.money,
        limits=richer.limits,
        as_of=richer.as_of,
    )
    place = {one.request.id: number for number, one in enumerate(again.candidates)}
    same = [
        replace(
            floor,
            members=tuple(place[prepared.candidates[n].request.id] for n in floor.members),
        )
        for floor in floors
    ]
    before = frozenset(one.request.id for one in choice.taken)
    found = choose(
        again.candidates,
        money=richer.money,
        limits=richer.limits,
        floors=same,
        effort=question.effort,
        start=before,
    )
    came = tuple(one.request.id for one in found.taken if one.request.id not in before)
    return max(0.0, found.value - choice.value), came


def _of_budget(question: Question, factor: float) -> Alternative:
    """The best choice with less money in all, or with more that may pay for anything."""
    cents = int(factor * question.money.budget_cents)
    money = question.money
    other = (
        replace(money, budget_cents=cents)
        if cents <= money.budget_cents
        else with_more(money, cents - money.budget_cents)
    )
    _, _, choice = best(replace(question, money=other, effort=QUICK))
    return alternative(f"{factor - 1:+.0%}", choice, cents)


def _told(
    question: Question, prepared: Prepared, floors: Sequence[FloorWanted], choice: Choice
) -> Proposal:
    taken = {one.request.id for one in choice.taken}
    paid = shares(question.money, [(one.payers, one.cents) for one in choice.taken])
    over = question.policy.committee_over.most
    everybody = (*prepared.candidates, *(one for one, _ in prepared.ruled_out))
    return Proposal(
        as_of=question.as_of,
        budget_cents=question.money.budget_cents,
        cents=choice.cents,
        value=choice.value,
        bound=choice.bound or 0.0,
        gap=choice.gap or 0.0,
        proven=choice.proven,
        funded=tuple(
            Funded(
                request=one.request,
                cents=one.cents,
                co_payment_cents=one.co_payment_cents,
                lines=lines,
                value=one.value,
                measured=one.measured,
                to_committee=one.cents > over,
            )
            for one, lines in zip(choice.taken, paid, strict=True)
        ),
        left_out=tuple(_left_out(prepared, choice, taken)),
        by_ambito=_shared(everybody, taken, lambda one: one.request.ambito),
        by_quartile=_shared(everybody, taken, lambda one: str(one.request.need_quartile)),
        floors=tuple(
            FloorReached(
                ambito=floor.ambito,
                wanted_cents=floor.cents,
                asked_cents=sum(prepared.candidates[n].cents for n in floor.members),
                reached_cents=sum(
                    one.cents for one in choice.taken if counts_for(one, floor.ambito)
                ),
            )
            for floor in floors
        ),
    )


def _left_out(prepared: Prepared, choice: Choice, taken: set[str]) -> list[NotFunded]:
    blocks: Mapping[str, tuple[Block, ...]] = {
        one.request.id: (block,) for one, block in prepared.ruled_out
    }
    found = []
    for one in (*prepared.candidates, *(one for one, _ in prepared.ruled_out)):
        if one.request.id in taken:
            continue
        why = blocks.get(one.request.id) or choice.room.blocks(one)
        if not why:
            none = Obstacle.BETTER_USE if one.value > 0 else Obstacle.NO_BENEFIT
            why = (Block(obstacle=none),)
        found.append(NotFunded(request=one.request, cents=one.cents, value=one.value, blocks=why))
    return sorted(found, key=lambda one: (one.request.asked_on, one.request.id))


def _shared(
    candidates: Sequence[Candidate], taken: set[str], group_of: Callable[[Candidate], str]
) -> tuple[Shared, ...]:
    groups: dict[str, list[Candidate]] = {}
    for one in candidates:
        groups.setdefault(group_of(one), []).append(one)
    found = []
    for group in sorted(groups):
        members = groups[group]
        chosen = [one for one in members if one.request.id in taken]
        found.append(
            Shared(
                group=group,
                asked=len(members),
                asked_cents=sum(one.cents for one in members),
                funded=len(chosen),
                people=len({one.request.person for one in chosen}),
                cents=sum(one.cents for one in chosen),
                value=sum(one.value for one in chosen),
            )
        )
    return tuple(found)
