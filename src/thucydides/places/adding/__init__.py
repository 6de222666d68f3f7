"""A user's own gazetteers: a dump, a table, a map layer or an export of coded events becomes one compact file beside the embedded one.

In: a file in one of ``FORMATS``, read row by row. Out: a SQLite file of the embedded gazetteer's shape, for ``Gazetteer.open``; a table
of the rows that could not be taken, with what to do; the counts of both.
"""

from thucydides.places.adding.formats import FORMATS, format_of
from thucydides.places.adding.taking import Added, Told, add, look

__all__ = ["FORMATS", "Added", "Told", "add", "format_of", "look"]
