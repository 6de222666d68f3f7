"""How far old news of control can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import exp

from thucydides.record import Control

MONTH_DAYS = 30.44


@dataclass(frozen=True, slots=True, kw_only=True)
class Fading:
    """A logistic decay: news keeps nearly all its weight at first and is down to half after ``half_days``.

    The shape is that of Anders (2020, Journal of Peace Research 57(6)), who weighs an event by 1 / (1 + exp(-(8 - 2.5 x))), x in months
    since: half after 3.2 months. ``steepness`` is that 2.5 a month. What is left under ``least`` counts as not known.
    """

    half_days: float = 3.2 * MONTH_DAYS
    steepness: float = 2.5
    least: float = 0.05

    def left(self, days: float) -> float:
        """The part of the first confidence that is left after so many days without news, 1 to 0."""
        if days <= 0:
            return 1.0
        return self._weight(days) / self._weight(0.0)

    def confidence(self, control: Control, on: date) -> float:
        """The confidence in a span on a day of it."""
        left = control.confidence * self.left((on - control.heard).days if control.heard else 0)
        return left if left >= self.least else 0.0

    def _weight(self, days: float) -> float:
        return 1.0 / (1.0 + exp(min(60.0, self.steepness * (days - self.half_days) / MONTH_DAYS)))
