"""What of each table goes when: the row's own clock, and what must not point to it any more.

A person's file goes as a whole, by her last activity; rows that are hers alone go with it. Rows
that are kept under her pseudonym have a clock of their own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

import sqlalchemy as sa

from matching.domain.days import day_at
from matching.hub.accounts import DISABLED
from matching.hub.people import RESTRICTED
from matching.hub.proposal_rows import LIVE
from matching.hub.requests import HOURS_KEPT
from matching.hub.reserved_reports import ReportState
from matching.hub.revisions import VACANCIES
from matching.hub.sessions import ended
from matching.hub.vacancies import OPEN as VACANCY_OPEN
from matching.store.columns import Lane
from matching.store.tables import (
    accounts,
    consents,
    contests,
    decisions,
    documents,
    households,
    identities,
    invitations,
    job_files,
    job_rows,
    jobs,
    journal,
    kept_requests,
    notes,
    notices_given,
    outcomes,
    person_keys,
    persons,
    plan_events,
    profiles,
    proposals,
    protected_attributes,
    referrals,
    reserved_reports,
    result_entries,
    results,
    sessions,
    tokens,
    vacancies,
)

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """What a rule asks about: where the lane's time begins, now, and whose accounts may go.

    ``homes`` are hubs of which whoever sweeps sees every row that might name an account.
    """

    begins: datetime
    now: datetime
    homes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsRule:
    """Which rows of a table go.

    ``counted`` is what of a hub has changed then, of what is kept until it does.
    """

    table: sa.Table
    goes: Callable[[Moments], Condition]
    lane: Lane | None = None
    counted: str | None = None

    @property
    def of_lane(self) -> Lane:
        """The lane whose months it goes by: the table's, unless said otherwise."""
        return self.lane or Lane(self.table.info["lane"])


WITH_FILE: Sequence[sa.Table] = (
    persons, person_keys, identities, profiles, notes, documents, plan_events, notices_given,
    protected_attributes,
)  # fmt: skip
"""Tables whose rows go with the person's file."""

OTHERWISE: Sequence[sa.Table] = (journal,)
"""Purged from its beginning, so that its chain holds: ``valoriamo journal purge``."""

ACTIVITY: Mapping[sa.Table, tuple[str, ...]] = MappingProxyType(
    {
        profiles: ("changed_at",),
        notes: ("written_at",),
        documents: ("added_at",),
        notices_given: ("given_at",),
        plan_events: ("made_at",),
        proposals: ("made_at", "accepted_at", "answered_at"),
        outcomes: ("recorded_at",),
    }
)
"""What counts as activity of a person besides a change to her file, and its moment."""


def _unused(column: sa.Column[str], *others: sa.Column[str]) -> Condition:
    return sa.and_(sa.true(), *(sa.not_(sa.exists().where(other == column)) for other in others))


def _is_hers(table: sa.Table) -> Condition:
    if "pseudonym" not in table.c:
        return table.c.person_id == persons.c.id
    return sa.and_(
        table.c.pseudonym == person_keys.c.pseudonym, person_keys.c.person_id == persons.c.id
    )


def idle(begins: datetime) -> Condition:
    """The condition that a person's file was not touched since a moment, and nobody keeps it."""
    lively = (
        sa.exists().where(_is_hers(table), table.c[moment] >= begins)
        for table, names in ACTIVITY.items()
        for moment in names
    )
    return sa.and_(
        persons.c.state != RESTRICTED,
        persons.c.changed_at < begins,
        *(sa.not_(one) for one in lively),
    )


def released(as_of: date) -> Condition:
    """The condition that the time of a restricted file is over."""
    return sa.and_(persons.c.state == RESTRICTED, persons.c.restricted_until < as_of)


def _results_go(at: Moments) -> Condition:
    return sa.and_(
        results.c.made_at < at.begins,
        _unused(
            results.c.id, proposals.c.result_id, contests.c.result_id, decisions.c.result_id,
            plan_events.c.result_id,
        ),
    )  # fmt: skip


def _jobs_go(at: Moments) -> Condition:
    return sa.and_(jobs.c.finished_at.is_not(None), jobs.c.finished_at < at.begins)


RULES: Sequence[RowsRule] = (
    RowsRule(
        table=reserved_reports,
        goes=lambda at: sa.and_(
            reserved_reports.c.state == ReportState.HANDLED,
            reserved_reports.c.opened_at < at.begins,
        ),
    ),
    RowsRule(table=decisions, goes=lambda at: decisions.c.decided_at < at.begins),
    RowsRule(
        table=contests,
        goes=lambda at: sa.and_(
            contests.c.decided_at < at.begins, _unused(contests.c.id, decisions.c.contest_id)
        ),
    ),
    RowsRule(table=outcomes, goes=lambda at: outcomes.c.recorded_at < at.begins),
    RowsRule(
        table=proposals,
        goes=lambda at: sa.and_(
            proposals.c.state.not_in(LIVE),
            proposals.c.made_at < at.begins,
            _unused(proposals.c.id, reserved_reports.c.proposal_id),
        ),
    ),
    RowsRule(
        table=result_entries,
        goes=lambda at: result_entries.c.result_id.in_(
            sa.select(results.c.id).where(_results_go(at))
        ),
    ),
    RowsRule(
        table=results,
        goes=lambda at: sa.and_(
            _results_go(at), _unused(results.c.id, result_entries.c.result_id)
        ),
    ),
    RowsRule(
        table=vacancies,
        goes=lambda at: sa.and_(
            sa.or_(vacancies.c.state != VACANCY_OPEN, vacancies.c.expires_on < day_at(at.begins)),
            vacancies.c.changed_at < at.begins,
            _unused(vacancies.c.id, proposals.c.vacancy_id),
        ),
        counted=VACANCIES,
    ),
    # Of whoever was taken in charge it goes with her file.
    RowsRule(
        table=referrals,
        goes=lambda at: sa.and_(
            referrals.c.made_at < at.begins, _unused(referrals.c.pseudonym, person_keys.c.pseudonym)
        ),
    ),
    RowsRule(table=consents, goes=lambda at: consents.c.withdrawn_at < at.begins),
    RowsRule(
        table=households,
        goes=lambda at: sa.and_(
            households.c.changed_at < at.begins, _unused(households.c.id, persons.c.household_id)
        ),
    ),
    # Ended, they let nobody in: there is nothing to keep them for.
    RowsRule(table=sessions, goes=lambda at: ended(at.now)),
    RowsRule(table=invitations, goes=lambda at: invitations.c.expires_at <= at.now),
    RowsRule(
        table=tokens,
        goes=lambda at: sa.or_(
            tokens.c.expires_at < at.begins, tokens.c.revoked_at < at.begins
        ),
    ),
    # Whom the kept journal names as who acted can still be asked what was done.
    RowsRule(
        table=accounts,
        goes=lambda at: sa.and_(
            accounts.c.state == DISABLED,
            accounts.c.home_hub.in_(sorted(at.homes)),
            accounts.c.created_at < at.begins,
            _unused(
                accounts.c.id, journal.c.actor, persons.c.manager_id, sessions.c.account_id,
                invitations.c.account_id,
            ),
        ),
    ),
    RowsRule(
        table=job_files,
        goes=lambda at: job_files.c.job_id.in_(
            sa.select(jobs.c.id).where(jobs.c.finished_at.is_not(None))
        ),
    ),
    RowsRule(
        table=job_rows,
        goes=lambda at: job_rows.c.job_id.in_(sa.select(jobs.c.id).where(_jobs_go(at))),
    ),
    RowsRule(
        table=jobs,
        goes=lambda at: sa.and_(
            _jobs_go(at), _unused(jobs.c.id, job_rows.c.job_id, job_files.c.job_id)
        ),
    ),
    RowsRule(
        table=kept_requests,
        goes=lambda at: kept_requests.c.made_at < at.now - timedelta(hours=HOURS_KEPT),
    ),
)  # fmt: skip
"""The rules, those of rows that point to others first."""
