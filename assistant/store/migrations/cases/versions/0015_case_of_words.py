"""Words of an appeal, a ruling and a closing of visits hang on the case that they are of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision: str | None = "0014"

FROM = {
    "restriction_appeal": "SELECT case_id FROM use_restriction"
    " WHERE use_restriction.id = restriction_appeal.restriction_id",
    "disclosure_ruling": "SELECT case_id FROM disclosure"
    " WHERE disclosure.id = disclosure_ruling.disclosure_id",
    "visit_restriction": "SELECT min(case_id) FROM use_restriction"
    " WHERE use_restriction.visit_id = visit_restriction.id",
}


def upgrade() -> None:
    """Name the case, so that its key seals the words; null for visits closed over no case.

    What was sealed before opens with the key in its envelope, until ``rotate`` seals it anew.
    """
    for table, case_id in FROM.items():
        op.add_column(table, sa.Column("case_id", sa.String(length=32), nullable=True))
        op.execute(f"UPDATE {table} SET case_id = ({case_id})")  # noqa: S608 - our names
        op.create_index(op.f(f"ix_{table}_case_id"), table, ["case_id"], unique=False)
