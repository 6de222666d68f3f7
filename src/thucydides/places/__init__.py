"""Where? A place as told becomes a place as found, or stays honestly unknown.

In: names as a report tells them ("al-Bukamal", "30km south of Homs city"), and the report's other places. Out:
:class:`~thucydides.record.Where`, with a point and a radius never finer than the words, the rule in words and a score.

    gazetteer = Gazetteer.open()
    context = settle(["Homs", "al-Qusayr", "Syrian"], gazetteer)
    locate("Hisyah Industrial Area", context, gazetteer)
"""

from thucydides.places.context import NOWHERE, Context, settle
from thucydides.places.gazetteer import Gazetteer, Match
from thucydides.places.locating import locate
from thucydides.places.relations import Relation, relate

__all__ = ["NOWHERE", "Context", "Gazetteer", "Match", "Relation", "locate", "relate", "settle"]
