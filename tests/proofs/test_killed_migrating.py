"""Killed while a database with people in it is brought up to date: it is the old one or the new."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from matching.domain.access import Act
from matching.operations.installing import Migrated, bring_up_to_date
from matching.operations.places import Places, opened
from matching.store import open_engine
from matching.store.schema import head_revision, revision_of
from matching.store.tables import journal
from tests.operations.installations import SYSTEM, added, content, wait_until_alone
from tests.proofs.killing import Ended, Point, Process, check_whole, points, run
from tests.proofs.recording import met, record
from tests.repeats import in_full

PEOPLE = 40
KILLS = 200 if in_full() else 3

# As a later version might have one: a table filled from another, columns, an index, rows rewritten.
LATER = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "0002", "0001"
branch_labels = depends_on = None


def upgrade():
    op.create_table(
        "later",
        sa.Column("person_id", sa.String(36), sa.ForeignKey("persons.id"), primary_key=True),
        sa.Column("hub", sa.String(40), nullable=False),
    )
    op.create_index("ix_later_hub", "later", ["hub"])
    op.execute("INSERT INTO later SELECT id, hub FROM persons")
    op.add_column("persons", sa.Column("stage", sa.String(40)))
    op.execute("UPDATE persons SET stage = 'begun'")
    op.add_column("identities", sa.Column("read_at", sa.DateTime(timezone=True)))
    op.create_index("ix_identities_read_at", "identities", ["read_at"])
"""
BACK = (
    "DROP INDEX ix_identities_read_at", "ALTER TABLE identities DROP COLUMN read_at",
    "ALTER TABLE persons DROP COLUMN stage", "DROP TABLE later",
    "UPDATE alembic_version SET version_num = '0001'",
)  # fmt: skip


@pytest.fixture
def peopled(places: Places) -> Places:
    with opened(places) as store, store.writing(SYSTEM) as work:
        for _ in range(PEOPLE):
            added(work, "Anna")
    return places


@pytest.fixture
def later(peopled: Places, tmp_path: Path) -> Iterator[Places]:
    """An installation that is of the revision before the last one."""
    import matching.store.schema as schema

    folder = tmp_path / "migrations"
    shutil.copytree(Path(schema.__file__).parent / "migrations", folder)
    (folder / "versions" / "later_0002.py").write_text(LATER, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "_MIGRATIONS", folder)
        assert head_revision() == "0002"
        yield peopled


def put_back(places: Places) -> None:
    engine = open_engine(places.database)
    with engine.begin() as connection:
        for statement in BACK:
            connection.execute(sa.text(statement))
    engine.dispose()


def moves(rows: dict[str, list[str]]) -> dict[str, list[str]]:
    """Everything but the journal, which goes on."""
    return {name: kept for name, kept in rows.items() if not name.startswith("journal")}


def migrations(places: Places) -> list[str]:
    """To which revisions the journal says that the database was brought."""
    with opened(places, any_revision=True) as store, store.reading(SYSTEM) as work:
        rows = work.rows(journal, journal.c.act == Act.MIGRATE, order=[journal.c.number])
    return [json.loads(row.detail)["after"] for row in rows]


def test_a_database_is_brought_up_to_date_whole_or_not_at_all(later: Places, kind: str) -> None:
    ends: list[tuple[Point, Ended]] = []

    def act(process: Process) -> None:
        process.watch(sa.Engine)  # its own is made within
        done = bring_up_to_date(later)
        process.acknowledge(after=done.after)

    old = moves(content(later))
    whole = run(act)
    assert [one["after"] for one in whole.acknowledged] == ["0002"]
    new = moves(content(later))
    assert len(new["later"]) == PEOPLE + 2
    done = 1
    for point in points(KILLS, whole, seed=84):
        put_back(later)
        assert moves(content(later)) == old
        ended = run(act, point)
        ends.append((point, ended))
        wait_until_alone(later)
        engine = open_engine(later.database)
        revision = revision_of(engine)
        engine.dispose()
        done += revision == "0002"
        assert moves(content(later)) == (new if revision == "0002" else old)
        assert migrations(later)[1:] == ["0002"] * done
        if ended.acknowledged:
            assert revision == "0002"
        # Begun again, it is done once.
        assert bring_up_to_date(later) == Migrated(before=revision, after="0002")
        done += revision == "0001"
        assert migrations(later)[1:] == ["0002"] * done
        assert moves(content(later)) == new
        check_whole(later)
    record("killed while migrating", kind, **met(ends), migrations=done)
