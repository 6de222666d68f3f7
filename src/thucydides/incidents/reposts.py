"""Many reports side by side: which copies which, kept up as reports come in."""

from __future__ import annotations

from thucydides.incidents.copies import Copying, Fingerprint, copied, may_be_copies, order


class Reposts:
    """Fingerprints side by side, each tied to the first report that it copies, whatever order they are put up in.

    A report is tied to the earliest of its direct copies that comes before it. Equal texts are tied to the first of them, and only that one
    is compared with others, so a thousand re-posts of a report cost no more than a thousand looks at one.
    """

    def __init__(self) -> None:
        self._prints: dict[str, Fingerprint] = {}
        self._heads: dict[tuple[bytes, str | None], str] = {}  # the first report of every text
        self._ties: dict[str, Copying] = {}  # of such a report to an earlier one with another text
        self._followers: dict[str, set[str]] = {}  # the same, the other way round
        self._by_key: dict[int, list[str]] = {}

    def __len__(self) -> int:
        return len(self._prints)

    def add(self, print_: Fingerprint) -> None:
        """Puts up a report; one that stands there already stays as it is."""
        if print_.report in self._prints:
            return
        self._prints[print_.report] = print_
        if not print_.signature:
            return
        head = self._prints.get(self._heads.get((print_.words, print_.language), ""))
        if head is not None and order(head) < order(print_):
            return
        self._heads[print_.words, print_.language] = print_.report
        for key in print_.keys:
            self._by_key.setdefault(key, []).append(print_.report)
        if head is not None:
            self._take_down(head)
        self._tie_to_first(print_)
        for later in self.alike(print_):
            known = self._ties.get(later.report)
            if order(print_) < order(later) and (known is None or order(print_) < order(self._prints[known.first])):
                self._tie(copied(print_, later))

    def alike(self, print_: Fingerprint) -> list[Fingerprint]:
        """The reports that may be copies of one, first ones first: those with a key and enough of the signature in common."""
        names = {name for key in print_.keys for name in self._by_key.get(key, ())} - {print_.report}
        return sorted((one for one in map(self._prints.__getitem__, names) if may_be_copies(print_, one)), key=order)

    def tie(self, report: str) -> Copying | None:
        """The copying by which a report is tied to an earlier one, ``None`` where it copies none."""
        print_ = self._prints[report]
        head = self._heads.get((print_.words, print_.language), report)
        return self._ties.get(report) if head == report else copied(self._prints[head], print_)

    def first(self, report: str) -> str:
        """The report that a report comes from in the end: itself where it copies none."""
        print_ = self._prints[report]
        report = self._heads.get((print_.words, print_.language), report)
        while report in self._ties:
            report = self._ties[report].first
        return report

    def sets(self) -> dict[str, tuple[str, ...]]:
        """All reports by the one they come from."""
        found: dict[str, list[str]] = {}
        for report in sorted(self._prints):
            found.setdefault(self.first(report), []).append(report)
        return {first: tuple(reports) for first, reports in found.items()}

    def _tie(self, tie: Copying | None) -> bool:
        if tie is None:
            return False
        self._untie(tie.second)
        self._ties[tie.second] = tie
        self._followers.setdefault(tie.first, set()).add(tie.second)
        return True

    def _untie(self, report: str) -> None:
        tie = self._ties.pop(report, None)
        if tie is not None:
            self._followers[tie.first].discard(report)

    def _tie_to_first(self, print_: Fingerprint) -> None:
        """Ties a report to the earliest that it copies; later ones are not looked at."""
        for one in self.alike(print_):
            if order(one) > order(print_) or self._tie(copied(one, print_)):
                break

    def _take_down(self, head: Fingerprint) -> None:
        """Takes back the ties of a report that turned out not to be the first of its text."""
        for key in head.keys:
            self._by_key[key].remove(head.report)
        self._untie(head.report)
        for name in self._followers.pop(head.report, set()):
            del self._ties[name]
            self._tie_to_first(self._prints[name])
