"""Words sought in reports, with the places where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, Integer, Text, and_, false, literal_column, or_, select, text, true, type_coerce

from thucydides.archive.asked import SearchHit
from thucydides.archive.phrases import Term, match_of, terms_of
from thucydides.archive.selecting import stating
from thucydides.archive.tables import MARK, claims, reports

SNIPPET_CHARACTERS = 240
_LEAD = 60
_OPEN, _CLOSE = "\ufdd1", "\ufdd2"
_DISGUISE = 4
"""How many characters longer a disguised character is than itself."""

_TITLE_WEIGHT = 3.0


def search(connection: Connection, words: str, *, limit: int, indexed: bool) -> list[SearchHit]:
    """The reports in which all words occur, best first: by rank where there is a full-text index, else the newest first."""
    terms = terms_of(words)
    if not terms or limit < 1:
        return []
    found = list(_ranked(connection, match_of(words), limit) if indexed else _plain(connection, terms, limit))
    if not found:
        return []
    stated: dict[int, list[str]] = {}
    chosen = (
        select(claims.c.report, claims.c.id)
        .where(claims.c.current.is_(True), claims.c.report.in_([number for number, _ in found]))
        .where(claims.c.number.in_(stating(words, indexed=indexed)))
        .order_by(claims.c.number)
    )
    for number, claim in connection.execute(chosen):
        stated.setdefault(number, []).append(claim)
    columns = (reports.c.number, reports.c.id, reports.c.title, reports.c.source, reports.c.published, reports.c.text)
    about = {row.number: row for row in connection.execute(select(*columns).where(reports.c.number.in_([number for number, _ in found])))}
    hits = []
    for number, spans in found:
        row = about[number]
        start, end = window(row.text, spans)
        hits.append(
            SearchHit(
                report=row.id,
                title=row.title,
                source=row.source,
                published=row.published,
                snippet=row.text[start:end],
                start=start,
                end=end,
                spans=tuple(spans),
                claims=tuple(stated.get(number, ())),
            )
        )
    return hits


def with_words(words: str, *, indexed: bool) -> ColumnElement[bool]:
    """Whether all the words occur in the text or title of a report."""
    terms = terms_of(words)
    if not terms:
        return false()
    if not indexed:
        return and_(
            true(), *(or_(*(c.icontains(term.words, autoescape=True) for c in (reports.c.text, reports.c.title))) for term in terms)
        )
    matches = text("report_words MATCH :report_words").bindparams(report_words=match_of(words))
    return reports.c.number.in_(select(literal_column("rowid", Integer)).select_from(text("report_words")).where(matches))


def _ranked(connection: Connection, match: str, limit: int) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Numbers of reports and the spans of the words, from the full-text index."""
    marked = literal_column(f"highlight(report_words, 1, '{_OPEN}', '{_CLOSE}')", Text)
    stored = literal_column("report_words.words", Text)
    chosen = (
        select(literal_column("rowid", Integer), marked, stored)
        .select_from(text("report_words"))
        .where(text("report_words MATCH :words").bindparams(words=match))
        .order_by(text(f"bm25(report_words, {_TITLE_WEIGHT}, 1.0), rowid"))
        .limit(limit)
    )
    for number, shown, plain in connection.execute(chosen):
        yield number, _undisguised(_marked_spans(shown, plain), plain)


def _marked_spans(shown: str, plain: str) -> list[tuple[int, int]]:
    """Where marks stand in a text. A mark that the text itself holds at that place is no mark."""
    spans, start, index = [], 0, 0
    for character in shown:
        if index < len(plain) and character == plain[index]:
            index += 1
        elif character == _OPEN:
            start = index
        else:
            spans.append((start, index))
    return spans


def _undisguised(spans: list[tuple[int, int]], stored: str) -> list[tuple[int, int]]:
    """Spans into a stored text as spans into the text itself."""
    if MARK not in stored:
        return spans
    return [tuple(offset - _DISGUISE * stored[:offset].count(MARK) for offset in span) for span in spans]  # type: ignore[misc]


def _plain(connection: Connection, terms: Sequence[Term], limit: int) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Numbers of reports and the spans of the words, without an index: letter by letter, in any case but with accents as they are."""
    chosen = select(reports.c.number, reports.c.text, type_coerce(reports.c.title, Text))
    for term in terms:
        chosen = chosen.where(
            or_(reports.c.text.icontains(term.words, autoescape=True), reports.c.title.icontains(term.words, autoescape=True))
        )
    pattern = re.compile("|".join(re.escape(term.words) for term in sorted(terms, key=lambda term: -len(term.words))), re.IGNORECASE)
    for number, words, _ in connection.execute(chosen.order_by(reports.c.published.desc(), reports.c.number).limit(limit)):
        yield number, [match.span() for match in pattern.finditer(words)]


def window(words: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The stretch of a text with the most spans in it, cut between words; its beginning when there are none."""
    if not spans:
        best = 0
    else:
        best = max(
            spans, key=lambda span: sum(span[0] <= other[0] and other[1] <= span[0] + SNIPPET_CHARACTERS - _LEAD for other in spans)
        )[0]
    start = max(0, best - _LEAD)
    if start:
        space = re.compile(r"\s").search(words, start, best)
        start = space.end() if space else start
    end = min(len(words), start + SNIPPET_CHARACTERS)
    if end < len(words):
        spaces = [match.start() for match in re.finditer(r"\s", words[max(best, start) : end])]
        end = max(best, start) + spaces[-1] if spaces and spaces[-1] > 0 else end
    return start, end
