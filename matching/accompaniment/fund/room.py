"""What can still be taken in beside what was, to the cent: to check, to explain, to compare."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from matching.accompaniment.fund.purse import Money, Payers, Purse
from matching.domain.allocation import Block, FundRequest, Obstacle


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A request as the fund would pay it: cents, the household's part, value, lines."""

    request: FundRequest
    cents: int
    co_payment_cents: int
    value: float
    measured: bool
    payers: Payers


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What besides money is scarce: seats by edition, people by ambito, cents left by person.

    An edition or an ambito that is not there has no limit; a person has ``person_cap_cents``.
    """

    seats: Mapping[str, int]
    people: Mapping[str, int]
    person_cap_cents: int
    spent_cents: Mapping[str, int]

    def cap_of(self, person: str) -> int:
        """Cents that a person's cap leaves."""
        return max(0, self.person_cap_cents - self.spent_cents.get(person, 0))


@dataclass(slots=True)
class Room:
    """What was taken in, and what is left beside it."""

    money: Money
    limits: Limits
    purse: Purse = field(init=False)
    taken: dict[str, Candidate] = field(default_factory=dict)
    seats: dict[str, int] = field(default_factory=dict)
    steps_of: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    spent: dict[str, int] = field(default_factory=dict)
    ways: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.purse = Purse(self.money)

    def blocks(self, candidate: Candidate) -> tuple[Block, ...]:
        """Everything that stands in the way of taking one more in; nothing if it fits."""
        return (*self._own_blocks(candidate), *self._money_blocks(candidate))

    def fits(self, candidate: Candidate) -> bool:
        """Whether nothing stands in the way."""
        return not self._own_blocks(candidate) and self.purse.short(
            candidate.payers, candidate.cents
        ) == (0, 0)

    def take(self, candidate: Candidate) -> None:
        """Take one in that fits."""
        request = candidate.request
        self.purse.pay(candidate.payers, candidate.cents)
        self.taken[request.id] = candidate
        self.seats[request.seats_key] = self.seats.get(request.seats_key, 0) + 1
        if not self.steps_of.get(request.person):
            self.people[request.ambito] = self.people.get(request.ambito, 0) + 1
        self.steps_of[request.person] = self.steps_of.get(request.person, 0) + 1
        self.spent[request.person] = self.spent.get(request.person, 0) + candidate.cents
        if request.instead is not None:
            self.ways[request.plan_id, request.instead] = request.id

    def leave(self, candidate: Candidate) -> None:
        """Take one out again."""
        request = candidate.request
        del self.taken[request.id]
        self.purse.give_back(candidate.payers, candidate.cents)
        self.seats[request.seats_key] -= 1
        self.steps_of[request.person] -= 1
        if not self.steps_of[request.person]:
            self.people[request.ambito] -= 1
        self.spent[request.person] -= candidate.cents
        if request.instead is not None:
            del self.ways[request.plan_id, request.instead]

    def _own_blocks(self, candidate: Candidate) -> tuple[Block, ...]:
        request, limits = candidate.request, self.limits
        found = [
            Block(obstacle=Obstacle.EARLIER_STEP, what=before)
            for before in request.after
            if before not in self.taken
        ]
        if request.instead is not None:
            other = self.ways.get((request.plan_id, request.instead))
            if other is not None:
                found.append(Block(obstacle=Obstacle.ALTERNATIVE, what=other))
        seats = limits.seats.get(request.seats_key)
        if seats is not None and self.seats.get(request.seats_key, 0) >= seats:
            found.append(Block(obstacle=Obstacle.SEATS, amount=1, what=request.seats_key))
        most = limits.people.get(request.ambito)
        if (
            most is not None
            and not self.steps_of.get(request.person)
            and self.people.get(request.ambito, 0) >= most
        ):
            found.append(Block(obstacle=Obstacle.CASELOAD, amount=1, what=request.ambito))
        over = self.spent.get(request.person, 0) + candidate.cents - limits.cap_of(request.person)
        if over > 0:
            found.append(Block(obstacle=Obstacle.PERSON_CAP, amount=over))
        return tuple(found)

    def _money_blocks(self, candidate: Candidate) -> tuple[Block, ...]:
        over, on_lines = self.purse.short(candidate.payers, candidate.cents)
        if over:
            return (Block(obstacle=Obstacle.BUDGET, amount=max(over, on_lines)),)
        if on_lines:
            left = sum(self.purse.free) >= candidate.cents
            obstacle = Obstacle.LINE if left else Obstacle.BUDGET
            return (Block(obstacle=obstacle, amount=on_lines),)
        return ()
