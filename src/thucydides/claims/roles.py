"""Who acts and who is acted upon in a happening, weighed over every party that its sentence names.

The constructions of ``triggers`` give a first answer. Here each noun of the sentence that can be a party is weighed for both roles by
the path of the parse between it and the trigger, what sort of party it is, what the constructions say of it, and where it stands; what
weighs how much was learned from annotated reports (``learned/initiator.tsv``, ``learned/target.tsv``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from thucydides.claims.drafts import CLUSTER, Draft, put_down, ranked
from thucydides.claims.hearing import fills, party, weighed
from thucydides.claims.learned import Learned
from thucydides.claims.parties import NAMES, Parties, Sighting
from thucydides.claims.phrasing import phrase_of, wordlist
from thucydides.claims.sentences import Sentence
from thucydides.claims.speakers import Speaker
from thucydides.claims.triggers import NOUNS, SUBJECTS
from thucydides.record import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

ROLES = ("initiator", "target")
SURE = {"initiator": 0.3, "target": 0.3}  # a party weighed above is taken: where precision and recall balance on unseen sources
MOST = 4
BACK = 3  # sentences before a happening whose parties may be meant
RECALLED = 0.45  # a party told around a happening is taken above
STEPS = 4  # how far up and down a path is told
_SAME_AGAIN = phrase_of("roles", "same again")
_FINITE = frozenset("VBD VBP VBZ VBN MD".split())
_OF = phrase_of("roles", "of")
_AMONG = phrase_of("roles", "among")
_ALLYING = wordlist("roles", "allying")
_LED = wordlist("roles", "led")
_ARRIVING = wordlist("roles", "arriving")
_CONDEMNING, _CONFIRMING = wordlist("roles", "condemning"), wordlist("roles", "confirming")
_ITS_OWN = phrase_of("roles", "its own")
_LAUNCHED = wordlist("roles", "launched")
_LOYAL = wordlist("roles", "loyal")
_STANDING = wordlist("roles", "standing for")
_TELLERS = wordlist("roles", "tellers")
_MODIFIERS = frozenset({"amod", "compound", "poss", "nmod"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A noun of the sentence as a party in one role, with the evidence for it."""

    token: Token
    sighting: Sighting
    evidence: dict[str, float]
    told: bool  # a construction gives it this role


def candidates(made: Draft, others: Sequence[Draft], parties: Parties, speakers: Sequence[Speaker], role: str) -> Iterator[Candidate]:
    """Every party that a draft's sentence names, weighed for a role. ``others`` are the other drafts of the sentence."""
    head = made.triggers[0]
    own = {t.token.i for t in made.triggers}
    told = made.initiators if role == "initiator" else made.targets
    across = made.targets if role == "initiator" else made.initiators
    seen: set[tuple[int, int]] = set()
    rank = 0
    heard = _heard(made, role)
    accusers = {t.i for trigger in made.triggers for t in trigger.accusers}
    allies = {t.i for t in made.sentence.doc if t.dep_ == "pobj" and t.head.lower_ in _ALLYING}
    for token in sorted(made.sentence.doc, key=lambda t: abs(t.i - head.token.i)):
        if token.i in own and not put_down(token, made.triggers):
            continue
        if token.tag_ not in NOUNS and not (token.tag_ == "JJ" and token.dep_ in _MODIFIERS and token.i < token.head.i):
            continue
        if token.i in (accusers if role == "initiator" else allies):
            continue
        modifies = token.dep_ in _MODIFIERS and token.i < token.head.i
        sighting = next((s for s, _ in told if s.start <= token.idx < s.end), None)
        if sighting is None and (not modifies or (role == "initiator" and token.head.i in own)):
            sighting = parties.see(token, made.marks, "modifier" if modifies else "candidate" if role == "target" else role)
        if sighting is None and token.i in heard:
            sighting = parties.as_told(token, made.marks, heard[token.i])
        if sighting is None or (sighting.start, sighting.end) in seen:
            continue
        seen.add((sighting.start, sighting.end))
        if (sighting.kind == "other" and sighting.actor is None and _only_leads(token)) or _only_told_of(token, sighting):
            continue
        if role == "initiator" and _turns_on(made, others, sighting):
            continue
        telling = any(s.start < sighting.end and sighting.start < s.end for s in speakers)
        if role == "initiator" and ((telling and _only_tells(token, made)) or _is_spoken_to(token, made, speakers)):
            continue
        if role == "initiator" and _speaks_of(token, made):
            continue
        if _comes_after(token, made) or (role == "target" and _is_where_from(token, sighting, told)):
            continue
        if role == "initiator" and telling and _mourns(made):
            continue
        rank += 1
        is_told = any(_overlap(s, sighting) for s, _ in told)
        found = _evidence(made, token, sighting, role)
        found["told"], found["told nobody"] = float(is_told), float(not told)
        found["told another"] = float(bool(told) and not is_told)
        found["told across"] = float(any(_overlap(s, sighting) for s, _ in across))
        found["told in another happening"] = float(any(_overlap(s, sighting) for d in others for s, _ in (*d.initiators, *d.targets)))
        found["speaker"] = float(telling)
        found["nearest"], found["far"] = float(rank == 1), float(rank > 4)
        if is_told:
            found[f"told {made.family}"] = 1
            found[f"told {sighting.kind}"] = 1
        yield Candidate(token, sighting, found, is_told)


def _only_leads(token: Token) -> bool:
    """Whether somebody is told as who leads the doers and not as a doer: "fighters led by General Sillah"."""
    if token.dep_ != "pobj" or token.head.lower_ != "by":
        return False
    verb = token.head.head
    return verb.dep_ in ("acl", "relcl") and verb.lower_ in _LED


def _comes_after(token: Token, made: Draft) -> bool:
    """Whether the police only come to what others did, or others find the dead: "when the guards came, they found him shot"."""
    if token.dep_ == "nsubj" and any(t.family == "bodies" and t.token.i == token.head.i for t in made.triggers):
        return True
    if token.lower_ not in _TELLERS or token.dep_ not in ("nsubj", "nsubjpass") or any(s.armed for s, _ in made.targets):
        return False
    return token.head.lower_ in _ARRIVING and all(t.token.i != token.head.i or t.family == "bodies" for t in made.triggers)


def _speaks_of(token: Token, made: Draft) -> bool:
    """Whether somebody condemns or reports what others did; who confirms a strike may have flown it, who confirms "the attack" has not."""
    verb, head = token.head, made.triggers[0]
    if token.dep_ != "nsubj" or head.verbal or head.token.head.i != verb.i or head.token.dep_ != "dobj":
        return False
    return verb.lower_ in _CONDEMNING or (verb.lower_ in _CONFIRMING and made.family in ("attack", "blast", "suicide", "murder", "kill"))


def _mourns(made: Draft) -> bool:
    """Whether who speaks tells of a blow to its own: "the brigade said two of its fighters were killed in an air strike"."""
    hit = [s for s, sentence in made.targets if sentence is made.sentence]
    return any(t.passive for t in made.triggers) and any(_ITS_OWN.search(made.sentence.text, 0, s.start) for s in hit)


def _is_where_from(token: Token, sighting: Sighting, told: Sequence[tuple[Sighting, Sentence]]) -> bool:
    """Whether a town only tells whose official was hit: "the mayor of the town of X was killed"."""
    if token.dep_ != "pobj" or token.head.lower_ != "of" or sighting.kind in ("armed", "state", "civilian", "crowd"):
        return False
    whose = token.head.head
    return any(s.start <= whose.idx < s.end and s.kind == "civilian" and s is not sighting for s, _ in told)


def _is_spoken_to(token: Token, made: Draft, speakers: Sequence[Speaker]) -> bool:
    """Whether somebody is only told of what another did: "the driver told soldiers that his brother had been shot"."""
    if token.dep_ not in ("dobj", "dative") or all(s.verb_token != token.head.i for s in speakers):
        return False
    head = made.triggers[0].token
    told = [c for c in token.head.children if c.dep_ == "ccomp"]
    told += [c for c in token.children if c.dep_ == "relcl" and any(w.tag_ == "PRP" and w.dep_ in SUBJECTS for w in c.children)]
    return any(c.i == head.i or c.is_ancestor(head) for c in told)  # the parse may hang what was told on who was told it


def _turns_on(made: Draft, others: Sequence[Draft], sighting: Sighting) -> bool:
    """Whether somebody does another happening of the sentence, to those who do this one: "X took the town before Y drove X out"."""
    return any(
        any(_overlap(s, sighting) for s, _ in other.initiators)
        and any(_overlap(s, o) for s, _ in other.targets for o, _ in made.initiators)
        for other in others
        if CLUSTER.get(other.family) == CLUSTER.get(made.family) == "taking"
    )


def _only_told_of(token: Token, sighting: Sighting) -> bool:
    """Whether somebody only tells what another stands for or comes from: "a candidate for mayor", "troops loyal to the president"."""
    standing = token.head.head
    if token.dep_ == "pobj" and token.head.lower_ == "from" and standing.lower_ in _LAUNCHED:
        return True  # "a rocket fired from Gaza": where, not who
    if token.dep_ != "pobj" or sighting.start <= standing.head.idx < sighting.end or sighting.start <= standing.idx < sighting.end:
        return False
    return (token.head.lower_ == "for" and standing.lower_ in _STANDING) or (token.head.lower_ == "to" and standing.lower_ in _LOYAL)


def _only_tells(token: Token, made: Draft) -> bool:
    """Whether somebody who speaks only tells that people were hit, by whom is left open: "police said two people were shot"."""
    head = made.triggers[0]
    return token.lower_ in _TELLERS and (head.passive or not head.verbal) and not any(s.armed for s, _ in made.targets)


def _heard(made: Draft, role: str) -> dict[int, tuple[int, int]]:
    """The stretches of words that the tagger takes for a role, by the index of the noun that heads them."""
    tags = made.marks.tags
    if tags is None:
        return {}
    found: dict[int, tuple[int, int]] = {}
    for start, last, _ in tags.spans("by" if role == "initiator" else "to", made.sentence.index, made.triggers[0].token):
        tokens = [t for t in made.sentence.tokens_within(start, last) if not t.is_punct]
        heads = [t for t in tokens if t.head not in tokens and t.tag_ in NOUNS]
        if heads:
            found[heads[0].i] = (tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
    return found


def settle(made: Draft, others: Sequence[Draft], parties: Parties, speakers: Sequence[Speaker], learned: Learned) -> None:
    """Gives a draft the parties that weigh enough; without scales, what the constructions gave stays."""
    if not (learned.initiator.weights and learned.target.weights):
        return
    if made.family == "lose" and made.initiators and made.targets:
        return  # "they lost the town to the army": the loser stands where a doer does
    chosen: dict[str, list[tuple[float, Sighting]]] = {}
    weighings: dict[str, list[tuple[float, Candidate]]] = {}
    for role, scale in zip(ROLES, (learned.initiator, learned.target), strict=True):
        weighed = [(scale.chance(c.evidence), c) for c in candidates(made, others, parties, speakers, role)]
        weighings[role] = weighed
        taken: list[tuple[float, Sighting]] = []
        for chance, c in sorted(weighed, key=lambda p: -p[0]):
            if chance >= SURE[role] and not any(_same(s, c.sighting) for _, s in taken):
                taken.append((chance, c.sighting))
        chosen[role] = taken[:MOST]
    for role in ROLES:  # nobody acts upon himself: the likelier role wins
        across = chosen["target" if role == "initiator" else "initiator"]
        chosen[role] = [(c, s) for c, s in chosen[role] if not any(_overlap(s, o) and d > c for d, o in across)]
    sentence = made.sentence
    chosen = {role: _one_each(some, sentence) for role, some in chosen.items()}
    chosen["target"] = _wholes(chosen["target"], sentence)
    initiators = parties.most_specific(sorted((s for _, s in chosen["initiator"]), key=lambda s: s.start))
    targets = parties.most_specific(sorted((s for _, s in chosen["target"]), key=lambda s: s.start))
    made.initiators = [(s, sentence) for s in initiators]
    made.targets = [(s, sentence) for s in parties.told_apart(targets)]
    for role, taken_ in (("initiator", made.initiators), ("target", made.targets)):
        names = {s.name for s, _ in taken_}
        made.weighed[f"{role}s"] = ranked((c.sighting.name, chance, c.evidence, c.sighting.name in names) for chance, c in weighings[role])


def _one_each(taken: list[tuple[float, Sighting]], sentence: Sentence) -> list[tuple[float, Sighting]]:
    """Parties told twice at one place as one, with the names of both: "the insurgents, the Allied Democratic Forces", "a boy, Ranjit"."""
    groups: list[list[tuple[float, Sighting]]] = []
    for pair in sorted(taken, key=lambda pair: pair[1].start):
        home = next((g for g in groups if _renamed(g[-1][1], pair[1], sentence)), None)
        if home is None:
            groups.append([pair])
        else:
            home.append(pair)
    return [(max(chance for chance, _ in group), _together([s for _, s in group], sentence)) for group in groups]


def _together(told: Sequence[Sighting], sentence: Sentence) -> Sighting:
    """One party of those that name it: by its proper name where one is told, as what sort of party the others say it is."""
    named = [s for s in told if (head := sentence.head_of(s.start, s.end)) is not None and head.tag_ in ("NNP", "NNPS")]
    best = next((s for s in named if s.named), next(iter(named), told[0]))
    names = dict.fromkeys((best.name, *(s.name for s in told), *(n for s in (best, *told) for n in s.names[1:])))
    kind = next((s.kind for s in (best, *told) if s.kind != "other"), best.kind)
    actor = best.actor or next((s.actor for s in told if s.actor), None)
    return replace(best, names=tuple(names)[:NAMES], actor=actor, kind=kind, named=any(s.named for s in told))


def _renamed(first: Sighting, second: Sighting, sentence: Sentence) -> bool:
    """Whether the later of two parties only names the earlier one again."""
    between = sentence.text[first.end : second.start]
    if second.start < first.end or not _SAME_AGAIN.fullmatch(between):
        return False
    one, other = sentence.head_of(first.start, first.end), sentence.head_of(second.start, second.end)
    if one is None or other is None:
        return False
    if _OF.search(between):  # "terrorists of the Nusra Front"; an office of a bank is the office, a captain of the army himself
        return first.kind in ("armed", "crowd") and not first.named and one.tag_ in ("NN", "NNS")
    if between.strip() not in ("", ","):
        return True
    if first.kind == "object" or second.kind == "object":
        return False
    if other.head.i == one.i and other.dep_ == "appos":
        return True
    return not between.strip() and one.dep_ != "conj" and other.dep_ != "conj" and (one.head.i == other.i or one.head.i == other.head.i)


def _wholes(taken: list[tuple[float, Sighting]], sentence: Sentence) -> list[tuple[float, Sighting]]:
    """Targets without those that are only told to be among another: of "six people, including two children" the six."""
    parts: set[int] = set()
    for cue in _AMONG.finditer(sentence.text):
        whole = next((s for _, s in taken if s.end <= cue.start() and not sentence.text[s.end : cue.start()].strip(" ,(—-")), None)
        if whole is None:
            continue
        verb = next((t.idx for t in sentence.tokens_within(cue.end(), len(sentence.text)) if _ends_list(t)), len(sentence.text))
        parts |= {s.start for _, s in taken if cue.end() <= s.start < verb}
    return [(chance, s) for chance, s in taken if s.start not in parts]


def _ends_list(token: Token) -> bool:
    """Whether a list of people ends at a word: a verb that says something of all of them, or the end of a clause or bracket."""
    return token.tag_ in _FINITE or token.text in (";", ":", ")") or token.lower_ in ("in", "at", "by", "when", "while", "after", "as")


def _same(one: Sighting, other: Sighting) -> bool:
    """Whether two sightings name one party: the same actor, or a name within the other. "Civilians" told twice may be others."""
    if _overlap(one, other) or (one.actor is not None and one.actor == other.actor and one.kind != "civilian"):
        return True
    a, b = one.name.lower(), other.name.lower()
    return a in b or b in a


def _overlap(one: Sighting, other: Sighting) -> bool:
    return one.start < other.end and other.start < one.end


def _evidence(made: Draft, token: Token, sighting: Sighting, role: str) -> dict[str, float]:
    head = made.triggers[0]
    paths = [_path(t.token, token) for t in made.triggers]
    path = min(paths, key=len)
    cluster = CLUSTER.get(made.family, made.family)
    voice = "noun" if not head.verbal else "passive" if head.passive else "active"
    side = "before" if token.i < head.token.i else "after"
    apart = abs(token.i - head.token.i)
    found = {
        f"path {path}": 1.0,
        f"{voice} path {path}": 1.0,
        f"{voice} {side}": 1.0,
        f"kind {sighting.kind}": 1.0,
        f"{cluster} {sighting.kind}": 1.0,
        f"{made.family} {sighting.kind}": 1.0,
        f"{voice} {side} {sighting.kind}": 1.0,
        "known": float(sighting.named),
        "proper": float(token.tag_ in ("NNP", "NNPS")),
        "plural": float(token.tag_ in ("NNS", "NNPS")),
        "counted": float(any(c.dep_ == "nummod" for c in token.children)),
        "near": float(apart <= 3),
        "ten words off": float(apart > 10),
        "many words off": float(apart > 20),
        f"as {token.dep_}": 1.0,
        f"word {sighting.head}": 1.0,
        "listed": float(sighting.kind != "other"),
        "in a place": float(any(p.start <= token.idx < p.end for p in made.marks.places)),
        "an arm": float(any(a.start <= token.idx < a.end for a in made.marks.arms)),
    }
    if token.dep_ == "pobj":
        found[f"after {token.head.lower_}"] = 1.0
        found[f"{made.family} after {token.head.lower_}"] = 1.0
    if role == "initiator":
        found["mutual"] = float(bool(head.mutual))
    return found | party(made, role, sighting.start, sighting.end)


def _path(start: Token, end: Token) -> str:
    """The way through the parse from trigger to noun: "^conj nsubj", prepositions by name."""
    above: dict[int, int] = {start.i: 0}
    up: list[str] = []
    at = start
    while at.head.i != at.i and len(up) <= STEPS:
        up.append(at.dep_)
        at = at.head
        above[at.i] = len(up)
    down: list[str] = []
    at = end
    while at.i not in above:
        if at.head.i == at.i or len(down) > STEPS:
            return "far"
        down.append(at.lower_ if at.dep_ in ("prep", "agent") else at.dep_)
        at = at.head
    steps = [*("^" + d for d in up[: above[at.i]]), *reversed(down)]
    return " ".join(steps) if len(steps) <= STEPS else "long"


@dataclass(frozen=True, slots=True)
class Recalled:
    """A party told in another sentence, as one whom a happening leaves unsaid, with the evidence for it."""

    sighting: Sighting
    sentence: Sentence
    evidence: dict[str, float]


class Around:
    """The parties told around a happening: "Boko Haram attacked … . They also burned …", "the blast killed three"."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._told: dict[int, list[tuple[Sighting, Sentence, str]]] = {}
        self._against: dict[str, dict[str, tuple[Sighting, Sentence, str]]] = {}  # of every named actor, whom it is told to fight
        for one in drafts:
            for side, across, role in ((one.initiators, one.targets, "target"), (one.targets, one.initiators, "initiator")):
                for mine, _ in side:
                    for other, sentence in across:
                        if mine.named and other.named and mine.armed and other.armed:
                            self._against.setdefault(mine.actor or "", {}).setdefault(other.actor or "", (other, sentence, role))
            for role, sides in (("initiator", one.initiators), ("target", one.targets)):
                for sighting, sentence in sides:
                    self._told.setdefault(sentence.index, []).append((sighting, sentence, role))

    def candidates(self, made: Draft, role: str) -> Iterator[Recalled]:
        """The parties of the sentences before a draft, of the one behind, and those its other side fights, that may fill an empty role."""
        at = made.sentence.index
        cluster = CLUSTER.get(made.family, made.family)
        head = made.triggers[0]
        seen: set[str] = set()
        across = made.initiators if role == "target" else made.targets
        opponents = {actor: told for s, _ in across if s.named for actor, told in self._against.get(s.actor or "", {}).items()}
        near = [(n, *told) for n in (*range(at - 1, max(-1, at - BACK - 1), -1), at + 1) for told in self._told.get(n, ())]
        for n, sighting, sentence, was in (*near, *((s.index, o, s, w) for o, s, w in opponents.values())):
            key = sighting.actor or sighting.name.lower()
            if key in seen or any(_same(sighting, s) for s, _ in (*made.initiators, *made.targets)):
                continue
            seen.add(key)
            found = weighed("tagger", fills(made, "by" if role == "initiator" else "to", sighting.start, sighting.end, sentence))
            found |= weighed("tagger across", fills(made, "to" if role == "initiator" else "by", sighting.start, sighting.end, sentence))
            found[f"was {was}"] = found[f"{cluster} was {was} {sighting.kind}"] = 1.0
            found["one back"], found["next sentence"], found["further back"] = float(n == at - 1), float(n == at + 1), float(n < at - 1)
            found["known"], found[f"kind {sighting.kind}"] = float(sighting.named), 1.0
            if sighting.actor in opponents:
                found["opponent"], found[f"{cluster} opponent"] = 1.0, 1.0
                found["only opponent"] = float(len(opponents) == 1)
            found["points back"], found["noun"], found["passive"] = float(made.definite), float(not head.verbal), float(head.passive)
            found["pronoun"] = float(any(t.tag_ == "PRP" and t.dep_ in ("nsubj", "nsubjpass") for t in head.token.children))
            found["other side told"] = float(bool(made.targets if role == "initiator" else made.initiators))
            found["first named"] = float(len(seen) == 1)
            found["same paragraph"] = float(sentence.paragraph == made.sentence.paragraph)
            yield Recalled(sighting, sentence, found)

    def carry_over(self, drafts: Sequence[Draft], learned: Learned) -> None:
        """Gives an empty role of a draft the party around it that is likely enough."""
        for one in drafts:
            if not one.triggers or one.kind not in (Kind.EVENT, Kind.PLAN):
                continue
            for role, scale in (("initiator", learned.initiator_around), ("target", learned.target_around)):
                sides = one.initiators if role == "initiator" else one.targets
                if sides or not scale.weights:
                    continue
                able = [(scale.chance(c.evidence), -n, c) for n, c in enumerate(self.candidates(one, role))]
                best = max(able, default=None)
                if best is not None and best[0] >= RECALLED:
                    sides.append((best[2].sighting, best[2].sentence))
                    one.weighed[f"{role}s"] = ranked((c.sighting.name, chance, c.evidence, c is best[2]) for chance, _, c in able)
