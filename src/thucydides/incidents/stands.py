"""Stands: which accounts are parted together.

Accounts that lean on each other by way of any number of others make a stand. A siege shelled daily for two years would make one of
thousands, each day tied to the next: so a stand of more than ``MOST`` falls to pieces where its accounts lean least, at one level
after the other, until its pieces are small enough or the last level is reached. What stands together depends on who leans on whom alone,
and but so many accounts are looked at to tell it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from thucydides.incidents.judged import Judged
from thucydides.incidents.shelf import Shelf

LEAN = 0.0  # log odds above which an account leans on another
MOST = 40  # accounts; of more the weakest ties do not hold
LEVELS = (LEAN, 1.0, 2.0, 3.0)  # log odds above which ties hold, one after the other
Tied = Callable[[str, float], Iterable[str]]
"""Those that are tied to an account above a level: whom it leans on, who leans on it, and what people judged the same."""


def stand(claim: str, tied: Tied) -> dict[str, None]:
    """All accounts that stand with one."""
    for level in LEVELS[:-1]:
        found = _reached(claim, tied, level, MOST)
        if len(found) <= MOST:
            return found
    return _reached(claim, tied, LEVELS[-1], None)


def _reached(claim: str, tied: Tied, level: float, most: int | None) -> dict[str, None]:
    """All that an account is tied to by way of any number of others, or more than so many of them."""
    found: dict[str, None] = {claim: None}
    open_ = [claim]
    while open_:
        for one in tied(open_.pop(), level):
            if one not in found:
                found[one] = None
                open_.append(one)
                if most is not None and len(found) > most:
                    return found
    return found


class Ties:
    """Who leans on whom on a shelf, now and before the changes of a turn."""

    def __init__(self, shelf: Shelf, judged: Judged) -> None:
        self._shelf = shelf
        self._judged = judged
        self._before: dict[str, tuple[str | None, float]] = {}
        self._led_before: dict[str, dict[str, float]] = {}
        self.touched: dict[str, None] = {}

    def lean(self, claim: str, leader: str | None, score: float) -> None:
        """Lets an account lean on another."""
        self.remember(claim)
        if leader is not None:
            self.touched[leader] = None
        self._shelf.lean(claim, leader, score)

    def remember(self, claim: str) -> None:
        """Notes whom an account leans on before that changes."""
        if claim in self._before:
            return
        leader, score = self._before[claim] = self._shelf.leader(claim)
        self.touched[claim] = None
        if leader is not None:
            self.touched[leader] = None
            self._led_before.setdefault(leader, {})[claim] = score

    def touch(self, claim: str) -> None:
        """Marks an account and those that were judged the same, so that all halves of a stand that breaks are looked at."""
        self.remember(claim)
        for one in self._judged.same_as(claim):
            self.touched[one] = None

    def stands(self) -> Iterator[dict[str, None]]:
        """The stands of all that was touched, and of all that stood with it before."""
        self._shelf.gather(self.touched)
        done: set[str] = set()
        looked: set[str] = set()
        for touched in self.touched:
            before: Iterable[str] = ()
            if touched not in looked and (touched in self._before or not self._gone(touched)):
                before = stand(touched, self._tied_before)
                looked.update(before)
            for claim in (touched, *before):
                if claim not in done and not self._gone(claim):
                    found = stand(claim, self._tied)
                    done.update(found)
                    yield found
        self.touched.clear()
        self._before.clear()
        self._led_before.clear()

    def _gone(self, claim: str) -> bool:
        """Whether an account that ties others together by what people judged is there no longer."""
        return bool(self._judged.same_as(claim)) and self._shelf.get(claim) is None

    def _tied(self, claim: str, level: float) -> Iterator[str]:
        leader, score = self._shelf.leader(claim)
        if leader is not None and score > level:
            yield leader
        yield from (one for one, its in self._shelf.followers(claim).items() if its > level)
        yield from (one for one in self._judged.same_as(claim) if self._shelf.get(one) is not None)

    def _tied_before(self, claim: str, level: float) -> Iterator[str]:
        """Ties before the turn. That two touched ones were judged the same may be new."""
        leader, score = self._before.get(claim) or self._shelf.leader(claim)
        if leader is not None and score > level:
            yield leader
        yield from (one for one, its in self._shelf.followers(claim).items() if its > level and one not in self._before)
        yield from (one for one, its in self._led_before.get(claim, {}).items() if its > level)
        for one in self._judged.same_as(claim):
            if not (one in self.touched and claim in self.touched) and self._shelf.get(one) is not None:
                yield one
