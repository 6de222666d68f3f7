"""What is said? Sentences become claims.

In: a ``Report``. Out: its claims, each tied to its words: kinds, parties, where, when, tolls, attribution and factuality.
"""

from thucydides.claims.coder import Coder, Vocabulary
from thucydides.claims.gaps import Gap, Gaps, find_gaps

__all__ = ["Coder", "Gap", "Gaps", "Vocabulary", "find_gaps"]
