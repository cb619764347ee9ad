"""Another model in service: two people, the registry, and what the journal says of it."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from matching.domain import ModelStamp
from matching.domain.access import EVERYWHERE, Act, Actor, Role
from matching.errors import ConflictError, ForbiddenError, ModelError, StaleError, StoreError
from matching.hub.accounts import disable
from matching.hub.model_changes import (
    ModelChange,
    Step,
    carry_out,
    confirm,
    note_served,
    open_change,
    propose,
    roll_back,
    settle,
)
from matching.models.registry import Registry
from matching.models.versions import ModelVersion
from matching.store import Store, Work
from matching.store.tables import journal
from tests.databases import everybody
from tests.hub.entering import HUBS, an_account
from tests.models.packages import DAY

BASELINE = ModelStamp(name="baseline")
SECOND = ModelStamp(name="ranker", version=2, digest="b" * 64)


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("moved") / "home"


@pytest.fixture
def registry(registered_home: Path, moved: Path) -> Any:
    """Of its rankers the second serves, and the first served before."""
    yield Registry(Path(shutil.copytree(registered_home, moved)))
    shutil.rmtree(moved)


def an_actor(store: Store, name: str, role: Role = Role.ADMIN) -> Actor:
    """Somebody of the whole territory who gave a second factor."""
    account = an_account(store, f"{name}@hub.example", role=role, hub=EVERYWHERE)
    return Actor(id=account, role=role, hubs=HUBS | {EVERYWHERE}, confirmed=True)


def first(registry: Registry) -> ModelVersion:
    """The version that served before."""
    return next(one for one in registry.versions("ranker") if one.version == 1)


def proposed(store: Store, actor: Actor, found: ModelVersion) -> ModelChange:
    with store.writing(actor) as work:
        return propose(work, found)


def told(store: Store) -> list[tuple[str, str]]:
    """What the journal says of models: who, and which step."""
    with store.reading(everybody()) as work:
        rows = work.rows(journal, journal.c.act == Act.PROMOTE_MODEL, order=[journal.c.number])
    return [(row.actor, json.loads(row.detail)["step"]) for row in rows]


def left_open(store: Store) -> ModelChange | None:
    with store.reading(everybody()) as work:
        return open_change(work, "ranker")


def serving(registry: Registry) -> int | None:
    found = registry.champion_version("ranker")
    return found and found.version


def test_a_model_serves_once_a_second_person_confirms_it(store: Store, registry: Registry) -> None:
    ada, bea = an_actor(store, "ada"), an_actor(store, "bea", Role.EVALUATOR)
    shown = proposed(store, ada, first(registry))
    assert serving(registry) == 2
    done = carry_out(store, registry, lambda work: confirm(work, shown), actor=bea, on=DAY)
    assert (serving(registry), done.step) == (1, Step.CARRIED_OUT)
    assert told(store) == [
        (ada.id, "proposed"), (bea.id, "confirmed"), ("system", "carried_out"),
    ]  # fmt: skip
    assert left_open(store) is None
    assert first(registry).history[-1].by == f"{ada.id}, {bea.id}"
    assert store.verified().problems == ()


def test_one_person_puts_the_version_before_back_and_what_was_proposed_is_off(
    store: Store, registry: Registry
) -> None:
    ada = an_actor(store, "ada")
    proposed(store, ada, first(registry))
    former = registry.before("ranker")
    carry_out(store, registry, lambda work: roll_back(work, former), actor=ada, on=DAY)
    assert serving(registry) == 1
    assert [step for _, step in told(store)] == ["proposed", "rollback", "carried_out"]
    assert left_open(store) is None


def test_nobody_confirms_alone(store: Store, a_version: ModelVersion) -> None:
    ada = an_actor(store, "ada")
    shown = proposed(store, ada, a_version)
    with pytest.raises(ForbiddenError, match="somebody else"), store.writing(ada) as work:
        confirm(work, shown)
    assert [step for _, step in told(store)] == ["proposed"]


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.SYSTEM])
def test_only_the_administration_and_evaluators_decide_and_with_a_second_factor(
    store: Store, a_version: ModelVersion, role: Role
) -> None:
    somebody = Actor(id="a", role=role, hubs=HUBS | {EVERYWHERE}, confirmed=True)
    for act in (propose, roll_back):
        with (
            pytest.raises(ForbiddenError),
            store.writing(replace(somebody, confirmed=False)) as work,
        ):
            act(work, a_version)
        if role in (Role.ADMIN, Role.EVALUATOR):
            with store.writing(somebody) as work:
                assert act(work, a_version).by == "a"
            continue
        with pytest.raises(ForbiddenError), store.writing(somebody) as work:
            act(work, a_version)
        assert left_open(store) is None


def test_what_is_confirmed_is_what_was_shown(store: Store, a_version: ModelVersion) -> None:
    ada, bea = an_actor(store, "ada"), an_actor(store, "bea")
    shown = proposed(store, ada, a_version)
    other = proposed(store, ada, replace(a_version, version=4))
    with pytest.raises(StaleError, match="Version 1 of the ranker"), store.writing(bea) as work:
        confirm(work, shown)
    with store.writing(bea) as work:
        assert confirm(work, other).people == f"{ada.id}, {bea.id}"
    with pytest.raises(StaleError), store.writing(bea) as work:
        confirm(work, other)
    with pytest.raises(ConflictError, match="being put into service"), store.writing(ada) as work:
        propose(work, a_version)


def test_a_proposal_ends_with_the_account_that_made_it(
    store: Store, a_version: ModelVersion
) -> None:
    ada, bea = an_actor(store, "ada"), an_actor(store, "bea")
    shown = proposed(store, ada, a_version)
    with store.writing(bea) as work:
        disable(work, ada.id)
    with pytest.raises(ConflictError, match="Propose it again"), store.writing(bea) as work:
        confirm(work, shown)


class Killed(BaseException):
    """Stands for the end of the process, which nothing catches."""


@pytest.mark.parametrize("moved_before", [False, True])
def test_of_a_change_that_was_cut_the_journal_says_what_became(
    store: Store, registry: Registry, monkeypatch: pytest.MonkeyPatch, moved_before: bool
) -> None:
    ada, bea = an_actor(store, "ada"), an_actor(store, "bea")
    shown = proposed(store, ada, first(registry))
    promote = Registry.promote

    def killed(self: Registry, *given: Any, **more: Any) -> None:
        if moved_before:
            promote(self, *given, **more)
        raise Killed

    monkeypatch.setattr(Registry, "promote", killed)
    with pytest.raises(Killed):
        carry_out(store, registry, lambda work: confirm(work, shown), actor=bea, on=DAY)
    cut = left_open(store)
    assert cut is not None
    assert (cut.step, cut.second) == (Step.CONFIRMED, bea.id)
    ended = settle(store, registry, "ranker")
    assert ended is not None
    assert ended.step == ("carried_out" if moved_before else "given_up")
    assert told(store)[-1] == ("system", ended.step)
    assert serving(registry) == (1 if moved_before else 2)
    assert settle(store, registry, "ranker") is None
    assert left_open(store) is None


def test_what_the_registry_refuses_is_given_up_and_said(store: Store, registry: Registry) -> None:
    ada, bea = an_actor(store, "ada"), an_actor(store, "bea")
    shown = proposed(store, ada, replace(first(registry), digest="0" * 64))
    with pytest.raises(ModelError, match="not what was decided on"):
        carry_out(store, registry, lambda work: confirm(work, shown), actor=bea, on=DAY)
    assert serving(registry) == 2
    assert told(store)[-1] == ("system", "given_up")
    assert left_open(store) is None


def test_what_serves_is_entered_once_for_each_change(store: Store) -> None:
    assert note_served(store, BASELINE, None)
    assert not note_served(store, BASELINE, None)
    assert note_served(store, SECOND, None)
    assert not note_served(store, replace(SECOND, synthetic=True), None)
    assert note_served(store, SECOND, replace(SECOND, name="risk"))
    assert told(store) == [("system", "serves")] * 3
    with store.reading(everybody()) as work:
        (last,) = work.rows(journal, order=[journal.c.number.desc()], limit=1)
    assert json.loads(last.detail)["models"] == [
        {"name": "ranker", "version": 2, "digest": "b" * 64},
        {"name": "risk", "version": 2, "digest": "b" * 64},
    ]


def test_where_nothing_can_be_entered_it_is_said(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Work, *given: Any, **more: Any) -> None:
        raise StoreError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(Work, "tell", full)
        with pytest.raises(StoreError):
            note_served(store, SECOND, None)
    assert note_served(store, SECOND, None)


@pytest.fixture(scope="session")
def a_version(registered_home: Path) -> ModelVersion:
    return first(Registry(registered_home))
