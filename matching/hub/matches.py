"""Vacancies for a person: ranked, kept as shown. The same scores as in the shortlists."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from matching.accompaniment.json_values import to_json
from matching.domain.access import Act
from matching.hub.openings import Openings, as_they_were
from matching.hub.pools import Pools
from matching.hub.results import (
    Computed,
    NewResult,
    Result,
    ResultKind,
    computed,
    keep_result,
    stamp_inputs,
)
from matching.hub.shortlists import EXPLAINED, placed_row, said_row
from matching.hub.subjects import opened_subject, subject_of
from matching.ranking.reserved import referral
from matching.store import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """A hub's vacancies ranked for a person, as both were read. Kept by :func:`keep_matches`."""

    person_id: str
    as_of: date
    explained: int
    reason: str | None = field(repr=False)
    version: int
    openings: Openings = field(repr=False)
    made: Computed = field(repr=False)


def rank_vacancies(
    work: Work,
    person_id: str,
    pools: Pools,
    *,
    as_of: date,
    explained: int = EXPLAINED,
    reason: str | None = None,
) -> Matched:
    """Rank the open vacancies of her hub for a person; nothing is kept.

    ``work`` may be one that reads.

    Raises
    ------
    ForbiddenError
        For a protected file of somebody else's, without a ``reason`` to open it.
    UnknownError
        Where there is no such person for whoever asks.
    ConflictError
        Where nothing may be computed about her.
    """
    who = subject_of(work, person_id, reason=reason)
    service, openings = pools.service, pools.openings.of(work, who.hub, as_of)
    found = service.matcher.matches(
        who.kept.profile, openings.offers, as_of=as_of, explained=explained,
        left_out=openings.left_out,
    )  # fmt: skip
    titles = {one.id: one.title for one in openings.offers.open_to_all}
    body: dict[str, Any] = {
        "as_of": str(as_of),
        "model": to_json(found.model),
        "base": service.ranker.no_information(),
        "reserved": list(found.reserved),
        "referral": referral(service.territory, service.wording) if found.reserved else None,
        "matches": [
            {**placed_row(one, place), "vacancy": one.vacancy_id, "title": titles[one.vacancy_id]}
            for place, one in enumerate(found.matches)
        ],
        "left_out": [
            {"vacancy": one.id, "why": str(one.why), "since": str(one.since), "text": one.text}
            for one in found.left_out
        ],
    }
    new = NewResult(
        kind=ResultKind.MATCHES, hub=who.hub, as_of=as_of, model=found.model, body=body,
        inputs={
            "person": [who.key.pseudonym, who.version], "vacancies": openings.inputs,
            "as_of": str(as_of), "lexicon": service.taxonomy.digest,
            "model": stamp_inputs(found.model),
        },
        entries=[
            (place, who.key, said_row(one))
            for place, one in enumerate(found.matches)
            if place < explained or one.barriers
        ],
        pseudonym=who.key.pseudonym,
    )  # fmt: skip
    return Matched(
        person_id=person_id, as_of=as_of, explained=explained, reason=reason, version=who.version,
        openings=openings, made=computed(new),
    )  # fmt: skip


def keep_matches(work: Work, matched: Matched, pools: Pools) -> Result:
    """Keep a list as shown, and tell the journal.

    Where her profile or a vacancy changed since it was ranked, it is ranked again here.

    Raises
    ------
    UnknownError, ConflictError
        As :func:`rank_vacancies`.
    """
    who = opened_subject(work, matched.person_id, reason=matched.reason)
    if who.version != matched.version or not as_they_were(work, who.hub, matched.openings):
        matched = rank_vacancies(
            work, matched.person_id, pools, as_of=matched.as_of, explained=matched.explained,
            reason=matched.reason,
        )  # fmt: skip
    result = keep_result(work, matched.made)
    work.tell(
        Act.MATCH_PERSON, "person", who.key.pseudonym, hub=who.hub, result=result.id,
        body=result.body_digest, listed=len(result.body["matches"]), model=result.model["digest"],
    )  # fmt: skip
    return result
