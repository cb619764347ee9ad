"""What a hub knows of its past, in the form that training reads, with its data sheet.

A history is a folder that any register can be exported to:

================== =============================================================================
file               content
================== =============================================================================
``sheet.toml``     the data sheet: :class:`Sheet`
``people.jsonl``   id, text (CV), comune (ISTAT), intake
``vacancies.jsonl`` id, title, text, comune, opens
``decisions.jsonl`` a person considered for a vacancy: vacancy_id, person_id, opened_on, and
                   shown_on, shortlisted_on, hired_on, null where it did not happen
``spells.jsonl``   a person's spell: person_id, intake, closed (last day seen), event (work,
                   inactive, censored), and the fields of :class:`matching.domain.Situation`
``exits.jsonl``    where the register notes exits instead: person_id, on, kind and days as in
                   :mod:`training.exits`; then every spell says censored, with the last day seen
================== =============================================================================

Days are ISO dates. No protected attribute has a place in these; what a hub knows of them lies
beside, in ``protected.jsonl``, and is read for the audit only (:mod:`training.protected_people`).
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from matching.domain import Situation
from matching.errors import InputError
from matching.territory import OutcomePolicy
from training.exits import ExitKind, ended
from training.situations import situations_of
from training.synthetic import District

SITUATION: tuple[str, ...] = tuple(
    field.name for field in fields(Situation) if field.name != "person_id"
)


class Sheet(BaseModel):
    """What must be known of data before a model may learn from it.

    ``decided_after_days`` is how long after a vacancy opens its decisions may still change;
    ``gaps`` says what is missing or doubtful.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    origin: str
    synthetic: bool
    territory: str
    first_day: date
    last_day: date
    coverage: str
    gaps: str
    decided_after_days: int


class Row(BaseModel):
    """A line of a file: every field, and no other."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Person(Row):
    id: str
    text: str
    comune: str | None
    intake: date


class _Vacancy(Row):
    id: str
    title: str
    text: str
    comune: str | None
    opens: date


class _Decision(Row):
    vacancy_id: str
    person_id: str
    opened_on: date
    shown_on: date | None
    shortlisted_on: date | None
    hired_on: date | None


class _Exit(Row):
    person_id: str
    on: date
    kind: ExitKind
    days: int | None


class _Spell(Row):
    person_id: str
    intake: date
    closed: date
    event: str
    months_since_last_job: int | None
    share_worked_5y: float | None
    jobs_5y: int | None = None
    longest_job_5y: int | None = None
    past_long_spells: int | None
    education_level: int | None
    italian_level: str | None
    driving_licence: bool | None
    own_vehicle: bool | None
    weekly_hours: int | None
    debt_stress: bool | None
    housing_stress: bool | None
    local_demand: float | None
    own_rating: int | None


_TABLES: Mapping[str, type[Row]] = MappingProxyType(
    {"people": _Person, "vacancies": _Vacancy, "decisions": _Decision, "spells": _Spell}
)
_EVENTS = {"work", "inactive", "censored"}


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A hub's past: four tables with the columns of the files, and the data sheet."""

    sheet: Sheet
    people: pd.DataFrame
    vacancies: pd.DataFrame
    decisions: pd.DataFrame
    spells: pd.DataFrame


def history_of(district: District) -> History:
    """The history that a synthetic district leaves behind: what is seen, never the truth."""
    spells = district.spells
    situations = pd.DataFrame([asdict(one) for one in situations_of(spells)], dtype=object)
    seen = spells[["intake", "closed", "event"]].reset_index(drop=True)
    return History(
        sheet=Sheet(
            origin=f"synthetic district, setting {district.setting}, seed {district.seed}",
            synthetic=True,
            territory=district.territory,
            first_day=district.size.start,
            last_day=district.observed_on,
            coverage=f"{len(district.people)} people and {len(district.vacancies)} vacancies",
            gaps="Nobody in it exists. Rates follow published figures; behaviour is assumed.",
            decided_after_days=120,
        ),
        people=district.people.reset_index(drop=True),
        vacancies=district.vacancies.reset_index(drop=True),
        decisions=district.decisions[list(_Decision.model_fields)].reset_index(drop=True),
        spells=pd.concat([situations, seen], axis=1)[list(_Spell.model_fields)],
    )


def write_history(history: History, folder: Path) -> None:
    """Write a history to a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    sheet = history.sheet.model_dump(mode="json")
    days = {"first_day", "last_day"}
    lines = [
        f"{k} = {v if k in days else json.dumps(v, ensure_ascii=False)}" for k, v in sheet.items()
    ]
    (folder / "sheet.toml").write_text("\n".join(lines) + "\n", "utf-8")
    for name, row in _TABLES.items():
        write_rows(getattr(history, name), row, folder / f"{name}.jsonl")


def read_history(folder: Path, *, outcome: OutcomePolicy) -> History:
    """Read a history, all of it checked.

    Parameters
    ----------
    folder
        Where it is.
    outcome
        What counts as work found, where the history notes exits.

    Raises
    ------
    InputError
        Naming file, line and field: a file that is not there (a history without its data sheet is
        refused), a value of another type, an unknown field, an identifier given twice or pointing
        nowhere, an event that is none, a day outside the sheet's.
    """
    path = folder / "sheet.toml"
    try:
        sheet = Sheet.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}). No model learns from data without a data "
            "sheet: write one, training/history.py says what is in it."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise InputError(f"{path}: {_said(error)}") from error
    tables = {name: read_rows(folder / f"{name}.jsonl", row) for name, row in _TABLES.items()}
    history = History(sheet=sheet, **tables)
    _check(history, folder)
    noted = folder / "exits.jsonl"
    if not noted.exists():
        return history
    exits = read_rows(noted, _Exit)
    return replace(history, spells=ended(history.spells, exits, policy=outcome))


def write_rows(table: pd.DataFrame, row: type[Row], path: Path) -> None:
    """Write a table as a JSON object a line; what is not known is null."""
    adapter = TypeAdapter(row)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for record in table.to_dict("records"):
            known = {str(key): None if _blank(value) else value for key, value in record.items()}
            file.write(adapter.dump_json(row(**known)).decode() + "\n")


def read_rows(path: Path, row: type[Row]) -> pd.DataFrame:
    """Read such a file back as objects; an ``InputError`` names file, line and field of a fault."""
    records: list[dict[str, Any]] = []
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text: {error}.") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            records.append(row.model_validate_json(line).model_dump())
        except ValidationError as error:
            raise InputError(f"{path}, line {number}: {_said(error)}") from error
    # Objects, so that what is not known stays None and a whole number stays whole.
    return pd.DataFrame(records, columns=list(row.model_fields), dtype=object)


def _check(history: History, folder: Path) -> None:
    for name, key in (("people", "id"), ("vacancies", "id"), ("spells", "person_id")):
        values = getattr(history, name)[key]
        if values.duplicated().any():
            twice = values[values.duplicated()].iloc[0]
            raise InputError(f"{folder / name}.jsonl: {key} {twice!r} is there twice; keep one.")
    people, vacancies = set(history.people["id"]), set(history.vacancies["id"])
    pairs = history.decisions
    for column, known in (("person_id", people), ("vacancy_id", vacancies)):
        for value in pairs[column]:
            if value not in known:
                raise InputError(
                    f"{folder}/decisions.jsonl: {column} {value!r} is in no other file; add it."
                )
    if pairs.duplicated(["vacancy_id", "person_id"]).any():
        raise InputError(f"{folder}/decisions.jsonl: a pair is there twice; keep one.")
    if strange := sorted(set(history.spells["event"]) - _EVENTS):
        raise InputError(
            f"{folder}/spells.jsonl: event {strange[0]!r} is none of: {', '.join(sorted(_EVENTS))}."
        )
    backwards = history.spells["closed"] < history.spells["intake"]
    if backwards.any():
        person = history.spells.loc[backwards, "person_id"].iloc[0]
        raise InputError(f"{folder}/spells.jsonl: {person!r} is closed before intake.")


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, float) and value != value)


def _said(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return f"cannot be read: {error}."
    first = error.errors()[0]
    field = ".".join(map(str, first["loc"])) or "the row"
    return f"{field}: {first['msg']} (given: {first['input']!r})."
