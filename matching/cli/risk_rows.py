"""Rows of the risk commands: the payloads of the API, a JSON object a line.

No message repeats a value: a line of a log must not tell of whom.
"""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from matching.api.payloads import Payload
from matching.api.schemas import AgeGiven, SituationGiven
from matching.api.worklists import AssessedGiven, HappenedGiven, InChargeGiven
from matching.cli.files import whole_file
from matching.cli.json_lines import json_objects
from matching.cli.records import json_line
from matching.domain import Assessed, Chance, Happened, InCharge, Situation
from matching.errors import InputError

_Row = TypeVar("_Row", bound=Payload)


def read_situations(path: Path) -> list[Situation]:
    """The situation of each person; an ``InputError`` names the line and field of a fault."""
    rows = _read(path, SituationGiven)
    _one_each(path, (row.person_id for row in rows))
    return [Situation(**dict(row)) for row in rows]


def read_ages(path: Path) -> dict[str, int]:
    """The age of each person; an ``InputError`` names the line and field of a fault."""
    rows = _read(path, AgeGiven)
    _one_each(path, (row.person_id for row in rows))
    return {row.person_id: row.age for row in rows}


def read_in_charge(path: Path) -> list[InCharge]:
    """Everybody in charge; an ``InputError`` names the line and field of a fault."""
    rows = _read(path, InChargeGiven)
    _one_each(path, (row.person_id for row in rows))
    return [InCharge(**dict(row)) for row in rows]


def read_history(path: Path) -> list[Assessed]:
    """Assessments on record, none where the file is not there yet."""
    if not path.exists():
        return []
    return [
        Assessed(**{**dict(row), "no_work": Chance(**dict(row.no_work))})
        for row in _read(path, AssessedGiven, may_be_empty=True)
    ]


def read_events(path: Path) -> list[Happened]:
    """What happened to people; an ``InputError`` names the line and field of a fault."""
    return [Happened(**dict(row)) for row in _read(path, HappenedGiven, may_be_empty=True)]


def add_to_history(path: Path, made: Iterable[Assessed]) -> None:
    """Write assessments after those on record; the file is replaced whole, or not at all."""
    before = path.read_text("utf-8-sig") if path.exists() else ""
    if before and not before.endswith("\n"):
        before += "\n"
    with whole_file(path) as file:
        file.write(before)
        for one in made:
            row = asdict(one) | {
                "as_of": one.as_of.isoformat(),
                "because": None if one.because is None else str(one.because),
            }
            file.write(json_line(row).decode() + "\n")


def _read(path: Path, kind: type[_Row], *, may_be_empty: bool = False) -> list[_Row]:
    rows = []
    for where, found in json_objects(path):
        try:
            rows.append(kind.model_validate(found))
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            field = ".".join(map(str, first["loc"])) or "the row"
            raise InputError(f"{where}: {field}: {first['msg']}.") from None
    if not rows and not may_be_empty:
        raise InputError(f"{path}: no rows; one JSON object per line is needed.")
    return rows


def _one_each(path: Path, persons: Iterable[str]) -> None:
    seen: set[str] = set()
    for person in persons:
        if person in seen:
            raise InputError(f"{path}: person_id {person!r} is there twice; keep one row.")
        seen.add(person)
