"""Who is a witness: the body that a claim comes from in the end, which side it stands on, and how many witnesses are independent.

Copies of a report and reports that credit one outlet are one voice; so is one body quoted by many. The organs of a state or party, such as
its ministry, its spokesman and its news agency, are one voice as well, for none of them would say what the others deny.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from thucydides.actors import Actors, Camps, identify
from thucydides.errors import BadRoster
from thucydides.incidents.phrasing import wordlist
from thucydides.lexicon import Phrases, Row, Word, fold, read_table, words_of
from thucydides.places.tables import countries
from thucydides.record import Actor, Claim, Plan, Report, Source, Witness
from thucydides.reports.outlets import Outlets, shipped

SPEAKS_FOR_ITSELF = frozenset(("monitor", "peacekeeper"))  # actors of no side
UNNAMED = frozenset(("generic", "label", "crowd", "civilian"))
WATCHERS = frozenset(("monitor", "research", "official"))
ORGANS = frozenset(("state", "party", "official"))  # kinds of outlet that speak for those they stand with
RIVALS_WEIGH = 1.0  # rival sides that agree count for so many witnesses more

MOST_WORDS_BACK = 4  # longer words name somebody else
_LOST_APOSTROPHE = re.compile(r"\b([A-Z]{3,})s\b")  # "SANAs correspondent"
_HOLDS = wordlist("witnesses", "holds")
_PARTICLES = wordlist("witnesses", "particles")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Independent witnesses of one thing."""

    independent: int
    sides: tuple[str, ...]  # camps, or actors where no camp is known, that any of them stands with
    rivals: tuple[tuple[str, str], ...]  # sides at war with each other that agree
    weight: float
    how: tuple[str, ...]  # how they were counted, in words

    @property
    def agreements(self) -> tuple[str, ...]:
        """Which rivals agree, in words."""
        return tuple(f"rival sides agree: {one} and {other}" for one, other in self.rivals)

    @property
    def reasons(self) -> tuple[str, ...]:
        """How they were counted, and which rivals agree."""
        return (*self.how, *self.agreements)


def witness_of(
    claim: Claim, report: Report, origin: str | None = None, actors: Actors | None = None, outlets: Outlets | None = None
) -> Witness:
    """The witness of a claim: the first of its chain of speakers, the nearest to what is told, that a roster knows.

    Else it is the origin of its report: ``origin`` is the outlet that the report's words come from, without one its publisher.
    Witnesses, residents, doctors, "local sources" and "officials" of no named country are unnamed: their words are worth what the report
    that has them is worth.
    """
    rolls = _Rolls(actors or Actors.load(), outlets or shipped())
    war = _War(_countries_of(claim), report.published)
    for words in claim.said_by:  # the nearest to what is told comes first: "Reuters quoted the ministry" is the ministry's word
        found = rolls.body(words, report)
        if found is not None:
            return rolls.witness(found, war)
    own = rolls.outlets.identify_source(origin) if origin is not None else report.source
    speaker = rolls.witness(own, war)
    if not claim.said_by:
        return speaker
    heard = next((name for words in claim.said_by if (name := _name_within(words))), "")
    told = f"{claim.said_by[0]}, heard by {speaker.name}"
    return Witness(id=speaker.id, name=told, kind="unnamed", side=speaker.side, organ=speaker.organ, camp=speaker.camp, heard=heard)


def independent(witnesses: Iterable[Witness], opposed: Iterable[tuple[str, str]] = ()) -> Counted:
    """How many witnesses are independent, of how many sides, and whether rival sides agree. Order and repetition do not count.

    Speakers whom no roster knows count for no more than the outlets that heard them, and for no more than their own number: five
    papers that quote one stranger are one witness, and so is one paper that quotes five. ``opposed`` are pairs of actors, such as
    the two parties of the event, that are rivals beside the camps of the table. Where rivals agree, the weight is one more than the
    number of witnesses, for neither has a reason to say what helps the other. Parties of one camp weigh together as one.
    """
    all_ = sorted(set(witnesses), key=lambda w: (w.voice, w.camp is None, w.camp or "", w.side, w.id, w.kind, w.name, w.organ, w.heard))
    known = [witness for witness in all_ if not witness.heard]
    voices = {witness.voice: witness for witness in reversed(known)}
    strangers = {(witness.voice, witness.heard): witness for witness in reversed(all_) if witness.heard and witness.voice not in voices}
    taken = _matched(strangers)
    voices |= {voice: strangers[voice, name] for voice, name in taken}
    sided: dict[str, list[Witness]] = {}
    for witness in voices.values():
        if witness.side:
            sided.setdefault(_side(witness), []).append(witness)
    pairs = {frozenset(pair) for pair in opposed}
    rivals = tuple(
        (one, other) for one, other in combinations(sorted(sided), 2) if any(_rivals(a, b, pairs) for a in sided[one] for b in sided[other])
    )
    organs = [_side(witness) for witness in voices.values() if witness.organ and witness.side]
    weight = len(voices) - len(organs) + len(set(organs)) + (RIVALS_WEIGH if rivals else 0.0)
    return Counted(
        independent=len(voices),
        sides=tuple(sorted(sided)),
        rivals=rivals,
        weight=weight,
        how=_how(all_, voices, len(organs) - len(set(organs))),
    )


def _how(all_: Sequence[Witness], voices: Mapping[str, Witness], allied: int) -> tuple[str, ...]:
    names = ", ".join(sorted({witness.name for witness in voices.values()}))
    told = [f"{len(voices)} independent of {len(all_)} {'witness' if len(all_) == 1 else 'witnesses'}: {names}"] if all_ else ["no witness"]
    for voice, size in sorted(Counter(voice for voice, _ in {(witness.voice, witness.id) for witness in all_ if witness.organ}).items()):
        if size > 1:
            told.append(f"{size} organs of {voice.removeprefix('side:')} are one voice")
    if allied:
        told.append(f"{allied + 1} parties of one camp weigh as one")
    return tuple(told)


def _matched(strangers: Mapping[tuple[str, str], Witness]) -> list[tuple[str, str]]:
    """As many pairs of an outlet and a stranger as there can be in which neither comes twice."""
    outlets: dict[str, list[str]] = {}
    for outlet, name in sorted(strangers):
        outlets.setdefault(outlet, []).append(name)
    by_name: dict[str, str] = {}

    def place(outlet: str, tried: set[str]) -> bool:
        for name in outlets[outlet]:
            if name not in tried:
                tried.add(name)
                if name not in by_name or place(by_name[name], tried):
                    by_name[name] = outlet
                    return True
        return False

    for outlet in outlets:
        place(outlet, set())
    return [(outlet, name) for name, outlet in by_name.items()]


# ── sides ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _War:
    """Where and when a claim is about, as far as is known."""

    countries: frozenset[str]
    day: date | None


def _side(witness: Witness) -> str:
    return witness.camp or witness.side[-1]


def _rivals(one: Witness, other: Witness, opposed: set[frozenset[str]]) -> bool:
    if any(frozenset((a, b)) in opposed for a in one.side for b in other.side):
        return True
    return one.camp is not None and other.camp is not None and Camps.load().opposed(one.camp, other.camp)


def _camp_of(side: Sequence[str], war: _War) -> str | None:
    """The camp of a side in a war; ``None`` where it has none there, or several."""
    return Camps.load().of(side, war.countries, war.day.year if war.day else None)


def _countries_of(claim: Claim) -> frozenset[str]:
    says = claim.says.event if isinstance(claim.says, Plan) else claim.says
    return frozenset(place.country for place in says.where if place.country)


# ── who is meant ─────────────────────────────────────────────────────────────────────────────────


class _Rolls:
    """The rosters of actors and outlets, asked together."""

    def __init__(self, actors: Actors, outlets: Outlets) -> None:
        self.actors, self.outlets = actors, outlets

    def body(self, words: str, report: Report) -> Actor | Source | None:
        """The body that words name, ``None`` where they name none that a roster knows."""
        words = _LOST_APOSTROPHE.sub(r"\1", words)
        told = words_of(words)
        if _is_back_noun(words):
            return self._back(told, report)
        alias = _aliases().find(told)
        if alias:
            return self._by_name(alias[-1].values[0])
        whole = self._by_name(words)
        if whole is not None:
            return whole
        hits = [hit for hit in self.actors.find(told) if hit.last >= len(told) or told[hit.last].folded not in _HOLDS]
        entries = {name for hit in hits for name in hit.values}
        office = bool(entries & _entries("office")) or bool(_office_words().find(told))
        people = bool(entries & _entries("people"))
        named = [(hit.last - hit.first, actor) for hit in hits if (actor := self._meant(hit.values, report)) is not None]
        if people and not office:
            named = [(size, actor) for size, actor in named if actor.kind in SPEAKS_FOR_ITSELF]
        states = [actor for _, actor in named if actor.kind == "state"]
        bodies = [(size, actor) for size, actor in named if actor.kind != "state" or size > 1]
        if bodies:
            return max(bodies, key=lambda found: found[0])[1]
        outlet = self.outlets.within(words)
        if outlet is not None:
            return outlet.source
        if people and not office:
            return self._back(told, report)
        state = states[0] if states else self._state(words, told)
        if state is not None and (office or fold(words) in countries().capitals or _only_names(told, state)):
            return state
        return self._back(told, report)

    def witness(self, body: Actor | Source, war: _War) -> Witness:
        """The witness that a body is; an outlet and an actor that are one body have one id."""
        if isinstance(body, Actor):
            twin = self._twin(body)
            if twin is None:
                side = () if body.kind in SPEAKS_FOR_ITSELF else self.actors.lineage(body.id)
                camp = _camp_of(side, war)
                return Witness(id=f"actor:{body.id}", name=body.name, kind="actor", side=side, organ=bool(side), camp=camp)
            body = twin
        side = self._sides(body.stands_with)
        return Witness(
            id=f"outlet:{body.id or fold(body.name)}",
            name=body.name,
            kind="outlet",
            side=side,
            organ=body.kind in ORGANS and bool(side),
            camp=_camp_of(side, war),
        )

    def _sides(self, stands_with: Sequence[str]) -> tuple[str, ...]:
        """The actors an outlet stands with and all that these belong to; last the whole of the first."""
        lines = [self.actors.lineage(name) or (name,) for name in stands_with]
        found = dict.fromkeys(one for line in lines for one in line)
        return (*(one for one in found if one != lines[0][-1]), lines[0][-1]) if lines else ()

    def _by_name(self, words: str) -> Actor | Source | None:
        """The body that goes by exactly this name."""
        outlet = self.outlets.find(words)
        if outlet is not None:
            return outlet.source
        actor = identify(words, self.actors)
        return actor if actor is not None and self._named(actor) else None

    def _named(self, actor: Actor) -> bool:
        return actor.kind not in UNNAMED and actor.id not in _entries("office") | _entries("people") and not actor.id.startswith("off-")

    def _meant(self, ids: Sequence[str], report: Report) -> Actor | None:
        """The one actor of several with a name: the only named one, or the one told apart by the year."""
        found = [actor for name in ids if self._named(actor := self.actors.by_id[name])]
        year = report.published.year if report.published else None
        if len(found) > 1 and year:
            found = [a for a in found if (a.start or 0) - 1 <= year <= (a.end or 9999) + 1]
        return found[0] if len(found) == 1 else None

    def _state(self, words: str, told: list[Word]) -> Actor | None:
        """The state whose demonym or capital is told: "Turkish officials", "Moscow"."""
        hits = self.actors.demonyms.find(told)
        states = [self.actors.by_id[name] for hit in hits for name in hit.values if self.actors.by_id[name].kind == "state"]
        if states:
            return states[0]
        codes = [code for code, name in countries().seats if name == fold(words)]
        return self.actors.by_id.get(codes[0].lower()) if len(codes) == 1 else None

    def _back(self, told: Sequence[Word], report: Report) -> Actor | Source | None:
        """The body that a report names elsewhere: "the Observatory", "the monitoring group", "Abdel Rahman" for Rami Abdel Rahman."""
        if not told or len(told) > MOST_WORDS_BACK:
            return None
        nouns = _back_nouns().find(told)
        if not nouns and not told[-1].capital:
            return None
        text = words_of(report.reading)
        if not nouns:
            tail = [word.folded for word in told]
            heads = [hit for hit in _aliases().find(text) if [word.folded for word in text[hit.first : hit.last]][-len(tail) :] == tail]
            return self._by_name(heads[0].values[0]) if heads else None
        noun = fold(nouns[-1].values[0]).removesuffix("s")
        counts = Counter(name for hit in self.actors.find(text) for name in hit.values if self.actors.by_id[name].kind == "monitor")
        named = {name: n for name, n in counts.items() if self._named(self.actors.by_id[name])}
        by_noun = {name: n for name, n in named.items() if noun in fold(self.actors.by_id[name].name)}
        named = by_noun or ({} if noun == "observatory" else named)
        best = sorted(named, key=lambda name: (-named[name], name))
        clear = len(best) == 1 or (len(best) > 1 and named[best[0]] > named[best[1]])
        return self.actors.by_id[best[0]] if clear else None

    def _twin(self, actor: Actor) -> Source | None:
        """The outlet that is the same body as an actor: they share a full name, or a short one where both only watch."""
        for name in (actor.name, *actor.aliases):
            outlet = self.outlets.find(name)
            if outlet is not None and (" " in name or (actor.kind == "monitor" and outlet.source.kind in WATCHERS)):
                return outlet.source
        return None


def _only_names(told: Sequence[Word], state: Actor) -> bool:
    """Whether words are a state's name and no more: "Israel" says so, "a doctor in Israel" is another."""
    words = " ".join(word.folded for word in told)
    return words in {fold(name) for name in (state.name, *state.aliases)}


def _is_back_noun(words: str) -> bool:
    """Whether words are "the monitor" and the like, not a paper of that name."""
    return words.islower() and fold(words).removeprefix("the ") in {fold(name) for name in _entries("back")}


def _name_within(words: str) -> str:
    """A proper name of two words or more in what is told of a speaker, in small letters and without titles; empty where there is none."""
    runs: list[list[str]] = [[]]
    for word in words_of(words):
        names = word.capital and not word.folded.isdecimal() and word.folded not in _entries("office-word")
        if names or (runs[-1] and word.folded in _PARTICLES):
            runs[-1].append(word.folded)
        elif runs[-1]:
            runs.append([])
    for run in runs:
        while run and run[-1] in _PARTICLES:
            run.pop()
    longest = max(runs, key=len)
    return " ".join(longest) if len(longest) > 1 else ""


# ── the room's tables ────────────────────────────────────────────────────────────────────────────


def _table(name: str, *columns: str) -> tuple[Row, ...]:
    """The rows of a shipped table. A bad line in it is a fault of the program, so the first one is raised."""
    errors: list[BadRoster] = []
    rows = tuple(read_table(Path(__file__).with_name(name), columns, errors))
    if errors:
        raise errors[0]
    return rows


@lru_cache(maxsize=1)
def _voices() -> tuple[Row, ...]:
    return _table("voices.tsv", "id", "sort", "names", "body", "note")


@lru_cache(maxsize=8)
def _entries(sort: str) -> frozenset[str]:
    return frozenset(name for row in _voices() if row["sort"] == sort for name in row.values("names"))


@lru_cache(maxsize=1)
def _aliases() -> Phrases[str]:
    return Phrases((name, row["body"]) for row in _voices() if row["sort"] == "alias" for name in row.values("names"))


@lru_cache(maxsize=1)
def _office_words() -> Phrases[str]:
    return Phrases((name, name) for name in _entries("office-word"))


@lru_cache(maxsize=1)
def _back_nouns() -> Phrases[str]:
    return Phrases((name, name) for name in _entries("back"))
