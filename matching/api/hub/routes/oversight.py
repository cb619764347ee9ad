"""For evaluators: reasons that discriminate, and whether whoever decides still decides."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from matching.api.dependencies import Today
from matching.api.hub.acting import Acting, Made, made, may
from matching.api.hub.dependencies import TheReasons
from matching.api.hub.fields import PAGE, Cursor, Done, Id, Limit, entry_before, next_cursor
from matching.api.hub.oversight import (
    FollowingAnswer,
    FollowRates,
    ReportAnswer,
    ReportsPage,
    report_answer,
)
from matching.api.payloads import Day, Payload
from matching.domain.access import Act
from matching.domain.days import start_of
from matching.hub.following import follow_rates
from matching.hub.reserved_reports import ReportState, handle_report, list_reports, read_report
from matching.store import Work

router = APIRouter(tags=["oversight"])
ReportId = Annotated[Id, Path(description="As the list of reports answers it.")]
_YEAR = timedelta(days=365)


@router.get("/v1/reserved-reports", response_model=ReportsPage)
def reports(
    acting: Annotated[Acting, may(Act.READ_RESERVED_REPORTS)],
    limit: Limit = PAGE,
    cursor: Cursor = None,
    state: ReportState | None = None,
) -> ReportsPage:
    """A page of refusals whose reason discriminates, the oldest first, without what was said."""
    after = entry_before(cursor)
    with acting.noting() as work:
        found = list(list_reports(work, after=after, limit=limit, state=state))
    return ReportsPage(
        reports=tuple(map(report_answer, found)), next_cursor=next_cursor(found, limit)
    )


@router.get("/v1/reserved-reports/{report_id}", response_model=ReportAnswer)
def report(
    report_id: ReportId, acting: Annotated[Acting, may(Act.READ_RESERVED_REPORTS)]
) -> ReportAnswer:
    """One report, with what was said. The reading is entered into the journal."""
    with acting.noting() as work:
        return report_answer(read_report(work, report_id))


@router.post("/v1/reserved-reports/{report_id}/handling", response_model=Done)
def handling(
    report_id: ReportId, acting: Annotated[Acting, may(Act.READ_RESERVED_REPORTS)]
) -> Response:
    """Record that somebody saw to a report; 409 where somebody did already."""

    def do(work: Work) -> Made:
        handle_report(work, report_id)
        return made(Done())

    return acting.once(Payload(), do)


@router.get("/v1/follow-rates", response_model=FollowRates)
def following(
    acting: Annotated[Acting, may(Act.AUDIT)],
    reasons: TheReasons,
    today: Today,
    since: Annotated[Day | None, Query(description="From this day on [a year ago].")] = None,
) -> FollowRates:
    """How often each account's decisions followed what was shown, and how long it was looked at."""
    begins = start_of(since or today - _YEAR)
    with acting.noting() as work:
        found = follow_rates(work, reasons.decisions, since=begins)
    return FollowRates(
        since=begins, accounts=tuple(FollowingAnswer.model_validate(one) for one in found)
    )
