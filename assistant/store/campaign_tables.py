"""Cases that say the same: linked by a person, answered together, each still a case of its own."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.columns import At, CaseBase, RowId, Sealed, StaffId
from assistant.store.tables import CaseFile


class Campaign(CaseBase):
    """One subject on which several parents wrote; it has no readers but those of its cases."""

    __tablename__ = "campaign"

    id: Mapped[RowId]
    name: Mapped[Sealed]
    begun_by: Mapped[StaffId]
    begun_at: Mapped[At]


class CampaignCase(CaseBase):
    """A case that somebody linked to a campaign; a case belongs to one at most."""

    __tablename__ = "campaign_case"

    case_id: Mapped[str] = mapped_column(ForeignKey(CaseFile.id), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32), ForeignKey(Campaign.id), index=True)
    linked_by: Mapped[StaffId]
    linked_at: Mapped[At]
