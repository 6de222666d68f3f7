"""What single sentences do to whose control of what: the table ``control/sentences.tsv``, whose head says how an expectation is written."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

from conftest import Code
from thucydides.actors import Actors
from thucydides.control import Bodies, trace
from thucydides.errors import BadRoster
from thucydides.lexicon import Row, fold, read_table
from thucydides.record import Control, Party

TABLE = Path(__file__).parent / "control" / "sentences.tsv"
PLAIN = Path(__file__).parent / "control" / "plain_sentences.tsv"
FLOOR = 0.955
PLAIN_FLOOR = 0.93


@cache
def table() -> tuple[Row, ...]:
    errors: list[BadRoster] = []
    rows = tuple(read_table(TABLE, ("text", "published", "expected", "reason"), errors))
    assert not errors, errors
    return rows


def is_party(party: Party | None, wanted: str, country: str | None) -> bool:
    """Whether a party is one of the bodies wanted, or belongs to one."""
    if wanted == "-":
        return party is None
    if party is None:
        return False
    if wanted == "*":
        return True
    actors = Actors.load()
    body = Bodies(actors).of(party, country)
    known = {*actors.lineage(party.actor or ""), body, *(("opposition",) if body == "jihadists" else ())}
    return bool(known & set(wanted.split("|")))


def meets(state: Control, wanted: str) -> bool:
    words = wanted.split()
    status, holder, rest = words[0], words[1], words[2:]
    share = next((float(word) for word in rest if re.fullmatch(r"0\.\d+", word)), None)
    opponents = [word for at, word in enumerate(rest) if at and rest[at - 1] == "vs"]
    country = state.where.country
    parties = [state.holder, *state.opponents] if holder == "-" and opponents else list(state.opponents)
    return (
        state.status == status
        and (is_party(state.holder, holder, country) or (holder == "-" and bool(opponents)))
        and all(any(is_party(party, one, country) for party in parties) for one in opponents)
        and (share is None or state.share == share)
    )


def named(state: Control, name: str) -> bool:
    if name.startswith("near:"):
        return state.place.startswith("near:") and name[5:] in state.place
    return not state.place.startswith(("near:", "part:")) and fold(name) in fold(state.where.name)


def fault(row: Row, code: Code) -> str:
    """What is traced otherwise than expected in a row, "" if nothing."""
    coded = code(row["text"], published=row["published"])
    states = list(trace((claim, coded.report) for claim in coded.claims).on(date.fromisoformat(row["published"])))
    told = "; ".join(
        f"{one.place} {one.where.name} = {one.status} {one.holder and (one.holder.actor or one.holder.name)} "
        f"vs {[party.actor or party.name for party in one.opponents]} {one.share}"
        for one in states
    )
    wrong = []
    for part in row["expected"].split(";"):
        part = part.strip()
        if part == "nothing":
            wrong += ["something changed"] if states else []
        elif part.startswith("not "):
            wrong += [part] if any(fold(one.where.name) == fold(part[4:]) and named(one, part[4:]) for one in states) else []
        else:
            name, _, wanted = part.partition(" = ")
            of = [one for one in states if named(one, name)]
            choices = [wanted] if "|held" not in wanted else [wanted.split("|held")[0], "held" + wanted.split("|held")[1]]
            wrong += [] if any(meets(one, choice) for one in of for choice in choices) else [part]
    return f"line {row.line}: {row['text']!r} ({row['reason']}): wanted {'; '.join(wrong)}, told {told or 'nothing'}" if wrong else ""


def test_the_table_of_sentences(code: Code) -> None:
    rows = table()
    assert len(rows) >= 200
    wrong = [told for row in rows if (told := fault(row, code))]
    share = 1 - len(wrong) / len(rows)
    assert share >= FLOOR, f"{share:.3f} of {len(rows)} rows are traced as expected:\n" + "\n".join(wrong)


def test_plain_sentences_give_their_claim(code: Code) -> None:
    errors: list[BadRoster] = []
    rows = tuple(read_table(PLAIN, ("text", "expected", "place", "reason"), errors))
    assert not errors and len(rows) >= 60
    silent, wrong = [], []
    for row in rows:
        told = code(row["text"], published="2024-05-10").flat
        silent += [] if told else [row["text"]]
        kinds = [str(flat.get("type") or flat.get("status") or "") for flat in told]
        wrong += [] if any(kind and word in kind for kind in kinds for word in row["expected"].split("|")) else [f"{row['text']} {kinds}"]
    assert not silent, silent
    assert 1 - len(wrong) / len(rows) >= PLAIN_FLOOR, wrong
