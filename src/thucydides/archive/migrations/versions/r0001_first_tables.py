"""The first tables: reports, claims and what they are found by, passages, what was set aside."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes all tables, and on SQLite the full-text indexes with the triggers that keep them in step."""
    op.create_table("meta", sa.Column("key", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False))
    op.create_table(
        "reports",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("source_id", sa.Text),
        sa.Column("source_folded", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("published", sa.Date),
        sa.Column("language", sa.Text),
        sa.Column("raw_hash", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("reading", sa.Text),
        sa.Column("sections", sa.Text, nullable=False),
        sa.Column("rest", sa.Text, nullable=False),
        sa.Column("kept", sa.Text, nullable=False),
    )
    op.create_index("reports_by_day", "reports", ["published"])
    op.create_index("reports_by_hash", "reports", ["raw_hash"])
    op.create_table(
        "claims",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.number", ondelete="CASCADE"), nullable=False),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("type", sa.Text),
        sa.Column("first_day", sa.Date),
        sa.Column("last_day", sa.Date),
        sa.Column("factuality", sa.Text, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("json", sa.Text, nullable=False),
        sa.Column("kept", sa.Text, nullable=False),
        sa.UniqueConstraint("id", "by", name="claims_by_id"),
    )
    op.create_index("claims_by_day", "claims", ["day", "number"])
    op.create_index("claims_by_report", "claims", ["report"])
    op.create_index("claims_by_type", "claims", ["kind", "type"])
    op.create_table(
        "claim_actors",
        _of_claim(),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("actor", sa.Text),
        sa.Column("kind", sa.Text),
    )
    op.create_index("claim_actors_by_claim", "claim_actors", ["claim"])
    op.create_index("claim_actors_by_actor", "claim_actors", ["actor"])
    op.create_table(
        "claim_places",
        _of_claim(),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("place", sa.Text),
        sa.Column("lat", sa.Float),
        sa.Column("lon", sa.Float),
        sa.Column("radius_km", sa.Float),
        sa.Column("country", sa.Text),
        sa.Column("admin1", sa.Text),
        sa.Column("precision", sa.Text, nullable=False),
    )
    op.create_index("claim_places_by_claim", "claim_places", ["claim"])
    op.create_index("claim_places_by_point", "claim_places", ["lat", "lon"])
    op.create_table(
        "claim_arms",
        _of_claim(),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("arm", sa.Text),
        sa.Column("kind", sa.Text),
    )
    op.create_index("claim_arms_by_claim", "claim_arms", ["claim"])
    op.create_table(
        "passages",
        sa.Column("number", sa.Integer, primary_key=True),
        _of_claim(),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_index("passages_by_claim", "passages", ["claim"])
    op.create_table(
        "aside",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("raw_hash", sa.Text, nullable=False),
        sa.Column("raw", sa.LargeBinary),
        sa.Column("since", sa.Text, nullable=False),
        sa.UniqueConstraint("name", "raw_hash", name="aside_by_name"),
    )
    if op.get_bind().dialect.name == "sqlite":
        _index_words()


def _of_claim() -> sa.Column[int]:
    return sa.Column("claim", sa.Integer, sa.ForeignKey("claims.number", ondelete="CASCADE"), nullable=False)


def _index_words() -> None:
    """Full-text indexes over what the parser reads, which is as long as the text and has no odd characters.

    They hold no text of their own but look it up: in a view for reports, in the table itself for passages. Only the passages that
    state a claim are indexed. An SQLite without full-text search does without.
    """
    built_with = {option for (option,) in op.get_bind().exec_driver_sql("PRAGMA compile_options")}
    if "ENABLE_FTS5" not in built_with:
        return
    words = "tokenize = 'unicode61 remove_diacritics 2'"
    for statement in (
        "CREATE VIEW report_reading AS SELECT number, coalesce(title, '') AS title, coalesce(reading, text) AS words FROM reports",
        f"CREATE VIRTUAL TABLE report_words USING fts5(title, words, content='report_reading', content_rowid='number', {words})",
        f"CREATE VIRTUAL TABLE passage_words USING fts5(words, content='passages', content_rowid='number', {words})",
        """CREATE TRIGGER report_indexed AFTER INSERT ON reports BEGIN
            INSERT INTO report_words (rowid, title, words) VALUES (new.number, coalesce(new.title, ''), coalesce(new.reading, new.text));
        END""",
        """CREATE TRIGGER report_unindexed AFTER DELETE ON reports BEGIN
            INSERT INTO report_words (report_words, rowid, title, words)
            VALUES ('delete', old.number, coalesce(old.title, ''), coalesce(old.reading, old.text));
        END""",
        """CREATE TRIGGER report_indexed_again AFTER UPDATE OF title, reading ON reports BEGIN
            INSERT INTO report_words (report_words, rowid, title, words)
            VALUES ('delete', old.number, coalesce(old.title, ''), coalesce(old.reading, old.text));
            INSERT INTO report_words (rowid, title, words) VALUES (new.number, coalesce(new.title, ''), coalesce(new.reading, new.text));
        END""",
        """CREATE TRIGGER passage_indexed AFTER INSERT ON passages WHEN new.field = 'claim' BEGIN
            INSERT INTO passage_words (rowid, words) VALUES (new.number, new.words);
        END""",
        """CREATE TRIGGER passage_unindexed AFTER DELETE ON passages WHEN old.field = 'claim' BEGIN
            INSERT INTO passage_words (passage_words, rowid, words) VALUES ('delete', old.number, old.words);
        END""",
    ):
        op.execute(statement)
