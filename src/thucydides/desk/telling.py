"""Claims in few words: the same words in a terminal's table and on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from thucydides.record import Arming, Claim, Event, Factuality, Hold, Kind, Plan, Report, Tally, Toll, When, Where

TOLLS = ("killed", "wounded", "captured", "displaced")


def event_of(claim: Claim) -> Event | Hold | Tally | Arming:
    """What a claim says; of a plan the event planned."""
    return claim.says.event if isinstance(claim.says, Plan) else claim.says


def what(claim: Claim) -> str:
    """What kind of thing is claimed: "Air/drone strike", "Plan: Armed clash (threatened)", "Control: besieged"."""
    says = claim.says
    if isinstance(says, Event):
        return says.type or "Event"
    if isinstance(says, Plan):
        return f"Plan: {says.event.type or 'event'} ({says.mode})"
    if isinstance(says, Hold):
        share = "" if says.share is None else f", {says.share:.0%}"
        return f"Control: {says.status}{share}"
    return "Toll" if isinstance(says, Tally) else f"Holding: {says.way}"


def sides(claim: Claim, role: str) -> list[str]:
    """The names of the parties in a role, as told."""
    return [on_one_line(party.name) for party in event_of(claim).parties if party.role == role]


def arms(claim: Claim) -> list[str]:
    """The arms named, as told."""
    said = event_of(claim)
    return [on_one_line(use.name) for use in said.arms] if isinstance(said, Event | Arming) else []


def place(where: Where) -> str:
    """A place as told: "Hisyah (30km south of Homs)"."""
    return on_one_line(f"{where.name} ({where.relation})" if where.relation and where.relation != where.name else where.name)


def places(claim: Claim) -> list[str]:
    return [place(where) for where in event_of(claim).where]


def day(when: When | None) -> str:
    """A day or days: "2016-03-27", "2016-03-01 to 2016-03-05", "since 2015-05-20", "until 2016-03-27"."""
    if when is None or (when.start is None and when.end is None):
        return ""
    if when.start is None:
        return f"until {when.end}"
    if when.end is None:
        return f"since {when.start}"
    return f"{when.start}" if when.start == when.end else f"{when.start} to {when.end}"


def count(toll: Toll) -> str:
    """A number as far as it is known: "29", "12+", "up to 400", "10 to 15"."""
    if toll.low is None:
        return f"up to {toll.high:,}" if toll.high is not None else "some"
    if toll.high is None:
        return f"{toll.low:,}+"
    return f"{toll.low:,}" if toll.low == toll.high else f"{toll.low:,} to {toll.high:,}"


def tolls(claim: Claim) -> list[str]:
    """The tolls of a claim: "29 killed (ISIS)"."""
    said = event_of(claim)
    told = [(name, getattr(said, name, None)) for name in TOLLS]
    return [f"{count(toll)} {name}" + (f" ({on_one_line(toll.who)})" if toll.who else "") for name, toll in told if isinstance(toll, Toll)]


def voice(claim: Claim) -> str:
    """How the report stands to it: "claimed by the Observatory", "reported", "asserted"."""
    if claim.said_by:
        speaker = on_one_line(claim.said_by[0])
        return f"{claim.factuality} by {speaker}" if claim.factuality is not Factuality.REPORTED else f"reported ({speaker})"
    return str(claim.factuality)


def kinds_told(claims: Iterable[Claim]) -> str:
    """Claims counted by kind: "12 events, 2 control, 1 toll"."""
    return counts_told(Counter(claim.kind for claim in claims))


def counts_told(counts: Mapping[Kind, int]) -> str:
    """The same from the counts."""
    plural = {Kind.CONTROL: "control"}
    told = [f"{n:,} {kind if n == 1 else plural.get(kind, f'{kind}s')}" for kind in Kind if (n := counts.get(kind, 0))]
    return ", ".join(told) or "no claims"


def some(n: int, what: str) -> str:
    """A number of things: "1 report", "1,200 reports"."""
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def title_of(report: Report) -> str:
    """A report's title, else the words it begins with."""
    return report.title or on_one_line(report.text)[:80] or report.id


def on_one_line(words: str) -> str:
    """Words that a report may have broken over lines."""
    return " ".join(words.split())


def shown(words: str) -> str:
    """Words of a report made safe to show: what would steer a terminal or turn the writing round becomes U+FFFD, one for one."""
    return words.translate(_STEERING)


_STEERING = dict.fromkeys(
    [c for c in range(0x20) if c not in (0x09, 0x0A)]
    + list(range(0x7F, 0xA0))
    + [0x061C, 0x200E, 0x200F, 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
    + list(range(0xD800, 0xE000)),
    "�",
)
