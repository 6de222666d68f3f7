"""Copies are one voice: which reports stand in one another, and where what they say comes from.

A report is boiled down to a `Fingerprint`: the content words of its body in order, each as a number, and a MinHash signature
over pairs of neighbouring words. Two reports that share one of its ``keys`` may be copies; `copied` compares the words
themselves and tells. Headers, datelines, credits and menus are left out, and case, accents, punctuation and plurals do not count.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from thucydides.lexicon import fold, words_of
from thucydides.record import Report
from thucydides.reports.outlets import Outlets

BANDS, ROWS = 80, 2  # two texts whose pairs overlap by a fifth (Jaccard) share a key in 96 cases of 100, by a quarter in 994 of 1000
OPENING_WORDS, OPENING_BANDS = 100, 24  # a text half as long again has keys of its opening too, for the short item it grew from
MOST_WORDS = 6000  # what stands beyond is not compared
FEWEST_WORDS, FEWEST_EQUAL = 12, 4  # shorter texts are copies only where they are equal word for word; of still fewer nothing is said
SHARE = 0.5  # so much of the shorter text must stand in the longer, passage by passage
SHORT_WORDS, SHORT_SHARE = 60, 0.75  # below so many words more is asked, up to this at half as many: formulas make up much of a short text
PARTS = 8  # the shorter text is looked at in so many parts …
NEW_PARTS = 2  # … of which so many may be new, such as a lead, a close or an added quotation; of every other …
PART_SHARE = 0.25  # … at least so much must stand in the longer
FAR_DAYS, FAR_SHARE = 7, 0.65  # what comes back later than this is a re-post, nearly whole, or else a formula filled anew
BLOCK = 8  # words; matches count where they lie along each other in three such blocks …
DENSE = 0.42  # … and are at least so dense there
OFTEN = 12  # of a pair that stands more often in a text, so many places are looked at
AGREE, AGREE_SHARE = 8, 0.25  # so many values of two signatures must be equal for a closer look, fewer where one is much longer
FIGURES, FIGURE_SHARE, BULLETIN_DAYS = 3, 0.8, 2  # of a translated bulletin

_Numbers = NDArray[np.uint64]
_LOWEST_FIGURE = 10
_YEARS = range(1900, 2101)
_A, _B = (np.random.default_rng(seed).integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) | np.uint64(1) for seed in (471, 411))
_LEFT, _RIGHT = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What is kept of a report to find its copies: about 1 kB and four bytes for every content word."""

    report: str
    outlet: str  # who publishes, by name
    published: date | None
    language: str | None
    credits: tuple[str, ...]  # outlets that the text credits as its origin, the most direct first
    figures: tuple[int, ...]  # numbers from 10 in the body but years, largest first
    words: bytes  # the content words in order, 32 bits each, little-endian
    signature: bytes  # MinHash over neighbouring words, 160 values of 32 bits, then 48 of a long text's opening; empty for hardly any words
    keys: tuple[int, ...]  # signed 64-bit: reports that share none are no copies, or hardly alike

    def to_bytes(self) -> bytes:
        """One blob that `from_bytes` reads."""
        day = self.published.isoformat() if self.published else None
        head = json.dumps(
            [self.report, self.outlet, day, self.language, self.credits, self.figures, len(self.signature)],
            ensure_ascii=True,
            separators=(",", ":"),
        ).encode("ascii")
        return len(head).to_bytes(4, "little") + head + self.signature + self.words

    @classmethod
    def from_bytes(cls, blob: bytes) -> Fingerprint:
        """The fingerprint that `to_bytes` wrote."""
        end = 4 + int.from_bytes(blob[:4], "little")
        report, outlet, day, language, credits, figures, length = json.loads(blob[4:end])
        signature = blob[end : end + length]
        return cls(
            report=report,
            outlet=outlet,
            published=date.fromisoformat(day) if day else None,
            language=language,
            credits=tuple(credits),
            figures=tuple(figures),
            words=blob[end + length :],
            signature=signature,
            keys=_keys(signature, (outlet, *credits), figures),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Copying:
    """Two reports are copies: which came first (by day, then by id), how much of the shorter stands in the longer, and why we say so."""

    first: str
    second: str
    share: float
    reasons: tuple[str, ...]


def fingerprint(report: Report) -> Fingerprint:
    """The fingerprint of a report, from the words of its body; from all its words where hardly any are body."""
    body = (report.text[section.start : section.end] for section in report.sections if section.kind == "body")
    found = [word.folded for text in body for word in words_of(text)]
    if len(found) < FEWEST_WORDS:
        found = [word.folded for word in words_of(report.text)]
    words = np.array([_number(word) for word in found if _counts(word)][:MOST_WORDS], dtype=np.uint32)
    figures = sorted({int(w) for w in found if w.isdecimal() and len(w) < 10} - set(_YEARS), reverse=True)
    figures = [n for n in figures if n >= _LOWEST_FIGURE]
    signature = _signature(_pairs(words)) if len(words) >= FEWEST_EQUAL else words[:0]
    if len(words) > 1.5 * OPENING_WORDS:
        signature = np.concatenate((signature, _signature(_pairs(words[:OPENING_WORDS]))[: OPENING_BANDS * ROWS]))
    return Fingerprint(
        report=report.id,
        outlet=report.source.name,
        published=report.published,
        language=report.language,
        credits=report.copied_from,
        figures=tuple(figures[:64]),
        words=words.astype("<u4").tobytes(),
        signature=signature.astype("<u4").tobytes(),
        keys=_keys(signature.astype("<u4").tobytes(), (report.source.name, *report.copied_from), figures[:64]),
    )


def copied(one: Fingerprint, other: Fingerprint) -> Copying | None:
    """Whether two reports are copies of one text, in whatever order they are given.

    They are where the shorter stands in the longer passage by passage; a stock paragraph that both end with is not enough. Of two
    languages they are where one credits the other's outlet, or both the same, and the figures agree.
    """
    first, second = sorted((one, other), key=order)
    if first.report == second.report:
        return None
    short, long = sorted((first, second), key=lambda print_: (len(print_.words), print_.report))
    share = _standing(short, long)
    if share is None:
        return _translated(first, second) if first.language and second.language and first.language != second.language else None
    return Copying(
        first=first.report,
        second=second.report,
        share=round(share, 4),
        reasons=(f"{share:.0%} of the words of {short.report} stand in {long.report}, {_days_between(short, long)}",),
    )


def order(print_: Fingerprint) -> tuple[date, str]:
    """What comes first: by day, undated last, then by id."""
    return print_.published or date.max, print_.report


def _days_between(short: Fingerprint, long: Fingerprint) -> str:
    if short.published is None or long.published is None:
        return f"published by {long.outlet}"
    days = (short.published - long.published).days
    if days == 0:
        return f"published the same day by {long.outlet}"
    apart = "a day" if abs(days) == 1 else f"{abs(days)} days"
    return f"published {apart} {'earlier' if days > 0 else 'later'} by {long.outlet}"


# ── the words of a text as numbers ───────────────────────────────────────────────────────────────


@cache
def _small_words() -> frozenset[str]:
    lines = Path(__file__).with_name("small_words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _counts(word: str) -> bool:
    """Whether a word is of the content: no article, pronoun, auxiliary or preposition, no single letter."""
    return word not in _small_words() and (len(word) > 1 or word.isdecimal())


def _number(word: str) -> int:
    """A word as 32 bits. A plural or a possessive whose apostrophe was lost counts as the word: "syrias" is "syria"."""
    return zlib.crc32((word[:-1] if len(word) > 3 and word.endswith("s") else word).encode("utf-8", "surrogatepass"))


def _pairs(words: NDArray[np.uint32]) -> _Numbers:
    """Every word with the next and with the one after it, as numbers: first all of the next, then all of those after."""
    wide: _Numbers = words.astype(np.uint64)
    left, right = (np.concatenate((wide[:-1], wide[:-2])), np.concatenate((wide[1:], wide[2:]))) if len(wide) > 1 else (wide[:0], wide[:0])
    mixed: _Numbers = (left * _LEFT) ^ (right * _RIGHT + _LEFT)
    mixed ^= mixed >> np.uint64(29)
    mixed *= _RIGHT
    mixed ^= mixed >> np.uint64(32)
    return mixed


def _signature(pairs: _Numbers) -> NDArray[np.uint32]:
    """MinHash by multiply and shift."""
    distinct = np.unique(pairs)
    least = np.full(len(_A), np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, len(distinct), 1024):
        least = np.minimum(least, (distinct[start : start + 1024, None] * _A + _B).min(axis=0))
    return (least >> np.uint64(32)).astype(np.uint32)


def _keys(signature: bytes, outlets: Iterable[str], figures: Sequence[int]) -> tuple[int, ...]:
    """All keys of a report."""
    return (*_band_keys(signature), *_bulletin_keys(outlets, figures))


def _band_keys(signature: bytes) -> tuple[int, ...]:
    """A key for every band of the signature; a band of an opening has the key that it has where the text ends there."""
    if not signature:
        return ()
    rows = np.frombuffer(signature, dtype="<u4").reshape(-1, ROWS).astype(np.uint64)
    band = np.arange(len(rows), dtype=np.uint64) % np.uint64(BANDS)
    keys = (rows[:, 0] << np.uint64(32) | rows[:, 1]) * _LEFT + band * _RIGHT
    return tuple(dict.fromkeys(int(key) for key in keys.view(np.int64)))


def _bulletin_keys(outlets: Iterable[str], figures: Sequence[int]) -> tuple[int, ...]:
    """Keys that a bulletin and its translations share: an outlet with two of the three largest figures."""
    top = figures[:3]
    pairs = [(a, b) for n, a in enumerate(top) for b in top[n + 1 :]] if len(figures) >= FIGURES else []
    told = [f"{fold(outlet)}|{a}|{b}".encode("utf-8", "surrogatepass") for outlet in dict.fromkeys(outlets) for a, b in pairs]
    return tuple(zlib.crc32(line) << 24 | zlib.adler32(line) & 0xFFFFFF for line in told)


# ── comparing two texts ──────────────────────────────────────────────────────────────────────────


def _standing(short: Fingerprint, long: Fingerprint) -> float | None:
    """The share of the shorter text that stands in the longer; ``None`` where that makes no copy."""
    words, others = (np.frombuffer(print_.words, dtype="<u4") for print_ in (short, long))
    if len(words) < FEWEST_WORDS:
        return 1.0 if len(words) >= FEWEST_EQUAL and short.words == long.words else None
    if short.words == long.words:
        return 1.0
    found = _found(words, others)
    share = float(found.mean())
    parts = sorted(float(part.mean()) for part in np.array_split(found, PARTS))
    return share if share >= _least(len(words), short.published, long.published) and parts[NEW_PARTS] >= PART_SHARE else None


def _least(length: int, one: date | None, other: date | None) -> float:
    """The share that is asked for, by the length of the shorter text and the days between the two."""
    least = float(np.interp(length, (SHORT_WORDS / 2, SHORT_WORDS), (SHORT_SHARE, SHARE)))
    far = one is not None and other is not None and abs((one - other).days) > FAR_DAYS
    return max(least, FAR_SHARE) if far else least


def _found(words: NDArray[np.uint32], others: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which words of a text stand in another one along with their neighbours.

    A pair found in both places a word of the one against a word of the other. Where a passage was taken over, such matches lie along each
    other even if every third word was replaced; where two texts only share phrases, they are scattered.
    """
    found: NDArray[np.bool_] = np.zeros(len(words), dtype=bool)
    at, shift = _matches(words, others)
    if not len(at):
        return found
    shift = shift - shift.min()
    band = np.concatenate((shift // 16, (shift + 8) // 16 + shift.max() // 16 + 1))
    at = np.concatenate((at, at))
    _, band = np.unique(band, return_inverse=True)
    blocks = -(-len(words) // BLOCK)
    grid = np.zeros((int(band.max()) + 1, blocks * BLOCK), dtype=bool)
    grid[band, at] = True
    counts = grid.reshape(len(grid), blocks, BLOCK).sum(axis=2)
    room = np.minimum(BLOCK, len(words) - np.arange(blocks) * BLOCK)[None, :]
    along = np.greater_equal(_with_neighbours(counts), DENSE * _with_neighbours(room))
    held: NDArray[np.bool_] = np.any(grid & np.repeat(along, BLOCK, axis=1), axis=0)
    found |= held[: len(words)]
    return found


def _with_neighbours(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Every block's count with those of the blocks beside it."""
    around = counts.copy()
    around[:, 1:] += counts[:, :-1]
    around[:, :-1] += counts[:, 1:]
    return around


def _matches(words: NDArray[np.uint32], others: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Words of a text that stand in a pair found in another: where, and how far from there they stand in the other."""
    mine, theirs = _pairs(words), _pairs(others)
    first, second = _ends(len(words)), _ends(len(others))
    order = np.argsort(theirs, kind="stable")
    ranked = theirs[order]
    low, high = np.searchsorted(ranked, mine, "left"), np.searchsorted(ranked, mine, "right")
    times = np.minimum(high - low, OFTEN)
    which = np.repeat(np.arange(len(mine)), times)
    step = np.arange(len(which)) - np.repeat(np.cumsum(times) - times, times)
    there = order[np.repeat(low, times) + step]
    at = np.concatenate((first[0][which], first[1][which]))
    to = np.concatenate((second[0][there], second[1][there]))
    return at, to - at


def _ends(length: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the two words of every pair of a text stand."""
    places = np.arange(length)
    return np.concatenate((places[:-1], places[:-2])), np.concatenate((places[1:], places[2:]))


def _translated(first: Fingerprint, second: Fingerprint) -> Copying | None:
    """One bulletin in two languages: tied by a credit, at most two days apart, the same figures."""
    told = [{fold(name) for name in (print_.outlet, *print_.credits)} for print_ in (first, second)]
    tied = {fold(name) for print_ in (first, second) for name in print_.credits} & told[0] & told[1]
    if not tied or first.published is None or second.published is None or (second.published - first.published).days > BULLETIN_DAYS:
        return None
    shared, fewer = set(first.figures) & set(second.figures), min(len(first.figures), len(second.figures))
    if len(shared) < FIGURES or len(shared) < FIGURE_SHARE * fewer:
        return None
    share = len(shared) / fewer
    numbers = ", ".join(str(n) for n in sorted(shared, reverse=True)[:5])
    languages = f"in two languages ({first.language}, {second.language})"
    reason = f"{languages}, both by {min(tied)}, and {len(shared)} of {fewer} figures agree ({numbers})"
    return Copying(first=first.report, second=second.report, share=round(share, 4), reasons=(reason,))


def may_be_copies(one: Fingerprint, other: Fingerprint) -> bool:
    """A quick look at two reports that share a key: whether enough of their signatures agrees, or they are of two languages."""
    if one.language != other.language and one.language and other.language:
        return True
    if not one.signature or not other.signature:
        return False
    one_, other_ = (np.frombuffer(print_.signature, dtype="<u4", count=BANDS * ROWS) for print_ in (one, other))
    shorter, longer = sorted((len(one.words), len(other.words)))
    return int(np.count_nonzero(np.equal(one_, other_))) >= min(AGREE, AGREE_SHARE * BANDS * ROWS * shorter / longer)


# ── where it comes from ──────────────────────────────────────────────────────────────────────────


def credited(print_: Fingerprint, outlets: Outlets) -> str | None:
    """The outlet that a report credits first, by the roster's name for it."""
    for name in print_.credits:
        source = outlets.identify_source(name)
        if source.kind not in ("social", "aggregator"):
            return source.name
    return None
