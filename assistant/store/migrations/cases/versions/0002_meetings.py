"""Meetings grow: own terms of hosts, rooms and interpreters, offers of another time, feeds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.store.columns import Instant

revision = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    """Make the tables, and note the room and the interpreter of a meeting."""
    op.create_table(
        "resource",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_resource")),
    )
    op.create_table(
        "visit_restriction",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("phone_digest", sa.String(length=64), nullable=True),
        sa.Column("email_digest", sa.String(length=64), nullable=True),
        sa.Column("person", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("lifted_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_restriction")),
    )
    op.create_index(
        op.f("ix_visit_restriction_email_digest"),
        "visit_restriction",
        ["email_digest"],
        unique=False,
    )
    op.create_index(
        op.f("ix_visit_restriction_phone_digest"),
        "visit_restriction",
        ["phone_digest"],
        unique=False,
    )
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_calendar_feed_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_calendar_feed_token_digest")),
    )
    op.create_index(op.f("ix_calendar_feed_staff_id"), "calendar_feed", ["staff_id"], unique=False)
    op.create_table(
        "host_terms",
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("buffer_minutes", sa.Integer(), nullable=True),
        sa.Column("notice_hours", sa.Integer(), nullable=True),
        sa.Column("horizon_days", sa.Integer(), nullable=True),
        sa.Column("daily_cap", sa.Integer(), nullable=True),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_host_terms_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_host_terms")),
    )
    op.create_table(
        "meeting_draft",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=True),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("meeting_id", sa.String(length=32), nullable=True),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("touched_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_meeting_draft_conversation_id_conversation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_draft_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_draft")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_meeting_draft_token_digest")),
    )
    op.create_index(
        op.f("ix_meeting_draft_conversation_id"), "meeting_draft", ["conversation_id"], unique=False
    )
    op.create_index(
        op.f("ix_meeting_draft_touched_at"), "meeting_draft", ["touched_at"], unique=False
    )
    op.create_table(
        "time_offer",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("idempotency_key", sa.String(length=200), nullable=False),
        sa.Column("meeting_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_time_offer_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_offer")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_time_offer_idempotency_key")),
    )
    op.create_index(op.f("ix_time_offer_meeting_id"), "time_offer", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_time_offer_state"), "time_offer", ["state"], unique=False)
    op.create_table(
        "waiting_place",
        sa.Column("meeting_id", sa.String(length=32), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("passed_by", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_waiting_place_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_waiting_place")),
    )
    op.create_index(op.f("ix_waiting_place_asked_at"), "waiting_place", ["asked_at"], unique=False)
    op.add_column("meeting", sa.Column("room_id", sa.String(length=64), nullable=True))
    op.add_column("meeting", sa.Column("interpreter_id", sa.String(length=64), nullable=True))
    op.add_column("meeting", sa.Column("cells", sa.Integer(), nullable=False, server_default="0"))
    taken = "SELECT count(*) FROM cell WHERE cell.meeting_id = meeting.id"
    op.execute(f"UPDATE meeting SET cells = ({taken})")  # noqa: S608 - a host's alone, so far
    op.create_index(op.f("ix_meeting_starts_at"), "meeting", ["starts_at"], unique=False)
    op.create_index(op.f("ix_cell_hold_expires_at"), "cell", ["hold_expires_at"], unique=False)
