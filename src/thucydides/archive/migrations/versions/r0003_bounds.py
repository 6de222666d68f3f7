"""The bounds of accounts, so that few of those who share a name are read. Accounts from before have none and are always read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels = None
depends_on = None

_BOUNDS = ("first_day", "last_day", "south", "north", "west", "east", "sure")


def upgrade() -> None:
    """Adds the columns, and puts them into the index by which the accounts of a report are found."""
    for name in _BOUNDS:
        op.add_column("accounts", sa.Column(name, sa.Integer if name == "sure" else sa.Float))
    op.drop_index("accounts_by_report", table_name="accounts")
    op.create_index("accounts_by_report", "accounts", ["report", *_BOUNDS])
