"""Counts in how many texts words stand, for ``incidents/rarity.tsv``: only how often, never where.

    python training/rarity.py --bench SETS [--write]
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from math import log
from pathlib import Path

from lessons import own
from thucydides.desk.bench.sets import read_set
from thucydides.incidents.terms import PLAIN, RAREST, SHIPPED
from thucydides.lexicon import fold

SETS = ("fakes", "muc4", "lgl", "geovirus", "gva", "airwars", "case2021_task2", "polnear")
LEAST = 10  # texts in which a word must stand: what is rarer is as rare as can be
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def texts(bench: Path) -> list[str]:
    """The texts of all sets and of our own reports."""
    found = [lesson.text for lesson in own()]
    for name in SETS:
        file = bench / f"{name}.jsonl"
        if not file.exists():
            print(f"{file} is absent and left out")
            continue
        for item in read_set(file, file.name):
            found += [text["text"] for text in item["texts"]] if "texts" in item else [f"{item.get('title', '')}\n{item['text']}"]
    return found


def main() -> None:
    """Counts and, where asked, writes the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--bench", type=Path, required=True)
    asked.add_argument("--write", action="store_true")
    given = asked.parse_args()
    small, capital = Counter[str](), Counter[str]()
    all_texts = texts(given.bench)
    for text in all_texts:
        if text.upper() == text:
            continue
        words = {re.sub("['’]s?$", "", match) for match in _WORD.findall(text)}
        small.update({fold(word) for word in words if word[0].islower()})
        capital.update({fold(word) for word in words if word[0].isupper()})
    lines = []
    for word in sorted(small.keys() | capital.keys()):
        count = max(small[word], capital[word]) if small[word] and capital[word] else small[word] + capital[word]
        if count < LEAST:
            continue
        rarity = min(RAREST, round(2 * log(len(all_texts) / count)))
        lines.append(f"{word}\t{max(0, rarity)}\t{'name' if capital[word] >= 3 * small[word] else ''}")
    plain = sum(int(line.split("\t")[1]) <= PLAIN for line in lines)
    print(f"{len(all_texts)} texts, {len(lines)} words, {plain} too plain to tell anything")
    if given.write:
        head = "# How rare words are in reports, made by training/rarity.py\nword\trarity\tname\n"
        SHIPPED.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
