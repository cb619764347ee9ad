"""The internships of an agreed path: what each lacks, and which regional limits it is beyond.

A warning stops nothing; what is lacking does, as :mod:`matching.accompaniment.agreement.life` says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from matching.accompaniment.incentives.internships import Warned, can_start, warned
from matching.accompaniment.incentives.regions import Region, region_of
from matching.accompaniment.json_lines import json_objects
from matching.accompaniment.json_values import from_json
from matching.domain import InternshipRecord, Lacking
from matching.domain.agreement import Agreement, StepStarted
from matching.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class InternshipSeen:
    """An internship on a day: what it lacks before it may start, and its warnings.

    ``started`` is whether it began in the path: then nothing was lacking.
    """

    record: InternshipRecord
    started: bool
    lacking: tuple[Lacking, ...]
    warnings: tuple[Warned, ...]


def read_internships(lines: Iterable[str], *, name: str) -> tuple[InternshipRecord, ...]:
    """The records of some lines, one JSON object each, an id once.

    Raises
    ------
    InputError
        Naming ``name`` and the line: no JSON object, an unknown key, a value of another type, an
        id that is there twice.
    """
    found: dict[str, InternshipRecord] = {}
    for where, row in json_objects(lines, name=name):
        try:
            record = from_json(InternshipRecord, row, "internship")
        except InputError as error:
            raise InputError(f"{where}: {error}") from error
        if record.id in found:
            raise InputError(f"{where}: id = {record.id!r} is there twice; leave the newer line.")
        found[record.id] = record
    return tuple(found.values())


def internships_seen(
    agreement: Agreement,
    records: Iterable[InternshipRecord],
    *,
    regions: tuple[Region, ...],
    province: str,
    as_of: date,
) -> tuple[InternshipSeen, ...]:
    """The internships of the person of a path that are not over on a day, by id.

    Parameters
    ----------
    agreement
        The path. An internship that started in it has its record there; a newer record of the
        same id takes its place.
    records
        Records of internships, of this person and of others.
    regions, province
        The limits of regions, and the province (its two letters) whose region counts. The limits
        are those of the day on which the internship starts.
    as_of
        The day.
    """
    started = {
        event.internship.id: event.internship
        for event in agreement.events
        if isinstance(event, StepStarted) and event.internship is not None
    }
    own = {one.id: one for one in records if one.person_id == agreement.person_id}
    return tuple(
        _seen(record, key in started, regions, province, as_of)
        for key, record in sorted({**started, **own}.items())
        if record.ends_on is None or record.ends_on >= as_of
    )


def _seen(
    record: InternshipRecord,
    started: bool,
    regions: tuple[Region, ...],
    province: str,
    as_of: date,
) -> InternshipSeen:
    region = region_of(regions, province, record.starts_on or as_of)
    return InternshipSeen(
        record=record,
        started=started,
        lacking=() if started else can_start(record, as_of=as_of),
        warnings=warned(record, region),
    )
