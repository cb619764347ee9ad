"""The JSON files of households that commands read, with what each command asks besides."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from matching.accompaniment.incentives.hire import Hire
from matching.accompaniment.json_values import from_json, typed
from matching.accompaniment.seeking import food_sought, home_sought
from matching.cli.json_lines import json_objects
from matching.domain import Answer, Need
from matching.domain.food import FoodAnswers, FoodSought
from matching.domain.household import Household, WorkStatus
from matching.domain.housing import HomeAnswers, HomeSought
from matching.errors import InputError

_SECTIONS = (
    "status",
    "home",
    "food",
)  # what stands beside the household; each command reads its own


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersFile:
    """What was answered on the form: id of the answer by id of the question."""

    person_id: str
    author: str
    made_on: date
    answers: dict[str, str]
    since: dict[Need, date]


def read_household(path: Path, as_of: date) -> tuple[Household, WorkStatus | None]:
    """A household, and the work status of one member where the file has it.

    Raises
    ------
    InputError
        Naming file and field, and nothing of what is in it: not JSON, a field that is unknown,
        missing or of another type, two members of one id, two who apply, a birth after the day, a
        declaration that was made and was not.
    """
    content = _object(path)
    household, beside = _household(content, str(path), as_of)
    status = beside["status"]
    if status is None:
        return household, None
    work = from_json(WorkStatus, status, f"{path}: status")
    if work.declared_on is not None and work.declared is Answer.NO:
        raise InputError(f"{path}: status.declared is 'no' beside a declared_on; correct one.")
    return household, work


def read_home_sought(path: Path, as_of: date) -> HomeSought:
    """The home that a household looks for: the file of the household, with ``home`` in it.

    Raises
    ------
    InputError
        As :func:`read_household`.
    """
    household, beside = _household(_object(path), str(path), as_of)
    home = HomeAnswers()
    if beside["home"] is not None:
        home = from_json(HomeAnswers, beside["home"], f"{path}: home")
    return home_sought(household, home)


def read_food_sought(path: Path, as_of: date) -> list[FoodSought]:
    """Households that need food, one a line: each as its own file, with ``food`` in it.

    Raises
    ------
    InputError
        As :func:`read_household`, naming the line; no line at all.
    """
    found = []
    for where, row in json_objects(path):
        household, beside = _household(row, where, as_of)
        food = FoodAnswers()
        if beside["food"] is not None:
            food = from_json(FoodAnswers, beside["food"], f"{where}: food")
        found.append(food_sought(household, food))
    if not found:
        raise InputError(f"{path}: no rows; one JSON object per line is needed.")
    return found


def read_hire(path: Path) -> Hire:
    """A planned hire.

    Raises
    ------
    InputError
        Naming file and field.
    """
    return from_json(Hire, _object(path), str(path))


def read_answers(path: Path) -> AnswersFile:
    """The answers to the intake assessment.

    Raises
    ------
    InputError
        Naming file and field.
    """
    content = _object(path)
    answers = content.pop("answers", None)
    since = content.pop("since", {})
    if not isinstance(answers, dict) or not isinstance(since, dict):
        raise InputError(f"{path}: answers and since must be JSON objects; correct them.")
    needs = {typed(Need, key, f"{path}: since"): value for key, value in since.items()}
    read = AnswersFile(
        person_id=typed(str, content.pop("person_id", None), f"{path}: person_id"),
        author=typed(str, content.pop("author", None), f"{path}: author"),
        made_on=typed(date, content.pop("made_on", None), f"{path}: made_on"),
        answers={
            key: typed(str, value, f"{path}: answers.{key}") for key, value in answers.items()
        },
        since={need: typed(date, day, f"{path}: since.{need}") for need, day in needs.items()},
    )
    _nothing_else(path, content)
    return read


def _household(
    content: dict[str, Any], where: str, as_of: date
) -> tuple[Household, dict[str, Any]]:
    """A household and what stands beside it, None for what does not."""
    household = from_json(Household, content.pop("household", None), f"{where}: household")
    beside = {name: content.pop(name, None) for name in _SECTIONS}
    _nothing_else(where, content)
    ids = [one.id for one in household.members]
    if not ids or len(set(ids)) < len(ids):
        raise InputError(f"{where}: household.members must have ids that differ; correct them.")
    if sum(one is household.applicant for one in household.members) != 1:
        raise InputError(f"{where}: household.members needs one whose relation is 'applicant'.")
    for number, one in enumerate(household.members):
        if one.birth is not None and one.birth > as_of:
            raise InputError(
                f"{where}: household.members[{number}].birth is after {as_of}; correct it."
            )
    return household, beside


def _nothing_else(where: Path | str, content: dict[str, Any]) -> None:
    for key in content:
        raise InputError(f"{where}: {key!r} is no field of it; correct or remove it.")


def _object(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not JSON ({type(error).__name__}); correct it.") from error
    if not isinstance(content, dict):
        raise InputError(f"{path}: a JSON object is needed, not {type(content).__name__}.")
    return content
