"""Somebody about whom something is asked of the engine: informed, on file, with her profile."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row

from matching.domain import Profile
from matching.errors import ConflictError
from matching.hub.notices import check_informed
from matching.hub.people import OPEN, check_opening, row_of, tell_opening
from matching.hub.profiles import KeptProfile, read_profile
from matching.hub.scoring import check_scoring
from matching.store import Work
from matching.store.person_keys import PersonKey, key_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A person as the engine sees her, under her pseudonym."""

    hub: str
    is_protected: bool
    key: PersonKey = field(repr=False)
    kept: KeptProfile = field(repr=False)
    version: int


def subject_of(work: Work, person_id: str, *, reason: str | None = None) -> Subject:
    """Somebody about whom something may be computed.

    ``reason`` says why a protected file is used, as for opening it: what is computed tells of it.
    Nothing is told here: see :func:`opened_subject`.

    Raises
    ------
    ForbiddenError
        For a protected file of somebody else's, without a reason.
    UnknownError
        Where there is no such person for whoever asks.
    ConflictError
        Where computing is stopped, she was given no notice, or her file is not open.
    """
    return _subject(work, person_id, reason)[0]


def opened_subject(work: Work, person_id: str, *, reason: str | None = None) -> Subject:
    """As :func:`subject_of`; that a protected file is used is told."""
    who, row = _subject(work, person_id, reason)
    tell_opening(work, row, who.key, reason)
    return who


def _subject(work: Work, person_id: str, reason: str | None) -> tuple[Subject, Row[Any]]:
    check_scoring(work)
    row = row_of(work, person_id)
    if row.state != OPEN:
        raise ConflictError(f"This file is {row.state}: nothing is computed about her any more.")
    check_informed(work, person_id)
    check_opening(work, row, reason)
    key = key_of(work, person_id)
    found = read_profile(work, key)
    kept, version = found or (KeptProfile(profile=Profile(id=key.pseudonym)), 0)
    return Subject(
        hub=row.hub, is_protected=row.is_protected, key=key, kept=kept, version=version
    ), row
