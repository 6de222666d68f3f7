"""Parties as ACLED names them: cases from every region, and the tables behind them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from thucydides.actors import Actors
from thucydides.exports.acled_actors import INTERS, Scene, _filings, file_party
from thucydides.exports.acled_countries import country_of_text, home_of, roster_homes
from thucydides.exports.acled_governments import _governments, force
from thucydides.exports.acled_groups import _groups, filled, group
from thucydides.exports.acled_peoples import _table, associates_in, peoples_in
from thucydides.exports.acled_sides import sides
from thucydides.exports.acled_tables import countries, in_period, sub_events
from thucydides.exports.flat import Flat

ACTORS = Actors.load()
ATTACK, CLASH, STRIKE = "Attack", "Armed clash", "Air/drone strike"
PROTEST, BROKEN_UP, MOB, ARRESTS = "Peaceful protest", "Protest with intervention", "Mob violence", "Arrests"


def scene(event: str, code: str | None, day: str) -> Scene:
    return Scene(code=code, day=date.fromisoformat(day), sub_event=sub_events()[event], homes=roster_homes())


def party(role: str, words: str, actor: str | None, kind: str | None = None) -> tuple[Flat, list[str]]:
    """A party as told, of a roster entry or of a kind that the coder guessed."""
    entry = ACTORS.by_id[actor] if actor else None
    flat: Flat = {"role": role, "kind": entry.kind if entry else kind, "actor": actor}
    return flat, [words, *([entry.name] if entry else [])]


# event, country, day, role, words, roster id (or a kind after a colon), what ACLED files
CASES = [
    # state forces, by the day
    (CLASH, "KE", "2022-01-01", "initiator", "soldiers", "generic-soldiers", ["Military Forces of Kenya (2013-2022)"]),
    (CLASH, "KE", "2023-01-01", "initiator", "KDF troops", "ke-army", ["Military Forces of Kenya (2022-)"]),
    (ATTACK, "SD", "2019-03-01", "initiator", "police", "generic-police", ["Police Forces of Sudan (1989-2019)"]),
    (ATTACK, "SD", "2019-05-01", "initiator", "police", "generic-police", ["Police Forces of Sudan (2019-)"]),
    (ATTACK, "ET", "2021-03-01", "initiator", "Eritrean soldiers", "generic-soldiers", ["Military Forces of Eritrea (1993-)"]),
    (STRIKE, "SY", "2018-03-01", "initiator", "Russian jets", "generic-air-force", ["Military Forces of Russia (2000-)"]),
    (STRIKE, "SY", "2022-03-01", "initiator", "Israeli warplanes", "il-air-force", ["Military Forces of Israel (2021-2022)"]),
    (STRIKE, "IQ", "2020-01-03", "initiator", "US forces", "us-army", ["Military Forces of the United States (2017-2021)"]),
    (STRIKE, "YE", "2024-01-12", "initiator", "British warplanes", "generic-air-force",
     ["Military Forces of the United Kingdom (2022-2024)"]),
    (CLASH, "MM", "2022-02-01", "initiator", "the Tatmadaw", "mm-army", ["Military Forces of Myanmar (2021-)"]),
    (CLASH, "PH", "2023-02-01", "initiator", "army troops", "generic-troops", ["Military Forces of the Philippines (2022-)"]),
    (CLASH, "UA", "2023-02-01", "target", "Ukrainian army", "ua-army", ["Military Forces of Ukraine (2019-)"]),
    (CLASH, "CO", "2021-02-01", "target", "soldiers", "generic-soldiers", ["Military Forces of Colombia (2018-2022)"]),
    (ARRESTS, "MX", "2020-02-01", "initiator", "National Guard", "mx-national-guard",
     ["Police Forces of Mexico (2018-2024) National Guard"]),
    (ARRESTS, "IN", "2024-02-01", "initiator", "CRPF personnel", "in-crpf",
     ["Police Forces of India (2014-) Central Reserve Police Force"]),
    (ATTACK, "VE", "2019-02-01", "initiator", "FAES agents", "ve-faes", ["Police Forces of Venezuela (2013-) Special Action Forces"]),
    (ARRESTS, "ER", "2017-05-01", "initiator", "security forces", "generic-security-forces", ["Police Forces of Eritrea (1993-)"]),
    (CLASH, "NG", "2017-05-01", "initiator", "security forces", "generic-security-forces", ["Military Forces of Nigeria (2015-2023)"]),
    (ATTACK, "KE", "2023-05-01", "initiator", "prison guards", "generic-prison-guards", ["Police Forces of Kenya (2022-) Prison Guards"]),
    (ATTACK, "KE", "2023-05-01", "initiator", "KWS rangers", "ke-kws", ["Police Forces of Kenya (2022-) Kenya Wildlife Service"]),
    (ATTACK, None, "2023-05-01", "initiator", "soldiers", "generic-soldiers", ["Unidentified Military Forces"]),
    ("Agreement", "SO", "2018-05-01", "initiator", "Somalia", "so", ["Government of Somalia (2017-2022)"]),
    (CLASH, "SO", "2018-05-01", "initiator", "Somaliland", "xs", ["Military Forces of Somaliland (2010-)"]),
    (ATTACK, "SO", "2023-05-01", "target", "a lawmaker", "off-lawmakers", ["Civilians (Somalia)", "Government of Somalia (2022-)"]),
    # missions and others from outside
    (CLASH, "SO", "2015-05-01", "initiator", "AMISOM", "amisom", ["AMISOM: African Union Mission in Somalia (2007-2022)"]),
    (CLASH, "SS", "2015-05-01", "target", "UNMISS", "unmiss", ["UNMISS: United Nations Mission in South Sudan (2011-)"]),
    (CLASH, "ML", "2023-05-01", "initiator", "Wagner", "wagner-africa", ["Wagner Group"]),
    (ATTACK, "ZA", "2023-05-01", "initiator", "security guards", "generic-security-guards", ["Private Security Forces (South Africa)"]),
    # groups under ACLED's names, by the day
    (ATTACK, "SO", "2023-05-01", "initiator", "al-Shabaab militants", "so-shabaab", ["Al Shabaab"]),
    (ATTACK, "SD", "2017-05-01", "initiator", "RSF", "sd-rsf", ["Military Forces of Sudan (1989-2019) Rapid Support Forces"]),
    (ATTACK, "SD", "2022-05-01", "initiator", "RSF", "sd-rsf", ["Military Forces of Sudan (2019-2023) Rapid Support Forces"]),
    (ATTACK, "SD", "2023-05-01", "initiator", "RSF", "sd-rsf", ["Rapid Support Forces"]),
    (ATTACK, "ET", "2022-05-01", "initiator", "OLF-Shane", "et-ola", ["OLF: Oromo Liberation Front (Shane Splinter Faction)"]),
    (ATTACK, "CD", "2024-05-01", "initiator", "M23 rebels", "cd-m23", ["M23: March 23 Movement"]),
    (ATTACK, "BF", "2022-05-01", "initiator", "JNIM", "ml-jnim", ["JNIM: Group for Support of Islam and Muslims"]),
    (ATTACK, "NG", "2022-05-01", "initiator", "ISWAP fighters", "ng-iswap", ["ISWAP: Islamic State West Africa Province"]),
    (ATTACK, "YE", "2015-05-01", "initiator", "the Houthis", "ye-houthis", ["Houthi Movement"]),
    (ATTACK, "YE", "2020-05-01", "initiator", "the Houthis", "ye-houthis", ["Military Forces of Yemen (2016-) Supreme Political Council"]),
    (CLASH, "SY", "2019-02-01", "initiator", "SDF fighters", "sy-sdf", ["QSD: Syrian Democratic Forces"]),
    (CLASH, "AF", "2020-05-01", "initiator", "Taliban", "taliban", ["Taliban"]),
    (CLASH, "AF", "2022-05-01", "initiator", "Taliban", "taliban", ["Military Forces of Afghanistan (2021-) Taliban"]),
    (ATTACK, "PK", "2023-05-01", "initiator", "TTP", "ttp", ["TTP: Tehreek-i-Taliban Pakistan"]),
    (CLASH, "PH", "2021-05-01", "initiator", "NPA rebels", "ph-npa", ["NPA: New People's Army"]),
    (CLASH, "CO", "2021-05-01", "initiator", "ELN", "co-eln", ["ELN: National Liberation Army"]),
    (ATTACK, "MX", "2021-05-01", "initiator", "CJNG gunmen", "mx-cjng", ["Jalisco New Generation Cartel"]),
    (ATTACK, "HT", "2022-05-01", "initiator", "400 Mawozo", "ht-400-mawozo", ["400 Mawozo Gang"]),
    (ATTACK, "UA", "2016-05-01", "initiator", "DPR forces", "ua-dpr", ["NAF: United Armed Forces of Novorossiya"]),
    # armed people without a name
    (ATTACK, "KE", "2022-05-01", "initiator", "gunmen", "generic-gunmen", ["Unidentified Armed Group (Kenya)"]),
    (ATTACK, "BR", "2022-05-01", "initiator", "gang members", ":generic", ["Unidentified Gang (Brazil)"]),
    (ATTACK, "NG", "2022-05-01", "initiator", "vigilantes", "generic-vigilantes", ["Vigilante Militia (Nigeria)"]),
    (ATTACK, "NG", "2022-05-01", "initiator", "attackers", ":generic", []),
    # peoples and clans
    (ATTACK, "SS", "2022-05-01", "initiator", "Murle raiders", "ss-murle", ["Murle Ethnic Militia (South Sudan)"]),
    (ATTACK, "NG", "2022-05-01", "initiator", "Fulani herders", "communal-herders",
     ["Fulani Ethnic Militia (Nigeria)", "Pastoralists (Nigeria)"]),
    (CLASH, "SO", "2022-05-01", "initiator", "Hawadle clan militia", "so-hawadle", ["Hawadle Clan Militia (Somalia)"]),
    (CLASH, "SO", "2022-05-01", "initiator", "Tulyar sub-clan militia", "communal-clan", ["Tulyar Sub-Clan Militia (Somalia)"]),
    (CLASH, "SO", "2022-05-01", "initiator", "clan militia", "communal-clan", ["Unidentified Clan Militia (Somalia)"]),
    (CLASH, "YE", "2022-05-01", "initiator", "armed tribesmen", "generic-tribesmen", ["Unidentified Tribal Militia (Yemen)"]),
    (CLASH, "TD", "2022-05-01", "initiator", "cattle raiders", "communal-cattle-raiders", ["Unidentified Communal Militia (Chad)"]),
    (CLASH, "SD", "2021-05-01", "target", "Amhara militia", "et-fano", ["Amhara Ethnic Militia (Ethiopia)"]),
    (CLASH, "SS", "2021-05-01", "target", "Bor Dinka fighters", "ss-dinka-bor",
     ["Bor Clan Militia (South Sudan)", "Dinka Ethnic Militia (South Sudan)"]),
    (ATTACK, "SD", "2021-05-01", "target", "Misseriya herders", "sd-misseriya",
     ["Civilians (Sudan)", "Pastoralists (Sudan)", "Misseriya Ethnic Group (Sudan)"]),
    (ATTACK, "CF", "2021-05-01", "initiator", "Christian militiamen", ":generic", ["Christian Militia (Central African Republic)"]),
    # unarmed people, and whom they are of
    (ATTACK, "KE", "2021-05-01", "target", "a woman", "civilian-women", ["Civilians (Kenya)", "Women (Kenya)"]),
    (ATTACK, "SD", "2021-05-01", "target", "a Fur farmer", "civilian-farmers",
     ["Civilians (Sudan)", "Farmers (Sudan)", "Fur Ethnic Group (Sudan)"]),
    (ATTACK, "ET", "2021-05-01", "target", "Orthodox Christians", "civilian-christians",
     ["Civilians (Ethiopia)", "Orthodox Christian Group (Ethiopia)"]),
    (ATTACK, "MX", "2021-05-01", "target", "the journalist", "civilian-journalists", ["Civilians (Mexico)", "Journalists (Mexico)"]),
    (ATTACK, "ET", "2021-05-01", "target", "houses of farmers", ":object", ["Civilians (Ethiopia)", "Farmers (Ethiopia)"]),
    (ATTACK, "ET", "2021-05-01", "target", "a bridge", ":object", []),
    (ATTACK, "SO", "2021-05-01", "target", "the Somali adviser", ":other", []),
    (ATTACK, "SO", "2021-05-01", "target", "foreigners", "civilian-foreign-workers", ["Civilians (International)"]),
    (ATTACK, "UG", "2021-05-01", "initiator", "residents", "off-residents", ["Rioters (Uganda)"]),
    (ATTACK, "SY", "2021-05-01", "initiator", "witnesses", "off-witnesses", []),
    # crowds
    (PROTEST, "KE", "2021-05-01", "initiator", "students", "civilian-students", ["Protesters (Kenya)", "Students (Kenya)"]),
    (MOB, "KE", "2021-05-01", "initiator", "Muslim youths", "crowd-youths", ["Rioters (Kenya)", "Muslim Group (Kenya)"]),
    (PROTEST, "IN", "2021-05-01", "initiator", "BJP", "bjp", ["Protesters (India)", "BJP: Bharatiya Janata Party"]),
    (PROTEST, "FR", "2021-05-01", "target", "the French government", "fr", []),
]  # fmt: skip


@pytest.mark.parametrize(("event", "code", "day", "role", "words", "actor", "filed"), CASES)
def test_parties_are_filed_as_acled_names_them(
    event: str, code: str | None, day: str, role: str, words: str, actor: str, filed: list[str]
) -> None:
    told = party(role, words, None, actor[1:]) if actor.startswith(":") else party(role, words, actor)
    assert [one.name for one in file_party(*told, scene(event, code, day))] == filed


def test_kinds_of_actor_are_acleds_at_home_and_abroad() -> None:
    def inter(event: str, code: str, day: str, words: str, actor: str) -> str:
        return file_party(*party("initiator", words, actor), scene(event, code, day))[0].inter

    assert inter(ATTACK, "ET", "2021-05-01", "Eritrean troops", "er-army") == "External/Other forces"
    assert inter(ATTACK, "ER", "2021-05-01", "Eritrean troops", "er-army") == "State forces"
    assert inter(ATTACK, "AF", "2020-05-01", "Taliban", "taliban") == "Rebel group"
    assert inter(ATTACK, "AF", "2022-05-01", "Taliban", "taliban") == "State forces"
    assert inter(ATTACK, "ET", "2022-05-01", "Fano", "et-fano") == "Political militia"


def names(event: str, code: str, *parties: tuple[Flat, list[str]]) -> tuple[list[str], list[str]]:
    first, second = sides(parties, scene(event, code, "2023-05-01"))
    return [one.name for one in first], [one.name for one in second]


def test_protesters_come_first() -> None:
    police, crowd = party("initiator", "police", "generic-police"), party("target", "protesters", "crowd-protesters")
    assert names(BROKEN_UP, "UG", police, crowd) == (["Protesters (Uganda)"], ["Police Forces of Uganda (1986-)"])
    assert names(PROTEST, "UG", party("initiator", "protesters", "crowd-protesters")) == (["Protesters (Uganda)"], [])


def test_armed_men_without_a_name_are_those_who_have_one() -> None:
    gunmen, group_ = party("initiator", "gunmen", "generic-gunmen"), party("initiator", "al-Shabaab", "so-shabaab")
    assert names(ATTACK, "SO", gunmen, group_) == (["Al Shabaab"], ["Civilians (Somalia)"])


def test_peoples_beside_civilians_are_theirs_and_civilians_are_no_side_of_a_battle() -> None:
    militia = party("initiator", "Marehan clan militia", "so-marehan")
    traders, clan = party("target", "two traders", "civilian-traders"), party("target", "Hawadle clan", "so-hawadle")
    victims = ["Civilians (Somalia)", "Labor Group (Somalia)", "Hawadle Clan Group (Somalia)"]
    assert names(CLASH, "SO", militia, traders, clan)[1] == victims
    army = party("target", "soldiers", "generic-soldiers")
    assert names(CLASH, "SO", militia, army, party("target", "three women", "civilian-women"))[1][0] == "Military Forces of Somalia (2022-)"


CIRCUMSTANCES = [
    # event, country, initiator, target, words of the event, what is filed on either side, reason
    (MOB, "KE", ("residents", "off-residents"), ("a man", "civilian-men"), "Residents lynched a man accused of theft.",
     (["Rioters (Kenya)", "Vigilante Group (Kenya)"], ["Civilians (Kenya)"]), "mob justice"),
    (ATTACK, "CD", ("gunmen", "generic-gunmen"), ("nine people", "civilian-people"), "Gunmen killed nine people in an IDP camp.",
     (["Unidentified Armed Group (Democratic Republic of Congo)"],
      ["Civilians (Democratic Republic of Congo)", "Refugees/IDPs (Democratic Republic of Congo)"]), "where the displaced live"),
    (ATTACK, "PK", ("gunmen", "generic-gunmen"), ("two men", "civilian-men"), "Gunmen shot two men in a mosque.",
     (["Unidentified Armed Group (Pakistan)"], ["Civilians (Pakistan)", "Muslim Group (Pakistan)"]), "where they pray"),
    (CLASH, "PK", ("gunmen", "generic-gunmen"), ("soldiers", "generic-soldiers"), "Gunmen fought soldiers near a mosque.",
     (["Unidentified Armed Group (Pakistan)"], ["Military Forces of Pakistan (2022-)"]), "soldiers are no civilians"),
]  # fmt: skip


@pytest.mark.parametrize(("event", "code", "initiator", "target", "words", "filed", "reason"), CIRCUMSTANCES)
def test_circumstances_tell_of_the_unarmed(
    event: str, code: str, initiator: tuple[str, str], target: tuple[str, str], words: str, filed: tuple[list[str], list[str]], reason: str
) -> None:
    at = replace(scene(event, code, "2023-02-01"), words=words)
    told = sides([party("initiator", *initiator), party("target", *target)], at)
    assert tuple([actor.name for actor in side] for side in told) == filed, reason


def test_the_narrower_group_stands_for_the_wider_and_a_people_beside_a_crowd_has_no_militia() -> None:
    christians, orthodox = party("target", "Christians", "civilian-christians"), party("target", "Orthodox priests", "civilian-clergy")
    gunmen = party("initiator", "gunmen", "generic-gunmen")
    told = names(ATTACK, "EG", gunmen, christians, orthodox)[1]
    assert told == ["Civilians (Egypt)", "Orthodox Christian Group (Egypt)"]
    youths, clan = party("initiator", "youths", "crowd-youths"), party("initiator", "Hawadle clan", "so-hawadle")
    assert names(MOB, "SO", youths, clan)[0] == ["Rioters (Somalia)", "Hawadle Clan Group (Somalia)"]


def test_where_raiders_come_from_is_no_party() -> None:
    raiders, state = party("initiator", "Murle raiders", "ss-murle"), party("initiator", "South Sudan", "ss")
    assert names(ATTACK, "ET", raiders, state)[0] == ["Murle Ethnic Militia (Ethiopia)"]


def test_countries_of_parties_and_texts() -> None:
    assert home_of("generic-soldiers", "Eritrean soldiers", {}) == "ER"
    assert home_of("ke-police", "police", roster_homes()) == "KE"
    assert home_of("generic-police", "police", roster_homes()) is None
    assert country_of_text("South Sudan said that Sudan and the South Sudanese army agreed.") == "SS"
    assert country_of_text("Nobody knows where.") is None


def test_forces_have_no_brackets_where_no_government_is_known() -> None:
    assert force("military", "LY", date(2014, 1, 1)) == "Military Forces of Libya"
    assert force("police", "KE", None) == "Police Forces of Kenya (2022-)"
    assert filled("{police} Prison Guards", None, None) == "Unidentified Police Forces Prison Guards"
    assert group("so-shabaab", None) is not None and group("ke", None) is None


def test_periods_end_with_their_year_month_or_day() -> None:
    assert in_period(date(2019, 12, 31), "2019", "2019") and not in_period(date(2020, 1, 1), "2019", "2019")
    assert in_period(date(2019, 4, 30), "", "2019-04") and not in_period(date(2019, 4, 30), "2019-05-01", "")


def test_peoples_by_country() -> None:
    assert [people.name for people in peoples_in("Awrgale clan militia", countries()["SO"])] == ["Awrgale"]
    assert peoples_in("fur traders", countries()["SD"]) == [], "a people is written with a capital"
    assert associates_in("a Somali girl", countries()["KE"]) == ("Women (Kenya)", "Somali Ethnic Group (Kenya)")
    assert associates_in("a Somali girl", countries()["SO"]) == ("Women (Somalia)",)


def test_the_tables_are_whole() -> None:
    known = {country.iso3 for country in countries().values()} | {"XS"}
    assert len(_governments()) > 150 and _governments().keys() <= known
    for governments in _governments().values():
        assert [one.since for one in governments] == sorted(one.since for one in governments)
        assert all(not one.until or one.since[:4] <= one.until for one in governments)
    assert len(_groups()) > 600 and not _groups().keys() - ACTORS.by_id.keys()
    assert {one.inter for names_ in _groups().values() for one in names_} <= {"", *INTERS}
    peoples = {row[0] for row in _table().values()}
    assert len(peoples) > 250 and {row[3] for row in _table().values()} <= peoples | {""}
    for filing in _filings():
        assert filing.inter in INTERS or filing.name == "-"
        types = {"victims", *sub_events(), *(one.event_type for one in sub_events().values())}
        assert filing.events <= types and filing.roles <= {"initiator", "target"}
        assert all(word in ACTORS.by_id for word in filing.words if "-" in word)
