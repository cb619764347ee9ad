"""What is answered of matches, for a vacancy and for a person alike.

Of a person nothing is here but what a match is made of: no risk, no protected attribute, neither of
which a match ever reads (an employment agency may see neither: D.Lgs 276/2003, art. 10). What
stands in the way of a job (``apart`` and ``barriers``) is for the hub's own desk, which can put the
question to the person: it is not to be handed on to agencies and employers.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import Field

from matching.api.payloads import Model, Payload, Question, Share
from matching.domain import (
    BarrierState,
    Dimension,
    DocumentErrorCode,
    Match,
    Payer,
    State,
)


class Reason(Payload):
    """One reason: its effect on the score, relative to knowing nothing, and what proves it."""

    dimension: Dimension
    effect: float
    text: str
    person_evidence: tuple[str, ...]
    vacancy_evidence: tuple[str, ...]


class MatchQuestion(Question):
    """What to ask next, how far the answer can move the score, and to which ranks."""

    rank_best: int | None
    rank_worst: int | None


class Barrier(Payload):
    """A hard requirement not shown to be met: its rule, and the answer that would change it.

    ``law`` is its source, null where the vacancy alone asks for it. For the hub's own desk.
    """

    rule: str
    state: BarrierState
    text: str
    answer: str
    law: str | None
    person_evidence: tuple[str, ...]
    vacancy_evidence: tuple[str, ...]


class Course(Payload):
    """A local service that teaches a missing skill; ``minutes`` of travel, null if not known."""

    slug: str
    name: str
    provider: str
    place: str
    start: date | None
    minutes: float | None
    cost_eur: int
    paid_by: Payer


class Change(Payload):
    """A missing skill, what score and rank would be with it, and who teaches it nearby."""

    uri: str
    label: str
    score: Share
    rank: int
    courses: tuple[Course, ...]


class _Matched(Payload):
    rank: int
    rank_lower: Annotated[
        int | None, Field(description="80% interval of the rank; null where not computed.")
    ]
    rank_upper: int | None
    close_to_next: Annotated[
        bool, Field(description="The order with the next is too close to call.")
    ]
    score: Share
    lower: Share
    upper: Share
    probability: Annotated[
        Share | None,
        Field(description="Chance of the employer's shortlist; null where the model has none."),
    ]
    state: State
    apart: Annotated[
        bool, Field(description="A hard requirement is not met: listed after the others.")
    ]
    explained: bool
    barriers: tuple[Barrier, ...]
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    changes: tuple[Change, ...]
    questions: tuple[MatchQuestion, ...]


class Ranked(_Matched):
    """One person of the pool; ``explained`` says whether reasons were asked for this far down.

    A person who cannot be judged is ``not_enough_data``: the no-information score, 0 and 1. Only
    those explained have ``barriers``, ``reasons``, ``missing``, ``changes``, ``questions`` and,
    unless they stand apart, an interval of the rank.
    """

    person_id: str


class RankedVacancy(_Matched):
    """One vacancy for the person, as a person is for a vacancy; ranks are among vacancies."""

    vacancy_id: str


_Row = TypeVar("_Row", Ranked, RankedVacancy)


class Notice(Payload):
    """What of a row could not be used; ``code`` where its text could not be read."""

    id: str
    message: str
    code: DocumentErrorCode | None = None


class Weighting(Payload):
    """Weights as they were asked for, and as they apply: within limits, 1 if nothing is asked."""

    preferred: dict[Dimension, float]
    applied: dict[Dimension, float]


class Ranking(Payload):
    """A page of the pool, the whole unless asked otherwise, best first; equal scores share a rank.

    ``base`` is the score of somebody nothing is known of, from which the reasons count. ``total``
    is how many the whole order holds. For a vacancy that L. 68/99 reserves nobody is ranked:
    ``reserved`` is true, ``total`` 0, and ``referral`` says where to refer people. ``weights`` is
    null where the model's own apply.
    """

    vacancy_id: str
    as_of: date
    model: Model
    base: Share
    weights: Weighting | None
    reserved: bool
    referral: str | None
    total: int
    matches: tuple[Ranked, ...]
    warnings: tuple[Notice, ...]


class PersonMatches(Payload):
    """A page of the vacancies for a person, the whole unless asked otherwise, best first.

    Each score is the one that the pair has in the ranking of the vacancy. ``reserved`` are the
    vacancies that L. 68/99 reserves, which are not ranked and not in ``total``; ``referral`` says
    where to refer the person, null without any.
    """

    person_id: str
    as_of: date
    model: Model
    base: Share
    reserved: tuple[str, ...]
    referral: str | None
    total: int
    matches: tuple[RankedVacancy, ...]
    warnings: tuple[Notice, ...]


def page_of(
    kind: type[_Row],
    matches: Sequence[Match],
    *,
    explain: int,
    first: int,
    count: int | None,
) -> tuple[_Row, ...]:
    """A page of matches, as ``Ranked`` or ``RankedVacancy``.

    Parameters
    ----------
    kind
        What each match is answered as.
    matches
        The whole order, the best first.
    explain
        How many, from the first of the order, were explained.
    first, count
        How many stand before the page, and how many it holds; without ``count``, the rest.
    """
    last = len(matches) if count is None else first + count
    return tuple(
        kind.model_validate(_fields(kind, match, explained=place < explain))
        for place, match in enumerate(matches[first:last], start=first)
    )


def _fields(kind: type[_Matched], match: Match, *, explained: bool) -> dict[str, Any]:
    said = {name: value for name, value in asdict(match).items() if name in kind.model_fields}
    said["explained"] = explained
    if match.apart or not explained:
        # No interval was computed there: an interval of one place would claim to be certain.
        said |= {"rank_lower": None, "rank_upper": None}
    return said
