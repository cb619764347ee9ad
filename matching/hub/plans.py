"""A path that is proposed to a person: local services for what she lacks and needs, kept."""

from collections.abc import Sequence
from datetime import date

from matching.accompaniment.plan_rows import plan_row
from matching.domain import ModelStamp, Need, Profile
from matching.domain.access import Act
from matching.errors import UnknownError
from matching.hub.openings import openings
from matching.hub.pools import Pools
from matching.hub.results import (
    NewResult,
    Result,
    ResultKind,
    keep_result,
    read_result,
    stamp_inputs,
)
from matching.hub.subjects import subject_of
from matching.store import Work


def make_plan(
    work: Work,
    person_id: str,
    pools: Pools,
    *,
    needs: Sequence[Need],
    as_of: date,
    vacancy_ids: Sequence[str] | None = None,
    budget_eur: int | None = None,
    reason: str | None = None,
) -> Result:
    """Propose a path over open vacancies of her hub, keep it, and tell the journal.

    No risk enters it. ``vacancy_ids`` names the vacancies it is to open; without, all open ones.

    Raises
    ------
    ForbiddenError
        For a protected file of somebody else's, without a ``reason`` to open it.
    UnknownError
        For a person, or a vacancy, that is not there for whoever asks, or no longer open.
    ConflictError
        Where nothing may be computed about her.
    """
    who = subject_of(work, person_id, reason=reason)
    service = pools.service
    offers = openings(work, who.hub, service, as_of)
    there = {one.id: one for one in offers.open}
    if missing := [one for one in vacancy_ids or () if one not in there]:
        raise UnknownError(f"There is no open vacancy {missing[0]!r} in this hub.")
    chosen = list(there.values()) if vacancy_ids is None else [there[one] for one in vacancy_ids]
    pool: Sequence[Profile] = pools.of(work, who.hub, as_of).pool.profiles
    found = service.plan(
        who.kept.profile, chosen, pool, needs=needs, as_of=as_of, budget_eur=budget_eur
    )
    row = plan_row(found, service.placed(found), service.wording)
    stamp: ModelStamp = service.model
    result_id, body_digest = keep_result(
        work,
        NewResult(
            kind=ResultKind.PLAN, hub=who.hub, as_of=as_of, model=stamp,
            body={"as_of": str(as_of), "steps": len(found.steps)},
            inputs={
                "person": [who.key.pseudonym, who.version], "vacancies": offers.inputs(),
                "chosen": [one.id for one in chosen], "needs": sorted(map(str, needs)),
                "budget": budget_eur, "as_of": str(as_of), "lexicon": service.taxonomy.digest,
                "model": stamp_inputs(stamp),
            },
            entries=[(0, who.key, row)], pseudonym=who.key.pseudonym,
        ),
    )  # fmt: skip
    work.tell(
        Act.PLAN, "person", who.key.pseudonym, hub=who.hub, result=result_id, body=body_digest
    )
    return read_result(work, result_id, ResultKind.PLAN)
