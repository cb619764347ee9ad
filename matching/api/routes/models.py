"""Which models are in service."""

from fastapi import APIRouter

from matching.api.dependencies import TheService
from matching.api.schemas import Models
from matching.explanation.calibration import calibration_notes

router = APIRouter(tags=["models"])


@router.get("/v1/models")
def models(service: TheService) -> Models:
    """The models in service, why others are not, and whether people still are what was learnt."""
    return Models.model_validate(
        {
            "ranker": service.model,
            "risk": service.risk_model,
            "risk_watch": service.risk_watch,
            "risk_calibration": service.risk_calibration,
            "risk_calibration_notes": (
                calibration_notes(service.risk_calibration, service.wording)
                if service.risk_model is not None
                else ()
            ),
            "problems": service.problems,
        }
    )
