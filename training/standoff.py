"""Annotations of texts that stay where they are: checks them as written, keeps them as offsets.

An annotator writes short lines (README.md beside this file) that quote words of a sentence. What is kept holds no word of the text: every
mention is a pair of offsets into it, under the name of its set and the digest of the text. Whoever has the sets can read the annotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

EVENT_TYPES = (
    "Armed clash",
    "Government regains territory",
    "Non-state actor overtakes territory",
    "Air/drone strike",
    "Shelling/artillery/missile attack",
    "Suicide bomb",
    "Remote explosive/landmine/IED",
    "Grenade",
    "Chemical weapon",
    "Attack",
    "Abduction/forced disappearance",
    "Sexual violence",
    "Peaceful protest",
    "Protest with intervention",
    "Excessive force against protesters",
    "Violent demonstration",
    "Mob violence",
    "Agreement",
    "Arrests",
    "Change to group/activity",
    "Disrupted weapons use",
    "Headquarters or base established",
    "Looting/property destruction",
    "Non-violent transfer of territory",
    "Other",
)
KINDS = ("control", "toll", "plan", "holding")
ROLES = ("by", "to", "at", "with", "day", "killed", "wounded", "displaced", "said")
HOW = ("asserted", "reported", "claimed", "denied", "planned", "conditional")
Span = tuple[int, int]


class BadLine(ValueError):
    """A line of an annotation that cannot be read: line, what and why."""


@dataclass(slots=True)
class Telling:
    """One sentence that tells a claim: the word that states it and the mentions of its parts, all as offsets into the text.

    ``elsewhere`` holds mentions in other sentences of what this one leaves unsaid.
    """

    sentence: Span
    on: Span
    roles: dict[str, list[Span]]
    elsewhere: dict[str, list[Span]]
    how: str


@dataclass(slots=True)
class Told:
    """One claim with all its tellings, the fullest first."""

    type: str
    date: tuple[str | None, str | None] | None = None
    tellings: list[Telling] = field(default_factory=list)


def read(
    lines: Sequence[str], sentences: Mapping[str, Sequence[Span]], texts: Mapping[str, str], errors: list[str]
) -> Iterator[tuple[str, list[Told]]]:
    """The claims of every report of a file of lines; what cannot be read goes to ``errors``, with its line."""
    report, claims, again = "", list[Told](), list[tuple[int, int, Telling]]()
    for number, line in enumerate([*lines, "@ end"], start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            if line.startswith("@"):
                for where, k, telling in again:
                    if not 0 < k <= len(claims):
                        errors.append(f"line {where}: there is no claim {k} in {report}")
                    else:
                        claims[k - 1].tellings.append(telling)
                if report:
                    yield report, claims
                report, claims, again = line[1:].split("|")[0].strip(), [], []
                if report not in sentences and report != "end":
                    errors.append(f"line {number}: no report {report!r} in this batch")
                    report = ""
                continue
            head = re.match(r"(\d+) ([=+]) ([^|]+)", line)
            if not report or head is None:
                raise BadLine(f"want 'N = TYPE | on: …' or 'N + CLAIM | on: …', found {line[:60]!r}")
            n, mark, name = int(head[1]), head[2], head[3].strip()
            if n >= len(sentences[report]):
                raise BadLine(f"{report} has no sentence {n}")
            fields = _fields(line[head.end() :])
            telling = _telling(fields, texts[report], sentences[report][n])
            if mark == "+":
                again.append((number, int(name), telling))
                continue
            if name not in EVENT_TYPES and name not in KINDS:
                raise BadLine(f"{name!r} is no type and no kind")
            claims.append(Told(name, _days(fields.get("date")), [telling]))
        except (BadLine, ValueError) as error:
            errors.append(f"line {number} ({report}): {error}")


def _fields(line: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for part in line.split(" | "):
        part = part.strip(" |")
        if not part:
            continue
        key, colon, value = part.partition(":")
        if not colon or key.strip() not in (*ROLES, "on", "how", "date"):
            raise BadLine(f"want 'key: value', found {part!r}")
        fields[key.strip()] = [v.strip() for v in value.split(" ; ") if v.strip()]
    return fields


def _days(values: list[str] | None) -> tuple[str | None, str | None] | None:
    if not values:
        return None
    first, dots, last = values[0].partition("..")
    for day in (first, last):
        if day and not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            raise BadLine(f"{values[0]!r} is no date: YYYY-MM-DD or YYYY-MM-DD..YYYY-MM-DD")
    return (first or None, (last if dots else first) or None)


def _telling(fields: Mapping[str, list[str]], text: str, sentence: Span) -> Telling:
    if not fields.get("on"):
        raise BadLine("no 'on:' word")
    how = fields.get("how", ["asserted"])[0]
    if how not in HOW:
        raise BadLine(f"how: {how!r} is none of {', '.join(HOW)}")
    word, _, nth = fields["on"][0].partition("#")
    on = _find(word, text, sentence, int(nth or 1))
    roles: dict[str, list[Span]] = {}
    elsewhere: dict[str, list[Span]] = {}
    for role in ROLES:
        for value in fields.get(role, ()):
            name, tilde, here = (v.strip() for v in value.partition("~"))
            if not tilde:
                here = name
            elif not name:
                name, here = here, ""  # "~ Khartoum": told elsewhere, nothing here stands for it
            if tilde and name:
                elsewhere.setdefault(role, []).extend(_nearest(name, text, sentence))
            if here:
                bare, _, count = here.partition("#")
                roles.setdefault(role, []).append(_find(bare.strip(), text, sentence, int(count) if count.isdigit() else 1, on))
    return Telling(sentence, on, roles, elsewhere, how)


def _nearest(name: str, text: str, sentence: Span) -> list[Span]:
    """Where a name told elsewhere stands: last before the sentence, else first after it; nowhere if the report has it in other words."""
    pattern = r"\s+".join(re.escape(w) for w in name.split())
    found = [m.span() for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.I)]
    before = [s for s in found if s[1] <= sentence[0]]
    return before[-1:] or found[:1]


def _find(words: str, text: str, sentence: Span, nth: int, close_to: Span | None = None) -> Span:
    """Where words stand in a sentence: the nth time, or of several the one closest to the word that states the happening."""
    pattern = r"\s+".join(re.escape(w) for w in words.split())
    found = [(m.start(), m.end()) for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", text[slice(*sentence)])] if pattern else []
    if not found and pattern:
        found = [(m.start(), m.end()) for m in re.finditer(pattern, text[slice(*sentence)])]
    if len(found) < nth:
        raise BadLine(f"{words!r} is not in the sentence: {' '.join(text[slice(*sentence)].split())[:150]!r}")
    spans = [(sentence[0] + a, sentence[0] + b) for a, b in found]
    if close_to is not None and nth == 1 and len(spans) > 1:
        return min(spans, key=lambda s: min(abs(s[0] - close_to[1]), abs(close_to[0] - s[1])))
    return spans[nth - 1]


# ── as kept ──────────────────────────────────────────────────────────────────────────────────────


def pack(claims: Sequence[Told]) -> list[dict[str, Any]]:
    """Claims as plain lists of offsets, to be kept as JSON."""
    return [
        {
            "type": c.type,
            **({"date": list(c.date)} if c.date else {}),
            "tellings": [
                {"sentence": t.sentence, "on": t.on, "how": t.how, "roles": t.roles, **({"elsewhere": t.elsewhere} if t.elsewhere else {})}
                for t in c.tellings
            ],
        }
        for c in claims
    ]


def unpack(told: Sequence[Mapping[str, Any]]) -> list[Told]:
    """The claims that ``pack`` made plain."""
    return [
        Told(
            c["type"],
            tuple(c["date"]) if "date" in c else None,
            [
                Telling(tuple(t["sentence"]), tuple(t["on"]), _spans(t["roles"]), _spans(t.get("elsewhere", {})), t["how"])
                for t in c["tellings"]
            ],
        )
        for c in told
    ]


def _spans(roles: Mapping[str, Sequence[Sequence[int]]]) -> dict[str, list[Span]]:
    return {role: [(a, b) for a, b in spans] for role, spans in roles.items()}
