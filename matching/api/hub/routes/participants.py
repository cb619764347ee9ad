"""Participants: what a provider sees of those who agreed to a step with it, and nothing else."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter

from matching.accompaniment import Catalogue
from matching.api.dependencies import TheService
from matching.api.hub.acting import Acting, may
from matching.api.hub.fields import PAGE, Cursor, Limit, entry_before, next_cursor_of
from matching.api.hub.paths import (
    ParticipantAnswer,
    ParticipantsPage,
    ProviderStep,
    sessions_of,
)
from matching.api.hub.routes.paths import PathId
from matching.domain.access import Act
from matching.hub.organisations import services_of
from matching.hub.participants import OwnStep, Participant, participant, participants

router = APIRouter(tags=["participants"])
MayRead = Annotated[Acting, may(Act.READ_PARTICIPANTS)]


@router.get("/v1/participants", response_model=ParticipantsPage)
def listed(
    acting: MayRead, service: TheService, limit: Limit = PAGE, cursor: Cursor = None
) -> ParticipantsPage:
    """A page of those who agreed to steps with one's own services, in a fixed order."""
    after = entry_before(cursor)
    with acting.noting() as work:
        own = services_of(work, service.catalogue)
        found = participants(work, own, after=after, limit=limit)
    names = _names(service.catalogue)
    rows = [_participant(one, names) for one in found]
    last = rows[-1].path_id if len(rows) == limit else None
    return ParticipantsPage(participants=tuple(rows), next_cursor=next_cursor_of(last))


@router.get("/v1/participants/{path_id}", response_model=ParticipantAnswer)
def read(path_id: PathId, acting: MayRead, service: TheService) -> ParticipantAnswer:
    """One of them. To change a step, send its `version` as If-Match."""
    with acting.noting() as work:
        found = participant(work, path_id, services_of(work, service.catalogue))
    return _participant(found, _names(service.catalogue))


def _participant(found: Participant, names: Mapping[str, str]) -> ParticipantAnswer:
    return ParticipantAnswer(
        path_id=found.plan_id,
        name=found.name,
        steps=tuple(_step(one, names) for one in found.steps),
    )


def _step(own: OwnStep, names: Mapping[str, str]) -> ProviderStep:
    step = own.step
    slug = step.proposal.service or ""
    return ProviderStep(
        id=step.id,
        service=slug,
        # The catalogue's, not what was written in the path: that is hers and her manager's.
        name=names[slug],
        measure=step.proposal.measure,
        state=step.state,
        since=step.since,
        starts_on=step.proposal.starts_on,
        ask_by=step.proposal.ask_by,
        ends_on=step.proposal.ends_on,
        started_on=step.started_on,
        sessions=sessions_of(step),
        version=own.version,
    )


def _names(catalogue: Catalogue | None) -> Mapping[str, str]:
    return {} if catalogue is None else {one.slug: one.name for one in catalogue.services}
