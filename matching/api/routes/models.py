"""Which models are in service."""

from fastapi import APIRouter

from matching.api.dependencies import TheService
from matching.api.schemas import Models

router = APIRouter(tags=["models"])


@router.get("/v1/models")
def models(service: TheService) -> Models:
    """The ranker and the risk model in service, and why others are not."""
    return Models.model_validate(
        {"ranker": service.model, "risk": service.risk_model, "problems": service.problems}
    )
