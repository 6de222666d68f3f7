"""The tables of incidents: accounts and the keys they are found by, copies, judgements, and the incidents themselves."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables and notes every current event claim as one to be weighed."""
    _make_accounts()
    _make_copies()
    _make_incidents()
    op.create_table("unweighed", _one_a_claim())
    op.execute(sa.text("INSERT INTO unweighed (claim) SELECT number FROM claims WHERE kind = 'event' AND current"))


def _make_accounts() -> None:
    op.create_table(
        "sketches",
        _of_report(primary_key=True),
        sa.Column("packed", sa.LargeBinary, nullable=False),
        sa.Column("under", sa.LargeBinary, nullable=False),
    )
    _make_keys("sketch_keys", ("day", "report"))
    op.create_table(
        "accounts",
        _one_a_claim(),
        sa.Column("id", sa.Text, nullable=False),
        _of_report(),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("telling", sa.LargeBinary, nullable=False),
        sa.Column("under", sa.LargeBinary, nullable=False),
        sa.Column("leader", sa.Integer),
        sa.Column("score", sa.Float, nullable=False),
        sa.UniqueConstraint("id", name="accounts_by_id"),
    )
    op.create_index("accounts_by_report", "accounts", ["report"])
    op.create_index("accounts_by_leader", "accounts", ["leader"])
    _make_keys("account_keys", ("day", "claim"))


def _make_copies() -> None:
    op.create_table(
        "fingerprints",
        _of_report(primary_key=True),
        sa.Column("packed", sa.LargeBinary, nullable=False),
        sa.Column("under", sa.LargeBinary, nullable=False),
    )
    _make_keys("fingerprint_keys", ("report",))
    op.create_table("origins", _of_report(primary_key=True), sa.Column("origin", sa.Text, nullable=False))
    op.create_index("origins_by_origin", "origins", ["origin"])


def _make_incidents() -> None:
    op.create_table(
        "judgements",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("one", sa.Text, nullable=False),
        sa.Column("other", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("json", sa.Text, nullable=False),
    )
    op.create_index("judgements_by_pair", "judgements", ["one", "other"])
    op.create_table(
        "incidents",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("earliest", sa.Text, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("type", sa.Text),
        sa.Column("first_day", sa.Date),
        sa.Column("last_day", sa.Date),
        sa.Column("grade", sa.Text, nullable=False),
        sa.Column("credibility", sa.Integer, nullable=False),
        sa.Column("witnesses", sa.Integer, nullable=False),
        sa.Column("disputed", sa.Boolean, nullable=False),
        sa.Column("place", sa.Text),
        sa.Column("country", sa.Text),
        sa.Column("json", sa.Text, nullable=False),
    )
    op.create_index("incidents_by_day", "incidents", ["day", "id"])
    op.create_table("incident_claims", _one_a_claim(), sa.Column("incident", sa.Text, nullable=False))
    op.create_index("incident_claims_by_incident", "incident_claims", ["incident"])
    op.create_table("incident_redirects", sa.Column("id", sa.Text, primary_key=True), sa.Column("now", sa.Text, nullable=False))
    op.create_index("incident_redirects_by_now", "incident_redirects", ["now"])


def _make_keys(name: str, others: tuple[str, ...]) -> None:
    """A table of keys, clustered by them: what shares a key stands together on the disk."""
    columns = [sa.Column("key", sa.BigInteger, nullable=False), *(sa.Column(other, sa.Integer, nullable=False) for other in others)]
    op.create_table(name, *columns, sa.PrimaryKeyConstraint("key", *others), sqlite_with_rowid=False)


def _of_report(**more: Any) -> sa.Column[int]:
    return sa.Column("report", sa.Integer, sa.ForeignKey("reports.number", ondelete="CASCADE"), nullable=False, **more)


def _one_a_claim() -> sa.Column[int]:
    return sa.Column("claim", sa.Integer, sa.ForeignKey("claims.number", ondelete="CASCADE"), primary_key=True)
