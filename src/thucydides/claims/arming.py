"""With what: every arm that the roster or the tagger finds in a happening's sentence is weighed for having been used in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thucydides.arms import Arms
from thucydides.claims.codebook import Codebook
from thucydides.claims.drafts import CLUSTER, Draft, ranked
from thucydides.claims.hearing import fills, weighed
from thucydides.claims.learned import Scale
from thucydides.claims.sentences import Sentence
from thucydides.lexicon import Hit

LIKELY = 0.45
MOST = 6
_LONGEST = 60  # characters of a name that only the tagger hears; longer ones are no names
_GENERIC = "weapons"  # "arms", "weapons": nothing is said of which


@dataclass(frozen=True, slots=True)
class Candidate:
    """An arm of the sentence, with the evidence for its use. A hit without values is one that only the tagger hears."""

    hit: Hit[str]
    evidence: dict[str, float]


def candidates(made: Draft, others: Sequence[Draft], arms: Arms, codebook: Codebook) -> Iterator[Candidate]:
    """Every arm of a draft's sentence. ``others`` are the other drafts of the sentence."""
    hits = list(made.marks.arms)
    named = [h for h in made.marks.actors if h.last - h.first == 1]  # the M23 has the name of a rifle
    hits += [h for h in _heard(made) if not any(h.start < k.end and k.start < h.end for k in (*hits, *named))]
    told = {h.start for h, _ in made.arms}
    deeds = [t.token.idx for t in made.triggers]
    for hit in hits:
        kind = arms.by_id[hit.values[0]].kind if hit.values else "unknown"
        found = weighed("tagger", fills(made, "with", hit.start, hit.end))
        is_told = hit.start in told
        found["told"], found["told, wielded"] = float(is_told), float(is_told and wielded(made, hit, made.sentence, arms, codebook))
        found["told of another happening"] = float(any(h.start == hit.start for d in others for h, _ in d.arms))
        found["states the happening"] = float(any(hit.start <= d < hit.end for d in deeds))
        found["in a target"] = float(any(s.start <= hit.start < s.end for s, _ in made.targets))
        found["in an initiator"] = float(any(s.start <= hit.start < s.end for s, _ in made.initiators))
        found["in a place"] = float(any(p.start <= hit.start < p.end for p in made.marks.places))
        found[f"kind {kind}"] = found[f"{CLUSTER.get(made.family, made.family)} {kind}"] = 1.0
        found["before the happening"] = float(bool(deeds) and hit.end <= min(deeds))
        yield Candidate(hit, found)


def _heard(made: Draft) -> Iterator[Hit[str]]:
    """The stretches of words that only the tagger takes for arms."""
    tags = made.marks.tags
    if tags is None or not made.triggers:
        return
    for start, last, _ in tags.spans("with", made.sentence.index, made.triggers[0].token):
        tokens = [t for t in made.sentence.tokens_within(start, last) if not t.is_punct]
        while tokens and tokens[0].tag_ in ("DT", "PRP$", "IN", "CD"):
            tokens.pop(0)
        if tokens and tokens[-1].idx + len(tokens[-1]) - tokens[0].idx <= _LONGEST:
            yield Hit(tokens[0].i, tokens[-1].i + 1, tokens[0].idx, tokens[-1].idx + len(tokens[-1]), ())


def wield(made: Draft, others: Sequence[Draft], arms: Arms, codebook: Codebook, scale: Scale) -> None:
    """Gives a draft the arms that weigh enough; without a scale, those that the rule takes for used."""
    if not scale.weights:
        made.arms = [(h, s) for h, s in made.arms if wielded(made, h, s, arms, codebook)]
        return
    able = sorted(((scale.chance(c.evidence), -c.hit.start, c) for c in candidates(made, others, arms, codebook)), reverse=True)
    taken = [c for chance, _, c in able if chance >= LIKELY][:MOST]
    made.arms = [(c.hit, made.sentence) for c in sorted(taken, key=lambda c: c.hit.start)]
    made.weighed["weapons"] = ranked((made.sentence.text[c.hit.start : c.hit.end], chance, c.evidence, c in taken) for chance, _, c in able)


def wielded(made: Draft, hit: Hit[str], sentence: Sentence, arms: Arms, codebook: Codebook) -> bool:
    """The rule: what was struck, verbs ("torched") and names of units are no arms used; what is seized or shot down are arms told."""
    last = sentence.token_at(hit.end - 1)
    deeds = [t.token.idx for t in made.triggers if sentence is made.sentence and t.token.tag_.startswith("VB")]
    if (last is not None and last.tag_.startswith("VB")) or any(hit.start <= deed < hit.end for deed in deeds):
        return False
    if made.family in ("disrupt", "loot"):
        return True  # "shot down a drone", "seized a cache of arms": the arms are what it is about
    if hit.values and arms.by_id[hit.values[0]].id == _GENERIC:
        return False
    if any(s is sentence and t.start <= hit.start < t.end for t, s in made.targets):
        return False
    # "the 72 brigade of the Air Defense Forces" is no arm; "Russian warplanes" and "a helicopter of the army" are.
    platforms = codebook.lists["platform"]
    return not any(s is sentence and p.start <= hit.start < p.end and p.head not in platforms for p, s in made.initiators)
