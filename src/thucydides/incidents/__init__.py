"""The incidents room: claims of many reports are weighed into incidents.

What comes in are claims with their reports, and what people judged; what goes out are :class:`~thucydides.record.Incident` values. Its
verbs are ``judge``, which compares two accounts of an event and says why, and ``merge``, which groups many; ``weigh`` does everything
from reports to incidents in memory. All take values and return values: who keeps them is no business of this room, so an archive hands
itself in as a ``Shelf``.
"""

from thucydides.incidents.accounts import Account, account_of, sketch_of
from thucydides.incidents.grading import Grades
from thucydides.incidents.judged import Judged
from thucydides.incidents.judging import Judge
from thucydides.incidents.merging import Merger, merge
from thucydides.incidents.testimony import Testimony
from thucydides.incidents.weigher import Weigher, weigh

__all__ = ["Account", "Grades", "Judge", "Judged", "Merger", "Testimony", "Weigher", "account_of", "merge", "sketch_of", "weigh"]
