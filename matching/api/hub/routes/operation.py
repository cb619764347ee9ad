"""Whether the hub's service can be relied on just now, and what it counts."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from matching.api.dependencies import TheService
from matching.api.hub.acting import Acting, may
from matching.api.hub.dependencies import TheStore
from matching.api.hub.metrics import MEDIA_TYPE, Metrics
from matching.api.payloads import Payload
from matching.api.routes.health import health
from matching.domain import Profile, Vacancy
from matching.domain.access import Act, the_system
from matching.errors import StoreError
from matching.hub.scoring import APPROVAL, fact, is_stopped
from matching.store.schema import head_revision, revision_of

router = APIRouter(tags=["operation"])


class HubReadiness(Payload):
    """What serves. `scoring` is `on`, `stopped`, or `not_approved` before an assessment.

    `problems` is of how many things `GET /v1/models` says that another serves instead.
    """

    ranker: str
    risk: str | None
    problems: int
    database: str
    scoring: str
    status: str = "ready"


router.get("/healthz")(health)


@router.get("/readyz", response_model=HubReadiness)
def readiness(service: TheService, store: TheStore) -> HubReadiness:
    """Read the database, score a pair of which nothing is known; 503 where either fails."""
    found = revision_of(store.engine)
    if found != head_revision():
        raise StoreError("The database is of another revision. Run: valoriamo migrate.")
    with store.reading(the_system(frozenset())) as work:
        stopped, approved = is_stopped(work), fact(work, APPROVAL)
    service.scores([Vacancy(id="nothing", title="")], [Profile(id="nobody")])
    scoring = "on" if approved else "not_approved"
    return HubReadiness(
        ranker=str(service.model),
        risk=None if service.risk_model is None else str(service.risk_model),
        problems=len(service.problems),
        database=found,
        scoring="stopped" if stopped else scoring,
    )


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def metrics(request: Request, acting: Annotated[Acting, may(Act.READ_METRICS)]) -> Response:
    """Counters and times of requests by route, as Prometheus reads them."""
    found: Metrics = request.app.state.metrics
    return Response(found.text(), media_type=MEDIA_TYPE)
