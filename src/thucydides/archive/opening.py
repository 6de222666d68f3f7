"""How an archive is opened: the engine, its settings for SQLite, migrations, and what database errors mean to the user."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from thucydides.errors import ArchiveError, NewerArchive

PROGRAM = version("thucydides")
"""The version of the program that keeps archives here."""

REVISIONS = ("0001", "0002", "0003")
"""The migrations in order. An archive at the last one is opened without loading alembic; a test holds them to the scripts."""

WAIT_SECONDS = 30.0
"""How long to wait for others who write to an archive: longer than a large turn at weighing takes."""

_REMEDIES = (
    # part of what the database says in lower case, and what to do about it
    ("database is locked", "Another program is writing to it: wait until it is done, then try again."),
    ("database table is locked", "Another program is writing to it: wait until it is done, then try again."),
    ("not a database", "Choose another file: this one belongs to another program or is damaged."),
    ("malformed", "The file is damaged: restore it from a copy, or recover what can be read with the sqlite3 tool's .recover."),
    ("unable to open", "See that the folder exists and that you may write to it, or choose another file."),
    ("readonly", "You may not write there: change the permissions or choose another file."),
    ("disk is full", "Make room on the disk, then try again. What was kept before is safe."),
    ("disk i/o error", "The disk cannot be read or written: see that it has room and is no network folder."),
    ("password authentication", "Check the user and password in the address."),
    ("does not exist", "Make the database first, or check its name in the address."),
    ("connection", "See that the server runs and that the address is right."),
)
_OTHERS = "The database could not do what was asked; what was kept before is safe."


def address_of(url_or_path: str | Path) -> URL:
    """The URL of an archive given as one or as a file's path."""
    if isinstance(url_or_path, str) and "://" in url_or_path:
        try:
            return make_url(url_or_path)
        except ArgumentError as error:
            raise ArchiveError(
                f"{url_or_path!r} is no address of a database", remedy="Give a file, or dialect://user@host/name."
            ) from error
    return URL.create("sqlite", database=str(Path(url_or_path).expanduser().absolute()))


def engine_for(address: URL, *, wait_seconds: float = WAIT_SECONDS) -> Engine:
    """An engine for an address; the folder of an SQLite file is made, nothing is opened yet."""
    try:
        if address.get_backend_name() != "sqlite":
            return create_engine(address, pool_pre_ping=True)
        if in_memory(address):
            engine = create_engine(address, poolclass=StaticPool, connect_args={"check_same_thread": False})
        else:
            _make_folder(Path(address.database or ""))
            engine = create_engine(address, connect_args={"timeout": wait_seconds})
    except (NoSuchModuleError, ImportError) as error:
        what = f"the driver for {address.drivername!r} is not installed ({error})"
        raise ArchiveError(what, remedy="Install it beside Thucydides, or use a file.") from error
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


def in_memory(address: URL) -> bool:
    """Whether an address is of a database that is gone with its only connection."""
    return address.get_backend_name() == "sqlite" and address.database in (None, "", ":memory:")


def _make_folder(file: Path) -> None:
    if file.is_dir():
        raise ArchiveError(f"{file} is a folder", remedy="Give the name of a file in it.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(f"the folder of {file} cannot be made ({error.strerror})", remedy="Choose another file.") from error


def _settle(dbapi_connection: Any, _: Any) -> None:
    """Settings of a new SQLite connection. :func:`_begin` begins transactions, not the driver, so that they hold for tables too."""
    dbapi_connection.isolation_level = None
    for setting in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        dbapi_connection.execute(f"PRAGMA {setting}")


def _begin(connection: Connection) -> None:
    """Begins a transaction; one that will write takes its turn at once instead of failing half way."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def migrate(engine: Engine) -> None:
    """Brings an archive to the newest revision in one transaction. One of another program or a newer version is refused."""
    with engine.connect() as connection:
        if _revision(connection) == REVISIONS[-1]:
            return
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        # Somebody else may have been faster.
        if _revision(connection) != REVISIONS[-1]:
            _upgrade(connection)


def _revision(connection: Connection) -> str | None:
    """The revision of the archive, ``None`` for an empty database."""
    shown = connection.engine.url.render_as_string(hide_password=True)
    known = inspect(connection)
    if not known.has_table("alembic_version"):
        if known.get_table_names():
            raise ArchiveError(f"{shown} is a database of another program", remedy="Choose another file or database.")
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    if not found:
        return None
    if not known.has_table("meta") or not known.has_table("reports"):
        raise ArchiveError(f"{shown} is a database of another program", remedy="Choose another file or database.")
    revision = str(found[0])
    if len(found) > 1 or revision not in REVISIONS:
        by = connection.execute(text("SELECT value FROM meta WHERE key = 'program'")).scalar()
        revisions = f"revision {', '.join(map(str, found))}; this one is {PROGRAM} and knows {REVISIONS[-1]}"
        what = f"{shown} was written by a newer version of Thucydides{f', {by}' if by else ''} ({revisions})"
        remedy = f"Update Thucydides{f' to {by} or later' if by else ''}, or choose another archive."
        raise NewerArchive(what, remedy=remedy, written_by=by)
    return revision


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    made = text("SELECT count(*) FROM meta WHERE key = 'made'")
    if not connection.execute(made).scalar_one():
        now = datetime.now(UTC).isoformat(timespec="seconds")
        connection.execute(text("INSERT INTO meta (key, value) VALUES ('made', :now)").bindparams(now=now))
    # Whoever finds the archive too new for him is told which version made it so.
    connection.execute(text("DELETE FROM meta WHERE key = 'program'"))
    connection.execute(text("INSERT INTO meta (key, value) VALUES ('program', :version)").bindparams(version=PROGRAM))


@contextmanager
def plainly(engine: Engine) -> Iterator[None]:
    """Turns what a database says when it cannot go on into an :class:`ArchiveError` with what to do."""
    try:
        yield
    except SQLAlchemyError as error:
        said = str(error.orig if isinstance(error, DBAPIError) else error).strip()
        shown = engine.url.render_as_string(hide_password=True)
        remedy = next((remedy for part, remedy in _REMEDIES if part in said.lower()), _OTHERS)
        raise ArchiveError(f"the archive {shown} cannot be used: {said.splitlines()[0] if said else error!r}", remedy=remedy) from error
