"""Situations -> the risk of staying without work, for whoever offers more help, and no other."""

import logging
from typing import Annotated

from fastapi import APIRouter, Body

from matching.api.dependencies import OnlyJson, TheService, Today
from matching.api.errors import Refusal
from matching.api.examples import RISK
from matching.api.payloads import Model
from matching.api.schemas import PURPOSE, Assessment, Calibration, RiskAnswer, RiskRequest
from matching.domain import Situation
from matching.explanation.calibration import calibration_notes

router = APIRouter(tags=["risk"])
_log = logging.getLogger("valoriamo.api")


@router.post("/v1/risk-assessments", dependencies=[OnlyJson])
def assess(
    request: Annotated[RiskRequest, Body(openapi_examples=dict(RISK))],
    service: TheService,
    today: Today,
) -> RiskAnswer:
    """Assess situations, each by itself. Serves to add help, never to narrow or refuse it."""
    if request.purpose != PURPOSE:
        _log.warning("a risk assessment was refused: it was asked for another purpose")
        raise Refusal(403, f"A risk is assessed for the purpose {PURPOSE!r} only.")
    as_of = request.as_of or today
    situations = [Situation(**dict(person)) for person in request.persons]
    ages = {one.person_id: one.age for one in request.ages}
    found = service.assess(situations, as_of=as_of, ages=ages)
    stamp = found[0].model
    say = service.wording.say
    return RiskAnswer(
        purpose=PURPOSE,
        as_of=as_of,
        model=Model.model_validate(stamp),
        synthetic=stamp.synthetic,
        notice=say("risk_screen.synthetic") if stamp.synthetic else None,
        calibration=tuple(map(Calibration.model_validate, service.risk_calibration)),
        calibration_notes=calibration_notes(service.risk_calibration, service.wording),
        assessments=tuple(map(Assessment.model_validate, found)),
    )
