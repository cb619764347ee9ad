import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.errors import InputError, StoreError, UnknownError
from matching.hub.contests import ContestKind, NewContest, contest
from matching.hub.erasure import Cause, Erased, check_every_table, clear_log, erase, erase_again
from matching.hub.erasure_words import erased_lines
from matching.hub.export import export_person
from matching.hub.households import household_of
from matching.hub.results import ResultKind, read_result
from matching.settings import shipped_data
from matching.store import Store
from matching.store.columns import Lane, about
from matching.store.person_keys import key_of_pseudonym
from matching.store.tables import (
    accounts,
    contests,
    erased,
    metadata,
    person_keys,
    persons,
    proposals,
    results,
    sessions,
)
from matching.wording import load_wording
from tests.databases import LECCO, MERATE, a_manager, a_store, everybody, made
from tests.hub.lives import Life, a_person, dump, people


def gone(store: Store, life: Life, **how: object) -> Erased:
    with store.writing(a_manager()) as work:
        done = erase(work, life.person, cause=Cause.ASKED, **how)  # type: ignore[arg-type]
    clear_log(store)
    return done


def whole_content(store: Store) -> bytes:
    """All values of all rows, sealed ones as they lie."""
    parts = (
        value if isinstance(value, bytes) else str(value).encode()
        for rows in dump(store).values()
        for row in rows
        for value in row
    )
    return b"\n".join(parts)


def rows_naming(store: Store, word: str) -> Iterator[str]:
    for table, rows in dump(store).items():
        if any(word in str(value) for row in rows for value in row):
            yield table


def test_what_stays_after_an_erasure_is_of_nobody(store: Store) -> None:
    zoe, ada = people(store, "zoe", "ada")
    assert zoe.person.encode() in whole_content(store)
    done = gone(store, zoe)
    assert done.restricted_until is None
    assert len(done.recipients) == 1
    assert [word for word in zoe.words if word.encode() in whole_content(store)] == []
    with store.reading(everybody()) as work:
        assert key_of_pseudonym(work, zoe.pseudonym) is None
        assert work.count(persons) == work.count(person_keys) == 1
        assert work.one(erased, erased.c.pseudonym == zoe.pseudonym).cause == "asked"
        account = work.one(accounts, accounts.c.state == "disabled")
        assert {account.person_id, account.name_word, account.sealed_name} == {None}
        assert work.count(sessions) == 1
        hers = work.one(proposals, proposals.c.pseudonym == zoe.pseudonym)
        assert (hers.state, hers.sealed_evidence) == ("withdrawn", None)
        # Under her pseudonym alone, in what explains and in what proves.
        assert set(rows_naming(store, zoe.pseudonym)) == {
            "contests", "decisions", "erased", "journal", "outcomes", "proposals", "results",
        }  # fmt: skip
        kept = read_result(work, hers.result_id, ResultKind.SHORTLIST)
        assert (kept.people, kept.entries) == ({}, {})
    assert store.verified().problems == ()
    with store.writing(a_manager()) as work:
        told = export_person(work, ada.person)
        assert "saldavo ada" in str(told.data)
    with pytest.raises(UnknownError), store.writing(a_manager()) as work:
        erase(work, zoe.person, cause=Cause.ASKED)


@settings(max_examples=6)
@given(who=st.sets(st.integers(0, 2), max_size=3), twice=st.booleans())
def test_nothing_of_whoever_is_erased_is_left_and_everything_of_the_others_is(
    who: set[int], twice: bool
) -> None:
    with TemporaryDirectory() as folder:
        store = a_store(made("sqlite", Path(folder)), Path(folder))
        lives = people(store, "zoequx", "adaqux", "evaqux")
        with store.writing(a_manager()) as work:
            before = {one.person: export_person(work, one.person).data["tables"] for one in lives}
        keys = {one.person: sealed_key(store, one.person) for one in lives}
        for number in sorted(who):
            gone(store, lives[number])
            if twice:
                with store.writing(everybody()) as work:
                    erase_again(work, lives[number].pseudonym)
        raw = b"".join(path.read_bytes() for path in Path(folder).glob("hub.db*"))
        text = b"\n".join(
            line.encode() for line in sqlite3.connect(Path(folder) / "hub.db").iterdump()
        )
        for number, life in enumerate(lives):
            if number not in who:
                with store.writing(a_manager()) as work:
                    assert export_person(work, life.person).data["tables"] == before[life.person]
                continue
            assert [word for word in life.words if word.encode() in text] == []
            # On a page that cells were moved away from her number may lie, made by chance.
            assert [word for word in life.told if word.encode() in raw] == []
            # Nor the key that a backup's pages would open with, on any free page.
            assert keys[life.person] not in raw
        assert store.verified().problems == ()
        store.engine.dispose()


def sealed_key(store: Store, person: str) -> bytes:
    with store.engine.connect() as connection:
        chosen = sa.select(person_keys.c.sealed).where(person_keys.c.person_id == person)
        return bytes(connection.execute(chosen).scalar_one())


def test_no_word_about_anybody_lies_open_in_the_file(store: Store) -> None:
    (zoe,) = people(store, "zoequx")
    # Made by chance, its number tells nothing of her.
    assert [word for word in zoe.told if word.encode() in whole_content(store)] == []


def test_a_file_that_accounts_need_is_restricted(store: Store) -> None:
    (zoe,) = people(store, "zoe")
    until = date(2199, 1, 1)
    done = gone(store, zoe, restrict_until=until)
    assert done.restricted_until == until
    with store.writing(a_manager()) as work:
        row = work.one(persons, persons.c.id == zoe.person)
        assert (row.state, row.restricted_until, row.household_id) == ("restricted", until, None)
        assert work.count(erased) == 0
        tables = export_person(work, zoe.person).data["tables"]
    left = {name for name, rows in tables.items() if rows}
    assert left == {
        "persons", "person_keys", "identities", "notices_given", "plan_events", "proposals",
        "decisions", "contests", "outcomes",
    }  # fmt: skip
    assert not any("motivo" in str(rows) for rows in tables.values())
    # Once the time is over, the rest goes as well.
    gone(store, zoe)
    assert [word for word in zoe.words if word.encode() in whole_content(store)] == []


def test_what_she_contested_and_nobody_decided_does_not_wait_for_ever(store: Store) -> None:
    (zoe,) = people(store, "zoe")
    with store.writing(a_manager()) as work:
        contest(
            work,
            NewContest(person_id=zoe.person, kind=ContestKind.CORRECTION, text="Patente C"),
        )
    gone(store, zoe)
    with store.reading(everybody()) as work:
        assert [row.state for row in work.rows(contests)] == ["upheld"]
    assert store.verified().problems == ()


def test_a_restriction_does_not_end_before_it_begins(store: Store) -> None:
    (zoe,) = people(store, "zoe")
    with pytest.raises(InputError, match="is past"):
        gone(store, zoe, restrict_until=date(2020, 1, 1))
    with store.reading(a_manager()) as work:
        assert work.count(persons) == 1


def test_nobody_erases_another_hubs_people(store: Store) -> None:
    (zoe,) = people(store, "zoe")
    with pytest.raises(UnknownError), store.writing(a_manager(MERATE)) as work:
        erase(work, zoe.person, cause=Cause.ASKED)


def test_whoever_is_left_in_a_household_keeps_it_without_the_other(store: Store) -> None:
    from tests.hub.lives import a_life

    with store.writing(everybody()) as work:
        other = a_person(work)
        zoe = a_life(work, "zoe", with_member=other)
    done = gone(store, zoe)
    assert done.emptied["households"] == 1
    with store.writing(a_manager()) as work:
        kept = household_of(work, other)
    assert kept is not None
    assert [one.id for one in kept.household.members] == [other]
    assert kept.household.rent_eur == 450


def test_whoever_a_restored_backup_brought_back_is_erased_again(store: Store) -> None:
    (zoe,) = people(store, "zoe")
    with store.writing(everybody()) as work:
        erase_again(work, zoe.pseudonym)
    with store.writing(everybody()) as work:
        erase_again(work, zoe.pseudonym)
        assert work.count(persons) == 0
        assert [row.cause for row in work.rows(erased)] == ["restored"]


def test_a_table_about_people_that_erasure_does_not_know_stops_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    check_every_table()
    monkeypatch.setattr(
        type(metadata), "sorted_tables",
        [sa.Table("letters", sa.MetaData(), info=about(Lane.FILE, "x", subject="person_id"))],
    )  # fmt: skip
    with pytest.raises(StoreError, match="letters"):
        check_every_table()


@pytest.mark.parametrize("language", ["it", "en"])
def test_it_is_said_what_was_done_and_what_remains_where(language: str) -> None:
    wording = load_wording(shipped_data() / "wording", language)
    done = Erased(
        pseudonym="p", hub=LECCO, restricted_until=None, removed={"notes": 1},
        emptied={"households": 1}, recipients=("a", "b"),
    )  # fmt: skip
    lines = erased_lines(done, wording, journal_months=24, result_months=60)
    assert len(lines) == 7
    assert "24" in lines[2]
    assert "60" in lines[1]
    restricted = Erased(
        pseudonym="p", hub=LECCO, restricted_until=date(2036, 11, 27), removed={}, emptied={},
        recipients=(),
    )  # fmt: skip
    assert "27/11/2036" in erased_lines(restricted, wording, journal_months=24, result_months=60)[0]


def test_results_are_as_they_were_shown(store: Store) -> None:
    (zoe,) = people(store, "zoe")
    with store.reading(everybody()) as work:
        before = work.rows(results)[0].body
    gone(store, zoe)
    with store.reading(everybody()) as work:
        assert work.rows(results)[0].body == before
