"""Second steps, passkeys, and sessions that say where they are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.store.columns import Instant

revision = "0008"
down_revision: str | None = "0007"


def upgrade() -> None:
    """Make the tables of signing in; a session that runs goes on, unproved."""
    _widen_what_there_is()
    _make_steps()
    _make_second_steps()


def _widen_what_there_is() -> None:
    op.add_column(
        "one_time_login",
        sa.Column("resets_second_step", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column(
        "desk_session",
        sa.Column("device", sa.String(length=60), server_default="", nullable=False),
    )
    op.add_column(
        "desk_session",
        sa.Column("way", sa.String(length=40), server_default="password", nullable=False),
    )
    op.add_column("desk_session", sa.Column("proved_at", Instant(), nullable=True))


def _make_steps() -> None:
    turn = op.create_table(
        "sign_in_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_turn")),
    )
    op.bulk_insert(turn, [{"id": 1}])
    op.create_table(
        "sign_in_step",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("staff_id", sa.String(length=64), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_sign_in_step_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_step")),
    )
    op.create_index(op.f("ix_sign_in_step_staff_id"), "sign_in_step", ["staff_id"], unique=False)
    op.create_index(
        op.f("ix_sign_in_step_expires_at"), "sign_in_step", ["expires_at"], unique=False
    )
    op.create_table(
        "second_step_grace",
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_second_step_grace_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_second_step_grace")),
    )


def _make_second_steps() -> None:
    op.create_table(
        "code_app",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_code_app_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_app")),
        sa.UniqueConstraint("staff_id", name=op.f("uq_code_app_staff_id")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_recovery_code_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_staff_id"), "recovery_code", ["staff_id"], unique=False)
    op.create_table(
        "passkey",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.Column("credential_id", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_passkey_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_staff_id"), "passkey", ["staff_id"], unique=False)
