"""What waits for a manager, and the closed lists of reasons."""

from typing import Annotated

from fastapi import APIRouter

from matching.api.dependencies import TheService, Today
from matching.api.hub.acting import Acting, may
from matching.api.hub.dependencies import TheReasons
from matching.api.hub.reminders import (
    ReasonsAnswer,
    RemindersAnswer,
    reasons_answer,
    reminders_answer,
)
from matching.domain.access import Act
from matching.hub.waiting import reminders_of

router = APIRouter(tags=["proposals"])


@router.get("/v1/reminders", response_model=RemindersAnswer)
def reminders(
    acting: Annotated[Acting, may(Act.READ_REMINDERS)], service: TheService, today: Today
) -> RemindersAnswer:
    """What waits for a manager: proposals, contests, paths; and what companies or time did.

    What ended is told for two weeks. Protected people's proposals and paths are left out; a file
    that was handed over is told to its new manager until it is opened, and who else opened one,
    when and why, to its manager for two weeks, or until that manager opens it.
    """
    with acting.noting() as work:
        found = reminders_of(work, today, agreeing=service.paths.policy)
    return reminders_answer(found)


@router.get("/v1/reasons", response_model=ReasonsAnswer)
def reasons(acting: Annotated[Acting, may(Act.READ_REASONS)], lists: TheReasons) -> ReasonsAnswer:
    """The reasons that can be given, in Italian and English: closed lists, by code."""
    return reasons_answer(lists, acting.actor.role)
