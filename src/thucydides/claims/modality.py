"""Whether a happening is told as done, denied, intended, threatened, forecast or conditional, or not told as a fact at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from thucydides.claims.codebook import Codebook
from thucydides.claims.phrasing import wordlist
from thucydides.claims.sentences import Lemmas
from thucydides.claims.triggers import VERBS, Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

FUTURE = frozenset("will would shall 'll wo 'd".split())
MAYBE = wordlist("modality", "maybe")
_UP = frozenset("xcomp pcomp prep ccomp dobj acl conj pobj advcl oprd attr amod nsubjpass nsubj".split())


def modality(trigger: Trigger, codebook: Codebook, lemmas: Lemmas) -> str:
    """One of: fact, attempt, plan, threat, condition, negated, unreal (called for, discussed, forbidden: no claim)."""
    token = trigger.token
    lists = codebook.lists
    at = token
    steps = 0
    first_clause = True
    while True:
        if at.tag_ in VERBS or at.pos_ in ("VERB", "AUX"):
            found = _of_verb(at, trigger, first_clause, codebook, lemmas)
            if found:
                return found
            if any(c.dep_ in ("nsubj", "nsubjpass") for c in at.children):
                first_clause = False
        elif at.tag_ in ("NN", "NNS", "NNP"):
            lemma = lemmas.of(at, "NOUN")
            if lemma == "victim" and at.i != token.i and at.dep_ == "attr":
                return "fact"  # "they were victims of a raid": it happened, and to them
            if at.i != token.i and lemma in lists["unreal_noun"]:
                return "unreal"
            if at.i != token.i and lemma in lists["plan_noun"]:
                return "threat" if lemma == "threat" else "plan"
            for child in at.children:
                if child.dep_ in ("amod", "compound") and child.lower_ in lists["plan_word"] and at.i == token.i:
                    return "plan"
                if child.lower_ == "no" and child.dep_ in ("det", "neg") and at.i == token.i:
                    return "negated"
        elif at.tag_ in ("JJ", "VBN") and at.lower_ in lists["plan_adjective"]:
            return "plan"
        if at.head.i == at.i or steps > 5 or at.dep_ not in _UP:
            return "fact"
        if at.dep_ in ("nsubj", "nsubjpass") and at.i == token.i and trigger.verbal:
            return "fact"
        if at.dep_ in ("relcl",):
            return "fact"
        if not first_clause and at.dep_ in ("ccomp", "advcl", "conj"):
            head = at.head
            if (
                head.pos_ in ("VERB", "AUX")
                and lemmas.of(head, "VERB" if head.pos_ != "VERB" else None) in lists["unreal_verb"]
                and at.dep_ == "ccomp"
            ):
                return "unreal"
            return "fact"
        at = at.head
        steps += 1


def _of_verb(verb: Token, trigger: Trigger, first: bool, codebook: Codebook, lemmas: Lemmas) -> str:
    lists = codebook.lists
    own = verb.i == trigger.token.i
    lemma = lemmas.of(verb, "VERB" if verb.pos_ != "VERB" else None)
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    marks = {c.lower_ for c in verb.children if c.dep_ == "mark"}
    if first and (marks & {"if", "unless"} or any(c.dep_ == "advmod" and c.lower_ == "whether" for c in verb.children)):
        return "condition"
    if first and any(c.dep_ in ("advmod", "mark") and c.lower_ == "once" for c in verb.children) and verb.tag_ in ("VBZ", "VBP", "VBN"):
        return "plan"  # "once the town is taken": awaited, and not doubted
    if not own and lemma in lists["unreal_verb"]:
        return "unreal"
    if not own and lemma in lists["attempt_verb"] and trigger.verbal:
        return "attempt"
    if (
        not own
        and lemma in lists["intent_verb"]
        and verb.dep_ not in ("relcl", "acl", "advcl")
        and (trigger.verbal or lemma in ("plan", "threaten", "prepare", "vow", "promise", "expect"))
    ):
        return "threat" if lemma in lists["threat"] else "plan"
    if first or own:
        if auxiliaries & FUTURE:
            unreal = "would" in auxiliaries and any(c.dep_ == "csubj" for c in verb.children)  # "recapturing it would cut the road"
            return "condition" if unreal or has_condition(verb) else "plan"
        if any(c.dep_ == "neg" for c in verb.children):
            return "negated"
        if auxiliaries & MAYBE and "have" not in auxiliaries:
            return "condition" if has_condition(verb) else "maybe"
        if "to" in auxiliaries and verb.dep_ in ("ROOT", "ccomp", "attr", "csubj"):
            return "purpose"
        if (
            "to" in auxiliaries
            and verb.dep_ == "xcomp"
            and any(c.dep_ == "acomp" and c.lower_ in lists["unreal_adjective"] for c in verb.head.children)
        ):
            return "unreal"
        if "to" in auxiliaries and verb.dep_ in ("advcl", "relcl", "acl"):
            head = lemmas.of(verb.head, "NOUN") if verb.dep_ != "advcl" else ""
            if trigger.family == "disperse":
                return ""  # "fired tear gas to disperse protesters" says that they did
            return "plan" if head in lists["plan_noun"] else "purpose"
    return ""


def has_condition(verb: Token, token: Token | None = None) -> bool:
    """Whether a verb hangs on a condition: "will advance if the defence collapses". What ``token`` tells in the condition does not."""
    clauses = [c for c in verb.children if c.dep_ == "advcl" and any(m.lower_ in ("if", "unless") for m in c.children)]
    return any(token is None or (token != c and not c.is_ancestor(token)) for c in clauses)


def goes_on(triggers: Sequence[Trigger]) -> bool:
    """Whether a happening is told in the present, by the first of its words."""
    if not triggers:
        return False
    token = triggers[0].token
    return token.tag_ in ("VBZ", "VBP") or any(c.lower_ in ("is", "are") for c in token.children if c.dep_ in ("aux", "auxpass"))
