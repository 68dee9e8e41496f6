"""What both ``env.py`` files do: run the steps in the one transaction that ``migrate`` opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import context

if TYPE_CHECKING:
    from sqlalchemy import MetaData


def run(metadata: MetaData) -> None:
    """Run the migrations that Alembic chose, on the connection it was given."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        transactional_ddl=True,
    )
    context.run_migrations()
