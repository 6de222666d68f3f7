"""How it is done: the codebook, the rules of grades, and the documents on method and quality."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import nh3
from markdown_it import MarkdownIt

from thucydides.claims import codebook
from thucydides.desk.api.rosters import family_of
from thucydides.desk.api.shapes import Method
from thucydides.exports.acled_tables import sub_events
from thucydides.incidents.grading import SHIPPED as GRADES
from thucydides.lexicon import read_table

TEXTS = ("quality", "claims", "incidents", "control", "ethics", "places", "time")
"""The documents that are shown, in this order."""
_IN_PACKAGE = Path(__file__).parents[1] / "docs"
_IN_SOURCES = Path(__file__).parents[4] / "docs"


def method(coder: str, grades: Path | None) -> Method:
    """All of it."""
    return Method(types=_types(), texts=list(_texts()), grades=_grades(grades or GRADES), coder=coder)


def _types() -> list[tuple[str, str, str]]:
    """Family, type and by which families of words it is told."""
    words: dict[str, list[str]] = defaultdict(list)
    for row in read_table(codebook.FOLDER / "families.tsv", ("family", "kind", "type", "note"), []):
        if row["type"]:
            words[row["type"]].append(row["family"])
    return [
        (
            family_of(name),
            name,
            f"told by words of: {', '.join(words[name])}" if words[name] else "told by arms, parties and words together",
        )
        for name in sub_events()
    ]


def _grades(file: Path) -> list[tuple[str, str]]:
    with file.open("rb") as rules:
        return [(str(rule["grade"]), str(rule["says"])) for rule in tomllib.load(rules)["incident"]]


@lru_cache(maxsize=1)
def _texts() -> tuple[tuple[str, str], ...]:
    """Titles and HTML of the documents, as far as they were shipped."""
    folder = _IN_PACKAGE if _IN_PACKAGE.is_dir() else _IN_SOURCES
    found = []
    for name in TEXTS:
        file = folder / f"{name}.md"
        if file.is_file():
            words = file.read_text(encoding="utf-8")
            title, _, rest = words.removeprefix("# ").partition("\n")
            found.append((title.strip(), in_html(rest)))
    return tuple(found)


def in_html(markdown: str) -> str:
    """Markdown as HTML without scripts, pictures and links into the house's own files."""
    drawn = MarkdownIt("commonmark").enable("table").render(markdown)
    return nh3.clean(drawn, tags=nh3.ALLOWED_TAGS - {"img"}, url_schemes={"http", "https"}, url_relative="deny")
