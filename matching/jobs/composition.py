"""What a worker of an installation does: every kind of job with its handler."""

import os
import platform
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from matching.accompaniment.agreement.policy import find_agreement_policy
from matching.hub.retention_policy import load_retention
from matching.jobs.gazetteer import gazetteer_of
from matching.jobs.import_writers import hub_writers
from matching.jobs.imports import import_handler
from matching.jobs.kinds import JobKind
from matching.jobs.retention import retention_handler
from matching.jobs.upkeep import anchor_handler, reminders_handler
from matching.jobs.worker import Begin
from matching.service import Service
from matching.store.anchor import Anchor


def worker_name() -> str:
    """A name that no other worker has, by which its leases are its own."""
    return f"{platform.node()[:100]}-{os.getpid()}-{secrets.token_hex(4)}"


def handlers_of(
    service: Service,
    folder: Path,
    anchor: Anchor,
    erased: Callable[[frozenset[str]], None],
) -> Mapping[JobKind, Begin]:
    """The handler of every kind of job.

    Parameters
    ----------
    service
        Reads texts; the territory is its.
    folder
        Of the territory: its months of retention and its rules of agreed paths.
    anchor
        Where the journal's heads are noted.
    erased
        Notes outside the database who was erased.
    """
    territory = service.territory
    return {
        JobKind.IMPORT: import_handler(hub_writers(service), gazetteer_of(territory)),
        JobKind.RETENTION: retention_handler(load_retention(folder), erased),
        JobKind.REMINDERS: reminders_handler(
            territory.policy.proposals, find_agreement_policy(folder)
        ),
        JobKind.ANCHOR_UPKEEP: anchor_handler(anchor),
    }
