"""What was learned from annotated reports: scales, one table a decision, and the tagger, a small network that reads words in context.

A scale is a logistic model: the weights of what is present are added up. Its table can be read line by line. The tagger's scores are
evidence for the scales. ``training/`` writes both anew; docs/models.md is their card.
"""

from thucydides.claims.learned.scales import Learned, Scale
from thucydides.claims.learned.tagger import Tagger, Tags

__all__ = ["Learned", "Scale", "Tagger", "Tags"]
