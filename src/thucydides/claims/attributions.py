"""Who says, thinks, wants or judges what: every attribution of a sentence, wider than the speakers who are credited with a happening.

An attribution is a cue ("said", "his plan to", "critical of"), what it introduces, and, unless it is left unsaid ("was expected to"),
whose it is. Of a speaker (``speakers.py``) the cue is the verb of saying, "according to" or a colon; the others are cues by
``codebook/attribution.tsv``, which lists words and what makes each of them a cue.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from thucydides.claims.codebook import Codebook
from thucydides.claims.phrasing import wordlist
from thucydides.claims.sentences import Lemmas, Sentence
from thucydides.claims.speakers import Speaker, find_speakers, name_of
from thucydides.claims.triggers import NOUNS, VERBS, antecedent, subjects_of

if TYPE_CHECKING:
    from spacy.tokens import Token

Span = tuple[int, int]
GOVERNED = frozenset({"ccomp", "xcomp", "acl", "parataxis", "dobj"})  # what is said, as the parse hangs it on the verb of a speaker
LEAST_WORDS = 3  # of a piece of what is said beside the speaker's own words: " on Tuesday" is none
_OWNERS = wordlist("attributions", "owners")
_STANCE = wordlist("attributions", "stance")
CARRIES = "carry"  # the class of verbs that carry a noun of saying
_PREDICATIVE = frozenset({"acomp", "oprd", "ROOT", "ccomp", "conj", "advcl", "relcl", "acl"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue, whose it is and what it introduces, in offsets of the sentence."""

    kind: str  # of the table: say, ask, think, want, judge, rule, show …
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    inner: bool = False  # stands in what somebody else says: within quotation marks or in the content of another attribution


def attributions(sentence: Sentence, codebook: Codebook, lemmas: Lemmas, *, quoted: bool = False) -> list[Attribution]:
    """The attributions of a sentence. ``quoted`` tells that a quotation begun before it is still open."""
    listed = list(_by_table(sentence, codebook, lemmas))
    spoken = [of_speaker(speaker, sentence) for speaker in find_speakers(sentence, codebook, lemmas)]
    found = [_filled(a, listed) for a in spoken] + [a for a in listed if not any(_same(a, b) for b in spoken)]
    return [replace(a, inner=_quoted(a, sentence.text, quoted) or any(_holds(b, a) and not _holds(a, b) for b in found)) for a in found]


def _filled(one: Attribution, listed: Sequence[Attribution]) -> Attribution:
    """A speaker's attribution with what else its cue takes: "accused X **of shelling Y**"."""
    more = [piece for other in listed if _same(one, other) for piece in other.content]
    return replace(one, content=(*one.content, *(p for p in more if not any(_share(p, held) for held in one.content))))


def _holds(outer: Attribution, inner: Attribution) -> bool:
    """Whether a cue stands in what another attribution introduces."""
    cue = inner.cue
    return outer is not inner and outer.cue is not None and cue is not None and any(a <= cue[0] and cue[1] <= b for a, b in outer.content)


def _quoted(one: Attribution, text: str, quoted: bool) -> bool:
    return one.cue is not None and (text.count('"', 0, one.cue[0]) + quoted) % 2 == 1


def _same(one: Attribution, other: Attribution) -> bool:
    return one.cue is not None and other.cue is not None and _share(one.cue, other.cue)


def _share(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


# ── of a speaker ─────────────────────────────────────────────────────────────────────────────────


def of_speaker(speaker: Speaker, sentence: Sentence) -> Attribution:
    """What a speaker says: the clause that the verb governs, or, of a verb after or amid what is said, the rest of the sentence."""
    source, cue = (speaker.start, speaker.end), _cue(speaker, sentence)
    content = tuple(_governed(speaker, sentence)) or tuple(_beside([source, *([cue] if cue else [])], sentence))
    return Attribution("deny" if speaker.denies else "say", source, cue, content)


def _cue(speaker: Speaker, sentence: Sentence) -> Span | None:
    """The verb of saying; without one the words that lead to the name ("according to") or follow it ("said", a colon)."""
    if speaker.verb_token >= 0:
        return _span(sentence.doc[speaker.verb_token])
    if not speaker.verb:
        return _leading(speaker, sentence)
    colon = re.compile(r"\s*:").match(sentence.text, speaker.end)
    if colon is not None:
        return colon.end() - 1, colon.end()
    after = (token for token in sentence.doc if token.idx >= speaker.end and token.pos_ == "VERB")
    return next((_span(token) for token in after), None)


def _leading(speaker: Speaker, sentence: Sentence) -> Span | None:
    before = [token for token in sentence.doc if token.idx + len(token) <= speaker.start and token.pos_ != "PUNCT"]
    if not before:
        return None
    last = before[-1]
    first = last.head if last.pos_ == "ADP" and last.i - 3 <= last.head.i < last.i else last
    return first.idx, last.idx + len(last)


def _governed(speaker: Speaker, sentence: Sentence) -> Iterator[Span]:
    """The clauses or objects that hang on the verb of saying."""
    if speaker.verb_token < 0:
        return
    for child in sentence.doc[speaker.verb_token].children:
        first, last = _whole(child)
        if child.dep_ in GOVERNED and not first <= speaker.start < last:
            yield first, last


def _beside(own: list[Span], sentence: Sentence) -> Iterator[Span]:
    """What is left of a sentence before and after a speaker's own words."""
    first, last = min(start for start, _ in own), max(end for _, end in own)
    for start, end in ((0, first), (last, len(sentence.text))):
        words = [word for word in sentence.words if start <= word.start and word.end <= end]
        if len(words) >= LEAST_WORDS:
            yield words[0].start, words[-1].end


# ── by the table: verbs ──────────────────────────────────────────────────────────────────────────


def _by_table(sentence: Sentence, codebook: Codebook, lemmas: Lemmas) -> Iterator[Attribution]:
    carried: set[int] = set()
    for token in sorted(sentence.doc, key=lambda t: t.tag_ not in NOUNS):  # a noun first: the verb that carries it is part of its cue
        if token.i in carried:
            continue
        if token.pos_ in ("VERB", "AUX") or token.tag_ in VERBS:
            made = _of_verb(token, sentence, codebook, lemmas)
        elif token.tag_ in ("NN", "NNS"):
            made = _of_noun(token, sentence, codebook, lemmas)
        elif token.tag_ in ("JJ", "JJR", "JJS"):
            made = _of_adjective(token, sentence, codebook)
        else:
            continue
        if made is not None:
            carried.update(t.i for t in sentence.doc if made.cue is not None and made.cue[0] <= t.idx < made.cue[1])
            yield made


def _verb_lemma(verb: Token, lemmas: Lemmas) -> str:
    return lemmas.of(verb, "VERB" if verb.pos_ != "VERB" else None)


def _of_verb(verb: Token, sentence: Sentence, codebook: Codebook, lemmas: Lemmas) -> Attribution | None:
    cues = [c for c in codebook.attribution.get(("verb", _verb_lemma(verb, lemmas)), ()) if c.kind != CARRIES and _has(verb, c.words[1:])]
    longest = max((len(c.words) for c in cues), default=0)
    if not longest:
        return None
    subjects, passive = subjects_of(verb)
    passive = passive and verb.tag_ in ("VBN", "VBD")
    cues = [c for c in cues if len(c.words) == longest]
    takes = {taken for c in cues for taken in c.takes}
    content = list(_taken(verb, takes))
    if passive and "object" in takes and subjects:
        content.insert(0, _whole(subjects[0]))
    if not content:
        return None
    agent = next((p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"), None)
    source = agent if passive else next(iter(subjects), None)
    return Attribution(cues[0].kind, _name(source, sentence), _verb_span(verb, cues[0].words), tuple(content))


def _has(verb: Token, words: Sequence[str]) -> bool:
    """Whether a verb has the further words of its entry: "point out", "make clear"."""
    near = {c.lower_ for c in verb.children} | ({verb.nbor().lower_} if verb.i + 1 < len(verb.doc) else set())
    return near.issuperset(words)


def _taken(word: Token, takes: Collection[str]) -> Iterator[Span]:
    """What a cue introduces, as far as it takes it."""
    for child in word.children:
        if _takes(child, takes):
            yield _whole(child)


def _takes(child: Token, takes: Collection[str]) -> bool:
    match child.dep_:
        case "ccomp" | "parataxis":
            return "that" in takes or ("as" in takes and not _finite(child)) or ("to" in takes and _infinitive(child))
        case "xcomp" | "acl" | "advcl":
            return (
                ("to" in takes and _infinitive(child))
                or ("ing" in takes and child.tag_ == "VBG" and child.dep_ == "xcomp")
                or ("that" in takes and _finite(child) and child.dep_ == "acl")
            )
        case "oprd":
            return "as" in takes
        case "dobj":
            return "object" in takes
        case "prep":
            return f"+{child.lower_}" in takes or (child.lower_ == "as" and "as" in takes)
    return False


def _finite(verb: Token) -> bool:
    return verb.tag_ in ("VBD", "VBZ", "VBP") or any(c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in verb.children)


def _infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


# ── by the table: nouns and adjectives ───────────────────────────────────────────────────────────


def _of_noun(noun: Token, sentence: Sentence, codebook: Codebook, lemmas: Lemmas) -> Attribution | None:
    cues = codebook.attribution.get(("noun", lemmas.of(noun, "NOUN")), ())
    if not cues:
        return None
    owner, verb = _owner(noun), _carrier(noun, codebook, lemmas)
    source = owner
    if source is None and verb is not None:
        subjects, passive = subjects_of(verb)
        source = None if passive else next(iter(subjects), None)
    if source is None:
        return None
    takes = {taken for c in cues for taken in c.takes}
    content = tuple(_taken(noun, takes)) or (tuple(_taken(verb, takes)) if verb is not None else ())
    if not content and owner is not None and noun.dep_ == "pobj" and noun.head.lower_ in _STANCE:
        content = ((0, len(sentence.text)),)
    if not content:
        return None
    first = verb.idx if verb is not None and owner is None and verb.i < noun.i else noun.idx
    return Attribution(cues[0].kind, _name(source, sentence), (first, noun.idx + len(noun)), content)


def _carrier(noun: Token, codebook: Codebook, lemmas: Lemmas) -> Token | None:
    """The verb that only carries a noun of saying: "**issued** a warning"."""
    verb = noun.head
    if noun.dep_ not in ("dobj", "nsubjpass") or verb.tag_ not in VERBS:
        return None
    cues = codebook.attribution.get(("verb", _verb_lemma(verb, lemmas)), ())
    return verb if any(c.kind == CARRIES and _has(verb, c.words[1:]) for c in cues) else None


def _owner(noun: Token) -> Token | None:
    """Whose claim, plan or fear it is: "his", "the ministry's", "by the army", "White House"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in _OWNERS:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return inner
    return next((c for c in noun.children if c.dep_ in ("compound", "nmod") and c.tag_ in ("NNP", "NNPS")), None)


def _of_adjective(adjective: Token, sentence: Sentence, codebook: Codebook) -> Attribution | None:
    cues = codebook.attribution.get(("adjective", adjective.lower_), ())
    if not cues or adjective.dep_ not in _PREDICATIVE:
        return None
    subjects, _ = subjects_of(adjective.head if adjective.dep_ in ("acomp", "oprd", "conj") else adjective)
    content = tuple(_taken(adjective, {taken for c in cues for taken in c.takes}))
    if not content or not subjects or subjects[0].i > adjective.i:
        return None
    return Attribution(cues[0].kind, _name(subjects[0], sentence), _span(adjective), content)


# ── spans ────────────────────────────────────────────────────────────────────────────────────────


def _name(source: Token | None, sentence: Sentence) -> Span | None:
    if source is None or source.lower_ == "there":
        return None
    source = antecedent(source)
    if source.tag_ not in NOUNS:
        return _span(source)
    start, end = name_of(source, sentence.text)
    return (start, end) if end > start else None


def _verb_span(verb: Token, words: Sequence[str]) -> Span:
    last = max([verb, *(c for c in verb.children if c.lower_ in words[1:] and c.i > verb.i)], key=lambda t: t.i)
    return verb.idx, last.idx + len(last)


def _whole(token: Token) -> Span:
    last = token.right_edge
    return token.left_edge.idx, last.idx + len(last)


def _span(token: Token) -> Span:
    return token.idx, token.idx + len(token)
