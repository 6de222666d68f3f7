"""What a claim does to a place, by whom and to whom: the row of ``effects.tsv`` that fits, and the parties that its words put there."""

from __future__ import annotations

import re
from itertools import pairwise

from thucydides.control.approaches import lies_in
from thucydides.control.away import elsewhere_told, of_another
from thucydides.control.bodies import Bodies
from thucydides.control.cues import cue
from thucydides.control.divided import is_divided, sides, was_divided
from thucydides.control.effects import Effect, effect_of
from thucydides.control.sieges import besiegers
from thucydides.control.spots import awaited, inside
from thucydides.record import Event, Hold, Party, When, Where

TAKEN = ("Government regains territory", "Non-state actor overtakes territory")
"""Types of event by which a place may be taken."""
Done = tuple[str, tuple[Party, ...], tuple[Party, ...]]
"""An effect, who does it, and the other side."""


def done(says: Event | Hold, words: str, where: Where, bodies: Bodies, *, own: bool) -> Done | None:
    """What is done to a place, if it is done there. ``own``: whether it is a place of the claim as coded, which may be mistaken."""
    if isinstance(says, Event) and awaited(where, words):
        return None
    found = _effect(says, clause_of(words, where), where, bodies, words)
    if found is None or not own:
        return found
    if isinstance(says, Hold) and (of_another(says, found[0], words, where) or _another_is_besieged(says, words, where)):
        return None
    return None if elsewhere_told(found[0], words, where, says.where) else found


def _another_is_besieged(says: Hold, words: str, where: Where) -> bool:
    """Whether the siege is told in a clause that names another place: "X is under siege by the army, which lets no lorry leave Y"."""
    if says.status != "besieged" or cue("ring").search(clause_of(words, where)):
        return False
    return any(cue("ring").search(clause_of(words, other)) for other in says.where if other.name != where.name and other.name in words)


def _effect(says: Event | Hold, clause: str, where: Where, bodies: Bodies, words: str) -> Done | None:
    """What is done, by whom and to whom; ``None`` where nothing changes or nobody is known who could."""
    if isinstance(says, Hold) and says.status == "held" and is_divided(words):
        return _divided(says, words, where, bodies)
    row = effect_of(says, clause)
    if row is None:
        return None
    initiators = _told_here(tuple(p for p in says.parties if p.role == "initiator" and bodies.armed(p)), clause, words)
    targets = tuple(p for p in says.parties if p.role == "target" and bodies.armed(p))
    effect = row.effect
    if effect == "hold":
        initiators = tuple(p for p in initiators if not (p.kind == "state" and lies_in(words, p.name)))
    if effect == "contest" and isinstance(says, Event) and says.type in TAKEN and _deserted(words):
        effect = "take"
    if isinstance(says, Hold) and says.share is not None and effect in ("hold", "lose"):
        return ("part", initiators, targets) if initiators or targets else None
    if effect == "give":
        return ("take", targets, initiators) if targets else ("lose", initiators, ()) if initiators else None
    if effect == "lose":
        return _lost(row, clause, initiators, targets)
    if effect == "contest":
        if not inside(where) or len(initiators) + len(targets) < (2 if row.by == "either" and not cue("fighting").search(clause) else 1):
            return None
        return (effect, (*initiators, *targets), ()) if row.by == "either" else (effect, initiators, targets)
    if effect == "relieve":
        return effect, _nearest(row, clause, initiators), targets
    if effect == "hold" and (initiators or targets) and where.precision != "part":
        effect = _held_of(clause, where, effect)
    if effect == "besiege":
        return _besieged(clause, initiators if row.by != "nobody" else (), targets, where)
    if effect == "take":
        stayed = tuple(party for party in initiators if not _leaver(party, words))
        if initiators and not stayed and cue("followed").search(words):
            return None
        if initiators and not stayed:
            return ("take", targets, initiators) if row.by == "either" and targets else ("lose", initiators, ())
        initiators = stayed
    if effect == "take" and not initiators and targets and row.by != "either":
        return "lose", targets, ()
    by = {"initiator": initiators, "target": targets, "either": initiators or targets}[row.by]
    others = targets if by is initiators else ()
    return (effect, by, others) if by else None


def _held_of(clause: str, where: Where, effect: str) -> str:
    """How much is held: "controls most of X" is partly, and who "partially controls" it is one of several."""
    most = re.search(rf"{cue('most').pattern}\s+(?:[\w’'-]+\s+){{0,5}}?{re.escape(where.name)}", clause, re.I)
    if most is not None or cue("mostly").search(clause):
        return "part"
    return "divide" if cue("partly").search(clause) else effect


def _besieged(clause: str, initiators: tuple[Party, ...], targets: tuple[Party, ...], where: Where) -> Done | None:
    """Who besieges a place and who holds it, as far as that is told; a province is not besieged."""
    if where.precision == "admin1":
        return None
    told = besiegers(clause, (*initiators, *targets))
    by = initiators if told is None else told
    return "besiege", by, tuple(party for party in targets if party not in by)


def _nearest(row: Effect, clause: str, parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """Of several parties the one that stands nearest before the words of a row; all, where none does."""
    match = row.words.search(clause) if row.words else None
    before = [(at, party) for party in parties if match and 0 <= (at := clause.find(party.name)) < match.start()]
    return (max(before, key=lambda one: one[0])[1],) if before else parties


def _divided(says: Hold, words: str, where: Where, bodies: Bodies) -> Done | None:
    """Who is told to hold a part each; nothing where it was so once, or no town is told."""
    if where.precision in ("admin1", "country", "near") or (was_divided(words) and not is_open(says.when)):
        return None
    told = tuple(party for party in sides(words) if bodies.armed(party))
    named = tuple(party for party in says.parties if party.role == "initiator" and bodies.armed(party))
    found = told if len(told) > 1 else (*told, *named)
    return ("divide", found, ()) if found else None


def is_siege(says: Event | Hold, words: str, where: Where) -> bool:
    """Whether a claim tells of a siege, or the end of one."""
    row = effect_of(says, clause_of(words, where))
    return row is not None and row.effect in ("besiege", "relieve")


def weakly(says: Event | Hold, words: str, where: Where) -> bool:
    """Whether a taking is told by no word of taking in the clause that names the place."""
    row = effect_of(says, clause_of(words, where))
    return row is not None and isinstance(says, Event) and row.effect == "take" and row.words is None


def _told_here(parties: tuple[Party, ...], clause: str, words: str) -> tuple[Party, ...]:
    """The parties that a clause itself names; of "… from the group, which took X" the nearest before it; all, where that tells none."""
    named = tuple(party for party in parties if party.name in clause)
    if named or not _RELATIVE.match(clause):
        return named or parties
    start = words.find(clause)
    before = [(at, party) for party in parties if (at := words.rfind(party.name, 0, start)) >= 0]
    return (max(before, key=lambda one: one[0])[1],) if before else parties


_RELATIVE = re.compile(r"[,\s]*(?:which|who)\b", re.I)


def _deserted(words: str) -> bool:
    """Whether others have left when somebody enters: who does that has the place."""
    return re.search(rf"\b(?:after|as|when)\s+(?:[\w’'-]+\s+){{1,6}}?{cue('deserted').pattern}", words, re.I) is not None


def _leaver(party: Party, words: str) -> bool:
    """Whether a party is told to leave, or to come in only by what followed."""
    leaving = rf"['’]?s?\s+(?:\w+ly\s+)?(?:(?:had|has|have)\s+)?{cue('leaving').pattern}"
    if re.search(re.escape(party.name) + leaving, words):
        return True
    after = cue("followed").search(words)
    return after is not None and words.find(party.name) > after.start()


def _lost(
    row: Effect, clause: str, initiators: tuple[Party, ...], targets: tuple[Party, ...]
) -> tuple[str, tuple[Party, ...], tuple[Party, ...]] | None:
    """Who lost it stands before the verb, who has it now may stand behind it: "the rebels lost X to the army"."""
    cue = row.words.search(clause) if row.words else None
    at = cue.start() if cue else 0
    parties = (*initiators, *targets)
    before = tuple(party for party in parties if 0 <= clause.find(party.name) < at)
    losers = before or initiators or targets
    gainers = tuple(party for party in parties if party not in losers and clause.find(party.name) > at)
    if gainers:
        return "take", gainers, losers
    return ("lose", losers, ()) if losers else None


def is_open(when: When | None) -> bool:
    """Whether a state is told to last since a day."""
    return when is not None and when.start is not None and when.end is None


def clause_of(words: str, where: Where) -> str:
    """The clause of a sentence that names a place, the whole sentence where that cannot be told."""
    cuts = [0, *(match.start() for match in _CLAUSES.finditer(words)), len(words)]
    name = where.name.casefold()
    parts = [words[a:b] for a, b in pairwise(cuts)]
    return next((part for part in parts if name in part.casefold() and len(part.split()) > len(name.split()) + 2), words)


_CLAUSES = re.compile(
    r"[;:—]|,?\s+\b(?:since(?= being| its| their| the| it | they )|but|while|whereas|after|before|hours after|days after|"
    r"following|despite|although|as|when|which|where|whom|who)\b"
    r"|,\s+(?=and\b)"
)
