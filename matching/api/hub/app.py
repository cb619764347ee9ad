"""The application of a hub: the gate, every route with its act, and handlers, around a store."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware

from matching.access.passwords import Passwords, open_passwords
from matching.api.cores import Turns
from matching.api.deadline import Deadline
from matching.api.errors import add_handlers
from matching.api.hub.acting import may
from matching.api.hub.dependencies import NotStopped, hubs_of_territory
from matching.api.hub.gate import Allowance, Gate, Presented
from matching.api.hub.keeping import open_keeping
from matching.api.hub.metrics import Counting, Metrics
from matching.api.hub.openapi import OPEN_PATHS, completed
from matching.api.hub.provider import open_door
from matching.api.hub.record import Record
from matching.api.hub.routes import (
    accounts,
    care,
    consents,
    decisions,
    documents,
    entering,
    households,
    imports,
    jobs,
    operation,
    organisations,
    outcomes,
    oversight,
    participants,
    paths,
    persons,
    proposals,
    provider,
    referrals,
    reminders,
    results,
    rights,
    tokens,
    vacancies,
    watching,
)
from matching.api.logs import AccessLog
from matching.api.naming import operation_id
from matching.api.routes import (
    extractions,
    fund,
    models,
    rankings,
    risk,
    services,
    worklists,
)
from matching.domain.access import Act, Actor, the_system
from matching.hub.pools import Pools
from matching.hub.reasons import load_reasons
from matching.hub.sessions import note_visit, visit_of
from matching.hub.tokens import actor_of_token
from matching.service import Service
from matching.settings import Settings, ledger_path
from matching.store import Store

_VERSION = "1"
_DESCRIPTION = (
    "Files of people, vacancies, proposals and decisions of welfare hubs, kept, closed to other "
    "hubs, every act on record. It proposes; a person decides: a ranking covers the whole pool, a "
    "risk serves to offer more help only, and no name leaves before its person has accepted."
)

_STOPPABLE = (rankings.router, risk.router, worklists.router)


class _HubApi(FastAPI):
    def openapi(self) -> dict[str, Any]:
        """The document, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = completed(super().openapi(), self.state.parts)
        return self.openapi_schema


def create_hub_app(
    service: Service,
    store: Store,
    settings: Settings,
    *,
    passwords: Passwords | None = None,
    is_secure: bool = True,
) -> FastAPI:
    """The API of the hubs of a territory.

    Parameters
    ----------
    service, store, settings
        What computes, what keeps, and the limits of the process.
    passwords
        What checks passwords; made here unless given.
    is_secure
        Whether cookies are sent over TLS alone, as they must be but on loopback.
    """
    metrics = Metrics()
    gate = Middleware(
        Gate,
        identify=_identify(store, hubs_of_territory(service)),
        allowance=Allowance(settings.api_per_minute),
        max_bytes=settings.api_max_bytes,
        open_paths=OPEN_PATHS,
        record=Record(store.enter),
    )
    app = _HubApi(
        title="Valoriamo hub API",
        version=_VERSION,
        description=_DESCRIPTION,
        # The pages that FastAPI has for people load scripts from elsewhere; a hub has no network.
        docs_url=None,
        redoc_url=None,
        separate_input_output_schemas=False,
        generate_unique_id_function=operation_id,
        # An address with a slash more is none: a redirection would name the host that was asked.
        redirect_slashes=False,
        middleware=[
            Middleware(AccessLog),
            Middleware(Counting, metrics=metrics),
            Middleware(Deadline, seconds=settings.api_seconds),
            gate,
        ],
    )
    app.state.service = service
    app.state.store = store
    app.state.clock = store.clock
    app.state.pools = Pools(service)
    app.state.computing = Turns()
    app.state.reasons = load_reasons(settings.data_dir / "rules")
    app.state.passwords = passwords or open_passwords()
    app.state.metrics = metrics
    app.state.ledger = ledger_path(settings)
    app.state.is_secure = is_secure
    app.state.keeping = open_keeping(settings)
    app.state.door = open_door(settings)
    add_handlers(app)
    app.state.parts = _parts()
    for router, act in app.state.parts:
        asked = [] if act is None else [may(act)]
        asked += [NotStopped] if router in _STOPPABLE else []
        app.include_router(router, dependencies=asked)
    return app


def renew(app: FastAPI, service: Service) -> None:
    """Serve with other models from now on; what was begun is finished with those before.

    Each result is made by one service, whose models it names.
    """
    app.state.pools = Pools(service)
    app.state.service = service


def _parts() -> tuple[tuple[APIRouter, Act | None], ...]:
    """The routers; those that compute on texts that are sent, and not kept, with their act."""
    # What is asked for most comes first: a route is looked for among all before it.
    own = (
        persons, vacancies, results, care, entering, documents, rights, referrals, paths,
        participants, outcomes, consents, households, proposals, decisions, oversight, reminders,
        imports, jobs, operation,
    )  # fmt: skip
    administration = (provider, accounts, tokens, organisations, watching)
    unkept = {
        extractions: Act.SCORE,
        rankings: Act.SCORE,
        risk: Act.ASSESS_RISK,
        worklists: Act.WORKLIST,
        services: Act.READ_SERVICES,
        fund: Act.PROPOSE_FUND,
        models: Act.READ_MODELS,
    }
    return (
        *((part.router, None) for part in (*own, *administration)),
        *((part.router, act) for part, act in unkept.items()),
    )


def _identify(store: Store, hubs: frozenset[str]) -> Callable[[Presented], Actor | None]:
    everybody = the_system(hubs)

    def identify(shown: Presented) -> Actor | None:
        if shown.token is not None:
            with store.reading(everybody) as work:
                return actor_of_token(work, shown.token, hubs)
        if shown.session is None:
            return None
        with store.reading(everybody) as work:
            visit = visit_of(work, shown.session, hubs)
        if visit is not None and visit.is_due:
            with store.writing(everybody) as work:
                note_visit(work, shown.session)
        return None if visit is None else visit.actor

    return identify
