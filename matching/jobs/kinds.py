"""The kinds of work in the background; a closed list."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from matching.domain.access import Act


class JobKind(StrEnum):
    """What a job does."""

    IMPORT = "import"
    RETENTION = "retention"
    REMINDERS = "reminders"
    ANCHOR_UPKEEP = "anchor_upkeep"


ACTS: Mapping[JobKind, Act] = MappingProxyType(
    {
        JobKind.IMPORT: Act.IMPORT,
        JobKind.RETENTION: Act.RUN_RETENTION,
        # What is reminded of, and what expires, are proposals that were sent.
        JobKind.REMINDERS: Act.SEND_PROPOSAL,
        JobKind.ANCHOR_UPKEEP: Act.READ_JOURNAL,
    }
)
"""Under which act a job is asked for, ended and told to the journal."""
