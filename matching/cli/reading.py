"""Rows of a file -> vacancies and profiles; what cannot be read is said on stderr."""

from collections.abc import Iterable
from datetime import date

import typer

from matching.cli.records import TextRecord
from matching.domain import Profile, Vacancy
from matching.service import Service, records
from matching.service.records import Problem


def read_vacancy(service: Service, record: TextRecord, as_of: date) -> Vacancy:
    """The vacancy of a row; an empty one, with a warning, where its text cannot be read."""
    vacancy, problems = records.read_vacancy(
        service, record.id, record.text, title=record.title, as_of=as_of, comune=record.comune
    )
    _warn(record, problems)
    return vacancy


def read_person(service: Service, record: TextRecord, as_of: date) -> Profile:
    """The profile of a row; an empty one, with a warning, where its text cannot be read."""
    profile, problems = records.read_person(
        service, record.id, record.text, as_of=as_of, comune=record.comune
    )
    _warn(record, problems)
    return profile


def _warn(record: TextRecord, problems: Iterable[Problem]) -> None:
    for problem in problems:
        typer.echo(f"{record.where} ({record.id}): {problem}", err=True)
