"""From a noun of the parse to a party: its name as told, the roster's actor, and what sort of actor it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from thucydides.actors import Actors, identify
from thucydides.claims.codebook import Codebook
from thucydides.claims.marks import Marks
from thucydides.claims.phrasing import wordlist
from thucydides.claims.sentences import Lemmas
from thucydides.lexicon import Hit

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

STATE_KINDS = frozenset("state army branch unit police intelligence coalition peacekeeper".split())
ARMED_KINDS = STATE_KINDS | {"rebel", "jihadist", "separatist", "militia", "communal", "cartel", "gang", "pmc", "party"}
NOBODY = frozenset("generic civilian crowd label official".split())  # kinds of actors that are nobody in particular
_LEFT = frozenset("compound amod nummod nmod poss quantmod advmod punct npadvmod case".split())
_MEASURES = wordlist("parties", "measures")
_QUANTIFIERS = wordlist("parties", "quantifiers")
_VAGUE_MEASURES = wordlist("parties", "vague measures")
_OF_HEADS = wordlist("parties", "of heads")
_BELONGING = frozenset(("its", "their"))
_ACCUSING = wordlist("parties", "accusing")
_ATTITUDES = frozenset("anti pro".split())
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her"})
NAMES = 6  # names of one party that are worth giving


@dataclass(frozen=True, slots=True)
class Sighting:
    """A party seen in a sentence: name and span as told, the actor if known, and its class."""

    name: str
    start: int  # offsets into the sentence
    end: int
    actor: str | None
    kind: str  # state, armed, crowd, civilian, object, other
    names: tuple[str, ...]
    head: str
    named: bool = False  # the actor is somebody in particular, not "rebels" or "civilians"

    @property
    def armed(self) -> bool:
        return self.kind in ("state", "armed")


class Parties:
    """Reads parties from tokens of one report."""

    def __init__(
        self,
        actors: Actors,
        codebook: Codebook,
        lemmas: Lemmas,
        countries: Mapping[str, float],
        on: date | None,
        outlet: str | None,
        is_place: Callable[[str], bool],
    ) -> None:
        self._is_place = is_place
        self._actors = actors
        self._lists = codebook.lists
        self._lemmas = lemmas
        self._countries = countries
        self._on = on
        self._outlet = outlet

    def see(self, token: Token, marks: Marks, role: str) -> Sighting | None:
        """The party that a token heads, or ``None`` when it is no party: a pronoun, a day, an abstraction."""
        if token.pos_ in ("PRON", "DET", "PUNCT", "ADP", "SCONJ", "ADV") or token.tag_ in ("PRP", "WP", "WDT", "EX"):
            return None
        if token.lower_ in ("life", "lives"):  # "claimed the lives of six civilians"
            inner = next((p for c in token.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"), None)
            return self.see(inner, marks, role) if inner is not None else None
        modifier = role == "modifier"
        if modifier and token.i >= 2 and token.nbor(-1).text == "-" and token.nbor(-2).lower_ in _ATTITUDES:
            return None  # "anti-government demonstrations" are not the government's
        first, last = self._extent(token, modifier)
        doc = token.doc
        while first < token.i and any(d.start <= doc[first].idx < d.end for d in marks.dates):
            first += 1  # "On 3 June 2022 Russian forces shelled …"
        whole = next((h for h in marks.actors if h.start <= token.idx < h.end), None)
        start, end = doc[first].idx, doc[last].idx + len(doc[last])
        if whole is not None:  # a name that the parser took apart: "Jaysh al-Islam"
            start, end = min(start, whole.start), max(end, whole.end)
        hits = [h for h in marks.actors if h.start >= start and h.end <= end + 1]
        demonyms = [h for h in marks.demonyms if h.start >= start and h.end <= end + 1]
        lemma = self._lemmas.of(token, "NOUN" if token.pos_ not in ("NOUN", "PROPN") else None)
        lemma = lemma if lemma not in ("", "-") else token.lower_
        if lemma in _MEASURES:  # "thousands of people": whom is counted, not the count
            counted = next((p for c in token.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"), None)
            lemma = self._lemmas.of(counted, "NOUN") if counted is not None else lemma
        # A weekday of a report without a date is no date that can be told, and still no party.
        dated = token.lower_ in self._lists["weekday"] or any(d.start <= token.idx < d.end for d in marks.dates)
        if dated or (lemma in self._lists["never"] and not hits):
            return None
        head_hit = next((h for h in hits if h.start <= token.idx < h.end), None)
        place = next((p for p in marks.places if p.start <= token.idx < p.end), None)
        if (
            role in ("target", "candidate")
            and head_hit is None
            and token.tag_ in ("NNP", "NNPS")
            and first == token.i
            and self._is_place(token.text)
        ):
            return None
        if place is not None and head_hit is None and not (role == "initiator" and place.feature == "" and hits):
            return None
        if role == "initiator" and lemma not in self._lists["platform"] and any(a.start <= token.idx < a.end for a in marks.arms):
            # "regime bombs", "rebel rocket fire": the arm acts for whoever stands before it
            for child in token.children:
                if child.i < token.i and child.dep_ in ("compound", "amod", "poss", "nmod"):
                    owner = self.see(child, marks, "modifier")
                    if owner is not None:
                        return owner
            return None
        actor_hit = self._best(hits, head_hit)
        actor = self._actor(marks.sentence.text[actor_hit.start : actor_hit.end], actor_hit) if actor_hit else None
        armed = lemma in self._lists["armed"] or lemma in self._lists["platform"]
        if actor is None and demonyms and (armed or modifier or lemma in self._lists["object"]):
            actor = self._of_demonym(demonyms[0])
        kind = self._kind(actor, lemma, token, marks.sentence.text[start:end].lower(), role)
        if not self._fits(role, kind, lemma, token, actor, bool(demonyms), modifier):
            return None
        if ")" in marks.sentence.text[start:end] and "(" not in marks.sentence.text[start:end]:
            start += marks.sentence.text[start:end].rindex(")") + 1
        start = self._counted_from(doc, first, token, start)
        name = marks.sentence.text[start:end].strip(" ,.;:'\"-()")
        if not name:
            return None
        at = marks.sentence.text.find(name, start)
        names = self._names(name, actor, marks.sentence.text, actor_hit)
        found = Sighting(name, at, at + len(name), actor, kind, names, lemma, self._is_named(actor))
        return self._of_its_owner(found, token, marks) if armed and not modifier and not found.named else found

    def _of_its_owner(self, found: Sighting, token: Token, marks: Marks) -> Sighting:
        """Armed people told as somebody's in the sentence that names him: "the army said its troops", "the ministry said its forces"."""
        pronoun = next((c.lower_ for c in token.children if c.dep_ == "poss" and c.tag_ == "PRP$" and c.lower_ in _BELONGING), None)
        if pronoun is None:
            return found
        tellers = (c for verb in token.ancestors for c in verb.children if c.dep_ == "nsubj" and c.right_edge.i < token.i)
        owners = (self._named_by(t, marks) for t in tellers if pronoun == "their" or t.tag_ in ("NN", "NNP"))
        owner = next((one for one in owners if one is not None), None)
        if owner is None or owner.actor is None:
            return found
        lineage = self._actors.lineage(owner.actor)
        states = [name for name in lineage if self._actors.by_id[name].kind in STATE_KINDS]
        actor, told = (owner.actor, owner.names) if owner.named else (states[-1], (self._actors.by_id[states[-1]].name,))
        names = tuple(dict.fromkeys((*found.names[:1], *told)))[:NAMES]
        return replace(found, actor=actor, kind="state" if states else owner.kind, names=names, named=True)

    def _named_by(self, token: Token, marks: Marks) -> Sighting | None:
        """The actor that a subject names, be it by whose it is: "Azerbaijan's defence ministry" names a state."""
        whose = (c for c in token.children if c.dep_ in ("poss", "amod", "compound") and c.i < token.i)
        for one in (self.see(token, marks, "initiator"), *(self.see(c, marks, "modifier") for c in whose)):
            if one is not None and one.actor is not None and (one.named or self._is_of_a_state(one.actor)):
                return one
        return None

    def _is_of_a_state(self, actor: str) -> bool:
        """Whether an actor is a state or an organ of one."""
        return any(self._actors.by_id[name].kind in STATE_KINDS for name in self._actors.lineage(actor))

    def as_told(self, token: Token, marks: Marks, span: tuple[int, int]) -> Sighting:
        """A party by its words alone, where no rule takes them for one: a place struck, a thing, a name that nobody knows."""
        start, end = span
        text = marks.sentence.text
        while start < token.idx and text[start:end].split(" ", 1)[0].lower() in _ARTICLES:
            start += len(text[start:end].split(" ", 1)[0]) + 1
        lemma = self._lemmas.of(token, "NOUN" if token.pos_ not in ("NOUN", "PROPN") else None) or token.lower_
        kind = self._kind(None, lemma, token, text[start:end].lower(), "target")
        return Sighting(text[start:end], start, end, None, kind, (text[start:end],), lemma)

    def most_specific(self, sightings: Sequence[Sighting]) -> list[Sighting]:
        """Without those that only name what another of them belongs to: the Tiger Forces, not also the army."""
        parents = {p for s in sightings if s.actor for p in self._actors.lineage(s.actor)[1:]}
        own = {s.actor for s in sightings}
        acronyms = {s.name for s in sightings if s.name.isupper() and any(o is not s and o.actor == s.actor for o in sightings)}
        return [s for s in sightings if not (s.actor in parents and own - {s.actor}) and s.name not in acronyms]

    def told_apart(self, sightings: Sequence[Sighting]) -> list[Sighting]:
        """Targets without repeats of the same people in other words: "five people", "the others", "15 civilians" are one."""
        kept: list[Sighting] = []
        people = [s for s in sightings if s.kind == "civilian" and not s.named]
        crowd = min(
            people,
            key=lambda s: (s.head in ("other", "others"), s.head in ("people", "person", "persons"), sightings.index(s)),
            default=None,
        )
        for one in sightings:
            if (
                one in people
                and one is not crowd
                and (one.head in _SUFFERERS or (crowd is not None and crowd.head not in ("other", "others") and one.head == crowd.head))
            ):
                continue
            if one.head in ("other", "others") and len(sightings) > 1:
                continue
            if (
                one.kind == "civilian"
                and one.head in _SUFFERERS
                and any(s.kind in ("armed", "state") and s.start < one.start for s in kept)
            ):
                continue
            if one.kind == "armed" and not one.named and _counts(one) and any(s.kind in ("armed", "state") and s.named for s in kept):
                continue  # "clashed with ISIS terrorists, killing nine terrorists"
            kept.append(one)
        return kept[:4]

    def _extent(self, token: Token, modifier: bool) -> tuple[int, int]:
        first = last = token.i
        doc = token.doc
        for child in token.children:
            if (
                child.i < token.i
                and child.dep_ in _LEFT
                and token.i - child.i < 9
                and child.lower_ not in ("both", "only", "also", "even", "the", "'s")
            ):
                edge = child.left_edge.i
                if child.dep_ == "poss" or (child.dep_ == "amod" and any(c.dep_ in ("prep", "relcl") for c in child.subtree)):
                    edge = min(edge, child.i)
                first = min(first, edge)
            elif (
                not modifier
                and child.i > token.i
                and child.dep_ == "prep"
                and child.lower_ == "of"
                and self._lemmas.of(token, "NOUN") in _OF_HEADS
                and self._lemmas.of(token.head.head if token.head.dep_ == "agent" else token.head) not in _ACCUSING
            ):
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        last = max(last, inner.i)
        while first < token.i and (
            doc[first].tag_ in ("DT", "PRP$", "WP$", ",", "``", "''", "IN", "RB", "CC", ":", "POS")
            or doc[first].lower_ in ("the", "a", "an", "alleged", "suspected", "said")
            or (doc[first].lower_ in _QUANTIFIERS and first < token.i)
        ):
            first += 1
        return first, max(last, token.i)

    def _counted_from(self, doc: Doc, first: int, token: Token, start: int) -> int:
        """Where a name begins that is told by a measure: "an unknown number of villagers" are villagers, "a group of men" men."""
        if self._lemmas.of(token, "NOUN") not in _VAGUE_MEASURES:
            return start
        of = next((c for c in token.children if c.lower_ == "of" and c.i == token.i + 1), None)
        counted = next((p for p in of.children if p.dep_ == "pobj"), None) if of is not None else None
        if counted is None:
            return start
        begin = counted.left_edge.i
        while begin < counted.i and (doc[begin].tag_ in ("DT", "PRP$", "IN") or doc[begin].lower_ in _QUANTIFIERS):
            begin += 1
        return doc[begin].idx

    def _best(self, hits: Sequence[Hit[str]], head_hit: Hit[str] | None) -> Hit[str] | None:
        if head_hit is not None and any(
            self._actors.by_id[i].kind not in ("generic", "civilian", "crowd", "label", "official") for i in head_hit.values
        ):
            return head_hit
        named = [
            h
            for h in hits
            if any(self._actors.by_id[i].kind not in ("generic", "civilian", "crowd", "label", "official", "monitor") for i in h.values)
        ]
        return named[-1] if named else head_hit

    def _actor(self, name: str, hit: Hit[str]) -> str | None:
        found = identify(name, self._actors, on=self._on, near=self._countries, outlet=self._outlet)
        return found.id if found else None

    def _is_named(self, actor: str | None) -> bool:
        return actor is not None and self._actors.by_id[actor].kind not in NOBODY

    def _of_demonym(self, hit: Hit[str]) -> str | None:
        return hit.values[0] if len(hit.values) == 1 else None

    def _kind(self, actor: str | None, lemma: str, token: Token, text: str, role: str) -> str:
        lists = self._lists
        known = self._actors.by_id[actor].kind if actor else None
        if lemma in lists["unarmed"] or known == "crowd":
            return "crowd"
        if known == "civilian" and not (role == "initiator" and lemma in lists["armed"]):
            return "civilian"
        if (
            lemma in lists["object"]
            and lemma not in lists["armed"]
            and known in (None, "state", "label", "generic")
            and role != "initiator"
        ):
            return "object"
        if known in STATE_KINDS:
            if lemma in lists["civilian"] and lemma not in lists["armed"]:
                return "civilian"
            return "state" if "rebel" not in text and "militia" not in text and "backed" not in text else "armed"
        if known in ARMED_KINDS:
            return "civilian" if lemma in lists["civilian"] and lemma not in lists["armed"] else "armed"
        if role == "crowd" and (lemma in lists["civilian"] or lemma in _CROWDLIKE):
            return "crowd"
        if lemma in _CROWDLIKE and role == "initiator":
            return "crowd"
        if lemma in lists["stateforce"] or any(w in text for w in ("government", "regime", "security force", "police", "army")):
            return "state"
        if lemma in lists["civilian"] and (lemma not in lists["armed"] or (role in ("target", "candidate") and lemma in _AMBIGUOUS)):
            return "civilian"
        if lemma in lists["armed"] or lemma in lists["platform"] or known in ("generic", "label"):
            return "armed"
        if lemma in lists["object"]:
            return "object"
        return "other"

    def _fits(self, role: str, kind: str, lemma: str, token: Token, actor: str | None, demonym: bool, modifier: bool) -> bool:
        proper = token.tag_ in ("NNP", "NNPS")
        if modifier:
            if lemma == "terrorist":
                return False  # "a terrorist attack" says of what sort it is, not who did it
            return (actor is not None and (kind != "civilian" and kind != "other")) or (
                lemma in self._lists["armed"] and lemma not in ("individual", "person", "man", "men", "side", "front")
            )
        if role == "crowd":
            return kind in ("crowd", "civilian", "armed", "state") or actor is not None
        if role == "candidate":
            return True
        if role == "initiator":
            if lemma in self._lists["settlement"] and token.tag_ in ("NN", "NNS"):
                return False
            counted = any(c.dep_ == "nummod" for c in token.children) and lemma in self._lists["civilian"]
            if lemma in _SUFFERERS or (counted and actor is None):
                return False
            return actor is not None or lemma in self._lists["armed"] or lemma in self._lists["platform"] or demonym or proper
        return actor is not None or kind != "other" or proper or demonym

    def _names(self, name: str, actor: str | None, text: str, hit: Hit[str] | None) -> tuple[str, ...]:
        names = [name]
        if hit is not None:
            names.append(text[hit.start : hit.end])
        if actor:
            entry = self._actors.by_id[actor]
            names.append(entry.name)
            names += [alias for alias in entry.aliases if alias.isupper()][:1]
            names += [alias for alias in entry.aliases if not alias.isupper()][:3]
        return tuple(dict.fromkeys(names))[:NAMES]


def _counts(one: Sighting) -> bool:
    """Whether a party's words begin with a number: "nine terrorists"."""
    first = one.name.split()[0].lower()
    return first[0].isdigit() or first in _NUMBERS


_NUMBERS = wordlist("parties", "numbers")
_SUFFERERS = wordlist("parties", "sufferers")
_CROWDLIKE = wordlist("parties", "crowdlike")
_AMBIGUOUS = frozenset(
    (
        "man men person individual youth father mother brother villager resident worker student activist supporter leader chief "
        "neighbour neighbor protester demonstrator crowd mob member agent suspect settler herder"
    ).split()
)
