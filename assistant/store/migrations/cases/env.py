"""Alembic's entry for the cases database."""

from assistant.store.columns import CaseBase
from assistant.store.migrations.runner import run

run(CaseBase.metadata)
