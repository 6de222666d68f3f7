"""Is it conflict at all? Asked twice: of a report's words before it is parsed, and of what was found in it.

``Triage`` weighs the words of a report by a table (``learned/triage.tsv``, written by ``training/triage.py``). A report in which nothing
speaks of conflict is not parsed and has no claims. ``conflict_only`` judges drafts: what dies of fevers, floods and road accidents is no
claim; what is told in a war report is. Each draft must be violence or war's business by itself, or stand in a report where others are.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from thucydides.claims.codebook import Codebook
from thucydides.claims.complete import is_complete, of_the_slain
from thucydides.claims.drafts import CONSEQUENCES, Draft
from thucydides.claims.hearing import chances
from thucydides.claims.learned import Scale
from thucydides.claims.learned.scales import BIAS, FOLDER, read_scale
from thucydides.claims.phrasing import phrase_of, wordlist
from thucydides.claims.sentences import CODED_SECTIONS, Sentence
from thucydides.lexicon import fold
from thucydides.record import Kind, Report

WINDOW, STEP = 90, 30  # words of three letters or more looked at together, and how far the next look begins
BRIEF = "(brief)"  # evidence: how much of a window is missing, 0 to 1
UNLIKELY = 0.08  # reports whose chance is below are left unread; ``training/triage.py`` tells what it costs
FEW_WORDS = 60  # shorter reports are read in any case: too little to judge by, and little work
_WORD = re.compile(r"[a-z]{3,}")

# Families that are war by their name alone.
WARLIKE = frozenset(
    (
        "suicide gas airstrike shelling fire drop grenade ambush exchange shootdown capture capturing dislodge gunfire assault "
        "advance repel"
    ).split()
)
FROM_AFAR = frozenset({"airstrike", "shelling"})  # and these where they befall a known place
DOUBTED = 0.82  # a draft less likely than this is no claim in calm news
PLAIN = 0.3  # a report likelier than this to speak of conflict is believed about what only the tagger hears in it
SURE = 0.6  # what the tagger must give a type of conflict for a draft to stand by itself
_CALM = frozenset(("Other", "Agreement", "Arrests"))  # types that are told in calm news as well
_NO_VIOLENCE = _CALM | {kind.value for kind in Kind}
EPIDEMIC = 4  # words of disease or disaster that make a report one of them, if they outnumber its words of war


@dataclass(frozen=True, slots=True)
class Triage:
    """Tells from words alone how likely a report speaks of conflict; under a millisecond for a page, no parse."""

    scale: Scale
    digest: str = ""

    @classmethod
    def load(cls) -> Triage:
        """The shipped table of weights."""
        return _load()

    def chance(self, text: str) -> float:
        """How likely a text holds a claim, from 0 to 1: as likely as the most warlike of its windows.

        Each paragraph is also looked at alone, so that calm surroundings never hide a violent one.
        """
        return self._chance(split_words(text))

    def left_unread(self, report: Report) -> str | None:
        """Why a report is not worth a parse, in words; ``None`` when it is to be read."""
        reading = report.reading
        lines = split_words("\n".join(reading[s.start : s.end] for s in report.sections if s.kind in CODED_SECTIONS))
        if sum(map(len, lines)) < FEW_WORDS:
            return None
        chance = self._chance(lines)
        return f"left unread: nothing in it speaks of conflict (chance {chance:.2f})" if chance < UNLIKELY else None

    def minded(self, lines: Sequence[Sequence[str]]) -> list[int]:
        """Which lines stand in a stretch that speaks of conflict, be it faintly: alone or with those that follow. Never none of many."""
        found: set[int] = set()
        best, most = 0.0, range(0)
        for at in range(len(lines)):
            for stretch in (range(at, at + 1), range(at, _end(lines, at))):
                chance = self._chance([[word for n in stretch for word in lines[n]]])
                if chance >= UNLIKELY:
                    found.update(stretch)
                if chance > best:
                    best, most = chance, stretch
        return sorted(found or most)

    def _chance(self, lines: Sequence[Sequence[str]]) -> float:
        weights = self.scale.weights
        brief = weights.get(BRIEF, 0.0) / WINDOW
        known = weights.keys()
        found = (sum(map(weights.__getitem__, known & set(some))) + brief * (WINDOW - len(some)) for some in windows(lines))
        best = max(found, default=0.0)
        return Scale({BIAS: weights.get(BIAS, 0.0) + best}).chance({})


def _end(lines: Sequence[Sequence[str]], at: int) -> int:
    """The first line after those that fill a window from a line on."""
    words = 0
    while at < len(lines) and words < WINDOW:
        words += len(lines[at])
        at += 1
    return at


@lru_cache(maxsize=1)
def _load() -> Triage:
    file = FOLDER / "triage.tsv"
    return Triage(read_scale(file), hashlib.sha256(file.read_bytes()).hexdigest()[:12])


def split_words(text: str) -> list[list[str]]:
    """The words of every line that has any, in the form in which they are weighed. Case, accents and marks make no difference."""
    return [words for line in text.split("\n") if (words := _words_of_line(line))]


@lru_cache(maxsize=1 << 10)  # a report's lines are asked for more than once while it is read
def _words_of_line(line: str) -> list[str]:
    return [stem(word) for word in _WORD.findall(fold(line))]


def windows(lines: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Every line alone, a long one in overlapping pieces; then every short line with those that follow it."""
    for line in lines:
        yield line[:WINDOW]
        for start in range(STEP, len(line) - WINDOW + STEP, STEP):
            yield line[start : start + WINDOW]
    for at, line in enumerate(lines[:-1]):
        if len(line) >= WINDOW:
            continue
        joined = list(line)
        for after in lines[at + 1 :]:
            joined += after
            if len(joined) >= WINDOW:
                break
        yield joined[:WINDOW]


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word without its commonest endings, crudely: "clashes", "clashed" and "clashing" are "clash"."""
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("shes", "ches", "sses", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            return word[:-1] if word[-1] == word[-2] and word[-1] in "bdgmnprt" else word
    return word


def conflict_only(drafts: Sequence[Draft], sentences: Sequence[Sentence], codebook: Codebook, chance: float) -> list[Draft]:
    """The drafts that tell of conflict. ``chance`` is how likely the report does by its words: above ``PLAIN`` the tagger is believed."""
    natural, violent = codebook.cues["natural"], codebook.cues["violent"]
    calm = {s.index: len(natural.find(s.words)) for s in sentences}
    disease = sum(calm.values())
    war = sum(len(violent.find(s.words)) for s in sentences)
    elsewhere = disease >= EPIDEMIC and disease > war
    brief = sum(len(s.words) for s in sentences) < FEW_WORDS  # too little to be judged by its words
    doubtful = elsewhere or (chance < PLAIN and not brief)
    warlike = war >= 2 and war > disease
    solid = warlike or [d for d in drafts if d.kind is Kind.EVENT and _solid(d)]
    fiction = codebook.cues["fiction"]
    kept = []
    for one in drafts:
        armed = _armed(one)
        if one.targets and all(s.head in _ANIMALS for s, _ in one.targets) and one.family in CONSEQUENCES | {"attack", "beat", "stab"}:
            continue  # sacrificed or culled
        if _COLLISION.search(one.sentence.text) and not armed and not violent.find(one.sentence.words):
            continue  # an accident on the road
        unnatural = calm[one.sentence.index] == 0 or any(s.kind in ("armed", "state") for s, _ in one.initiators)
        if not warlike and fiction.find(one.sentence.words):
            continue
        if one.kind is Kind.EVENT:
            plain = armed and bool(one.counts) and _solid(one)  # soldiers killed by a bomb are no epidemic
            again = not elsewhere and len({one.sentence.index, *(s.index for s in one.also)}) > 1 and _heard(one)
            sure = one.chance >= (SURE if again else DOUBTED) and not all(t.heard for t in one.triggers)
            if doubtful and not plain and not sure:
                continue  # of calm news only what is told in plain words, and surely or more than once
            natural_death = not unnatural and one.family in CONSEQUENCES | {"attack", "clash", "strike", "blast"} and not one.arms
            if natural_death or (elsewhere and not (armed and _solid(one))):
                continue
            plainly = again or ((chance >= PLAIN or brief) and _heard(one))
            if not (solid or is_complete(one) or _grave(one, codebook) or _weighty(one) or plainly):
                continue
        elif one.kind is Kind.TOLL:
            if not unnatural or not (solid or war or _NAMED_WAR.search(one.sentence.text)):
                continue
        elif (elsewhere or (not solid and war < 2)) and not armed and one.mode != "threatened":
            continue
        kept.append(one)
    return kept


_NAMED_WAR = phrase_of("triage", "named war")
_OFFICES = wordlist("triage", "offices")
_ANIMALS = wordlist("triage", "animals")
_COLLISION = phrase_of("triage", "collision")
_RAZED = wordlist("triage", "razed")
_OF_WAR = ("troops", "soldiers", "ceasefire", "coup", "truce", "rebel", "fighters", "peace")


def _weighty(draft: Draft) -> bool:
    """Conflict by who takes part in it: armed groups and troops whatever they do, crowds that protest or burn."""
    parties = [s for s, _ in (*draft.initiators, *draft.targets)]
    if draft.family in ("protest", "riot", "stone", "destroy", "beat", "cutoff", "disperse", "attack", "kill") and any(
        s.kind == "crowd" for s in parties
    ):
        return True
    if draft.family == "disrupt" and draft.arms:
        return True
    words = draft.sentence.text.lower()
    if draft.family in ("deploy", "invade", "coup", "agree", "talks", "evacuate") and any(w in words for w in _OF_WAR):
        return bool(parties)
    return any(s.kind in ("armed", "state") and s.head not in _OFFICES for s in parties) and draft.strength >= 0.3


def _heard(draft: Draft) -> bool:
    """Whether the tagger is sure of a type of conflict in it, or of conflict where it plainly befalls a place or somebody there."""
    found = chances(draft)
    tags = draft.marks.tags
    if found is None or tags is None or draft.type is None or draft.type in _CALM or draft.type not in tags.layout.types:
        return False
    together = sum(float(found[n]) for n, name in enumerate(tags.layout.types) if n and name not in _NO_VIOLENCE)
    return float(found[tags.layout.types.index(draft.type)]) >= SURE or (together >= SURE and _befalls(draft))


def _befalls(draft: Draft) -> bool:
    """Whether things or people of a known place are attacked or shot at, or clashes break out there, by whom is left open."""
    if draft.inherited_place or not any(mark.known for mark, _ in draft.places):
        return False
    if draft.family == "clash":
        return not draft.triggers[0].verbal
    struck = draft.family == "gunfire" or any(s.kind in ("object", "civilian", "crowd") for s, _ in draft.targets)
    return draft.family in ("attack", "assault", "gunfire", "ambush") and struck and any(t.passive for t in draft.triggers)


def _armed(draft: Draft) -> bool:
    return any(s.kind in ("armed", "state") for s, _ in (*draft.initiators, *draft.targets))


def _solid(draft: Draft) -> bool:
    """Whether a draft is violence by itself."""
    if draft.family in FROM_AFAR and not draft.inherited_place and any(mark.known for mark, _ in draft.places):
        return True  # "the bombardment of the town resumed"
    if draft.family == "shootdown" and any(s.kind == "object" for s, _ in draft.targets):
        return True
    if draft.family in WARLIKE:
        return _armed(draft) or bool(draft.arms) or bool(draft.counts)
    if draft.family in ("murder", "abduct", "rape", "shoot", "crackdown", "stone"):
        return bool(draft.initiators or draft.targets or draft.counts)
    violent = draft.family in ("attack", "kill", "clash", "strike", "blast", "raid", "riot", "wound", "lives", "destroy")
    return (violent and (_armed(draft) or bool(draft.arms))) or (draft.family == "protest" and bool(draft.initiators))


def _grave(draft: Draft, codebook: Codebook) -> bool:
    """Killing or attack told plainly, though nobody armed is named: "ten people were killed in the attack"."""
    families = {t.family for t in draft.triggers}
    if draft.family == "bodies":
        return of_the_slain(draft, codebook)
    if "destroy" in families and any(t.token.lower_ in _RAZED and t.verbal for t in draft.triggers):
        return any(s.kind == "object" for s, _ in draft.targets)  # "they burned our houses"
    return bool(families & {"attack", "kill", "blast", "clash", "strike"}) and bool(draft.counts) and draft.family != "casualty"
