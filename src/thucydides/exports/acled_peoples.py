"""Of whom the words of a party tell: peoples and clans (``acled_peoples.tsv``), women, farmers, Muslims (``acled_associates.tsv``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from thucydides.exports.acled_countries import countries_in
from thucydides.exports.acled_tables import Country, countries, in_country, rows
from thucydides.lexicon import Phrases, fold, words_of

_TOLD = re.compile(
    r"(?P<name>[A-Z][\w'’]*(?:[ -]+[A-Z][\w'’]*)*)[ -]+(?P<class>sub[ -]?clan|clan|ethnic|tribe|tribal|tribesmen|clansmen)\b"
)
_CLASSES = {"clan": "Clan", "clansmen": "Clan", "ethnic": "Ethnic"}
_UNNAMED = re.compile(
    r"\b(?:(?P<clan>(?:sub[ -]?)?clans?|clans(?:man|men))|(?P<ethnic>ethnic|trib(?:e|es|al|esman|esmen)))\b", re.IGNORECASE
)
_ARMED = re.compile(r"\b(?:militia(?:s|man|men)?|gunm[ae]n|raiders?|rustlers)\b", re.IGNORECASE)
_RELIGION = re.compile(r" Group$")
_COLUMNS = ("id", "name", "words", "displaces", "countries")
_TRIBAL = ("Middle East", "South Asia")
"""Regions where ACLED speaks of tribes; elsewhere tribes are ethnic groups."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """A people, a clan or a part of one, and the country that ACLED puts behind it."""

    name: str
    kind: str  # Ethnic, Clan, Sub-Clan, Tribal, Indigenous
    country: Country | None
    within: str = ""
    home: str | None = None  # its country's code where it has only one

    def called(self, what: str) -> tuple[str, ...]:
        """Its names as a "Militia" or a "Group": a clan's beside that of the people of which it is part."""
        names = [in_country(f"{self.name} {self.kind} {what}", self.country)]
        return (*names, in_country(f"{self.within} Ethnic {what}", self.country)) if self.within else tuple(names)


def peoples_in(told: str, country: Country | None) -> list[People]:
    """The peoples that words tell of, each once: those of the table, else whatever name stands before "clan", "ethnic" or "tribe"."""
    words = words_of(told)
    hits = [
        hit for hit in _peoples().find(words) if words[hit.first].capital and _is_people(told[hit.start : hit.end], hit.values, country)
    ]
    found = [_row_for(hit.values, country) for hit in hits]
    match = _TOLD.search(told)
    if match and not any(hit.start == match.start("name") and hit.end == match.end("name") for hit in hits):
        inside = [hit for hit in hits if match.start("name") <= hit.start and hit.end <= match.end("name")]
        if not inside or "-" in match["name"]:
            found = [people for people, hit in zip(found, hits, strict=True) if hit not in inside]
            found.append(People(name=match["name"], kind=_kind(match["class"], country), country=country))
    return list(dict.fromkeys(found))


def _is_people(name: str, ids: tuple[str, ...], country: Country | None) -> bool:
    """Whether a name means a people: one that is a country's too ("Somali") only does where the people is at home outside that country."""
    return not countries_in(name) or any(country in _table()[i][2] for i in ids)


def _kind(word: str, country: Country | None) -> str:
    if word.startswith("sub"):
        return "Sub-Clan"
    return _CLASSES.get(word) or ("Tribal" if country and country.region in _TRIBAL else "Ethnic")


def _row_for(ids: tuple[str, ...], country: Country | None) -> People:
    """Of peoples of one name that of the country; its home where the country is none of its own."""
    entries = [_table()[i] for i in ids]
    name, kind, homes, within = next((entry for entry in entries if country in entry[2]), entries[0])
    home = next(code for code, one in countries().items() if one == homes[0]) if len(homes) == 1 else None
    return People(name=name, kind=kind, country=country if country in homes else homes[0], within=within, home=home)


def is_armed(told: str) -> bool:
    """Whether the words tell of a militia, gunmen or raiders."""
    return _ARMED.search(told) is not None


def unnamed(told: str, what: str, country: Country | None) -> str:
    """What ACLED calls a communal militia, or group, whose people is not told."""
    match = _UNNAMED.search(told)
    if match and match["clan"]:
        kind = "Clan"
    elif match:
        kind = "Tribal" if country and country.region in _TRIBAL and not match["ethnic"].lower().startswith("ethnic") else "Ethnic"
    else:
        kind = "Communal"
    return in_country(f"Unidentified {kind} {what}", country)


def associates_in(told: str, country: Country | None) -> tuple[str, ...]:
    """The groups that words tell of, as ACLED files them beside an actor: "Women (Kenya)", "Fur Ethnic Group (Sudan)"."""
    groups = [in_country(name, country) for name in _groups_in(told, country)]
    return tuple(dict.fromkeys([*groups, *(name for people in peoples_in(told, country) for name in people.called("Group"))]))


def faith_in(told: str) -> str | None:
    """The religion of a militia that is told by it: "Sufi Muslim" of "a Sufi Muslim militia"."""
    faiths = [name for name in _groups_in(told, None) if _RELIGION.search(name) and name.split()[0] not in ("Labor", "Vigilante")]
    return _RELIGION.sub("", faiths[0]) if faiths else None


def _groups_in(told: str, country: Country | None) -> list[str]:
    hits = dict.fromkeys(i for hit in _associates().find(words_of(told)) for i in hit.values)
    ids = [i for i in hits if not _groups()[i].lands or country in _groups()[i].lands]
    displaced = {i for one in ids for i in _groups()[one].displaces}
    return [_groups()[i].name for i in ids if i not in displaced]


@cache
def _table() -> dict[str, tuple[str, str, tuple[Country, ...], str]]:
    return {
        row["id"]: (row["name"], row["class"], tuple(countries()[code] for code in row.values("country")), row["within"])
        for row in rows("acled_peoples.tsv", "id", "name", "class", "country", "within", "words")
    }


@cache
def _peoples() -> Phrases[str]:
    table = rows("acled_peoples.tsv", "id", "name", "class", "country", "within", "words")
    return Phrases((name, row["id"]) for row in table for name in (*row.values("words"), *(() if row["within"] else (row["name"],))))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Associate:
    """A group of ``acled_associates.tsv``: its name, the groups that it stands for, and the only countries where it does, if any."""

    name: str
    displaces: tuple[str, ...]
    lands: tuple[Country, ...]


@cache
def _groups() -> dict[str, _Associate]:
    return {
        row["id"]: _Associate(
            name=row["name"], displaces=row.values("displaces"), lands=tuple(countries()[code] for code in row.values("countries"))
        )
        for row in rows("acled_associates.tsv", *_COLUMNS)
    }


@cache
def _associates() -> Phrases[str]:
    return Phrases((fold(word), row["id"]) for row in rows("acled_associates.tsv", *_COLUMNS) for word in row.values("words"))
