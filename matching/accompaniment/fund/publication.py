"""What the fund shows outside: never so that anybody who was helped can be told.

Who was helped is shown by stretches of closed months, each with at least ``FEWEST`` people; a
stretch, once shown, never changes, and two publications never differ by fewer. In a stretch a
group of fewer is hidden, and with it further groups, until those hidden are at least two and make
up at least ``FEWEST`` people together: what was left out cannot be found by subtracting. A table
of which nothing could be hidden so is not shown. Pseudonyms, requests and sources are never shown.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from matching.accompaniment.fund.ledger import Ledger
from matching.accompaniment.fund.statement import Campaign, campaigns
from matching.domain.days import months_later
from matching.domain.fund import BuyWelfare, Commit, Contribute, Correct, Grant, Lend, LineKind

FEWEST = 10
"""The fewest people of whom a number is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedGroup:
    """A group of those helped; ``people`` and ``cents`` are None where they are not shown."""

    group: str
    people: int | None
    cents: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedStretch:
    """Closed months in which so many people were helped with so much.

    A table that cannot be shown without telling of few people is empty.
    """

    since: date
    until: date
    people: int
    cents: int
    by_ambito: tuple[PublishedGroup, ...]
    by_measure: tuple[PublishedGroup, ...]
    by_line: tuple[PublishedGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedLine:
    """What came in on a line, in cents."""

    line: str
    name: str
    kind: LineKind
    came_in: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What anybody may see of the fund. ``spent`` is what the stretches add up to, in cents."""

    as_of: date
    came_in: int
    spent: int
    lines: tuple[PublishedLine, ...]
    campaigns: tuple[Campaign, ...]
    stretches: tuple[PublishedStretch, ...]


@dataclass(slots=True)
class _Help:
    """What one grant or loan was."""

    on: date
    person: str
    cents: int
    ambito: str
    measure: str
    line: str


@dataclass(slots=True)
class _Group:
    people: set[str] = field(default_factory=set)
    cents: int = 0


def publication(ledger: Ledger, *, as_of: date) -> Publication:
    """What may be shown outside on a day: of those helped, closed months only."""
    lines = _came_in(ledger, as_of)
    stretches = _stretches(ledger, as_of)
    return Publication(
        as_of=as_of,
        came_in=sum(line.came_in for line in lines),
        spent=sum(stretch.cents for stretch in stretches),
        lines=lines,
        campaigns=campaigns(ledger, as_of),
        stretches=stretches,
    )


def _came_in(ledger: Ledger, as_of: date) -> tuple[PublishedLine, ...]:
    wrong = _taken_back(ledger, as_of)
    found = {line.code: 0 for line in ledger.lines}
    for entry in ledger.entries:
        operation = entry.operation
        if operation.on <= as_of and operation.id not in wrong:
            if isinstance(operation, Contribute):
                found[operation.line] += operation.cents
            elif isinstance(operation, BuyWelfare):
                found[operation.line] += operation.left_cents
    return tuple(
        PublishedLine(line=line.code, name=line.name, kind=line.kind, came_in=found[line.code])
        for line in ledger.lines
    )


def _taken_back(ledger: Ledger, day: date) -> set[str]:
    """Identifiers of the entries that were corrected by the end of a day."""
    return {
        one.operation.entry
        for one in ledger.entries
        if isinstance(one.operation, Correct) and one.operation.on <= day
    }


def _stretches(ledger: Ledger, as_of: date) -> tuple[PublishedStretch, ...]:
    closed = ledger.closed_to
    if closed is None or not ledger.entries:
        return ()
    first = min(entry.operation.on for entry in ledger.entries).replace(day=1)
    found: list[PublishedStretch] = []
    since = start = first
    while True:
        following = months_later(start, 1)
        until = date.fromordinal(following.toordinal() - 1)
        if until > min(closed, as_of):
            return tuple(found)
        helped = list(_helped(ledger, since, until))
        if len({one.person for one in helped}) >= FEWEST:
            found.append(_stretch(helped, since, until))
            since = following
        start = following


def _helped(ledger: Ledger, since: date, until: date) -> Iterable[_Help]:
    """What was paid or lent between two days, as was known at the end of the second."""
    wrong = _taken_back(ledger, until)
    for entry in ledger.entries:
        operation = entry.operation
        if not since <= operation.on <= until or operation.id in wrong:
            continue
        if isinstance(operation, Grant):
            yield _help(
                operation.on, operation.cents, ledger.commitments[operation.commitment].operation
            )
        elif isinstance(operation, Lend):
            yield _help(operation.on, operation.cents, operation)


def _help(on: date, cents: int, made: Commit | Lend) -> _Help:
    return _Help(
        on=on,
        person=made.person,
        cents=cents,
        ambito=made.ambito,
        measure=str(made.measure),
        line=made.line,
    )


def _stretch(helped: list[_Help], since: date, until: date) -> PublishedStretch:
    return PublishedStretch(
        since=since,
        until=until,
        people=len({one.person for one in helped}),
        cents=sum(one.cents for one in helped),
        by_ambito=_table(helped, lambda one: one.ambito),
        by_measure=_table(helped, lambda one: one.measure),
        by_line=_table(helped, lambda one: one.line),
    )


def _table(helped: Iterable[_Help], group_of: Callable[[_Help], str]) -> tuple[PublishedGroup, ...]:
    groups: dict[str, _Group] = {}
    for one in helped:
        group = groups.setdefault(group_of(one), _Group())
        group.people.add(one.person)
        group.cents += one.cents
    hidden = _hidden(groups)
    if hidden is None:
        return ()
    return tuple(
        PublishedGroup(
            group=name,
            people=None if name in hidden else len(groups[name].people),
            cents=None if name in hidden else groups[name].cents,
        )
        for name in sorted(groups)
    )


def _hidden(groups: Mapping[str, _Group]) -> set[str] | None:
    """Groups not to show; None where no choice of them would keep few people from being told."""
    smallest = sorted(groups, key=lambda name: (len(groups[name].people), name))
    hidden = {name for name in smallest if len(groups[name].people) < FEWEST}
    if not hidden:
        return hidden
    for name in smallest:
        together = set().union(*(groups[one].people for one in hidden))
        if len(hidden) >= 2 and len(together) >= FEWEST:
            return hidden
        hidden.add(name)
    together = set().union(*(groups[one].people for one in hidden))
    return hidden if len(hidden) >= 2 and len(together) >= FEWEST else None
