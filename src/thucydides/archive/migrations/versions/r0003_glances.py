"""A glance at every account, so that those of another place or time need not be read whole."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table of accounts anew: a glance is part of each, and accounts are made again from their claims."""
    for table in ("account_keys", "sketch_keys", "sketches"):
        op.execute(sa.text(f"DELETE FROM {table}"))
    op.drop_table("accounts")
    op.create_table(
        "accounts",
        sa.Column("claim", sa.Integer, sa.ForeignKey("claims.number", ondelete="CASCADE"), primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.number", ondelete="CASCADE"), nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("telling", sa.LargeBinary, nullable=False),
        sa.Column("glance", sa.LargeBinary, nullable=False),
        sa.Column("under", sa.LargeBinary, nullable=False),
        sa.Column("leader", sa.Integer),
        sa.Column("score", sa.Float, nullable=False),
        sa.UniqueConstraint("id", name="accounts_by_id"),
    )
    op.create_index("accounts_by_report", "accounts", ["report"])
    op.create_index("accounts_by_leader", "accounts", ["leader"])
    op.execute(sa.text("DELETE FROM unweighed"))
    op.execute(sa.text("INSERT INTO unweighed (claim) SELECT number FROM claims WHERE kind = 'event' AND current"))
