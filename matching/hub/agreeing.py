"""From what was proposed to what is agreed: a path begun of a plan, and steps that are added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matching.accompaniment import Catalogue
from matching.accompaniment.agreement import begin, begun_of_rows, step_of_service
from matching.domain.access import Role
from matching.domain.agreement import Agreement, Proposer, StepProposed
from matching.errors import InputError, UnknownError
from matching.hub.paths import add_event, begin_path, path_of
from matching.hub.people import check_in_charge, row_of
from matching.hub.results import ResultKind, read_result
from matching.store import Work
from matching.store.person_keys import key_of
from matching.store.work import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStep:
    """A step to propose: a service of the catalogue by its slug, or one of another kind by title.

    ``on`` is the day of the proposal, today without; ``starts_on`` names an edition of a dated
    service; ``ends_on`` is known of a step by title alone.
    """

    service: str | None = None
    title: str | None = None
    proposer: Proposer = Proposer.HUB
    on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None


def agree_plan(
    work: Work,
    person_id: str,
    result_id: str | None,
    catalogue: Catalogue | None,
    *,
    chosen: Sequence[str] | None = None,
) -> tuple[str, int]:
    """Begin a path with the steps of a plan that was proposed, none agreed to yet.

    Its identifier and its version. Without a plan it is begun without steps. ``chosen`` names the
    services of the plan's steps to take over, in this order; all without.

    Raises
    ------
    UnknownError
        For a person, or a plan of hers, that the actor may not see.
    InputError
        For a service that is no step of the plan, or named twice.
    ConflictError
        For a file that is not open.
    ForbiddenError
        For a protected file, of anybody but its manager.
    """
    check_in_charge(work, row_of(work, person_id))
    key = key_of(work, person_id)
    if result_id is None and chosen:
        raise InputError("Steps are chosen from a plan; say which plan.")
    if result_id is None:
        agreement = begin(id=new_id(), person_id=key.pseudonym, on=work.today, by=work.actor.id)
    else:
        agreement = _of_plan(work, key.pseudonym, result_id, catalogue, chosen)
    path = begin_path(work, person_id, agreement, result_id=result_id)
    return path, len(agreement.events)


def propose_step(
    work: Work, plan_id: str, new: NewStep, catalogue: Catalogue | None, *, version: int
) -> str:
    """Propose a step in a path that is still as it was read; the step's identifier.

    What a person proposes is her own idea, whatever ``new`` says. Whatever happened before, every
    service of the catalogue may be proposed.

    Raises
    ------
    UnknownError
        Where there is no such path for whoever asks.
    InputError
        For a service that the catalogue does not have, or neither a service nor a title.
    ForbiddenError, ConflictError, StaleError
        As :func:`matching.hub.paths.add_event`.
    """
    path = path_of(work, plan_id)
    event = _proposed(work, path.agreement, new, catalogue)
    add_event(work, plan_id, event, version=version)
    return event.step


def _of_plan(
    work: Work,
    pseudonym: str,
    result_id: str,
    catalogue: Catalogue | None,
    chosen: Sequence[str] | None,
) -> Agreement:
    result = read_result(work, result_id, ResultKind.PLAN)
    if result.pseudonym != pseudonym:
        raise UnknownError("There is no such plan of this person.")
    steps = {row["service"]: row for row in result.entries[0]["steps"]}
    named = list(steps) if chosen is None else list(chosen)
    if missing := [one for one in named if one not in steps]:
        raise InputError(
            f"{missing[0]!r} is no step of this plan; it has {', '.join(steps) or 'none'}."
        )
    if len(set(named)) < len(named):
        raise InputError("A step of the plan is named twice; name each once.")
    return begun_of_rows(
        [steps[one] for one in named], catalogue, id=result_id, person_id=pseudonym,
        on=work.today, by=work.actor.id,
    )  # fmt: skip


def _proposed(
    work: Work, agreement: Agreement, new: NewStep, catalogue: Catalogue | None
) -> StepProposed:
    on, by = new.on or work.today, work.actor.id
    proposer = Proposer.PERSON if work.actor.role is Role.PERSON else new.proposer
    if new.service is None:
        if not new.title:
            raise InputError("A step is a service of the catalogue, or has a title; give one.")
        return StepProposed(
            on=on, by=by, step=new_id(), title=new.title, proposer=proposer,
            starts_on=new.starts_on, ends_on=new.ends_on,
        )  # fmt: skip
    services = () if catalogue is None else catalogue.services
    service = next((one for one in services if one.slug == new.service), None)
    if service is None:
        raise InputError(f"The catalogue has no service {new.service!r}; correct its slug.")
    # A service may be tried again later: the second time it needs a name of its own.
    step = service.slug if agreement.step(service.slug) is None else new_id()
    return step_of_service(
        service, step=step, on=on, by=by, proposer=proposer, starts_on=new.starts_on
    )
