"""Who says so, and how sure: the attribution chain and the factuality of a sentence.

The speaker is the subject of a verb of saying that governs the happening, or stands in "according to …", or after the
sentence ("…, a monitor said"). Hedges ("reportedly", "is believed to") make a claim ``reported`` when nobody is named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thucydides.claims.codebook import Codebook
from thucydides.claims.sentences import Lemmas, Sentence
from thucydides.claims.triggers import NOUNS, VERBS, subjects_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_ACCORDING = re.compile(
    r"\b(?:according to|as per|in the words of|citing|quoting)\s+(?P<who>(?:(?!\b(?:that|which|who|as|on|in a|where|when|after|has|have|"
    r"had|was|were|said|adding|and the)\b)[^,.;:\"”])+)",
    re.I,
)
_SPEECH = (
    r"(?:said|says|say|told|reported|reports|added|announced|confirmed|stated|claimed|claims|noted|explained|declared|revealed|disclosed|"
    r"tweeted|wrote|insisted|"
    r"stressed|alleged|acknowledged|admitted|indicated|warned|testified|maintained|asserted|documented|pointed out|denied|has said|have "
    r"said|has reported|have reported|has documented|have documented|has confirmed|have confirmed|had reported|had said|has verified)"
)
_POSTPOSED = re.compile(r"[,\"”]\s*(?P<who>(?:the |an? )?[^,.;:\"”]{2,90}?)\s+" + _SPEECH + r"\b(?P<rest>[^,;:\"”]{0,80})[.\"”]?\s*$")
_TAIL = re.compile(
    r"(?P<who>(?:the |an? )?(?:[A-Z][\w’'-]+|sources?|witnesses|residents?|officials?|activists?|monitors?|police|hospital|local|"
    r"security|medical|military|rescue|media|opposition)(?:[\s-](?:[A-Z(][\w’'.)-]*|for|of|the|and|sources?|witnesses|residents?|"
    r"officials?|activists?|monitors?|monitoring|groups?|network|spokes\w+|workers|service|agency|police|commander|"
    r"reports)){0,8})\s+(?:said|reported|added|noted|announced|stated|confirmed|told [A-Z]\w+|says)(?:\s+(?:on\s+)?(?:Mon|Tues|Wednes|"
    r"Thurs|Fri|Satur|Sun)day|\s+in a statement|\s+today|\s+late)?\s*[.]?\s*$"
)
_COLON = re.compile(r"^(?P<who>[A-Z][\w.’' -]{1,50}?)\s*:\s+(?=[\"“A-Z])")
_THAT = re.compile(r"(?:\s+\S+){0,6}?\s+that\b")
_PLAIN = frozenset("say add note report state announce tell confirm reveal explain declare stress claim comment write document".split())
PRONOUNS = frozenset({"he", "she", "it", "they"})
_NO_SPEAKER = frozenset("it this that there what which who i we you".split())
_ORDER = frozenset("call demand urge ask order hope expect predict threaten vow pledge".split())
_VAGUE_SOURCE = re.compile(
    r"^(?:initial |early |media |news |local |press |unconfirmed |some |other |several |first |these |those )*(?:reports?|accounts|"
    r"rumou?rs|information|estimates|figures)(?: from .*)?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody credited in a sentence: name and span as told."""

    name: str
    start: int
    end: int
    verb: str  # dictionary form of the verb of saying, "" for "according to"
    denies: bool = False
    verb_token: int = -1
    whole: bool = False  # covers the whole sentence
    vague: bool = False


def find_speakers(sentence: Sentence, codebook: Codebook, lemmas: Lemmas) -> list[Speaker]:
    """All speakers of a sentence, the surest first."""
    text, doc = sentence.text, sentence.doc
    found: list[Speaker] = []
    speech, deny = codebook.lists["speech"], codebook.lists["deny"]
    for match in _ACCORDING.finditer(text):
        who = match.group("who").strip(" '’“")
        if len(who) > 1 and not re.match(r"(?:a |the )?(?:plan|agreement|law|schedule|his|her|its|their)\b", who):
            at = match.start("who") + match.group("who").find(who)
            found.append(Speaker(who, at, at + len(who), "", whole=True, vague=bool(_VAGUE_SOURCE.match(who))))
    for token in doc:
        if token.pos_ != "VERB" and token.tag_ not in ("VBD", "VBZ", "VBP", "VBN", "VBG"):
            continue
        lemma = lemmas.of(token, "VERB" if token.pos_ != "VERB" else None)
        if lemma not in speech and lemma not in deny:
            continue
        if lemma in _ORDER:
            continue
        complement = (
            any(c.dep_ in ("ccomp", "xcomp", "acl", "parataxis") for c in token.children)
            or token.dep_ in ("parataxis",)
            or token.dep_ == "ccomp"
            or lemma in deny
        )
        if lemma in (
            "report",
            "announce",
            "confirm",
            "document",
            "claim",
            "record",
            "reveal",
            "blame",
            "accuse",
            "estimate",
            "cite",
            "quote",
            "describe",
            "disclose",
        ):
            complement = complement or any(c.dep_ == "dobj" for c in token.children)
        late = lemma in _PLAIN and token.i >= len(doc) - 9 and token.i > 4 and not any(c.dep_ == "dobj" for c in token.children)
        if not complement and not late and not (lemma not in deny and _THAT.match(text, token.idx + len(token))):
            continue
        subjects, passive = subjects_of(token)
        own = [c for c in token.children if c.dep_ == "nsubj"]
        if not own and lemma not in ("add", "say", "quote", "cite"):
            continue
        if passive or not (own or subjects):
            continue
        subject = (own or subjects)[0]
        if subject.lower_ in PRONOUNS and lemma in _PLAIN:
            found.append(Speaker(subject.lower_, subject.idx, subject.idx + len(subject), lemma, lemma in deny, token.i))
            continue
        if subject.lower_ in _NO_SPEAKER or subject.tag_ not in NOUNS | {"PRP"}:
            continue
        start, end = name_of(subject, text)
        if end <= start:
            continue
        found.append(
            Speaker(
                text[start:end],
                start,
                end,
                lemma,
                lemma in deny,
                token.i,
                whole=late and not complement,
                vague=bool(_VAGUE_SOURCE.match(text[start:end])),
            )
        )
    for pattern in (_POSTPOSED, _TAIL):
        tail = pattern.search(text)
        if tail and not any(s.whole or s.end > tail.start("who") for s in found):
            who = tail.group("who")
            if who.strip() and who.split()[0].lower() not in _NO_SPEAKER:
                found.append(Speaker(who, tail.start("who"), tail.end("who"), "say", "denied" in tail.group().lower(), whole=True))
    colon = _COLON.match(text)
    if colon and not found and not any(t.tag_ in VERBS for t in doc if t.idx < colon.end("who")):
        found.append(Speaker(colon.group("who"), colon.start("who"), colon.end("who"), "say", whole=True))
    return found


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


def governs(speaker: Speaker, token: Token) -> bool:
    """Whether a speaker's verb stands over a token of the sentence."""
    if speaker.whole or speaker.verb_token < 0:
        return True
    return (
        any(a.i == speaker.verb_token for a in token.ancestors)
        or token.i == speaker.verb_token
        or (abs(token.i - speaker.verb_token) > 0 and token.doc[speaker.verb_token].dep_ in ("parataxis", "ROOT"))
    )
