"""The local demand that situations do not state, from vacancies and the CVs of who searches."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import typer

from matching.cli.progress import progress
from matching.cli.reading import read_person, read_vacancy
from matching.cli.records import read_records
from matching.domain import Situation
from matching.service import Service


def demand_told(
    service: Service,
    situations: Sequence[Situation],
    *,
    vacancies: Path,
    people: Path,
    as_of: date,
) -> list[Situation]:
    """The situations with the local demand of those who do not state it, where it can be told.

    Parameters
    ----------
    service
        Reads the texts.
    situations
        What is stated stays.
    vacancies, people
        JSON lines as ``rank`` reads them: all open vacancies, and everybody who searches, with
        the identifiers of the situations.
    as_of
        The day.
    """
    offers = progress(read_records(vacancies), "Reading vacancies")
    openings = [read_vacancy(service, row, as_of) for row in offers]
    cvs = progress(read_records(people), "Reading CVs")
    profiles = [read_person(service, row, as_of) for row in cvs]
    demand = service.local_demand(profiles, openings)
    found = [
        one
        if one.local_demand is not None
        else replace(one, local_demand=demand.get(one.person_id))
        for one in situations
    ]
    stated = sum(one.local_demand is not None for one in situations)
    told = sum(one.local_demand is not None for one in found) - stated
    typer.echo(
        f"Local demand: {stated} stated, {told} told from {len(openings)} vacancies, "
        f"{len(found) - stated - told} unknown.",
        err=True,
    )
    return found
