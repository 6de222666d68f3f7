"""Letting go what was computed from a report: when it is forgotten, or told otherwise than before."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from thucydides.archive import copies_kept, judgements_kept
from thucydides.archive.tables import (
    account_keys,
    accounts,
    claims,
    fingerprint_keys,
    fingerprints,
    incident_claims,
    incident_redirects,
    incidents,
    origins,
    sketch_keys,
    sketches,
)
from thucydides.archive.unshelving import parts, requeue_all, stamp, stand_of, take_off


def weigh_anew(connection: Connection, report: int) -> None:
    """Takes the accounts of a report's current claims off the shelf, and all that stand or are of one incident with them.

    They are to be weighed anew. Accounts of claims that are current no longer stay, to be let go in the next turn.
    """
    its_claims = select(accounts.c.claim).select_from(accounts.join(claims)).where(accounts.c.report == report, claims.c.current.is_(True))
    numbers = dict.fromkeys(connection.scalars(its_claims))
    its_incidents = select(incident_claims.c.incident).where(incident_claims.c.claim.in_(its_claims))
    beside = select(incident_claims.c.claim).where(incident_claims.c.incident.in_(its_incidents))
    numbers.update(dict.fromkeys(connection.scalars(beside)))
    for many in parts(stand_of(connection, numbers) if numbers else ()):
        current = select(claims.c.number).where(claims.c.number.in_(many), claims.c.current.is_(True))
        take_off(connection, list(connection.scalars(current)))
    stamp(connection)


def let_go(connection: Connection, report: int) -> None:
    """Lets everything go that was computed from a report or judged of its claims.

    Incidents that it had a part in are shown again when what is left of them was weighed anew.
    """
    weigh_anew(connection, report)
    take_off(connection, list(connection.scalars(select(accounts.c.claim).where(accounts.c.report == report))))
    copies_kept.let_go(connection, report)
    rows = connection.execute(select(claims.c.number, claims.c.id).where(claims.c.report == report)).all()
    judgements_kept.forget(connection, [row.id for row in rows])
    for many in parts([row.number for row in rows]):
        touched = list(connection.scalars(select(incident_claims.c.incident).where(incident_claims.c.claim.in_(many)).distinct()))
        connection.execute(delete(incident_claims).where(incident_claims.c.claim.in_(many)))
        connection.execute(delete(incidents).where(incidents.c.id.in_(touched)))
        left = set(connection.scalars(select(incident_claims.c.incident).where(incident_claims.c.incident.in_(touched))))
        connection.execute(delete(incident_redirects).where(incident_redirects.c.now.in_(set(touched) - left)))


def let_all_go(connection: Connection) -> None:
    """Lets all accounts, fingerprints, origins and incidents go. Judgements stay, and ids that led on still do."""
    for table in (accounts, account_keys, sketches, sketch_keys, fingerprints, fingerprint_keys, origins, incidents):
        connection.execute(delete(table))
    stamp(connection)
    requeue_all(connection)
