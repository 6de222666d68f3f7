"""Where the happening of a marked verb was: the words of its places, given the verb.

The tagger is asked which words are the place of what the verb states, as the coder asks it of a trigger. Without a tagger the places
are those of the claims whose evidence covers the verb: of all happenings of its sentence, for a claim does not tell its verb; where no
claim was made, a happening is drafted for the verb as if it were a trigger of the codebook, and given its places by the claims room's
own constructions and weights. Beside it stands what costs nothing: the place marked nearest to the verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from thucydides.chronicle import Reading
from thucydides.claims import placing
from thucydides.claims.drafts import draft
from thucydides.claims.marks import Marks, PlaceMark
from thucydides.claims.parties import Parties
from thucydides.claims.sentences import Lemmas, pipeline
from thucydides.claims.triggers import find_triggers
from thucydides.claims.whereabouts import Whereabouts
from thucydides.desk.bench.benches import Measured
from thucydides.desk.bench.scoring import HEAD, Pieces, Score, covered
from thucydides.desk.bench.sets import Item, coded, marked, raw, read_set
from thucydides.desk.coding import Chronicler
from thucydides.record import Claim, Event, Hold, Plan, Report, Tally

USUAL = "event_location.jsonl"
_NAMES = frozenset({"NNP", "NNPS"})
SURE = 1.0  # a name of a lower logit is not told
NEAR_BEST = 1.5  # nor is one whose logit is so much below the best name's: a verb has mostly one place, told again or held by others
READ_AS = "Attack"  # what a verb that the codebook does not list is read as


def measure(chronicler: Chronicler, path: Path, limit: int = 0) -> Measured:
    """Precision, recall and F1 of the words of places, over all sentences: half of the verbs have none."""
    items = read_set(path, USUAL, "text", "spans", limit=limit)
    raws = [raw(str(item.get("id", n)), item["text"]) for n, item in enumerate(items, start=1)]
    scores = dict.fromkeys(("places", "of claims and drafts", "nearest place"), Score())
    claimed = 0
    for item, reading in zip(items, coded(chronicler, raws), strict=True):
        text, (verb, asked) = item["text"], spans_of(item)
        claims = claims_of(verb, reading)
        marks = marks_at(verb, chronicler, reading)
        coded_ = places_claimed(claims) if claims else places_drafted(verb, marks, reading.report, chronicler)
        heard = places_heard(verb, marks)
        scores["places"] += covered(text, coded_ if heard is None else heard, asked)
        scores["of claims and drafts"] += covered(text, coded_, asked)
        scores["nearest place"] += covered(text, nearest(verb, marks), asked)
        claimed += bool(claims)
    figures = {key: value for name, score in scores.items() for key, value in score.figures(name.replace(" ", "_")).items()}
    lines = (f"{len(items)} verbs, {claimed} in a claim", HEAD, *(score.line(name) for name, score in scores.items()))
    return Measured(figures=figures, lines=lines, of={"file": str(path), "verbs": len(items)})


def spans_of(item: Item) -> tuple[tuple[int, int], list[Pieces]]:
    """The first marked verb, and the places marked for it."""
    found = [(span["label"], (span["start"], span["end"])) for span in item["spans"]]
    verb = next((span for label, span in found if label == "VERB"), (0, 0))
    return verb, [(span,) for label, span in found if label == "LOCATION"]


def claims_of(verb: tuple[int, int], reading: Reading) -> list[Claim]:
    """The claims whose evidence covers a verb."""
    return [c for c in reading.claims if any(p.field == "claim" and p.start <= verb[0] and verb[1] <= p.end for p in c.evidence)]


def places_claimed(claims: Sequence[Claim]) -> list[Pieces]:
    """The names of the claims' places, where they stand: of "the village of X" only X."""
    found: set[Pieces] = set()
    for claim in claims:
        says = claim.says.event if isinstance(claim.says, Plan) else claim.says
        names = [where.name for where in says.where] if isinstance(says, Event | Hold | Tally) else []
        for passage in (p for p in claim.evidence if p.field == "places"):
            name = max((name for name in names if name in passage.words), key=len, default=passage.words)
            start = passage.start + passage.words.find(name)
            found.add(((start, start + len(name)),))
    return sorted(found)


def marks_at(verb: tuple[int, int], chronicler: Chronicler, reading: Reading) -> Marks | None:
    """What is marked in the sentence of a verb."""
    if reading.report is None:
        return None
    return next((m for m in marked(chronicler, reading.report) if m.sentence.start <= verb[0] < m.sentence.end), None)


def places_heard(verb: tuple[int, int], marks: Marks | None) -> list[Pieces] | None:
    """The names that the tagger takes for the place of what a verb states; ``None`` without a tagger."""
    if marks is None or marks.tags is None:
        return None
    sentence = marks.sentence
    token = sentence.token_at(verb[0] - sentence.start)
    if token is None:
        return []
    peoples = {t.i for hit in marks.demonyms for t in sentence.tokens_within(hit.start, hit.end - 1)}
    heard = [
        (marks.tags.fills("at", sentence.index, token, t.idx, t.idx + len(t)), t)
        for t in sentence.doc
        if t.tag_ in _NAMES and t.i not in peoples
    ]
    least = max(SURE, max((logit for logit, _ in heard), default=0.0) - NEAR_BEST)
    return [((sentence.start + t.idx, sentence.start + t.idx + len(t)),) for logit, t in heard if logit > least]


def places_drafted(verb: tuple[int, int], marks: Marks | None, report: Report | None, chronicler: Chronicler) -> list[Pieces]:
    """The places of a happening that is drafted for the verb alone."""
    token = marks.sentence.token_at(verb[0] - marks.sentence.start) if marks else None
    if marks is None or token is None or report is None:
        return []
    words, lemmas = chronicler.coder.vocabulary, Lemmas(pipeline())
    read_as = {token.i: replace(words.codebook.tagged[READ_AS], lemma=lemmas.of(token, "VERB"))}
    triggers = find_triggers(marks.sentence, words.codebook, lemmas, read_as)
    mine = [trigger for trigger in triggers if trigger.first <= token.i <= trigger.last]
    if not mine:
        return []
    parties = Parties(words.actors, words.codebook, lemmas, {}, None, None, words.gazetteer.known)
    rivals = [trigger for trigger in triggers if trigger not in mine]
    made = draft(mine, marks, [], parties, words.codebook, lemmas, not rivals, rivals)
    whereabouts = Whereabouts(report, [marks], words.actors, words.gazetteer, words.codebook)
    placing.place(made, (), whereabouts, words.learned.place)
    return [_span(place, marks) for place, _ in made.places]


def nearest(verb: tuple[int, int], marks: Marks | None) -> list[Pieces]:
    """The place marked nearest to a verb, by characters between."""
    if marks is None or not marks.places:
        return []
    start, end = verb[0] - marks.sentence.start, verb[1] - marks.sentence.start
    return [_span(min(marks.places, key=lambda place: max(place.start - end, start - place.end)), marks)]


def _span(mark: PlaceMark, marks: Marks) -> Pieces:
    return ((marks.sentence.start + mark.start, marks.sentence.start + mark.end),)
