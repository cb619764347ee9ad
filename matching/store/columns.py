"""What every column says of itself: for what it is kept. The data map is made from it."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect


class Purpose(StrEnum):
    """Why something is kept; each is described in ``data/privacy/purposes.toml``."""

    ACCOMPANIMENT = "accompaniment"
    PROPOSALS = "proposals"
    EXPLANATION = "explanation"
    AUDIT = "audit"
    RIGHTS = "rights"
    SECURITY = "security"
    OPERATION = "operation"


class Lane(StrEnum):
    """How long something is kept; the territory's ``retention.toml`` says it in months."""

    FILE = "file"
    PROPOSAL = "proposal"
    RESULT = "result"
    VACANCY = "vacancy"
    REFERRAL = "referral"
    NOTICE = "notice"
    JOURNAL = "journal"
    ACCESS = "access"
    WORK = "work"
    ALWAYS = "always"


class Moment(sa.types.TypeDecorator[datetime]):
    """A moment in UTC, to the microsecond; a moment without a zone is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What the database is given; SQLite knows no zones."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} is in no time zone; give one, UTC for choice.")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What the database gave, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def kept(
    name: str,
    kind: Any,
    *constraints: Any,
    purpose: Purpose,
    null: bool = False,
    **options: Any,
) -> sa.Column[Any]:
    """A column, with the purpose that it is kept for."""
    return sa.Column(name, kind, *constraints, nullable=null, info={"purpose": purpose}, **options)


def about(lane: Lane, holds: str, *, subject: str | None = None) -> dict[str, Any]:
    """What a table says of itself: its retention lane, what it holds, which column names whom.

    ``subject`` is ``person_id``, ``pseudonym`` or None: export and erasure of a person are made
    from it.
    """
    return {"lane": lane, "holds": holds, "subject": subject}


Key = sa.String(36)
Name = sa.String(200)
Code = sa.String(40)
Digest = sa.String(64)
