"""Documents that mean harm to whoever shows them: each would run, hide, turn round or tear something if it were not shown as mere text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

from thucydides.record import Basis, Claim, Event, Factuality, Kind, Party, Passage, Report, Section, Source, Tally, Toll, Use, When, Where

MARK = "window.ran=1"
"""What whatever runs does."""

LOADS = (
    f"<script>{MARK}</script>",
    f"<img src=x onerror='{MARK}'>",
    f"<svg onload='{MARK}'><circle r=9 /></svg>",
    f"<svg><script>{MARK}</script></svg>",
    f"<svg><animate onbegin={MARK} attributeName=x dur=1s>",
    f'"><iframe srcdoc="<script>parent.{MARK}</script>"></iframe>',
    f"<a href='javascript:{MARK}' autofocus onfocus='{MARK}'>here</a>",
    f"javascript:{MARK}",
    f"data:text/html,<script>{MARK}</script>",
    f"<details open ontoggle='{MARK}'><summary>x</summary></details>",
    f"<video src=x onerror={MARK}></video><input onfocus={MARK} autofocus>",
    f"<math><mtext><table><mglyph><style><img src=x onerror='{MARK}'>",
    f"<noscript><p title='</noscript><img src=x onerror={MARK}>'>",
    f"</title></textarea></style></script><script>{MARK}</script>",
    "<style>*{display:none!important}body{position:fixed}</style>",
    "<link rel=stylesheet href='data:text/css,*{display:none}'><base href='https://example.org/'>",
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    "<div style='position:fixed;inset:0;z-index:99999;background:red'>gone</div>",
    "<form action='https://example.org/'><button>Go</button></form>",
    f"{{{{constructor.constructor('{MARK}')()}}}} ${{{MARK}}} {{@html '<img src=x onerror={MARK}>'}}",
    f"<!--><script>{MARK}</script--><![CDATA[<script>{MARK}</script>]]>",
    f"&lt;script&gt;{MARK}&lt;/script&gt; &#60;img src=x onerror={MARK}&#62;",
    "\u202eeb ot desrever\u202c \u2067\u2066\u2069 \u202e\u202e\u202e never closed",
    "\u2066\u202e" * 40 + "deep" + "\u200f\u061c\u200e",
    "😀👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇺🇦" * 40,
    "Z" + "\u0301\u0323\u0488" * 200 + "algo",
    "x" * 6000,
    "﷽" * 300 + "𒐫" * 200,
    "العربية " * 60 + "עברית " * 60,
    "\u200b\u2060\ufeff".join("unseen letters between all of these") * 5,
    "a\u0000b\u0007c\u001b[31mred\u001b[0m\u0085\u2028\u2029 end",
    "\U000e0041\U000e0042 tags \ufff9anchor\ufffa note\ufffb \ufdd0",
    "'; DROP TABLE reports; -- \" OR 1=1 %00 ../../etc/passwd",
    "<table><tr><td>" * 60 + "torn",
    "- " * 3000,
    "\n" * 2000 + "far below",
    "https://example.org/" + "a/" * 1500,
    f"<object data='data:text/html,<script>{MARK}</script>'></object><embed src='javascript:{MARK}'>",
    f"<template shadowrootmode=open><script>{MARK}</script></template><dialog open>x</dialog>",
    f"<body onload={MARK} style='overflow:hidden'><marquee onstart={MARK}>x</marquee>",
)

PLACES = ("title", "who", "words", "source", "everything")
"""Where in a document a load stands: its title, the name of a party, the words around, the outlet, or all of these."""


def hostile() -> Iterator[tuple[Report, tuple[Claim, ...]]]:
    """Two hundred documents, each with one claim whose evidence spans enclose or adjoin the load."""
    for number, (load, where) in enumerate(product(LOADS, PLACES)):
        yield document(f"hostile-{number:03}", load, where, number)


def document(id_: str, load: str, where: str, number: int) -> tuple[Report, tuple[Claim, ...]]:
    """A report in which the load stands where it is told, with a claim on it."""

    def at(place: str, plain: str) -> str:
        return f"{plain} {load}" if where in (place, "everything") else plain

    who, around = at("who", "Rebels"), at("words", "in hostilewords")
    sentence = f"{who} shelled the market of Homs {around} on Friday, killing at least 12 people."
    text = f"{at('title', 'Shelling')}\n\n{sentence}\n\nAfterwards {load} was told."
    day = date(2016, 1, 1) + timedelta(days=number)
    report = Report(
        id=id_,
        text=text,
        reading=text,
        source=Source(name=at("source", "Outlet")),
        raw_hash=id_,
        title=at("title", "Shelling"),
        published=day,
        url=load if where == "everything" else None,
        language="en",
        sections=(Section(start=0, end=len(text), kind="body"),),
        notes=(f"noted {load[:200]}",),
    )
    place = Where(name=at("who", "Homs"), lat=34.73, lon=36.72, radius_km=5.0, country="SY", precision="place", rule=f"named {load[:80]}")
    event = Event(
        type="Shelling/artillery/missile attack",
        parties=(Party(role="initiator", name=who), Party(role="target", name="market")),
        where=(place,),
        when=When(start=day, end=day, basis=Basis.STATED, words="Friday"),
        killed=Toll(low=12, best=None, high=None, who=load[:80], words="at least 12"),
        arms=(Use(name=load[:300]),),
        damage=(load[:300],),
        outcome=load[:300],
    )
    evidence = [passage(text, "claim", sentence), passage(text, "initiators", who), passage(text, "killed", "killing at least 12 people")]
    evidence += [passage(text, "places", "Homs"), passage(text, "damage", load), passage(text, "date", "Friday")]
    claim = Claim(
        id=f"c{number:015x}",
        report=id_,
        kind=Kind.EVENT,
        says=event,
        evidence=tuple(evidence),
        factuality=Factuality.CLAIMED,
        said_by=(load[:200],) if where == "everything" else (),
        loaded=(load[:200],),
        notes=(load[:200],),
        confidence=0.8,
        by="made",
    )
    return report, (claim,)


def passage(text: str, field: str, words: str, start: int = 0) -> Passage:
    """The evidence of a field: the first place from ``start`` on where the words stand."""
    at = text.index(words, start)
    return Passage(field=field, start=at, end=at + len(words), words=words)


def long_report(id_: str, characters: int, *, claims: int) -> tuple[Report, tuple[Claim, ...]]:
    """A report of so many characters in which so many sentences state claims, evenly spread; none where ``claims`` is 0."""
    stating = "Rebels shelled the market of Homs on Friday, killing at least 12 people 💥 في حمص, the Observatory said. "
    calm = "Bread was sold at the usual price, and the weather of the season stayed as everybody had expected it. "
    sentences = characters // len(calm)
    every = sentences // claims if claims else 0
    parts: list[str] = []
    found: list[Claim] = []
    length = 0
    for n in range(sentences):
        states = bool(every) and n % every == 0 and len(found) < claims
        sentence = stating if states else calm
        if states:
            found.append(_spread(id_, len(found), stating, length))
        if n % 6 == 5:
            sentence = f"{sentence.rstrip()}\n"
        parts.append(sentence)
        length += len(sentence)
    text = "".join(parts)
    body = (Section(start=0, end=len(text), kind="body"),)
    title, day = f"A long report of {characters:,} characters", date(2017, 5, 1)
    outlet = Source(name="Outlet")
    report = Report(id=id_, text=text, reading=text, source=outlet, raw_hash=id_, title=title, published=day, sections=body)
    return report, tuple(found)


def _spread(report: str, number: int, sentence: str, at: int) -> Claim:
    words = {"claim": sentence.strip(), "initiators": "Rebels", "targets": "the market of Homs", "places": "Homs", "date": "Friday"}
    words |= {"killed": "killing at least 12 people", "said_by": "the Observatory", "weapons": "💥"}
    moved = []
    for field, told in words.items():
        found = passage(sentence, field, told)
        moved.append(Passage(field=field, start=found.start + at, end=found.end + at, words=told))
    parties = (Party(role="initiator", name="Rebels"), Party(role="target", name="the market of Homs"))
    toll = Toll(low=12, best=None, high=None, who="people", words="at least 12")
    return Claim(
        id=f"d{number:015x}",
        report=report,
        kind=Kind.TOLL,
        says=Tally(parties=parties, where=(Where(name="Homs"),), when=None, killed=toll),
        evidence=tuple(moved),
        factuality=Factuality.CLAIMED,
        said_by=("the Observatory",),
        confidence=0.8,
        by="made",
    )
