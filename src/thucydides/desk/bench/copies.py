"""Copies among reports: those of a set as it is, and edited ones made of its texts.

Which reports of the set are copies is derived anew at every run, by comparing all pairs exactly: the four-word shingles of the shorter
body that stand in the longer, without the formulas, which are the shingles of more than six different texts. From half on it is a
copy, below three tenths none; between the two it is a partial one, and neither finding nor missing it counts. Every report is edited in
several ways besides; an edited text must be found to be a copy of its report, and of no report that is none.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations, pairwise
from pathlib import Path
from time import perf_counter

import numpy as np

from thucydides.desk.bench.benches import Measured
from thucydides.desk.bench.scoring import HEAD, Score
from thucydides.desk.bench.sets import Item, raw, read_set, table
from thucydides.desk.coding import Chronicler
from thucydides.desk.console import progress
from thucydides.desk.gathering import gather, open_up
from thucydides.incidents.copies import Fingerprint, copied, fingerprint, may_be_copies, order
from thucydides.record import Report, Source
from thucydides.reports import Raw, split

SHINGLE, FORMULA = 4, 6  # words; different texts
COPY, NO_COPY = 0.5, 0.3
REWORDED = 0.3  # so many of the content words
LEAD_WORDS = 30
EDITABLE_WORDS = 40  # shorter texts are not edited
ARCHIVE = 200_000  # reports, for the cost of a look-up
MADE_UP = 4_000  # texts from which that cost is reckoned
SEED = 11
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.!?\"”])\s+(?=[\"“A-Z])")
_HEADER = "{site}\nHome | News | World | Contact us\nPosted on {day} by admin\n\n{title}\n\n{text}\n\nShare this on Facebook\nTweet\n"
_SITES = ("Levant Mirror", "World Conflict Digest", "Daily Frontline", "Crossroads News")

Edit = Callable[[str, random.Random, Sequence[str]], str]


def measure(chronicler: Chronicler, path: Path, limit: int) -> Measured:
    """Pairs of copies found in the set as it is, edited copies found, and what a look-up costs."""
    rng = random.Random(SEED)
    reports = _reports(chronicler, path, limit)
    shares = exact_shares([_body(report) for report in reports])
    prints = [replace(fingerprint(report), report=f"{n:06}") for n, report in enumerate(reports)]
    scores = {"as it is": _as_it_is(prints, shares)}
    pool = Pool(prints)
    texts = [report.text for report in reports]
    editable = [n for n, report in enumerate(reports) if len(_WORD.findall(_body(report))) >= EDITABLE_WORDS]
    with progress("editing", len(EDITS)) as bar:
        for name, edit in EDITS.items():
            scores[name] = sum((_edited(chronicler, n, reports[n], edit, rng, texts, pool, shares) for n in editable), Score())
            bar.advance(bar.task_ids[0])
    edited = sum((score for name, score in scores.items() if name not in ("as it is", HARDEST)), Score())
    scores = {"as it is": scores.pop("as it is"), "edited": edited, **scores}
    cost = costs(prints, rng)
    whole, partial = sum(share >= COPY for share in shares.values()), sum(NO_COPY <= share < COPY for share in shares.values())
    figures = {key: value for name, score in scores.items() for key, value in score.figures(name.replace(" ", "_")).items()} | cost
    lines = (
        f"{len(reports)} reports, {whole} pairs of copies, {partial} of partial ones (not counted)",
        HEAD,
        *(score.line(name) for name, score in scores.items()),
        f"  {cost['false_candidates']:.0f} false candidates for a report among {ARCHIVE:,}, {cost['looked_into']:.0f} of them looked into; "
        f"{cost['screen_us']:.1f} µs to screen one, {cost['compare_us']:.0f} µs to compare, {cost['fingerprint_us']:.0f} µs for a "
        f"fingerprint of {cost['fingerprint_bytes']:.0f} bytes with {cost['keys']:.0f} keys",
    )
    return Measured(figures=figures, lines=lines, of={"file": str(path), "reports": len(reports), "edited": len(editable) * len(EDITS)})


def exact_shares(bodies: Sequence[str]) -> dict[tuple[int, int], float]:
    """For every two texts that share a shingle which is no formula: the share of the shorter's that stand in the other."""
    words = [_WORD.findall(body.lower()) for body in bodies]
    shingles = [set(zip(*(found[n:] for n in range(SHINGLE)), strict=False)) for found in words]
    first_of = {tuple(found): n for n, found in reversed(list(enumerate(words)))}
    texts = Counter(shingle for n in first_of.values() for shingle in shingles[n])
    own = [{shingle for shingle in found if texts[shingle] <= FORMULA} for found in shingles]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, found in enumerate(own):
        for shingle in found:
            holders[shingle].append(n)
    shared = Counter(pair for held in holders.values() for pair in combinations(held, 2))
    return {(a, b): number / min(len(own[a]), len(own[b])) for (a, b), number in shared.items()}


def _as_it_is(prints: Sequence[Fingerprint], shares: Mapping[tuple[int, int], float]) -> Score:
    """Pairs found by their keys and compared, against the exact shares."""
    pool = Pool(prints)
    found = {tuple(sorted((int(one.report), int(other.report)))) for one in prints for other in pool.copies_of(one)}
    true = {pair for pair, share in shares.items() if share >= COPY}
    told = {pair for pair in found if not NO_COPY <= shares.get((pair[0], pair[1]), 0.0) < COPY}
    return Score.matched(len(told & true), len(told), len(true))


def _edited(
    chronicler: Chronicler,
    n: int,
    report: Report,
    edit: Edit,
    rng: random.Random,
    texts: Sequence[str],
    pool: Pool,
    shares: Mapping[tuple[int, int], float],
) -> Score:
    """One edited text against all reports of the set."""
    text = edit(report.text, rng, texts)
    day = report.published.isoformat() if report.published else None
    again = chronicler.reader(raw(f"edited-{n}", text, published=day, source=rng.choice(_SITES)))
    found = {int(other.report) for other in pool.copies_of(fingerprint(again))}
    wrong = {m for m in found if m != n and shares.get((min(n, m), max(n, m)), 0.0) < NO_COPY}
    return Score.matched(int(n in found), int(n in found) + len(wrong), 1)


@dataclass(slots=True)
class Pool:
    """Fingerprints by their keys: candidates share one, copies are found among them."""

    by_key: dict[int, list[Fingerprint]]

    def __init__(self, prints: Sequence[Fingerprint]) -> None:
        self.by_key = defaultdict(list)
        for one in prints:
            for key in one.keys:
                self.by_key[key].append(one)

    def candidates(self, one: Fingerprint) -> list[Fingerprint]:
        """The reports that share a key with one, in order."""
        found = {other.report: other for key in one.keys for other in self.by_key.get(key, ()) if other.report != one.report}
        return sorted(found.values(), key=order)

    def copies_of(self, one: Fingerprint) -> list[Fingerprint]:
        """The reports of the pool that one is a copy of, or they of it."""
        return [other for other in self.candidates(one) if may_be_copies(one, other) and copied(one, other) is not None]


# ── editing ──────────────────────────────────────────────────────────────────────────────────────


def new_lead(text: str, rng: random.Random, texts: Sequence[str]) -> str:
    """The first sentence, or its first 30 words, gives way to such of another report."""
    mine, theirs = (_sentences(one)[0].split()[:LEAD_WORDS] for one in (text, rng.choice(texts)))
    return " ".join((*theirs, *text.split()[len(mine) :]))


def cut(text: str, rng: random.Random, texts: Sequence[str]) -> str:
    """Every second sentence or so is left out."""
    sentences = _sentences(text)
    kept = sorted(rng.sample(range(len(sentences)), -(-len(sentences) // 2)))
    return " ".join(sentences[n] for n in kept)


def reworded(text: str, rng: random.Random, texts: Sequence[str]) -> str:
    """Three in ten words of more than three letters give way to words that mean the same or, where the table has none, to any others."""
    found = [match for match in _WORD.finditer(text) if len(match.group()) > 3]
    others = _WORD.findall(rng.choice(texts)) or ["thing"]
    pieces, at = [], 0
    for match in sorted(rng.sample(found, round(len(found) * REWORDED)), key=lambda match: match.start()):
        pieces += [text[at : match.start()], rng.choice(_synonyms().get(match.group().lower(), others))]
        at = match.end()
    return "".join((*pieces, text[at:]))


def reordered(text: str, rng: random.Random, texts: Sequence[str]) -> str:
    """Paragraphs of three sentences change places."""
    sentences = _sentences(text)
    paragraphs = [" ".join(sentences[n : n + 3]) for n in range(0, len(sentences), 3)]
    return " ".join(rng.sample(paragraphs, len(paragraphs)))


def bare(text: str, rng: random.Random, texts: Sequence[str]) -> str:
    """Capitals and punctuation are lost."""
    return re.sub(r"[^\w\s]", "", text.lower())


def under_header(text: str, rng: random.Random, texts: Sequence[str]) -> str:
    """Another site posts it again between its own menus."""
    return _HEADER.format(site=rng.choice(_SITES), day="3 March 2015", title="More from the region", text=text)


def everything(text: str, rng: random.Random, texts: Sequence[str]) -> str:
    """A new lead, a third of the sentences left out, and the rest reworded."""
    sentences = _sentences(new_lead(text, rng, texts))
    kept = sorted(rng.sample(range(len(sentences)), -(-2 * len(sentences) // 3)))
    return reworded(" ".join(sentences[n] for n in kept), rng, texts)


HARDEST = "all at once"
EDITS: Mapping[str, Edit] = {
    "new lead": new_lead,
    "cut": cut,
    "reworded": reworded,
    "reordered": reordered,
    "bare": bare,
    "under header": under_header,
    HARDEST: everything,
}


def _sentences(text: str) -> list[str]:
    return _SENTENCE.split(text)


def _synonyms() -> dict[str, Sequence[str]]:
    return {row["id"]: row.values("others") for row in table("copies_words.tsv", "id", "others")}


# ── cost ─────────────────────────────────────────────────────────────────────────────────────────


def costs(prints: Sequence[Fingerprint], rng: random.Random) -> dict[str, float]:
    """What finding copies costs in an archive of made-up texts, which go on from any word as some text of the set does.

    Such texts share more formulas than real ones of many wars. The number of candidates grows as the archive does, so it is
    reckoned from a smaller one.
    """
    made = list(_made_up(prints, rng))
    start = perf_counter()
    known = [fingerprint(report) for report in made]
    spent = perf_counter() - start
    pool = Pool(known)
    asked = known[:: max(1, len(known) // 400)]
    pairs = [(one, other) for one in asked for other in pool.candidates(one)]
    start = perf_counter()
    close = [pair for pair in pairs if may_be_copies(*pair)]
    screened = perf_counter() - start
    compared = close[:2000] or pairs[:2000]
    start = perf_counter()
    for one, other in compared:
        copied(one, other)
    took = perf_counter() - start
    scale = ARCHIVE / len(known) / len(asked)
    return {
        "false_candidates": len(pairs) * scale,
        "looked_into": len(close) * scale,
        "screen_us": screened / max(1, len(pairs)) * 1e6,
        "compare_us": took / max(1, len(compared)) * 1e6,
        "fingerprint_us": spent / len(known) * 1e6,
        "fingerprint_bytes": float(np.mean([len(one.to_bytes()) for one in known])),
        "keys": float(np.mean([len(one.keys) for one in known])),
    }


def _made_up(prints: Sequence[Fingerprint], rng: random.Random) -> Iterator[Report]:
    """Texts in which every word follows the one before it as in some text of the set; words are told by their numbers."""
    follow: dict[int, list[int]] = defaultdict(list)
    lengths = []
    for one in {one.words: one for one in prints}.values():
        words = np.frombuffer(one.words, dtype="<u4").tolist()
        lengths.append(len(words))
        for a, b in pairwise(words):
            follow[a].append(b)
    starts = list(follow)
    template = Report(id="", text="", reading="", source=Source(name="unknown"), raw_hash="")
    for n in range(MADE_UP):
        told, word = [], rng.choice(starts)
        for _ in range(max(12, rng.choice(lengths))):
            told.append(f"w{word:x}")
            word = rng.choice(follow.get(word) or starts)
        yield replace(template, id=f"made-{n}", text=" ".join(told))


# ── the set ──────────────────────────────────────────────────────────────────────────────────────


def _reports(chronicler: Chronicler, path: Path, limit: int) -> list[Report]:
    """The reports of a set: of JSON Lines their texts, of anything else what it holds."""
    if path.suffix == ".jsonl":
        raws = [_raw(n, item) for n, item in enumerate(read_set(path, "fakes.jsonl", "text", limit=limit))]
    else:
        raws = [piece for one in open_up(gather([str(path)])) for piece in split(one, chronicler.limits)]
        raws = raws if not limit else raws[:: max(1, len(raws) // limit)][:limit]
    with progress("reading", len(raws)) as bar:
        found = []
        for one in raws:
            found.append(chronicler.reader(one))
            bar.advance(bar.task_ids[0])
    return found


def _raw(n: int, item: Item) -> Raw:
    told = {name: str(item[name]) for name in ("source", "title") if item.get(name)}
    return raw(f"{n:06}", item["text"], published=_day(str(item.get("date") or "")), **told)


def _day(told: str) -> str | None:
    """A day as in the sets: the month first where it is written with slashes."""
    for form in ("%m/%d/%Y", "%Y-%m-%d", "%Y%m%d"):
        try:
            return datetime.strptime(told[:10], form).date().isoformat()
        except ValueError:
            continue
    return None


def _body(report: Report) -> str:
    return " ".join(report.text[s.start : s.end] for s in report.sections if s.kind == "body")
