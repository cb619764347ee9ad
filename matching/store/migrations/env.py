"""What Alembic runs: on the connection that it is handed, within its transaction."""

from alembic import context

from matching.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    compare_type=True,
)
context.run_migrations()
