"""What a backup says of itself: enough to see after a restore that nothing is missing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from sqlalchemy.engine import Connection

from matching.errors import StoreError
from matching.hub.scoring import REASON
from matching.operations.installing import CANARY, installation_id
from matching.store.chain import Head, canonical
from matching.store.engine import is_sqlite
from matching.store.journal import head_of
from matching.store.tables import installation

_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Of which database a backup is, where its journal stood, and how many rows each table had.

    ``key_ids`` are the keys of the ring that something in it is sealed with.
    """

    product: str
    made_at: str
    database: str
    revision: str
    installation: str | None
    head: Head
    counts: Mapping[str, int]
    key_ids: tuple[str, ...]

    def written(self) -> bytes:
        """The manifest as canonical JSON."""
        content = {
            "format": _FORMAT, "product": self.product, "made_at": self.made_at,
            "database": self.database, "revision": self.revision,
            "installation": self.installation, "counts": dict(self.counts),
            "head": {"number": self.head.number, "mac": self.head.mac},
            "key_ids": list(self.key_ids),
        }  # fmt: skip
        return canonical(content).encode()


def read_manifest(content: bytes, path: Path) -> Manifest:
    """A manifest as it was written.

    Raises
    ------
    StoreError
        For one of a later version of the product.
    """
    try:
        said: dict[str, Any] = json.loads(content)
        if said["format"] != _FORMAT:
            raise StoreError(
                f"{path}: the backup was made by version {said['product']} of the product, in "
                "another form. Install that version to restore it."
            )
        return Manifest(
            product=said["product"], made_at=said["made_at"], database=said["database"],
            revision=said["revision"], installation=said["installation"],
            head=Head(number=said["head"]["number"], mac=said["head"]["mac"]),
            counts=said["counts"], key_ids=tuple(said["key_ids"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: the backup's manifest cannot be read.") from error


def manifest_of(connection: Connection, *, made_at: str) -> Manifest:
    """The manifest of a database as one transaction sees it.

    Raises
    ------
    StoreError
        For a database without a schema.
    """
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        raise StoreError("The database is empty: there is nothing to back up.")
    return Manifest(
        product=version("valoriamo"),
        made_at=made_at,
        database="sqlite" if is_sqlite(connection) else "postgresql",
        revision=revision,
        installation=installation_id(connection),
        head=head_of(connection),
        counts=row_counts(connection),
        key_ids=used_keys(connection),
    )


def row_counts(connection: Connection) -> Mapping[str, int]:
    """How many rows every table has, whatever its revision."""
    names = sorted(sa.inspect(connection).get_table_names())
    counted = (sa.select(sa.func.count()).select_from(sa.table(name)) for name in names)
    return {
        name: int(connection.execute(one).scalar_one())
        for name, one in zip(names, counted, strict=True)
    }


def used_keys(connection: Connection) -> tuple[str, ...]:
    """The keys of the ring that something is sealed with."""
    found: set[str] = set()
    inspected = sa.inspect(connection)
    for name in inspected.get_table_names():
        named = (str(one["name"]) for one in inspected.get_columns(name))
        for column_name in (one for one in named if one.endswith("key_id")):
            column: sa.ColumnClause[str | None] = sa.column(column_name)
            chosen = sa.select(column).select_from(sa.table(name)).distinct()
            found |= {key for key in connection.execute(chosen).scalars() if key is not None}
    facts = connection.execute(
        sa.select(installation.c.value).where(installation.c.name.in_((CANARY, REASON)))
    ).scalars()
    return tuple(sorted(found | {json.loads(one)["key_id"] for one in facts}))
