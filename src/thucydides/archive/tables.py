"""The tables of the archive, as the newest migration leaves them.

Migrations never import this module: it moves on, they must not. A test holds the two together.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

MARK = "\ufdd0"
"""A code point that no text may hold; it announces four hexadecimal digits of a character that databases refuse."""

_REFUSED = re.compile("[\0\ud800-\udfff\ufdd0]")
_MARKED = re.compile(f"{MARK}([0-9a-f]{{4}})")


class Words(TypeDecorator[str]):
    """Text of any sort. NUL and half characters, which databases cannot hold, are kept in disguise."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """What the database holds for a text."""
        return value if value is None else disguised(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """The text that the database holds."""
        if value is None or MARK not in value:
            return None if value is None else str(value)
        return _MARKED.sub(lambda match: chr(int(match[1], 16)), value)


def disguised(words: str) -> str:
    """A text without characters that databases refuse."""
    return _REFUSED.sub(lambda match: f"{MARK}{ord(match[0]):04x}", words)


metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("source", Words, nullable=False),
    Column("source_id", Words),
    Column("source_folded", Words, nullable=False),  # " south front "
    Column("title", Words),
    Column("url", Words),
    Column("published", Date),
    Column("language", Text),
    Column("raw_hash", Text, nullable=False),
    Column("text", Words, nullable=False),
    Column("reading", Words),  # empty where it equals the text
    Column("sections", Words, nullable=False),
    Column("rest", Words, nullable=False),  # everything else of the report, as JSON
    Column("kept", Text, nullable=False),  # when, UTC
    Index("reports_by_day", "published"),
    Index("reports_by_hash", "raw_hash"),
)

claims = Table(
    "claims",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("report", Integer, ForeignKey("reports.number", ondelete="CASCADE"), nullable=False),
    Column("current", Boolean, nullable=False),  # found by the newest coding of the report
    Column("day", Text, nullable=False),  # first day, else last, else of publication, else empty: the order of pages
    Column("kind", Text, nullable=False),
    Column("type", Words),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("factuality", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("json", Words, nullable=False),
    Column("kept", Text, nullable=False),
    UniqueConstraint("id", "by", name="claims_by_id"),
    Index("claims_by_day", "day", "number"),
    Index("claims_by_report", "report"),
    Index("claims_by_type", "kind", "type"),
)


def _of_claim() -> Column[int]:
    return Column("claim", Integer, ForeignKey("claims.number", ondelete="CASCADE"), nullable=False)


claim_actors = Table(
    "claim_actors",
    metadata,
    _of_claim(),
    Column("role", Text, nullable=False),
    Column("name", Words, nullable=False),
    Column("folded", Words, nullable=False),  # all its names: " tiger forces | qawat al nimr "
    Column("actor", Words),
    Column("kind", Text),
    Index("claim_actors_by_claim", "claim"),
    Index("claim_actors_by_actor", "actor"),
)

claim_places = Table(
    "claim_places",
    metadata,
    _of_claim(),
    Column("name", Words, nullable=False),
    Column("folded", Words, nullable=False),
    Column("place", Words),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float),
    Column("country", Text),
    Column("admin1", Words),
    Column("precision", Text, nullable=False),
    Index("claim_places_by_claim", "claim"),
    Index("claim_places_by_point", "lat", "lon"),
)

claim_arms = Table(
    "claim_arms",
    metadata,
    _of_claim(),
    Column("name", Words, nullable=False),
    Column("folded", Words, nullable=False),
    Column("arm", Words),
    Column("kind", Text),
    Index("claim_arms_by_claim", "claim"),
)

passages = Table(
    "passages",
    metadata,
    Column("number", Integer, primary_key=True),
    _of_claim(),
    Column("field", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("words", Words, nullable=False),
    Index("passages_by_claim", "claim"),
)

aside = Table(
    "aside",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("raw_hash", Text, nullable=False),  # empty where no bytes were kept
    Column("raw", LargeBinary),
    Column("since", Text, nullable=False),
    UniqueConstraint("name", "raw_hash", name="aside_by_name"),
)

INDEXES = ("report_words", "passage_words")
"""The full-text indexes, which only SQLite has; they are virtual tables and no part of ``metadata``."""
