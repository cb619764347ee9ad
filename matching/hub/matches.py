"""Vacancies for a person: ranked, kept as shown. The same scores as in the shortlists."""

from datetime import date
from typing import Any

from matching.accompaniment.json_values import to_json
from matching.domain.access import Act
from matching.hub.openings import openings
from matching.hub.results import (
    NewResult,
    Result,
    ResultKind,
    keep_result,
    read_result,
    stamp_inputs,
)
from matching.hub.shortlists import EXPLAINED, placed_row, said_row
from matching.hub.subjects import subject_of
from matching.ranking.reserved import referral
from matching.service import Service
from matching.store import Work


def make_matches(
    work: Work,
    person_id: str,
    service: Service,
    *,
    as_of: date,
    explained: int = EXPLAINED,
    reason: str | None = None,
) -> Result:
    """Rank the open vacancies of her hub for a person, keep the list, and tell the journal.

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
    offers = openings(work, who.hub, service, as_of)
    found = service.matcher.matches(
        who.kept.profile, offers.open, as_of=as_of, explained=explained, left_out=offers.left_out
    )
    titles = {one.id: one.title for one in offers.open}
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
    result_id, body_digest = keep_result(
        work,
        NewResult(
            kind=ResultKind.MATCHES, hub=who.hub, as_of=as_of, model=found.model, body=body,
            inputs={
                "person": [who.key.pseudonym, who.version], "vacancies": offers.inputs(),
                "as_of": str(as_of), "lexicon": service.taxonomy.digest,
                "model": stamp_inputs(found.model),
            },
            entries=[
                (place, who.key, said_row(one))
                for place, one in enumerate(found.matches)
                if place < explained or one.barriers
            ],
            pseudonym=who.key.pseudonym,
        ),
    )  # fmt: skip
    work.tell(
        Act.MATCH_PERSON, "person", who.key.pseudonym, hub=who.hub, result=result_id,
        body=body_digest, listed=len(body["matches"]), model=found.model.digest,
    )  # fmt: skip
    return read_result(work, result_id, ResultKind.MATCHES)
