"""What is answered of reserved reports and of how decisions follow what is shown: to evaluators."""

from datetime import datetime

from matching.api.payloads import Payload
from matching.hub.answers import Answer
from matching.hub.forbidden_matters import Ground
from matching.hub.reserved_reports import ReportState, ReservedReport


class Said(Payload):
    """What a company answered: its words are without the person's name."""

    answer: Answer
    code: str | None
    text: str | None


class ReportAnswer(Payload):
    """A refusal that names what an employer may not choose by; whom it is about is not said.

    `company`, `title`, all `grounds` and what was `said` are in one report, and null or empty in
    lists; `said` also once the person was erased.
    """

    id: str
    hub: str
    organisation_id: str
    company: str | None
    vacancy_id: str
    title: str | None
    ground: Ground
    grounds: tuple[Ground, ...]
    state: ReportState
    opened_at: datetime
    handled_by: str | None
    handled_at: datetime | None
    said: Said | None


class ReportsPage(Payload):
    """A page of reports, the oldest first."""

    reports: tuple[ReportAnswer, ...]
    next_cursor: str | None


class FollowingAnswer(Payload):
    """Of one account: decisions on something shown, the share that followed it, seconds looked.

    `is_near_all` says that it is worth a look, with enough decisions. It is no reproach.
    """

    account_id: str
    decisions: int
    followed: float
    median_seconds: float | None
    is_near_all: bool


class FollowRates(Payload):
    """The following of everybody who decided since a day."""

    since: datetime
    accounts: tuple[FollowingAnswer, ...]


def report_answer(report: ReservedReport) -> ReportAnswer:
    """A report as it is answered."""
    known = {name: getattr(report, name) for name in ReportAnswer.model_fields if name != "said"}
    said = report.said
    told = None if said is None else Said(**{name: said[name] for name in Said.model_fields})
    return ReportAnswer(**known, said=told)
