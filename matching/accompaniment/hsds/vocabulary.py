"""What HSDS has no field for, as attributes: the taxonomies, their terms, and stable identifiers.

HSDS leaves eligibility, audience and need to free text. Here each is a term of a taxonomy whose
``uri`` begins with ``urn:valoriamo:hsds:``; what has a value (hours, seats, days of notice) is a
term of the taxonomy ``field`` with the value in the attribute.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from uuid import NAMESPACE_URL, uuid5

from matching.domain import (
    Audience,
    Band,
    Channel,
    Difficulty,
    Freshness,
    Grade,
    Interpreting,
    Measure,
    Need,
    Paper,
    Payer,
)
from matching.domain.reach import Barrier

URN = "urn:valoriamo:hsds:"
ISTAT = "ISTAT"
"""The type of the external identifier of a location: the code of its municipality."""

_NAMESPACE = uuid5(NAMESPACE_URL, "urn:valoriamo:hsds")


class Scheme(StrEnum):
    """The taxonomies; ``SKILL`` has concept URIs for codes."""

    FIELD = "field"
    MEASURE = "measure"
    NEED = "need"
    SKILL = "skill"
    BARRIER = "barrier"
    DIFFICULTY = "difficulty"
    AUDIENCE = "audience"
    PAYER = "payer"
    GRADE = "grade"
    BAND = "band"
    PAPER = "paper"
    CHANNEL = "channel"
    INTERPRETING = "interpreting"
    FRESHNESS = "freshness"


class Held(StrEnum):
    """Fields of a service, or of a provider, that are kept as the value of an attribute."""

    SLUG = "slug"
    KIND = "kind"
    HOURS = "hours"
    SEATS = "seats"
    COST_EUR = "cost_eur"
    LEAD_DAYS = "lead_days"
    WAIT_DAYS = "wait_days"
    REMOTE = "remote"
    CONDITION = "condition"
    CHANGES = "changes"
    SOURCE = "source"
    EXAMPLE = "example"


CODES: Mapping[Scheme, type[StrEnum]] = MappingProxyType(
    {
        Scheme.FIELD: Held,
        Scheme.MEASURE: Measure,
        Scheme.NEED: Need,
        Scheme.BARRIER: Barrier,
        Scheme.DIFFICULTY: Difficulty,
        Scheme.AUDIENCE: Audience,
        Scheme.PAYER: Payer,
        Scheme.GRADE: Grade,
        Scheme.BAND: Band,
        Scheme.PAPER: Paper,
        Scheme.CHANNEL: Channel,
        Scheme.INTERPRETING: Interpreting,
        Scheme.FRESHNESS: Freshness,
    }
)
"""The closed codes of every taxonomy but that of skills."""


def identifier(*parts: object) -> str:
    """The identifier of a row: a UUID, always the same for the same parts."""
    return str(uuid5(_NAMESPACE, "/".join(map(str, parts))))


def scheme_uri(scheme: Scheme) -> str:
    """The URI by which a taxonomy is known."""
    return f"{URN}{scheme}"


def term_id(scheme: Scheme, code: str) -> str:
    """The identifier of a term."""
    return identifier("term", scheme, code)


def scheme_of(uri: str) -> Scheme | None:
    """The taxonomy of a URI, None for one of somebody else."""
    name = uri.removeprefix(URN)
    return Scheme(name) if uri.startswith(URN) and name in list(Scheme) else None
