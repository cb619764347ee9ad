"""Requests as the program takes them: checked, in one order, priced by the territory's rules."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite

from matching.accompaniment.fund.policy import FundPolicy
from matching.accompaniment.fund.program import FloorWanted
from matching.accompaniment.fund.purse import Money
from matching.accompaniment.fund.room import Candidate, Limits
from matching.domain.allocation import Block, FundRequest, Obstacle
from matching.errors import FundError

HIGHEST_NEED = 4
"""The quarter of people in highest need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What can be chosen among, and what rules leave out, with why."""

    candidates: tuple[Candidate, ...]
    ruled_out: tuple[tuple[Candidate, Block], ...]


def prepare(
    requests: Sequence[FundRequest],
    *,
    policy: FundPolicy,
    money: Money,
    limits: Limits,
    as_of: date,
) -> Prepared:
    """Requests in the order in which they were asked, whatever order they are given in.

    Raises
    ------
    FundError
        Naming the request and the value that cannot be used.
    """
    ordered = sorted(requests, key=lambda one: (one.asked_on, one.id))
    check_requests(ordered)
    known = {one.id: _candidate(one, policy, money) for one in ordered}
    out: dict[str, Block] = {}
    for candidate in known.values():
        block = _ruled_out(candidate, limits, as_of)
        if block is not None:
            out[candidate.request.id] = block
    needed = {before for one in ordered for before in one.after}
    for candidate in known.values():
        if candidate.value == 0 and candidate.request.id not in needed | set(out):
            out[candidate.request.id] = Block(obstacle=Obstacle.NO_BENEFIT)
    # What must come after a step that cannot be taken in cannot either.
    while True:
        later = {
            one.id: next(before for before in one.after if before in out)
            for one in ordered
            if one.id not in out and any(before in out for before in one.after)
        }
        if not later:
            break
        for key, before in later.items():
            out[key] = Block(obstacle=Obstacle.EARLIER_STEP, what=before)
    return Prepared(
        candidates=tuple(one for key, one in known.items() if key not in out),
        ruled_out=tuple((known[key], out[key]) for key in known if key in out),
    )


def floors_of(
    candidates: Sequence[Candidate],
    policy: FundPolicy,
    budget_cents: int,
    *,
    highest_need_cents: int | None = None,
) -> tuple[FloorWanted, ...]:
    """The floors of a budget, in cents; another for the highest-need quarter where it is given."""
    found = []
    for floor in policy.floors:
        cents = int(floor.share * budget_cents)
        if floor.ambito is None and highest_need_cents is not None:
            cents = highest_need_cents
        if cents:
            found.append(
                FloorWanted(
                    ambito=floor.ambito,
                    cents=cents,
                    members=tuple(
                        n for n, one in enumerate(candidates) if counts_for(one, floor.ambito)
                    ),
                )
            )
    return tuple(found)


def counts_for(candidate: Candidate, ambito: str | None) -> bool:
    """Whether a step counts for the floor of an ambito; None: of the highest-need quarter."""
    if ambito is None:
        return candidate.request.need_quartile == HIGHEST_NEED
    return candidate.request.ambito == ambito


def seats_of(requests: Sequence[FundRequest], catalogue: Mapping[str, int]) -> dict[str, int]:
    """Seats of each edition: as its requests say, else as the catalogue does for the service.

    ``catalogue`` has the seats by slug. An edition of which nobody says anything has no limit.
    """
    found: dict[str, int] = {}
    for one in requests:
        seats = one.seats_left
        if seats is None:
            seats = catalogue.get(one.step)
        if seats is not None:
            found[one.seats_key] = min(seats, found.get(one.seats_key, seats))
    return found


def check_requests(requests: Sequence[FundRequest]) -> None:
    """Refuse requests that contradict themselves or each other.

    Raises
    ------
    FundError
        Naming the request, the value, and what to do.
    """
    plans: dict[str, dict[str, FundRequest]] = defaultdict(dict)
    seen: set[str] = set()
    ambiti: dict[str, str] = {}
    for one in requests:
        if one.id in seen:
            raise FundError(f"Request {one.id!r} is there twice; identifiers must differ.")
        seen.add(one.id)
        plans[one.plan_id][one.id] = one
        _check_numbers(one)
        if ambiti.setdefault(one.person, one.ambito) != one.ambito:
            raise FundError(
                f"Request {one.id!r}: ambito = {one.ambito!r}, but the person has another in an "
                f"earlier one, {ambiti[one.person]!r}; correct one of them."
            )
    for one in requests:
        for before in one.after:
            if before not in plans[one.plan_id] or before == one.id:
                raise FundError(
                    f"Request {one.id!r}: after = {before!r} is no other request of its plan; "
                    "correct it, or leave out what is done already."
                )
    for plan in plans.values():
        _check_no_circle(plan)


def _check_numbers(one: FundRequest) -> None:
    for name, value, fine, due in (
        ("cost_cents", one.cost_cents, one.cost_cents > 0, "cents above 0"),
        (
            "benefit",
            one.benefit,
            one.benefit is None or (isfinite(one.benefit) and one.benefit >= 0),
            "a number of at least 0, or none where it was not measured",
        ),
        ("urgency", one.urgency, 1 <= one.urgency <= 3, "a number from 1 to 3"),
        ("need_quartile", one.need_quartile, one.need_quartile in (1, 2, 3, 4), "1, 2, 3 or 4"),
        (
            "seats_left",
            one.seats_left,
            one.seats_left is None or one.seats_left >= 0,
            "a whole number of at least 0, or none where it is not known",
        ),
    ):
        if not fine:
            raise FundError(f"Request {one.id!r}: {name} = {value!r} is not valid; write {due}.")


def _check_no_circle(plan: Mapping[str, FundRequest]) -> None:
    free = set(plan)
    while free:
        ready = {key for key in free if not free & set(plan[key].after)}
        if not ready:
            raise FundError(
                f"Request {min(free)!r}: after leads round in a circle; leave one of the steps out."
            )
        free -= ready


def _candidate(request: FundRequest, policy: FundPolicy, money: Money) -> Candidate:
    co_payment = policy.co_payment_cents(request)
    return Candidate(
        request=request,
        cents=request.cost_cents - co_payment,
        co_payment_cents=co_payment,
        value=policy.value(request),
        measured=request.benefit is not None,
        payers=money.payers(request.measure, request.ambito),
    )


def _ruled_out(candidate: Candidate, limits: Limits, as_of: date) -> Block | None:
    """What leaves a step out whatever else is chosen."""
    request = candidate.request
    if request.starts_on is not None and request.starts_on < as_of:
        return Block(obstacle=Obstacle.PAST)
    if not candidate.payers:
        return Block(obstacle=Obstacle.NO_LINE)
    over = candidate.cents - limits.cap_of(request.person)
    if over > 0:
        return Block(obstacle=Obstacle.OVER_CAP, amount=over)
    if limits.seats.get(request.seats_key) == 0:
        return Block(obstacle=Obstacle.SEATS, amount=1, what=request.seats_key)
    return None
