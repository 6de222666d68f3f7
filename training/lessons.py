"""Lessons for the tagger: texts with their sentences and the claims that each sentence tells.

Two kinds: the project's own, invented reports (``reports/*.txt``), and stand-off annotations (``annotations/*.jsonl``) of texts of public
benchmark sets, which are read from where those lie and are never copied here. A text that has changed since is left out and counted.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import standoff
from standoff import Span, Told
from thucydides.claims.sentences import stretches
from thucydides.record import Report
from thucydides.reports import Raw

HERE = Path(__file__).parent
OWN, ANNOTATIONS = HERE / "reports", HERE / "annotations"
Reader = Callable[[Raw], Report]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One text, what it tells, and where it comes from."""

    id: str
    set: str
    source: str
    published: str | None
    text: str
    sentences: tuple[Span, ...]
    claims: tuple[Told, ...]

    @property
    def half(self) -> str:
        """Which half of the lessons it is in, "a" or "b": what is learned on one half is tried on the other."""
        return "ab"[int(hashlib.md5(self.id.encode()).hexdigest(), 16) % 2]


def own(folder: Path = OWN) -> Iterator[Lesson]:
    """The project's own reports. A line that cannot be read is an error with file and report."""
    for path in sorted(folder.glob("*.txt")):
        head: list[str] = []
        text, sentences, lines = "", list[Span](), list[str]()
        for line in [*path.read_text("utf-8").splitlines(), "@ end | |"]:
            mark, rest = line[:1], line[2:].strip()
            if mark == "@":
                if head:
                    yield _own(head, text, sentences, lines, path)
                head, text, sentences, lines = [p.strip() for p in rest.split(" | ")], "", [], []
            elif mark == ">":
                text += ("\n" if text else "") + rest
                sentences.append((len(text) - len(rest), len(text)))
            elif mark in ("=", "+") and line.strip():
                lines.append(f"{len(sentences) - 1} {mark} {rest}")


def _own(head: list[str], text: str, sentences: list[Span], lines: list[str], path: Path) -> Lesson:
    errors: list[str] = []
    (_, claims), *_ = standoff.read([f"@ {head[0]}", *lines], {head[0]: sentences}, {head[0]: text}, errors)
    if errors:
        raise standoff.BadLine(f"{path.name}, {head[0]}: {errors[0]}")
    return Lesson(head[0], "own", head[1], head[2], text, tuple(sentences), tuple(claims))


def annotated(bench: Path, read: Reader, folder: Path = ANNOTATIONS) -> Iterator[Lesson]:
    """The annotated texts of the sets in ``bench``. Sets that are absent and texts that have changed are told on the error stream."""
    for path in sorted(folder.glob("*.jsonl")):
        file = bench / f"{path.stem}.jsonl"
        if not file.is_file():
            print(f"absent: {file}", file=sys.stderr)
            continue
        texts = texts_of(path.stem, file)
        changed = 0
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            raw = texts.get(row["id"])
            report = read(raw_of(row["id"], raw)) if raw is not None else None
            if report is None or digest(report.text) != row["digest"]:
                changed += 1
                continue
            sentences = tuple((a, b) for a, b in row["sentences"])
            claims = tuple(standoff.unpack(row["claims"]))
            source = row.get("source") or path.stem
            yield Lesson(row["id"], path.stem, source, row.get("published"), report.text, sentences, claims)
        if changed:
            print(f"{path.stem}: {changed} texts are not those that were annotated", file=sys.stderr)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def raw_of(id_: str, row: Mapping[str, Any]) -> Raw:
    """A row as the reader takes it."""
    return Raw(f"{id_}.json", json.dumps({"id": id_, **row}).encode())


def texts_of(name: str, file: Path) -> dict[str, dict[str, Any]]:
    """The texts of a set by id, each with its source and day where the set tells them."""
    found: dict[str, dict[str, Any]] = {}
    for line in filter(str.strip, file.read_text("utf-8").split("\n")):  # other marks end lines too, but not rows
        row = json.loads(line)
        if name == "airwars":
            for n, text in enumerate(row["texts"]):
                found[f"{row['incident_code']}#{n}"] = {"text": text["text"], "source": text["publisher"]}
            continue
        id_ = str(row.get("id") or row["docid"]).strip()
        told = {"text": row["text"], "source": row.get("source") or name}
        if name == "fakes":
            month, day, year = row["date"].split("/")
            told["published"] = f"{year}-{int(month):02}-{int(day):02}"
        elif name == "ceha_acled":
            told["published"] = row["date"]
        found.setdefault(id_, told)
    return found


def keep(name: str, reports: Mapping[str, tuple[Report, list[Told], tuple[Span, ...]]], folder: Path = ANNOTATIONS) -> None:
    """Writes the annotations of a set as offsets."""
    folder.mkdir(exist_ok=True)
    with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as stream:
        for id_, (report, claims, sentences) in sorted(reports.items()):
            published = report.published.isoformat() if report.published else None
            row = {
                "id": id_,
                "digest": digest(report.text),
                "published": published,
                "sentences": sentences,
                "claims": standoff.pack(claims),
            }
            stream.write(json.dumps(row, separators=(",", ":")) + "\n")


def convert(name: str, file: Path, lines: list[str], read: Reader, longest: int = 1900) -> list[str]:
    """Keeps annotation lines of a set as offsets; returns what could not be read. Annotated sentences end within ``longest`` characters."""
    texts = texts_of(name, file)
    wanted = {line[1:].split("|")[0].strip().partition(":")[2] for line in lines if line.startswith("@")}
    reports = {id_: read(raw_of(id_, texts[id_])) for id_ in sorted(wanted) if id_ in texts}
    spans = {
        id_: tuple((a, b) for a, b, _, _ in stretches(r) if b <= longest) or tuple((a, b) for a, b, _, _ in stretches(r))[:3]
        for id_, r in reports.items()
    }
    if name in ("event_location", "ceha_acled"):
        spans = {id_: tuple((a, b) for a, b, _, _ in stretches(r)) for id_, r in reports.items()}
    errors = [f"no such text: {id_}" for id_ in sorted(wanted - set(reports))]
    told = standoff.read(lines, {f"{name}:{i}": s for i, s in spans.items()}, {f"{name}:{i}": r.text for i, r in reports.items()}, errors)
    kept = {id_.partition(":")[2]: claims for id_, claims in told}
    keep(name, {id_: (reports[id_], claims, spans[id_]) for id_, claims in kept.items()})
    return errors
