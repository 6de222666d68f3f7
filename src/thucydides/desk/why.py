"""Why a claim says what it says, for terminal and page alike: what the present coder makes of its words, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thucydides.claims.codebook import FOLDER
from thucydides.claims.explaining import Account, Answer, Stating, Telling
from thucydides.claims.explaining import explain as account_of
from thucydides.desk.accounts import by_rule
from thucydides.desk.telling import event_of, what
from thucydides.exports import flatten
from thucydides.record import Arming, Claim, Event, Kind, Report

if TYPE_CHECKING:
    from thucydides.claims import Coder


@dataclass(frozen=True, slots=True)
class Found:
    """The account that is told for a claim asked for, if there is one, and what has to be said of it first."""

    account: Account | None
    remark: str


def why(claim: Claim, report: Report, coder: Coder, rosters: Path) -> tuple[Found, list[str]]:
    """The account of a claim, its report coded again, and what would change it. ``rosters`` is the folder of the user's own tables."""
    told = found(claim, report, coder.account(report), coder.by, coder.vocabulary.learned)
    return told, list(changes(told.account, FOLDER, rosters)) if told.account is not None else []


def found(claim: Claim, report: Report, made: Sequence[tuple[Claim, Any]], by: str, learned: Any) -> Found:
    """The present claim of the same id, else the present claim of the same words."""
    same = next((pair for pair in made if pair[0].id == claim.id), None)
    if same is not None:
        now, before = flatten(same[0], report), flatten(claim, report)
        other = [name for name in now if now[name] != before.get(name) and name not in ("id", "by")]
        return Found(account_of(*same, learned), f"the present coder reads otherwise than kept: {', '.join(other)}" if other else "")
    why = (
        f"the present coder does not make this claim any more ({by})"
        if claim.by == by
        else f"another coder made this claim ({claim.by}); the present one is {by}"
    )
    likest = max((pair for pair in made if _likeness(claim, pair[0])), key=lambda pair: _likeness(claim, pair[0]), default=None)
    if likest is None:
        return Found(None, f"{why}, and it makes no claim of this sentence")
    return Found(account_of(*likest, learned), f"{why}: below is what it makes of the same sentence, {likest[0].id}")


def _likeness(claim: Claim, other: Claim) -> int:
    """How much two claims have in common: nothing where no sentence states both."""
    mine, theirs = ([(p.start, p.end) for p in one.evidence if p.field == "claim"] for one in (claim, other))
    if not set(mine) & set(theirs):
        return 0
    return 1 + 4 * (mine[:1] == theirs[:1]) + 2 * (claim.kind is other.kind) + (what(claim) == what(other))


# ── how to change it ─────────────────────────────────────────────────────────────────────────────


def changes(account: Account, codebook: Path, rosters: Path) -> Iterator[str]:
    """For what a claim says, the table and row that make it so, and the folders where codebook and rosters stand."""
    claim, said = account.claim, event_of(account.claim)
    fields = {p.field for p in account.claim.evidence} | {name for name, _ in account.fields}
    for stating in dict.fromkeys((s.lemma, s.family, s.verbal, s.heard) for t in account.tellings for s in t.states):
        lemma, family, verbal, heard = stating
        table = f"codebook/{'verbs' if verbal else 'nouns'}.tsv"
        if not heard:
            yield f"“{lemma}” means {family}: its row in {table}"
        elif family not in list(Kind):
            yield f"“{lemma}” is in no table: a row in {table} decides it ('thuc gaps --kind {'verbs' if verbal else 'nouns'}' writes one)"
    if claim.kind in (Kind.EVENT, Kind.PLAN):
        yield "the type: codebook/types.tsv, by family, arms and parties; of a family by itself: codebook/families.tsv"
    elif claim.kind is Kind.CONTROL:
        yield "verbs that say who holds a place: class control_verb in codebook/cues.tsv"
    for party in said.parties:
        if party.actor:
            yield f"“{party.name}” is {party.actor}: a row of that id in rosters/actors.tsv takes its place"
        elif any(c.isupper() for c in party.name):
            yield f"“{party.name}” is in no roster: a row in rosters/actors.tsv makes it known ('thuc gaps --kind actors' writes one)"
    for where in said.where:
        place = f"is {where.place}" if where.place else "has no point of its own"
        yield f"“{where.name}” {place}: a row in rosters/places.tsv says where it is"
    for use in said.arms if isinstance(said, Event | Arming) else ():
        yield f"“{use.name}” is {use.arm}: a row of that id in rosters/arms.tsv takes its place"
    if fields & {"killed", "wounded", "captured", "displaced"}:
        yield "words that count the dead and hurt: codebook/tolls.tsv"
    if fields & {"said_by", "factuality", "outcome", "damage"}:
        yield "words of saying, denying and doubting, of damage and outcome: codebook/cues.tsv"
    yield f"codebook is {codebook}, rosters is {rosters}"
    yield "chances and weights are learned from annotated reports, not written by hand (claims/learned)"


# ── as JSON ──────────────────────────────────────────────────────────────────────────────────────


def flat(claim: Claim, report: Report, told_of: Found, hints: Sequence[str]) -> dict[str, Any]:
    """All of an account as plain JSON."""
    account = told_of.account
    told: dict[str, Any] = {"asked": claim.id, "asked_by": claim.by, "remark": told_of.remark or None, "claim": None}
    if account is None:
        return told
    told["claim"] = flatten(account.claim, report)
    told["stated"] = _flat_answer(account.stated) if account.stated is not None else None
    told["tellings"] = [
        {"start": t.start, "text": t.sentence, "states": [_flat_stating(s, t) for s in t.states], "unread": list(t.unread)}
        for t in account.tellings
    ]
    told["fields"] = {name: [_flat_answer(a) for a in answers] for name, answers in account.fields}
    told["by_rule"] = dict(by_rule(account))
    told["change"] = list(hints)
    return told


def _flat_stating(stating: Stating, telling: Telling) -> dict[str, Any]:
    start, end = telling.start + stating.start, telling.start + stating.end
    form = "verb" if stating.verbal else "noun"
    return {
        "text": stating.words, "start": start, "end": end, "form": form, "lemma": stating.lemma, "family": stating.family,
        "heard": stating.heard,
    }  # fmt: skip


def _flat_answer(answer: Answer) -> dict[str, Any]:
    reasons = [{"evidence": name, "weight": round(float(weight), 3)} for name, weight in answer.reasons]
    return {"text": answer.words, "chance": round(float(answer.chance), 3), "taken": answer.taken, "reasons": reasons}
