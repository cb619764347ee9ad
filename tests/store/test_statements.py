"""Rows are looked for by what leaves few of them, however many a hub has."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from matching.store import Store
from matching.store.statements import chosen_among, chosen_by, of_many
from matching.store.tables import metadata, persons
from tests.databases import a_manager, a_store, made


@pytest.fixture
def sqlite(tmp_path: Path) -> Store:
    return a_store(made("sqlite", tmp_path, None), tmp_path)


def first_columns(table: sa.Table) -> set[str]:
    """The columns by which an index of a table can be looked into, but for its hub."""
    indexed = [index.columns for index in table.indexes]
    unique = [one.columns for one in table.constraints if isinstance(one, sa.UniqueConstraint)]
    return {columns[0].name for columns in (table.primary_key.columns, *indexed, *unique)} - {"hub"}


@pytest.mark.parametrize("name", sorted(t.name for t in metadata.tables.values() if "hub" in t.c))
def test_no_statement_goes_through_all_that_a_hub_has(sqlite: Store, name: str) -> None:
    table = metadata.tables[name]
    for column in first_columns(table):
        asked = {
            "by": chosen_by(table, (column,), 1),
            "among": chosen_among(table, column, (), 1),
        }
        with sqlite.reading(a_manager()) as work:
            asked["found"] = sa.select(table).where(work.seen(table), table.c[column] == "x")
            for way, statement in asked.items():
                value = ["x", "y"] if way == "among" else "x"
                values = {} if way == "found" else {column: value, "seen_hub_0": "h"}
                written = str(
                    statement.params(values).compile(
                        work.connection, compile_kwargs={"render_postcompile": True}
                    )
                )
                plan = work.connection.exec_driver_sql(
                    f"EXPLAIN QUERY PLAN {written}", ("x",) * written.count("?")
                ).all()
                assert "SEARCH" in plan[0].detail, (way, column, plan)
                assert "hub=?)" not in plan[0].detail, (way, column, plan)


def test_what_a_hub_has_is_found_by_its_hub(sqlite: Store) -> None:
    with sqlite.reading(a_manager()) as work:
        written = str(
            sa.select(persons)
            .where(work.seen(persons))
            .compile(work.connection, compile_kwargs={"render_postcompile": True})
        )
        (step,) = work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {written}", ("x",)).all()
    assert step.detail == "SEARCH persons USING INDEX ix_persons_hub (hub=?)"


def test_the_files_in_somebodys_charge_are_found_by_whose_they_are(sqlite: Store) -> None:
    with sqlite.reading(a_manager()) as work:
        written = str(
            sa.select(persons)
            .where(work.seen(persons), persons.c.manager_id == "x", persons.c.is_protected)
            .compile(work.connection, compile_kwargs={"render_postcompile": True})
        )
        (step,) = work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {written}", ("x", "x")).all()
    assert step.detail == "SEARCH persons USING INDEX ix_persons_manager_id (manager_id=?)"


def test_how_many_meet_a_condition_is_said_to_sqlite_alone() -> None:
    condition = of_many(persons.c.hub.in_(["a"]))
    statement = sa.select(persons.c.id).where(condition)
    assert "likelihood" not in str(statement.compile(dialect=postgresql.dialect()))
