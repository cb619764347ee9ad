"""What is watched over: notices, the switch that stops computing, retention, the journal."""

from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Response

from matching.access.matrix import reach_of
from matching.api.catalogue import cursor_of, slug_after
from matching.api.dependencies import Today
from matching.api.errors import Refusal
from matching.api.hub.acting import Acting, Made, made, may
from matching.api.hub.dependencies import TheStore
from matching.api.hub.examples_rights import PUBLISHED_NOTICE, SCORING
from matching.api.hub.fields import PAGE, Code, Cursor, Id, Limit, Nothing
from matching.api.hub.keeping import TheKeeping
from matching.api.hub.watching import (
    JournalPage,
    Language,
    NoticeRequest,
    NoticesAnswer,
    NoticeShown,
    NoticeText,
    RetentionAnswer,
    RunsAnswer,
    ScoringAnswer,
    ScoringRequest,
    VerdictAnswer,
    Version,
    entry_answer,
    retention_answer,
    run_answer,
)
from matching.api.payloads import AsOf, Day
from matching.domain.access import Act
from matching.domain.days import start_of
from matching.errors import ConflictError
from matching.hub.journal_pages import journal_page
from matching.hub.notice_files import notice_text, notices_there
from matching.hub.notices import add_notice
from matching.hub.retention import outlook
from matching.hub.scoring import APPROVAL, fact, is_stopped, reason_of_switch, stop
from matching.jobs.retention import ask_for_retention, retention_runs
from matching.store import Work

router = APIRouter(tags=["watching over it"])
_DIGITS = 18  # of the largest number of an entry


@router.post("/v1/notices", status_code=201, response_model=NoticeText)
def publish(
    request: Annotated[NoticeRequest, Body(openapi_examples=dict(PUBLISHED_NOTICE))],
    acting: Annotated[Acting, may(Act.MANAGE_NOTICES)],
) -> Response:
    """Add a version of the notice in a language; what people were given stays as it was given."""

    def do(work: Work) -> Made:
        add_notice(
            work,
            request.version,
            request.language,
            request.text,
            valid_from=request.valid_from,
        )
        found = notice_text(work, request.version, request.language)
        where = f"/v1/notices/{request.version}/{request.language}"
        return made(NoticeText.model_validate(found), 201, location=where)

    return acting.once(request, do)


@router.get("/v1/notices", response_model=NoticesAnswer)
def notices(acting: Annotated[Acting, may(Act.READ_NOTICES)]) -> NoticesAnswer:
    """Which notices there are; and how often each was given, for those who see to it."""
    with acting.reading() as work:
        found = notices_there(work)
    counts = reach_of(acting.actor, Act.MANAGE_NOTICES) or reach_of(acting.actor, Act.GIVE_NOTICE)
    return NoticesAnswer(
        notices=tuple(
            NoticeShown(
                version=one.version,
                language=one.language,
                valid_from=one.valid_from,
                given=one.given if counts else None,
            )
            for one in found
        )
    )


@router.get("/v1/notices/{version}/{language}", response_model=NoticeText)
def notice(
    version: Annotated[Version, Path(description="As the list has it.")],
    language: Annotated[Language, Path(description="Two letters, such as it.")],
    acting: Annotated[Acting, may(Act.READ_NOTICES)],
) -> NoticeText:
    """What a notice says, to be read aloud, printed or shown."""
    with acting.reading() as work:
        return NoticeText.model_validate(notice_text(work, version, language))


@router.get("/v1/scoring", response_model=ScoringAnswer)
def scoring(acting: Annotated[Acting, may(Act.STOP_SCORING)]) -> ScoringAnswer:
    """Whether computing about people is stopped, and whether it was approved."""
    with acting.reading() as work:
        return _scoring(work)


@router.put("/v1/scoring", response_model=ScoringAnswer)
def switch(
    request: Annotated[ScoringRequest, Body(openapi_examples=dict(SCORING))],
    acting: Annotated[Acting, may(Act.STOP_SCORING)],
) -> Response:
    """Stop computing about people, everywhere, from the next request on; or let it begin again.

    Files, decisions and all else go on.
    """

    def do(work: Work) -> Made:
        stop(work, stopped=request.stopped, reason=request.reason)
        return made(_scoring(work))

    return acting.once(request, do)


@router.get("/v1/retention", response_model=RetentionAnswer)
def would_go(
    acting: Annotated[Acting, may(Act.RUN_RETENTION)],
    keeping: TheKeeping,
    today: Today,
    as_of: Annotated[AsOf | None, Query()] = None,
) -> RetentionAnswer:
    """What is kept longer than the territory's months on a day, and the last runs.

    Changes nothing.
    """
    with acting.reading() as work:
        found = outlook(work, keeping.policy, as_of or today)
        return retention_answer(found, list(retention_runs(work)))


@router.post("/v1/retention/runs", status_code=202, response_model=RunsAnswer)
def run(
    acting: Annotated[Acting, may(Act.RUN_RETENTION)], keeping: TheKeeping, today: Today
) -> Response:
    """Ask for what is kept too long to be removed now, as every night, in each hub.

    The worker (`valoriamo work`) does it, batch by batch; GET /v1/retention says how far it is.
    """
    if not keeping.policy.valid_on(today):
        raise ConflictError(
            "The territory's months (retention.toml) are no longer in force; decide on them anew."
        )

    def do(work: Work) -> Made:
        found = ask_for_retention(work)
        return made(RunsAnswer(runs=tuple(map(run_answer, found))), 202)

    return acting.once(Nothing(), do)


@router.get("/v1/journal", response_model=JournalPage)
def journal(
    acting: Annotated[Acting, may(Act.READ_JOURNAL)],
    limit: Limit = PAGE,
    cursor: Cursor = None,
    act: Act | None = None,
    subject: Annotated[Id | None, Query(description="An identifier or a pseudonym.")] = None,
    hub: Annotated[Code | None, Query(description="Of one hub alone.")] = None,
    since: Annotated[Day | None, Query(description="From this day on, in Italy.")] = None,
    until: Annotated[Day | None, Query(description="Before this day, in Italy.")] = None,
) -> JournalPage:
    """A page of the journal, the latest first. Who is meant is told by pseudonym alone.

    The reading is an entry of the journal, too.
    """
    with acting.noting() as work:
        found = journal_page(
            work,
            before=_before(cursor),
            limit=limit,
            act=act,
            subject=subject,
            hub=hub,
            since=None if since is None else start_of(since),
            until=None if until is None else start_of(until),
        )
    more = cursor_of(str(found[-1].number)) if len(found) == limit else None
    return JournalPage(entries=tuple(map(entry_answer, found)), next_cursor=more)


@router.get("/v1/journal/verification", response_model=VerdictAnswer)
def verification(
    acting: Annotated[Acting, may(Act.READ_JOURNAL)], store: TheStore
) -> VerdictAnswer:
    """Verify the whole journal: edits, deletions, moved entries, a cut tail, a wipe, forks.

    Every entry is read, so a long journal takes some seconds.
    """
    found = store.verified()
    with acting.noting() as work:
        work.tell(
            Act.READ_JOURNAL, "journal", None, verified=found.entries, problems=len(found.problems)
        )
    return VerdictAnswer(
        holds=not found.problems,
        entries=found.entries,
        number=found.head.number,
        code=found.head.mac,
        problems=found.problems,
    )


def _scoring(work: Work) -> ScoringAnswer:
    return ScoringAnswer(
        stopped=is_stopped(work),
        approved=fact(work, APPROVAL) is not None,
        reason=reason_of_switch(work),
    )


def _before(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    text = slug_after(cursor) or ""
    if not text.isascii() or not text.isdecimal() or len(text) > _DIGITS:
        raise Refusal(422, "cursor is none of ours; send next_cursor as it was answered.")
    return int(text)
