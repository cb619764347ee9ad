"""What the committee decides on a proposal: recorded with its reasons, and turned into the book.

The committee may do what the program would not: go over a cap, a caseload, an edition's seats.
That is kept beside its decision, and refuses nothing. Only money that is not there is refused.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from matching.accompaniment.fund.purse import Money, Purse, shares
from matching.accompaniment.fund.room import Candidate, Limits, Room
from matching.domain.allocation import (
    Block,
    ChangeReason,
    CommitteeDecision,
    Funded,
    NotFunded,
    Proposal,
    Verdict,
)
from matching.domain.fund import Commit
from matching.errors import FundError

_HUB = "@"
_DIGITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """A step that will be paid: by which lines, in cents."""

    candidate: Candidate
    lines: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision, the proposal it is on, what it comes to, and which limits it goes over."""

    decision: CommitteeDecision
    proposal: str
    paid: tuple[Paid, ...]
    over: tuple[tuple[str, Block], ...]


def proposal_digest(proposal: Proposal) -> str:
    """By which a proposal is known: the same for the same steps, amounts and day."""
    text = json.dumps(
        [
            proposal.as_of.isoformat(),
            proposal.budget_cents,
            [[one.request.id, one.cents, one.lines] for one in proposal.funded],
            [one.request.id for one in proposal.left_out],
        ],
        separators=(",", ":"),
    )
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def decide(
    proposal: Proposal, decision: CommitteeDecision, *, money: Money, limits: Limits
) -> Decided:
    """What a decision on a proposal comes to.

    Raises
    ------
    FundError
        A decision without words, or with changes that its verdict has no place for; a change
        without words, of a request that the proposal does not know, or that is in (or out)
        already; more money than there is.
    """
    _check(proposal, decision)
    known: dict[str, Funded | NotFunded] = {one.request.id: one for one in proposal.funded}
    known |= {one.request.id: one for one in proposal.left_out}
    wanted: set[str] = set()
    if decision.verdict is not Verdict.REJECT:
        wanted = {one.request.id for one in proposal.funded}
        for change in decision.changes:
            wanted = wanted | {change.request} if change.add else wanted - {change.request}
    chosen = [
        Candidate(
            request=one.request,
            cents=one.cents,
            co_payment_cents=one.request.cost_cents - one.cents,
            value=one.value,
            measured=one.request.benefit is not None,
            payers=money.payers(one.request.measure, one.request.ambito),
        )
        for key, one in known.items()
        if key in wanted
    ]
    purse = Purse(money)
    for step in chosen:
        over, on_lines = purse.short(step.payers, step.cents)
        if over or on_lines:
            raise FundError(
                f"Decision {decision.id!r}: with request {step.request.id!r} "
                f"{max(over, on_lines)} cents are missing; take another step out, or bring money "
                "in first."
            )
        purse.pay(step.payers, step.cents)
    lines = shares(money, [(step.payers, step.cents) for step in chosen])
    return Decided(
        decision=decision,
        proposal=proposal_digest(proposal),
        paid=tuple(
            Paid(candidate=step, lines=parts) for step, parts in zip(chosen, lines, strict=True)
        ),
        over=_over(chosen, money, limits),
    )


def commitments(decided: Decided) -> tuple[Commit, ...]:
    """The operations that set the money of a decision aside, for lines that a ledger has.

    Raises
    ------
    FundError
        Where the money came from no ledger.
    """
    found = []
    for one in decided.paid:
        for code, cents in one.lines:
            line, separator, hub = code.rpartition(_HUB)
            if not separator:
                raise FundError(
                    f"Line {code!r} is of no ledger: propose with the ledger, then decide."
                )
            request = one.candidate.request
            found.append(
                Commit(
                    id=f"{decided.decision.id}:{request.id}:{code}",
                    on=decided.decision.on,
                    hub=hub,
                    line=line,
                    cents=cents,
                    request=request.id,
                    person=request.person,
                    measure=request.measure,
                    ambito=request.ambito,
                )
            )
    return tuple(found)


def line_code(line: str, hub: str) -> str:
    """How a proposal names the money of a line in a hub.

    >>> line_code("fondazione", "hub-1")
    'fondazione@hub-1'
    """
    return f"{line}{_HUB}{hub}"


def decision_row(decided: Decided) -> Mapping[str, Any]:
    """A decision as an event of the record: a JSON object."""
    decision = decided.decision
    return {
        "event": "committee_decision",
        "id": decision.id,
        "on": decision.on.isoformat(),
        "by": decision.by,
        "proposal": decided.proposal,
        "verdict": str(decision.verdict),
        "text": decision.text,
        "changes": [{**asdict(one), "reason": str(one.reason)} for one in decision.changes],
        "paid": [
            {"request": one.candidate.request.id, "lines": [list(part) for part in one.lines]}
            for one in decided.paid
        ],
        "over": [
            {"request": key, "obstacle": str(block.obstacle), "amount": block.amount}
            for key, block in decided.over
        ],
    }


def _check(proposal: Proposal, decision: CommitteeDecision) -> None:
    where = f"Decision {decision.id!r}"
    if not decision.text.strip() or not decision.by.strip():
        raise FundError(f"{where}: by and text say who decided and why; write both.")
    if (decision.verdict is Verdict.CHANGE) != bool(decision.changes):
        raise FundError(
            f"{where}: verdict {decision.verdict} with {len(decision.changes)} changes; write "
            "change with what changes, accept or reject with nothing."
        )
    funded = {one.request.id for one in proposal.funded}
    left_out = {one.request.id for one in proposal.left_out}
    seen: set[str] = set()
    for change in decision.changes:
        if change.request not in (left_out if change.add else funded) or change.request in seen:
            what = "is not left out by" if change.add else "is not in"
            raise FundError(
                f"{where}: request {change.request!r} {what} the proposal, or is changed twice; "
                "correct the change."
            )
        seen.add(change.request)
        if change.reason is ChangeReason.OTHER and not change.text.strip():
            raise FundError(
                f"{where}: request {change.request!r}: reason other needs words; write why."
            )


def _over(chosen: list[Candidate], money: Money, limits: Limits) -> tuple[tuple[str, Block], ...]:
    """Limits besides money that the steps go over, taken in as they were asked."""
    room = Room(money, limits)
    found = []
    waiting = sorted(chosen, key=lambda one: (one.request.asked_on, one.request.id))
    # A step that must come first may have been asked for later: what fits is taken in first.
    while True:
        fitting = [one for one in waiting if room.fits(one)]
        if not fitting:
            break
        room.take(fitting[0])
        waiting.remove(fitting[0])
    for one in waiting:
        found += [(one.request.id, block) for block in room.blocks(one)]
    return tuple(found)
