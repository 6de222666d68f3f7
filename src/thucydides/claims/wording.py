"""Words that take a side ("liberated", "terrorists", "regime", "martyrs", "so-called"): kept as told, with whom they speak for or against.

They never sway type or actor. ``codebook/loaded.tsv`` lists them; the roster's labels ("Fitna al Khawarij") are loaded words too.
"""

from __future__ import annotations

from collections.abc import Iterator

from thucydides.actors import Actors
from thucydides.claims.codebook import Codebook
from thucydides.claims.drafts import Draft
from thucydides.claims.parties import Sighting
from thucydides.claims.sentences import Sentence
from thucydides.record import Wording

NEAR = 3  # words between a loaded word and the party that it names: "the so-called Islamic State"


def wordings(draft: Draft, actors: Actors, codebook: Codebook) -> Iterator[tuple[int, int, Wording]]:
    """The loaded words of a draft's sentence: where they stand in it, and whom they favour, as far as the claim names him."""
    sentence = draft.sentence
    seen: set[int] = set()
    for hit in codebook.loaded.find(sentence.words):
        sway, whom = hit.values[0]
        seen.update(range(hit.first, hit.last))
        party = _whom(whom, hit.start, hit.end, draft)
        yield hit.start, hit.end, Wording(words=sentence.text[hit.start : hit.end], sway=sway, party=party)
    if draft.marks.sentence is not sentence:
        return
    for label in draft.marks.actors:
        if not seen.intersection(range(label.first, label.last)) and any(actors.by_id[i].kind == "label" for i in label.values):
            party = _whom("named", label.start, label.end, draft)
            yield label.start, label.end, Wording(words=sentence.text[label.start : label.end], sway="against", party=party)


def _whom(whom: str, start: int, end: int, draft: Draft) -> str | None:
    """The party that a loaded word speaks of, by its name as told."""
    if whom in ("initiator", "target"):
        sides = draft.initiators if whom == "initiator" else draft.targets
        return sides[0][0].name if sides else None
    here = [s for s, sentence in (*draft.initiators, *draft.targets) if sentence is draft.sentence]
    return next((s.name for s in here if _names(s, start, end, draft.sentence)), None)


def _names(party: Sighting, start: int, end: int, sentence: Sentence) -> bool:
    if party.start < end and start < party.end:
        return True
    return end <= party.start and len(sentence.text[end : party.start].split()) <= NEAR
