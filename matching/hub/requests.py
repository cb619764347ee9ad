"""Requests that may be sent again: the answer to the first is kept, in the act's transaction."""

import json
from dataclasses import dataclass, field

from matching.domain.access import EVERYWHERE
from matching.errors import ConflictError
from matching.store import Work
from matching.store.tables import kept_requests

HOURS_KEPT = 48
"""For how long an answer can be asked for again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The answer to a request: its status, headers that belong to it, and its body."""

    status: int
    headers: dict[str, str]
    body: bytes = field(repr=False)


def answer_to(work: Work, request_key: str, asked_digest: str) -> Answered | None:
    """The answer that was given to a request of this actor, None where it is new.

    Raises
    ------
    ConflictError
        Where something else was asked for with this key.
    """
    row = work.by(kept_requests, actor=work.actor.id, request_key=request_key)
    if row is None:
        return None
    if row.asked_digest != asked_digest:
        raise ConflictError(
            "Something else was asked for with this Idempotency-Key. Make a new key for each new "
            "request, and send the same one only to send the same again."
        )
    opened = work.unseal(row.sealed_answer, row.key_id, answer_place(work.actor.id, request_key))
    kept = json.loads(opened)
    return Answered(status=row.status, headers=kept["headers"], body=kept["body"].encode())


def keep_answer(work: Work, request_key: str, asked_digest: str, answer: Answered) -> None:
    """Keep the answer to a request, to be committed with what it did."""
    content = json.dumps({"headers": answer.headers, "body": answer.body.decode()}).encode()
    sealed, key_id = work.seal(content, answer_place(work.actor.id, request_key))
    hubs = sorted(work.actor.hubs)
    work.add(
        kept_requests,
        {
            "actor": work.actor.id, "request_key": request_key,
            "hub": hubs[0] if hubs else EVERYWHERE, "asked_digest": asked_digest,
            "status": answer.status, "sealed_answer": sealed, "key_id": key_id,
            "made_at": work.now,
        },
    )  # fmt: skip


def answer_place(actor: str, request_key: str) -> str:
    """Where the answer to a request of somebody is sealed."""
    return f"kept_requests.sealed_answer:{actor}/{request_key}"
