"""``thuc incidents``, ``judge``, ``split``, ``merges``, ``timeline`` and ``sources``: what many reports together let us hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from thucydides.desk.filters import (
    ActorOption,
    Asked,
    CountryOption,
    FromOption,
    LimitOption,
    PlaceOption,
    SourceOption,
    ToOption,
    TypeOption,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thucydides.archive import Archive, IncidentFilter
    from thucydides.exports.flat import Flat
    from thucydides.incidents import Account, Weigher
    from thucydides.record import Incident, Judgement

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
NOTHING = "the archive holds no incidents yet: 'thuc read PATH...' fills it"
ClaimArgument = Annotated[str, typer.Argument(help="Id of a claim, or its beginning.", metavar="CLAIM")]
WhyOption = Annotated[str | None, typer.Option("--why", help="Why, in your words: it is kept with the judgement.", metavar="WORDS")]
NameOption = Annotated[str | None, typer.Option("--by", help="Who judges; else your user name.", metavar="NAME")]


def incidents(
    actor: ActorOption = None,
    place: PlaceOption = None,
    country: CountryOption = None,
    since: FromOption = None,
    until: ToOption = None,
    type_: TypeOption = None,
    source: SourceOption = None,
    disputed: Annotated[
        bool | None, typer.Option("--disputed/--undisputed", help="Only those in which accounts contradict each other, or none.")
    ] = None,
    min_grade: Annotated[
        str | None, typer.Option("--min-grade", help="discounted, weak, contested, fair or confirmed: this or better.", metavar="GRADE")
    ] = None,
    limit: LimitOption = None,
    json: JsonOption = False,
) -> None:
    """List incidents, by day: claims of many reports weighed into one event each. Without --json and --limit the first 50."""
    from thucydides.desk.console import out, words
    from thucydides.desk.incident_tables import incidents_table
    from thucydides.desk.settings import Settings
    from thucydides.desk.telling import some
    from thucydides.desk.weighing import weighed
    from thucydides.exports import flatten_incident

    asked = _filter(
        Asked(
            actor=actor, place=place, country=country, since=since, until=until, type=type_, source=source,
            limit=limit if limit or json else 50,
        ),
        disputed, min_grade,
    )  # fmt: skip
    with weighed(Settings.read()) as (archive, _):
        if json:
            _print_all(flatten_incident(one) for page in archive.incidents(asked) for one in page)
            return
        found = [one for page in archive.incidents(asked) for one in page]
        console = out()
        if not found:
            empty = archive.count_incidents() == 0
            console.print(words(NOTHING if empty else "no incident passes these filters"))
            return
        console.print(incidents_table(found))
        total = archive.count_incidents(asked)
        rest = "" if total <= len(found) else f" of {total:,}; --limit shows more, filters fewer"
        console.print(words(f"{some(len(found), 'incident')}{rest}. 'thuc show ID' shows one with its witnesses side by side."))


def _filter(asked: Asked, disputed: bool | None, min_grade: str | None) -> IncidentFilter:
    from dataclasses import fields

    from thucydides.archive import IncidentFilter
    from thucydides.archive.asked import GRADES
    from thucydides.errors import BadSetting

    if min_grade is not None and min_grade not in GRADES:
        raise BadSetting(f"--min-grade: {min_grade!r} is no grade", remedy=f"Grades are: {', '.join(GRADES)}.")
    told = asked.filter()
    same = {field.name: getattr(told, field.name) for field in fields(told)}
    return IncidentFilter(**same, disputed=disputed, min_grade=min_grade)


def _print_all(objects: Iterable[Flat]) -> None:
    from json import dumps

    for one in objects:
        typer.echo(dumps(one, ensure_ascii=False))


def judge(
    one: ClaimArgument,
    other: ClaimArgument,
    same: Annotated[bool, typer.Option("--same", help="They are one event.")] = False,
    different: Annotated[bool, typer.Option("--different", help="They are two events.")] = False,
    back: Annotated[bool, typer.Option("--back", help="Take the last judgement of the two back.")] = False,
    why: WhyOption = None,
    by: NameOption = None,
) -> None:
    """Show why two claims are, or are not, held to be one event; with --same or --different judge it yourself.

    What you judge stands above every weight. Of several judgements of a pair the last one stands, and all are kept.
    """
    from thucydides.desk.settings import Settings
    from thucydides.desk.weighing import weighed
    from thucydides.errors import BadSetting
    from thucydides.record import Verdict

    if same + different + back > 1:
        raise BadSetting("--same, --different and --back exclude each other", remedy="Give one of them.")
    with weighed(Settings.read()) as (archive, scale):
        pair = archive.recall_claim(one).id, archive.recall_claim(other).id
        if pair[0] == pair[1]:
            raise BadSetting(f"{one!r} and {other!r} are one claim", remedy="Give two.")
        if back:
            archive.take_back(*pair)
            _moved(archive, scale, pair)
        elif same or different:
            _judged(archive, scale, pair, Verdict.SAME if same else Verdict.DIFFERENT, why, by)
        else:
            _explain(archive, scale, pair)


def split(
    incident: Annotated[str, typer.Argument(help="Id of an incident, or its beginning.", metavar="INCIDENT")],
    claim: ClaimArgument,
    why: WhyOption = None,
    by: NameOption = None,
) -> None:
    """Take a claim out of an incident: it is judged different from every other claim in it."""
    from thucydides.desk.settings import Settings
    from thucydides.desk.weighing import weighed
    from thucydides.errors import NotKept
    from thucydides.record import Verdict

    with weighed(Settings.read()) as (archive, scale):
        whole, out = archive.recall_incident(incident), archive.recall_claim(claim).id
        if out not in whole.claims:
            raise NotKept(f"claim {out!r} is not in incident {whole.id}", remedy=f"Its claims are {', '.join(whole.claims)}.")
        if len(whole.claims) == 1:
            raise NotKept(f"incident {whole.id} has no other claim", remedy="There is nothing to take it from.")
        for other in whole.claims:
            if other != out:
                _keep(archive, (out, other), Verdict.DIFFERENT, why, by)
        _moved(archive, scale, whole.claims)


def _judged(archive: Archive, scale: Weigher, pair: tuple[str, str], verdict: object, why: str | None, by: str | None) -> None:
    from thucydides.desk.console import out, words

    before = [one for one in archive.judgements() if {one.one, one.other} == set(pair)]
    _keep(archive, pair, verdict, why, by)
    if before and before[-1].verdict != verdict:
        said = before[-1]
        out().print(words(f"This contradicts {said.by or 'somebody'}, who judged them {said.verdict}: both are kept, the new one stands."))
    _moved(archive, scale, pair)


def _keep(archive: Archive, pair: tuple[str, str], verdict: object, why: str | None, by: str | None) -> None:
    from datetime import UTC, datetime
    from getpass import getuser

    from thucydides.record import Judgement, Verdict

    judgement: Judgement = Judgement(
        one=pair[0], other=pair[1], verdict=Verdict(str(verdict)), reasons=(why,) if why else (), by=by or getuser(), at=datetime.now(UTC)
    )
    archive.keep_judgement(judgement)


def _moved(archive: Archive, scale: Weigher, claims: tuple[str, ...]) -> None:
    from thucydides.chronicle import reconsider
    from thucydides.desk.console import out, words

    reconsider(archive, scale, claims)
    homes = dict.fromkeys(filter(None, (archive.incident_of(claim) for claim in claims)))
    out().print(words(f"Now in {'one incident' if len(homes) == 1 else f'{len(homes)} incidents'}: {', '.join(homes)}"))


def _explain(archive: Archive, scale: Weigher, pair: tuple[str, str]) -> None:
    from thucydides.desk.console import out, words
    from thucydides.record import Verdict

    console = out()
    one, other = (_account(archive, scale, claim) for claim in pair)
    verdict = scale.judge.judge(one, other)
    chance = "" if verdict.score is None else f", log odds {verdict.score:+.1f}"
    console.print(words(f"{verdict.verdict}{chance}", "bold"))
    for reason in verdict.reasons:
        console.print(words(f"  {reason}"))
    said = [judgement for judgement in archive.judgements() if {judgement.one, judgement.other} == set(pair)]
    for judgement in said:
        console.print(words(f"judged {judgement.verdict} by {judgement.by}: {'; '.join(judgement.reasons) or 'no reason given'}", "cyan"))
    if len({judgement.verdict for judgement in said}) > 1:
        console.print(words("These judgements contradict each other; the last one stands."))
    homes = [archive.incident_of(claim) for claim in pair]
    if homes[0] == homes[1]:
        console.print(words(f"Held to be one event, {homes[0]}"))
        return
    console.print(words(f"Held apart: {homes[0]} and {homes[1]}"))
    if verdict.verdict is Verdict.SAME and not said:
        console.print(words(f"  {_why_apart(archive, [str(home) for home in homes])}"))


def _why_apart(archive: Archive, homes: list[str]) -> str:
    """Why two claims stand in two incidents although they alone would be one event."""
    reports = [set(archive.recall_incident(home).reports) for home in homes]
    both = sorted(reports[0] & reports[1])
    if both:
        return f"report {both[0]} tells both incidents, as two happenings"
    return "the other claims of the two incidents are less alike: taken together they are not likely enough one event"


def _account(archive: Archive, scale: Weigher, claim: str) -> Account:
    from thucydides.archive import ClaimFilter
    from thucydides.errors import NotKept

    of = archive.recall_claim(claim)
    claims = [one for page in archive.claims(ClaimFilter(report=of.report)) for one in page]
    found = next((one for one in scale.accounts(archive.recall_report(of.report), claims) if one.claim == of.id), None)
    if found is None:
        raise NotKept(f"claim {of.id!r} is a {of.kind} and tells no event", remedy="Only events are judged.")
    return found


def merges(
    review: Annotated[bool, typer.Option("--review", help="Pairs that could be one event, the most doubtful first.")] = False,
    limit: LimitOption = None,
) -> None:
    """List what was judged: by people, or with --review the pairs that the program is unsure of and a person should look at."""
    from thucydides.desk.console import out, table_of, words
    from thucydides.desk.settings import Settings
    from thucydides.desk.weighing import weighed

    with weighed(Settings.read()) as (archive, scale):
        said = _doubtful(archive, scale, limit or 50) if review else archive.judgements()[: limit or 50]
        if not said:
            out().print(words("no pair is doubtful" if review else "nobody has judged anything yet: 'thuc judge CLAIM CLAIM --same' does"))
            return
        heads = ("claims", "verdict", "score", "why", "by")
        rows = ((f"{one.one[:8]} {one.other[:8]}", str(one.verdict), _score(one), "; ".join(one.reasons[:3]), one.by) for one in said)
        out().print(table_of(heads, rows))
        if review:
            out().print(words("'thuc judge CLAIM CLAIM --same' or '--different' decides one."))


def _score(judgement: Judgement) -> str:
    return "" if judgement.score is None else f"{judgement.score:+.1f}"


def _doubtful(archive: Archive, scale: Weigher, limit: int) -> list[Judgement]:
    """Pairs that nobody has judged: those likely one event that are held apart, then those whose score is near zero."""
    from thucydides.record import Verdict

    told = {frozenset((one.one, one.other)) for one in archive.judgements()}
    found: dict[frozenset[str], Judgement] = {}
    with archive.weighing(scale.by) as weighing:
        for page in archive.incidents():
            for incident in page:
                one = weighing.shelf.get(incident.claims[0])
                for other in weighing.shelf.near(one) if one is not None else ():
                    pair = frozenset((incident.claims[0], other.claim))
                    if one is None or pair in told or pair in found:
                        continue
                    verdict = scale.judge.judge(one, other)
                    held = verdict.verdict is Verdict.SAME and archive.incident_of(other.claim) == incident.id
                    if verdict.verdict is Verdict.UNSURE or (verdict.verdict is Verdict.SAME and not held):
                        found[pair] = verdict
    return sorted(found.values(), key=lambda one: (one.verdict is Verdict.UNSURE, abs(one.score or 0.0)))[:limit]


def timeline(
    name: Annotated[str, typer.Argument(help="Roster id of an actor, or words of an actor's or place's name.", metavar="ACTOR|PLACE")],
    since: FromOption = None,
    until: ToOption = None,
    limit: LimitOption = None,
    json: JsonOption = False,
) -> None:
    """Show what an actor, or a place, went through: its incidents by day."""
    from thucydides.desk.console import out, words
    from thucydides.desk.incident_tables import timeline_lines
    from thucydides.desk.settings import Settings
    from thucydides.desk.weighing import weighed
    from thucydides.exports import flatten_incident

    with weighed(Settings.read()) as (archive, _):
        found: dict[str, Incident] = {}
        for asked in (Asked(actor=name, since=since, until=until, limit=limit), Asked(place=name, since=since, until=until, limit=limit)):
            found.update((one.id, one) for page in archive.incidents(_filter(asked, None, None)) for one in page)
        told = sorted(found.values(), key=lambda one: (str(one.event.when.start if one.event.when else None), one.id))[:limit]
        if json:
            _print_all(flatten_incident(one) for one in told)
            return
        if not told:
            out().print(words(f"no incident names {name!r} as an actor or a place"))
        for line in timeline_lines(told):
            out().print(line)


def sources(json: JsonOption = False) -> None:
    """Show every outlet: how often it is first, copied and contradicted, and whom its words and figures favour. Counts, no scores."""
    from thucydides.desk.console import out, table_of, words
    from thucydides.desk.settings import Settings
    from thucydides.desk.weighing import testimonies_of, weighed
    from thucydides.incidents.sources import standings

    with weighed(Settings.read()) as (archive, scale):
        found = standings((one, testimonies_of(archive, scale, one)) for page in archive.incidents() for one in page)
    if json:
        _print_all(one.flat() for one in found)
        return
    if not found:
        out().print(words(NOTHING))
        return
    heads = (
        "outlet", "kind", "reports", "copied", "incidents", "with others", "first", "disputed", "alone", "figures higher/lower",
        "speaks for", "against",
    )  # fmt: skip
    rows = (
        (
            one.name, one.kind or "", str(len(one.reports)), str(len(one.copies)), str(one.incidents), str(one.shared),
            f"{one.first} of {one.shared}", f"{one.disputed} of {one.shared}", f"{one.alone} of {one.disputed}",
            f"{one.higher}/{one.lower} of {one.figures}", _most(one.favours), _most(one.against),
        )
        for one in found
    )  # fmt: skip
    out().print(table_of(heads, rows))
    out().print(words("with others: incidents that another witness tells too; alone: disputes in which nobody else tells its version."))


def _most(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {n}" for name, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:3])
