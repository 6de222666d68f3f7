"""What rosters, gazetteers and calendars recognise in one sentence, before any event is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from thucydides.actors import Actors
from thucydides.arms import Arms
from thucydides.claims.bearers import is_agency, is_anothers, is_person, is_short, stands_for
from thucydides.claims.borders import borders
from thucydides.claims.capitals import capitals
from thucydides.claims.codebook import Codebook
from thucydides.claims.framing import DIRECTIONS, contain, frame, joined
from thucydides.claims.learned import Tags
from thucydides.claims.lookalikes import (
    HEADS,
    KnownPlaces,
    begins_a_place,
    ends_a_place,
    is_placed,
    is_subject,
    kind_behind,
    names_its_kind,
)
from thucydides.claims.phrasing import phrase_of, wordlist
from thucydides.claims.sentences import Sentence
from thucydides.claims.times.telling import PUBLISHED, heads
from thucydides.claims.when import Dated, find_dates
from thucydides.lexicon import Hit, Word
from thucydides.places.names import ARTICLES, fold_name
from thucydides.places.tables import persons
from thucydides.record import Basis
from thucydides.reports import is_common

LONGEST_NAME = 5  # words of a place name
_CONNECTING = wordlist("marks", "connecting")
_BESIDE = wordlist("marks", "beside")
_PARTS = wordlist("marks", "parts")
_BEFORE = wordlist("marks", "before")
_TO_TOWNS = wordlist("marks", "done to towns")
_LYING = phrase_of("marks", "lying")
_HYPHENED = wordlist("marks", "hyphened")
_BETWEEN = frozenset({"", " ", "-", "’", "'", "‘", ". ", "  "})


@dataclass(slots=True, eq=False)
class PlaceMark:
    """A name that may be a place: its span in the sentence and what stands around it."""

    start: int
    end: int
    name: str
    known: bool
    before: str = ""  # the preposition or feature phrase before it, lower case
    after: str = ""  # " and Y" of "between X and Y"
    feature: str = ""  # a feature word that belongs to it
    told_start: int = 0
    told_end: int = 0
    locative: bool = False
    within: PlaceMark | None = None
    people: bool = False  # the word for a country's people, who name the country: "Syrian"
    beside: PlaceMark | None = None  # the place that a relative phrase behind it starts from: "X, 30 km south of Y"
    also: PlaceMark | None = None  # the mark of its other name: "al-Malikiyah/Derik", "Ain al-Arab (Kobani)"


@dataclass(slots=True, eq=False)
class Marks:
    """All marks of a sentence; spans are offsets into the sentence."""

    sentence: Sentence
    actors: list[Hit[str]] = field(default_factory=list)
    demonyms: list[Hit[str]] = field(default_factory=list)
    arms: list[Hit[str]] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)
    places: list[PlaceMark] = field(default_factory=list)
    tags: Tags | None = None  # of the whole report


def mark(
    sentence: Sentence,
    actors: Actors,
    arms: Arms,
    gazetteer: KnownPlaces,
    codebook: Codebook,
    anchor: date | None,
    tags: Tags | None = None,
    order: str | None = None,
) -> Marks:
    """Everything recognised in a sentence."""
    words = sentence.words
    marks = Marks(sentence, tags=tags)
    titles = codebook.lists["title"]
    found = [hit for hit in actors.find(words) if not begins_a_place(words, hit, titles, sentence.text, gazetteer)]
    marks.actors = [hit for hit in found if not ends_a_place(words, hit, sentence.text, gazetteer)]
    marks.demonyms = [hit for hit in actors.demonyms.find(words) if not ends_a_place(words, hit, sentence.text, gazetteer)]
    marks.arms = [hit for hit in arms.find(words) if not any((a.start, a.end) == (hit.start, hit.end) for a in marks.actors)]  # the M23
    marks.dates = [d for d in find_dates(sentence.text, anchor, order) if d.of != PUBLISHED and not _of_the_page(d, sentence, anchor)]
    marks.places = _places(marks, actors, gazetteer, codebook)
    return marks


def _of_the_page(dated: Dated, sentence: Sentence, anchor: date | None) -> bool:
    """Whether a date is the report's own, run into its first sentence."""
    when = dated.when
    told = sentence.index == 0 and when is not None and when.basis is Basis.STATED and when.start == when.end == anchor
    return told and heads(sentence.text, dated.start, dated.end)


def _places(marks: Marks, actors: Actors, gazetteer: KnownPlaces, codebook: Codebook) -> list[PlaceMark]:
    sentence = marks.sentence
    words, text = sentence.words, sentence.text
    feature, title, locative = codebook.lists["feature"], codebook.lists["title"], codebook.lists["locative"]
    owned: dict[int, str] = {}  # words that belong to an actor or a demonym
    for hit in marks.actors:
        kinds = {actors.by_id[i].kind for i in hit.values}
        if kinds <= {"state"}:
            continue  # a country's name may be the place or the actor: the syntax decides
        for at in range(hit.first, hit.last):
            owned[at] = "actor"
    for hit in marks.demonyms:
        for at in range(hit.first, hit.last):
            owned.setdefault(at, "demonym")
    for dated in marks.dates:
        for at, word in enumerate(words):
            if dated.start <= word.start < dated.end:
                owned[at] = "date"
    for at, word in enumerate(words):
        if word.folded in codebook.lists["weekday"]:
            owned.setdefault(at, "date")  # "in downtown Nairobi Tuesday [3 March]"
    lower_text = not any(c.isupper() for c in text[1:])
    found: list[PlaceMark] = []
    index = 0
    while index < len(words):
        word = words[index]
        if index in owned or not _may_begin(words, index, lower_text):
            index += 1
            continue
        led = _is_locative(words, index, locative, feature, owned) and "," not in text[words[index - 1].end : word.start]
        locative_here = led or bool(
            found
            and found[-1].locative
            and text[found[-1].told_end : word.start].strip(" ,") in ("and", "")
            and word.start - found[-1].told_end <= 6
            and (
                found[-1].told_end == found[-1].end
                or not text[found[-1].end : found[-1].told_end].strip()
                or "and" in text[found[-1].told_end : word.start]
            )
            and text[found[-1].told_end : word.start].strip()
        )
        kind_told = names_its_kind(words, index, feature)
        if not (locative_here or kind_told or (_is_name(sentence, word) and not lower_text)):
            index += 1
            continue
        last = index + 2 if lower_text else _name_end(words, index, text, owned, lower_text)
        last = min(last, len(words))
        if not lower_text:
            last = _past_owned(words, index, last, text, gazetteer)
        end, known = _longest_known(words, index, last, text, gazetteer, lower_text, feature)
        locative_here = locative_here or (not known and not lower_text and _is_told_as_town(sentence, words, index, end))
        called = kind_behind(words, end, text, feature, codebook.lists["site"]) or (end - index > 1 and words[end - 1].folded in feature)
        if end - index == 1 and (word.folded in feature or word.folded in codebook.lists["object"]):
            index = end
            continue
        person = is_person(words, index, end, text, codebook)
        if not known and (lower_text or not (called or locative_here)):
            index += 1
            continue
        placed = known and is_placed(words, index, end) and (locative_here or not is_subject(sentence, words[end - 1]))
        titled = word.folded in title and not placed
        if (person and not locative_here) or titled or word.folded in codebook.lists["weekday"]:
            index = end
            continue
        name = text[word.start : words[end - 1].end]
        if not known and not called and all(is_common(w.folded) for w in words[index:end]):
            index = end  # "part of Operation X", "in the Eastern side"
            continue
        if not known and len(name) < 4:
            index = end
            continue
        if is_short(name) and (is_agency(name) or not (known and led)) and not text.isupper():
            index = end
            continue
        anothers = is_anothers(name, known, sentence, index, end, codebook)
        if anothers or (not locative_here and stands_for(name, sentence, words[end - 1], codebook)):
            index = end
            continue
        mark_ = PlaceMark(word.start, words[end - 1].end, name, known, locative=locative_here)
        floor = next((i for i in range(index, -1, -1) if found and words[i].start < max(found[-1].end, found[-1].told_end)), -1) + 1
        frame(mark_, words, index, end, text, codebook, floor)
        found.append(mark_)
        index = end
    found = _with_capitals(_with_borders(joined(found, text), text), sentence, codebook, owned)
    contain(found, text, codebook)
    return found


def _with_borders(found: list[PlaceMark], text: str) -> list[PlaceMark]:
    """Place marks with those of borders, which take in the names of their countries."""
    told = [
        PlaceMark(s, e, text[s:e], True, before=led if led in _BESIDE else "", told_start=s, told_end=e, locative=bool(led))
        for s, e, led in borders(text)
    ]
    kept = [one for one in found if not any(one.start < its.end and its.start < one.end for its in told)]
    return sorted((*kept, *told), key=lambda one: one.start) if told else found


def _with_capitals(found: list[PlaceMark], sentence: Sentence, codebook: Codebook, owned: Mapping[int, str]) -> list[PlaceMark]:
    """Place marks with those of capitals that are told by their countries, whose names they take in."""
    words, text = sentence.words, sentence.text
    for start, end, name in capitals(text):
        if any(fold_name(one.name) == fold_name(name) for one in found):
            continue  # "in Muscat, at the port of the Omani capital"
        found = [one for one in found if not (one.start < end and start < one.end)]
        first = next(n for n, word in enumerate(words) if word.start >= start)
        last = next((n for n, word in enumerate(words) if word.start >= end), len(words))
        locative = _is_locative(words, first, codebook.lists["locative"], codebook.lists["feature"], owned)
        mark_ = PlaceMark(start, end, name, True, locative=locative)
        before = max((one.end for one in found if one.end <= start), default=0)
        frame(mark_, words, first, last, text, codebook, next(n for n, word in enumerate(words) if word.start >= before))
        found = sorted((*found, mark_), key=lambda one: one.start)
    return found


def _is_told_as_town(sentence: Sentence, words: list[Word], first: int, end: int) -> bool:
    """Whether a name that no table may know must be a town's: "Harqaf, south of Raqqa", "shelled Harqaf"."""
    if _LYING.match(sentence.text, words[end - 1].end):
        return True
    token = sentence.token_at(words[end - 1].start)
    if token is None or token.tag_ != "NNP" or token.dep_ not in ("dobj", "nsubjpass") or end - first > 1:
        return False
    return token.head.lower_ in _TO_TOWNS and fold_name(token.text) not in persons().given | persons().family


def _longest_known(
    words: list[Word], first: int, last: int, text: str, gazetteer: KnownPlaces, lower_text: bool, feature: frozenset[str]
) -> tuple[int, bool]:
    """Where the name ends and whether it is known. A known beginning of a longer unknown name is no match: "Tal" of "Tal Xyz"."""
    for end in range(last, first, -1):
        if words[end - 1].folded in _CONNECTING and end - first > 1:
            continue
        letters = len(words[first].folded)
        if end - first == 1 and ((letters < 3 and not words[first].folded[-1].isdigit()) or (words[first].folded in HEADS and last > end)):
            continue
        if gazetteer.known(text[words[first].start : words[end - 1].end]):
            rest = last - end
            if rest and end - first == 1 and not lower_text and words[end].folded in ARTICLES:
                kind = last < len(words) and words[last].folded in feature
                if kind or not gazetteer.known(text[words[end].start : words[last - 1].end]):
                    continue  # "Salim" of "Salim al-Khatib": the rest is no name of its own
            if rest and not lower_text and text[words[end - 1].end : words[end].start] == "-":
                continue
            if rest and not lower_text and words[last - 1].folded in feature:
                return last, True  # "Hisyah Industrial Area", "Aleppo International Airport"
            if (
                rest
                and not lower_text
                and end - first == 1
                and not gazetteer.known(text[words[end].start : words[last - 1].end])
                and not gazetteer.known(text[words[end].start : words[end].end])
                and len(words[first].folded) < 5
            ):
                continue
            return end, True
    end = last
    while end > first + 1 and words[end - 1].folded in _CONNECTING:
        end -= 1
    return end, False


def _is_name(sentence: Sentence, word: Word) -> bool:
    """Whether the tagger takes a word for part of a name; at the head of a sentence any word has a capital."""
    token = sentence.token_at(word.start)
    if token is None or (token.i == 0 and token.tag_ in ("NN", "NNS")):
        return False
    if token.tag_ in ("NNP", "NNPS", "FW", "NN"):
        return True
    if token.tag_ == "NNS":
        return word.capital  # "Jets bombed Homs"
    return word.capital and token.i > 0 and not is_common(word.folded)  # "targets Aleppo neighborhoods"; names no tagger has seen


def _may_begin(words: list[Word], index: int, lower_text: bool) -> bool:
    word = words[index]
    if lower_text:
        return len(word.folded) > 3
    if word.capital:
        return True
    # "al-Bukamal", "ez-Zor": a small article before a capital
    return (
        word.folded in _CONNECTING
        and word.folded not in ("of", "the", "at", "as", "an")
        and index + 1 < len(words)
        and words[index + 1].capital
        and (words[index + 1].start - word.end <= 1)
    )


def _name_end(words: list[Word], index: int, text: str, owned: Mapping[int, str], lower_text: bool) -> int:
    end = index + 1
    while end < len(words) and end - index < LONGEST_NAME and end not in owned:
        if text[words[end - 1].end : words[end].start] not in _BETWEEN:
            break
        if words[end].folded in DIRECTIONS and end + 1 < len(words) and words[end + 1].folded == "of":
            break  # "Drone Attack West of Kidal" in a headline
        if words[end].capital or lower_text:
            end += 1
        elif words[end].folded in _CONNECTING and end + 1 < len(words) and words[end + 1].capital:
            if words[end].folded in _HYPHENED and text[words[end].end : words[end + 1].start] == " ":
                break  # "as-Suwayda", but "Siege of Aleppo as Troops Advance"
            end += 2
        elif words[end - 1].end + 1 == words[end].start and text[words[end - 1].end] == "-":
            end += 1
        else:
            break
    return min(end, len(words))


def _past_owned(words: list[Word], index: int, last: int, text: str, gazetteer: KnownPlaces) -> int:
    """Where a name ends that goes on with a word that is an actor's alone: "Ain Issa" is a town, though the Issa are a people."""
    for end in range(_name_end(words, index, text, {}, False), last, -1):
        if gazetteer.known(text[words[index].start : words[end - 1].end]):
            return end
    return last


def _is_locative(words: list[Word], index: int, locative: frozenset[str], feature: frozenset[str], owned: Mapping[int, str]) -> bool:
    """Whether a name is introduced as a place: "in X", "the village of X", "south of X", "in northern X", "in Syrian X"."""
    at = index - 1
    skipped = 0
    while (
        at >= 0
        and skipped < 4
        and (words[at].folded in DIRECTIONS or words[at].folded in _BEFORE or words[at].folded in feature or owned.get(at) == "demonym")
    ):
        at -= 1
        skipped += 1
    if at < 0:
        return False
    if words[at].folded in locative:
        return True
    return (
        words[at].folded == "of"
        and at > 0
        and (
            words[at - 1].folded == "out"
            or words[at - 1].folded in feature
            or words[at - 1].folded in DIRECTIONS
            or words[at - 1].folded in _PARTS
        )
    )
