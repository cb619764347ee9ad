"""How often people and vacancies of a hub changed, to know whether what was read is fresh."""

from sqlalchemy.dialects import postgresql, sqlite

from matching.errors import UnknownError
from matching.store import Work
from matching.store.engine import is_sqlite
from matching.store.tables import revisions

PERSONS, VACANCIES = "persons", "vacancies"


def changed(work: Work, hub: str, kind: str) -> None:
    """Count one up, in the transaction of the change itself."""
    done = work.change(
        revisions,
        {"number": revisions.c.number + 1},
        revisions.c.hub == hub,
        revisions.c.kind == kind,
    )
    if done:
        return
    # Somebody else may be the first in this hub at the same moment.
    insert = sqlite.insert if is_sqlite(work.connection) else postgresql.insert
    work.connection.execute(
        insert(revisions)
        .values(hub=hub, kind=kind, number=1)
        .on_conflict_do_update(
            index_elements=[revisions.c.hub, revisions.c.kind],
            set_={"number": revisions.c.number + 1},
        )
    )
    work.changed = True


def revision(work: Work, hub: str, kind: str) -> int:
    """How often they changed so far.

    Raises
    ------
    UnknownError
        For a hub that the actor may not see: what was read of it by others is not given either.
    """
    if hub not in work.actor.hubs:
        raise UnknownError("There is no such hub for whoever asks.")
    row = work.by(revisions, hub=hub, kind=kind)
    return 0 if row is None else int(row.number)
