"""From requests to a choice: by the program, or by a simple rule to compare it with."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from matching.accompaniment.fund.program import FloorWanted, program_of
from matching.accompaniment.fund.purse import Money
from matching.accompaniment.fund.room import Candidate, Limits, Room
from matching.accompaniment.fund.solving import Effort, solve
from matching.domain.allocation import FundRequest

_PROVEN = 1e-4
_FREE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is taken in, in order of asking; what no choice can exceed, where that is known."""

    taken: tuple[Candidate, ...]
    room: Room
    bound: float | None = None

    @property
    def value(self) -> float:
        """What it is worth."""
        return sum(one.value for one in self.taken)

    @property
    def cents(self) -> int:
        """What it costs the fund."""
        return sum(one.cents for one in self.taken)

    @property
    def gap(self) -> float | None:
        """How far it may be from the best, as a share of that; None where nobody knows."""
        if self.bound is None:
            return None
        return max(0.0, 1 - self.value / self.bound) if self.bound > 0 else 0.0

    @property
    def proven(self) -> bool:
        """Whether no choice can be better by more than a ten-thousandth."""
        return self.gap is not None and self.gap <= _PROVEN


def choose(
    candidates: Sequence[Candidate],
    *,
    money: Money,
    limits: Limits,
    floors: Sequence[FloorWanted],
    effort: Effort,
    start: frozenset[str] = frozenset(),
) -> Choice:
    """The best choice found. Equal inputs, in any order, give the same choice.

    Where several steps are equal in all that counts, those asked for first are taken in.
    ``start`` are requests that are known to fit, floors included: nothing worse comes of it.
    """
    if not candidates:
        return Choice(taken=(), room=Room(money, limits), bound=0.0)
    found = solve(program_of(candidates, money, limits, floors), effort)
    rooms = [_tidied(candidates, [candidates[n] for n in found.taken], money, limits)]
    if start:
        known = [one for one in candidates if one.request.id in start]
        rooms.append(_tidied(candidates, known, money, limits))
    room = max(rooms, key=lambda one: sum(taken.value for taken in one.taken.values()))
    taken = tuple(one for one in candidates if one.request.id in room.taken)
    value = sum(one.value for one in taken)
    return Choice(taken=taken, room=room, bound=max(found.bound, value))


def _tidied(
    candidates: Sequence[Candidate], taken: Sequence[Candidate], money: Money, limits: Limits
) -> Room:
    """What was taken in, without what is useless, with what still fits."""
    room = Room(money, limits)
    # Numbers of the solver are rounded; what would not fit to the cent is not taken in.
    _take_in_turn(room, taken)
    _leave_useless(room)
    _take_in_turn(room, _by_worth(candidates))
    _first_come(room, candidates)
    return room


def by_rule(
    candidates: Sequence[Candidate],
    order: Callable[[Candidate], tuple[float, ...]],
    *,
    money: Money,
    limits: Limits,
) -> Choice:
    """Whoever comes first in an order is taken in, if it fits; equals as they asked. No floors."""
    room = Room(money, limits)
    _take_in_turn(room, sorted(candidates, key=order))
    return Choice(taken=tuple(one for one in candidates if one.request.id in room.taken), room=room)


def first_come(candidate: Candidate) -> tuple[float, ...]:
    """The order in which steps were asked for."""
    return (candidate.request.asked_on.toordinal(),)


def highest_need(candidate: Candidate) -> tuple[float, ...]:
    """The quarter in highest need first, in it what is most urgent."""
    return (-candidate.request.need_quartile, -candidate.request.urgency)


def most_for_money(candidate: Candidate) -> tuple[float, ...]:
    """What is worth most for each euro first: the greedy rule."""
    return (-candidate.value / candidate.cents if candidate.cents else float("-inf"),)


ORDERS: Mapping[str, Callable[[Candidate], tuple[float, ...]]] = MappingProxyType(
    {"greedy": most_for_money, "first_come": first_come, "highest_need": highest_need}
)
"""Rules that a proposal is shown beside."""


def _by_worth(candidates: Sequence[Candidate]) -> list[Candidate]:
    return sorted((one for one in candidates if one.value > 0), key=most_for_money)


def _take_in_turn(room: Room, candidates: Sequence[Candidate]) -> None:
    """Take in what fits, in turn; again for what waits for a step that came later in the order."""
    waiting = [one for one in candidates if one.request.id not in room.taken]
    while True:
        took = False
        rest = []
        for one in waiting:
            if room.fits(one):
                room.take(one)
                took = True
            else:
                rest.append(one)
        waiting = [one for one in rest if one.request.after]
        if not took or not waiting:
            return


def _leave_useless(room: Room) -> None:
    """Leave steps that are worth nothing by themselves, and that nothing taken in waits for."""
    while True:
        needed = {before for one in room.taken.values() for before in one.request.after}
        useless = [
            one
            for one in room.taken.values()
            if one.value <= _FREE and one.request.id not in needed
        ]
        if not useless:
            return
        for one in useless:
            room.leave(one)


def _first_come(room: Room, candidates: Sequence[Candidate]) -> None:
    """Of steps that are equal in all that counts, keep those asked for first."""
    alone = Counter(one.request.person for one in candidates)
    needed = {before for one in candidates for before in one.request.after}
    alike: dict[tuple[object, ...], list[Candidate]] = defaultdict(list)
    for one in candidates:
        request = one.request
        tied = request.id in needed or request.after or request.instead is not None
        if alone[request.person] == 1 and not tied:
            alike[_what_counts(one)].append(one)
    for members in alike.values():
        kept = [one for one in members if one.request.id in room.taken]
        wanted = members[: len(kept)]
        if {one.request.id for one in kept} != {one.request.id for one in wanted}:
            for one in kept:
                room.leave(one)
            for one in wanted:
                room.take(one)


def _what_counts(one: Candidate) -> tuple[object, ...]:
    request: FundRequest = one.request
    return (
        one.value,
        one.cents,
        one.payers,
        request.seats_key,
        request.ambito,
        request.need_quartile,
    )
