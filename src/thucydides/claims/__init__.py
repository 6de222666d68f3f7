"""What is said? Sentences become claims.

In: a ``Report``. Out: its claims, each tied to its words: kinds, parties, where, when, tolls, attribution and factuality.
"""

from thucydides.claims.coder import Coder, Vocabulary

__all__ = ["Coder", "Vocabulary"]
