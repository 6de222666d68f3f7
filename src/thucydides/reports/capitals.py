"""Reports wholly in capitals, or wholly in small letters, brought to ordinary case without moving a character.

A word in capitals becomes small if it is a common word (``common_words.txt``) or stands small elsewhere in the report; known acronyms stay;
any other word is taken for a name. A caller that knows more names passes ``proper``: word in, its right form or ``None`` out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from thucydides.reports.tables import table, words

Proper = Callable[[str], str | None]
_UPPER, _LOWER = bytes(range(65, 91)), bytes(range(97, 123))
LONG = 6  # words: a shorter run of capitals may be an acronym or a name as its owner writes it
_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:'[^\W_]+)*")
_WORDS = re.compile(r"[^\W\d_]+")
_RUN = re.compile(rf"[A-Z\d](?<![^\W_].)[A-Z\d'&/.-]*[,;:]?\s+(?:[A-Z\d][A-Z\d'&/.-]*[,;:]?(?:\s+|$)){{{LONG - 1},}}[A-Z\d'&/.-]*(?![a-z])")
_START = re.compile(r"(?:^|[.!?][\"')\]]*\s+|\n\s*\n\s*|--\s+)[\s\"'(\[]*$")
_BRACKETED = re.compile(r"[(\[]([A-Z][A-Z-]{1,9})[)\]]")
_SMALL_IN_NAMES = frozenset(["de", "del", "y", "da", "dos", "das", "du", "von", "van", "bin"])
_ENDINGS = (
    "tion",
    "sion",
    "ment",
    "ness",
    "ity",
    "ism",
    "ally",
    "ously",
    "able",
    "ible",
    "ance",
    "ence",
    "ious",
    "ative",
    "ship",
    "hood",
    "ists",
)


def recase(text: str, proper: Proper | None = None) -> str:
    """Text of the same length in ordinary case; text that is so already comes back as it was."""
    plain = text.encode("ascii", "ignore")
    upper, lower = len(plain) - len(plain.translate(None, _UPPER)), len(plain) - len(plain.translate(None, _LOWER))
    letters = upper + lower
    if upper == 0 or upper * 200 < letters:
        return _capitals_at_starts(text, proper) if letters > 60 else text
    if upper < 20:
        return text
    if upper > 0.8 * letters:
        return _small(text, proper, {}) if len(_WORDS.findall(text[:2000])) > LONG else text
    if _RUN.search(text) is None:
        return text
    seen = _forms(_RUN.sub(" ", text))
    return _RUN.sub(lambda run: _small(run.group(), proper, seen), text)


def is_common(word: str) -> bool:
    """Whether a small-letter word is an ordinary one: on the list, or made from one on it."""
    known = words("common_words.txt")
    if word in known:
        return True
    for start in ("un", "re", "non", "anti", "counter", "over", "mis", "dis", "in", "pre"):
        if word.startswith(start) and len(word) > len(start) + 3 and _stem_known(word[len(start) :], known):
            return True
    return _stem_known(word, known) or (len(word) > 8 and word.endswith(_ENDINGS))


def _stem_known(word: str, known: frozenset[str]) -> bool:
    if word in known:
        return True
    for ending, others in _INFLECTIONS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            if any(stem + other in known for other in others):
                return True
            if ending in ("ed", "ing", "er", "ers") and stem[-1:] == stem[-2:-1] and stem[:-1] in known:
                return True
    return False


# how an ending is taken off and what may stand in its place: "studies" -> "study", "raided" -> "raid"
_INFLECTIONS = tuple(
    (ending, tuple("" if other == "-" else other for other in others.split()))
    for ending, others in {
        "ies": "y ie", "ied": "y", "es": "- e is", "s": "-", "ed": "- e", "ing": "- e", "ings": "- e", "ly": "- le e", "ily": "y",
        "ally": "- al ic", "er": "- e", "ers": "- e", "or": "- e", "ors": "- e", "est": "- e", "ier": "y", "iest": "y", "ful": "-",
        "less": "-", "ness": "-", "ment": "-", "ments": "-", "ist": "- y e", "ists": "- y e", "ism": "- e", "al": "- e", "ic": "- y",
        "able": "- e", "ation": "- e", "ations": "- e", "ion": "- e", "ions": "- e", "ity": "- e", "ization": "- e", "ize": "- e y",
        "ized": "- e y", "izing": "- e y", "ive": "- e", "men": "man", "women": "woman", "ves": "f fe", "en": "- e", "ened": "- e",
    }.items()
)  # fmt: skip


@lru_cache(maxsize=1)
def _names() -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    """Names by small letters, names that hold only beside a number, and acronyms."""
    rows = table("names.tsv")
    names, dates = (
        {name.lower(): name for row in rows if row["kind"] == kind for name in row.values("names")} for kind in ("name", "date")
    )
    return names, dates, frozenset(name for row in rows if row["kind"] == "acronym" for name in row.values("names"))


def _forms(text: str) -> dict[str, str]:
    """How words stand in the ordinary part of a report: small wins over capitals."""
    seen: dict[str, str] = {}
    for word in _WORDS.findall(text):
        folded = word.lower()
        if word == folded or folded not in seen:
            seen[folded] = word
    return seen


def _small(text: str, proper: Proper | None, seen: dict[str, str]) -> str:
    names, dates, acronyms = _names()
    local = {short for short in _BRACKETED.findall(text) if short.lower() not in names and not is_common(short.lower())}
    out, at, named = [], 0, False
    for match in _TOKEN.finditer(text):
        token, start = match.group(), match.start()
        out.append(text[at:start])
        at = match.end()
        if "." in token or any(c.isdigit() for c in token) or token in acronyms or token in local:
            out.append(token)
            named = True
            continue
        body, mark, end = token.partition("'")
        folded = body.lower()
        form = proper(body) if proper is not None else None
        if form is None:
            form = names.get(folded) or (names[folded[:-1]] + "s" if folded[:-1] in names and folded.endswith("s") else None)
        if (form is None and folded in dates and re.search(r"\d\s*$|\d[- ]$", text[max(0, start - 4) : start])) or (
            form is None and folded in dates and re.match(r"\.?\s*\d", text[at : at + 4])
        ):
            form = dates[folded]
        was_name = form is not None
        if form is None and folded in seen:
            form = seen[folded]
            was_name = form != folded
        if form is None:
            form, was_name = _guess(body, folded, named)
        if len(form) != len(body):
            form = body
        if not was_name and _START.search(text[max(0, start - 12) : start]) and (start >= 12 or not text[:start].strip(" \n\"'([")):
            form = form[:1].upper() + form[1:]
        named = was_name
        if mark:
            small = end.lower() if len(end) <= 2 else end[:1] + end[1:].lower()
            form += mark + (small if len(small) == len(end) else end)
        out.append(form if len(form) == len(token) else token)
    out.append(text[at:])
    return "".join(out)


def _guess(word: str, folded: str, after_name: bool) -> tuple[str, bool]:
    """The form of a word that stands in no list, and whether it is taken for a name."""
    if len(word) == 1:
        return (folded, False) if folded == "a" else (word, True)
    if after_name and folded in _SMALL_IN_NAMES:
        return folded, True
    if is_common(folded):
        return folded, False
    if len(word) <= 6 and not set(folded) & set("aeiouy"):
        return word, True
    return word[:1] + word[1:].lower(), True


@lru_cache(maxsize=1)
def _placed() -> re.Pattern[str]:
    """A word told as the name of a place: "in lalpur town", "the nagri area of", "located in chandpura", "at kotbari on"."""
    kinds = "|".join(name for row in table("names.tsv") if row["kind"] == "place" for name in row.values("names"))
    behind = rf"(?:in|at|near|from|of|to|on|under)\s+(?:the\s+)?([a-z][a-z'-]{{2,}})\s+(?:{kinds})\b"
    before = rf"(?:at|(?:located|situated|living) (?:in|at|near)|(?:residents?|natives?|{kinds}) of)\s+([a-z][a-z'-]{{3,}})\b"
    return re.compile(rf"\b(?:{behind}|{before})")


def _capitals_at_starts(text: str, proper: Proper | None) -> str:
    """Capitals for the first words of sentences, for the names that are known and for words told as a place's name."""
    names, dates, acronyms = _names()
    placed = {found.start(found.lastindex or 0) for found in _placed().finditer(text) if not is_common(found[found.lastindex or 0])}
    shorts = {name.lower(): name for name in acronyms if len(name) > 2}
    out, at = [], 0
    for match in _TOKEN.finditer(text):
        token, start = match.group(), match.start()
        out.append(text[at:start])
        at = match.end()
        body, mark, end = token.partition("'")
        form = proper(body) if proper is not None else None
        if form is None:
            form = names.get(body) or shorts.get(body) or (names[body[:-1]] + "s" if body.endswith("s") and body[:-1] in names else None)
        if (
            form is None
            and body in dates
            and (re.search(r"\d\s*$", text[max(0, start - 3) : start]) or re.match(r"\s*\d", text[at : at + 3]))
        ):
            form = dates[body]
        if form is None and start in placed:
            form = body[:1].upper() + body[1:]
        if form is None or len(form) != len(body):
            form = body
        if _START.search(text[max(0, start - 12) : start]) and (start >= 12 or not text[:start].strip(" \n\"'([")):
            first = form[:1].upper()
            form = first + form[1:] if len(first) == 1 else form
        out.append(form + mark + end)
    out.append(text[at:])
    return "".join(out)
