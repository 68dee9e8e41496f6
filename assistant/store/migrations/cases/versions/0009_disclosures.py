"""Copies of a person's data, topics of cases, and the figures of settled terms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.store.columns import Instant

revision = "0009"
down_revision: str | None = "0008"


def upgrade() -> None:
    """Make the tables."""
    _disclosures()
    _rulings()
    _seals()
    _topics()
    _figures()


def _disclosures() -> None:
    op.create_table(
        "disclosure",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("person", sa.LargeBinary(), nullable=False),
        sa.Column("identity", sa.LargeBinary(), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=False),
        _belongs("disclosure", "case_id", "case_file"),
        _belongs("disclosure", "made_by", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint("case_id", "made_by", name=op.f("uq_disclosure_case_id_made_by")),
    )
    op.create_table(
        "disclosed_record",
        sa.Column("disclosure_id", sa.String(length=32), nullable=False),
        sa.Column("record_kind", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.String(length=32), nullable=False),
        _belongs("disclosed_record", "disclosure_id", "disclosure"),
        sa.PrimaryKeyConstraint(
            "disclosure_id", "record_kind", "record_id", name=op.f("pk_disclosed_record")
        ),
    )


def _rulings() -> None:
    op.create_table(
        "disclosure_ruling",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("disclosure_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("passage", sa.String(length=200), nullable=False),
        sa.Column("phrase", sa.LargeBinary(), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        _belongs("disclosure_ruling", "disclosure_id", "disclosure"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_ruling")),
        sa.UniqueConstraint(
            "disclosure_id", "number", name=op.f("uq_disclosure_ruling_disclosure_id_number")
        ),
    )


def _seals() -> None:
    op.create_table(
        "disclosure_seal",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("disclosure_id", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", Instant(), nullable=False),
        _belongs("disclosure_seal", "disclosure_id", "disclosure"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_seal")),
    )
    op.create_index(op.f("ix_disclosure_seal_disclosure_id"), "disclosure_seal", ["disclosure_id"])


def _topics() -> None:
    op.create_table(
        "case_topic",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("chosen_by", sa.String(length=64), nullable=False),
        sa.Column("chosen_at", Instant(), nullable=False),
        _belongs("case_topic", "case_id", "case_file"),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_topic")),
    )


def _figures() -> None:
    op.create_table(
        "settled_term",
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("settled_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("starts_on", name=op.f("pk_settled_term")),
    )
    words = ("kind", "topic", "year", "acknowledged", "answered", "outcome")
    op.create_table(
        "settled_fact",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        *(sa.Column(name, sa.String(length=200), nullable=False) for name in words),
        sa.Column("closed_to", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["starts_on"],
            ["settled_term.starts_on"],
            name=op.f("fk_settled_fact_starts_on_settled_term"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settled_fact")),
    )
    op.create_index(op.f("ix_settled_fact_starts_on"), "settled_fact", ["starts_on"])


def _belongs(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    """Return the tie to a row that takes this one with it when it goes; staff never go."""
    name, gone = op.f(f"fk_{table}_{column}_{to}"), None if to == "staff" else "CASCADE"
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=gone)
