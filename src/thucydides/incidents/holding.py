"""Holding: of many testimonies the one event that we hold, and what they dispute. ``docs/incidents.md`` tells the rules with examples.

Each witness has one voice on every field, its latest. What most witnesses tell is held; who tells less than others is not counted
against them. Nothing is held that no claim says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from thucydides.actors import Actors
from thucydides.incidents.accounts import NEAR_KM, NOBODY, SURE, kindred
from thucydides.incidents.grading import Grades, Parties, Roll, facts_of
from thucydides.incidents.losses import ALL, losses_of
from thucydides.incidents.testimony import Testimony, by_support, latest, version
from thucydides.lexicon import fold
from thucydides.places.geometry import distance_km
from thucydides.record import Basis, Dispute, Event, Incident, Losses, Party, Toll, Use, When, Where

UNTOLD_DAY = "; no report tells the day, it is that of publication"
CARRIED_DAY = "; no sentence that states it tells the day, it stands elsewhere in a report"
Rules = dict[str, str]


def hold(id_: str, testimonies: Sequence[Testimony], roll: Roll, grades: Grades) -> Incident:
    """The incident that testimonies, the fullest first, make together. Testimonies that deny it count only as denials."""
    told = [t for t in testimonies if not t.denies] or list(testimonies)
    actors = roll.actors
    rules: Rules = {}
    type_, of_type = _type(told, rules)
    where, of_place = _where(told, rules)
    when, of_day = _when(told, rules)
    initiators, of_initiator = _initiators(told, actors, rules)
    targets = _targets(told, initiators, actors)
    parties = Parties.of(initiators, targets, testimonies, roll)
    losses, of_losses = losses_of(told, parties.has)
    denials = _denials(testimonies)
    disputed = [d for d in (denials, of_type, of_initiator, of_place, of_day, *of_losses) if d is not None]
    event = Event(
        type=type_, parties=(*initiators, *targets), where=where, when=when, arms=_arms(told),
        damage=tuple(dict.fromkeys(words for t in told for words in t.event.damage)),
        outcome=next((t.event.outcome for t in told if t.event.outcome), None),
        killed=_toll("killed", losses, told), wounded=_toll("wounded", losses, told), captured=_toll("captured", losses, told),
    )  # fmt: skip
    days = sorted(t.report.published for t in testimonies if t.report.published)
    return Incident(
        id=id_,
        event=event,
        claims=tuple(t.claim.id for t in testimonies),
        reports=tuple(dict.fromkeys(t.report.id for t in testimonies)),
        witnesses=tuple({t.witness.id: t.witness for t in testimonies}.values()),
        losses=tuple(losses),
        disputed=tuple(disputed),
        grade=grades.grade(facts_of(testimonies, initiators, targets, disputed, parties, roll)),
        rules={**rules, **{f"{one.status} ({one.whom})": one.rule for one in losses}},
        first_reported=days[0] if days else None,
        last_reported=days[-1] if days else None,
    )


# ── what kind of event ───────────────────────────────────────────────────────────────────────────


def _type(told: Sequence[Testimony], rules: Rules) -> tuple[str | None, Dispute | None]:
    said = latest(told, lambda t: t.event.type)
    votes = Counter(type_ for type_, _ in said.values())
    if not votes:
        return None, None
    most = max(votes.values())
    first = next(t.event.type for t in told if t.event.type and votes[t.event.type] == most)  # of equals the fullest account's
    rules["type"] = _share(votes[first or ""], len(said))
    unlike = [type_ for type_ in votes if type_ != first and type_ not in kindred().get(first or "", ())]
    return first, _dispute("type", told, lambda t: t.event.type, str) if unlike else None


# ── when ─────────────────────────────────────────────────────────────────────────────────────────


def _when(told: Sequence[Testimony], rules: Rules) -> tuple[When | None, Dispute | None]:
    """The day that most witnesses name; of equals the narrowest span. A day that is only the report's own counts where none is told."""
    sure = [t for t in told if t.event.when and t.event.when.basis in SURE and _span(t.event.when)]
    asked = sure or [t for t in told if t.event.when and _span(t.event.when)]
    if not asked:
        return None, None
    said = latest(asked, lambda t: t.event.when)
    spans = [span for w, _ in said.values() if (span := _span(w)) is not None]
    votes = {span: sum(_meet(span, other) for other in spans) for span in spans}
    best = min(votes, key=lambda span: (-votes[span], (span[1] - span[0]).days, span))
    chosen = next(w for w, _ in said.values() if _span(w) == best)
    guessed = "" if sure else UNTOLD_DAY if chosen.basis is Basis.PUBLISHED else CARRIED_DAY
    rules["date"] = _share(votes[best], len(said)) + guessed
    apart = [span for span in votes if not _meet(span, best)]
    return chosen, _dispute("date", sure, lambda t: t.event.when and _span(t.event.when), _days_words) if apart and sure else None


def _span(when: When) -> tuple[date, date] | None:
    first, last = when.start or when.end, when.end or when.start
    return (first, last) if first and last else None


def _meet(one: tuple[date, date] | None, other: tuple[date, date] | None) -> bool:
    return one is not None and other is not None and one[0] <= other[1] and other[0] <= one[1]


def _days_words(span: tuple[date, date]) -> str:
    return span[0].isoformat() if span[0] == span[1] else f"{span[0].isoformat()} to {span[1].isoformat()}"


# ── where ────────────────────────────────────────────────────────────────────────────────────────


def _where(told: Sequence[Testimony], rules: Rules) -> tuple[tuple[Where, ...], Dispute | None]:
    """The narrowest place that agrees with most witnesses. Its radius reaches the other points that are meant by it."""
    said = latest([t for t in told if t.event.where], lambda t: t.event.where)
    located = {id_: [w for w in places if w.lat is not None] for id_, (places, _) in said.items()}
    located = {id_: places for id_, places in located.items() if places}
    if not located:
        first = next((t.event.where for t in told if t.event.where), ())
        if first:
            rules["place"] = "as the fullest account names it; no gazetteer knows it"
        return first, None
    candidates = [w for places in located.values() for w in places]
    votes = {id(w): sum(any(_meets(w, other) for other in places) for places in located.values()) for w in candidates}
    chosen = min(candidates, key=lambda w: (-votes[id(w)], w.radius_km or 0.0))
    rules["place"] = _share(votes[id(chosen)], len(located)) + ", the narrowest that is named"
    own = next(t.event.where for t in told if any(w is chosen for w in t.event.where))
    meeting = [w for w in candidates if _meets(chosen, w) and (w.radius_km or 0.0) <= NEAR_KM]
    reach = max([chosen.radius_km or 0.0, *(_apart_km(chosen, w) for w in meeting)])
    held = tuple(replace(w, radius_km=round(reach, 1)) if w is chosen else w for w in own)
    elsewhere = [places for places in located.values() if not any(_meets(chosen, w) for w in places)]
    named: Callable[[Testimony], str | None] = lambda t: t.event.where[0].relation or t.event.where[0].name if t.event.where else None  # noqa: E731
    return held, _dispute("place", [t for t in told if t.event.where], named, str) if elsewhere else None


def _meets(one: Where, other: Where) -> bool:
    return _apart_km(one, other) <= (one.radius_km or 0.0) + (other.radius_km or 0.0)


def _apart_km(one: Where, other: Where) -> float:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return float("inf")
    return distance_km((one.lat, one.lon), (other.lat, other.lon))


# ── who ──────────────────────────────────────────────────────────────────────────────────────────


def _initiators(told: Sequence[Testimony], actors: Actors, rules: Rules) -> tuple[tuple[Party, ...], Dispute | None]:
    """Who is said to have done it. Versions that share nobody are rivals: the one of most witnesses is held, of equals none."""
    said = latest(told, lambda t: tuple(p for p in t.event.parties if p.role == "initiator" and p.kind not in NOBODY) or None)
    vague = next((tuple(p for p in t.event.parties if p.role == "initiator") for t in told if t.event.parties), ())
    if not said:
        return vague, None
    versions: list[tuple[set[str], list[tuple[tuple[Party, ...], Testimony]]]] = []
    for parties, t in said.values():
        who = {one for party in parties for one in _belonging(party, actors)}
        meeting = [v for v in versions if v[0] & who]
        for v in meeting:
            versions.remove(v)
        versions.append((who.union(*(v[0] for v in meeting)), [*(one for v in meeting for one in v[1]), (parties, t)]))
    versions.sort(key=lambda v: -len(v[1]))
    rivals = len(versions) > 1
    tied = rivals and len(versions[0][1]) == len(versions[1][1])
    none = f"{len(versions)} versions, the first two of as many witnesses: none is held"
    rules["initiators"] = none if tied else _share(len(versions[0][1]), len(said))
    held: tuple[Party, ...] = () if tied else _merged((p for parties, _ in versions[0][1] for p in parties), actors)
    if not rivals:
        return held, None
    of = [version(", ".join(dict.fromkeys(p.name for parties, _ in one for p in parties)), [t for _, t in one]) for _, one in versions]
    return held, Dispute(field="initiators", versions=by_support(of))


def _targets(told: Sequence[Testimony], initiators: Sequence[Party], actors: Actors) -> tuple[Party, ...]:
    """Everybody and everything that any account names as hit, each once."""
    doers = {party.actor for party in initiators if party.actor}
    named = (p for t in told for p in t.event.parties if p.role == "target" and (p.actor is None or p.actor not in doers))
    return _merged(named, actors)


def _merged(parties: Iterable[Party], actors: Actors) -> tuple[Party, ...]:
    """Parties without those that say the same: of one actor, of an actor that another belongs to, or by the same words."""
    kept: list[Party] = []
    for party in parties:
        if party.actor is None:
            if all(fold(party.name) != fold(other.name) for other in kept):
                kept.append(party)
            continue
        line = set(actors.lineage(party.actor))
        if any(other.actor in line and other.actor == party.actor for other in kept):
            continue
        if any(other.actor and party.actor in actors.lineage(other.actor) for other in kept):
            continue  # a wider word for somebody who is named already
        kept = [other for other in kept if not (other.actor and other.actor in line)]
        kept.append(party)
    return tuple(_called(party, actors) for party in kept)


def _called(party: Party, actors: Actors) -> Party:
    """A party that was told by an adjective alone by its name: "Russian" is Russia."""
    actor = actors.by_id.get(party.actor or "")
    return replace(party, name=actor.name) if actor is not None and actor.id in actors.demonyms.get(party.name) else party


def _belonging(party: Party, actors: Actors) -> Iterator[str]:
    yield from actors.lineage(party.actor) if party.actor else (fold(party.name),)


# ── the rest ─────────────────────────────────────────────────────────────────────────────────────


def _arms(told: Sequence[Testimony]) -> tuple[Use, ...]:
    found: dict[str, Use] = {}
    for t in told:
        for use in t.event.arms:
            found.setdefault(use.arm or fold(use.name), use)
    return tuple(found.values())


def _toll(status: str, losses: Sequence[Losses], told: Sequence[Testimony]) -> Toll | None:
    """The toll that is held of a status: of all where anybody tells it, else of the groups together."""
    of = [one for one in losses if one.status == status]
    if not of:
        return None
    whole = [one for one in of if one.whom == ALL] or of
    words = next(toll.words for t in told for toll in [getattr(t.event, status)] if toll is not None)
    who = whole[0].whom if len(whole) == 1 and whole[0].whom != ALL else None
    return Toll(low=sum(o.low for o in whole), best=sum(o.best for o in whole), high=sum(o.high for o in whole), who=who, words=words)


def _denials(testimonies: Sequence[Testimony]) -> Dispute | None:
    denied = [t for t in testimonies if t.denies]
    told = [t for t in testimonies if not t.denies]
    if not denied or not told:
        return None
    return Dispute(field="happened", versions=by_support((version("it happened", told), version("denied", denied))))


def _dispute(field: str, told: Sequence[Testimony], answer: Callable[[Testimony], Hashable], words: Callable[..., str]) -> Dispute | None:
    """Every version of a field, by what each witness said last."""
    by_answer: dict[Hashable, list[Testimony]] = {}
    for said, t in latest(told, answer).values():
        by_answer.setdefault(said, []).append(t)
    if len(by_answer) < 2:
        return None
    return Dispute(field=field, versions=by_support(version(words(said), of) for said, of in by_answer.items()))


def _share(many: int, of: int) -> str:
    return "told so by the one witness that tells it" if of == 1 else f"told so by {many} of {of} witnesses that tell it"
