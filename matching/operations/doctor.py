"""An installation examined: what is well, what to look at, what must be put right."""

from collections.abc import Sequence
from pathlib import Path

from matching.operations.database_checks import database_findings
from matching.operations.file_checks import file_findings
from matching.operations.findings import Finding
from matching.operations.places import Clock, places_of
from matching.settings import Settings
from matching.store.store import utc_now


def examine(
    settings: Settings, *, backups: Path | None = None, clock: Clock = utc_now
) -> Sequence[Finding]:
    """Examine an installation and change nothing.

    Parameters
    ----------
    settings
        Where it is.
    backups
        A folder in which backups should be, none older than two days.
    clock
        What moment it is.
    """
    places = places_of(settings)
    return (
        *database_findings(places, clock=clock),
        *file_findings(places, settings, backups=backups, clock=clock),
    )
