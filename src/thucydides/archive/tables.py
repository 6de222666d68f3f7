"""The tables of the archive, as the newest migration leaves them.

Migrations never import this module: it moves on, they must not. A test holds the two together.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import (
    BigInteger,
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
    PrimaryKeyConstraint,
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
        return None if value is None else undisguised(value)


def disguised(words: str) -> str:
    """A text without characters that databases refuse."""
    return _REFUSED.sub(lambda match: f"{MARK}{ord(match[0]):04x}", words)


def undisguised(words: str) -> str:
    """The text that :func:`disguised` was given."""
    return _MARKED.sub(lambda match: chr(int(match[1], 16)), words) if MARK in words else words


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

# ── incidents: what is computed from claims, and what people judged of them ──────────────────────
#
# Days are ordinals here (``date.toordinal``), 0 where none is known. Tables of keys are clustered by their keys and have no foreign key,
# because an index to follow one backwards would be as large as they are: what stands under keys remembers them, packed, and takes them
# with it when it goes.


def _of_report(**more: Any) -> Column[int]:
    return Column("report", Integer, ForeignKey("reports.number", ondelete="CASCADE"), nullable=False, **more)


def _one_a_claim() -> Column[int]:
    return Column("claim", Integer, ForeignKey("claims.number", ondelete="CASCADE"), primary_key=True)


sketches = Table(
    "sketches",
    metadata,
    _of_report(primary_key=True),
    Column("packed", LargeBinary, nullable=False),
    Column("under", LargeBinary, nullable=False),
)

sketch_keys = Table(
    "sketch_keys",
    metadata,
    Column("key", BigInteger, nullable=False),
    Column("day", Integer, nullable=False),  # of publication
    Column("report", Integer, nullable=False),
    PrimaryKeyConstraint("key", "day", "report"),
    sqlite_with_rowid=False,
)

BOUNDS = ("first_day", "last_day", "south", "north", "west", "east", "sure")
"""The columns that hold the :class:`~thucydides.incidents.bounds.Bounds` of an account."""

accounts = Table(
    "accounts",
    metadata,
    _one_a_claim(),
    Column("id", Words, nullable=False),  # of the claim; of its versions only the current one has an account
    _of_report(),
    Column("day", Integer, nullable=False),
    Column("told", Text, nullable=False),
    Column("telling", LargeBinary, nullable=False),
    Column("under", LargeBinary, nullable=False),
    Column("leader", Integer),  # the claim it leans on
    Column("score", Float, nullable=False),
    *(Column(name, Float) for name in BOUNDS[:-1]),  # accounts from before revision 0003 have none
    Column(BOUNDS[-1], Integer),
    UniqueConstraint("id", name="accounts_by_id"),
    Index("accounts_by_report", "report", *BOUNDS),  # with all that tells whether an account is to be read
    Index("accounts_by_leader", "leader"),
)

account_keys = Table(
    "account_keys",
    metadata,
    Column("key", BigInteger, nullable=False),
    Column("day", Integer, nullable=False),
    Column("claim", Integer, nullable=False),
    PrimaryKeyConstraint("key", "day", "claim"),
    sqlite_with_rowid=False,
)

unweighed = Table(
    "unweighed",  # current event claims without an account, and claims with one that are current no longer
    metadata,
    _one_a_claim(),
)

fingerprints = Table(
    "fingerprints",
    metadata,
    _of_report(primary_key=True),
    Column("packed", LargeBinary, nullable=False),
    Column("under", LargeBinary, nullable=False),
)

fingerprint_keys = Table(
    "fingerprint_keys",
    metadata,
    Column("key", BigInteger, nullable=False),
    Column("report", Integer, nullable=False),
    PrimaryKeyConstraint("key", "report"),
    sqlite_with_rowid=False,
)

origins = Table(
    "origins",
    metadata,
    _of_report(primary_key=True),
    Column("origin", Words, nullable=False),
    Index("origins_by_origin", "origin"),
)

judgements = Table(
    "judgements",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("one", Words, nullable=False),  # claim ids, the smaller first
    Column("other", Words, nullable=False),
    Column("at", Text, nullable=False),  # when it was judged, else kept, UTC
    Column("withdrawn", Boolean, nullable=False),
    Column("json", Words, nullable=False),
    Index("judgements_by_pair", "one", "other"),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("earliest", Words, nullable=False),  # the id of the claim that it has its own id from
    Column("day", Text, nullable=False),  # first day, else last, else first reported, else empty: the order of pages
    Column("type", Words),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("grade", Text, nullable=False),
    Column("credibility", Integer, nullable=False),
    Column("witnesses", Integer, nullable=False),
    Column("disputed", Boolean, nullable=False),
    Column("place", Words),
    Column("country", Text),
    Column("json", Words, nullable=False),
    Index("incidents_by_day", "day", "id"),
)

incident_claims = Table(
    "incident_claims",
    metadata,
    _one_a_claim(),
    Column("incident", Text, nullable=False),
    Index("incident_claims_by_incident", "incident"),
)

incident_redirects = Table(
    "incident_redirects",
    metadata,
    Column("id", Text, primary_key=True),
    Column("now", Text, nullable=False),
    Index("incident_redirects_by_now", "now"),
)

INDEXES = ("report_words", "passage_words")
"""The full-text indexes, which only SQLite has; they are virtual tables and no part of ``metadata``."""
