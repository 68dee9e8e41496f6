"""The social media policy: published versions, steps, restrictions and appeals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.store.columns import Instant

revision = "0010"
down_revision: str | None = "0009"


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "published_policy",
        sa.Column("school", sa.String(length=200), nullable=False),
        sa.Column("version", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("published_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("school", "version", name=op.f("pk_published_policy")),
    )
    _steps()
    _restrictions()
    _appeals()


def _steps() -> None:
    op.create_table(
        "policy_step",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("taken_by", sa.String(length=64), nullable=False),
        sa.Column("taken_at", Instant(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("letter_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_policy_step_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_policy_step_letter_id_letter")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_step")),
    )
    op.create_index(op.f("ix_policy_step_case_id"), "policy_step", ["case_id"], unique=False)


def _restrictions() -> None:
    op.create_table(
        "use_restriction",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("phone_digest", sa.String(length=64), nullable=True),
        sa.Column("email_digest", sa.String(length=64), nullable=True),
        sa.Column("visit_id", sa.String(length=32), nullable=True),
        sa.Column("imposed_by", sa.String(length=64), nullable=False),
        sa.Column("imposed_at", Instant(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_how", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_use_restriction_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit_restriction.id"],
            name=op.f("fk_use_restriction_visit_id_visit_restriction"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_use_restriction")),
    )
    for column in ("case_id", "phone_digest", "email_digest", "ended_at"):
        name = op.f(f"ix_use_restriction_{column}")
        op.create_index(name, "use_restriction", [column], unique=False)


def _appeals() -> None:
    op.create_table(
        "restriction_appeal",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("restriction_id", sa.String(length=32), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("taken_by", sa.String(length=200), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("judge_id", sa.String(length=64), nullable=True),
        sa.Column("decided_by", sa.String(length=64), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decision", sa.String(length=40), nullable=True),
        sa.Column("why", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["restriction_id"],
            ["use_restriction.id"],
            name=op.f("fk_restriction_appeal_restriction_id_use_restriction"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restriction_appeal")),
        sa.UniqueConstraint("restriction_id", name=op.f("uq_restriction_appeal_restriction_id")),
    )
