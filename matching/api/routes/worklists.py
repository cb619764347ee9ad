"""People in charge -> who needs attention now, for whoever offers more help, and no other."""

import logging
from typing import Annotated

from fastapi import APIRouter, Body

from matching.api.dependencies import OnlyJson, TheService, Today
from matching.api.errors import Refusal
from matching.api.examples import WORKLIST
from matching.api.schemas import PURPOSE, Chance, Priority, Thresholds
from matching.api.worklists import Entry, WorklistAnswer, WorklistRequest
from matching.domain import Assessed, Happened, InCharge
from matching.domain import Chance as Known
from matching.priority.sentences import rule, rules

router = APIRouter(tags=["risk"])
_log = logging.getLogger("valoriamo.api")


@router.post("/v1/worklists", dependencies=[OnlyJson])
def worklist(
    request: Annotated[WorklistRequest, Body(openapi_examples=dict(WORKLIST))],
    service: TheService,
    today: Today,
) -> WorklistAnswer:
    """List everybody in charge, those who need attention now first. Nothing is kept.

    What is dated after `as_of` is not read. The list adds help: nobody is left out of it, and no
    other route reads it.
    """
    if request.purpose != PURPOSE:
        _log.warning("a worklist was refused: it was asked for another purpose")
        raise Refusal(403, f"A worklist is made for the purpose {PURPOSE!r} only.")
    as_of = request.as_of or today
    found = service.worklist(
        [InCharge(**dict(one)) for one in request.people],
        [
            Assessed(**{**dict(one), "no_work": Known(**dict(one.no_work))})
            for one in request.assessments
        ],
        [Happened(**dict(one)) for one in request.events],
        as_of=as_of,
        managers=request.managers,
    )
    policy, wording = service.territory.policy.priority, service.wording
    return WorklistAnswer(
        purpose=PURPOSE,
        as_of=as_of,
        rules=rules(policy, wording),
        thresholds=Thresholds.model_validate(found.thresholds) if found.thresholds else None,
        caseload=found.caseload,
        waiting=found.waiting,
        entries=tuple(
            Entry(
                person_id=entry.person_id,
                rules=entry.rules,
                why=tuple(rule(entry, one, policy, wording) for one in entry.rules),
                priority=Priority.model_validate(entry.priority) if entry.priority else None,
                no_work=Chance.model_validate(entry.no_work) if entry.no_work else None,
                days_without_contact=entry.days_without_contact,
                rose=entry.rose,
                within_caseload=entry.within_caseload,
            )
            for entry in found.entries
        ),
    )
