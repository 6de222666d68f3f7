"""What a report says of itself, whom it copies, and what is the page around it."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest

from thucydides.record import Report
from thucydides.reports import Outlets, Raw, read
from thucydides.reports.dates import day_of

ROSTER = """id\tname\taliases\tdomains\tkind\tcountry\tstands_with\tlanguages\tnote
relay\tRelay\tRelay News Agency\trelay.example\twire\tGB\t\ten\t
plains\tPlains Courier\tThe Plains Courier\tplainscourier.example | m.plains.example\tpress\tUS\t\ten\t
southwatch\tSouth Watch\tSW\tsouthwatch.example\taggregator\tRU\t\ten\t
sana\tSANA\tSyrian Arab News Agency\tsana.example\tstate\tSY\tsy-gov\ten | ar\t
monitor\tHill Monitor\t\t\tmonitor\tGB\t\ten\t
"""


@pytest.fixture(scope="module")
def outlets(tmp_path_factory: pytest.TempPathFactory) -> Outlets:
    path = tmp_path_factory.mktemp("rosters") / "outlets.tsv"
    path.write_text(ROSTER, encoding="utf-8")
    return Outlets.load(path)


def parts(report: Report, kind: str) -> list[str]:
    return [report.text[s.start : s.end] for s in report.sections if s.kind == kind]


REPOSTED = """

Video: Army Clears the Northern Hills

By [South Watch](#)

World Relay Review, March 09, 2016

[South Watch](#) 8 March 2016

Region: [Middle East](#)

Theme: [Conflict](#), [Oil](#)

The area held by the rebels is shrinking fast. On March 7, the army's Wolf Brigade took the mill, the old quarry and the school.

Late on March 7, jets bombed a brick factory 12km east of Tel Amran. Local sources said that six people died. See the [map](https://maps.example/x).

If you like our work, please support the project: PayPal: pay@southwatch.example or

via: <http://southwatch.example/donate/>

Featured image is from South Watch.

The original source of this article is [South Watch](#)

Copyright © [South Watch](#), 2016

[Comment on our articles on our Facebook page](#)

[Become a Member of World Relay Review](#)

Articles by: [South Watch](#)

Disclaimer: The contents of this article are of sole responsibility of the author(s). We will not be responsible for it.

www.review.example contains copyrighted material which its owner has not always authorized. It is distributed without profit.

For media inquiries: mail@review.example"""


def test_a_reposted_article(outlets: Outlets) -> None:
    report = read(REPOSTED, outlets=outlets)
    assert report.title == "Video: Army Clears the Northern Hills" and report.byline == "South Watch"
    assert report.source.name == "World Relay Review", "the outlet beside the later date, not the one it credits"
    assert (report.published, report.published_basis) == (date(2016, 3, 9), "header"), "the publisher's own day"
    assert report.copied_from == ("South Watch",)
    assert report.topics == ("Region: Middle East", "Theme: Conflict, Oil")
    body = parts(report, "body")
    assert len(body) == 2 and body[0].startswith("The area held") and body[1].endswith("[map](https://maps.example/x).")
    assert len(parts(report, "boilerplate")) == 11
    assert "(https" not in report.reading and "Featured" in report.text


@pytest.mark.parametrize(
    ("opening", "place", "day", "origin", "reason"),
    [
        ("BEIRUT, Jan 12 (Relay) - ", "Beirut", None, ("Relay",), "an agency's dateline without a year"),
        ("ALEPPO, Syria (Relay) – ", "Aleppo, Syria", None, ("Relay",), "a region named"),
        ("SAN SALVADOR, 12 JAN 90 (ACAN-XYZ) -- [TEXT] ", "San Salvador", date(1990, 1, 12), ("ACAN-XYZ",), "a monitoring service's"),
        ("SAN JOSE (COSTA RICA), 15 JAN 90 -- [EXCERPT] ", "San Jose (Costa Rica)", date(1990, 1, 15), (), "no agency"),
        ("HASAKA, Syria, 12 May 2016 - ", "Hasaka, Syria", date(2016, 5, 12), (), "a country behind the city, a day"),
        ("BAGHDAD/MOSUL, Iraq, May 12 - ", "Baghdad/Mosul, Iraq", None, (), "two cities, the month first"),
        ("Port-au-Prince, 12 May 2016 (RELAY).- ", "Port-au-Prince", date(2016, 5, 12), ("Relay",), "a stop before the dash"),
        ("Damascus, SANA-", "Damascus", None, ("SANA",), "an agency after a comma"),
        ("BAGHDAD - ", "Baghdad", None, (), "a place alone"),
        ("BEIRUT (Relay) ", "Beirut", None, ("Relay",), "an agency in brackets, the dash lost"),
        ("(July 5, 2022 / RELAY) ", None, date(2022, 7, 5), ("Relay",), "a day and an agency in brackets"),
        ("December 20, 2021 (KHARTOUM) – ", "Khartoum", date(2021, 12, 20), (), "the day first"),
        ("Addis Abeba – ", "Addis Abeba", None, (), "a place in small letters before a dash"),
        ("", None, None, (), "no dateline"),
        ("Syrian jets - the newest of them - ", None, None, (), "dashes of a sentence"),
    ],
)
def test_datelines(outlets: Outlets, opening: str, place: str | None, day: date | None, origin: tuple[str, ...], reason: str) -> None:
    sentence = "Government troops entered the village on Tuesday after two days of shelling, officers said."
    report = read(opening + sentence, outlets=outlets)
    assert (report.dateline_place, report.published, report.copied_from) == (place, day, origin), reason
    if place is not None:
        assert parts(report, "body") == [sentence], reason


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2 November 2017", date(2017, 11, 2)),
        ("Posted on Nov. 3rd, 2017 by admin", date(2017, 11, 3)),
        ("Last updated at Jun 062016", date(2016, 6, 6)),
        ("Published: 2017-11-03T08:15:00Z", date(2017, 11, 3)),
        ("Thursday, 4 Aug 2022, 15:01", date(2022, 8, 4)),
        ("Issued on: 02/02/2022 - 15:14", date(2022, 2, 2)),
        ("26.12.2014", date(2014, 12, 26)),
        ("12/26/2014", date(2014, 12, 26)),
        ("25 August، 2022", date(2022, 8, 25)),
        ("This story is from March 13, 2002", date(2002, 3, 13)),
        ("31 June 2017", None),
        ("45/13/2017", None),
    ],
)
def test_header_dates(outlets: Outlets, line: str, day: date | None) -> None:
    report = read(
        f"Army retakes the village\n\n{line}\n\nTroops entered the village on Tuesday, officers said in the capital.", outlets=outlets
    )
    assert report.published == day
    assert report.published_basis == ("header" if day else "unknown")


def test_numbers_that_could_be_either_are_read_day_first_and_say_so() -> None:
    found = day_of("03/04/2017")
    assert found is not None and found.day == date(2017, 4, 3) and found.unsure


def test_the_given_date_wins_and_an_unreadable_one_is_noted(outlets: Outlets) -> None:
    text = "Army retakes the village\n\n2 November 2017\n\nTroops entered the village on Tuesday, officers said."
    given = read(json.dumps({"text": text, "published": "2017-11-05"}).encode(), outlets=outlets)
    assert (given.published, given.published_basis) == (date(2017, 11, 5), "given")
    odd = read(json.dumps({"text": text, "published": "last week"}).encode(), outlets=outlets)
    assert odd.published == date(2017, 11, 2) and any("last week" in note for note in odd.notes)


@pytest.mark.parametrize(
    ("close", "origin", "reason"),
    [
        ("The original source of this article is [South Watch](#)", ("South Watch",), "said in so many words"),
        ("This article was originally published by Plains Courier.", ("Plains Courier",), "likewise"),
        ("Source: Relay News Agency", ("Relay",), "by another of its names"),
        ("Source: Valley Radio", ("Valley Radio",), "an outlet that the roster lacks"),
        ("via South Watch", ("South Watch",), "known outlets only"),
        ("via the northern road", (), "no outlet"),
        ("It was quiet later, according to a report carried by the Valley Herald.", ("Valley Herald",), "rests on another's report"),
        ("“We ran,” a farmer told Relay.", ("Relay",), "the agency's own interview"),
        ("“We ran,” a farmer told Hill Monitor.", (), "a monitor is a speaker"),
        ("The mayor reported two more dead.", (), "a mayor is a speaker"),
        ("Hill Monitor reported two more dead.", (), "so is a monitor"),
        ("Plains Courier reported that two more died.", ("Plains Courier",), "an outlet is not"),
        ("It was quiet later. (Relay)", ("Relay",), "the agency closes the text"),
        ("It was quiet later. Relay /nsm/tk", ("Relay",), "with its desk's initials"),
    ],
)
def test_credits(outlets: Outlets, close: str, origin: tuple[str, ...], reason: str) -> None:
    text = f"Army retakes the village\n\nTroops entered the village on Tuesday, officers said in the capital.\n\n{close}"
    assert read(text, outlets=outlets).copied_from == origin, reason


def test_a_publisher_does_not_copy_itself(outlets: Outlets) -> None:
    text = "BEIRUT (Relay) - Troops entered the village on Tuesday, officers said in the capital."
    assert read(json.dumps({"source": "relay.example", "text": text}).encode(), outlets=outlets).copied_from == ()


PROSE = "Troops entered the village on Tuesday after two days of shelling, officers said."
MORE = "At least twelve fighters were killed near the bridge, according to residents."


@pytest.mark.parametrize(
    ("lines", "kept", "reason"),
    [
        (["Prev Post", "Hill war | Two men killed in the east", "Next Post", "Four wounded by a mine…"], [], "the neighbours of a post"),
        (["Read more: Two men killed in the east"], [], "a link"),
        (["RELATED: Two men killed in the east"], [], "a link"),
        (["See also", "Two men killed in the east", "Four wounded by a mine"], [], "a list of headlines"),
        (["Share this article", "Facebook", "Twitter", "1,204 views"], [], "buttons"),
        (["Sign up here.", "Subscribe to our newsletter for daily updates"], [], "newsletter"),
        (["Please consider supporting our work with a donation."], [], "donations"),
        (["© 2022 Plains Courier. All rights reserved."], [], "copyright"),
        (["Reporting by Mara Lind; editing by Jon Vale"], [], "who worked on it"),
        (["Mara Lind is a freelance journalist based in Amman."], [], "author box"),
        (["Mara Lind"], [], "a signature"),
        (["For media inquiries: desk@plains.example"], [], "press contact"),
        (["The views expressed in this article are those of the author and do not necessarily reflect ours."], [], "disclaimer"),
        (["An airstrike on the market of Tel Amran (Photo: Hill News)"], [], "caption"),
        (["Editor's note: This story was updated."], [], "a note"),
        (["Please enable JavaScript to watch this video", "Hide transcript Show transcript"], [], "a player"),
        (["1:32 Hundreds mourn a driver killed near the bridge", "0:48 'We heard it all night,' says a baker"], [], "other videos"),
        (["Image 2 of 9 Soldiers at the bridge. Image by Mara Lind."], [], "a gallery"),
        (["Get email alerts on Mara Lind daily!", "Your alert preferences have been saved.", "Already have an account?"], [], "a form"),
        (["By registering you agree to our terms of service.", "Thank you for registering!"], [], "a form"),
        (["ADVERTISEMENT", "Story continues below"], [], "advertisements"),
        (["Stay with Hill News for updates."], [], "a site about itself"),
        (["14:20 Rockets hit the market of Tel Amran"], None, "a running report"),
        (["The message was sent to the commanders of both brigades on Friday."], None, "no form's answer"),
        (["Stay with the wounded, the commander told his men on Friday."], None, "no site about itself"),
        (["The Courier's reporter was killed in the attack as well."], None, "a sentence about a reporter"),
        (["Follow the road east and you meet the dead, said a medic."], None, "no social link"),
        (["“Please support our families,” said a widow, weeping in the square."], None, "a plea in a quotation"),
        (["Permission to leave the town was granted to the wounded on Friday."], None, "no legal notice"),
        (["Read the dead men's names aloud, the imam told the crowd on Friday."], None, "no link"),
    ],
)
@pytest.mark.parametrize("where", ["end", "middle"])
def test_boilerplate(outlets: Outlets, lines: list[str], kept: list[str] | None, reason: str, where: str) -> None:
    around = [PROSE, *lines] if where == "end" else [PROSE, *lines, MORE]
    report = read("Army retakes the village\n\n" + "\n\n".join(around), outlets=outlets)
    body = parts(report, "body")
    assert PROSE in body and (where == "end" or MORE in body), "what is a report stays"
    if kept is None:
        assert lines[0] in body, reason
    elif where == "end":
        assert body == [PROSE, *kept], reason


def test_a_disclaimer_above_the_report_hides_nothing(outlets: Outlets) -> None:
    report = read(f"Army retakes the village\n\n{PROSE}\n\nDisclaimer: graphic content.\n\n{MORE}\n\n{PROSE}", outlets=outlets)
    assert parts(report, "body") == [PROSE, MORE, PROSE]


@pytest.mark.parametrize(
    ("text", "body", "reason"),
    [
        (
            "Three soldiers killed in overnight strikes on the capital",
            ["Three soldiers killed in overnight strikes on the capital"],
            "a headline alone is the report",
        ),
        (
            "Three soldiers killed in overnight strikes\n\nShare\n\n12 views",
            ["Three soldiers killed in overnight strikes"],
            "so is one among buttons",
        ),
        ("Rebels shelled Homs on 4 May 2014.", ["Rebels shelled Homs on 4 May 2014."], "no outlet is called 'Rebels shelled Homs on'"),
        ("4 May 2014 rebels shelled Homs.", ["4 May 2014 rebels shelled Homs."], "nor is that a line that is a date"),
        ("Jets bombed Idlib, 4 May 2014.", ["Jets bombed Idlib, 4 May 2014."], "a sentence, with its day at the end"),
        ("clashes near the bridge now, two wounded 🚑", ["clashes near the bridge now, two wounded 🚑"], "a post"),
    ],
)
def test_something_is_always_body(outlets: Outlets, text: str, body: list[str], reason: str) -> None:
    assert parts(read(text, outlets=outlets), "body") == body, reason


def test_a_report_in_one_line(outlets: Outlets) -> None:
    text = (
        "Fri 07 Apr 2017 Army retakes the village of Tel Amran. Relay Troops entered the village on Tuesday after two days of shelling, "
        "officers said in the capital. At least twelve fighters were killed near the bridge. Read Also"
    )
    given = {"title": "Army retakes the village of Tel Amran | Plains Courier", "source": "Plains Courier", "text": text}
    report = read(json.dumps(given).encode(), outlets=outlets)
    assert report.published == date(2017, 4, 7) and report.copied_from == ("Relay",)
    assert [s.kind for s in report.sections] == ["header", "title", "header", "body", "boilerplate"]
    assert parts(report, "body")[0].startswith("Troops entered") and parts(report, "body")[0].endswith("the bridge.")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f"{PROSE} {MORE}", "en"),
        ("Las tropas entraron en el pueblo el martes tras dos días de bombardeos, dijeron los oficiales en la capital.", "es"),
        ("Войска вошли в деревню во вторник после двух дней обстрела, сообщили офицеры в столице.", "ru"),
        ("دخلت القوات القرية يوم الثلاثاء بعد يومين من القصف وقال ضباط في العاصمة إن عشرة قتلوا", "ar"),
        ("Tel Amran", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert read(text).language == language


def test_reading_is_quick(outlets: Outlets) -> None:
    text = "Army retakes the village\n\nBEIRUT (Relay) - " + "\n\n".join([f"{PROSE} {MORE} {PROSE}"] * 20)
    raw = Raw("x.json", json.dumps({"id": "1", "source": "Plains Courier", "text": text[:5000]}).encode())
    read(raw, outlets=outlets)
    took = []
    for _ in range(9):
        began = time.perf_counter()
        read(raw, outlets=outlets)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.006, "3 ms on an idle machine, doubled for a busy one"


def test_a_users_roster_goes_on_top(tmp_path: Path, outlets: Outlets) -> None:
    first, second = tmp_path / "one.tsv", tmp_path / "own.tsv"
    first.write_text(ROSTER, encoding="utf-8")
    second.write_text(
        "id\tname\tkind\tcountry\tdomains\nrelay\tRelay World\twire\tFR\trelay.example\nplains\t-\n"
        "Bad Id\tX\tpress\nnew\tNew Post\tgazette\nlate\tLate Post\tpress\tusa\nlate2\tLate Post\tpress\tUS\thttps://x/y\n"
        "fine\tFine Post\tpress\tUS\n",
        encoding="utf-8",
    )
    roster = Outlets.load(first, second)
    assert roster.identify_source("www.relay.example/news/1").name == "Relay World"
    assert roster.identify_source("Plains Courier").id is None, "removed"
    assert roster.identify_source("fine post").id == "fine"
    own = [error for error in roster.errors if error.file == "own.tsv"]
    assert [error.line for error in own] == [4, 5, 6, 7] and all(error.remedy for error in own)


@pytest.mark.parametrize(
    ("told", "known", "reason"),
    [
        ("The Plains Courier", "plains", "an article before it"),
        ("https://www.plainscourier.example/2017/x.html", "plains", "an address"),
        ("en.plainscourier.example", "plains", "a host below its domain"),
        ("Syrian Arab News Agency", "sana", "another name"),
        ("courier", None, "part of a name is no name"),
        ("notplainscourier.example", None, "another domain"),
    ],
)
def test_identify_source(outlets: Outlets, told: str, known: str | None, reason: str) -> None:
    assert outlets.identify_source(told).id == known, reason
