"""Tells what the glance before the parse (``src/thucydides/claims/glance.py``) leaves out, at several thresholds.

    python training/glance.py --bench SETS [--gold DIR] [--texts N]

Of every set: how many reports the table leaves unread, how many more the tagger does if it must give conflict so much, and how much of
the rest is parsed. Of gold reports and MUC-4 only those that hold a claim are counted, so what they lose is lost. Both the
shipped table and the shipped tagger learned from most sets; from gold reports and half of the epidemics neither did. After either is
taught again: choose a round ``CONFLICT`` at which one in a hundred reports with a claim is lost, together with those the table loses.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lessons import raw_of, texts_of
from thucydides.claims import glance
from thucydides.claims.learned import Tagger
from thucydides.claims.sentences import stretches
from thucydides.claims.triage import FEW_WORDS, Triage, split_words
from thucydides.errors import ThucydidesError
from thucydides.record import Report
from thucydides.reports import read

OF_WAR = ("fakes", "muc4", "airwars", "ceha_acled")
OTHER = ("geovirus", "lgl", "polnear")
TRIED = (0.3, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a glance saw: the table's chance, the tagger's where it was asked, sentences in all, tagged and parsed."""

    id: str
    chance: float
    unread: bool  # by the table
    heard: float  # 1 where the tagger is not asked
    sentences: int
    parsed: int


def look(id_: str, report: Report, triage: Triage, tagger: Tagger) -> Seen:
    chance = triage.chance(report.reading)
    spans = list(stretches(report))
    if triage.left_unread(report) is not None:
        return Seen(id_, chance, True, 0.0, len(spans), 0)
    texts = [report.reading[start:end] for start, end, _, _ in spans]
    lines = [[word for line in split_words(text) for word in line] for text in texts]
    if chance >= glance.PLAINLY or sum(map(len, lines)) < FEW_WORDS:
        return Seen(id_, chance, False, 1.0, len(spans), len(spans))
    minded = sorted(glance.around(triage.minded(lines), len(texts), 0, 0))
    tags = tagger.read([glance.Unparsed(n, texts[n]) for n in minded])
    near = glance.around(glance.worth_a_parse(tags, minded), len(texts), glance.BEFORE, glance.AFTER)
    heard = tags.likeliest(minded, glance.CALM) if chance < glance.LIKELY else 1.0
    return Seen(id_, chance, False, heard, len(spans), len(near & set(minded)))


def gathered(bench: Path, gold: Path | None, most: int) -> Iterator[tuple[str, str, Report]]:
    for name in (*OF_WAR, *OTHER):
        told = {row["docid"]: bool(row["templates"]) for row in _rows(bench / "muc4.jsonl") if row["split"] == "dev"}
        texts = texts_of(name, bench / f"{name}.jsonl")
        wanted = [i for i in texts if name != "muc4" or told.get(i)]
        for id_ in wanted[:: max(1, len(wanted) // most)]:
            try:
                yield name, id_, read(raw_of(id_, texts[id_]))
            except ThucydidesError:
                continue
    for path in sorted(gold.glob("*.json")) if gold is not None else ():
        one = json.loads(path.read_text("utf-8"))
        if one["claims"]:
            yield "gold", path.stem, read(raw_of(path.stem, {"text": one["text"], "source": one["source"]}))


def _rows(file: Path) -> Iterator[dict[str, object]]:
    return (json.loads(line) for line in file.read_text("utf-8").split("\n") if line.strip())


def told(name: str, seen: list[Seen]) -> str:
    first = sum(s.unread for s in seen)
    more = "  ".join(f"{at:g}: {sum(not s.unread and s.heard < at for s in seen)}" for at in TRIED)
    kept = [s for s in seen if not s.unread and s.heard >= glance.CONFLICT]
    share = sum(s.parsed for s in kept) / max(1, sum(s.sentences for s in kept))
    return f"  {name:12} {len(seen):5} reports  by words {first:4}  more by the tagger at {more}  of the others {share:.0%} parsed"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--bench", type=Path, required=True, help="folder of the sets")
    parser.add_argument("--gold", type=Path, help="folder of gold reports")
    parser.add_argument("--texts", type=int, default=10_000, help="how many of a set at most")
    asked = parser.parse_args()
    triage, tagger = Triage.load(), Tagger.load()
    found: defaultdict[str, list[Seen]] = defaultdict(list)
    for name, id_, report in gathered(asked.bench, asked.gold, asked.texts):
        found[name].append(look(id_, report, triage, tagger))
    print("left unread:")
    for name, seen in found.items():
        print(told(name, seen))
    for name in ("gold", *OF_WAR):
        lost = [f"{s.id} ({s.chance:.2f}, {s.heard:.2f})" for s in found.get(name, []) if s.unread or s.heard < glance.CONFLICT]
        if lost:
            print(f"lost of {name}: {', '.join(lost)}")


if __name__ == "__main__":
    main()
