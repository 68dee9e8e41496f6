"""Members of staff in the chat: who is here, who waits for them, and what is said."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.store.columns import Instant

revision = "0016"
down_revision: str | None = "0015"


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "on_duty",
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.Column("session_digest", sa.String(length=64), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_on_duty_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_on_duty")),
    )
    _chats()
    _subjects()
    _messages()


def _chats() -> None:
    op.create_table(
        "live_chat",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("idempotency_key", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("after_turn", sa.Integer(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("parent_seen_at", Instant(), nullable=False),
        sa.Column("taken_by", sa.String(length=64), nullable=True),
        sa.Column("taken_label", sa.String(length=300), nullable=True),
        sa.Column("session_digest", sa.String(length=64), nullable=True),
        sa.Column("staff_seen_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_how", sa.String(length=40), nullable=True),
        sa.Column("contact", sa.LargeBinary(), nullable=False),
        sa.Column("shared", sa.LargeBinary(), nullable=False),
        sa.Column("offer", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_live_chat_conversation_id_conversation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_chat")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_live_chat_idempotency_key")),
    )
    for column in ("conversation_id", "state", "taken_by"):
        op.create_index(op.f(f"ix_live_chat_{column}"), "live_chat", [column], unique=False)


def _subjects() -> None:
    op.create_table(
        "live_subject",
        sa.Column("chat_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.Column("named_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"],
            ["live_chat.id"],
            name=op.f("fk_live_subject_chat_id_live_chat"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_live_subject_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("chat_id", "staff_id", name=op.f("pk_live_subject")),
    )


def _messages() -> None:
    op.create_table(
        "live_message",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("chat_id", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("idempotency_key", sa.String(length=200), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("aside", sa.LargeBinary(), nullable=True),
        sa.Column("danger", sa.String(length=40), nullable=True),
        sa.Column("written_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"],
            ["live_chat.id"],
            name=op.f("fk_live_message_chat_id_live_chat"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_live_message_conversation_id_conversation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_message")),
        sa.UniqueConstraint("chat_id", "number", name=op.f("uq_live_message_chat_id_number")),
        sa.UniqueConstraint(
            "chat_id", "idempotency_key", name=op.f("uq_live_message_chat_id_idempotency_key")
        ),
    )
    op.create_index(
        op.f("ix_live_message_conversation_id"), "live_message", ["conversation_id"], unique=False
    )
