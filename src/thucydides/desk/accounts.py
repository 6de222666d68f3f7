"""The account of a claim in a terminal: the words that state it, the answers weighed for every field, and what was left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from thucydides.claims.explaining import Account, Answer, Telling
from thucydides.desk.console import STYLES, words
from thucydides.desk.highlights import ROLES
from thucydides.desk.reasons import in_words
from thucydides.desk.telling import day, event_of, on_one_line, what
from thucydides.record import Claim

LABELS = {
    "type": "what",
    "initiators": "who",
    "targets": "to whom",
    "places": "where",
    "date": "when",
    "killed": "killed",
    "wounded": "wounded",
    "captured": "captured",
    "displaced": "displaced",
    "weapons": "with what",
    "damage": "damage",
    "outcome": "outcome",
    "said_by": "said by",
    "factuality": "how sure",
    "loaded": "loaded",
}
"""What each field is called here, in the order in which fields are told."""


def lines(account: Account) -> Iterator[Text]:
    """All of an account: its tellings, why it is believed to be a claim, and its fields; an empty line behind each part."""
    several = len(account.tellings) > 1
    for n, telling in enumerate(account.tellings, start=1):
        yield words(f"told {n} of {len(account.tellings)}" if several else "told", "dim")
        yield from _telling(telling, account.claim)
        yield Text()
    if account.stated is not None:
        yield Text().append_text(words(f"{'a claim':<10}", "dim")).append_text(words(f"{account.stated.chance:.0%} likely", "bold"))
        yield from _reasons(account.stated)
        yield Text()
    weighed, ruled = dict(account.fields), dict(by_rule(account))
    for name, label in LABELS.items():
        if name in weighed or name in ruled:
            yield from _field(name, label, weighed.get(name, ()), ruled.get(name))
            yield Text()


def _telling(telling: Telling, claim: Claim) -> Iterator[Text]:
    """A sentence with the words of the claim's fields in their colours and the words that state it in reverse."""
    line = words(telling.sentence.replace("\n", " "))
    for passage in claim.evidence:
        start, end = passage.start - telling.start, passage.end - telling.start
        if passage.field != "claim" and start < len(telling.sentence) and end > 0:
            line.stylize(STYLES[ROLES.get(passage.field, "detail")], max(0, start), end)
    for stating in telling.states:
        line.stylize("reverse", stating.start, stating.end)
    yield Text("  ").append_text(line)
    for stating in telling.states:
        if stating.heard:
            how = f"in no table; the tagger hears {stating.family}"
        else:
            how = f"the codebook's {'verb' if stating.verbal else 'noun'} “{stating.lemma}”: {stating.family}"
        yield Text("    ").append_text(words(stating.words, "bold")).append_text(words(f"  {how}"))
    if not telling.states:
        yield words(f"    stated by a construction of {claim.kind}, by none of the codebook's verbs or nouns")
    if telling.unread:
        yield words(f"    left unread: {', '.join(telling.unread)}", "dim")


def _field(name: str, label: str, answers: Sequence[Answer], ruled: str | None) -> Iterator[Text]:
    """The answers taken with what weighed for and against them, then those that were left, dimmed."""
    style = STYLES[ROLES[name]] if name in ROLES else "bold"
    lead = words(f"{label:<10}", "dim")
    taken = [answer for answer in answers if answer.taken]
    if ruled is not None:
        yield Text().append_text(lead).append_text(words(ruled, style)).append_text(words("  by the constructions, not weighed", "dim"))
    elif not taken:
        yield Text().append_text(lead).append_text(words("left open: nothing weighed enough"))
    for answer in taken:
        yield Text().append_text(lead).append_text(words(on_one_line(answer.words), style)).append_text(words(f"  {answer.chance:.0%}"))
        yield from _reasons(answer)
        lead = words(" " * 10)
    for answer in answers:
        if not answer.taken:
            against = [r for r in answer.reasons if r[1] < 0][:1]
            why = f": {_told(*against[0])}" if against else ""
            yield words(f"{'':10}left: {on_one_line(answer.words)}  {answer.chance:.0%}{why}", "dim")


def _reasons(answer: Answer) -> Iterator[Text]:
    for side, kept in (("for", [r for r in answer.reasons if r[1] > 0]), ("against", [r for r in answer.reasons if r[1] < 0])):
        for n, reason in enumerate(kept):
            yield words(f"{'':12}{side if n == 0 else '':<8}{_told(*reason)}", "green" if side == "for" else "red")


def _told(evidence: str, weight: float) -> str:
    return f"{weight:+.2f} {in_words(evidence)}".replace("-", "−", 1) if weight < 0 else f"{weight:+.2f} {in_words(evidence)}"


def by_rule(account: Account) -> Iterator[tuple[str, str]]:
    """The fields that the claim fills without having weighed answers, in the words of their evidence."""
    claim, weighed = account.claim, {name for name, answers in account.fields if any(a.taken for a in answers)}
    found: dict[str, list[str]] = {"type": [what(claim)], "factuality": [str(claim.factuality)]}
    for passage in claim.evidence:
        if passage.field != "claim":
            found.setdefault(passage.field, []).append(on_one_line(passage.words))
    when = event_of(claim).when
    if when is not None and day(when):
        found["date"] = [f"{day(when)} ({when.basis})"]
    for name, told in found.items():
        if name not in weighed:
            yield name, "; ".join(dict.fromkeys(told))
