"""How one name is known in another spelling.

Place names reach English reports from other scripts by many roads: al-Bukamal, Abu Kamal and Albukamal are one town. A name is
first folded (case, accents, hyphens), then *sounded*: articles fall away, doubled and look-alike letters become one, and what
is left is a run of consonants with the vowels between them. Two names may be the same only if their consonants agree; how far
their vowels and the finer letters (k or g, h or kh) part is the cost of the match.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from thucydides.lexicon import fold
from thucydides.places.phrasing import phrase_of, wordlist

_PLAIN = {
    "ı": "i",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ə": "a",
    "ŋ": "ng",
    "ɓ": "b",
    "ɗ": "d",
}
_MARKS = "ʽ´`′ˈ\u0640"  # the last is the Arabic stretching stroke
_LETTERS = str.maketrans(
    _PLAIN | {letter.upper(): plain for letter, plain in _PLAIN.items() if len(letter.upper()) == 1} | dict.fromkeys(_MARKS)
)
_PUNCTUATION = re.compile(r"[^\w ]+|_")

ARTICLES = frozenset(
    {"al", "el", "il", "ul", "as", "es", "us", "ash", "esh", "ech", "ach", "ad", "ed", "ud", "adh", "edh", "an", "en", "ar", "er", "ur"}
    | {"at", "et", "ath", "eth", "az", "ez"}
)
"""Arabic articles and their assimilated forms; dropped before another word."""

_FATHER = wordlist("names", "father")
ASSIMILATED = phrase_of("names", "assimilated")
_MERGED_ARTICLE = re.compile(r"^[ae]l(?=[bcdfghjkmnpqrstvwz])|^[ae](?=(zz|ss|rr|dd|tt|nn)[aeiou])")

_GROUPS = phrase_of("names", "groups")
_SOUNDS = {"shch": "S", "tsch": "S", "tch": "S", "sch": "S", "sh": "S", "ch": "S", "kh": "X", "gh": "G", "ph": "f", "th": "t"}
_SOUNDS |= {"dzh": "j", "dj": "j", "dh": "d", "zh": "j", "ck": "k", "x": "ks", "q": "k", "c": "k", "g": "G"}
_DOUBLED = re.compile(r"(.)\1")
_SPELT = {"ou": "u", "oo": "u", "ee": "i", "ay": "e", "ai": "e", "ei": "e", "ey": "e", "aw": "o", "au": "o", "iy": "i", "q": "k"}
_SPELLINGS = re.compile("|".join(_SPELT))
_SHORT_WORD = 4  # "Kafr Nabl" may be Kafranbel, but two long words are not one
_PIECES = re.compile(r"[aeiouyw]+|[^aeiouyw]")
_COARSE = str.maketrans("XG", "hk")
_VOWEL_CLASS = str.maketrans("aeiu", "aaau")
_LATIN = re.compile(r"[a-z0-9 ]+")

# How far two vowels (or a vowel and nothing) are apart.
_GAPS: dict[tuple[str, str], float] = {
    ("e", "i"): 0.15, ("a", "e"): 0.15, ("a", "i"): 0.3, ("a", "u"): 0.45, ("i", "u"): 0.5, ("e", "u"): 0.5,
    ("", "a"): 0.35, ("", "e"): 0.35, ("", "i"): 0.3, ("", "u"): 0.4,
}  # fmt: skip
_GAPS |= {(b, a): cost for (a, b), cost in _GAPS.items()}


@lru_cache(maxsize=1 << 14)
def fold_name(name: str) -> str:
    """The plain form of a name: :func:`thucydides.lexicon.fold`, letters without accents of their own, no punctuation, no "the"."""
    if not name.isascii():
        name = name.translate(_LETTERS)
    folded = fold(name)
    if not folded.isascii():
        folded = folded.translate(_LETTERS)  # those that were written as a form of such a letter
    if not folded.replace(" ", "").isalnum():
        folded = " ".join(_PUNCTUATION.sub(" ", folded).split())
    return folded[4:] if folded.startswith("the ") else folded


class Sound(NamedTuple):
    """What a name sounds like: its consonants, and the vowel (a, e, i, u or none) before, between and after them."""

    consonants: tuple[str, ...]
    vowels: tuple[str, ...]

    @property
    def skeleton(self) -> str:
        """The consonants alone, kh as h and g as k; a leading ``A`` where the name begins with a vowel."""
        return ("A" if self.vowels[0] else "") + "".join(self.consonants).translate(_COARSE)

    @property
    def key(self) -> str:
        """The skeleton, a dot, and the vowels as two classes (a, e, i or o, u): what the gazetteer is sorted by."""
        return self.skeleton + "." + "".join(self.vowels).translate(_VOWEL_CLASS)


NO_SOUND = Sound((), ("",))


def _vowel(run: str) -> str:
    if "o" in run or "u" in run or "w" in run:
        return "u"
    narrow = "e" in run or "i" in run or "y" in run
    if "a" in run:
        return "e" if narrow else "a"
    return "e" if run in ("ei", "ey") else "i"


@lru_cache(maxsize=16384)
def sound(folded: str) -> Sound:
    """The sound of a folded name; names in other than Latin letters have none."""
    if not _LATIN.fullmatch(folded):
        return NO_SOUND
    return _sound(folded)


def alike(one: str, other: str) -> bool:
    """Whether two names are the same, or sound so: "Ḩamāh" and "Hama"."""
    first, second = fold_name(one), fold_name(other)
    return first == second or (sound(first).key == sound(second).key != NO_SOUND.key)


def _sound(folded: str) -> Sound:
    tokens = folded.split()
    last = len(tokens) - 1
    parts = []
    for index, token in enumerate(tokens):
        if index < last and token in ARTICLES:
            continue
        if token in _FATHER and index < last:
            token = "bu"
        elif index and ASSIMILATED.match(token):
            token = token[2:]
        if token[-1] == "h" and len(token) > 2 and token[-2] in "aeiou":
            token = token[:-1]
        token = _GROUPS.sub(lambda m: _SOUNDS.get(m.group(), "s"), token)
        # w and y are consonants only where a word begins with one and a vowel follows; capitals keep them from the vowels.
        if token[0] in "wy" and len(token) > 1 and token[1] in "aeiou":
            token = token[0].upper() + token[1:]
        parts.append(token)
    consonants: list[str] = []
    vowels = [""]
    for piece in _PIECES.findall("".join(parts)):
        if piece[0] in "aeiouyw":
            vowels[-1] = _vowel(piece)
        elif consonants and consonants[-1] == piece and not vowels[-1]:
            continue
        else:
            consonants.append(piece)
            vowels.append("")
    return Sound(tuple(consonants), tuple(vowels))


def unmerged(folded: str) -> str | None:
    """The name without an article written together with it: "albukamal" is "bukamal". ``None`` where there is none."""
    match = _MERGED_ARTICLE.match(folded)
    if match and " " not in folded and len(folded) - match.end() >= 4:
        return folded[match.end() :]
    return None


def cost_between(asked: str, known: str) -> float | None:
    """How far two folded names are apart: 0 the same, 0.04 but for articles and joints, up to about 0.3; ``None`` if they differ.

    Names of two consonants must agree in the kind of every vowel, those of three in their number; a name of one consonant must be
    the same but for articles: there is little else to go by.
    """
    if asked == known:
        return 0.0
    a, b = sound(asked), sound(known)
    count = len(a.consonants)
    at_once = a.consonants == b.consonants and bool(a.vowels[0]) == bool(b.vowels[0])  # of one skeleton: no need to write it down
    if not count or not (at_once or a.skeleton == b.skeleton):
        return None
    if count == 1:
        return 0.04 if _plainly(asked) == _plainly(known) else None
    if (count == 2 and a.key != b.key) or (count == 3 and len(a.key) != len(b.key)):
        return None
    if a == b and _joinable(asked, known):
        return _joint_cost(_plainly(asked), _plainly(known))
    if not _joinable(asked, known):
        return None
    apart = sum(_GAPS[pair] for pair in zip(a.vowels, b.vowels, strict=True) if pair[0] != pair[1])
    apart += sum(0.25 for x, y in zip(a.consonants, b.consonants, strict=True) if x != y)
    apart /= count + 1
    if apart > (0.12 if count == 2 else 0.2 if count == 3 else 0.26):
        return None
    return round((0.11 if count == 2 else 0.06) + 0.7 * apart, 4)


def _joinable(asked: str, known: str) -> bool:
    """Whether two names have as many words, or one of them a short first word that may be written together with the next."""
    words = [[t for i, t in enumerate(n.split()) if t not in ARTICLES or i == n.count(" ")] for n in (asked, known)]
    return len(words[0]) == len(words[1]) or len(max(words, key=len)[0]) <= _SHORT_WORD


def _joint_cost(asked: str, known: str) -> float:
    """The cost of two names of one sound: 0.04 where only articles, spaces and common ways to spell differ, else by how much differs."""
    if asked == known:
        return 0.04
    longest, shortest = max(len(asked), len(known)), min(len(asked), len(known))
    start = next((i for i in range(shortest) if asked[i] != known[i]), shortest)
    end = next((i for i in range(shortest - start) if asked[-1 - i] != known[-1 - i]), shortest - start)
    return round(0.045 + 0.1 * (longest - start - end) / longest, 4)


def _plainly(folded: str) -> str:
    """The name in one word, without articles, doubled letters and a last h, and with one way to write u, i, e and k."""
    tokens = folded.split()
    joined = "".join(_bare(token, index, len(tokens)) for index, token in enumerate(tokens))
    joined = _SPELLINGS.sub(lambda match: _SPELT[match.group()], joined)
    return _DOUBLED.sub(r"\1", joined).removesuffix("h")


def _bare(token: str, index: int, count: int) -> str:
    if index < count - 1 and token in ARTICLES:
        return ""
    return token[2:] if index and ASSIMILATED.match(token) else token


def like_acronym(name: str) -> bool:
    """Whether a name is written as an acronym (AQIM, ABiH): it may be a place of that very name, never of another spelling."""
    return 2 <= len(name) <= 8 and name.isalnum() and sum(c.isupper() for c in name) >= 2
