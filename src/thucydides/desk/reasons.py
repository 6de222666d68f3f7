"""Evidence in words: the scales' names of evidence as a reader of ``thuc explain`` understands them.

A scale's table names its evidence shortly ("path nsubj", "told nobody"). A name that is not here is told as it is.
"""

from __future__ import annotations

WHOLE = {
    "bias": "what stands before anything is known",
    "told": "a construction of the codebook gives it this part",
    "told nobody": "no construction gives this part to anybody",
    "told nowhere": "no construction tells one",
    "told another": "a construction gives this part to another",
    "told elsewhere": "a construction gives this part to another",
    "told across": "a construction gives it the opposite part",
    "told in another happening": "it has a part in another happening of the sentence",
    "of another happening": "it belongs to another happening of the sentence",
    "tagger": "how much the tagger hears it in this part",
    "tagger yes": "the tagger hears it in this part",
    "tagger sure": "the tagger is sure of it",
    "tagger unsure": "the tagger hears no happening",
    "tagger no": "the tagger is sure that it is not",
    "tagger across": "how much the tagger hears it in the opposite part",
    "tagger rather": "the tagger hears it here rather than in the opposite part",
    "tagger best": "the tagger's first choice",
    "tagger best, rule": "the tagger's first choice and the codebook's",
    "tagger event": "how much the tagger hears a happening",
    "tagger other kind": "the tagger hears another kind of claim",
    "tagger own type": "the tagger hears this type",
    "tagger plan": "the tagger hears a plan",
    "tagger target": "the tagger hears it as acted upon",
    "rule": "the codebook's rule",
    "rule, sure": "the codebook's rule, which is sure",
    "known": "it is in the tables",
    "proper": "it is a name",
    "counted": "it is told with a number",
    "near": "within three words of the stating word",
    "nearest": "it stands nearest",
    "far": "four others stand nearer",
    "listed": "its word is in the codebook's lists",
    "supported": "the parts bear out the codebook's family",
    "strength": "how strong the codebook holds the word",
    "facts": "how many facts are told",
    "only one": "it is the only one told",
    "only one here": "the only happening of its sentence",
    "drafts here": "how many happenings its sentence may tell",
    "drafts in the report": "how many happenings the report may tell",
    "how far down": "how far down the report it stands",
    "steps": "how far off it hangs in the sentence's parse",
    "locative": "told with in, at, near or the like",
    "governs": "the verb of saying governs the stating word",
    "light verb": "told with a verb that only carries it",
}
BEGINNINGS = {
    "path ": "hangs on the stating word as: ",
    "active path ": "of an active verb: ",
    "passive path ": "of a passive verb: ",
    "noun path ": "of a noun that states it: ",
    "as ": "stands as ",
    "noun as ": "the stating noun stands as ",
    "verb as ": "the stating verb stands as ",
    "under ": "what it hangs on stands as ",
    "kind ": "it is ",
    "family ": "the codebook's family is ",
    "cluster ": "its family is one of ",
    "type ": "the type is ",
    "tag ": "its form is ",
    "word ": "its word is ",
    "after ": "it follows “",
    "before it ": "before it stands “",
    "verb ": "the verb of saying is ",
    "told ": "a construction gives it this part, and it is of ",
    "rule ": "the codebook's rule gives ",
    "basis ": "the day is ",
    "factuality ": "told as ",
}
PARSE = {
    "nsubj": "subject", "nsubjpass": "passive subject", "dobj": "object", "pobj": "object of it", "conj": "joined by and", "agent": "by",
    "amod": "adjective", "compound": "modifier", "poss": "owner", "nmod": "modifier", "relcl": "relative clause", "acl": "participle",
    "advcl": "adverbial clause", "ccomp": "clause of the verb", "xcomp": "infinitive",
    "ROOT": "head of the sentence", "prep": "after a preposition", "appos": "apposition",
    "pcomp": "clause of a preposition", "attr": "what it is said to be", "dep": "loosely joined",
}  # fmt: skip
"""What the parser's labels mean; a label behind ^ is a step up to what a word hangs on."""

_PARSED = frozenset({"path ", "active path ", "passive path ", "noun path ", "as ", "noun as ", "verb as ", "under "})


def in_words(name: str) -> str:
    """A name of evidence in words, as far as they are known."""
    known = WHOLE.get(name)
    if known is not None:
        return known
    begin = max((b for b in BEGINNINGS if name.startswith(b)), key=len, default="")
    if not begin:
        return name
    rest = name[len(begin) :]
    if begin in _PARSED:
        rest = ", ".join(f"up from {PARSE.get(p[1:], p[1:])}" if p.startswith("^") else PARSE.get(p, p) for p in rest.split())
    lead = BEGINNINGS[begin]
    return f"{lead}{rest}”" if lead.endswith("“") else f"{lead}{rest}"
