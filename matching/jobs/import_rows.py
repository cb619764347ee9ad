"""What became of each row of an import: on record without a name, a text or a value."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from matching.interchange import ProblemCode, RowProblem
from matching.jobs.import_writers import Target
from matching.jobs.kinds import RowState
from matching.jobs.queue import read_job
from matching.store import Work
from matching.store.chain import canonical
from matching.store.person_keys import keys_of
from matching.store.tables import job_rows, person_keys, persons


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOutcome:
    """What became of a row. ``subject`` and ``others`` are identifiers, of people their own."""

    number: int
    state: RowState
    subject: str | None
    code: ProblemCode | None
    field: str
    detail: str
    others: tuple[str, ...] = ()


def note_row(
    work: Work,
    target: Target,
    number: int,
    state: RowState,
    *,
    subject: str | None = None,
    problem: RowProblem | None = None,
) -> RowState:
    """Note what became of a row, in the transaction that writes it."""
    said: dict[str, object] = {}
    if problem is not None:
        said = {"code": problem.code, "field": problem.column}
        is_others = problem.code is ProblemCode.MIGHT_BE
        said |= {"others": problem.detail.split()} if is_others else {"detail": problem.detail}
    work.add(
        job_rows,
        {
            "job_id": target.job_id, "number": number, "hub": target.hub, "state": state,
            "subject": subject, "problem": canonical(said) if said else None,
        },
    )  # fmt: skip
    return state


def taken_before(work: Work, job_ids: Collection[str]) -> Mapping[int, str | None]:
    """What earlier imports of a file wrote or found, by the number of its row.

    Of somebody who was erased since there is no identifier any more, and the row is still known.
    """
    taken = work.rows(
        job_rows, job_rows.c.job_id.in_(sorted(job_ids)),
        job_rows.c.state.in_((RowState.WRITTEN, RowState.KNOWN)),
        columns=[job_rows.c.number, job_rows.c.subject],
    )  # fmt: skip
    return {row.number: row.subject for row in taken}


def rows_of_import(
    work: Work, job_id: str, *, after: int = 0, limit: int = 100
) -> Sequence[RowOutcome]:
    """What became of the rows of an import, in the order of the file, after a row's number.

    Raises
    ------
    UnknownError
        Where there is no such job for whoever asks.
    """
    read_job(work, job_id)
    rows = work.rows(
        job_rows, job_rows.c.job_id == job_id, job_rows.c.number > after,
        order=[job_rows.c.number], limit=limit,
    )  # fmt: skip
    problems = [json.loads(row.problem) if row.problem else {} for row in rows]
    named = {row.subject for row in rows if row.subject is not None}
    for problem in problems:
        named |= set(problem.get("others", ()))
    # Whoever was erased since has no identifier any more, and is left out.
    people = keys_of(work, named, by=person_keys.c.pseudonym)
    hidden = _hidden(work, [one.person_id for one in people.values()])
    return [
        RowOutcome(
            number=row.number, state=RowState(row.state),
            subject=people[row.subject].person_id if row.subject in people else row.subject,
            code=ProblemCode(problem["code"]) if problem else None,
            field=problem.get("field", ""), detail=problem.get("detail", ""),
            others=tuple(
                people[one].person_id
                for one in problem.get("others", ())
                if one in people and people[one].person_id not in hidden
            ),
        )
        for row, problem in zip(rows, problems, strict=True)
    ]  # fmt: skip


def _hidden(work: Work, ids: Sequence[str]) -> frozenset[str]:
    """Whose files are protected by now: they are told to be like nobody."""
    rows = work.rows(
        persons, persons.c.id.in_(sorted(ids)), persons.c.is_protected.is_(True),
        columns=[persons.c.id],
    )  # fmt: skip
    return frozenset(row.id for row in rows)
