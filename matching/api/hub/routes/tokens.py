"""Tokens of programmes: made, listed, revoked; by the administration alone."""

from typing import Annotated

from fastapi import APIRouter, Body, Path, Response

from matching.api.hub.acting import Acting, Made, made, may
from matching.api.hub.administration import TokenAnswer, TokenMade, TokenRequest, TokensPage
from matching.api.hub.examples_rights import TOKEN
from matching.api.hub.fields import PAGE, Cursor, Done, Id, Limit, entry_before, next_cursor
from matching.domain.access import Act
from matching.hub.tokens import Token, make_token, revoke_token, tokens_page
from matching.store import Work

router = APIRouter(tags=["administration"])
TokenId = Annotated[Id, Path(description="As it was answered when the token was made.")]


@router.post("/v1/tokens", status_code=201, response_model=TokenMade)
def add(
    request: Annotated[TokenRequest, Body(openapi_examples=dict(TOKEN))],
    acting: Annotated[Acting, may(Act.MANAGE_TOKENS)],
) -> Response:
    """Make a token: what a programme may do with a hub, and until when. It is shown once."""

    def do(work: Work) -> Made:
        found = make_token(
            work,
            request.name,
            role=request.role,
            hub=request.hub,
            acts=request.acts,
            days=request.days,
            organisation_id=request.organisation_id,
        )
        answer = TokenMade(id=found.token_id, token=found.token, expires_at=found.expires_at)
        return made(answer, 201, again=answer.model_copy(update={"token": None}))

    return acting.once(request, do)


@router.get("/v1/tokens", response_model=TokensPage)
def listed(
    acting: Annotated[Acting, may(Act.MANAGE_TOKENS)],
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> TokensPage:
    """A page of tokens, also those that ended, in a fixed order."""
    with acting.reading() as work:
        found = list(tokens_page(work, after=entry_before(cursor), limit=limit))
    return TokensPage(tokens=tuple(map(_answer, found)), next_cursor=next_cursor(found, limit))


@router.delete("/v1/tokens/{token_id}", response_model=Done)
def revoke(token_id: TokenId, acting: Annotated[Acting, may(Act.MANAGE_TOKENS)]) -> Done:
    """End a token at once, for good; it stays in the list."""
    with acting.writing() as work:
        revoke_token(work, token_id)
    return Done()


def _answer(token: Token) -> TokenAnswer:
    known = {name: getattr(token, name) for name in TokenAnswer.model_fields if name != "acts"}
    return TokenAnswer(**known, acts=tuple(sorted(token.acts)))
