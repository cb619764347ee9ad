"""Who acts in a route, and how far: each route names its act, and the matrix answers."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel

from matching.access.matrix import reach_of
from matching.api.cores import Turns
from matching.api.dependencies import is_json, media_type
from matching.api.errors import Refusal
from matching.domain.access import EVERYWHERE, Act, Actor
from matching.errors import ForbiddenError
from matching.hub.requests import Answered, answer_to, keep_answer
from matching.store import Store, Work
from matching.store.chain import Entry

_Found = TypeVar("_Found")
Recall = Callable[[Work, str], str]
"""Writes an answer again from what is kept by a name."""


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody in a route: opens work in her name."""

    store: Store = field(repr=False)
    actor: Actor
    request_id: str
    request_key: str | None
    asked: str
    noted: list[Entry] | None = field(default=None, repr=False)
    computing: Turns = field(default_factory=Turns, repr=False)

    def reading(self) -> AbstractContextManager[Work]:
        """Work that changes nothing."""
        return self.store.reading(self.actor)

    def noting(self, *, reason: str | None = None) -> AbstractContextManager[Work]:
        """Work that changes nothing, and whose reading is on record before it is answered.

        A ``reason`` to open a protected file is written down in it: with one, work that writes.
        """
        if reason is not None:
            return self.writing()
        return self.store.noting(self.actor, self.request_id, later=self.noted)

    def writing(self) -> AbstractContextManager[Work]:
        """Work with its trace in the journal."""
        return self.store.writing(self.actor, self.request_id)

    def hub(self, asked: str | None = None) -> str:
        """The hub that something new is for: the one asked for, or the actor's only one."""
        hubs = sorted(self.actor.hubs - {EVERYWHERE})
        if asked is not None:
            return asked
        if len(hubs) != 1:
            raise Refusal(422, f"hub is needed: write one of {', '.join(hubs)}.")
        return hubs[0]

    def computed(
        self,
        body: BaseModel,
        compute: Callable[[Work], _Found],
        keep: Callable[[Work, _Found], "Made"],
        recall: Recall | None = None,
    ) -> Response:
        """Compute something and keep it, as :meth:`once`: nobody waits to write while it computes.

        ``compute`` is given work that reads; ``keep`` sees to it that what was read still holds.
        One is computed at a time, see :class:`matching.api.cores.Turns`.
        """
        with self.reading() as work:
            request_key, asked = self._words(work, body)
            is_held = request_key is not None and answer_to(work, request_key, asked) is not None
        if is_held:
            # What is recalled may be of a protected file, whose opening is written down.
            return self.once(body, lambda work: keep(work, compute(work)), recall)
        with self.computing.taken(), self.reading() as work:
            found = compute(work)
        return self.once(body, lambda work: keep(work, found), recall)

    def once(
        self, body: BaseModel, do: Callable[[Work], "Made"], recall: Recall | None = None
    ) -> Response:
        """Do something, once for each Idempotency-Key: sent again, the first answer is given.

        ``do`` says what was made; what it wrote is committed with the answer, or not at all.
        ``recall`` answers from what is kept of it anyway, whose name is :attr:`Made.again`; it
        refuses where whoever asks may not be shown that any more.
        """
        with self.writing() as work:
            words = self._words(work, body)
            held = self._held(work, words, recall)
            if held is None:
                made = do(work)
                held = Answered(
                    status=made.status, headers=made.headers, body=made.content.encode()
                )
                # Where nothing was done it would not be done again either, and leaves no entry.
                request_key, asked = words
                if request_key and work.head is not None:
                    kept = made.content if made.again is None else made.again
                    keep_answer(work, request_key, asked, replace(held, body=kept.encode()))
        return _response(held)

    def _held(
        self, work: Work, words: tuple[str | None, str], recall: Recall | None
    ) -> Answered | None:
        request_key, asked = words
        held = answer_to(work, request_key, asked) if request_key else None
        if held is None or recall is None:
            return held
        return replace(held, body=recall(work, held.body.decode()).encode())

    def _words(self, work: Work, body: BaseModel) -> tuple[str | None, str]:
        """What a request is known again by: its key, if it has one, and what it asks for.

        By keyed words alone: whoever asks may write a name into a key, and a body holds one.
        """
        request_key = work.word("request", self.request_key) if self.request_key else None
        return request_key, work.word("asked", f"{self.asked}\0{body.model_dump_json()}")


def _response(held: Answered) -> Response:
    return Response(held.body, held.status, held.headers, "application/json")


@dataclass(frozen=True, slots=True)
class Made:
    """What a route answers: content in JSON, status, headers that belong to it.

    ``again`` is what is answered where the request is sent again: without a secret, which is shown
    once and kept nowhere. Or the name of what is kept of it, by which it is recalled.
    """

    content: str = field(repr=False)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    again: str | None = None


def made(
    payload: BaseModel,
    status: int = 200,
    *,
    location: str | None = None,
    version: int | None = None,
    again: BaseModel | None = None,
) -> Made:
    """An answer, with where it can be read and which version it is; see :class:`Made`."""
    headers = {}
    if location is not None:
        headers["location"] = location
    if version is not None:
        headers["etag"] = f'"{version}"'
    repeated = None if again is None else again.model_dump_json()
    return Made(payload.model_dump_json(), status, headers, repeated)


def shown(payload: BaseModel, *, version: int | None = None) -> Response:
    """The answer to a reading: written here, where FastAPI would check and write it once more."""
    headers = {} if version is None else {"etag": f'"{version}"'}
    return Response(payload.model_dump_json(), 200, headers, "application/json")


def may(act: Act) -> Any:
    """Whoever may do this; others are refused. To be said of a route's parameter."""

    async def allowed(
        request: Request,
        idempotency_key: Annotated[
            str | None,
            Header(max_length=200, description="Sent again with the same key, it is done once."),
        ] = None,
    ) -> Acting:
        actor: Actor = request.state.actor
        if reach_of(actor, act) is None:
            raise ForbiddenError(
                f"This is not for the role {actor.role}."
                if actor.only is None or act in actor.only
                else "This token was not made for that; make one with this scope."
            )
        route = request.scope.get("route")
        if getattr(route, "body_field", None) is not None and not is_json(media_type(request)):
            raise Refusal(415, "Send JSON, with Content-Type: application/json.")
        return Acting(
            request.app.state.store, actor, request.state.request_id,
            idempotency_key, f"{request.method} {request.url.path}", request.state.noted,
            request.app.state.computing,
        )  # fmt: skip

    allowed.__dict__["act"] = act
    return Depends(allowed)


def expected(if_match: str) -> int:
    """The version that an If-Match header names.

    Raises
    ------
    Refusal
        For one that is none of ours.
    """
    text = if_match.strip().removeprefix("W/").strip('"')
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise Refusal(412, 'If-Match names no version; send the ETag that was answered, as "3".')
    return int(text)


IfMatch = Annotated[
    str,
    Header(
        max_length=40,
        description="The ETag of the version that the change is made to.",
        examples=['"1"'],
        # Said, and not checked there: an If-Match of another kind fails as a condition, by 412.
        json_schema_extra={"pattern": r'^(W/)?"[0-9]{1,9}"$'},
    ),
]
