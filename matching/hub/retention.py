"""What is kept too long goes, by the territory's months: first said, then done, batch by batch."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from matching.domain.access import EVERYWHERE, Act
from matching.domain.days import months_later, start_of
from matching.hub.erasure import Cause, erase
from matching.hub.people import OPEN
from matching.hub.retention_policy import RetentionPolicy
from matching.hub.retention_rules import RULES, Moments, RowsRule, idle, released
from matching.hub.revisions import changed
from matching.store import Work
from matching.store.columns import Lane
from matching.store.tables import erased, journal, persons

PERSONS_AT_ONCE = 20
ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """How many rows of a table would go, and before which day they are from."""

    lane: Lane
    table: str
    count: int
    before: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What would go on a day. ``unconfirmed`` counts files that nobody confirmed for long.

    ``journal`` counts entries that ``valoriamo journal purge`` would delete; ``expired`` says
    that the territory's months are no longer in force and are to be decided anew.
    """

    as_of: date
    due: Sequence[Due]
    unconfirmed: int
    journal: int
    expired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """One batch: rows that went, and the pseudonyms of whoever was erased, to be noted."""

    table: str
    removed: int
    erased: tuple[str, ...] = field(default=(), repr=False)


def outlook(work: Work, policy: RetentionPolicy, as_of: date) -> Outlook:
    """What would go on a day, in the hubs of whoever acts. Changes nothing.

    What other rows still point to is not counted: it goes once those went. Nor are accounts of
    the whole territory: see :func:`sweep`.
    """
    homes = work.actor.hubs - {EVERYWHERE}
    found = [
        Due(
            lane=Lane.FILE, table="persons", count=work.count(persons, _files(policy, as_of)),
            before=policy.begins(Lane.FILE, as_of),
        )
    ]  # fmt: skip
    found += [
        Due(
            lane=rule.of_lane, table=rule.table.name,
            count=work.count(rule.table, rule.goes(_moments(work, rule, policy, as_of, homes))),
            before=policy.begins(rule.of_lane, as_of),
        )
        for rule in RULES
    ]  # fmt: skip
    since = months_later(as_of, -policy.reliability.months)
    unconfirmed = work.count(
        persons, sa.and_(persons.c.state == OPEN, persons.c.confirmed_on < since)
    )
    begins = start_of(policy.begins(Lane.JOURNAL, as_of))
    return Outlook(
        as_of=as_of,
        due=[one for one in found if one.count],
        unconfirmed=unconfirmed,
        journal=work.count(journal, journal.c.at < begins),
        expired=not policy.valid_on(as_of),
    )


def sweep(work: Work, policy: RetentionPolicy, as_of: date, *, whole: bool = False) -> Swept | None:
    """One batch of what goes, told to the journal; None once there is nothing more.

    To be called in a transaction each until it answers None: killed between two, it goes on
    where it was.

    Parameters
    ----------
    whole
        Whether whoever acts sees every hub. Only then accounts of the whole territory go: any
        hub's journal may name them, and on PostgreSQL a hub's own work does not see the others'.
    """
    rows = work.rows(persons, _files(policy, as_of), order=[persons.c.id], limit=PERSONS_AT_ONCE)
    if rows:
        gone = [erase(work, row.id, cause=Cause.RETENTION) for row in rows]
        return Swept(
            table="persons", removed=len(gone), erased=tuple(one.pseudonym for one in gone)
        )
    homes = work.actor.hubs if whole else work.actor.hubs - {EVERYWHERE}
    for rule in RULES:
        removed = _sweep_rows(work, rule, _moments(work, rule, policy, as_of, homes))
        if removed:
            before = policy.begins(rule.of_lane, as_of)
            work.tell(
                Act.RUN_RETENTION, "table", None, table=rule.table.name, removed=removed,
                lane=rule.of_lane, before=str(before),
            )  # fmt: skip
            return Swept(table=rule.table.name, removed=removed)
    return None


def erased_so_far(work: Work) -> frozenset[str]:
    """The pseudonyms of whoever was erased in the hubs of whoever acts, ever.

    Whatever notes them outside the database goes over them again: a crash between the commit and
    the note loses none.
    """
    return frozenset(row.pseudonym for row in work.rows(erased, columns=[erased.c.pseudonym]))


def _files(policy: RetentionPolicy, as_of: date) -> sa.ColumnElement[bool]:
    begins = start_of(policy.begins(Lane.FILE, as_of))
    return sa.or_(idle(begins), released(as_of))


def _moments(
    work: Work, rule: RowsRule, policy: RetentionPolicy, as_of: date, homes: frozenset[str]
) -> Moments:
    begins = start_of(policy.begins(rule.of_lane, as_of))
    return Moments(begins=begins, now=work.now, homes=homes)


def _sweep_rows(work: Work, rule: RowsRule, at: Moments) -> int:
    table = rule.table
    keys = list(table.primary_key)
    columns = keys if rule.counted is None else [*keys, table.c.hub]
    found = work.rows(table, rule.goes(at), columns=columns, order=keys, limit=ROWS_AT_ONCE)
    if not found:
        return 0
    if rule.counted is not None:
        for hub in sorted({row.hub for row in found}):
            changed(work, hub, rule.counted)
    return work.remove(table, sa.tuple_(*keys).in_([tuple(row)[: len(keys)] for row in found]))
