"""What the catalogue of services answers: pages of HSDS 3.0 services."""

import base64
import binascii
from typing import Annotated, Any

from pydantic import Field

from matching.api.payloads import Payload

Hsds = Annotated[
    dict[str, Any],
    Field(
        description="A service as Open Referral HSDS 3.0 has it, with its organization, locations, "
        "schedules, costs, and our codes as attributes.",
        json_schema_extra={"required": ["id", "name", "status"]},
    ),
]


class ServicesPage(Payload):
    """Some services, in a fixed order; `next_cursor` asks for those after them, null at the end."""

    version: str
    total_items: int
    size: int
    next_cursor: str | None
    contents: tuple[Hsds, ...]


def cursor_of(slug: str) -> str:
    """The cursor that stands after a service."""
    return base64.urlsafe_b64encode(slug.encode()).decode().rstrip("=")


def slug_after(cursor: str) -> str | None:
    """The service that a cursor stands after, None for what is no cursor.

    >>> slug_after(cursor_of("corso-asa"))
    'corso-asa'
    """
    padded = cursor + "=" * (-len(cursor) % 4)
    try:
        return base64.b64decode(padded, altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
