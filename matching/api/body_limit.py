"""The most that one request may hold: refused before it is read, and while it comes."""

from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import JSONResponse
from starlette.types import Message, Receive

from matching.api.errors import Refusal, problem
from matching.documents.values import size_label


@dataclass(frozen=True, slots=True)
class BodyLimit:
    """A limit in bytes."""

    most: int

    def refusal(self, request: Request) -> JSONResponse | None:
        """The refusal of a request that says itself that it is too large."""
        stated = request.headers.get("content-length", "0")
        if stated.isdecimal() and int(stated[:20]) > self.most:
            return problem(request, 413, self._said())
        return None

    def counted(self, receive: Receive) -> Receive:
        """The body as it comes, up to the limit: a length may be left out, or be a lie."""
        seen = 0

        async def counting() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.most:
                raise Refusal(413, self._said(), {"connection": "close"})
            return message

        return counting

    def _said(self) -> str:
        return (
            f"At most {size_label(self.most)} are taken in one request; send less at once, "
            "or raise VALORIAMO_API_MAX_BYTES."
        )
