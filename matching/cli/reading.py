"""Rows of a file -> vacancies and profiles; what cannot be read is said, and keeps its row."""

from dataclasses import replace
from datetime import date

import typer

from matching.cli.records import TextRecord
from matching.domain import Facts, Profile, Vacancy
from matching.errors import DocumentError
from matching.service import Service


def read_vacancy(service: Service, record: TextRecord, as_of: date) -> Vacancy:
    """The vacancy of a row; an empty one, with a warning, where its text cannot be read."""
    comune = _istat(service, record)
    try:
        vacancy = service.vacancy(
            record.id, record.text, title=record.title, as_of=as_of, comune=comune
        )
    except DocumentError as error:
        _warn(record, f"{error.code}: {error.message} Its pairs say not_enough_data.")
        return Vacancy(id=record.id, title=record.title)
    return replace(vacancy, facts=_placed(vacancy.facts, record, comune))


def read_person(service: Service, record: TextRecord, as_of: date) -> Profile:
    """The profile of a row; an empty one, with a warning, where its text cannot be read."""
    comune = _istat(service, record)
    try:
        profile = service.person(record.id, record.text, as_of=as_of, comune=comune)
    except DocumentError as error:
        _warn(record, f"{error.code}: {error.message} Its pairs say not_enough_data.")
        return Profile(id=record.id)
    return replace(profile, facts=_placed(profile.facts, record, comune))


def _istat(service: Service, record: TextRecord) -> str | None:
    if record.comune is None:
        return None
    place = service.territory.find_municipality(record.comune)
    if place is None:
        _warn(
            record,
            f"comune {record.comune!r} is not in the territory {service.territory.code!r} or "
            "near it; treated as not known.",
        )
        return None
    return place.istat


def _placed(facts: Facts, record: TextRecord, comune: str | None) -> Facts:
    """Facts without a place read in the text, where the row names another that is not known."""
    is_elsewhere = record.comune is not None and comune is None
    return replace(facts, comune=None) if is_elsewhere else facts


def _warn(record: TextRecord, message: str) -> None:
    typer.echo(f"{record.where} ({record.id}): {message}", err=True)
