"""A path that is proposed to a person: local services for what she lacks and needs, kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from matching.accompaniment.plan_rows import plan_row
from matching.domain import ModelStamp, Need
from matching.domain.access import Act
from matching.errors import UnknownError
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
from matching.hub.subjects import opened_subject, subject_of
from matching.store import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class PathAsked:
    """What a path is asked for: her needs, the day, and over which vacancies and euros.

    ``vacancy_ids`` names the vacancies it is to open; None for all open ones of the hub.
    ``reason`` says why a protected file is used.
    """

    needs: Sequence[Need]
    as_of: date
    vacancy_ids: Sequence[str] | None = None
    budget_eur: int | None = None
    reason: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A path, as she and the vacancies were read. Kept by :func:`keep_plan`."""

    person_id: str
    asked: PathAsked
    version: int
    openings: Openings = field(repr=False)
    made: Computed = field(repr=False)


def propose_path(work: Work, person_id: str, pools: Pools, asked: PathAsked) -> Planned:
    """Propose a path over open vacancies of her hub; nothing is kept. No risk enters it.

    ``work`` may be one that reads.

    Raises
    ------
    ForbiddenError
        For a protected file of somebody else's, without a ``reason`` to open it.
    UnknownError
        For a person, or a vacancy, that is not there for whoever asks, or no longer open.
    ConflictError
        Where nothing may be computed about her.
    """
    who = subject_of(work, person_id, reason=asked.reason)
    service, as_of = pools.service, asked.as_of
    openings = pools.openings.of(work, who.hub, as_of)
    there = {one.id: one for one in openings.offers.vacancies}
    if missing := [one for one in asked.vacancy_ids or () if one not in there]:
        raise UnknownError(f"There is no open vacancy {missing[0]!r} in this hub.")
    ids = tuple(there if asked.vacancy_ids is None else asked.vacancy_ids)
    chosen = openings.offers if asked.vacancy_ids is None else [there[one] for one in ids]
    pool = pools.of(work, who.hub, as_of).pool
    found = service.plan(
        who.kept.profile, chosen, pool, needs=asked.needs, as_of=as_of, budget_eur=asked.budget_eur
    )
    row = plan_row(found, service.placed(found), service.wording)
    stamp: ModelStamp = service.model
    new = NewResult(
        kind=ResultKind.PLAN, hub=who.hub, as_of=as_of, model=stamp,
        body={"as_of": str(as_of), "steps": len(found.steps)},
        inputs={
            "person": [who.key.pseudonym, who.version], "vacancies": openings.inputs,
            # A plain digest of the few needs that there are would be guessed at.
            "chosen": ids, "needs": who.key.word("inputs", " ".join(sorted(map(str, asked.needs)))),
            "budget": asked.budget_eur, "as_of": str(as_of), "lexicon": service.taxonomy.digest,
            "model": stamp_inputs(stamp),
        },
        entries=[(0, who.key, row)], pseudonym=who.key.pseudonym,
    )  # fmt: skip
    return Planned(
        person_id=person_id, asked=asked, version=who.version, openings=openings,
        made=computed(new),
    )  # fmt: skip


def keep_plan(work: Work, planned: Planned, pools: Pools) -> Result:
    """Keep a path as shown, and tell the journal.

    Where her profile or a vacancy changed since it was computed, that is done again here.

    Raises
    ------
    UnknownError, ConflictError
        As :func:`propose_path`.
    """
    who = opened_subject(work, planned.person_id, reason=planned.asked.reason)
    if who.version != planned.version or not as_they_were(work, who.hub, planned.openings):
        planned = propose_path(work, planned.person_id, pools, planned.asked)
    result = keep_result(work, planned.made)
    work.tell(
        Act.PLAN, "person", who.key.pseudonym, hub=who.hub, result=result.id,
        body=result.body_digest,
    )  # fmt: skip
    return result
