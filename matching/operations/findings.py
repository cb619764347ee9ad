"""What an examination of an installation finds: a state, and the sentence that says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Health(StrEnum):
    """How it stands with one thing."""

    WELL = "well"
    WARNING = "warning"
    FAILED = "failed"


class Aspect(StrEnum):
    """What is examined, in this order."""

    DATABASE = "database"
    ROWS = "rows"
    KEYS = "keys"
    JOURNAL = "journal"
    CLOCK = "clock"
    JOBS = "jobs"
    REGISTRY = "registry"
    TAXONOMY = "taxonomy"
    LEXICON = "lexicon"
    DISK = "disk"
    BACKUPS = "backups"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: ``key`` names a sentence of the wording, which ``values`` fill in."""

    aspect: Aspect
    health: Health
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


def well(aspect: Aspect, key: str, /, **values: object) -> Finding:
    """Nothing to do."""
    return Finding(aspect, Health.WELL, key, values)


def warning(aspect: Aspect, key: str, /, **values: object) -> Finding:
    """Something to look at; work goes on."""
    return Finding(aspect, Health.WARNING, key, values)


def failed(aspect: Aspect, key: str, /, **values: object) -> Finding:
    """Something that must be put right."""
    return Finding(aspect, Health.FAILED, key, values)
