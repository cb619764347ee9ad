"""What is asked and answered of results: lists, assessments, paths, kept as they were shown."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field
from pydantic_core import to_json

from matching.api.given import Weights
from matching.api.hub.fields import Id
from matching.api.payloads import NUMBER, AsOf, Payload
from matching.domain import Need
from matching.hub.results import Computed, Result
from matching.hub.shortlists import EXPLAINED

Explain = Annotated[
    int, Field(ge=0, le=500, description="How many, from the first, are explained."), NUMBER
]


class ShortlistRequest(Payload):
    """What a shortlist is asked for; `weights` of dimensions are 1 where the model's own count."""

    explain: Explain = EXPLAINED
    weights: Weights | None = None
    as_of: AsOf | None = None


class MatchesRequest(Payload):
    """What matches are asked for."""

    explain: Explain = EXPLAINED
    as_of: AsOf | None = None


class AssessmentRequest(Payload):
    """For what a risk is assessed: to offer more help, and nothing else."""

    purpose: Annotated[str, Field(max_length=60)]
    as_of: AsOf | None = None


class PathRequest(Payload):
    """The needs that she declared; `vacancies` to open, all open ones of the hub without."""

    needs: Annotated[list[Need], Field(max_length=len(Need))] = []
    vacancies: Annotated[list[Id], Field(max_length=50)] | None = None
    budget_eur: Annotated[int, Field(ge=0, le=1_000_000), NUMBER] | None = None
    as_of: AsOf | None = None


class ModelShown(Payload):
    """Which model computed it."""

    name: str
    version: int | None
    digest: str | None


class Place(Payload):
    """One place of a list. `said` is null beyond those explained.

    Of whoever was erased since, or is protected and in the charge of somebody else, the place stays
    and `person_id`, `pseudonym`, `said` are null. In lists of vacancies the first two always are.
    """

    position: int
    rank: int
    rank_lower: int | None
    rank_upper: int | None
    score: float
    lower: float
    upper: float
    state: Literal["ok", "not_enough_data"]
    close_to_next: bool
    probability: float | None
    apart: bool
    person_id: str | None = None
    pseudonym: str | None = None
    vacancy_id: str | None = None
    title: str | None = None
    said: dict[str, Any] | None = None


_NAMED = ("person_id", "pseudonym", "vacancy_id", "title", "said")
_RANKED = tuple(name for name in Place.model_fields if name not in _NAMED)


class Gone(Payload):
    """Who, or what, is not in the list, since when, and what brings it back."""

    person_id: str | None = None
    pseudonym: str | None = None
    vacancy_id: str | None = None
    why: str
    since: date
    text: str


class ListAnswer(Payload):
    """A list as it was shown. `digest` is of all that is kept of it: the journal has it too."""

    id: str
    kind: str
    vacancy_id: str | None
    as_of: date
    made_at: datetime
    made_by: str
    model: ModelShown
    base: float
    weighting: dict[str, Any] | None
    balancing: dict[str, Any] | None
    reserved: bool
    referral: str | None
    inputs_digest: str
    digest: str
    matches: tuple[Place, ...]
    left_out: tuple[Gone, ...]


class OneAnswer(Payload):
    """An assessment or a path as it was shown; `said` is null once the person was erased."""

    id: str
    kind: str
    as_of: date
    made_at: datetime
    made_by: str
    model: ModelShown
    about: dict[str, Any]
    said: dict[str, Any] | None
    inputs_digest: str
    digest: str


@dataclass(frozen=True, slots=True)
class Rows:
    """Who is in a list and who is not, as it is answered: the result it is of, and JSON."""

    of: str
    matches: str
    left_out: str


def rows_of(shown: Result | Computed) -> Rows:
    """The rows of a shortlist, or of matches.

    Written from plain values: made as models, the places of everybody in a hub take longer to
    answer than to rank.
    """
    matches = [_place(row, shown) for row in shown.body["matches"]]
    left_out = [_gone(row, shown) for row in shown.body["left_out"]]
    return Rows(shown.id, to_json(matches).decode(), to_json(left_out).decode())


def list_content(result: Result, rows: Rows | None = None) -> str:
    """A shortlist, or matches, as they are answered: a :class:`ListAnswer` in JSON.

    ``rows`` are those of the result where they were written before.
    """
    if rows is None or rows.of != result.id:
        rows = rows_of(result)
    body = result.body
    balancing = body.get("balancing")
    if balancing is not None:
        moved = [one for one in balancing["moved"] if one in result.people]
        balancing = {**balancing, "moved": moved}
    head = {
        "id": result.id, "kind": result.kind, "vacancy_id": result.vacancy_id,
        "as_of": result.as_of, "made_at": result.made_at, "made_by": result.made_by,
        "model": result.model, "base": body["base"], "weighting": body.get("weighting"),
        "balancing": balancing, "reserved": bool(body.get("reserved", False)),
        "referral": body.get("referral"), "inputs_digest": result.inputs_digest,
        "digest": result.body_digest,
    }  # fmt: skip
    opened = to_json(head).decode().removesuffix("}")
    return f'{opened},"matches":{rows.matches},"left_out":{rows.left_out}}}'


def one_answer(result: Result) -> OneAnswer:
    """An assessment, or a path, as it is answered."""
    about = {name: value for name, value in result.body.items() if name != "entries"}
    return OneAnswer(
        id=result.id,
        kind=result.kind,
        as_of=result.as_of,
        made_at=result.made_at,
        made_by=result.made_by,
        model=_model(result),
        about=about,
        said=dict(result.entries[0]) if 0 in result.entries else None,
        inputs_digest=result.inputs_digest,
        digest=result.body_digest,
    )


def _model(result: Result) -> ModelShown:
    return ModelShown.model_construct(**result.model)


def _place(row: dict[str, Any], result: Result | Computed) -> dict[str, Any]:
    return {
        **{name: row[name] for name in _RANKED},
        **_named(row, result),
        "title": row.get("title"),
        "said": result.entries.get(row["position"]),
    }


def _gone(row: dict[str, Any], result: Result | Computed) -> dict[str, Any]:
    said = {name: row[name] for name in ("why", "since", "text")}
    return {**_named(row, result), **said}


def _named(row: dict[str, Any], result: Result | Computed) -> dict[str, Any]:
    pseudonym = row.get("person")
    person = result.people.get(pseudonym) if pseudonym else None
    return {
        "person_id": person,
        # Another list may say whom it stands for, or an older answer did.
        "pseudonym": None if person is None else pseudonym,
        "vacancy_id": row.get("vacancy"),
    }
