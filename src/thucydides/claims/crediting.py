"""Who says so and how sure a telling is: the constructions' answer weighed together with what the tagger hears."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from thucydides.claims.drafts import Draft, ranked
from thucydides.claims.hearing import fills, weighed
from thucydides.claims.learned import Learned
from thucydides.claims.sentences import Sentence
from thucydides.claims.speakers import PRONOUNS, Speaker, governs, name_of, nearest_first
from thucydides.claims.triggers import NOUNS
from thucydides.record import Factuality, Kind

LIKELY = 0.45  # a speaker weighed below is not credited
TOLD = 0.3  # unless a construction credits him: "according to …"
MOST = 3
_FLOOR = -6.0
WEIGHED = (Factuality.ASSERTED, Factuality.REPORTED, Factuality.CLAIMED, Factuality.DENIED)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be the speaker, with the evidence."""

    speaker: Speaker
    sentence: Sentence
    evidence: dict[str, float]


def speakers_of(made: Draft, speakers: Sequence[Speaker], last: tuple[Speaker, Sentence] | None) -> Iterator[Candidate]:
    """Everybody who may be credited with a draft: who speaks in its sentence by a construction, whom the tagger hears, who spoke last."""
    told = {s.name for s, _ in made.speakers}
    pairs = [(s, made.sentence) for s in speakers if s.name not in PRONOUNS]
    pairs += [pair for pair in made.speakers if all(pair[0].name != s.name for s, _ in pairs)]
    if last is not None and all(last[0].name != s.name for s, _ in pairs):
        pairs.append(last)
    pairs += [
        (s, made.sentence) for s in _heard(made) if not any(s.start < o.end and o.start < s.end for o, w in pairs if w is made.sentence)
    ]
    for speaker, sentence in pairs:
        here = sentence is made.sentence
        found = weighed("tagger", fills(made, "said", speaker.start, speaker.end, sentence))
        found["told"], found["told nobody"] = float(speaker.name in told), float(not told)
        found["told another"] = float(bool(told) and speaker.name not in told)
        found["by a construction"] = float(here and speaker in speakers)
        found["governs"] = float(
            here and speaker in speakers and any(governs(speaker, t.token, speakers) for t in made.triggers if t.sentence is sentence)
        )
        found["sentences back"] = min(4, abs(made.sentence.index - sentence.index)) / 2
        found["vague"], found["whole"] = float(speaker.vague), float(speaker.whole)
        found[f"verb {speaker.verb}"] = 1
        found["acts too"] = float(any(s.start < speaker.end and speaker.start < s.end for s, w in made.initiators if w is sentence))
        found["in quotes"] = float(made.sentence.text.count('"') > 0)
        yield Candidate(speaker, sentence, found)


def _heard(made: Draft) -> Iterator[Speaker]:
    """Speakers whom only the tagger hears."""
    tags = made.marks.tags
    if tags is None or not made.triggers:
        return
    for start, end, _ in tags.spans("said", made.sentence.index, made.triggers[0].token):
        tokens = [t for t in made.sentence.tokens_within(start, end) if t.tag_ in NOUNS]
        head = next((t for t in tokens if t.head not in tokens), None)
        if head is None:
            continue
        a, b = name_of(head, made.sentence.text)
        if b > a:
            yield Speaker(made.sentence.text[a:b], a, b, "")


def how_of(made: Draft) -> Iterator[tuple[Factuality, dict[str, float]]]:
    """Every factuality that an event may have, with the evidence."""
    chances = None
    if made.marks.tags is not None and made.triggers:
        chances = made.marks.tags.how(made.triggers[0].sentence.index, made.triggers[0].token)
    for how in WEIGHED:
        found = {f"is {how}": 1.0, "told": float(made.factuality == how), f"told {how}": float(made.factuality == how)}
        found[f"{how} with a speaker"] = float(bool(made.speakers))
        if chances is not None and made.marks.tags is not None:
            chance = float(chances[made.marks.tags.layout.how.index(how.value)])
            found["tagger"] = max(_FLOOR, float(np.log(chance + 1e-6))) / 3
            found["tagger best"] = float(chance == float(chances.max()))
            found[f"tagger {how}"] = chance
        yield how, found


def credit(made: Draft, speakers: Sequence[Speaker], last: tuple[Speaker, Sentence] | None, learned: Learned) -> None:
    """Settles the speakers and the factuality of a draft; without scales, what the constructions gave stays."""
    if made.factuality is Factuality.DENIED:
        return  # "denied that": so plain, and so rare in annotated reports, that the construction stands
    if learned.speaker.weights:
        weighed_ = [(learned.speaker.chance(c.evidence), n, c) for n, c in enumerate(speakers_of(made, speakers, last))]
        taken = [c for chance, _, c in sorted(weighed_, key=lambda w: (-w[0], w[1])) if chance >= (TOLD if c.evidence["told"] else LIKELY)]
        made.speakers = nearest_first([(c.speaker, c.sentence) for c in taken[:MOST]])
        made.weighed["said_by"] = ranked((c.speaker.name, chance, c.evidence, c in taken[:MOST]) for chance, _, c in weighed_)
    if made.kind is Kind.EVENT and learned.how.weights:
        able = list(how_of(made))
        made.factuality = max(able, key=lambda pair: learned.how.score(pair[1]))[0]
        made.weighed["factuality"] = ranked((how.value, learned.how.chance(e), e, how is made.factuality) for how, e in able)
