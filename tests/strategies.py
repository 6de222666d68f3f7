"""Hypothesis strategies for the nouns of ``record.py``: any report, and any claim whose evidence stands in it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from thucydides.record import (
    Arming,
    Basis,
    Claim,
    Event,
    Factuality,
    Hold,
    Kind,
    Party,
    Passage,
    Plan,
    Report,
    Section,
    Source,
    Tally,
    Toll,
    Use,
    When,
    Where,
    Wording,
)

WORDS = st.one_of(
    st.sampled_from(
        ["SDF", "Deir ez-Zôr", "الجيش", "=1+1", "a, b | c", '"quoted"', "'tick", "\u2028line", "Хмеймим", "🚀 rocket", "NUL\0here"]
    ),
    st.text(max_size=12),
)
NAMES = WORDS.filter(bool)
SWAYS = st.sampled_from(["for", "against"])
MAYBE_WORDS = st.none() | WORDS
DAYS = st.dates(date(1914, 1, 1), date(2100, 1, 1))
COUNTRIES = st.none() | st.sampled_from(["SY", "IQ", "XK", "UA", "ZZ"])
SUB_EVENTS = st.sampled_from(
    ["Armed clash", "Air/drone strike", "Attack", "Agreement", "Peaceful protest", "Violent demonstration", "no such type"]
)
ACTOR_KINDS = st.none() | st.sampled_from(["army", "rebel", "civilian", "generic", "crowd", "peacekeeper", "no such kind"])


def tuples(values: st.SearchStrategy, size: int = 2) -> st.SearchStrategy:
    return st.lists(values, max_size=size).map(tuple)


sources = st.builds(
    Source,
    name=NAMES,
    id=MAYBE_WORDS,
    kind=st.none() | st.sampled_from(["press", "wire", "monitor", "social"]),
    country=COUNTRIES,
    stands_with=tuples(NAMES),
)


@st.composite
def reports(draw: st.DrawFn, text: st.SearchStrategy[str] | None = None) -> Report:
    words = draw(text or st.text(min_size=1, max_size=80))
    reading = draw(st.sampled_from([words, words.replace("\0", " ").replace("’", "'")]))
    cut = draw(st.integers(0, len(words)))
    return Report(
        id=draw(st.text("abcdef0123456789", min_size=4, max_size=12)),
        text=words,
        reading=reading,
        source=draw(sources),
        raw_hash=draw(st.text("abcdef0123456789", min_size=8, max_size=8)),
        title=draw(MAYBE_WORDS),
        byline=draw(MAYBE_WORDS),
        url=draw(MAYBE_WORDS),
        published=draw(st.none() | DAYS),
        published_basis=draw(st.sampled_from(["given", "header", "unknown"])),
        dateline_place=draw(MAYBE_WORDS),
        language=draw(st.none() | st.just("en")),
        retrieved=draw(st.none() | st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))),
        topics=draw(tuples(WORDS)),
        copied_from=draw(tuples(NAMES)),
        sections=(Section(start=0, end=cut, kind="title"), Section(start=cut, end=len(words), kind="body")),
        notes=draw(tuples(WORDS)),
    )


parties = st.builds(
    Party,
    role=st.sampled_from(["initiator", "target", "supporter"]),
    name=NAMES,
    actor=MAYBE_WORDS,
    kind=ACTOR_KINDS,
    names=tuples(NAMES),
)


@st.composite
def wheres(draw: st.DrawFn) -> Where:
    known = draw(st.booleans())
    return Where(
        name=draw(NAMES),
        relation=draw(MAYBE_WORDS),
        place=draw(MAYBE_WORDS),
        lat=draw(st.floats(-90, 90)) if known else None,
        lon=draw(st.floats(-180, 180)) if known else None,
        radius_km=draw(st.floats(0, 2000)) if known else None,
        country=draw(COUNTRIES),
        admin1=draw(MAYBE_WORDS),
        precision=draw(st.sampled_from(["place", "part", "near", "area", "admin1", "country"])) if known else "unknown",
        rule=draw(WORDS),
        score=draw(st.none() | st.floats(0, 1)),
        aliases=draw(tuples(NAMES)),
    )


@st.composite
def whens(draw: st.DrawFn) -> When:
    start = draw(st.none() | DAYS)
    end = draw(st.none() | DAYS)
    if start and end and start > end:
        start, end = end, start
    if start and draw(st.booleans()):
        end = start
    return When(
        start=start,
        end=end,
        basis=draw(st.sampled_from(Basis)),
        words=draw(MAYBE_WORDS),
        time_of_day=draw(st.none() | st.sampled_from(["night", "14:30"])),
    )


@st.composite
def tolls(draw: st.DrawFn) -> Toll:
    low, best, high = sorted(draw(st.tuples(*[st.integers(0, 500_000)] * 3)))
    maybe = st.booleans()
    return Toll(
        low=low if draw(maybe) else None,
        best=best if draw(maybe) else None,
        high=high if draw(maybe) else None,
        who=draw(MAYBE_WORDS),
        words=draw(st.sampled_from(["dozens", "several", "at least 12"]) | WORDS),
    )


uses = st.builds(Use, name=NAMES, arm=MAYBE_WORDS, kind=MAYBE_WORDS)
maybe_whens = st.none() | whens()
maybe_tolls = st.none() | tolls()
events = st.builds(
    Event,
    type=st.none() | SUB_EVENTS,
    parties=tuples(parties, 3),
    where=tuples(wheres()),
    when=maybe_whens,
    killed=maybe_tolls,
    wounded=maybe_tolls,
    captured=maybe_tolls,
    arms=tuples(uses),
    damage=tuples(WORDS),
    outcome=MAYBE_WORDS,
)
holds = st.builds(
    Hold,
    parties=tuples(parties),
    where=tuples(wheres()),
    status=st.sampled_from(["held", "contested", "besieged", "lost"]),
    share=st.none() | st.floats(0, 1),
    when=maybe_whens,
)
tallies = st.builds(
    Tally,
    parties=tuples(parties),
    where=tuples(wheres()),
    when=maybe_whens,
    killed=maybe_tolls,
    wounded=maybe_tolls,
    displaced=maybe_tolls,
    captured=maybe_tolls,
)
armings = st.builds(
    Arming,
    parties=tuples(parties),
    arms=tuples(uses),
    way=st.sampled_from(["has", "operates", "supplies", "receives", "lost"]),
    where=tuples(wheres()),
    when=maybe_whens,
)
plans = st.builds(Plan, event=events, mode=st.sampled_from(["intended", "threatened", "forecast", "conditional"]))
SHAPES = {Kind.EVENT: events, Kind.CONTROL: holds, Kind.TOLL: tallies, Kind.HOLDING: armings, Kind.PLAN: plans}


@st.composite
def claims(draw: st.DrawFn, report: Report, kinds: tuple[Kind, ...] = tuple(Kind)) -> Claim:
    """A claim of a report; its evidence keeps the law ``report.text[start:end] == words``."""

    def passage(field: str) -> Passage:
        start = draw(st.integers(0, max(0, len(report.text) - 1)))
        end = draw(st.integers(start, len(report.text)))
        return Passage(field=field, start=start, end=end, words=report.text[start:end])

    kind = draw(st.sampled_from(kinds))
    loaded = draw(tuples(NAMES))
    return Claim(
        id=draw(st.text("abcdef0123456789", min_size=16, max_size=16)),
        report=report.id,
        kind=kind,
        says=draw(SHAPES[kind]),
        evidence=tuple(passage(field) for field in draw(st.sampled_from([("claim",), ("where", "claim"), ("claim", "killed", "claim")]))),
        factuality=draw(st.sampled_from(Factuality)),
        said_by=draw(tuples(NAMES)),
        loaded=loaded,
        wording=tuple(Wording(words=words, sway=draw(SWAYS), party=draw(st.none() | NAMES)) for words in loaded),
        notes=draw(tuples(WORDS)),
        confidence=draw(st.floats(0, 1)),
        by=draw(st.sampled_from(["", "rules 1", "rules 2"])),
    )


@st.composite
def readings(draw: st.DrawFn, kinds: tuple[Kind, ...] = tuple(Kind), size: int = 3) -> tuple[Report, tuple[Claim, ...]]:
    """A report with claims of it, whose ids differ."""
    report = draw(reports())
    told = draw(st.lists(claims(report, kinds), max_size=size, unique_by=lambda claim: claim.id))
    return report, tuple(told)
