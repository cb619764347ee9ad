"""Whether the process is up, and whether it can score; asked by whoever watches over it."""

from fastapi import APIRouter

from matching.api.dependencies import TheService
from matching.api.schemas import Health, Readiness
from matching.domain import Profile, Vacancy

router = APIRouter(tags=["operation"])


@router.get("/healthz")
async def health() -> Health:
    """The process is up. Does no work, so that it answers while others compute."""
    return Health()


@router.get("/readyz")
def readiness(service: TheService) -> Readiness:
    """Score a pair of which nothing is known, and say which models serve; 503 if that fails."""
    service.scores([Vacancy(id="nothing", title="")], [Profile(id="nobody")])
    risk = service.risk_model
    return Readiness(
        ranker=str(service.model),
        risk=None if risk is None else str(risk),
        problems=len(service.problems),
    )
