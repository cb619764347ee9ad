"""Refusals whose reason discriminates: for the evaluator alone, never sent on."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row

from matching.domain.access import Act, Role
from matching.errors import ConflictError, ForbiddenError
from matching.hub.forbidden_matters import Ground
from matching.hub.pages import those_after
from matching.store import Work
from matching.store.chain import canonical
from matching.store.tables import organisations, proposals, reserved_reports, vacancies
from matching.store.work import new_id


class ReportState(StrEnum):
    """Whether somebody saw to a report."""

    OPEN = "open"
    HANDLED = "handled"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservedReport:
    """A refusal that names what an employer may not choose by; whom it is about is not said.

    ``said`` is the company's answer, code and words, without the person's name; None in a list,
    and once she was erased. ``company`` is the company's name and ``title`` the vacancy's, for
    whoever sees to the report; None in a list.
    """

    id: str
    hub: str
    organisation_id: str
    vacancy_id: str
    ground: Ground
    grounds: tuple[Ground, ...] = ()
    state: ReportState
    opened_at: datetime
    handled_by: str | None
    handled_at: datetime | None
    company: str | None = None
    title: str | None = None
    said: Mapping[str, Any] | None = field(default=None, repr=False)


def open_report(
    work: Work, proposal: Row[Any], grounds: Sequence[Ground], said: Mapping[str, Any]
) -> str:
    """Keep a refusal for the evaluator; its identifier. The answer itself is told by the caller.

    The journal says that a report was opened, not on which ground.
    """
    report_id = new_id()
    content = canonical({**said, "grounds": list(grounds)}).encode()
    sealed, key_id = work.seal(content, _place(report_id))
    work.add(
        reserved_reports,
        {
            "id": report_id, "hub": proposal.hub, "proposal_id": proposal.id,
            "organisation_id": proposal.organisation_id, "ground": grounds[0],
            "sealed_text": sealed, "key_id": key_id, "state": ReportState.OPEN,
            "opened_at": work.now,
        },
    )  # fmt: skip
    work.tell(Act.ANSWER_PROPOSAL, "report", report_id, hub=proposal.hub, opened=True)
    return report_id


def list_reports(
    work: Work,
    *,
    after: str | None = None,
    limit: int = 50,
    state: ReportState | None = None,
) -> Sequence[ReservedReport]:
    """Reports, the oldest first, without what was said.

    Raises
    ------
    ForbiddenError
        For anybody but an evaluator.
    InputError
        Where the entry that the page comes after is gone.
    """
    _check_reader(work)
    conditions = [] if state is None else [reserved_reports.c.state == state]
    if after is not None:
        conditions.append(those_after(work, reserved_reports, reserved_reports.c.opened_at, after))
    order = [reserved_reports.c.opened_at, reserved_reports.c.id]
    rows = work.rows(reserved_reports, *conditions, order=order, limit=limit)
    work.tell(Act.READ_RESERVED_REPORTS, "reports", None, count=len(rows))
    of = {
        row.id: row.vacancy_id
        for row in work.rows(proposals, proposals.c.id.in_([row.proposal_id for row in rows]))
    }
    return [_report(row, of[row.proposal_id], None) for row in rows]


def read_report(work: Work, report_id: str) -> ReservedReport:
    """A report with what was said; the reading is told to the journal.

    Raises
    ------
    ForbiddenError
        For anybody but an evaluator.
    UnknownError
        Where there is none for whoever asks.
    """
    _check_reader(work)
    row = work.one(reserved_reports, reserved_reports.c.id == report_id)
    said = None
    if row.sealed_text is not None:
        said = json.loads(work.unseal(row.sealed_text, row.key_id, _place(report_id)))
    work.tell(Act.READ_RESERVED_REPORTS, "report", report_id, hub=row.hub)
    proposal = work.one(proposals, proposals.c.id == row.proposal_id)
    return replace(
        _report(row, proposal.vacancy_id, said),
        company=work.one(organisations, organisations.c.id == row.organisation_id).name,
        title=work.one(vacancies, vacancies.c.id == proposal.vacancy_id).title,
    )


def handle_report(work: Work, report_id: str) -> None:
    """Record that an evaluator saw to a report.

    Raises
    ------
    ForbiddenError
        For anybody but an evaluator.
    ConflictError
        Where somebody did already.
    """
    _check_reader(work)
    row = work.one(reserved_reports, reserved_reports.c.id == report_id)
    done = work.change(
        reserved_reports,
        {"state": ReportState.HANDLED, "handled_by": work.actor.id, "handled_at": work.now},
        reserved_reports.c.id == report_id,
        reserved_reports.c.state == ReportState.OPEN,
    )
    if not done:
        raise ConflictError("This report was handled already; read it for who did and when.")
    work.tell(Act.READ_RESERVED_REPORTS, "report", report_id, hub=row.hub, handled=True)


def _check_reader(work: Work) -> None:
    if work.actor.role is not Role.EVALUATOR:
        raise ForbiddenError("Reserved reports are read by evaluators alone.")


def _report(row: Row[Any], vacancy_id: str, said: Mapping[str, Any] | None) -> ReservedReport:
    grounds = tuple(Ground(one) for one in said["grounds"]) if said is not None else ()
    return ReservedReport(
        id=row.id, hub=row.hub, organisation_id=row.organisation_id, vacancy_id=vacancy_id,
        ground=Ground(row.ground), grounds=grounds, state=ReportState(row.state),
        opened_at=row.opened_at, handled_by=row.handled_by, handled_at=row.handled_at, said=said,
    )  # fmt: skip


def _place(report_id: str) -> str:
    return f"reserved_reports.sealed_text:{report_id}"
