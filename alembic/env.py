"""Runs the migrations on the connection that `claimtrack.store.migrate` hands over."""

from alembic import context

from claimtrack.store.tables import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,  # SQLite can, once the driver is kept from committing; see store/session.py
)
with context.begin_transaction():
    context.run_migrations()
