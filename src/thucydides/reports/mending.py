"""From the text as kept to the reading: the same words, character for character, mended for the parser.

Every step returns exactly as many characters as it was given, so a span means the same in both. Steps that change more than the
look of a character (lost apostrophes, masked words, wrong decoding) act only on strong evidence; their words stand in ``mends.tsv``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from thucydides.reports.phrasing import phrase_of
from thucydides.reports.tables import table

_UNFIT = re.compile("[\x00\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_UNFIT_BEYOND = re.compile(
    "[" + "".join(chr(plane + last) for plane in range(0x10000, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)) + "]"
)
_BEYOND = re.compile("[\U0001fffe-\U0010ffff]")
_QUOTES = dict.fromkeys("‘’‚‛′ʼʻʹ`´＇", "'") | dict.fromkeys("“”„‟″«»‹›〝〞＂❝❞", '"')
_HYPHENS = dict.fromkeys("‐‑⁃﹣－−\u2043\u02d7", "-") | {"―": "—"}
_SPACES = dict.fromkeys(
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"  # odd spaces
    "\u00ad\u200b\u200c\u200d\u2060\ufeff\u180e\ufe0f"  # of no width
    "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",  # direction of writing
    " ",
)
_LINES = dict.fromkeys("\u2028\u2029\u0085\x0b\x0c", "\n")
_CONTROLS = dict.fromkeys((chr(c) for c in (*range(1, 9), *range(14, 32), *range(0x7F, 0x85), *range(0x86, 0xA0))), " ")
_MARKS = {"،": ",", "؛": ";", "؟": "?", "٫": ".", "٬": ",", "。": ".", "，": ",", "\r": " ", "\t": " "}
_DIGITS = {chr(base + n): str(n) for base in (0x660, 0x6F0, 0xFF10) for n in range(10)}
_SAME = _QUOTES | _HYPHENS | _SPACES | _LINES | _CONTROLS | _MARKS | _DIGITS
_ODD = re.compile("[" + "".join(re.escape(c) for c in _SAME) + "\uff01-\uff5e\U0001d400-\U0001d7ff]")

_LINK = re.compile(r"(!?\[)([^\[\]\n]{0,300})(\]\((?:[^()\s]|\([^()\s]*\)){0,2000}(?:\s+\"[^\"\n]*\")?\))")
_ADDRESS = phrase_of("mending", "address")
# Marks of markdown, and the sign of a hashtag: "southern #Idlib".
_EMPHASIS = re.compile(r"\*\*|__|^#{1,6}(?= )|^>(?= )|(?<![\w&#/])#(?=[^\W\d_])", re.MULTILINE)
_SPLIT_S = re.compile(r"(?<=[A-Za-z]{2}) s(?= [A-Za-z]| ?[.,;:!?]|$)")
_SPLIT_T = phrase_of("mending", "split t")
_SPLIT_REST = phrase_of("mending", "split rest")
_OWNER = re.compile(r"\b([A-Z][a-z]{2,20}s|[a-z]{4,12}s)(?= ([A-Za-z]{2,20}))")
_PEOPLES = ("an", "ans", "i", "ite", "ish", "ist", "er", "ese", "or", "ess", "s")
_MASK = re.compile(r"[*@#$·-](?<=[A-Za-z].)(?=[A-Za-z])")
_MASKED = re.compile(r"[A-Za-z]+(?:[*@#$·-][A-Za-z]+)+")
_NOT_MASKED = re.compile(r"[^A-Za-z*@#$·-]")


def keep(text: str) -> str:
    """The text as it is kept: what was received, with NUL, lone surrogates and non-characters replaced one for one by U+FFFD."""
    if text.isascii():
        return text.replace("\0", "\ufffd")
    text = _UNFIT.sub("\ufffd", text)
    return _UNFIT_BEYOND.sub("\ufffd", text) if _BEYOND.search(text) else text


def plain(text: str) -> str:
    """Quotes, hyphens, digits and spaces in their plain forms, controls and marks of no width as spaces; lines stay lines."""
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    return _ODD.sub(_same, text)


def _same(match: re.Match[str]) -> str:
    character = match.group()
    known = _SAME.get(character)
    if known is not None:
        return known
    simple = unicodedata.normalize("NFKC", character)  # letters of mathematics and full width, as posters use for bold
    return simple if len(simple) == 1 else character


def blank(text: str) -> str:
    """Links reduced to their words, addresses, markdown marks and an editor's brackets ("[TEXT]") to spaces. Takes plain text."""
    if "](" in text:
        text = _LINK.sub(lambda m: " " * len(m[1]) + m[2] + " " * len(m[3]), text)
    if "://" in text or "www." in text or "@" in text or "t.me/" in text or "pic.twitter" in text:
        text = _ADDRESS.sub(_spaces, text)
    if "**" in text or "__" in text or "#" in text or "\n>" in text:
        text = _EMPHASIS.sub(_spaces, text)
    return _editorial().sub(_spaces, text) if "[" in text else text


def mend(text: str) -> str:
    """Lost and misread apostrophes and masked words put right, as far as that keeps the length. Takes blanked text."""
    if "â€" in text:
        text = _misread().sub(_decoded, text)
    if " s " in text or " s." in text or " s," in text:
        text = _SPLIT_S.sub("'s", text)
    if " t " in text:
        text = _SPLIT_T.sub(lambda m: m.group()[:-2] + "'" + m.group()[-1], text)
    if " re " in text or " ve " in text or " ll " in text or "I m " in text:
        text = _SPLIT_REST.sub(lambda m: m.group()[:-1] + "'", text)
    if "'" not in text and len(text) > 300:
        text = _own(text)
    return _unmasked(text)


_TOP = 4  # lines, and blocks with what parts them: a header stands there and is not longer


def unwrap(text: str, apart: Callable[[str], bool] = lambda line: False) -> str:
    """Line ends inside hard-wrapped paragraphs become spaces: blocks whose lines are all of about one typed width.

    ``apart`` tells of a line that it stands for itself: a byline or a date right below the title goes on with nothing.
    """
    if text.count("\n") < 2:
        return text
    parts = re.split(r"(\n[ ]*(?:\n[ ]*)*\n)", text)
    for index in range(0, len(parts), 2):
        lines = parts[index].split("\n")
        if index < _TOP and len(lines) <= _TOP and any(map(apart, lines)):
            continue
        full = [len(line.rstrip()) for line in lines[:-1] if line]
        if len(full) >= 1 and max(full) <= 100 and min(full) >= 45 and max(full) - min(full) <= 30:
            parts[index] = _joined(parts[index])
    return "".join(parts)


def _joined(block: str) -> str:
    inner = block.strip("\n")
    lead = len(block) - len(block.lstrip("\n"))
    return block[:lead] + inner.replace("\n", " ") + block[lead + len(inner) :]


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match.group())


@lru_cache(maxsize=1)
def _editorial() -> re.Pattern[str]:
    marks = "|".join(re.escape(row["found"]).replace(r"\ ", r"\s+") for row in table("mends.tsv") if row["kind"] == "editorial")
    return re.compile(rf"\[(?:{marks})\]", re.IGNORECASE)


@lru_cache(maxsize=1)
def _mojibake() -> dict[str, str]:
    return {row["found"]: row["mended"] for row in table("mends.tsv") if row["kind"] == "mojibake"}


@lru_cache(maxsize=1)
def _misread() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(found) for found in sorted(_mojibake(), key=len, reverse=True)))


def _decoded(match: re.Match[str]) -> str:
    """The character meant, padded towards the side on which a space does no harm."""
    found, meant = match.group(), _mojibake()[match.group()]
    after = match.string[match.end() : match.end() + 1]
    return meant.rjust(len(found)) if after.isalnum() else meant.ljust(len(found))


@lru_cache(maxsize=1)
def _owners() -> tuple[dict[str, str], frozenset[str], frozenset[str], frozenset[str]]:
    rows = table("mends.tsv")
    mended = {row["found"]: row["mended"] for row in rows if row["kind"] == "possessive" and len(row["found"]) == len(row["mended"])}
    owner, owned, people = (frozenset(row["found"] for row in rows if row["kind"] == kind) for kind in ("owner", "owned", "people"))
    return mended, owner, owned, people


def _own(text: str) -> str:
    """Possessives in a report that lost all its apostrophes: "Syrias army" is "Syrian army", "Assads forces" is "Assad  forces"."""
    mended, owner, owned, people = _owners()
    present = set(re.findall(r"(?<![\w-])[A-Za-z]+", text))

    def own(match: re.Match[str]) -> str:
        word, follower = match[1], match[2]
        stem = word[:-1]
        if word in mended:
            before = text[max(0, match.start() - 4) : match.start()].lower()
            return word if word == "Americas" and before.endswith("the ") else mended[word]
        if word[0].islower():
            return stem + " " if stem in owner and follower in owned else word
        if stem in people or stem.endswith(_PEOPLES) or stem.lower() in present:
            return word
        return stem + " " if stem in present else word

    return _OWNER.sub(own, text)


@lru_cache(maxsize=1)
def _masked_words() -> frozenset[str]:
    return frozenset(row["found"] for row in table("mends.tsv") if row["kind"] == "censored")


def _unmasked(text: str) -> str:
    """ "ki*lled" becomes " killed": whole, as long as before, ending where it ended."""
    out: list[str] = []
    at = 0
    for mark in _MASK.finditer(text):
        if mark.start() < at:
            continue
        start = mark.start()
        while start > at and start > mark.start() - 20 and _NOT_MASKED.match(text, start - 1) is None:
            start -= 1
        word = _MASKED.match(text, start)
        letters = re.sub(r"[^A-Za-z]", "", word[0]) if word is not None and len(word[0]) < 24 else ""
        if word is not None and letters.lower() in _masked_words():
            out += (text[at:start], letters.rjust(len(word[0])))
            at = word.end()
    return "".join(out) + text[at:] if out else text
