"""What a unit's name says: its echelon, its number or own name, what troops it is of, and what it is told to belong to.

Names are read in the habits of many armies: "47th Mechanized Brigade", "the 72 brigade of the Syrian Air Defense Forces", "Brigada XV",
"Liwa al-Quds", "Company B, 2nd Battalion". The words stand in ``echelons.tsv``, ``branches.tsv`` and ``unit_words.tsv``. Persons are no
part of what is read: "the commander of the 93rd Brigade, Colonel So-and-so" is the office of commander of the 93rd Brigade.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from thucydides.control.echelons import echelons, unit_words
from thucydides.lexicon import Hit, Phrases, Word, words_of

_BREAK = re.compile(r"[,;:()\[\]«»“”\"–—]")
_ROMAN = re.compile(r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})\Z")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_FIGURE = re.compile(r"(\d{1,4})([a-zа-яіїº°ª]{0,4})\Z")
_REACH = 6  # words between a number and the echelon that it counts


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitName:
    """A unit as its name is told."""

    words: str  # the stretch of the name that says which unit it is, as told
    echelon: str
    number: int | None = None
    letter: str | None = None
    name: str = ""  # its own name, folded
    branch: str | None = None  # by branches.tsv
    army: str = ""  # words before it that may say whose it is: "Ukraine's"
    above: UnitName | None = None  # the unit it is told to belong to
    belongs: str = ""  # the same where that is no unit: "Syrian Air Defense Forces"
    office: str | None = None  # "commander": it is the holder of an office who is meant

    @property
    def key(self) -> tuple[str, str]:
        """What tells it apart from other units of its army: the echelon with its number, letter or name."""
        return self.echelon, str(self.number) if self.number is not None else self.letter or self.name


@dataclass(frozen=True, slots=True)
class _Number:
    """A number or letter in a name: its words, its value, and whether it is told as an ordinal."""

    first: int
    last: int
    value: int | None
    letter: str | None = None
    ordinal: bool = False


def read_units(text: str, armies: Phrases[str] | None = None) -> tuple[UnitName, ...]:
    """The units that a name tells, if any. ``armies`` are words for states and armies, which are no unit's own name."""
    words = words_of(text)
    if not words or not unit_words().echelons.find(words):
        return ()
    return _Reading(text, words, armies).units()


def read_unit(text: str, armies: Phrases[str] | None = None) -> UnitName | None:
    """The first unit that a name tells."""
    return next(iter(read_units(text, armies)), None)


class _Reading:
    """One name being read."""

    def __init__(self, text: str, words: Sequence[Word], armies: Phrases[str] | None) -> None:
        self.text, self.words, self.armies = text, words, armies
        self.table = unit_words()
        self.breaks = {i for i in range(1, len(words)) if _BREAK.search(text[words[i - 1].end : words[i].start])}
        self.office = next((hit.values[0] for hit in self.table.kinds["office"].find(words)), None)

    def units(self) -> tuple[UnitName, ...]:
        found: list[UnitName] = []
        for segment, (first, last, belongs) in enumerate(self._segments()):
            here = self._units_within(first, last)
            if not here and belongs and found:
                words = self._stretch(first, last)
                found = [self._of(one, words) for one in found]
            elif belongs and found and here:
                found = [self._under(one, here[0]) for one in found]
            elif here and found and segment:
                found = self._beside(found, here)
            elif here:
                found = here
        return tuple(replace(one, office=self.office) for one in found)

    def _of(self, unit: UnitName, words: str) -> UnitName:
        """The unit, or the last above it, told to belong to what is no unit."""
        if unit.above is not None:
            return replace(unit, above=self._of(unit.above, words))
        return unit if unit.belongs else replace(unit, belongs=words)

    def _under(self, unit: UnitName, above: UnitName) -> UnitName:
        if unit.above is not None:
            return replace(unit, above=self._under(unit.above, above))
        return replace(unit, above=above)

    def _beside(self, found: list[UnitName], here: list[UnitName]) -> list[UnitName]:
        """Units told one after the other: the smaller is of the larger ("2nd Battalion, 5th Regiment"), equals stand side by side."""
        rank = echelons()
        one, other = found[-1], here[0]
        if rank[one.echelon].rank < rank[other.echelon].rank:
            return [*found[:-1], self._under(one, other)]
        if rank[one.echelon].rank > rank[other.echelon].rank:
            return [*found[:-1], *(self._under(unit, one) for unit in here)]
        return [*found, *here]

    def _segments(self) -> Iterator[tuple[int, int, bool]]:
        """The parts of the name between marks and words such as "of the"; the last says whether what went before belongs to it."""
        first, belongs, index = 0, False, 0
        while index < len(self.words):
            step = self.table.at("parent", self.words, index)
            if index in self.breaks and index > first and not self._goes_on(first, index):
                yield first, index, belongs
                first, belongs = index, False
            if step and index >= first:
                if index > first:
                    yield first, index, belongs
                first, belongs = index + step, True
                index += step
                continue
            index += 1
        if first < len(self.words):
            yield first, len(self.words), belongs

    def _goes_on(self, first: int, index: int) -> bool:
        """Whether a mark stands in a list of numbers that wait for their echelon: "the 3rd, 4th and 5th Divisions"."""
        before = self._numbers(first, index, "number")
        waits = bool(before) and before[-1].last == index and not self.table.echelons.find(self.words[first:index])
        return waits and self._number(index, len(self.words), "number") is not None

    def _units_within(self, first: int, last: int) -> list[UnitName]:
        nouns = self._nouns(first, last)
        found: list[UnitName] = []
        start = first
        for at, noun in enumerate(nouns):
            until = nouns[at + 1].first if at + 1 < len(nouns) else last
            here, end = self._named(noun, start, until)
            if here and found and not self._joined(start, noun.first):
                found = self._beside(found, here)
            else:
                found += here
            start = max(noun.last, end)
        return found

    def _joined(self, first: int, last: int) -> bool:
        return any(self.table.at("joint", self.words, i) for i in range(first, min(first + 1, last)))

    def _nouns(self, first: int, last: int) -> list[Hit[tuple[str, bool]]]:
        """The words for echelons of a stretch; of "Commando Regiment" the regiment."""
        hits: list[Hit[tuple[str, bool]]] = []
        index = first
        while index < last:
            hit = self.table.echelons.at(self.words, index)
            if hit is None or hit.last > last:
                index += 1
                continue
            if hits and self._is_compound(hits[-1], hit):
                hits.pop()
            hits.append(hit)
            index = hit.last
        return hits

    def _is_compound(self, one: Hit[tuple[str, bool]], other: Hit[tuple[str, bool]]) -> bool:
        """Whether two echelons are one name: "Task Force Battalion", "Commando Parachute Regiment"."""
        if self._is_possessive(one.last - 1) or one.last in self.breaks:
            return False
        weak = echelons()[one.values[0][0]].needs in ("number", "name")
        return one.last == other.first or (weak and self._only_troops(one.last, other.first))

    def _is_possessive(self, index: int) -> bool:
        return self.text[self.words[index].end : self.words[index].end + 1] in tuple("'’`")

    def _only_troops(self, first: int, last: int) -> bool:
        """Whether a stretch holds nothing but kinds of troops and fillers."""
        index = first
        while index < last:
            hit = self.table.branches.at(self.words, index)
            step = hit.last - index if hit else self.table.at("filler", self.words, index)
            if not step:
                return False
            index += step
        return True

    def _named(self, noun: Hit[tuple[str, bool]], first: int, last: int) -> tuple[list[UnitName], int]:
        """The units that a word for an echelon names within a stretch, and the word behind them."""
        id_, many = noun.values[0]
        needs = echelons()[id_].needs
        before = [n for n in self._numbers(first, noun.first, needs) if noun.first - n.last <= _REACH]
        if many:
            return self._several(noun, id_, before, last)
        number = before[-1] if before else None
        if number is not None:
            return [self._unit(id_, number.first, noun.last, number=number, lead=(first, number.first), noun=noun)], noun.last
        owns = self._is_possessive(noun.last - 1)  # "the army's 4th Division": the number is another unit's
        behind = [n for n in self._numbers(noun.last, min(last, noun.last + _REACH), needs) if self._leads(noun.last, n.first)]
        if behind and not owns:
            end = behind[0].last
            return [self._unit(id_, noun.first, end, number=behind[0], lead=(first, noun.first), noun=noun)], end
        if needs in ("number", "letter"):
            return [], noun.last
        own = self._own_name(first, noun.first)
        if own is not None:
            return [self._unit(id_, own[0], noun.last, name=self._folded(*own), lead=(first, own[0]), noun=noun)], noun.last
        end = noun.last if owns else self._name_behind(noun.last, last)
        if end > noun.last:
            return [self._unit(id_, noun.first, end, name=self._folded(noun.last, end), lead=(first, noun.first), noun=noun)], end
        return [], noun.last

    def _several(self, noun: Hit[tuple[str, bool]], id_: str, before: list[_Number], last: int) -> tuple[list[UnitName], int]:
        """ "The 47th and 72nd brigades"; a plain figure before a plural is a count of units."""
        told = [n for n in before if n.ordinal]
        if told:
            lead, troops = (0, told[0].first), (told[-1].last, noun.first)
            return [self._unit(id_, n.first, n.last, number=n, lead=lead, noun=noun, branch=troops) for n in told], noun.last
        behind = self._numbers(noun.last, last, "number")
        end = behind[-1].last if behind else noun.last
        return [self._unit(id_, n.first, n.last, number=n, lead=(0, noun.first), noun=noun) for n in behind], end

    def _unit(
        self,
        id_: str,
        first: int,
        last: int,
        *,
        noun: Hit[tuple[str, bool]],
        lead: tuple[int, int],
        number: _Number | None = None,
        name: str = "",
        branch: tuple[int, int] | None = None,
    ) -> UnitName:
        words = self._stretch(first, last)
        if noun.values[0][1]:
            words = f"{words} {id_.replace('-', ' ')}"  # of several units that share one plural, each gets the echelon's name
        return UnitName(
            words=words,
            echelon=id_,
            number=number.value if number else None,
            letter=number.letter if number else None,
            name=name,
            branch=self._branch(*(branch or (min(first, noun.first), self._troops_behind(max(last, noun.last))))),
            army=self._stretch(*lead),
        )

    def _troops_behind(self, index: int) -> int:
        """Where the kinds of troops end that are told behind an echelon: "II División de Infantería"."""
        at = index
        while at < len(self.words) and at not in self.breaks:
            hit = self.table.branches.at(self.words, at)
            if hit is not None:
                return hit.last
            step = self.table.at("particle", self.words, at)
            if not step:
                break
            at += step
        return index

    def _branch(self, first: int, last: int) -> str | None:
        hits = self.table.branches.find(self.words[first:last])
        return max(hits, key=lambda hit: (hit.last - hit.first, -hit.first)).values[0] if hits else None

    def _numbers(self, first: int, last: int, needs: str) -> list[_Number]:
        found: list[_Number] = []
        index = first
        while index < last:
            number = self._number(index, last, needs)
            if number is None:
                index += 1
            else:
                found.append(number)
                index = number.last
        return found

    def _number(self, index: int, last: int, needs: str) -> _Number | None:
        word = self.words[index]
        told = self.text[word.start : word.end]
        figure = _FIGURE.match(word.folded)
        if figure is not None and (not figure.group(2) or self._is_ending(figure.group(2))):
            ends = index + 1
            ordinal = bool(figure.group(2))
            if not ordinal and ends < last and self.text[word.end : self.words[ends].start] in ("-", "‑", ".", " "):
                hyphen = self.text[word.end : self.words[ends].start] != " "
                if hyphen and self._is_ending(self.words[ends].folded):
                    ordinal, ends = True, ends + 1
            return _Number(index, ends, int(figure.group(1)), ordinal=ordinal)
        hit = self.table.ordinals.at(self.words, index)
        # "The second group" tells of no unit; nor does it where everything is in capitals.
        if hit is not None and hit.last <= last and (needs != "number" or (word.capital and not self.text.isupper())):
            return _Number(index, hit.last, hit.values[0], ordinal=True)
        if needs == "letter" and (len(told) == 1 and told.isalpha() and told.isupper() and word.folded not in ("i",)):
            return _Number(index, index + 1, None, letter=word.folded)
        if needs == "letter" and self.table.at("letter", self.words, index) and word.capital:
            return _Number(index, index + 1, None, letter=word.folded[0])
        if told and told.isupper() and _ROMAN.match(told):
            return _Number(index, index + 1, _roman(told), ordinal=True)
        return None

    def _is_ending(self, letters: str) -> bool:
        return bool(self.table.kinds["ending"].get(letters)) or letters in ("º", "°", "ª")

    def _leads(self, first: int, last: int) -> bool:
        """Whether words behind an echelon lead on to its number: "Batallón de Infantería No. 42"."""
        index = first
        while index < last:
            hit = self.table.branches.at(self.words, index)
            step = hit.last - index if hit else self.table.at("filler", self.words, index) or self.table.at("particle", self.words, index)
            if not step:
                return False
            index += step
        return True

    def _own_name(self, first: int, last: int) -> tuple[int, int] | None:
        """The stretch of a name of its own before an echelon: "Golani", "Sultan Murad"; troops, fillers and armies are none."""
        start = last
        while start > first and (self._is_name(start - 1) or (start < last and self.table.at("particle", self.words, start - 1))):
            start -= 1
        end = last
        while start < end:
            step = self._no_name(start, end)
            if not step:
                break
            start += step
        while end > start and self._troops_end(start, end):
            end = self._troops_end(start, end)
        return (start, last) if end > start else None

    def _no_name(self, index: int, last: int) -> int:
        """How many words at an index say nothing of which unit it is."""
        hits = (self.table.branches.at(self.words, index), self.armies.at(self.words, index) if self.armies else None)
        steps = [hit.last - index for hit in hits if hit is not None and hit.last <= last]
        steps += [self.table.at(kind, self.words, index) for kind in ("filler", "particle", "people", "joint", "office", "rank")]
        return max(steps, default=0)

    def _troops_end(self, first: int, last: int) -> int:
        """Where the kinds of troops and fillers begin that end a stretch; 0 where none do."""
        for at in range(max(first, last - 3), last):
            hit = self.table.branches.at(self.words, at)
            if hit is not None and hit.last == last:
                return at
        return last - 1 if self.table.at("filler", self.words, last - 1) == 1 else 0

    def _is_name(self, index: int) -> bool:
        told = self.text[self.words[index].start]
        return index + 1 not in self.breaks and not told.islower() and not told.isdigit() and not self._is_possessive(index)

    def _name_behind(self, first: int, last: int) -> int:
        """Where a name behind an echelon ends: "Liwa al-Quds"."""
        index, end = first, first
        while index < last and index not in self.breaks:
            if any(self.table.at(kind, self.words, index) for kind in ("people", "office", "rank")):
                break
            if self.table.at("particle", self.words, index):
                index += 1
                continue
            if self.text[self.words[index].start].islower() or self.table.branches.at(self.words, index):
                break
            index += 1
            end = index
        return end

    def _folded(self, first: int, last: int) -> str:
        words = self.words[first:last]
        kept = [w.folded for i, w in enumerate(words) if not self.table.at("filler", words, i) and not self.table.at("particle", words, i)]
        return " ".join(kept) or " ".join(w.folded for w in words)

    def _stretch(self, first: int, last: int) -> str:
        while first < last and self.words[first].folded in ("the", "a", "an"):
            first += 1
        return " ".join(self.text[self.words[first].start : self.words[last - 1].end].split()) if first < last else ""


def _roman(letters: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in letters]
    return sum(-value if any(value < later for later in values[i + 1 : i + 2]) else value for i, value in enumerate(values))
