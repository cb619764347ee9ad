"""Shortlists that are made, kept as shown, and read again years later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from matching.accompaniment.json_values import to_json
from matching.domain import Dimension, Match, Shortlist, Weighting
from matching.domain.access import Act
from matching.errors import ConflictError
from matching.hub.pools import HubPool, Pools
from matching.hub.results import (
    Computed,
    NewResult,
    Result,
    ResultKind,
    computed,
    keep_result,
    read_result,
    stamp_inputs,
)
from matching.hub.scoring import check_scoring
from matching.hub.vacancies import OPEN, KeptVacancy, read_vacancy
from matching.ranking.reserved import referral
from matching.store import Work
from matching.store.sealing import digest

EXPLAINED = 20
"""How many of a shortlist are explained, unless it is asked otherwise."""

_SAID = ("barriers", "reasons", "missing", "changes", "questions")
_PLACED = (
    "rank", "rank_lower", "rank_upper", "score", "lower", "upper", "state", "close_to_next",
    "probability", "apart",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a shortlist is asked for: the day, how many with reasons, weights of dimensions."""

    as_of: date
    explained: int = EXPLAINED
    weights: Mapping[Dimension, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A hub's people ranked for a vacancy, as both were read. Kept by :func:`keep_shortlist`."""

    asked: Asked
    kept: KeptVacancy
    pool: HubPool = field(repr=False)
    made: Computed = field(repr=False)


def rank_people(work: Work, vacancy_id: str, pools: Pools, asked: Asked) -> Ranked:
    """Rank the hub's people for a vacancy; nothing is kept, and ``work`` may be one that reads.

    Raises
    ------
    UnknownError
        For a vacancy that the actor may not see.
    ConflictError
        For one that is not open, or where nothing may be computed.
    InputError
        For weights of which none would count.
    """
    kept = _open_vacancy(work, vacancy_id)
    service = pools.service
    pool = pools.of(work, kept.hub, asked.as_of)
    found = service.matcher.shortlist(
        kept.vacancy, pool.pool, as_of=asked.as_of, explained=asked.explained,
        weights=asked.weights, left_out=pool.left_out,
    )  # fmt: skip
    matches = tuple(found.matches)
    body = _body(found, matches, service.ranker.no_information())
    if found.reserved:
        body["referral"] = referral(service.territory, service.wording)
    inputs = {
        "vacancy": [kept.id, kept.version, digest(kept.text.encode())],
        "people": sorted(pool.versions.items()), "as_of": str(asked.as_of),
        "weights": {str(name): value for name, value in sorted((asked.weights or {}).items())},
        "model": stamp_inputs(found.model),
        "lexicon": service.taxonomy.digest, "territory": service.territory.code,
    }  # fmt: skip
    new = NewResult(
        kind=ResultKind.SHORTLIST, hub=kept.hub, as_of=asked.as_of, model=found.model, body=body,
        inputs=inputs, entries=_entries(matches, pool, asked.explained), vacancy_id=kept.id,
    )  # fmt: skip
    return Ranked(asked=asked, kept=kept, pool=pool, made=computed(new, pool.keys.values()))


def keep_shortlist(work: Work, ranked: Ranked, pools: Pools) -> Result:
    """Keep a list as shown, and tell the journal.

    Ranking takes longer than all the rest, and is done before, while others write: where the
    vacancy changed meanwhile, or somebody who was ranked can no longer be proposed, it is done
    again here.

    Raises
    ------
    UnknownError, ConflictError, InputError
        As :func:`rank_people`.
    """
    kept = _open_vacancy(work, ranked.kept.id)
    if kept.version != ranked.kept.version or not pools.holds(work, kept.hub, ranked.pool):
        ranked = rank_people(work, kept.id, pools, ranked.asked)
    result = keep_result(work, ranked.made)
    work.tell(
        Act.MAKE_SHORTLIST, "vacancy", kept.id, hub=kept.hub, result=result.id,
        body=result.body_digest, listed=len(result.body["matches"]), model=result.model["digest"],
    )  # fmt: skip
    return result


def _open_vacancy(work: Work, vacancy_id: str) -> KeptVacancy:
    check_scoring(work)
    kept = read_vacancy(work, vacancy_id)
    if kept.state != OPEN:
        raise ConflictError(
            f"This vacancy is {kept.state}: people are proposed for open ones. Open it again first."
        )
    return kept


def read_shortlist(work: Work, result_id: str) -> Result:
    """A shortlist as it was shown; the reading is told to the journal."""
    found = read_result(work, result_id, ResultKind.SHORTLIST)
    work.tell(Act.READ_SHORTLIST, "shortlist", result_id, hub=found.hub)
    return found


def weighting_row(weighting: Weighting | None) -> dict[str, Any] | None:
    """Weights as they were asked for and as they apply."""
    if weighting is None:
        return None
    return {
        "preferred": {str(name): value for name, value in weighting.preferred.items()},
        "applied": {str(name): value for name, value in weighting.applied.items()},
    }


def placed_row(match: Match, position: int) -> dict[str, Any]:
    """The place of a match, without a word on the person."""
    row = {name: getattr(match, name) for name in _PLACED}
    return {"position": position, **row, "state": str(match.state)}


def said_row(match: Match) -> dict[str, Any]:
    """What is said of a match: plain values of JSON."""
    return {name: to_json(getattr(match, name)) for name in _SAID}


def _body(found: Shortlist, matches: Sequence[Match], base: float) -> dict[str, Any]:
    balancing = found.balancing
    return {
        "vacancy": found.vacancy.id,
        "title": found.vacancy.title,
        "as_of": str(found.as_of),
        "model": to_json(found.model),
        "base": base,
        "reserved": found.reserved,
        "weighting": weighting_row(found.weighting),
        "balancing": to_json(balancing),
        "matches": [
            {**placed_row(match, place), "person": match.person_id}
            for place, match in enumerate(matches)
        ],
        "left_out": [
            {"person": one.id, "why": str(one.why), "since": str(one.since), "text": one.text}
            for one in found.left_out
        ],
    }


def _entries(
    matches: Sequence[Match], pool: HubPool, explained: int
) -> list[tuple[int, Any, Mapping[str, Any]]]:
    return [
        (place, pool.keys[match.person_id], said_row(match))
        for place, match in enumerate(matches)
        if place < explained or match.barriers
    ]
