"""Who says so, and how sure: the attribution chain and the factuality of a sentence.

The speaker is the subject of a verb of saying that governs the happening, or stands in "according to …", or after the
sentence ("…, a monitor said"). Hedges ("reportedly", "is believed to") make a claim ``reported`` when nobody is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from thucydides.claims.codebook import Codebook
from thucydides.claims.phrasing import phrase_of, wordlist
from thucydides.claims.sentences import Lemmas, Sentence
from thucydides.claims.triggers import NOUNS, SUBJECTS, VERBS, agents_of, subjects_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_ACCORDING = phrase_of("speakers", "according")
_COLON = re.compile(r"^(?P<who>[A-Z][\w.’' -]{1,50}?)\s*:\s+(?=[\"“A-Z])")
_THAT = phrase_of("speakers", "that")
_PLAIN = wordlist("speakers", "plain")
PRONOUNS = wordlist("speakers", "pronouns")
_NO_SPEAKER = frozenset("it this that there what which who i we you".split())
_PASSIVE = wordlist("speakers", "passive")
_ORDER = wordlist("speakers", "order")
_VAGUE_SOURCE = phrase_of("speakers", "vague source")


_NO_SOURCE = phrase_of("speakers", "no source")
_SAYING_TAGS = frozenset({"VBD", "VBZ", "VBP", "VBN", "VBG"})
_COMPLEMENTS = frozenset({"ccomp", "xcomp", "acl", "parataxis"})
_SHARED = wordlist("speakers", "shared")
_RELAYS = wordlist("speakers", "relays")
_LEADING = wordlist("speakers", "leading")
_PASSED_ON = 100.0  # deeper than any tree: "X said, citing Y" passes on what Y said
_RIVAL = frozenset({"advcl", "conj", "parataxis"})  # how another version hangs on one: "X said A, while Y said B"
_LATE = 9  # a verb so many words before the end may stand after what is said


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody credited in a sentence: name and span as told."""

    name: str
    start: int
    end: int
    verb: str  # dictionary form of the verb of saying, "" for "according to"
    denies: bool = False
    verb_token: int = -1
    nearness: int = 0  # 1 for whom the verb's subject passes on
    whole: bool = False  # covers the whole sentence
    vague: bool = False


def find_speakers(sentence: Sentence, codebook: Codebook, lemmas: Lemmas) -> list[Speaker]:
    """All speakers of a sentence, the surest first."""
    text = sentence.text
    found = list(_according(text))
    for token in sentence.doc:
        if token.pos_ == "VERB" or token.tag_ in _SAYING_TAGS:
            found += [s for s in _of_verb(token, sentence, codebook, lemmas) if all(s.start != o.start for o in found)]
    ends = _ends(codebook.lists["said"], codebook.lists["source"])
    for pattern in (ends.after_a_mark, ends.bare):
        tail = pattern.search(text)
        if tail and not any(s.whole or s.end > tail.start("who") for s in found):
            who = tail.group("who")
            if who.strip() and who.split()[0].lower() not in _NO_SPEAKER and who.split()[-1].lower() not in _PASSIVE:
                denies, vague = "denied" in tail.group().lower(), bool(_VAGUE_SOURCE.match(who))
                found.append(Speaker(who, tail.start("who"), tail.end("who"), "say", denies, whole=True, vague=vague))
    colon = _COLON.match(text)
    if colon and not found and not any(t.tag_ in VERBS for t in sentence.doc if t.idx < colon.end("who")):
        found.append(Speaker(colon.group("who"), colon.start("who"), colon.end("who"), "say", whole=True))
    return found


@dataclass(frozen=True, slots=True)
class _Ends:
    """How a sentence ends that names its speaker last, with and without the comma or quotation mark before him."""

    after_a_mark: re.Pattern[str]
    bare: re.Pattern[str]


@lru_cache(maxsize=2)
def _ends(said: frozenset[str], source: frozenset[str]) -> _Ends:
    verbs, nouns = ("|".join(sorted(map(re.escape, words), key=len, reverse=True)) for words in (said, source))
    return _Ends(
        re.compile(rf"[,\"”]\s*(?P<who>(?:the |an? )?[^,.;:\"”]{{2,90}}?)\s+(?:{verbs})\b(?P<rest>[^,;:\"”]{{0,80}})[.\"”]?\s*$"),
        re.compile(
            rf"(?P<who>(?:the |an? )?(?:[A-Z][\w’'-]+|{nouns})(?:[\s-](?:[A-Z(][\w’'.)-]*|for|of|the|and|{nouns})){{0,8}})"
            rf"\s+(?:{verbs})(?:\s+[A-Z]\w+)?(?:\s+(?:on\s+)?\w+day|\s+in a statement|\s+today|\s+late)?\s*[.]?\s*$"
        ),
    )


def _according(text: str) -> Iterator[Speaker]:
    for match in _ACCORDING.finditer(text):
        who = match.group("who").strip(" '’“")
        if len(who) > 1 and not _NO_SOURCE.match(who):
            at = match.start("who") + match.group("who").find(who)
            yield Speaker(who, at, at + len(who), "", whole=True, vague=bool(_VAGUE_SOURCE.match(who)))


def _of_verb(verb: Token, sentence: Sentence, codebook: Codebook, lemmas: Lemmas) -> Iterator[Speaker]:
    """The speaker of a verb of saying or denying: its subject, and of "quoted X as saying" X too."""
    lemma = lemmas.of(verb, "VERB" if verb.pos_ != "VERB" else None)
    denies = lemma in codebook.lists["deny"]
    if lemma in _ORDER or not (denies or lemma in codebook.lists["speech"]):
        return
    for n, token in enumerate(_relayed(verb, lemma)):
        told = _speaker(token, "say" if n == 0 else lemma, verb, sentence, nearness=1 - n)
        if told is not None:
            yield told
    dependants = {c.dep_ for c in verb.children}
    complement = denies or bool(dependants & _COMPLEMENTS) or verb.dep_ in ("parataxis", "ccomp")
    complement = complement or (lemma in codebook.lists["speech_object"] and "dobj" in dependants)
    late = lemma in _PLAIN and verb.i >= len(verb.doc) - _LATE and verb.i > 4 and "dobj" not in dependants
    if not (complement or late or _THAT.match(sentence.text, verb.idx + len(verb))):
        return
    own = [c for c in verb.children if c.dep_ == "nsubj"]
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.head.tag_ in NOUNS:
        own = [verb.head]  # "a statement by the ministry saying that"
    subjects, passive = subjects_of(verb)
    if passive or not (own or (subjects and lemma in _SHARED)):
        return
    subject = (own or subjects)[0]
    if subject.lower_ in PRONOUNS and lemma in _PLAIN:
        yield Speaker(subject.lower_, subject.idx, subject.idx + len(subject), lemma, denies, verb.i)
        return
    whole = (late and not complement) or (lemma in _RELAYS and verb.tag_ == "VBG")  # "X, citing Y, said …"
    told = _speaker(subject, lemma, verb, sentence, denies=denies, whole=whole)
    if told is not None:
        yield told


def _speaker(
    subject: Token, lemma: str, verb: Token, sentence: Sentence, *, denies: bool = False, whole: bool = False, nearness: int = 0
) -> Speaker | None:
    if subject.lower_ in _NO_SPEAKER or subject.tag_ not in NOUNS | {"PRP"}:
        return None
    start, end = name_of(subject, sentence.text)
    if end <= start:
        return None
    name = sentence.text[start:end]
    return Speaker(name, start, end, lemma, denies, verb.i, nearness, whole, vague=bool(_VAGUE_SOURCE.match(name)))


def _relayed(verb: Token, lemma: str) -> list[Token]:
    """Whom somebody passes on, "quoted X as saying", and of the passive who does: "X was quoted by Y as saying"."""
    manner = next((c for c in verb.children if c.lower_ == "as"), None)
    quoted = next((c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")), None)
    if lemma not in _RELAYS or manner is None or quoted is None:
        return []
    saying = [c for c in manner.children if c.dep_ == "pcomp"]
    return [quoted, *[agent for at in (verb, *saying) if quoted.dep_ == "nsubjpass" for agent in agents_of(at)][:1]]


def nearest_first(speakers: Sequence[tuple[Speaker, Sentence]]) -> list[tuple[Speaker, Sentence]]:
    """A chain of speakers: who says it himself, then who passes on what he said ("the agency quoted **the ministry** as saying")."""
    return sorted(speakers, key=lambda pair: -_nearness(pair[0], [s for s, at in speakers if at is pair[1]], pair[1]))


def _nearness(speaker: Speaker, others: Sequence[Speaker], sentence: Sentence) -> float:
    """How deep a speaker's cue lies in what others say. A phrase after a verb of saying, or on it, passes on what its subject said."""
    if speaker.verb_token >= 0:
        return _depth(sentence.doc[speaker.verb_token]) + speaker.nearness / 2
    lead = _lead(speaker, sentence)
    if lead is None:
        return 0.0
    if lead.lower_ in ("citing", "quoting"):
        return _PASSED_ON
    said = [sentence.doc[s.verb_token] for s in others if s.verb_token >= 0]
    before_clause = any(c.dep_ == "mark" and c.i > lead.i for c in lead.head.children)  # "said, according to Y, that"
    if any(before_clause or lead.head == verb or (verb.i < lead.i and not any(a == verb for a in lead.ancestors)) for verb in said):
        return min(_depth(verb) for verb in said) - 0.75
    return _depth(lead)


def _lead(speaker: Speaker, sentence: Sentence) -> Token | None:
    """The first word of "according to", "citing", "in the words of", before a name."""
    first = sentence.token_at(speaker.start)
    if first is None:
        return None
    near = sentence.doc[max(0, first.i - 4) : first.i]
    return next((t for t in reversed(near) if t.lower_ in _LEADING), None)


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)


def name_of(subject: Token, text: str) -> tuple[int, int]:
    """The speaker's noun phrase without relative clauses."""
    doc = subject.doc
    first = subject.left_edge.i
    last = subject.i
    for child in subject.children:
        if (
            child.i > subject.i
            and child.dep_ in ("prep", "conj", "cc", "appos", "compound", "punct", "nummod")
            and child.lower_ not in (",", "on", "in")
        ):
            if child.dep_ == "prep" and child.lower_ not in ("of", "for", "at", "from", "in"):
                continue
            if child.dep_ in ("punct",):
                continue
            edge = child.right_edge.i
            if any(t.dep_ in ("relcl", "acl") for t in doc[child.i : edge + 1]):
                edge = next(t.i for t in doc[child.i : edge + 1] if t.dep_ in ("relcl", "acl")) - 1
            if edge - subject.i <= 12:
                last = max(last, edge)
    while first < subject.i and (
        doc[first].tag_ in (",", "``", "''", "CC", "RB", "IN", ":", "-RRB-") or doc[first].lower_ in ("meanwhile", "however", "but", "and")
    ):
        first += 1
    for t in doc[first : subject.i]:
        if t.tag_ == "," and subject.i - t.i > 6:
            first = t.i + 1
    return doc[first].idx, doc[last].idx + len(doc[last])


def governs(speaker: Speaker, token: Token, others: Sequence[Speaker] = ()) -> bool:
    """Whether a speaker's verb stands over a token of the sentence; beside it, only what ``others`` do not say by a verb of their own."""
    if speaker.whole or speaker.verb_token < 0:
        return True
    verb = token.doc[speaker.verb_token]
    if any(t.text == ";" for t in token.doc[token.i : verb.i]) and any(
        c.dep_ in ("ccomp", "xcomp") and c.i > verb.i for c in verb.children
    ):
        return False  # "X bombed Y; Z denied that …": the parse hangs the first on what follows
    above = [token, *token.ancestors]
    if verb in above:
        if any(a.head == verb and a.dep_ in SUBJECTS and speaker.start <= a.idx < speaker.end for a in above):
            return False  # "the coalition, which bombed Y, said …": in the speaker's own name
        between = above[1 : above.index(verb)]
    elif _stands_beside(verb):
        between = above[1:]
    else:
        return False
    rivals = {other.verb_token for other in others} - {speaker.verb_token}
    return not any(a.i in rivals and a.dep_ in _RIVAL for a in between)


def _stands_beside(verb: Token) -> bool:
    """Whether a verb of saying is put in or after what is said: ", the mayor said"; the parse may take a comma for an "and"."""
    return verb.dep_ in ("parataxis", "ROOT") or (verb.dep_ == "conj" and not any(c.dep_ == "cc" for c in verb.head.children))
