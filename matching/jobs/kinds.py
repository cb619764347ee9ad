"""The kinds of work in the background, and what becomes of a row; closed lists."""

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


class RowState(StrEnum):
    """What became of a row of an import."""

    WRITTEN = "written"
    KNOWN = "known"
    HELD = "held"
    REFUSED = "refused"


ACTS: Mapping[JobKind, Act] = MappingProxyType(
    {
        JobKind.IMPORT: Act.IMPORT,
        JobKind.RETENTION: Act.RUN_RETENTION,
        JobKind.REMINDERS: Act.REMIND,
        JobKind.ANCHOR_UPKEEP: Act.READ_JOURNAL,
    }
)
"""Under which act a job is asked for, ended and told to the journal."""
