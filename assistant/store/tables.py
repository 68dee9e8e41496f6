"""The case database: people, conversations and cases; meetings are in ``meeting_tables``.

Columns of type ``Sealed`` hold envelopes; write and read them with ``UnitOfWork.seal`` and
``UnitOfWork.unseal``. Contact, child and needs are sealed JSON of their dataclasses.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - SQLAlchemy reads the annotations

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.columns import (
    At,
    CaseBase,
    Code,
    Codes,
    Digest,
    Key,
    RowId,
    Sealed,
    StaffId,
    new_id,
)


class Staff(CaseBase):
    """A person of the school file; ``active`` is false once the file no longer has them."""

    __tablename__ = "staff"

    id: Mapped[StaffId] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    roles: Mapped[Codes]
    email: Mapped[str] = mapped_column(String(320), index=True)
    inbox: Mapped[str] = mapped_column(String(200), default="")
    active: Mapped[bool] = mapped_column(default=True)


class Relationship(CaseBase):
    """A declared relationship; stored once, ``first_id`` before ``second_id``."""

    __tablename__ = "relationship"

    first_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    second_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    what: Mapped[str] = mapped_column(String(200))


class StaffLogin(CaseBase):
    """An argon2 password hash."""

    __tablename__ = "staff_login"

    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    password_hash: Mapped[str] = mapped_column(String(300))
    changed_at: Mapped[At]


class OneTimeLogin(CaseBase):
    """A desk login that works once, printed by ``run`` or handed over by a colleague.

    ``resets_second_step`` lets somebody in who has lost every second step of theirs.
    """

    __tablename__ = "one_time_login"

    token_digest: Mapped[Digest] = mapped_column(primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    expires_at: Mapped[At]
    used_at: Mapped[At | None]
    resets_second_step: Mapped[bool] = mapped_column(default=False, server_default=false())


class SignInAttempt(CaseBase):
    """A try to sign in; the name and the network are digests."""

    __tablename__ = "sign_in_attempt"

    id: Mapped[RowId]
    name_digest: Mapped[Digest] = mapped_column(index=True)
    network_digest: Mapped[Digest] = mapped_column(index=True)
    at: Mapped[At] = mapped_column(index=True)
    succeeded: Mapped[bool]


class DeskSession(CaseBase):
    """A signed-in member of staff; the row's key is the digest of the cookie.

    ``device`` says in two words what they sit at; ``way`` how they came in (``sessions.Way``);
    ``proved_at`` when they last showed that it is they.
    """

    __tablename__ = "desk_session"

    token_digest: Mapped[Digest] = mapped_column(primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    started_at: Mapped[At]
    seen_at: Mapped[At]
    device: Mapped[str] = mapped_column(String(60), default="", server_default="")
    way: Mapped[Code] = mapped_column(default="password", server_default="password")
    proved_at: Mapped[At | None]


class Conversation(CaseBase):
    """A chat; the browser holds the token, we hold its digest."""

    __tablename__ = "conversation"

    id: Mapped[RowId]
    token_digest: Mapped[Digest] = mapped_column(index=True, unique=True)
    started_at: Mapped[At]
    last_turn_at: Mapped[At]


class Turn(CaseBase):
    """The parent's words, stored before the brain is asked, and then the answer to them.

    ``answer`` is the sealed JSON of ``shapes.Answer``, payloads of choices included.
    """

    __tablename__ = "turn"
    __table_args__ = (
        UniqueConstraint("conversation_id", "number"),
        UniqueConstraint("conversation_id", "idempotency_key"),
    )

    id: Mapped[RowId]
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    number: Mapped[int]
    idempotency_key: Mapped[Key]
    state: Mapped[Code]
    words: Mapped[Sealed]
    payload: Mapped[Sealed | None]
    answer: Mapped[Sealed | None]
    channel: Mapped[Code | None]
    alternatives: Mapped[Codes]
    taken_at: Mapped[At]
    leased_until: Mapped[At]
    answered_at: Mapped[At | None]


class RecordLink(CaseBase):
    """A record that was made in, or unlocked for, a conversation."""

    __tablename__ = "record_link"

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    record_kind: Mapped[Code] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    linked_at: Mapped[At]


class CaseFile(CaseBase):
    """A concern, complaint or other matter with a reference.

    ``handler_id`` is null when nobody at the school is free of the matter; ``handler_label`` then
    names the contact outside. ``paused_from`` is the status to go back to; ``escalate_by`` the last
    day to ask for the next stage; ``redirected_to`` the id of a route outside the school.
    """

    __tablename__ = "case_file"

    id: Mapped[RowId]
    reference: Mapped[Code] = mapped_column(unique=True)
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    idempotency_key: Mapped[Key] = mapped_column(unique=True)
    kind: Mapped[Code]
    channel: Mapped[Code]
    class_name: Mapped[str] = mapped_column(String(40))
    year: Mapped[int | None]
    stage: Mapped[str] = mapped_column(String(200))
    status: Mapped[Code]
    handler_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"), index=True)
    handler_label: Mapped[str] = mapped_column(String(200))
    received_at: Mapped[At]
    deemed_received_on: Mapped[date]
    paused_from: Mapped[Code | None]
    escalate_by: Mapped[date | None]
    redirected_to: Mapped[Code | None]
    incident_on: Mapped[date | None]
    lateness: Mapped[Code | None]
    statement: Mapped[Sealed]
    outcome_wanted: Mapped[Sealed]
    contact: Mapped[Sealed]
    child: Mapped[Sealed]
    needs: Mapped[Sealed]


class CaseSubject(CaseBase):
    """A person whom the case is about; the wall is computed from these rows."""

    __tablename__ = "case_subject"

    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    named_at: Mapped[At]


class CaseAccess(CaseBase):
    """A grant to read a case. No row, no case."""

    __tablename__ = "case_access"

    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True, index=True)
    why: Mapped[Code]
    granted_at: Mapped[At]
    granted_by: Mapped[StaffId] = mapped_column(default="schoolgate", server_default="schoolgate")


class CaseDeadline(CaseBase):
    """A date by which the school answers, with the sum that explains it.

    It stands still from ``stopped_on`` while the case is paused, and again counts when it is null.
    """

    __tablename__ = "case_deadline"
    __table_args__ = (Index(None, "case_id", "met_at", "due_on"),)

    id: Mapped[RowId]
    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date]
    clock: Mapped[Code]
    days: Mapped[int]
    sum: Mapped[str] = mapped_column(Text)
    met_at: Mapped[At | None]
    stopped_on: Mapped[date | None]


class RecordNote(CaseBase):
    """Words added to a case or a meeting, by staff (their id) or by the parent."""

    __tablename__ = "record_note"

    id: Mapped[RowId]
    idempotency_key: Mapped[Key] = mapped_column(unique=True)
    record_kind: Mapped[Code]
    record_id: Mapped[str] = mapped_column(String(32), index=True)
    author: Mapped[StaffId]
    words: Mapped[Sealed]
    written_at: Mapped[At]


__all__ = [
    "CaseAccess",
    "CaseDeadline",
    "CaseFile",
    "CaseSubject",
    "Conversation",
    "DeskSession",
    "OneTimeLogin",
    "RecordLink",
    "RecordNote",
    "Relationship",
    "SignInAttempt",
    "Staff",
    "StaffLogin",
    "Turn",
    "new_id",
]
