"""Which words of a sentence state a happening, and who stands in which role beside them.

A trigger is a verb or noun of the codebook. Roles come from the dependency parse: active, passive and agentless clauses,
participles and relative clauses, conjoined verbs, light verbs ("carried out a strike"), nouns with their modifiers and
prepositions ("Israeli strikes on …", "clashes between A and B").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from thucydides.claims.codebook import Codebook, Frame
from thucydides.claims.phrasing import wordlist
from thucydides.claims.sentences import Lemmas, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
VERBS = frozenset("VB VBD VBG VBN VBP VBZ".split())
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
RELATIVES = wordlist("triggers", "relatives")
TARGET_PREPS = wordlist("triggers", "target preps")
_MEANS = wordlist("triggers", "by means of")
CARRIERS = frozenset({"fire", "found", "use", "lives", "drop"})
SUFFERED = frozenset("kill wound murder shoot abduct arrest stab".split())
OF_TARGET = frozenset(
    "murder abduct arrest rape strike shelling airstrike attack destroy capturing kill casualty blast loot surrender crackdown".split()
)


_ANOTHER_SENSE = wordlist("triggers", "another sense")
_MEASURES = wordlist("triggers", "measures")


@dataclass(slots=True, eq=False)
class Trigger:
    """A word that states a happening, with the tokens that fill its roles."""

    sentence: Sentence
    token: Token
    first: int
    last: int
    frame: Frame
    verbal: bool
    passive: bool = False
    strength: float = 1.0
    initiators: list[Token] = field(default_factory=list)
    targets: list[Token] = field(default_factory=list)
    mutual: list[Token] = field(default_factory=list)
    places: list[Token] = field(default_factory=list)
    arms: list[Token] = field(default_factory=list)
    events: list[Token] = field(default_factory=list)  # event nouns it governs: "carried out a strike"
    light: bool = False
    carrier: Token | None = None  # the verb that only carries it: "mounted" an attack
    heard: bool = False  # in no table: the tagger takes it for a happening
    accusers: list[Token] = field(default_factory=list)  # who lays it to somebody else's charge

    @property
    def family(self) -> str:
        return self.frame.family


def find_triggers(sentence: Sentence, codebook: Codebook, lemmas: Lemmas, heard: Mapping[int, Frame]) -> list[Trigger]:
    """All triggers of a sentence, left to right, with their roles. ``heard`` are frames for words that no table knows, by index."""
    found: list[Trigger] = []
    taken: set[int] = set()
    doc = sentence.doc
    for token in doc:
        if token.i in taken:
            continue
        trigger = None
        if token.tag_ in VERBS or token.pos_ == "AUX":
            trigger = _verb(sentence, token, codebook, lemmas)
            if trigger is None:
                trigger = _noun(sentence, token, codebook, lemmas)
        elif token.tag_ in NOUNS or token.tag_ in ("JJ", "FW"):
            trigger = _noun(sentence, token, codebook, lemmas)
            if (
                trigger is None
                and token.tag_ in ("NN", "NNS", "NNP", "NNPS", "JJ")
                and token.dep_ in ("ROOT", "ccomp", "conj", "acl", "advcl", "relcl")
            ):
                trigger = _verb(sentence, token, codebook, lemmas)
        if trigger is None and token.i in heard and not _means_something_else(token, lemmas.of(token)):
            frame, verbal = heard[token.i], token.tag_ in VERBS
            trigger = Trigger(sentence, token, token.i, token.i, frame, verbal, strength=frame.strength, heard=True)
        if trigger is not None:
            found.append(trigger)
            taken.update(range(trigger.first, trigger.last + 1))
    nouns = {t.token.i for t in found if not t.verbal}
    # "launched an attack": the noun states it, the verb only carries it
    found = [
        t for t in found if not (t.verbal and t.family in CARRIERS and any(c.dep_ == "dobj" and c.i in nouns for c in t.token.children))
    ]
    # "used rockets to bomb the town": the deed states it, its arms come with the verb that carries it
    deeds = {t.token.i for t in found if t.verbal and t.family not in CARRIERS}
    carried = {t.token.i: t for t in found if t.verbal and t.family == "use"}
    for carrier in list(carried.values()):
        if any(c.i in deeds and c.dep_ in ("xcomp", "advcl") and c.tag_ in ("VB", "VBG") for c in carrier.token.children):
            found.remove(carrier)
    for trigger in found:
        if trigger.verbal:
            _verb_roles(trigger, lemmas)
        else:
            _noun_roles(trigger, codebook, lemmas)
    return found


def _sequence(
    sentence: Sentence, token: Token, table: Mapping[str, tuple[tuple[tuple[str, ...], Frame], ...]], first: str, lemmas: Lemmas, pos: str
) -> tuple[Frame, int] | None:
    doc = sentence.doc
    for parts, frame in table.get(first, ()):
        if len(parts) == 1:
            return frame, token.i
        at, ok = token.i, True
        for part in parts[1:]:
            at += 1
            if at < len(doc) and (doc[at].lower_ == part or (pos == "NOUN" and lemmas.of(doc[at], "NOUN") == part)):
                continue
            if pos == "VERB":  # a particle may stand off: "blew a bus up"
                away = next((c for c in token.children if c.dep_ in ("prt", "advmod", "prep") and c.lower_ == part), None)
                if away is not None:
                    at -= 1
                    continue
            ok = False
            break
        if ok:
            return frame, max(at, token.i)
    return None


def _verb(sentence: Sentence, token: Token, codebook: Codebook, lemmas: Lemmas) -> Trigger | None:
    lemma = lemmas.of(token, "VERB" if token.pos_ != "VERB" else None)
    match = _sequence(sentence, token, codebook.verbs, lemma, lemmas, "VERB")
    for form in _forms(token.lower_, lemma):
        match = match or _sequence(sentence, token, codebook.verbs, form, lemmas, "VERB")
    if match is None:
        return None
    frame, last = match
    if token.dep_ in ("amod", "compound"):
        return None  # "the besieged town", "killed soldiers": describes, does not state
    if _means_something_else(token, lemma):
        return None
    return Trigger(sentence, token, token.i, last, frame, True, strength=frame.strength)


def _means_something_else(token: Token, lemma: str) -> bool:
    """Whether a verb means something else with the word beside it: "hung out near the station", "took the parcel home"."""
    beside = (c for c in token.children if c.dep_ in ("prt", "advmod", "npadvmod") or (c.dep_ == "dobj" and c.i == token.i + 1))
    return any(f"{lemma} {c.lower_}" in _ANOTHER_SENSE for c in beside)


def _forms(word: str, lemma: str) -> Iterator[str]:
    """Further dictionary forms to try where the lemmatizer's is unknown: "raped" is no "rap"."""
    if word != lemma:
        yield word
    for end, puts in (("ed", ("", "e")), ("ing", ("", "e")), ("s", ("",))):
        if word.endswith(end) and len(word) > len(end) + 2:
            yield from (word[: -len(end)] + put for put in puts)


def _noun(sentence: Sentence, token: Token, codebook: Codebook, lemmas: Lemmas) -> Trigger | None:
    first = lemmas.of(token, "NOUN")
    match = _sequence(sentence, token, codebook.nouns, first, lemmas, "NOUN") or (
        _sequence(sentence, token, codebook.nouns, token.lower_, lemmas, "NOUN") if first != token.lower_ else None
    )
    if match is None:
        return None
    frame, last = match
    head = sentence.doc[last] if sentence.doc[last].tag_ in NOUNS else token  # "raid on"
    if head.dep_ in ("compound", "amod", "nmod") and head.head.i > head.i and head.head.tag_ in NOUNS:
        noun = lemmas.of(head.head, "NOUN")
        if noun not in codebook.nouns and noun not in ("site", "scene", "victim", "toll", "campaign", "incident"):
            return None  # "strike group", "battle lines"
    return Trigger(sentence, head, token.i, last, frame, False, strength=frame.strength)


# ── roles ────────────────────────────────────────────────────────────────────────────────────────


def conjoined(token: Token) -> Iterator[Token]:
    """A noun and those joined to it: "the SAA and its allies"."""
    yield token
    for child in token.children:
        if child.dep_ == "conj" and child.tag_ in NOUNS | {"CD", "PRP", "JJ"}:
            yield from conjoined(child)
        elif child.dep_ == "appos" and child.tag_ in ("NNP", "NNPS") and token.tag_ in ("NNP", "NNPS") and child.i - token.i < 8:
            yield from conjoined(child)  # "the Syrian Arab Army (SAA) Tiger Forces and the Republican Guard"


def antecedent(token: Token) -> Token:
    """The noun that "who", "which" or "that" stands for, else the token itself."""
    if token.lower_ in RELATIVES and token.tag_ in ("WP", "WDT", "IN", "DT"):
        verb = token.head
        while verb.dep_ in ("conj", "xcomp") and verb.head.i != verb.i:
            verb = verb.head
        if verb.dep_ == "relcl":
            return verb.head
    return token


def spoken_for(subject: Token, verb: Token) -> Token:
    """Whom a pronoun of reported speech means: "the army said it had taken X"."""
    quoted = sum(t.text in ('"', "``", "''") for t in subject.doc[: subject.i]) % 2 == 1
    if subject.lower_ not in (("we",) if quoted else ("it", "they", "he", "she", "we")):
        return subject
    at = verb
    for _ in range(4):
        if at.dep_ == "ccomp" and at.head.tag_ in VERBS:
            own = [c for c in at.head.children if c.dep_ == "nsubj" and c.tag_ in NOUNS]
            return own[0] if own else subject
        if at.head.i == at.i:
            break
        at = at.head
    return subject


def subjects_of(verb: Token) -> tuple[list[Token], bool]:
    """The subject nouns of a verb, found up the tree where the clause has none, and whether the verb is passive to them."""
    seen = 0
    at = verb
    passive = any(c.dep_ in ("nsubjpass", "auxpass", "agent") for c in verb.children)
    while seen < 5:
        own = [c for c in at.children if c.dep_ in SUBJECTS]
        if own:
            if at.i == verb.i:
                passive = passive or own[0].dep_ == "nsubjpass"
            return [antecedent(t) for o in own for t in conjoined(o)], passive
        if at.dep_ in ("acl", "relcl"):
            noun = at.head
            if at.tag_ == "VB" and noun.dep_ == "dobj" and noun.head.lower_ in _MEANS:
                at = noun.head
                seen += 1
                continue
            return list(conjoined(noun)) if noun.tag_ in NOUNS else [noun], passive or (verb.i == at.i and verb.tag_ == "VBN")
        if at.dep_ == "xcomp" and at.head.lower_ not in _MEANS:
            target = [c for c in at.head.children if c.dep_ in ("dobj", "dative")]
            if target:
                return [t for o in target for t in conjoined(o)], passive
        if at.dep_ in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "dep", "parataxis", "acomp", "attr") and at.head.i != at.i:
            if (
                at.i == verb.i
                and verb.tag_ == "VBN"
                and at.dep_ in ("advcl", "conj")
                and not any(c.dep_ in ("aux", "dobj") for c in verb.children)
            ):
                passive = passive or at.dep_ == "advcl" or any(c.dep_ in ("nsubjpass", "auxpass") for c in at.head.children)
            at = at.head
            if at.dep_ == "prep":
                at = at.head
            seen += 1
            continue
        if at.dep_ == "prep" or (at.tag_ not in VERBS and at.dep_ != "ROOT"):
            if at.head.i == at.i:
                break
            at = at.head
            seen += 1
            continue
        break
    return [], passive or (verb.tag_ == "VBN" and not any(c.dep_ in ("aux", "dobj") for c in verb.children))


def agents_of(verb: Token) -> list[Token]:
    """Whoever stands behind "by"."""
    found = []
    for child in verb.children:
        if child.lower_ == "by" and child.dep_ in ("agent", "prep"):
            found += [t for p in child.children if p.dep_ == "pobj" for t in conjoined(p)]
    return found


def _leading_noun(verb: Token) -> list[Token]:
    """The first noun of the clause, where the parse gives a finite verb no subject."""
    doc = verb.doc
    start = next((i + 1 for i in range(verb.i - 1, -1, -1) if doc[i].tag_ in (",", ":", "``", "''", "-LRB-", "-RRB-")), 0)
    for token in doc[start : verb.i]:
        if token.tag_ in VERBS or token.tag_ == "IN":
            return []
        if token.tag_ in NOUNS and token.dep_ not in ("compound", "nmod", "amod", "poss"):
            return list(conjoined(token))
    return []


def _give(trigger: Trigger, role: str, tokens: list[Token]) -> None:
    if role == "I":
        trigger.initiators += tokens
    elif role in ("T", "L"):
        trigger.targets += tokens
    elif role == "P":
        trigger.places += tokens
    elif role == "W":
        trigger.arms += tokens
    elif role == "M":
        trigger.mutual += tokens
    elif role == "E":
        trigger.events += tokens


def _verb_roles(trigger: Trigger, lemmas: Lemmas) -> None:
    verb, frame = trigger.token, trigger.frame
    subjects, trigger.passive = subjects_of(verb)
    subjects = [spoken_for(t, verb) for t in subjects]
    objects = [t for c in verb.children if c.dep_ in ("dobj", "oprd") for t in conjoined(c)]
    if not objects and verb.dep_ == "relcl":
        own = [c for c in verb.children if c.dep_ in SUBJECTS]
        if own and own[0].lower_ not in RELATIVES:
            objects = list(conjoined(verb.head))  # "the town that rebels captured"
    if not objects and verb.dep_ == "conj" and verb.head.tag_ in VERBS and verb.i - verb.head.i <= 3 and not trigger.passive:
        objects = []
    objects = [antecedent(t) for t in objects]
    if not objects and not trigger.passive:
        # "bombed and burned the village": the object stands with the last verb
        after = next((c for c in verb.children if c.dep_ == "conj" and c.tag_ in VERBS and c.i - verb.i <= 3), None)
        if after is not None:
            objects = [t for c in after.children if c.dep_ == "dobj" for t in conjoined(c)]
    agents = agents_of(verb)
    if not objects and not trigger.passive:
        objects = [c for c in verb.children if c.dep_ in ("npadvmod", "dep") and c.i > verb.i and c.tag_ in ("NNS", "NNPS")]
    next_tag = verb.doc[verb.i + 1].tag_ if verb.i + 1 < len(verb.doc) else "."
    headline = frame.family in SUFFERED and verb.tag_ in ("VBD", "VBN") and next_tag in ("IN", ".", ",", "CC", ":", "RP")
    if not trigger.passive and not objects and headline and subjects:
        trigger.passive = True  # headline form: "Fighter killed in Manbij"
    if not subjects and not trigger.passive and verb.tag_ in ("VBD", "VBZ", "VBP"):
        subjects = _leading_noun(verb)
    accused = _accused(verb, lemmas, trigger)
    if accused:
        subjects = accused  # "accused X of killing": X did it, not the accuser
    if trigger.passive:
        if frame.object:
            _give(trigger, frame.object, subjects)
        elif frame.subject in ("T", "P"):
            _give(trigger, frame.subject, subjects)
        _give(trigger, frame.subject if frame.subject in ("I", "M", "W") else "I", agents)
        trigger.events += list(objects)
    else:
        _give(trigger, frame.subject, subjects)
        _give(trigger, frame.object, objects)
    for child in verb.children:
        if child.dep_ in ("prep", "dative", "agent") and child.lower_ != "by":
            role = frame.prep(child.lower_)
            inner = [t for p in child.children if p.dep_ == "pobj" for t in conjoined(p)]
            if role:
                _give(trigger, role, inner)
            elif child.lower_ == "with":
                trigger.arms += inner
            elif child.lower_ in ("in", "during", "from", "after"):
                trigger.events += inner


def _accused(token: Token, lemmas: Lemmas, trigger: Trigger) -> list[Token]:
    """Whom somebody blames: "accused X of killing", "blamed the attack on X", "blamed X for the attack". Notes who does so."""
    verb, accused = _charge(token, lemmas)
    if verb is not None:
        subjects, passive = subjects_of(verb)
        trigger.accusers += agents_of(verb) if passive else subjects
    return accused


_CHARGES = frozenset((("accuse", "of"), ("blame", "for"), ("suspect", "of"), ("charge", "with")))


def _charge(token: Token, lemmas: Lemmas) -> tuple[Token | None, list[Token]]:
    """The verb that lays a happening to somebody's charge, and to whose."""
    if token.dep_ in ("pcomp", "pobj") and token.head.dep_ == "prep":
        prep, verb = token.head, token.head.head
        if verb.tag_ in VERBS and (lemmas.of(verb), prep.lower_) in _CHARGES:
            return verb, [antecedent(t) for c in verb.children if c.dep_ in ("dobj", "nsubjpass") for t in conjoined(c)]
        noun = prep.head  # the parser may hang "of killing" on the one accused
        suspected = noun.tag_ in NOUNS and noun.dep_ in ("dobj", "nsubjpass") and noun.head.tag_ in VERBS
        if suspected and prep.lower_ in ("of", "for") and lemmas.of(noun.head) in ("accuse", "blame", "suspect"):
            return noun.head, list(conjoined(noun))
    if token.dep_ in ("dobj", "nsubjpass") and token.head.tag_ in VERBS and lemmas.of(token.head) in ("blame", "pin"):
        blamed = (p for c in token.head.children if c.dep_ == "prep" and c.lower_ == "on" for p in c.children if p.dep_ == "pobj")
        return token.head, [t for p in blamed for t in conjoined(p)]
    return None, []


def _noun_roles(trigger: Trigger, codebook: Codebook, lemmas: Lemmas) -> None:
    noun, frame = trigger.token, trigger.frame
    doc = trigger.sentence.doc
    for at in range(trigger.first, trigger.last + 1):
        for child in doc[at].children:
            if trigger.first <= child.i <= trigger.last:
                continue
            if child.dep_ in ("amod", "compound", "poss", "nmod") and child.i < noun.i:
                trigger.initiators.append(child)
            elif child.dep_ in ("prep", "agent"):
                inner = [t for p in child.children if p.dep_ == "pobj" for t in conjoined(p)]
                word = child.lower_
                if word == "by":
                    trigger.initiators += inner
                elif word == "between" or word == "among":
                    trigger.mutual += inner
                elif word == "with" and frame.family in ("clash", "exchange") and _of_the_dead(noun):
                    trigger.initiators += inner
                elif (word == "with" and frame.family in ("clash", "exchange", "agree", "talks")) or word in TARGET_PREPS:
                    trigger.targets += inner
                elif word == "of" and frame.family in OF_TARGET:
                    _give(trigger, "P" if frame.family == "capturing" else "T", inner)
                elif word in ("in", "near", "around", "outside", "inside"):
                    trigger.places += inner
                elif word == "with":
                    trigger.arms += inner
            elif child.dep_ == "relcl" and lemmas.of(child) == "blame":
                trigger.initiators += [
                    t for c in child.children if c.lower_ == "on" for p in c.children if p.dep_ == "pobj" for t in conjoined(p)
                ]
            elif child.dep_ in ("acl", "relcl") and child.lower_ in ("targeting", "hitting", "striking"):
                trigger.targets += [t for c in child.children if c.dep_ == "dobj" for t in conjoined(c)]
    if frame.family in ("clash", "exchange", "agree", "talks") and not trigger.mutual:
        # "clashes broke out in X between A and B": the phrase stands off from its noun
        for token in doc[noun.i + 1 : noun.i + 16]:
            if token.lower_ in ("between", "among") and token.dep_ == "prep":
                trigger.mutual += [t for p in token.children if p.dep_ == "pobj" for t in conjoined(p)]
    _governor_roles(trigger, codebook, lemmas)


def _of_the_dead(noun: Token) -> bool:
    """Whether a fight is told as what people suffered in: "were killed in a gun battle **with** police"."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("in", "during"):
        return False
    return any(c.dep_ in ("nsubjpass", "auxpass") for c in noun.head.head.children)


def _measured(noun: Token) -> bool:
    """Whether a noun is told by a measure of it: "a series of" strikes, "one of the heaviest" attacks."""
    return noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ in _MEASURES


def _governor_roles(trigger: Trigger, codebook: Codebook, lemmas: Lemmas) -> None:
    """Roles from the verb that governs an event noun: "launched strikes on", "came under attack", "strikes killed"."""
    noun = trigger.token
    trigger.initiators += _accused(noun, lemmas, trigger)
    top = noun
    while top.head.i != top.i and (top.dep_ in ("conj", "compound", "nmod") or _measured(top)):
        top = top.head if top.dep_ != "pobj" else top.head.head
    verb = top.head
    if top.dep_ == "pobj":
        prep = top.head
        verb = prep.head
        if verb.tag_ not in VERBS and verb.lower_ not in ("responsibility", "victim", "victims"):
            return
        if prep.lower_ == "for" and any(c.lower_ == "responsibility" for c in verb.children):
            trigger.initiators += subjects_of(verb)[0]  # "claimed responsibility for the bombing"
            trigger.light = True
            return
        if prep.lower_ in ("of", "to", "in") and verb.lower_ in ("victim", "victims") and verb.dep_ in ("attr", "acomp", "dobj", "oprd"):
            trigger.targets += subjects_of(verb.head)[0]  # "were victims of an attack"
            trigger.light = True
            return
        if prep.lower_ == "for" and prep.head.lower_ == "responsibility":
            trigger.initiators += subjects_of(prep.head.head)[0]
            trigger.light = True
            return
        if prep.lower_ in ("in", "during", "by", "from", "under"):
            match = _sequence(trigger.sentence, verb, codebook.light, lemmas.of(verb), lemmas, "VERB")
            subjects, _ = subjects_of(verb)
            if match and match[1] > verb.i and match[0].subject == "T":
                trigger.targets += subjects
                trigger.light = True
        return
    if verb.tag_ not in VERBS:
        return
    match = _sequence(trigger.sentence, verb, codebook.light, lemmas.of(verb), lemmas, "VERB")
    subjects, _passive = subjects_of(verb)
    if top.dep_ in ("dobj", "oprd") and match and match[0].subject == "I":
        trigger.initiators += subjects
        trigger.light, trigger.carrier = True, verb
        trigger.strength = max(trigger.strength, 0.8)
        for child in verb.children:
            if child.dep_ == "prep" and child.lower_ in TARGET_PREPS:
                trigger.targets += [t for p in child.children if p.dep_ == "pobj" for t in conjoined(p)]
    elif top.dep_ == "dobj" and match and match[0].subject == "T":
        trigger.targets += subjects
        trigger.light = True
    elif top.dep_ == "nsubjpass" and match and match[0].subject == "I":
        trigger.initiators += agents_of(verb)
        trigger.light = True
        for child in verb.children:
            if child.dep_ == "prep" and child.lower_ in TARGET_PREPS:
                trigger.targets += [t for p in child.children if p.dep_ == "pobj" for t in conjoined(p)]
    elif top.dep_ == "nsubj" and match and match[0].object == "T":
        trigger.targets += [t for c in verb.children if c.dep_ == "dobj" for t in conjoined(c)]
