"""The second factor: codes of six digits from a telephone (TOTP, RFC 6238).

There are no recovery codes: whoever loses the telephone is known in person to the hub, and the
command ``valoriamo accounts unlock`` lets the factor be set up anew.
"""

import re
from datetime import datetime

import pyotp

from matching.access.secrets import same

ISSUER = "Valoriamo"
STEP_SECONDS = 30
DRIFT = 1
"""Steps that a telephone's clock may be before or behind."""

_CODE = re.compile(r"[0-9]{6}", re.ASCII)


def new_factor() -> str:
    """A secret of 160 bits (RFC 4226, 4) in base 32, for a telephone and for us."""
    return pyotp.random_base32()


def factor_uri(secret: str, username: str) -> str:
    """The address that a telephone reads off a square code; it holds the secret."""
    return pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(
        name=username, issuer_name=ISSUER
    )


def step_of(secret: str, code: str, *, at: datetime, after: int | None) -> int | None:
    """The step that a code is of, None for one that is wrong, too old, or was used before.

    Parameters
    ----------
    at
        The moment it is, with its zone.
    after
        The step of the last code that was taken; no code of it or of an earlier one is.
    """
    written = "".join(code.split())
    if not _CODE.fullmatch(written):
        return None
    factor = pyotp.TOTP(secret, interval=STEP_SECONDS)
    now = int(at.timestamp()) // STEP_SECONDS
    # All are compared, so that the time taken does not say which.
    found = [
        now + offset
        for offset in range(-DRIFT, DRIFT + 1)
        if same(factor.at(at, counter_offset=offset), written)
    ]
    fresh = [step for step in found if after is None or step > after]
    return max(fresh, default=None)
