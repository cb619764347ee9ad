"""A sign-in that succeeded: a cookie that no script reads, and a token that goes beside it."""

from datetime import datetime

from fastapi import Request, Response

from matching.api.errors import Refusal
from matching.api.hub.gate import COOKIE, csrf_token
from matching.api.payloads import Payload
from matching.hub.accounts_sign_in import Outcome, SignIn
from matching.hub.sessions import MOST_HOURS


class SignedIn(Payload):
    """Signed in. `csrf_token` goes with whatever changes things, as X-CSRF-Token.

    `must_set_up`: nothing can be done but set up the second factor. The session itself is a cookie
    that no script reads.
    """

    csrf_token: str
    expires_at: datetime
    must_set_up: bool


def signed_in(request: Request, response: Response, found: SignIn, *, refused: str) -> SignedIn:
    """Give the browser its session; ``refused`` is said to whoever is not let in, never why.

    Raises
    ------
    Refusal
        401: where a code is needed as well, or nobody is let in.
    """
    if found.outcome is Outcome.CODE_WANTED:
        raise Refusal(401, "Send code as well: the six digits of the second factor.")
    if found.session is None:
        raise Refusal(401, refused)
    session = found.session
    response.set_cookie(
        COOKIE,
        session.token,
        max_age=MOST_HOURS * 3600,
        httponly=True,
        secure=request.app.state.is_secure,
        samesite="strict",
        path="/",
    )
    return SignedIn(
        csrf_token=csrf_token(session.token),
        expires_at=session.expires_at,
        must_set_up=found.must_set_up,
    )
