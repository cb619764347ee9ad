"""The application: routes, guard and handlers put together around one service."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware

from matching.api.deadline import Deadline
from matching.api.errors import add_handlers
from matching.api.guard import Guard
from matching.api.logs import AccessLog
from matching.api.naming import operation_id
from matching.api.openapi import OPEN_PATHS, completed
from matching.api.routes import (
    extractions,
    fund,
    health,
    matches,
    models,
    plans,
    rankings,
    risk,
    services,
    worklists,
)
from matching.service import Service
from matching.settings import Settings, ledger_path, required_token
from matching.store.store import utc_now

_VERSION = "1"
_DESCRIPTION = (
    "Reads CVs and vacancies, ranks people for a vacancy and vacancies for a person, assesses the "
    "risk of staying without work. It proposes; a person decides: a ranking covers the whole pool, "
    "and a risk serves to offer more help only. Nothing that is sent is kept or logged."
)


class _Api(FastAPI):
    def openapi(self) -> dict[str, Any]:
        """The document, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = completed(super().openapi())
        return self.openapi_schema


def create_app(
    service: Service, settings: Settings, *, clock: Callable[[], datetime] = utc_now
) -> FastAPI:
    """The scoring API on a service, closed to whoever does not have the token.

    Parameters
    ----------
    service, settings
        What computes, and the limits of the process.
    clock
        Tells the moment, in UTC, by which requests that say no day are of today.

    Raises
    ------
    SettingsError
        Without a token.
    """
    guard = Middleware(
        Guard,
        token=required_token(settings),
        max_bytes=settings.api_max_bytes,
        open_paths=OPEN_PATHS,
    )
    app = _Api(
        title="Valoriamo scoring API",
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
            Middleware(Deadline, seconds=settings.api_seconds),
            guard,
        ],
    )
    app.state.service = service
    app.state.clock = clock
    app.state.ledger = ledger_path(settings)
    add_handlers(app)
    parts = (extractions, rankings, matches, plans, risk, worklists, services, fund, models, health)
    for part in parts:
        app.include_router(part.router)
    return app
