"""What is asked and answered by whoever watches over it: notices, the stop, retention, journal."""

import json
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from matching.api.hub.fields import Line, keepable
from matching.api.payloads import NUMBER, Day, Payload, YesNo
from matching.hub.retention import Outlook
from matching.jobs.queue import Job
from matching.store.chain import Entry

Version = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z._-]+$")]
NoticeProse = Annotated[str, Field(min_length=1, max_length=200_000), AfterValidator(keepable)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]


class NoticeRequest(Payload):
    """A version of the notice in a language. A changed text is another version."""

    version: Version
    language: Language = "it"
    text: NoticeProse
    valid_from: Day


class NoticeShown(Payload):
    """A notice, and how often it was given in the hubs of whoever asks; null for a person."""

    version: str
    language: str
    valid_from: date
    given: int | None


class NoticesAnswer(Payload):
    """The notices, the oldest first."""

    notices: tuple[NoticeShown, ...]


class NoticeText(Payload):
    """What a notice says."""

    version: str
    language: str
    valid_from: date
    text: str


class ScoringRequest(Payload):
    """Whether computing about people is stopped; it counts from the next request on.

    `reason` says why, without names; it is kept until the next switch.
    """

    stopped: YesNo
    reason: Line | None = None


class ScoringAnswer(Payload):
    """Whether it is stopped, and whether an impact assessment is on record; both are asked for.

    `reason` is why it was stopped, or began again, the last time.
    """

    stopped: bool
    approved: bool
    reason: str | None


class DueAnswer(Payload):
    """Rows of a table that would go: those from before a day."""

    lane: str
    table: str
    count: Annotated[int, NUMBER]
    before: date


class RunAnswer(Payload):
    """A run of retention over a hub, or over what is of all; `removed` counts rows."""

    job_id: str
    hub: str
    state: str
    removed: int
    asked_at: datetime
    finished_at: datetime | None


class RetentionAnswer(Payload):
    """What would go on a day, and the last runs.

    `unconfirmed` counts files that nobody confirmed for long, `journal` entries that
    `valoriamo journal purge` would delete. `expired`: the territory's months are no longer in
    force, and nothing goes before they were decided anew.
    """

    as_of: date
    due: tuple[DueAnswer, ...]
    unconfirmed: int
    journal: int
    expired: bool
    runs: tuple[RunAnswer, ...]


class RunsAnswer(Payload):
    """Runs that were asked for; they go on in the background, batch by batch."""

    runs: tuple[RunAnswer, ...]


class EntryAnswer(Payload):
    """An act on record. `subject` is an identifier, of a person her pseudonym; no name is here."""

    number: int
    at: datetime
    hub: str
    actor: str
    role: str
    act: str
    subject_kind: str
    subject: str | None
    detail: dict[str, Any]
    request: str | None


class JournalPage(Payload):
    """A page of the journal, the latest first."""

    entries: tuple[EntryAnswer, ...]
    next_cursor: str | None


class VerdictAnswer(Payload):
    """Whether the journal holds together, from end to end and with the heads kept outside.

    `number` and `code` are its head: noted elsewhere, they prove later that nothing was cut.
    """

    holds: bool
    entries: int
    number: int
    code: str
    problems: tuple[str, ...]


def run_answer(job: Job) -> RunAnswer:
    """A job of retention as it is answered."""
    return RunAnswer(
        job_id=job.id,
        hub=job.hub,
        state=job.state,
        removed=job.done,
        asked_at=job.made_at,
        finished_at=job.finished_at,
    )


def retention_answer(found: Outlook, runs: list[Job]) -> RetentionAnswer:
    """What would go, as it is answered."""
    return RetentionAnswer(
        as_of=found.as_of,
        due=tuple(map(DueAnswer.model_validate, found.due)),
        unconfirmed=found.unconfirmed,
        journal=found.journal,
        expired=found.expired,
        runs=tuple(map(run_answer, runs)),
    )


def entry_answer(entry: Entry) -> EntryAnswer:
    """An entry of the journal as it is answered."""
    known = {name: getattr(entry, name) for name in EntryAnswer.model_fields if name != "detail"}
    return EntryAnswer(**known, detail=json.loads(entry.detail))
