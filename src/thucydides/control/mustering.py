"""Which unit is meant: mentions of units in claims, brought together where they are of one unit and kept apart where they are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from thucydides.control.armies import PEACEFUL, Armies
from thucydides.control.echelons import echelons
from thucydides.control.losses import loser
from thucydides.control.meaning import Meaning, Meant
from thucydides.control.unit_names import UnitName
from thucydides.record import Arming, Claim, Event, Factuality, Party, Plan, Report, Use, When, Where

UNTOLD = frozenset((Factuality.DENIED, Factuality.PLANNED, Factuality.CONDITIONAL))
"""What is denied, planned or conditional says nothing of who fought."""

_HAS = {"has": "has", "operates": "operates", "receives": "was supplied"}
_KNOWN_ALONE = 7  # rank from which a number alone tells a unit within its army: every brigade has a 1st Battalion


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A unit in one claim."""

    claim: str
    first: date | None
    last: date | None
    owner: str | None  # actor id of what it is told, or coded, to belong to
    by: str  # told, coded: how the owner is known
    name: UnitName | None = None
    actor: str | None = None  # roster id
    country: str | None = None  # the one country of the claim's places
    places: tuple[str, ...] = ()
    against: tuple[tuple[str, str], ...] = ()  # ids of opponents, or nothing, and words
    arms: tuple[tuple[str | None, str], ...] = ()
    office: str = ""
    note: str = ""


class Muster:
    """All mentions of units in claims."""

    def __init__(self, told: Iterable[tuple[Claim, Report]], armies: Armies, on: date | None = None) -> None:
        self.armies = armies
        self.mentions: list[Mention] = []
        self.meaning = Meaning(armies)
        for claim, report in told:
            if claim.factuality not in UNTOLD and not isinstance(claim.says, Plan):
                self._take(claim, report, on)
        self.parents: dict[str, tuple[str | None, str]] = {}

    # ── mentions ─────────────────────────────────────────────────────────────────────────────────

    def _take(self, claim: Claim, report: Report, on: date | None) -> None:
        says = claim.says
        assert not isinstance(says, Plan)
        first, last = days_of(says.when, report)
        if on is not None and (first is None or first > on):
            return
        base = Mention(
            claim=claim.id, first=first, last=last, owner=None, by="", country=_country(says.where),
            places=tuple(place_told(where) for where in says.where),
        )  # fmt: skip
        sides = [(party, self._meant(party, claim, report, base)) for party in says.parties]
        for party, mentions in sides:
            against = self._against(party, sides) if isinstance(says, Event) and says.type not in PEACEFUL else ()
            arms = _arms(says, party, claim) if isinstance(says, Arming) else ()
            self.mentions += [replace(m, against=against, arms=arms) for m in mentions]
        self.mentions += self._heard(claim, report, base)

    def _meant(self, party: Party, claim: Claim, report: Report, base: Mention) -> list[Mention]:
        return [_mention(meant, base) for meant in self.meaning.of_party(party, claim, report)]

    def _against(self, party: Party, sides: list[tuple[Party, list[Mention]]]) -> tuple[tuple[str, str], ...]:
        """Who stands on the other side of an event."""
        if party.role not in ("initiator", "target"):
            return ()
        other = "target" if party.role == "initiator" else "initiator"
        found: dict[tuple[str, str], None] = {}
        for opponent, mentions in sides:
            if opponent.role == other:
                for mention in mentions:
                    id_ = mention.actor or mention.owner or ""
                    if id_ and party.actor and self.armies.same_side(id_, party.actor):
                        continue
                    if id_ or mention.name:
                        found[mention.actor or "", mention.name.words if mention.name else ""] = None
        return tuple(found)

    def _heard(self, claim: Claim, report: Report, base: Mention) -> list[Mention]:
        """Units whose office-holders speak. It says that the office is held, not where anybody is."""
        found = []
        for speaker in claim.said_by:
            for name in self.armies.read(speaker):
                if name.office:
                    found.append(replace(_mention(self.meaning.of_unit(name, None, claim, report), base), places=()))
        return found

    # ── units ────────────────────────────────────────────────────────────────────────────────────

    def units(self) -> dict[str, list[Mention]]:
        """The mentions by unit; ``parents`` then holds what each belongs to and how that is known."""
        found: dict[str, list[Mention]] = {}
        groups: dict[tuple[str, tuple[str, str]], list[Mention]] = {}
        for mention in sorted(self.mentions, key=_fullest):
            entry = self._entry(mention)
            if entry is not None:
                found.setdefault(entry, []).append(mention)
            elif mention.name is not None:
                groups.setdefault((self._army(mention), mention.name.key), []).append(mention)
        for (army, key), mentions in groups.items():
            for variant, of_one in self._parted(mentions).items():
                found["/".join((army, *variant, *key)).replace(" ", "-")] = of_one
        # A unit that is only told of as being above another stands in the tree as well.
        for mention in [mention for _, mentions in sorted(found.items()) for mention in mentions]:
            above = self._above(mention)
            while above is not None:
                found.setdefault(self._id_above(above, found), []).append(above)
                above = self._above(above)
        self.parents = {id_: self._parent(mentions, id_, found) for id_, mentions in found.items()}
        return found

    def _entry(self, mention: Mention) -> str | None:
        """The roster's entry of a mention."""
        if mention.name is None or mention.actor is not None:
            return mention.actor
        if mention.owner is None:
            return None
        year = mention.first.year if mention.first else None
        entry = self.armies.entry(mention.name, mention.owner, year)
        if entry is None:
            return None
        above = self.armies.entry(mention.name.above, mention.owner, year) if mention.name.above else None
        if mention.name.above is not None and (above is None or above.id not in self.armies.actors.lineage(entry.id)):
            return None
        return entry.id

    def _army(self, mention: Mention) -> str:
        return self.armies.top(mention.owner) if mention.owner else f"?{mention.country or ''}"

    def _parted(self, mentions: list[Mention]) -> Mapping[tuple[str, ...], list[Mention]]:
        """Mentions of one number in one army by the unit they are of: by troops and by what is above it.

        Who tells less joins the only unit that fits; where several would, he stays apart. A battalion's number alone says too little.
        """
        full = sorted({_variant(m) for m in mentions}, key=lambda v: (-sum(map(bool, v)), v))
        leaders: list[tuple[str, str]] = []
        joins: dict[tuple[str, str], tuple[str, str]] = {}
        for variant in full:
            fits = [one for one in leaders if all(not b or a == b for a, b in zip(one, variant, strict=True))]
            small = echelons()[mentions[0].name.echelon].rank < _KNOWN_ALONE if mentions[0].name else False
            if len(fits) == 1 and not (small and not variant[1] and fits[0][1]):
                joins[variant] = fits[0]
            else:
                leaders.append(variant)
                joins[variant] = variant
        found: dict[tuple[str, ...], list[Mention]] = {}
        for mention in mentions:
            found.setdefault(tuple(filter(None, joins[_variant(mention)])), []).append(mention)
        return found

    def _above(self, mention: Mention) -> Mention | None:
        """The unit above a mention's, as a mention of its own: the claim says that it is there, not where or against whom."""
        if mention.name is None or mention.name.above is None or mention.actor is not None:
            return None
        return replace(mention, name=mention.name.above, actor=None, places=(), against=(), arms=(), office="")

    def _id_above(self, above: Mention, found: Mapping[str, list[Mention]]) -> str:
        entry = self._entry(above)
        if entry is not None:
            return entry
        assert above.name is not None
        key = "/".join(above.name.key).replace(" ", "-")
        army = self._army(above)
        known = sorted(id_ for id_ in found if id_.startswith(f"{army}/") and id_.endswith(f"/{key}"))
        return known[0] if len(known) == 1 else f"{army}/{key}"

    def _parent(self, mentions: list[Mention], id_: str, found: Mapping[str, list[Mention]]) -> tuple[str | None, str]:
        """What a unit belongs to: the roster's word for those it knows, else what is told, the nearest."""
        actor = self.armies.actors.by_id.get(id_)
        if actor is not None and actor.parent:
            return actor.parent, "roster"
        for mention in mentions:
            above = self._above(mention)
            if above is not None:
                return self._id_above(above, found), "told"
        owners = {(m.owner, m.by) for m in mentions if m.owner and m.owner != id_}
        if not owners:
            return None, ""
        return max(owners, key=lambda o: (o[1] == "told", len(self.armies.actors.lineage(str(o[0]))), str(o[0])))


def _fullest(mention: Mention) -> tuple[int, int, str, str]:
    """The mention that tells most of its unit first, whatever order the claims came in."""
    name = mention.name
    told = sum(map(bool, (name.branch, name.above, name.belongs, name.army))) if name else 0
    return -told, -len(name.words) if name else 0, name.words if name else "", mention.claim


def _variant(mention: Mention) -> tuple[str, str]:
    name = mention.name
    assert name is not None
    return name.branch or "", "-".join(name.above.key) if name.above else ""


def _mention(meant: Meant, base: Mention) -> Mention:
    """A mention of who is meant. Where the holder of an office is, is no place of the unit."""
    office = (meant.name.office or "") if meant.name else ""
    return replace(
        base, name=meant.name, actor=meant.actor, owner=meant.owner, by=meant.by, note=meant.note, office=office,
        places=() if office else base.places,
    )  # fmt: skip


def _country(where: tuple[Where, ...]) -> str | None:
    countries = {w.country for w in where if w.country}
    return countries.pop() if len(countries) == 1 else None


def place_told(where: Where) -> str:
    """A place in the report's own words, never finer: no point, no radius."""
    words = f"{where.name} ({where.relation})" if where.relation and where.relation != where.name else where.name
    return " ".join(words.split())


def days_of(when: When | None, report: Report) -> tuple[date | None, date | None]:
    """The days a claim is about; where they are open the day of the report."""
    if when is None or (when.start is None and when.end is None):
        return report.published, report.published
    return when.start or when.end, when.end or report.published or when.start


def _arms(says: Arming, party: Party, claim: Claim) -> tuple[tuple[str | None, str], ...]:
    """The arms that a party of a statement has, as lines: "has S-75"."""
    if says.way == "lost":
        words = next((p.words for p in claim.evidence if p.field == "claim"), "")
        told = loser(words, says.parties)
        way = "lost" if party is told or (told is None and party.role == "initiator") else ""
    elif party.role == "initiator" and says.way in _HAS:
        way = _HAS[says.way]
    elif party.role == "initiator" and says.way == "supplies":
        way = "supplied"
    elif party.role == "target" and says.way in ("supplies", "receives"):
        way = "was supplied"
    else:
        way = ""
    return tuple((use.arm, f"{way} {use.name}") for use in apart(says.arms, claim)) if way else ()


def apart(uses: Sequence[Use], claim: Claim) -> Iterator[Use]:
    """Arms without general words that only go on with the name before them: of "S-75 air defence system" the S-75."""
    places = {p.words.lower(): p for p in claim.evidence if p.field == "weapons"}
    ends: list[int] = []
    for use in uses:
        passage = places.get(use.name.lower())
        if passage is None or all(not 0 <= passage.start - end <= 1 for end in ends):
            yield use
        if passage is not None:
            ends.append(passage.end)
