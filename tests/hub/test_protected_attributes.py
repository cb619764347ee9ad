import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.access.matrix import MATRIX, reach_of
from matching.domain.access import Act, Actor, Role
from matching.domain.days import start_of
from matching.domain.household import Citizenship, Sex
from matching.errors import ConflictError, InputError, KeyringError
from matching.hub.people import change_person
from matching.hub.protected import (
    YEARS,
    Protected,
    birth_class,
    keep_protected,
    protected_for_audit,
    protected_of,
    remove_all_protected,
    seal_protected_anew,
)
from matching.store import Store
from matching.store.anchor import Anchor
from matching.store.keyring import new_keyring
from matching.store.person_keys import key_of
from matching.store.tables import protected_attributes
from tests.databases import a_manager, everybody
from tests.hub.lives import a_person, dump

ROOT = Path(__file__).parents[2]
ADA = Protected(sex=Sex.FEMALE, born_from=1980, citizenship=Citizenship.EU)


def test_the_audit_reads_what_was_said_by_the_pseudonym_of_results(store: Store) -> None:
    with store.writing(a_manager()) as work:
        ada, eva, silent = (a_person(work) for _ in range(3))
        keep_protected(work, ada, Protected(sex=Sex.MALE))
        keep_protected(work, ada, ADA)
        keep_protected(work, eva, Protected())
        names = {person: key_of(work, person).pseudonym for person in (ada, eva, silent)}
    with store.writing(everybody()) as work:
        found = protected_for_audit(work, list(names.values()))
        assert found == {names[ada]: ADA, names[eva]: Protected()}
        assert protected_of(work, key_of(work, silent)) is None


def test_whoever_has_the_database_alone_cannot_join_them(store: Store) -> None:
    with store.writing(a_manager()) as work:
        ada = a_person(work)
        keep_protected(work, ada, ADA)
        pseudonym, day = key_of(work, ada).pseudonym, work.today
    (row,) = dump(store)["protected_attributes"]
    assert not any(name in str(row) for name in (ada, pseudonym))
    # To the day: the moment would join it with the journal's entry.
    assert start_of(day) in row
    stranger = Store(store.engine, new_keyring(), Anchor(store.anchor.path))
    with stranger.writing(everybody()) as work:
        assert protected_for_audit(work, [pseudonym]) == {}
    other = Store(
        store.engine,
        type(store.ring)(
            current="k1", keys=new_keyring().keys, journal=store.ring.journal,
            index=store.ring.index,
        ),
        Anchor(store.anchor.path),
    )  # fmt: skip
    with pytest.raises(KeyringError), other.writing(everybody()) as work:
        protected_for_audit(work, [pseudonym])


def test_they_can_be_removed_as_a_whole(store: Store) -> None:
    with store.writing(a_manager()) as work:
        for _ in range(2):
            keep_protected(work, a_person(work), ADA)
        assert remove_all_protected(work) == 2
        assert work.count(protected_attributes) == 0


def test_a_turned_key_seals_them_anew(store: Store) -> None:
    with store.writing(a_manager()) as work:
        ada = a_person(work)
        keep_protected(work, ada, ADA)
    turned = Store(store.engine, store.ring.turned(), Anchor(store.anchor.path))
    with turned.writing(everybody()) as work:
        assert seal_protected_anew(work, at_most=10) == 1
        assert seal_protected_anew(work, at_most=10) == 0
        assert protected_of(work, key_of(work, ada)) == ADA
        work.tell(Act.ROTATE_KEYS, "keys", None)


@given(st.integers(1900, 2100))
def test_a_year_is_kept_as_one_of_a_class(year: int) -> None:
    first = birth_class(year)
    assert first % YEARS == 0
    assert first <= year < first + YEARS


def test_years_that_are_none_and_restricted_files_are_refused(store: Store) -> None:
    with pytest.raises(InputError):
        birth_class(1850)
    with store.writing(a_manager()) as work:
        ada = a_person(work)
        with pytest.raises(InputError, match="1981"):
            keep_protected(work, ada, Protected(born_from=1981))
        change_person(work, ada, version=1, state="restricted")
        with pytest.raises(ConflictError):
            keep_protected(work, ada, ADA)


def test_only_evaluators_may_read_them() -> None:
    assert set(MATRIX[Act.READ_PROTECTED_ATTRIBUTES]) == {Role.EVALUATOR}
    for role in Role:
        actor = Actor(id="x", role=role, confirmed=True)
        may = reach_of(actor, Act.READ_PROTECTED_ATTRIBUTES) is not None
        assert may is (role in (Role.EVALUATOR, Role.SYSTEM))
    computing = (Act.SCORE, Act.MAKE_SHORTLIST, Act.MATCH_PERSON, Act.ASSESS_RISK, Act.PLAN)
    assert not any(Role.EVALUATOR in MATRIX[act] for act in computing)


def test_nothing_that_computes_can_read_them() -> None:
    may = {
        "matching/store/tables/people.py", "matching/store/tables/__init__.py",
        "matching/hub/protected.py", "matching/hub/erasure.py", "matching/hub/export_rows.py",
        "matching/hub/retention_rules.py",
    }  # fmt: skip
    naming = {
        str(path.relative_to(ROOT))
        for folder in ("matching", "training")
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts and names_them(path)
    }
    assert naming <= may


def names_them(path: Path) -> bool:
    return any(
        isinstance(node, ast.Name | ast.alias)
        and "protected_attributes" in (getattr(node, "id", ""), getattr(node, "name", ""))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
    )
