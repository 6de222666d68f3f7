"""Losses: what witnesses say of the dead, wounded and captured, by whom, as low, best and high.

Each witness counts once, with its latest figure: a toll that rises from day to day in one outlet is no dispute. The lowest is the lowest
that any witness gives, the highest the highest. The best is the median of the witnesses that are no party to the event, the lower of two
in the middle (as ACLED and UCDP prefer the cautious figure); where only parties speak, the median of all. An open figure ("at least 12")
counts as its bound. Tolls are disputed where two witnesses cannot both be right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from thucydides.errors import BadRoster
from thucydides.incidents.testimony import Testimony, by_support, latest, version
from thucydides.lexicon import Phrases, read_table, words_of
from thucydides.record import Dispute, Losses, Toll, Witness

STATUSES = ("killed", "wounded", "captured")
ALL = "all"


def losses_of(testimonies: Sequence[Testimony], is_party: Callable[[Witness], bool]) -> tuple[list[Losses], list[Dispute]]:
    """The losses of every status and of everybody told apart, and where witnesses contradict each other."""
    found: list[Losses] = []
    disputes: list[Dispute] = []
    for status in STATUSES:
        told = [(whom(toll), toll, t) for t in testimonies for toll in [getattr(t.event, status)] if toll is not None]
        for group in sorted({group for group, _, _ in told}):
            by_claim = {t.claim.id: toll for one, toll, t in told if one == group}
            last = latest((t for one, _, t in told if one == group), lambda t, by_claim=by_claim: by_claim.get(t.claim.id))  # type: ignore[misc]
            found.append(_held(status, group, list(last.values()), is_party))
            disputes += _disputed(status, group, list(last.values()))
    return [_whole(one, found) if one.whom == ALL else one for one in found], disputes


def _whole(all_: Losses, found: Sequence[Losses]) -> Losses:
    """All who were lost are not fewer than those of them who are told apart."""
    parts = [one for one in found if one.status == all_.status and one.whom != ALL]
    best, high = max((one.best for one in parts), default=0), max((one.high for one in parts), default=0)
    if best <= all_.best and high <= all_.high:
        return all_
    rule = all_.rule if best <= all_.best else f"{all_.rule}; raised to the {parts[0].whom} among them"
    return replace(all_, best=max(all_.best, best), high=max(all_.high, high, best), rule=rule)


def whom(toll: Toll) -> str:
    """Whom a toll counts: "civilians", "fighters", or "all" where the words do not part them."""
    groups = {group for hit in _people().find(words_of(f"{toll.who or ''} {toll.words}")) for group in hit.values}
    return groups.pop() if len(groups) == 1 else ALL


def bounds(toll: Toll) -> tuple[int, int | None]:
    """The lowest and highest that a toll allows; no highest where it is open."""
    told = [n for n in (toll.low, toll.best, toll.high) if n is not None]
    return min(told, default=0), toll.high if toll.high is not None else toll.best


def likeliest(toll: Toll) -> int:
    """The one figure of a toll."""
    return toll.best if toll.best is not None else bounds(toll)[0]


def _held(status: str, group: str, told: Sequence[tuple[Toll, Testimony]], is_party: Callable[[Witness], bool]) -> Losses:
    outside = [(toll, t) for toll, t in told if not is_party(t.witness)]
    asked = sorted(likeliest(toll) for toll, _ in outside or told)
    best = asked[(len(asked) - 1) // 2]
    low = min(bounds(toll)[0] for toll, _ in told)
    high = max(max(bounds(toll)[0], bounds(toll)[1] or 0) for toll, _ in told)
    one = len(asked) == 1
    which = ("that is no party" if one else "that are no party") if outside and len(outside) < len(told) else ""
    which = which or ("" if outside else "who is a party" if one else "all of them parties")
    rule = "the figure of the one witness" if one else f"the median of {len(asked)} witnesses, the lower of two"
    return Losses(
        status=status, whom=group, low=min(low, best), best=best, high=max(high, best), rule=f"{rule}{f', {which}' if which else ''}",
        open=all(bounds(toll)[1] is None for toll, _ in told), witnesses=tuple(t.witness.name for _, t in told),
    )  # fmt: skip


def _disputed(status: str, group: str, told: Sequence[tuple[Toll, Testimony]]) -> Iterator[Dispute]:
    lowest = max(bounds(toll)[0] for toll, _ in told)
    tops = [high for high in (bounds(toll)[1] for toll, _ in told) if high is not None]
    if len(told) < 2 or not tops or lowest <= min(tops):
        return
    by_figure: dict[str, list[Testimony]] = {}
    for toll, t in told:
        by_figure.setdefault(figure(toll), []).append(t)
    name = status if group == ALL else f"{status} ({group})"
    yield Dispute(field=name, versions=by_support(version(says, by_figure[says]) for says in by_figure))


def figure(toll: Toll) -> str:
    """A toll in short: "12", "12+", "10 to 15"."""
    low, high = bounds(toll)
    return f"{low}+" if high is None else str(low) if low == high else f"{low} to {high}"


@cache
def _people() -> Phrases[str]:
    """Words for people by whom they count."""
    errors: list[BadRoster] = []
    found: Phrases[str] = Phrases()
    for row in read_table(Path(__file__).with_name("people.tsv"), ("group", "words", "note"), errors):
        for word in row.values("words"):
            found.add(word, row["group"])
    if errors:
        raise errors[0]
    return found
