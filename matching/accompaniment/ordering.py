"""The steps of a path in an order that makes sense, with the reasons and with dates that hold.

An order is advice: nothing is left out, and what cannot be kept is said. Nothing here depends on
the order in which the steps were given.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from matching.accompaniment.catalogue import Service
from matching.accompaniment.confirming import last_week, same_time
from matching.accompaniment.order_rules import Kind, OrderRule, Until
from matching.domain import Matter, Need, Step, ToConfirm
from matching.errors import InputError

Taken = Mapping[tuple[str, date], int]
"""Seats that are taken, by service and edition."""

Pressing = Mapping[Need, int]
"""How much a need presses: a higher number comes first; what is not in it is 0."""

_NOBODY: Taken = MappingProxyType({})
_NONE: Pressing = MappingProxyType({})
_WEEK = timedelta(weeks=1)


class Postponed(StrEnum):
    """Why a later edition was chosen."""

    ORDER = "order"
    SAME_TIME = "same_time"
    SEATS = "seats"


class Unkept(StrEnum):
    """Why a rule could not be kept, or a step not be placed as it should."""

    CONTRARY = "contrary"
    NO_EDITION = "no_edition"
    NO_SEATS = "no_seats"


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """A rule that puts a step where it is; ``after`` is what comes first, None for the rights."""

    rule: OrderRule
    after: Step | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotKept:
    """What could not be kept: a rule against one that stands before it, a date, a seat."""

    why: Unkept
    rule: OrderRule | None = None
    after: Step | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A step in its place; its ``start`` is the edition that was chosen.

    ``not_before`` is the first day that makes sense for what starts when there is a seat, None
    where that is as soon as one asks. ``first`` is the edition that one could otherwise have had,
    and ``postponed`` why it was not chosen. ``not_kept`` is to be talked over.
    """

    step: Step
    because: tuple[Because, ...] = ()
    not_before: date | None = None
    first: date | None = None
    postponed: Postponed | None = None
    not_kept: tuple[NotKept, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edge:
    rule: OrderRule
    first: str
    then: str


def ordered(
    steps: Sequence[Step],
    services: Iterable[Service],
    rules: Sequence[OrderRule],
    *,
    as_of: date,
    taken: Taken = _NOBODY,
    pressing: Pressing = _NONE,
) -> tuple[Placed, ...]:
    """Order steps by the rules, and choose for each the edition that fits.

    - A rule that would close a circle with those kept before it is not kept, and it is said. Rules
      come in the order of their file.
    - What starts when there is a seat, and need not wait for another step, comes first, by how much
      its need presses. Otherwise the step that can begin first comes next; then by slug.
    - An edition is chosen that leaves the ``lead_days``, has a seat left, begins when the rules
      allow and is not held at the time of an earlier step. Where there is none, the first that
      the rules allow, then the first with a seat, then the first; and it is said.

    Parameters
    ----------
    steps
        Of one path, each of another service.
    services
        Of the catalogue; those of the steps must be among them.
    rules
        As :func:`matching.accompaniment.order_rules.load_order_rules` reads them.
    as_of
        The day on which one would ask.
    taken
        Seats that are known to be taken; what is not in it is free.
    pressing
        Needs as the person recorded them, never an estimate: where they are known.

    Raises
    ------
    InputError
        For two steps of one service, or one whose service the catalogue does not have.
    """
    known = {service.slug: service for service in services}
    by_slug = {step.service: step for step in sorted(steps, key=lambda step: step.service)}
    if len(by_slug) < len(steps):
        raise InputError("two steps are of the same service; a path has each service once.")
    for slug in by_slug:
        if slug not in known:
            raise InputError(f"step {slug!r} is of no service of the catalogue; correct it.")
    edges, contrary = _edges(by_slug, known, rules)
    done: dict[str, Placed] = {}
    while len(done) < len(by_slug):
        ready = [
            _place(by_slug[slug], known, edges, done, as_of, taken)
            for slug in by_slug
            if slug not in done and all(e.first in done for e in edges if e.then == slug)
        ]
        following = min(ready, key=lambda one: _turn(one, known, pressing, as_of))
        done[following.step.service] = following
    return tuple(_completed(one, by_slug, edges, contrary, rules, known) for one in done.values())


def _turn(
    placed: Placed, known: Mapping[str, Service], pressing: Pressing, as_of: date
) -> tuple[date, int, date, str]:
    begins = _begins(placed, known, as_of)
    waits = placed.step.start is not None or placed.not_before is not None
    pressed = max((pressing.get(need, 0) for need in placed.step.needs), default=0)
    return begins if waits else as_of, -pressed, begins, placed.step.service


def _edges(
    steps: Mapping[str, Step], known: Mapping[str, Service], rules: Sequence[OrderRule]
) -> tuple[list[_Edge], list[_Edge]]:
    """What comes before what, without circles, and what would have closed one."""
    kept: list[_Edge] = []
    contrary: list[_Edge] = []
    for rule in rules:
        for first in steps:
            for then in steps:
                pair = ((steps[first], known[first]), (steps[then], known[then]))
                if first == then or not rule.puts_first(*pair):
                    continue
                edge = _Edge(rule=rule, first=first, then=then)
                (contrary if _leads(then, first, kept) else kept).append(edge)
    return kept, contrary


def _leads(start: str, end: str, edges: Sequence[_Edge]) -> bool:
    reached, left = {start}, [start]
    while left:
        here = left.pop()
        new = {edge.then for edge in edges if edge.first == here} - reached
        reached |= new
        left += new
    return end in reached


def _place(
    step: Step,
    known: Mapping[str, Service],
    edges: Sequence[_Edge],
    done: Mapping[str, Placed],
    as_of: date,
    taken: Taken,
) -> Placed:
    """The step with the edition that fits what is placed already, and what does not fit."""
    service = known[step.service]
    bounds = [(e, _bound(e, done, known, as_of)) for e in edges if e.then == step.service]
    allowed = max((day for _, day in bounds), default=as_of)
    soonest = _soonest(service, as_of)
    editions = sorted(day for day in service.starts if day >= soonest)
    if not editions:
        # Without dates it begins when there is a seat; with none left, that is to be asked.
        gone = (NotKept(why=Unkept.NO_EDITION),) if service.starts else ()
        not_before = allowed if allowed > soonest else None
        return Placed(step=replace(step, start=None), not_before=not_before, not_kept=gone)
    seated = [day for day in editions if service.seats > taken.get((service.slug, day), 0)]
    timely = [day for day in seated if day >= allowed]
    free = [day for day in timely if not _clashes(service, day, done, known)]
    start = (free or timely or seated or editions)[0]
    late = [
        NotKept(why=Unkept.NO_EDITION, rule=edge.rule, after=done[edge.first].step)
        for edge, bound in bounds
        if start < bound
    ]
    full = [] if seated else [NotKept(why=Unkept.NO_SEATS)]
    others = [matter for matter in step.to_confirm if matter.matter is not Matter.SAME_TIME]
    clashing = (
        ToConfirm(matter=Matter.SAME_TIME, about=other.name)
        for other in _clashes(service, start, done, known)
    )
    moved = start > editions[0]
    return Placed(
        step=replace(step, start=start, to_confirm=(*others, *clashing)),
        first=editions[0] if moved else None,
        postponed=_postponed(editions[0], seated, timely) if moved else None,
        not_kept=(*full, *late),
    )


def _postponed(first: date, seated: Sequence[date], timely: Sequence[date]) -> Postponed:
    if first not in seated:
        return Postponed.SEATS
    return Postponed.SAME_TIME if first in timely else Postponed.ORDER


def _soonest(service: Service, as_of: date) -> date:
    """The first day on which a service can be begun; a wait counts where no edition is dated."""
    wait = 0 if service.starts else service.wait_days or 0
    return as_of + timedelta(days=max(service.lead_days, wait))


def _begins(placed: Placed, known: Mapping[str, Service], as_of: date) -> date:
    soonest = _soonest(known[placed.step.service], as_of)
    return placed.step.start or max(soonest, placed.not_before or soonest)


def _bound(
    edge: _Edge, done: Mapping[str, Placed], known: Mapping[str, Service], as_of: date
) -> date:
    """The first day that a rule allows for what comes after."""
    begins = _begins(done[edge.first], known, as_of)
    if edge.rule.until is Until.STARTED:
        return begins
    return last_week(known[edge.first], begins) + _WEEK


def _clashes(
    service: Service, day: date, done: Mapping[str, Placed], known: Mapping[str, Service]
) -> tuple[Step, ...]:
    """Earlier steps that are held at the time of an edition."""
    return tuple(
        other.step
        for other in done.values()
        if other.step.start is not None
        and same_time(service, day, known[other.step.service], other.step.start)
    )


def _completed(
    placed: Placed,
    steps: Mapping[str, Step],
    edges: Sequence[_Edge],
    contrary: Sequence[_Edge],
    rules: Sequence[OrderRule],
    known: Mapping[str, Service],
) -> Placed:
    """A placed step with its reasons and the rules that could not be kept."""
    slug = placed.step.service
    rights = (
        Because(rule=rule, after=None)
        for rule in rules
        if rule.kind is Kind.RIGHTS and rule.after.means(placed.step, known[slug])
    )
    mine = (Because(rule=e.rule, after=steps[e.first]) for e in edges if e.then == slug)
    against = (
        NotKept(why=Unkept.CONTRARY, rule=e.rule, after=steps[e.first])
        for e in contrary
        if e.then == slug
    )
    return replace(placed, because=(*rights, *mine), not_kept=(*placed.not_kept, *against))
