"""What the tables do not know yet: the names and words that reports use and no roster, gazetteer or codebook has.

Each is counted once a report and has the line of the table that would make it known. What cannot be read off the words (countries,
parents, years, coordinates) stays empty; the kind that a roster's line must have is guessed from the claims, and its note says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from thucydides.actors.roster import COLUMNS as ACTOR_COLUMNS
from thucydides.arms.roster import COLUMNS as ARM_COLUMNS
from thucydides.claims.coder import Coder, Vocabulary
from thucydides.claims.drafts import Draft
from thucydides.claims.parties import Sighting
from thucydides.claims.phrasing import wordlist
from thucydides.claims.sentences import Lemmas, Sentence, pipeline
from thucydides.claims.triggers import NOUNS, Trigger
from thucydides.lexicon import Hit, Word, fold
from thucydides.places.tables import SUPPLEMENT_COLUMNS
from thucydides.record import Claim, Plan, Report, Where

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "actors": ACTOR_COLUMNS,
    "places": SUPPLEMENT_COLUMNS,
    "arms": ARM_COLUMNS,
    "verbs": ("lemmas", "family", "subject", "object", "preps", "strength"),
    "nouns": ("lemmas", "family", "strength"),
}
"""The columns of the table that each kind of gap belongs to, by kind."""

KINDS = tuple(COLUMNS)
_ACTOR_KIND = {"state": "unit", "armed": "militia", "crowd": "crowd", "civilian": "civilian"}  # by the class of the party in the claim
_LOOSE = frozenset("generic civilian crowd label official".split())  # roster entries that are no names
_JOINING = wordlist("gaps", "joining")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\Z")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*\Z")
_LONGEST_EXAMPLE = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A name or word that no table knows: how many reports use it, one passage that does, and the cells of its line by column."""

    kind: str  # of ``KINDS``
    name: str
    reports: int
    example: str
    report: str  # the example's
    remark: str  # what the claims made of it
    cells: Mapping[str, str]

    @property
    def line(self) -> str:
        """The line for the table, tab-separated."""
        return "\t".join(self.cells.get(column, "") for column in COLUMNS[self.kind])


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """All that is unknown in some reports: by kind, the most frequent first."""

    reports: int
    found: Mapping[str, tuple[Gap, ...]]


@dataclass(frozen=True, slots=True)
class _Unknown:
    """One use of an unknown name or word."""

    kind: str
    name: str
    example: str
    remark: str
    cells: Mapping[str, str]


@dataclass(slots=True)
class _Tally:
    """The uses of one unknown over all reports."""

    first: _Unknown
    report: str
    reports: int = 0
    names: Counter[str] = field(default_factory=Counter)
    cells: Counter[tuple[tuple[str, str], ...]] = field(default_factory=Counter)
    remarks: Counter[str] = field(default_factory=Counter)


def find_gaps(reports: Iterable[Report], coder: Coder) -> Gaps:
    """Codes reports again and gathers what their claims name and no table of the coder knows."""
    tallies: dict[tuple[str, str], _Tally] = {}
    words, lemmas, read = coder.vocabulary, Lemmas(pipeline()), 0
    for report in reports:
        read += 1
        seen: set[tuple[str, str]] = set()
        for one in _unknowns(coder.account(report), words, lemmas):
            key = (one.kind, fold(one.name))
            tally = tallies.setdefault(key, _Tally(one, report.id))
            tally.reports += key not in seen
            seen.add(key)
            tally.names[one.name] += 1
            tally.cells[tuple(one.cells.items())] += 1
            tally.remarks[one.remark] += 1
    found: dict[str, tuple[Gap, ...]] = {}
    for kind in KINDS:
        ids: set[str] = set()
        mine = sorted((t for (k, _), t in tallies.items() if k == kind), key=lambda t: (-t.reports, t.first.name))
        found[kind] = tuple(_gap(tally, ids) for tally in mine)
    return Gaps(reports=read, found=found)


def _gap(tally: _Tally, ids: set[str]) -> Gap:
    name, kind = tally.names.most_common(1)[0][0], tally.first.kind
    cells = dict(tally.cells.most_common(1)[0][0])
    if "id" in COLUMNS[kind]:
        cells |= {"id": _own_id(name, ids), "name": name}
    remark = ", ".join(remark for remark, _ in tally.remarks.most_common(3) if remark)
    return Gap(kind=kind, name=name, reports=tally.reports, example=tally.first.example, report=tally.report, remark=remark, cells=cells)


def _own_id(name: str, taken: set[str]) -> str:
    """An id that no shipped entry has: "own-" and the letters of the name. A label to tell lines apart, no knowledge."""
    letters = unicodedata.normalize("NFKD", fold(name)).encode("ascii", "ignore").decode()
    begin = "-".join(("own", *re.findall(r"[a-z0-9]+", letters)))
    id_, n = begin, 1
    while id_ in taken or id_ == "own":
        n += 1
        id_ = f"{begin}-{n}"
    taken.add(id_)
    return id_


def _unknowns(accounts: Sequence[tuple[Claim, Draft]], words: Vocabulary, lemmas: Lemmas) -> Iterator[_Unknown]:
    """Every use of an unknown in the claims of one report."""
    drafts = [telling for _, made in accounts for telling in _tellings(made)]
    places = {fold(p.name) for made in drafts for p in made.marks.places if p.locative or p.feature}
    for claim, _ in accounts:
        yield from _places(claim, words)
    triggers: set[tuple[int, int]] = set()
    for made in drafts:
        for sighting, sentence in (*made.initiators, *made.targets):
            name = _actor(sighting, sentence, words, places)
            if name is not None:
                kind = _ACTOR_KIND.get(sighting.kind, "party")
                cells = {"kind": kind, "note": f"kind guessed: {sighting.kind} in the claims"}
                remark = f"told as {sighting.name}" if sighting.name != name else ""
                yield _Unknown("actors", name, _shortened(sentence.text, sighting.start), remark, cells)
        for trigger in made.triggers:
            at = (trigger.sentence.index, trigger.token.i)
            if at in triggers:
                continue
            triggers.add(at)
            yield from _deeds(trigger, words)
            yield from _arms(trigger, made, words, lemmas)


def _tellings(made: Draft) -> Iterator[Draft]:
    yield made
    for one in made.further:
        yield from _tellings(one)


def _shortened(text: str, at: int) -> str:
    """A sentence on one line; of a long one the words around an offset."""
    start = max(0, min(at - _LONGEST_EXAMPLE // 2, len(text) - _LONGEST_EXAMPLE))
    part = " ".join(text[start : start + _LONGEST_EXAMPLE].split())
    return f"{'…' if start else ''}{part}{'…' if start + _LONGEST_EXAMPLE < len(text) else ''}"


# ── who ──────────────────────────────────────────────────────────────────────────────────────────


def _actor(sighting: Sighting, sentence: Sentence, words: Vocabulary, places: set[str]) -> str | None:
    """The name in a party's words that no roster has: its longest run of capitals. Places, arms, titled persons and things are none."""
    if sentence.section == "title" or sighting.kind == "object":
        return None
    run = _capitals(sighting, sentence, words)
    if not run:
        return None
    first, last = sentence.words.index(run[0]), sentence.words.index(run[-1])
    name = sentence.text[run[0].start : run[-1].end]
    titles, actors = words.codebook.lists["title"], words.actors
    known = [h for h in actors.find(sentence.words) if h.first <= last and first < h.last]
    if any(actors.by_id[i].kind not in _LOOSE for h in known for i in h.values) or any(h.first <= first and last < h.last for h in known):
        return None
    if any(h.first <= last and first < h.last for h in words.arms.find(sentence.words)):
        return None
    person = run[0].folded in titles or (sighting.kind == "other" and any(w.folded in titles for w in run))
    if person or (first and sentence.words[first - 1].folded in titles):
        return None  # "President X", "Foreign Secretary Y"
    head = sentence.token_at(run[-1].start)
    if head is None or head.tag_ in ("JJ", "CD"):
        return None  # "Islamist fighters", "Eleven soldiers"
    if len(name) < 3 or "|" in name or fold(name) in places or words.gazetteer.known(name) or actors.named(name):
        return None
    return name


def _capitals(sighting: Sighting, sentence: Sentence, words: Vocabulary) -> list[Word]:
    """The longest run of words with a capital in a party's words, without the demonyms at its head ("Syrian")."""
    demonyms: list[Hit[str]] = words.actors.demonyms.find(sentence.words)
    runs: list[list[Word]] = [[]]
    for n, word in enumerate(sentence.words):
        if not sighting.start <= word.start < sighting.end:
            continue
        token = sentence.token_at(word.start)
        capital = word.capital and (n > 0 or (token is not None and token.tag_ in ("NNP", "NNPS")))
        if runs[-1] and sentence.text[runs[-1][-1].end : word.start].strip(" -’'‘"):
            runs.append([])  # a comma or bracket parts names
        if not runs[-1] and any(h.first <= n < h.last for h in demonyms):
            continue
        if capital or _ORDINAL.match(word.folded) or (runs[-1] and word.folded in _JOINING):
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    for run in runs:
        while run and not run[-1].capital:
            run.pop()
    named = [run for run in runs if any(w.capital and w.folded not in words.codebook.lists["weekday"] for w in run)]
    return max(named, key=len, default=[])


# ── where ────────────────────────────────────────────────────────────────────────────────────────


def _places(claim: Claim, words: Vocabulary) -> Iterator[_Unknown]:
    """Places of a claim that have no point of their own: none at all, or that of another place."""
    says = claim.says.event if isinstance(claim.says, Plan) else claim.says
    quote = next((p.words for p in claim.evidence if p.field == "claim"), "")
    for where in says.where:
        parts = where.name.split()
        kind = parts.pop() if len(parts) > 1 and parts[-1] in words.codebook.lists["feature"] else ""  # "Asadiyah village"
        name = " ".join(parts)
        if not _pointless(where) or not any(c.isupper() for c in name) or "|" in name:
            continue
        # Held where they are not, known names are mostly capitals that stand for governments: "Moscow said".
        remark = "the gazetteer knows this name, elsewhere" if words.gazetteer.known(name) else where.rule
        yield _Unknown("places", name, _shortened(quote, max(0, quote.find(where.name))), remark, {"kind": kind} if kind else {})


def _pointless(where: Where) -> bool:
    return where.lat is None or (where.place is None and "is unknown" in where.rule)


# ── with what ────────────────────────────────────────────────────────────────────────────────────


def _arms(trigger: Trigger, made: Draft, words: Vocabulary, lemmas: Lemmas) -> Iterator[_Unknown]:
    """Words that the tagger takes for the arm of what a trigger states, and that no arm of the roster covers."""
    tags, sentence = made.marks.tags, trigger.sentence
    if tags is None:
        return
    known = words.arms.find(sentence.words)
    named = [*words.actors.find(sentence.words), *words.actors.demonyms.find(sentence.words)]
    for start, last, _ in tags.spans("with", sentence.index, trigger.token):
        end_token = sentence.token_at(last)
        end = end_token.idx + len(end_token) if end_token is not None else last + 1
        told = [h for h in known if h.start < end and start < h.end]
        if any(any(c.isupper() or c.isdigit() for c in sentence.text[h.start : h.end]) for h in told):
            continue  # "Kalibr missiles": known by its name
        tokens = [t for t in sentence.doc if start <= t.idx < end and t.tag_ in NOUNS and t.i != trigger.token.i]
        tokens = [t for t in tokens if not any(h.start <= t.idx < h.end for h in (*told, *named))]
        if told:  # "Zorblat rockets": the class is known, the name is not
            tokens = [t for t in tokens if t.text[0].isupper()]
        if not tokens:
            continue
        while len(tokens) > 1 and tokens[-1].i - tokens[0].i >= len(tokens):
            tokens.pop(0)  # only nouns that stand together
        as_told = sentence.text[tokens[0].idx : tokens[-1].idx + len(tokens[-1])]
        head = lemmas.of(tokens[-1]) if tokens[-1].tag_ == "NNS" else tokens[-1].text
        name = sentence.text[tokens[0].idx : tokens[-1].idx] + head
        if len(name) < 3 or "|" in name or words.arms.recognise(name):
            continue
        class_ = words.arms.by_id[told[0].values[0]].kind if told else "generic"
        cells = {"aliases": as_told if as_told != name else "", "class": class_, "note": "class guessed"}
        beside = f"beside {sentence.text[told[0].start : told[0].end]}" if told else ""
        yield _Unknown("arms", name, _shortened(sentence.text, tokens[0].idx), beside, cells)


# ── what ─────────────────────────────────────────────────────────────────────────────────────────


def _deeds(trigger: Trigger, words: Vocabulary) -> Iterator[_Unknown]:
    """A verb or noun that only the tagger takes for a happening."""
    frame, book = trigger.frame, words.codebook
    lemma, tables = frame.lemma, (book.verbs, book.nouns)
    if not trigger.heard or trigger.token.tag_ in ("NNP", "NNPS") or not _WORD.match(lemma):
        return
    if all(frame.family != other.family for other in book.tagged.values()):
        return  # control, tolls, arms held and plans are stated by no table of verbs
    if any(parts == (lemma,) for table in tables for parts, _ in table.get(lemma, ())):
        return
    cells = {"lemmas": lemma, "family": frame.family, "strength": f"{frame.strength:g}"}
    if trigger.verbal:
        cells |= {"subject": frame.subject, "object": frame.object}
    yield _Unknown("verbs" if trigger.verbal else "nouns", lemma, _shortened(trigger.sentence.text, trigger.token.idx), "", cells)
