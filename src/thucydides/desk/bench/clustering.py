"""Texts clustered by the incident they are about: articles on gun violence, and texts on strikes in Syria.

A text is about what its lead tells: background, earlier events and tallies of the year stand further down. Two texts are as likely about
one incident as the two accounts in their leads that fit best, less what many accounts give by chance. Texts join, the likeliest first,
where the mean of a cluster allows it. Beside it in the same run stand the plain alternatives: every text alone, one
day and place, and the cosine of tf-idf within seven days at its best threshold.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from pathlib import Path

from thucydides.desk.bench.benches import Measured
from thucydides.desk.bench.sets import coded, raw, read_set
from thucydides.desk.coding import Chronicler
from thucydides.incidents.accounts import Account, account_of, bare, sketch_of
from thucydides.incidents.judging import Judge
from thucydides.incidents.parting import Scorer
from thucydides.incidents.rows import beside
from thucydides.incidents.shelf import InMemory
from thucydides.record import Claim, Kind, Report
from thucydides.reports import Raw

ARTICLES, STRIKES = "gva.jsonl", "airwars.jsonl"
BY_CHANCE = 0.25  # how much the logarithm of the number of pairs of accounts counts against the best of them
JOIN = -0.6  # log odds above which two texts, or the mean of two clusters, join
UNLIKE = -3.0  # log odds of texts that share no key
WINDOW_DAYS = 7
LEAD = 500  # code points of a text's body in which stands what it is about


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a set: its incident, its day of publication and the accounts in its lead."""

    incident: str
    words: str
    day: int | None
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How clusters agree with incidents: B-cubed and by pairs."""

    b3: tuple[float, float, float]  # precision, recall, F1
    pairs: tuple[float, float, float]

    def line(self) -> str:
        """The figures in one line."""
        return "B3 P {:.3f} R {:.3f} F1 {:.3f}   pairs P {:.3f} R {:.3f} F1 {:.3f}".format(*self.b3, *self.pairs)


def measure(chronicler: Chronicler, path: Path, limit: int = 0) -> Measured:
    """How both sets are clustered, beside the plain alternatives."""
    folder = path if path.is_dir() else path.parent
    judge = Judge.load()
    figures: dict[str, float] = {}
    lines: list[str] = []
    of: dict[str, object] = {}
    for name, read in (("articles", articles), ("strikes", strikes)):
        file = folder / (ARTICLES if name == "articles" else STRIKES)
        if not file.exists():
            lines.append(f"{file} is absent and left out")
            continue
        texts = read(chronicler, file, limit)
        incidents = [text.incident for text in texts]
        answers: dict[str, Sequence[object]] = {"judged": clusters(texts, judge.scores), **alternatives(texts)}
        lines.append(f"{name}: {len(texts)} texts of {len(set(incidents))} incidents")
        for way, answer in answers.items():
            found = agreement(incidents, answer)
            figures |= {f"{name}.{way}.b3": found.b3[2], f"{name}.{way}.pairs": found.pairs[2]}
            lines.append(f"  {way:22} {found.line()}")
        of[name] = str(file)
    return Measured(figures=figures, lines=tuple(lines), of=of)


def articles(chronicler: Chronicler, file: Path, limit: int = 0) -> list[Text]:
    """Articles on gun violence, each of one incident."""
    items = read_set(file, ARTICLES, "incident", "id", "text", limit=limit)
    raws = [raw(item["id"], item["text"], title=item["title"], url=item["url"], published=item["date"]) for item in items]
    return list(_texts(chronicler, raws, [str(item["incident"]) for item in items]))


def strikes(chronicler: Chronicler, file: Path, limit: int = 0) -> list[Text]:
    """The texts from which strikes were coded."""
    told = read_set(file, STRIKES, "incident_code", "texts", limit=limit)
    items = [(item, n, text) for item in told for n, text in enumerate(item["texts"])]
    raws = [
        raw(f"{item['incident_code']}-{n}", text["text"], source=text.get("publisher"), title=text.get("title"), url=text.get("url"),
            published=next(iter((text.get("date") or "").split()), None))
        for item, n, text in items
    ]  # fmt: skip
    return list(_texts(chronicler, raws, [item["incident_code"] for item, _, _ in items]))


def _texts(chronicler: Chronicler, raws: Sequence[Raw], incidents: Sequence[str]) -> Iterator[Text]:
    actors = chronicler.coder.vocabulary.actors
    for reading, incident in zip(coded(chronicler, raws), incidents, strict=True):
        if reading.report is None:
            raise reading.error or RuntimeError(f"{reading.name} gave no report")
        sketch = sketch_of(reading.report)
        events = [claim for claim in reading.claims if claim.kind is Kind.EVENT]
        told = tuple(account_of(claim, sketch, actors, len(events)) for claim in in_lead(reading.report, events)) or (bare(sketch),)
        yield Text(incident, f"{reading.report.title or ''}\n{reading.report.text}", sketch.published, told)


def in_lead(report: Report, claims: Sequence[Claim]) -> list[Claim]:
    """The claims that a text's title and lead tell; where they tell none, the first claim."""
    starts = {claim.id: min((p.start for p in claim.evidence if p.field == "claim"), default=0) for claim in claims}
    body = next((section.start for section in report.sections if section.kind == "body"), 0)
    told = sorted(claims, key=lambda claim: starts[claim.id])
    return [claim for claim in told if starts[claim.id] <= body + LEAD] or told[:1]


def clusters(texts: Sequence[Text], score: Scorer) -> list[int]:
    """The cluster of every text, by the best of its accounts."""
    shelf, text_of = InMemory(), {}
    for n, text in enumerate(texts):
        for account in text.accounts:
            shelf.put(account)
            text_of[account.claim] = n
    best: dict[tuple[int, int], float] = {}
    for n, text in enumerate(texts):
        for account in text.accounts:
            near = [other for other in shelf.near(account) if n < text_of[other.claim]]
            for other, fits in zip(near, score(beside([account] * len(near), near)).tolist() if near else (), strict=True):
                pair = (n, text_of[other.claim])
                by_chance = BY_CHANCE * log(len(text.accounts) * len(texts[pair[1]].accounts))
                best[pair] = max(best.get(pair, UNLIKE), fits - by_chance)
    return joined(len(texts), best)


def joined(many: int, likeness: Mapping[tuple[int, int], float]) -> list[int]:
    """Clusters by their mean likeness, the likeliest pair first."""
    cluster, members = list(range(many)), {n: [n] for n in range(many)}
    for (one, other), alike in sorted(likeness.items(), key=lambda pair: (-pair[1], pair[0])):
        if alike <= JOIN:
            break
        mine, its = cluster[one], cluster[other]
        if mine == its:
            continue
        fits = [likeness.get((min(a, b), max(a, b)), UNLIKE) for a in members[mine] for b in members[its]]
        if sum(fits) / len(fits) <= 2 * JOIN:
            continue
        for n in members[its]:
            cluster[n] = mine
        members[mine] += members.pop(its)
    return cluster


def agreement(incidents: Sequence[str], cluster: Sequence[object]) -> Agreement:
    """B-cubed and pairwise agreement of clusters with incidents."""
    gold, told, both = Counter(incidents), Counter(cluster), Counter(zip(incidents, cluster, strict=True))
    many = len(incidents)
    precision = sum(n * n / told[c] for (_, c), n in both.items()) / many
    recall = sum(n * n / gold[i] for (i, _), n in both.items()) / many
    right, said, asked = (sum(n * (n - 1) // 2 for n in counts.values()) for counts in (both, told, gold))
    by_pairs = right / max(1, said), right / max(1, asked)
    return Agreement((precision, recall, _f1(precision, recall)), (*by_pairs, _f1(*by_pairs)))


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


# ── the plain alternatives ───────────────────────────────────────────────────────────────────────


def alternatives(texts: Sequence[Text]) -> dict[str, list[object]]:
    """Clusters by simpler means."""
    found: dict[str, list[object]] = {"every text alone": list(range(len(texts)))}
    found["day and place"] = [_day_and_place(n, text) for n, text in enumerate(texts)]
    likeness = cosines(texts)
    incidents = [text.incident for text in texts]
    ways = ((threshold / 100, linked(len(texts), likeness, threshold / 100)) for threshold in range(10, 70, 5))
    best = max(ways, key=lambda way: agreement(incidents, way[1]).b3[2])
    found[f"tf-idf, at {best[0]:.2f}"] = list(best[1])
    return found


def _day_and_place(n: int, text: Text) -> object:
    """The day and the place of the fullest account; a text without both stays alone."""
    first = min(text.accounts, key=lambda account: account.rank)
    return (first.day, first.spots[0].name) if first.day is not None and first.spots else n


def cosines(texts: Sequence[Text]) -> dict[tuple[int, int], float]:
    """The cosine of tf-idf of all texts published within seven days; a text without a day is compared with all."""
    counts = [Counter(re.findall(r"[^\W\d_]+|\d+", text.words.lower())) for text in texts]
    often = Counter(word for count in counts for word in count)
    vectors = []
    for count in counts:
        vector = {word: (1 + log(n)) * log(len(texts) / often[word]) for word, n in count.items()}
        length = sqrt(sum(value * value for value in vector.values())) or 1.0
        vectors.append({word: value / length for word, value in vector.items()})
    holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
    found: dict[tuple[int, int], float] = {}
    for n, vector in enumerate(vectors):
        sums: dict[int, float] = defaultdict(float)
        for word, value in vector.items():
            for other, its in holding[word]:
                sums[other] += value * its
            holding[word].append((n, value))
        for other, alike in sums.items():
            days = (texts[n].day, texts[other].day)
            if alike >= 0.1 and (days[0] is None or days[1] is None or abs(days[0] - days[1]) <= WINDOW_DAYS):
                found[other, n] = alike
    return found


def linked(many: int, likeness: Mapping[tuple[int, int], float], threshold: float) -> list[int]:
    """Clusters of all that are linked by a likeness of at least the threshold."""
    home = list(range(many))

    def root(n: int) -> int:
        while home[n] != n:
            home[n] = home[home[n]]
            n = home[n]
        return n

    for (one, other), alike in likeness.items():
        if alike >= threshold:
            home[root(one)] = root(other)
    return [root(n) for n in range(many)]
