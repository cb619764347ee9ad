"""What routes are given: the service, the day, a body of the right kind.

Asynchronous where nothing is waited for: FastAPI would give each of the others a thread of its own.
"""

from datetime import date
from email.message import Message
from typing import Annotated

from fastapi import Depends, Request

from matching.api.errors import Refusal
from matching.domain.days import day_at
from matching.service import Service


async def _service(request: Request) -> Service:
    service = request.app.state.service
    if not isinstance(service, Service):
        raise TypeError(f"create_app keeps a Service, not {type(service).__name__}.")
    return service


async def _today(request: Request) -> date:
    """Today at the hubs, for requests that say no day, by the clock of the application."""
    return day_at(request.app.state.clock())


def media_type(request: Request) -> str:
    """The kind of body that a request says it has."""
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    return header.get_content_type() if request.headers.get("content-type") else ""


def is_json(media: str) -> bool:
    """Whether a kind of body is JSON."""
    return media == "application/json" or (
        media.startswith("application/") and media.endswith("+json")
    )


async def _only_json(request: Request) -> None:
    if not is_json(media_type(request)):
        raise Refusal(415, "Send JSON, with Content-Type: application/json.")


TheService = Annotated[Service, Depends(_service)]
Today = Annotated[date, Depends(_today)]
OnlyJson = Depends(_only_json)
