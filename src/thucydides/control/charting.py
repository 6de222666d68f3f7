"""Timelines: for every place its spans of control, and what can be asked of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from thucydides.record import Control


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of a place: from what (``None``: nothing was known) to what, and when."""

    day: date
    before: Control | None
    after: Control


class Chart:
    """The spans of control of every place, in order of days."""

    def __init__(self, timelines: Mapping[str, Sequence[Control]]) -> None:
        self.timelines: Mapping[str, tuple[Control, ...]] = {place: tuple(spans) for place, spans in timelines.items() if spans}

    def __len__(self) -> int:
        return len(self.timelines)

    def of(self, place: str) -> tuple[Control, ...]:
        """The spans of one place."""
        return self.timelines.get(place, ())

    def on(self, day: date) -> Iterator[Control]:
        """What is known of every place on a day."""
        for spans in self.timelines.values():
            span = on_day(spans, day)
            if span is not None:
                yield span

    def changes(self, first: date, last: date) -> Iterator[Change]:
        """What changed within two days, both counted, by day."""
        found = [
            Change(day=span.seen, before=before, after=span)
            for spans in self.timelines.values()
            for before, span in zip((None, *spans), spans, strict=False)
            if first <= span.seen <= last
        ]
        yield from sorted(found, key=lambda change: (change.day, change.after.place))


def on_day(spans: Sequence[Control], day: date) -> Control | None:
    """The span of a timeline that a day falls into, ``None`` before the first."""
    return next((span for span in reversed(spans) if span.seen <= day), None)
