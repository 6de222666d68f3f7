"""Where? A place as told becomes a place as found, or stays honestly unknown.

In: names as a report tells them ("al-Bukamal", "30km south of Homs city"), and the report's other places. Out:
:class:`~thucydides.record.Where`, with a point and a radius never finer than the words, the rule in words and a score.

    gazetteer = Gazetteer.open()
    context = settle(["Homs", "al-Qusayr", "Syrian"], gazetteer)
    locate("Hisyah Industrial Area", context, gazetteer)

Of a whole text: ``locate_all(find_toponyms(text, gazetteer), gazetteer)`` gives every place named in it.
"""

from thucydides.places.areas import Lying, area_at
from thucydides.places.context import NOWHERE, Context, settle
from thucydides.places.gazetteer import Gazetteer, Match
from thucydides.places.locating import locate
from thucydides.places.relations import Relation, relate
from thucydides.places.shapes import Shape, Shapes
from thucydides.places.toponyms import Toponym, find_toponyms, locate_all, toponyms_at
from thucydides.places.within import Bounds, bounds_called

__all__ = [
    "NOWHERE", "Bounds", "Context", "Gazetteer", "Lying", "Match", "Relation", "Shape", "Shapes", "Toponym",
    "area_at", "bounds_called", "find_toponyms", "locate", "locate_all", "relate", "settle", "toponyms_at",
]  # fmt: skip
