"""People and vacancies as they are sent to be ranked: by a text, or by what was read in one."""

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag, field_validator

from matching.api.extracted import Extracted
from matching.api.limits import MAX_PERSONS, MAX_VACANCIES
from matching.api.payloads import (
    NUMBER,
    AsOf,
    DocumentText,
    Identifier,
    Name,
    Payload,
    all_differ,
)
from matching.domain import Dimension

TEXT_TAG, EXTRACTION_TAG = "given-as-text", "given-as-extraction"
"""How the two forms of a row are told apart; no field has such a name."""


class _Somewhere(Payload):
    comune: Annotated[
        Name | None, Field(description="Home or workplace: name or ISTAT code of a municipality.")
    ] = None


class AsText(_Somewhere):
    """A person by her CV; who she is, is said elsewhere."""

    text: DocumentText


class AsExtraction(_Somewhere):
    """A person by what was read in her CV; who she is, is said elsewhere."""

    extraction: Extracted


class PersonAsText(AsText):
    """A person by her CV."""

    id: Identifier


class PersonAsExtraction(AsExtraction):
    """A person by what was read in her CV."""

    id: Identifier


class VacancyAsText(PersonAsText):
    """A vacancy by its text."""

    title: Name = ""


class VacancyAsExtraction(PersonAsExtraction):
    """A vacancy by what was read in title and text together."""

    title: Name = ""


def _form(row: Any) -> str:
    if isinstance(row, dict):
        return EXTRACTION_TAG if "extraction" in row else TEXT_TAG
    return EXTRACTION_TAG if hasattr(row, "extraction") else TEXT_TAG


SomebodyGiven = Annotated[
    Annotated[AsText, Tag(TEXT_TAG)] | Annotated[AsExtraction, Tag(EXTRACTION_TAG)],
    Discriminator(_form),
]
PersonGiven = Annotated[
    Annotated[PersonAsText, Tag(TEXT_TAG)] | Annotated[PersonAsExtraction, Tag(EXTRACTION_TAG)],
    Discriminator(_form),
]
VacancyGiven = Annotated[
    Annotated[VacancyAsText, Tag(TEXT_TAG)] | Annotated[VacancyAsExtraction, Tag(EXTRACTION_TAG)],
    Discriminator(_form),
]

_EXPLAIN = "How many are explained, from the first of the whole order, whichever page is asked for."
_FIRST = "How many of the order stand before the page: 0 for the first page."
_COUNT = "How many the page holds; all that are left, without."
_WEIGHTS = "What each dimension counts, 1 being the model's own; applied from 0 to 3."

Weights = dict[Dimension, Annotated[float, NUMBER]]


class RankingRequest(Payload):
    """A vacancy and the pool of people to rank for it; the first ``explain`` with reasons.

    The answer holds the page of ``count`` people after the ``first`` of the order. The order is
    that of the whole pool, which is to be sent, the same, with every page.
    """

    vacancy: VacancyGiven
    persons: Annotated[list[PersonGiven], Field(max_length=MAX_PERSONS)]
    as_of: AsOf | None = None
    explain: Annotated[int, Field(ge=0, le=MAX_PERSONS, description=_EXPLAIN), NUMBER] = 10
    weights: Annotated[Weights | None, Field(description=_WEIGHTS)] = None
    first: Annotated[int, Field(ge=0, le=MAX_PERSONS, description=_FIRST), NUMBER] = 0
    count: (
        Annotated[int, Field(ge=1, le=MAX_PERSONS, description=_COUNT), NUMBER] | None
    ) = None  # fmt: skip

    @field_validator("persons")
    @classmethod
    def _differ(cls, persons: list[PersonGiven]) -> list[PersonGiven]:
        all_differ(person.id for person in persons)
        return persons


class PersonMatchesRequest(Payload):
    """A person and the vacancies to rank for her; the first ``explain`` with reasons.

    Pages are as those of a ranking.
    """

    person: SomebodyGiven
    vacancies: Annotated[list[VacancyGiven], Field(max_length=MAX_VACANCIES)]
    as_of: AsOf | None = None
    explain: Annotated[int, Field(ge=0, le=MAX_VACANCIES, description=_EXPLAIN), NUMBER] = 10
    first: Annotated[int, Field(ge=0, le=MAX_VACANCIES, description=_FIRST), NUMBER] = 0
    count: (
        Annotated[int, Field(ge=1, le=MAX_VACANCIES, description=_COUNT), NUMBER] | None
    ) = None  # fmt: skip

    @field_validator("vacancies")
    @classmethod
    def _differ(cls, vacancies: list[VacancyGiven]) -> list[VacancyGiven]:
        all_differ(vacancy.id for vacancy in vacancies)
        return vacancies
