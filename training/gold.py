"""Annotated reports in the shape of gold (``id, source, published, text, claims``) as lessons for the tagger.

Gold tells what a claim says and which sentences tell it, not which word states it nor where its names stand. Both are looked up: a name is
marked where a sentence holds it, and of the words of a quote the one is taken that the coder as it is holds most likely to state a claim of
that type. Nothing of it is kept: whoever has the reports can teach with them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from lessons import Lesson, Reader, raw_of
from matching import same_day, spans
from standoff import Span, Telling, Told
from thucydides.claims import Coder
from thucydides.claims.hearing import CONTENT
from thucydides.claims.learned import Tagger, Tags
from thucydides.claims.sentences import Sentence
from thucydides.claims.tolls import find_counts
from thucydides.claims.when import find_dates

_ROLE_OF = {"initiators": "by", "targets": "to"}


def gold(folder: Path, coder: Coder, reader: Reader) -> Iterator[Lesson]:
    """The reports of a folder as lessons. A report of which no sentence is coded is left out."""
    tagger = Tagger.load()
    for path in sorted(folder.glob("*.json")):
        told = json.loads(path.read_text("utf-8"))
        report = reader(raw_of(told["id"], {k: v for k, v in told.items() if k not in ("claims", "id")}))
        sentences = coder.parsed(report)
        if not sentences:
            continue
        published = report.published.isoformat() if report.published else None
        claims = _claims(told, report.text, sentences, tagger.read(sentences))
        yield Lesson(told["id"], "gold", str(told["source"]), published, report.text, tuple((s.start, s.end) for s in sentences), claims)


def _claims(told: Mapping[str, Any], text: str, sentences: Sequence[Sentence], tags: Tags) -> tuple[Told, ...]:
    found, taken = [], set[int]()
    for claim in told["claims"]:
        tellings = []
        for start, end in spans(claim, text):
            here = max(sentences, key=lambda s: min(s.end, end) - max(s.start, start))
            on = _stating(here, max(start, here.start), min(end, here.end), claim["type"] or claim["kind"], tags, taken)
            if on is not None and not any(t.on == on for t in tellings):
                taken.add(on[0])
                tellings.append(_telling(claim, here, on, told, sentences, first=not tellings))
        if tellings:
            day = claim["date"] and (claim["date"].get("start"), claim["date"].get("end"))
            found.append(Told(claim["type"] or claim["kind"], day or None, tellings))
    return tuple(found)


def _stating(sentence: Sentence, start: int, end: int, type_: str, tags: Tags, taken: set[int]) -> Span | None:
    """The word of a quote that states a claim of a type most likely, one not yet taken if it can be."""
    able = []
    for token in sentence.doc:
        at = sentence.start + token.idx
        if token.tag_ not in CONTENT or not start <= at < end:
            continue
        chances = tags.types(sentence.index, token)
        if chances is not None:
            own = float(chances[tags.layout.types.index(type_)])
            able.append((own + 0.5 * (1 - float(chances[0])) - (at in taken), -at, (at, at + len(token))))
    return max(able)[2] if able else None


def _telling(
    claim: Mapping[str, Any], sentence: Sentence, on: Span, told: Mapping[str, Any], sentences: Sequence[Sentence], first: bool
) -> Telling:
    roles: dict[str, list[Span]] = {}
    elsewhere: dict[str, list[Span]] = {}
    named = {role: claim[side] or () for side, role in _ROLE_OF.items()} | {"at": [(p["name"],) for p in claim.get("places") or ()]}
    for role, parties in named.items():
        for names in parties:
            if (at := _first(names, sentence)) is not None:
                roles.setdefault(role, []).append(at)
            elif (at := _nearest(names, sentence, sentences)) is not None:
                elsewhere.setdefault(role, []).append(at)
    roles["with"] = [at for name in claim.get("weapons") or () if (at := _first((name,), sentence)) is not None]
    if claim.get("attributed_to") and first:
        roles["said"] = [at for at in (_first((claim["attributed_to"],), sentence),) if at is not None]
    for count in find_counts(sentence.text):
        asked = claim.get(count.field)
        if isinstance(asked, dict) and asked["low"] == count.toll.low:
            roles.setdefault(count.field, []).append((sentence.start + count.start, sentence.start + count.end))
    if claim["date"] and told.get("published"):
        days = find_dates(sentence.text, date.fromisoformat(told["published"]))
        roles["day"] = [(sentence.start + d.start, sentence.start + d.end) for d in days if d.when and same_day(d.when, claim["date"])]
    how = claim.get("factuality") or "asserted"
    return Telling((sentence.start, sentence.end), on, {k: v for k, v in roles.items() if v}, elsewhere, how)


def _nearest(names: Sequence[str], sentence: Sentence, sentences: Sequence[Sentence]) -> Span | None:
    """Where another sentence holds one of some names: the nearest, one before rather than one behind."""
    for other in sorted(sentences, key=lambda s: (abs(s.index - sentence.index), s.index)):
        if other is not sentence and (at := _first(names, other)) is not None:
            return at
    return None


def _first(names: Sequence[str], sentence: Sentence) -> Span | None:
    """Where a sentence holds one of some names of one party, the longest first."""
    for name in sorted((n for n in names if n.strip()), key=len, reverse=True):
        pattern = r"\b" + r"\W+".join(map(re.escape, re.findall(r"\w+", name))) + r"\b"
        if match := re.search(pattern, sentence.text, re.I):
            return sentence.start + match.start(), sentence.start + match.end()
    return None
