"""Alembic's entry for the alerts database."""

from assistant.store.columns import AlertBase
from assistant.store.migrations.runner import run

run(AlertBase.metadata)
