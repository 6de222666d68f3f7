"""What people judged of pairs of claims, as merging asks for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from thucydides.record import Judgement, Verdict

Pair = frozenset[str]


class Judged:
    """What people judged of pairs of claims: the same event or not. The later judgement of a pair stands."""

    def __init__(self, verdicts: Mapping[Pair, bool] | None = None) -> None:
        self._same: dict[str, dict[str, None]] = {}
        self._different: dict[str, dict[str, None]] = {}
        for pair, same in (verdicts or {}).items():
            if len(pair) == 2:
                one, other = sorted(pair)
                said = self._same if same else self._different
                said.setdefault(one, {})[other] = None
                said.setdefault(other, {})[one] = None

    @classmethod
    def by_people(cls, judgements: Iterable[Judgement]) -> Judged:
        """What people judged, in the order in which they did: of contradictory judgements the last one stands."""
        said = {frozenset((j.one, j.other)): j.verdict for j in judgements}
        return cls({pair: verdict is Verdict.SAME for pair, verdict in said.items() if verdict in (Verdict.SAME, Verdict.DIFFERENT)})

    def different(self, one: str, other: str) -> bool:
        """Whether two claims were judged different."""
        return other in self._different.get(one, ())

    def different_from(self, claim: str) -> Collection[str]:
        """The claims that were judged another event than this one."""
        return self._different.get(claim, ())

    def apart(self, ones: Collection[str], others: Collection[str]) -> bool:
        """Whether any of some claims was judged different from any of others."""
        return bool(self._different) and any(not self._different.get(one, {}).keys().isdisjoint(others) for one in ones)

    def same_as(self, claim: str) -> Collection[str]:
        """The claims that were judged the same event as this one."""
        return self._same.get(claim, ())
