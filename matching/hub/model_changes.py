"""Another model in service: decided by two people, carried out, and on record at every step.

Where the registry points is no part of the database's transaction. So a decision is committed
first, with its entry, and is kept as a fact of the installation until what became of it is on
record too: of one that was cut in between the next command tells the journal what became.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum

from matching.access.matrix import MATRIX, reach_of
from matching.domain import ModelStamp
from matching.domain.access import Act, Actor, the_system
from matching.domain.days import day_at
from matching.errors import ConflictError, ForbiddenError, ModelError, StaleError
from matching.hub.accounts import ACTIVE
from matching.hub.scoring import fact, set_fact
from matching.models.locks import locked
from matching.models.registry import Registry
from matching.models.versions import ModelVersion
from matching.store import Store, Work
from matching.store.chain import canonical
from matching.store.tables import accounts, installation

SERVED = "models_served"
"""The fact of the installation that says which models serve."""

_SYSTEM = the_system(frozenset())


class Step(StrEnum):
    """What an entry of :attr:`Act.PROMOTE_MODEL` tells."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    ROLLBACK = "rollback"
    CARRIED_OUT = "carried_out"
    GIVEN_UP = "given_up"
    SERVES = "serves"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChange:
    """A version that somebody wants in service: proposed, confirmed, or a rollback.

    ``by`` and ``second`` are accounts; ``on`` is the day of the proposal or of the rollback.
    """

    step: Step
    name: str
    version: int
    digest: str
    by: str
    on: str
    second: str | None = None

    @property
    def is_decided(self) -> bool:
        """Whether nobody else is asked: a rollback takes one person, a promotion two."""
        return self.step is not Step.PROPOSED

    @property
    def people(self) -> str:
        """Whose decision it is, for the registry."""
        return ", ".join(filter(None, (self.by, self.second)))


def open_change(work: Work, name: str) -> ModelChange | None:
    """What is proposed for a model, or was decided and not seen through; None without any."""
    text = fact(work, _place(name))
    if text is None:
        return None
    kept = json.loads(text)
    return ModelChange(**{**kept, "step": Step(kept["step"])})


def propose(work: Work, found: ModelVersion) -> ModelChange:
    """Propose a version. One that was proposed before and not confirmed gives way.

    Raises
    ------
    ForbiddenError
        For whoever may not change which model serves.
    ConflictError
        Where a change was decided and is not carried out as yet.
    """
    check_may_change(work.actor)
    before = open_change(work, found.name)
    if before is not None and before.is_decided:
        raise ConflictError(f"{_label(before)} is being put into service; try again once it is.")
    made = _made(work, Step.PROPOSED, found)
    _keep(work, made, instead_of=None if before is None else before.version)
    return made


def confirm(work: Work, shown: ModelChange) -> ModelChange:
    """Confirm a proposal as the second person: from now on it is decided.

    Parameters
    ----------
    shown
        The proposal as whoever confirms it saw it.

    Raises
    ------
    ForbiddenError
        For whoever may not change which model serves, or proposed it.
    StaleError
        Where something else is proposed by now.
    ConflictError
        Where whoever proposed it may not do so any longer.
    """
    check_may_change(work.actor)
    if work.actor.id == shown.by:
        raise ForbiddenError("Whoever proposes a model does not confirm it: ask somebody else.")
    if open_change(work, shown.name) != shown or shown.is_decided:
        raise StaleError(f"{_label(shown)} is not what is proposed any longer. Look again.")
    row = work.first(accounts, accounts.c.id == shown.by)
    if row is None or row.state != ACTIVE or row.role not in MATRIX[Act.PROMOTE_MODEL]:
        raise ConflictError(
            "Whoever proposed it may not change any longer which model serves. Propose it again."
        )
    decided = replace(shown, step=Step.CONFIRMED, second=work.actor.id)
    _keep(work, decided)
    return decided


def roll_back(work: Work, found: ModelVersion) -> ModelChange:
    """Decide to put the version before back, alone; what was proposed is off.

    Raises
    ------
    ForbiddenError
        For whoever may not change which model serves.
    """
    check_may_change(work.actor)
    decided = _made(work, Step.ROLLBACK, found)
    before = open_change(work, found.name)
    _keep(work, decided, instead_of=None if before is None else before.version)
    return decided


def carry_out(
    store: Store,
    registry: Registry,
    decide: Callable[[Work], ModelChange],
    *,
    actor: Actor,
    on: date,
) -> ModelChange:
    """Commit a decision with its entry, then have it carried out, then say so in the journal.

    Parameters
    ----------
    decide
        Decides, as :func:`confirm` and :func:`roll_back` do.
    actor, on
        Who decides, and on what day.

    Raises
    ------
    ModelError
        Where the registry refuses; what serves goes on, and the journal says that it was given up.
    """
    with _alone(registry):
        with store.writing(actor) as work:
            change = decide(work)
        try:
            if not _is_champion(registry, change):
                _move(registry, change, on)
        except ModelError:
            _end(store, registry, change)
            raise
        return _end(store, registry, change)


def settle(store: Store, registry: Registry, name: str) -> ModelChange | None:
    """Enter into the journal what became of a decision that was cut; carry nothing out.

    Returns
    -------
    The decision with the step that was entered; None where none was cut.
    """
    if _cut(store, name) is None:
        return None
    with _alone(registry):
        # Whoever held the lock may have seen it through.
        change = _cut(store, name)
        return None if change is None else _end(store, registry, change)


def note_served(store: Store, *stamps: ModelStamp | None) -> bool:
    """Enter into the journal which models serve from now on; whether they are others than before.

    Parameters
    ----------
    stamps
        The models, of which none has to be there.
    """
    named = [one for one in stamps if one is not None]
    said = [{"name": one.name, "version": one.version, "digest": one.digest} for one in named]
    text = canonical(said)
    with store.reading(_SYSTEM) as work:
        if fact(work, SERVED) == text:
            return False
    with store.writing(_SYSTEM) as work:
        # Of several processes that notice it, one enters it.
        if fact(work, SERVED) == text:
            return False
        set_fact(work, SERVED, text)
        work.tell(Act.PROMOTE_MODEL, "model", None, step=Step.SERVES, models=said)
    return True


def check_may_change(actor: Actor) -> None:
    """Refuse whoever may not change which model serves.

    Raises
    ------
    ForbiddenError
        Saying who may.
    """
    if reach_of(actor, Act.PROMOTE_MODEL) is None:
        raise ForbiddenError(
            "Which model serves is changed by the administration and by evaluators, with a second "
            "factor."
        )


def _cut(store: Store, name: str) -> ModelChange | None:
    with store.reading(_SYSTEM) as work:
        change = open_change(work, name)
    return change if change is not None and change.is_decided else None


def _made(work: Work, step: Step, found: ModelVersion) -> ModelChange:
    return ModelChange(
        step=step, name=found.name, version=found.version, digest=found.digest, by=work.actor.id,
        on=day_at(work.now).isoformat(),
    )  # fmt: skip


def _keep(work: Work, change: ModelChange, *, instead_of: int | None = None) -> None:
    set_fact(work, _place(change.name), canonical(asdict(change)))
    _tell(work, change, instead_of=instead_of)


def _end(store: Store, registry: Registry, change: ModelChange) -> ModelChange:
    done = _is_champion(registry, change)
    ended = replace(change, step=Step.CARRIED_OUT if done else Step.GIVEN_UP)
    with store.writing(_SYSTEM) as work:
        work.remove(installation, installation.c.name == _place(change.name))
        _tell(work, ended)
    return ended


def _tell(work: Work, change: ModelChange, *, instead_of: int | None = None) -> None:
    work.tell(
        Act.PROMOTE_MODEL, "model", change.name, step=change.step, version=change.version,
        digest=change.digest, by=change.by, second=change.second, instead_of=instead_of,
    )  # fmt: skip


def _move(registry: Registry, change: ModelChange, on: date) -> None:
    back = change.step is Step.ROLLBACK
    name, number = change.name, change.version
    found = registry.before(name) if back else registry.promotable(name, number)
    if (found.version, found.digest) != (change.version, change.digest):
        raise ModelError(
            f"{found.label} ({found.digest[:8]}) is not what was decided on, which is version "
            f"{change.version} ({change.digest[:8]}): the registry was changed meanwhile."
        )
    if back:
        registry.rollback(name, by=change.people, on=on)
    else:
        registry.promote(name, number, by=change.people, on=on)


def _is_champion(registry: Registry, change: ModelChange) -> bool:
    found = registry.champion_version(change.name)
    return found is not None and (found.version, found.digest) == (change.version, change.digest)


@contextmanager
def _alone(registry: Registry) -> Iterator[None]:
    """One change at a time: nobody takes one that is being carried out for one that was cut."""
    with locked(registry.database.with_name(".change.lock")):
        yield


def _label(change: ModelChange) -> str:
    return f"Version {change.version} of the {change.name}"


def _place(name: str) -> str:
    return f"model_change.{name}"
