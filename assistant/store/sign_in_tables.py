"""What signing in needs beside the password: second steps, and ways that end by themselves."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.columns import At, CaseBase, Code, Digest, RowId, Sealed
from assistant.store.tables import Staff


class SignInTurn(CaseBase):
    """One row, locked while a try is counted: side by side, tries would not see one another."""

    __tablename__ = "sign_in_turn"

    id: Mapped[int] = mapped_column(primary_key=True)


class SignInStep(CaseBase):
    """Something begun that must be finished soon, once: a second step, a challenge, a redirect.

    ``id`` is the digest of its token; ``staff_id`` is null while nobody is known yet.
    """

    __tablename__ = "sign_in_step"

    id: Mapped[Digest] = mapped_column(primary_key=True)
    kind: Mapped[Code]
    staff_id: Mapped[str | None] = mapped_column(ForeignKey(Staff.id), index=True)
    details: Mapped[Sealed]
    expires_at: Mapped[At] = mapped_column(index=True)


class CodeApp(CaseBase):
    """The secret that somebody's authenticator app shares with us.

    ``last_step`` counts 30 seconds from 1970: a code of that step or an earlier one is used up.
    """

    __tablename__ = "code_app"

    id: Mapped[RowId]
    staff_id: Mapped[str] = mapped_column(ForeignKey(Staff.id), unique=True)
    secret: Mapped[Sealed]
    last_step: Mapped[int] = mapped_column(BigInteger)
    added_at: Mapped[At]


class RecoveryCode(CaseBase):
    """The digest of a code that stands in, once, for a lost second step."""

    __tablename__ = "recovery_code"

    digest: Mapped[Digest] = mapped_column(primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey(Staff.id), index=True)
    made_at: Mapped[At]
    used_at: Mapped[At | None]


class Passkey(CaseBase):
    """The public half of a passkey; ``credential_id`` is base64url without padding."""

    __tablename__ = "passkey"

    id: Mapped[RowId]
    staff_id: Mapped[str] = mapped_column(ForeignKey(Staff.id), index=True)
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(60))
    added_at: Mapped[At]
    used_at: Mapped[At | None]


class SecondStepGrace(CaseBase):
    """Since when somebody has known that they need a second step; it never begins anew."""

    __tablename__ = "second_step_grace"

    staff_id: Mapped[str] = mapped_column(ForeignKey(Staff.id), primary_key=True)
    since: Mapped[At]
