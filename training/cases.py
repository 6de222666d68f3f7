"""What the scales learn from: every decision that the coder takes in an annotated report, with its evidence and the right answer.

The coder is run as it is and watched at the steps where it weighs something; what it weighed is then compared with the report's claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial, partialmethod
from typing import Any

from matching import align, fits, same_day, same_name, same_party, same_place, spans
from thucydides.claims import (
    Coder,
    arming,
    certainty,
    crediting,
    dating,
    folding,
    likeness,
    narrowing,
    placing,
    roles,
    statements,
    typology,
)
from thucydides.claims import coder as coding
from thucydides.claims.drafts import Draft
from thucydides.claims.learned import Scale, Tags
from thucydides.claims.roles import ROLES, candidates
from thucydides.claims.sentences import Sentence
from thucydides.claims.weighing import evidences
from thucydides.record import Claim, Kind, Report

Annotated = Mapping[str, Any]  # id, source, published, text, claims: the shape of gold reports
UNCOVERED = 0.25  # what a pair counts whose later sentence no claim covers
Evidence = Mapping[str, float]
Decision = tuple[str, Evidence, bool, float]  # scale, evidence, answer, what it counts


@dataclass(frozen=True, slots=True)
class Run:
    """One report, the annotations of it, and the coder that codes it."""

    coder: Coder
    report: Report
    told: Annotated
    sentences: list[Sentence]
    tags: Tags | None

    def account(self) -> list[tuple[Claim, Draft]]:
        """The report coded, each claim with its draft."""
        return self.coder.claims(self.report, self.sentences, self.tags) if self.sentences else []

    @property
    def events(self) -> list[Any]:
        return [c for c in self.told["claims"] if c["kind"] == "event"]

    def aligned(self, drafts: Sequence[Draft]) -> dict[int, Any]:
        """The event claim that a draft tells, by the draft's identity."""
        events = self.events
        return {id(drafts[n]): events[k] for n, k in align(drafts, events, self.told["text"]).items()}


@contextmanager
def watching(name: str, watch: Any, where: Any = coding, bound: bool = False) -> Iterator[None]:
    """The coder with one of its steps watched; ``bound`` steps are methods of a class."""
    plain = getattr(where, name)
    setattr(where, name, partialmethod(_unbound(watch, plain)) if bound else partial(watch, plain))
    try:
        yield
    finally:
        setattr(where, name, plain)


def _unbound(watch: Any, plain: Any) -> Any:
    return lambda self, *rest: watch(plain, self, *rest)


def _kept(into: list[Any]) -> Any:
    """A watch that keeps what a step gives."""

    def watch(plain: Any, *given: Any) -> Any:
        into.append(plain(*given))
        return into[-1]

    return watch


def of_sentences(run: Run) -> Iterator[Decision]:
    """What a sentence's drafts are made of: who acts, who is acted upon, where and when, who says so and how sure it is."""
    seen: dict[int, list[tuple[str, Evidence, Any]]] = {}
    made: list[Draft] = []
    maps: list[Any] = []

    def note(draft: Draft, name: str, evidence: Evidence, what: Any) -> None:
        seen.setdefault(id(draft), []).append((name, evidence, what))

    def settle(plain: Any, draft: Draft, others: Any, parties: Any, speakers: Any, learned: Any) -> None:
        for role in ROLES:
            for one in candidates(draft, others, parties, speakers, role):
                note(draft, role, one.evidence, one.sighting.names)
        plain(draft, others, parties, speakers, learned)

    def place(plain: Any, draft: Draft, others: Any, whereabouts: Any, scale: Scale) -> None:
        for one in placing.here(draft, others, whereabouts):
            note(draft, "place", one.evidence, (one.mark, one.sentence))
        plain(draft, others, whereabouts, scale)

    def date_here(plain: Any, draft: Draft, others: Any, *rest: Any) -> None:
        for one in dating.here(draft, others, *rest[:2]):
            note(draft, "day", one.evidence, one.dated)
        plain(draft, others, *rest)

    def wield(plain: Any, draft: Draft, others: Any, *rest: Any) -> None:
        for one in arming.candidates(draft, others, *rest[:2]):
            note(draft, "arm", one.evidence, draft.sentence.text[one.hit.start : one.hit.end])
        plain(draft, others, *rest)

    def credit(plain: Any, draft: Draft, speakers: Any, last: Any, learned: Any) -> None:
        if draft.kind is Kind.EVENT:
            for one in crediting.speakers_of(draft, speakers, last):
                note(draft, "speaker", one.evidence, one.speaker.name)
            for how, evidence in crediting.how_of(draft):
                note(draft, "how", evidence, how)
        plain(draft, speakers, last, learned)

    def gather(plain: Any, drafts: Sequence[Draft], sentences: int) -> Any:
        made.extend(drafts)
        return plain(drafts, sentences)

    steps = (
        ("wield", wield, arming),
        ("settle", settle, coding),
        ("place", place, placing),
        ("date_here", date_here, dating),
        ("credit", credit, coding),
    )
    with ExitStack() as stack:
        for name, watch, where in steps:
            stack.enter_context(watching(name, watch, where))
        stack.enter_context(watching("evidences", gather))
        stack.enter_context(watching("Whereabouts", _kept(maps)))
        run.account()
    told = run.aligned(made)
    text = run.told["text"]
    for draft in made:
        claim = told.get(id(draft))
        if claim is None:
            continue
        main = spans(claim, text)[:1]
        quoted = bool(main) and min(main[0][1], draft.sentence.end) > max(main[0][0], draft.sentence.start)
        for name, evidence, what in seen.get(id(draft), ()):
            answer = _answer(name, what, claim, maps[0], quoted)
            if answer is not None:
                yield name, evidence, answer, 1.0


def _answer(name: str, what: Any, claim: Any, whereabouts: Any, quoted: bool) -> bool | None:
    """Whether a candidate is right, ``None`` where the annotation does not say."""
    if name.removesuffix("_around") in ROLES:
        return same_party(what, claim[f"{name.removesuffix('_around')}s"])
    if name in ("place", "place_around"):
        return same_place(whereabouts.where(what[0], what[1].text), claim["places"]) if claim["places"] else None
    if name == "place_within":
        return any(same_name(what, one["name"]) for one in claim["places"]) if claim["places"] else None
    if name == "day" and what.when is None:
        return None
    if name in ("day", "day_around"):
        return same_day(what.when, claim["date"]) if what.when is not None else not any((claim["date"] or {}).values())
    if name == "arm":
        return any(same_name(what, gold) for gold in claim["weapons"])
    if name == "type":
        return bool(what == claim["type"])
    if not quoted:
        return None  # who says so follows the fullest sentence alone
    if name == "speaker":
        return bool(claim["attributed_to"]) and same_name(what, claim["attributed_to"])
    return bool(what == claim["factuality"])


def of_reports(run: Run) -> Iterator[Decision]:
    """What only the report as a whole tells: the type of a folded happening, and the place and day told around it."""
    found: list[tuple[str, Evidence, Any, Draft]] = []
    made: list[Draft] = []
    maps: list[Any] = []

    def place_around(plain: Any, around: Any, draft: Draft, before: Any) -> Any:
        some = list(plain(around, draft, before))
        found.extend(("place_around", one.evidence, (one.mark, one.sentence), draft) for one in some)
        return iter(some)

    def narrow(plain: Any, narrowing_: Any, drafts: Sequence[Draft], scale: Scale) -> Any:
        for draft in drafts:
            if draft.kind is Kind.EVENT and draft.places and not draft.inherited_place:
                some = narrowing_.candidates(draft, [d for d in drafts if d is not draft])
                found.extend(("place_within", one.evidence, one.mark.name, draft) for one in some)
        return plain(narrowing_, drafts, scale)

    def day_around(plain: Any, around: Any, draft: Draft, before: Any) -> Any:
        some = list(plain(around, draft, before))
        found.extend(("day_around", one.evidence, one.dated, draft) for one in some)
        return iter(some)

    def party_around(plain: Any, around: Any, draft: Draft, role: str) -> Any:
        some = list(plain(around, draft, role))
        found.extend((f"{role}_around", one.evidence, one.sighting.names, draft) for one in some)
        return iter(some)

    def recall(plain: Any, around: Any, drafts: Sequence[Draft], learned: Any) -> Any:
        for draft in drafts:
            if draft.triggers and draft.kind is Kind.EVENT:
                for role, sides in (("initiator", draft.initiators), ("target", draft.targets)):
                    if not sides:
                        list(around.candidates(draft, role))
        return plain(around, drafts, learned)

    def gather(plain: Any, drafts: Sequence[Draft], *rest: Any) -> Any:
        folded = plain(drafts, *rest)
        made.extend(d for d in folded if d.kind is Kind.EVENT)
        words = run.coder.vocabulary
        for draft in made:
            for type_, evidence in typology.types_of(draft, words.codebook, words.arms).items():
                found.append(("type", evidence, type_, draft))
        return folded

    with ExitStack() as stack:
        stack.enter_context(watching("fold", gather))
        stack.enter_context(watching("Whereabouts", _kept(maps)))
        stack.enter_context(watching("candidates", place_around, placing.Around, bound=True))
        stack.enter_context(watching("narrow", narrow, narrowing.Narrowing, bound=True))
        stack.enter_context(watching("candidates", party_around, roles.Around, bound=True))
        stack.enter_context(watching("carry_over", recall, roles.Around, bound=True))
        stack.enter_context(watching("candidates", day_around, dating.Around, bound=True))
        run.account()
    told = run.aligned(made)
    for name, evidence, what, draft in found:
        answer = _answer(name, what, told[id(draft)], maps[0], True) if id(draft) in told else None
        if answer is not None:
            yield name, evidence, answer, 1.0


def of_drafts(run: Run) -> Iterator[Decision]:
    """Every draft: does it tell an annotated claim?"""
    made: list[tuple[list[Draft], int]] = []
    stated: list[Draft] = []

    def gather(plain: Any, drafts: Sequence[Draft], sentences: int) -> Any:
        made.append((list(drafts), sentences))
        return plain(drafts, sentences)

    def gather_others(plain: Any, drafts: Sequence[Draft], scale: Scale) -> Any:
        stated.extend(d for d in drafts if d.kind is not Kind.EVENT)
        return plain(drafts, scale)

    with watching("evidences", gather), watching("believed", gather_others):
        run.account()
    for drafts, sentences in made:
        told = run.aligned(drafts)
        for draft, evidence in zip(drafts, evidences(drafts, sentences), strict=True):
            yield "claim", evidence, id(draft) in told, 1.0
    for draft in stated:
        yield "statement", statements.evidence(draft), _stated(draft, run.told), 1.0


def _stated(draft: Draft, told: Annotated) -> bool:
    here = draft.sentence
    return any(
        min(b, here.end) - max(a, here.start) > 0.3 * min(b - a, here.end - here.start)
        for claim in told["claims"]
        if claim["kind"] == draft.kind.value
        for a, b in spans(claim, told["text"])
    )


def of_pairs(run: Run) -> Iterator[Decision]:
    """Every pair of event drafts of a report: do they tell one happening?"""
    found: list[Decision] = []

    def watch(plain: Any, drafts: Sequence[Draft], located: Any, typed: Any, scale: Scale) -> Any:
        events = [d for d in drafts if d.kind is Kind.EVENT]
        told = align(events, run.events, run.told["text"])
        for later, one in enumerate(events):
            for earlier, other in enumerate(events[:later]):
                if earlier not in told or folding.likeness(one, other, located, typed, scale) <= folding.NEVER:
                    continue
                same = later not in told or told[later] == told[earlier]
                evidence = dict(likeness.evidence(one, other, located, typed))
                found.append(("folding", evidence, same, 1.0 if later in told else UNCOVERED))
        return plain(drafts, located, typed, scale)

    with watching("fold", watch):
        run.account()
    yield from found


def of_claims(run: Run) -> Iterator[Decision]:
    """Every claim as it comes out: would an annotator have made it, and would he have filled its fields so?"""
    made = run.account()
    events = [(claim, draft) for claim, draft in made if draft.kind is Kind.EVENT]
    told = run.aligned([draft for _, draft in events])
    # Two drafts may tell one claim; the surer is the claim, the other one too many.
    first: dict[int, tuple[float, int]] = {}
    for _, draft in events:
        if id(draft) in told:
            key = id(told[id(draft)])
            first[key] = max(first.get(key, (-1.0, 0)), (draft.chance, id(draft)))
    for _, draft in made:
        if draft.kind is not Kind.EVENT:
            yield "certainty", certainty.evidence(draft, "claim"), _stated(draft, run.told), 1.0
    for claim, draft in events:
        annotated = told.get(id(draft))
        right = annotated is not None and first[id(annotated)][1] == id(draft)
        yield "certainty", certainty.evidence(draft, "claim"), right, 1.0
        if annotated is None:
            continue
        for name, answer in _fields(claim, draft, annotated).items():
            yield "certainty", certainty.evidence(draft, name), answer, 1.0


def _fields(claim: Claim, draft: Draft, told: Any) -> dict[str, bool]:
    """Whether each field of an event claim is as annotated; fields of which the annotation says nothing are left out."""
    return {name: right for name, right in fits(claim, told).items() if certainty.says(draft, name)}


Gatherer = Callable[[Run], Iterator[Decision]]
STEPS: Mapping[str, Gatherer] = {
    "sentences": of_sentences,
    "drafts": of_drafts,
    "pairs": of_pairs,
    "reports": of_reports,
    "claims": of_claims,
}
"""In the order in which they are learned: each learns from what those before it give."""
