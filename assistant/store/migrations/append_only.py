"""Triggers that refuse to change or delete history, on SQLite and PostgreSQL."""

from __future__ import annotations

from alembic import op

TABLE = "history_event"
REFUSAL = "history is append-only"


def protect_history() -> None:
    """Refuse UPDATE and DELETE (and TRUNCATE, where it exists) on the history of events."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_history_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change()"
    )


def start_chain() -> None:
    """Write the head of an empty chain."""
    op.execute("INSERT INTO history_head (id, sequence, last_digest, seal) VALUES (1, 0, '', '')")
